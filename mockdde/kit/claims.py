"""Claims: what a client has said, while it ran, that it could know to be otherwise.

claim                     it has said                       while
------------------------  --------------------------------  ------------------------------------
trusted-while-down        trusted                           no socket of the stream was open
trusted-while-disconnected, trusted-while-partially         the source was not connected
                          trusted
trusted-in-gap            trusted                           packets before one that had come were
                                                            missing
trusted-in-correction     trusted                           a hole was being sent again
mistrusted                not trusted                       there was no reason left not to
final-too-early           final                             more was to come
final-taken-back          not final any more                nothing more could come
applied-ahead             last_applied of a packet          that had not reached it
applied-backwards         last_applied of an earlier packet  it said that all was in order
strokes-above             more strokes on a hole            than the story ever has there

Each has ``path`` (of the stream; of strokes the place in the document), ``at`` and ``said``. A
client learns things by and by, so that a claim counts only when it has stood for some time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeAlias

import orjson

from mockdde import log
from mockdde.cards import Cards
from mockdde.feeds import Sent
from mockdde.feeds.live._ids import Ids
from mockdde.kit.cases import Staged
from mockdde.kit.conduct._links import Link, Run, gather
from mockdde.kit.conduct._packets import Book
from mockdde.kit.conduct._progress import Progress
from mockdde.kit.targets import Target
from mockdde.kit.transcript import Transcript

__all__ = ["SLACK", "SLACK_REAL", "Claim", "Watched", "claims", "watch"]

SLACK: Final = 2.0  # seconds of wire time that a client has to say what it has learnt,
SLACK_REAL: Final = 0.3  # and real ones
_GAP: Final = 0.5  # of that in a gap, for good clients do not let one last
_MOST: Final = 20  # claims of a kind on a stream

Claim: TypeAlias = dict[str, Any]
_LINKS = {"Disconnected": "disconnected", "PartiallyDisconnected": "partially"}


class Span(NamedTuple):
    """A time from which, and until which, something was so."""

    begin: float
    end: float


@dataclass
class Watched:
    """A stream over a run: what was told and delivered, and what the client said of it."""

    target: Target
    run: Run
    links: list[Link]
    progress: Progress
    told: list[tuple[float, Sent]]
    said: list[tuple[float, Mapping[str, Any]]] = field(default_factory=list)

    @property
    def ends(self) -> float:
        """Until when all that happens is of the client's own will."""
        return self.run.until

    @cached_property
    def over(self) -> float:
        """When the client could know that nothing more comes; after the run where it could not."""
        finals = [got.at for link in self.links for got in link.got if got.official]
        if self.progress.final is not None:
            finals.append(self.progress.final)
        return min(finals, default=self.ends + 1)

    def arrived(self, place: int) -> float | None:
        """When the packet at a place of the story had reached the client; None where it had not."""
        at, sent = self.told[place]
        if sent.seq is not None:
            return self.progress.known.get(sent.seq)
        came = (
            got.at
            for link in self.links
            for got in link.got
            if got.what == "packet" and got.seq is None and got.at >= at
        )
        return min(came, default=None)

    def whole(self, at: float) -> bool:
        """Whether all that was told by then had reached the client, on a socket that is open."""
        for place, (when, _) in enumerate(self.told):
            if when <= at:
                came = self.arrived(place)
                if came is None or came > at:
                    return False
        return not any(each.begin <= at < each.end for each in self.down)

    @cached_property
    def down(self) -> list[Span]:
        """When no socket of the stream was open, before its end."""
        until = min(self.over, self.ends)
        opens = sorted((each.opened, self.ends if each.over is None else each.over)
                       for each in self.links)  # fmt: skip
        spans, at = [], 0.0
        for begin, end in opens:
            if begin > at:
                spans.append(Span(at, min(begin, until)))
            at = max(at, end)
        spans.append(Span(at, until))
        return [each for each in spans if each.end > each.begin]

    @cached_property
    def gaps(self) -> list[Span]:
        """When the client could see that packets were missing, by whatever number they came."""
        numbers, known = self.progress.book.numbers, self.progress.known
        spans = []
        for hole in self.progress.holes:
            came = [known.get(each, self.ends) for each in hole.numbers]
            if numbers.issuperset(hole.numbers) and max(came) > hole.at:
                spans.append(Span(hole.at, max(came)))
        return spans

    def between(self, begins: str, ends: str) -> list[Span]:
        """From the arrival of a packet with a state or mode to that of the next with another."""
        spans = []
        open_: float | None = None
        for place, (_, sent) in enumerate(self.told):
            word = _word(sent)
            if word == begins and open_ is None:
                open_ = self.arrived(place)
            elif open_ is not None and word in ends.split() and word != begins:
                came = self.arrived(place)
                spans.append(Span(open_, self.ends if came is None else came))
                open_ = None
        if open_ is not None:
            spans.append(Span(open_, self.ends))
        return spans


def _word(sent: Sent) -> str | None:
    if sent.kind not in ("ConnectionStateChanged", "ModeChange"):
        return None
    packet = orjson.loads(sent.payload)
    return str(packet.get("state") or packet.get("mode"))


def watch(staged: Staged, transcript: Transcript) -> dict[str, Watched]:
    """The targets of a run by their paths."""
    dialect = staged.case.dialect
    books = {each.path: Book(dialect, staged.sent[each.path]) for each in staged.targets}
    run = gather(transcript, books)
    when: dict[str, list[float]] = {path: [] for path in books}
    for record in transcript.of("told"):
        if record.of["path"] in when:
            when[record.of["path"]].append(record.at)
    found = {}
    for target in staged.targets:
        path = target.path
        links = run.of(path)
        told = [*zip(when[path], staged.sent[path], strict=False)]
        found[path] = Watched(target, run, links, Progress(books[path], links), told)
    for record in transcript.of("state"):
        for path, said in (record.of.get("document") or {}).get("streams", {}).items():
            if path in found:
                found[path].said.append((record.at, said))
    return found


def claims(
    staged: Staged, transcript: Transcript, watched: Mapping[str, Watched], slack: float
) -> Iterator[Claim]:
    """All of them; ``slack`` is how long a client has to say what it knows."""
    for path, of in watched.items():
        found: dict[str, int] = {}
        for claim in _of_stream(staged, of, slack):
            found[claim["claim"]] = found.get(claim["claim"], 0) + 1
            if found[claim["claim"]] <= _MOST:
                yield {**claim, "path": path, "at": round(claim["at"], 3)}
    yield from _strokes(staged, transcript)


def _of_stream(staged: Staged, of: Watched, slack: float) -> Iterator[Claim]:
    trusted = [(at, said["trusted"]) for at, said in of.said if "trusted" in said]
    for kind, spans in _reasons(staged, of).items():
        wait = slack * _GAP if kind == "trusted-in-gap" else slack
        for span in spans:
            end = min(span.end, of.over, of.ends)
            at = _stands(trusted, True, Span(span.begin + wait, end))
            if at is not None:
                yield {"claim": kind, "at": at, "since": round(span.begin, 3), "said": True}
    yield from _mistrusted(staged, of, trusted, slack)
    yield from _finals(staged, of)
    if staged.case.dialect == "dde":
        yield from _applied(of)


def _reasons(staged: Staged, of: Watched) -> dict[str, list[Span]]:
    """Why not to trust a stream, and when."""
    found = {"trusted-while-down": of.down}
    if staged.case.dialect == "dde":
        found["trusted-in-gap"] = of.gaps
        found["trusted-in-correction"] = of.between("BeginHoleCorrection", "EndHoleCorrection")
        for state, word in _LINKS.items():
            spans = of.between(state, "Connected Disconnected PartiallyDisconnected")
            found[f"trusted-while-{word}"] = spans
    return found


def _stands(said: list[tuple[float, Any]], value: object, span: Span) -> float | None:
    """When within a time a value stood, or was said; None where it never was."""
    if span.begin >= span.end:
        return None
    before = [each for at, each in said if at <= span.begin]
    if before and before[-1] == value:
        return span.begin
    within = (at for at, each in said if span.begin < at < span.end and each == value)
    return next(within, None)


def _mistrusted(
    staged: Staged, of: Watched, trusted: list[tuple[float, Any]], slack: float
) -> Iterator[Claim]:
    """A time without any reason for it, at whose end the client does not trust the stream."""
    faults = {each.fault for each in staged.tournament.scenario.wire}
    if not trusted or "link_state" in faults:
        return
    bad = sorted(span for spans in _reasons(staged, of).values() for span in spans)
    for place, (at, sent) in enumerate(of.told):
        came = of.arrived(place)
        if staged.case.dialect == "live" and sent.kind == "ConnectionStateChanged":
            return  # what a client makes of it is its own affair
        if came is None or came > at + slack:
            bad.append(Span(at, of.ends if came is None else came))
    for link in of.links:
        first = next((got.at for got in link.got if got.what in ("packet", "heartbeat")), of.ends)
        bad.append(Span(link.opened, first))
    at = 0.0
    for span in sorted([*bad, Span(min(of.over, of.ends), of.ends)]):
        good = Span(at + 3 * slack, span.begin)
        no_more = _stands(trusted, True, Span(at, span.begin)) is None
        if good.begin < good.end and no_more and _stands(trusted, False, good) is not None:
            yield {"claim": "mistrusted", "at": good.begin, "since": round(at, 3), "said": False}
        at = max(at, span.end)


def _finals(staged: Staged, of: Watched) -> Iterator[Claim]:
    final = [(at, said["final"]) for at, said in of.said if "final" in said]
    known = _final_at(staged, of)
    at = _stands(final, True, Span(0.0, known))
    if at is not None:
        yield {"claim": "final-too-early", "at": at, "since": 0.0, "said": True}
    if staged.case.dialect == "dde":
        first = next((at for at, said in final if said and at >= known), None)
        back = next((at for at, said in final if first is not None and at > first and not said), 0)
        if back:
            yield {"claim": "final-taken-back", "at": back, "since": first, "said": False}


def _final_at(staged: Staged, of: Watched) -> float:
    """When the last word of a stream was said for the first time."""
    early = [got.at for link in of.links for got in link.got if got.official]
    if staged.case.dialect == "dde":
        told = [at for at, sent in of.told if _is_official(sent)]
        return min(early + told, default=of.run.ends + 1)
    if "round_official" in {each.fault for each in staged.tournament.scenario.wire}:
        return 0.0  # there may be an end that nobody has reported
    ended: dict[int, float] = {}
    for at, sent in of.told:
        if sent.kind == "SportEventEnded":
            payload = orjson.loads(sent.payload)["data"].get("payload")
            if payload is not None:
                ended.setdefault(payload["team_id"], at)
    if ended.keys() >= {*of.target.teams}:
        return max(ended.values())
    return of.run.ends + 1


def _is_official(sent: Sent) -> bool:
    if sent.kind != "RoundStatusUpdate":
        return False
    packet = orjson.loads(sent.payload)
    return str(packet.get("state", "")).replace(" ", "") == "RoundOfficial"


def _applied(of: Watched) -> Iterator[Claim]:
    rest = [
        answer.at
        for number, answer in of.run.answers.items()
        if answer.of.get("status") == 200
        and number in of.run.requests
        and of.run.requests[number].of["path"] == of.target.path
    ]
    last: int | None = None
    for at, said in of.said:
        number = _number(said.get("last_applied"))
        if number is None:
            last = last if "last_applied" not in said else None
            continue
        came = of.progress.known.get(number)
        if (came is None or came > at) and not any(each <= at for each in rest):
            yield {"claim": "applied-ahead", "at": at, "since": 0.0, "said": number}
        if last is not None and number < last and said.get("trusted", True):
            yield {"claim": "applied-backwards", "at": at, "since": 0.0, "said": number}
        last = number


def _number(said: object) -> int | None:
    if isinstance(said, str) and said.isdecimal():
        return int(said)
    return said if isinstance(said, int) else None


# ── strokes ───────────────────────────────────────────────────────────────────────────────────


def _strokes(staged: Staged, transcript: Transcript) -> Iterator[Claim]:
    if staged.tournament.is_match_play:
        return
    most = _most(staged)
    told: set[tuple[str, str]] = set()
    before: Mapping[str, Any] = {}
    for record in transcript.of("state"):
        rounds = (record.of.get("document") or {}).get("rounds", {})
        for key, of in rounds.items():
            if before.get(key) == of:
                continue
            for order, hole in of.get("holes", {}).items():
                place = (key, order)
                if place not in told and hole.get("strokes", 0) > most.get(place, 0):
                    told.add(place)
                    yield _too_many(record.at, place, hole["strokes"])
        before = rounds


def _too_many(at: float, place: tuple[str, str], strokes: int) -> Claim:
    key, order = place
    path = f"/rounds/{key.replace('/', '~1')}/holes/{order}/strokes"
    return {
        "claim": "strokes-above",
        "path": path,
        "at": round(at, 3),
        "since": 0.0,
        "said": strokes,
    }


def _most(staged: Staged) -> dict[tuple[str, str], int]:
    """The most strokes that the story ever has on a hole, by its place in the document."""
    tournament = staged.tournament
    ids = Ids(tournament)
    cards = Cards(tournament.rounds)
    most: dict[tuple[str, str], int] = {}
    for event in tournament.log.whole():
        if not event.team:
            continue
        cards.apply(event)
        team = ids.team(event.team) if staged.case.dialect == "live" else event.team
        key = (f"{tournament.id}/{event.round}/{team}", str(event.order))
        strokes = cards.round(event.round, event.team).holes[event.order].strokes
        if isinstance(event.what, log.ProvisionalBallSelected):
            strokes = max(strokes, event.what.result)
        most[key] = max(most.get(key, 0), strokes)
    return most
