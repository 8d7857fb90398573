"""All that is due, in order: play on its tapes, and each connection's life on the wire's clock."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import orjson

from mockdde.broadcast import Broadcast
from mockdde.errors import RequestError, nearest
from mockdde.faults import Rule
from mockdde.feeds import DocumentFeed, StreamFeed, document_feeds
from mockdde.journal import Journal
from mockdde.moments import iso_micros, iso_millis
from mockdde.playclock import PlayClock
from mockdde.quirks import Quirks
from mockdde.subscriber import LEGAL, Act, Heard, State, Subscriber
from mockdde.tape import Tape, text_frame
from mockdde.world import Tournament

__all__ = ["Engine"]

_STALE = 100  # deadlines that nobody waits for any more, before they are swept out
_REFUSED_FORM = "Authentication message had incorrect format"


class _Show:
    """One tournament being played."""

    def __init__(self, tournament: Tournament, speed: float) -> None:
        self.tournament = tournament
        self.broadcast = Broadcast(tournament)
        scenario = tournament.scenario
        origin = tournament.begins
        if scenario.play_at:
            origin = max(origin, scenario.tournament.start + scenario.play_at)
        self.clock = PlayClock(origin, speed)
        self.tapes = {path: Tape(path) for path in self.broadcast.streams}
        self.rules = self.broadcast.rules_by_stream()

    def due(self) -> float | None:
        """The wire time of the next event."""
        moment = self.broadcast.next_due
        return None if moment is None else self.clock.wire_of(moment)


class Engine:
    """Pure: time is an argument. ``ready`` holds who has something to take, by id, in order.

    After any call the caller takes from those in ``ready`` and writes, and calls ``run_until``
    again no later than ``next_deadline``. Wire times are seconds since 1970.
    """

    def __init__(
        self,
        tournaments: Sequence[Tournament],
        *,
        quirks: Quirks,
        wire: float,
        speed: float = 1.0,
        tokens: Iterable[str] = (),
        journal: Journal | None = None,
    ) -> None:
        """``tokens`` empty: any token that is not empty is good."""
        self.journal = journal or Journal()
        self.quirks = quirks
        self.ready: dict[int, Subscriber] = {}
        self.subscribers: dict[int, Subscriber] = {}
        self._tokens = frozenset(tokens)
        self._shows = {each.id: _Show(each, speed) for each in tournaments}
        self._documents: dict[str, DocumentFeed] = {
            feed.NAME: feed([show.broadcast.books for show in self._shows.values()], quirks)
            for feed in document_feeds()
        }
        self._encoded: dict[str, bytes] = {}
        self._readers: dict[str, dict[int, Subscriber]] = {}  # streaming, by tape and id
        self._deadlines: list[tuple[float, int, Subscriber]] = []
        self._order = count()
        self._numbers = count(1)
        for show in self._shows.values():
            if show.tournament.scenario.starts == "server":
                show.clock.start(wire)
        self.run_until(wire)

    # ── time ──────────────────────────────────────────────────────────────────────────────────

    def next_deadline(self) -> float | None:
        """When something is due next; None when nothing ever is without a client's doing."""
        times = [due for show in self._shows.values() if (due := show.due()) is not None]
        self._forget_stale()
        if self._deadlines:
            times.append(self._deadlines[0][0])
        return min(times, default=None)

    def run_until(self, wire: float) -> None:
        """Do all that is due by ``wire``, deadline by deadline, in order."""
        while True:
            show, due = self._next_show()
            self._forget_stale()
            if self._deadlines and self._deadlines[0][0] < due and self._deadlines[0][0] <= wire:
                at, _, subscriber = heapq.heappop(self._deadlines)
                self._expired(subscriber, at)
            elif show is not None and due <= wire:
                self._advance(show)
            else:
                return

    def _next_show(self) -> tuple[_Show | None, float]:
        first: _Show | None = None
        soonest = float("inf")
        for show in self._shows.values():
            due = show.due()
            if due is not None and due < soonest:
                first, soonest = show, due
        return first, soonest

    def _advance(self, show: _Show) -> None:
        wire = show.due() or 0.0
        step = show.broadcast.advance()
        for sent in step.packets:
            show.tapes[sent.stream].append(sent.payload, sent.seq)
            readers = self._readers.get(sent.stream, {})
            self.ready |= readers
            for rule in show.rules.get(sent.stream, ()) if readers else ():
                if rule.spec.at_seq == sent.seq:
                    for subscriber in [*readers.values()]:
                        self._strike(rule, subscriber, len(subscriber.tape), wire)
        for path in step.ended:
            show.tapes[path].ended = True
            if show.tournament.quirks["after-official"] == "close":
                for subscriber in [*self._readers.get(path, {}).values()]:
                    self._close(subscriber, 1000, "the round is official")
        for name, feed in self._documents.items():
            if feed.apply(show.broadcast.books, step.event, step.change):
                self._encoded.pop(name, None)

    def _forget_stale(self) -> None:
        heap = self._deadlines
        while heap and heap[0][2].deadline != heap[0][0]:
            heapq.heappop(heap)

    def _wait(self, subscriber: Subscriber, until: float | None) -> None:
        subscriber.deadline = until
        if len(self._deadlines) > 2 * len(self.subscribers) + _STALE:
            self._deadlines = [each for each in self._deadlines if each[2].deadline == each[0]]
            heapq.heapify(self._deadlines)
        if until is not None:
            heapq.heappush(self._deadlines, (until, next(self._order), subscriber))

    def _expired(self, subscriber: Subscriber, at: float) -> None:
        if subscriber.state is State.CONNECTED:
            self._react(subscriber, Heard.SILENCE, at, "")
        elif subscriber.state is State.STREAMING:
            quirks = self._quirks_of(subscriber)
            subscriber.tell(_heartbeat(at, quirks))
            self.ready[subscriber.id] = subscriber
            self._wait(subscriber, at + float(quirks["heartbeat"]))

    # ── connections ───────────────────────────────────────────────────────────────────────────

    def open(
        self, feed: type[StreamFeed], params: Mapping[str, int], path: str, wire: float
    ) -> Subscriber:
        """A client opens a stream. RequestError answers its handshake where there is none."""
        self.run_until(wire)
        show = self._shows.get(params["tournament"])
        quirks = show.tournament.quirks if show else self.quirks
        tape = show.tapes.get(feed.PATH.format(**params)) if show else None
        if tape is None:
            if quirks["unknown-stream"] == "404":
                raise RequestError(404, self._unknown(feed, params))
            tape = Tape(path)
        elif show is not None:
            if not show.clock.running:
                show.clock.start(wire)
                self.journal.note(wire, "play", path, f"{show.tournament.name} begins")
                self.run_until(wire)
            if not len(tape) and quirks["before-start"] != "wait":
                raise RequestError(int(quirks["before-start"]), "the round has not started yet")
        subscriber = Subscriber(next(self._numbers), path, tape)
        self.subscribers[subscriber.id] = subscriber
        self._wait(subscriber, wire + float(quirks["token-deadline"]))
        self.journal.note(wire, "opened", path, connection=subscriber.id)
        return subscriber

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """A client sent a message."""
        self.run_until(wire)
        self._react(subscriber, self._heard(data), wire, _shown(data))

    def leave(self, subscriber: Subscriber, wire: float, detail: str) -> None:
        """A connection is gone."""
        if self.subscribers.pop(subscriber.id, None) is None:
            return
        self._stop(subscriber)
        self.ready.pop(subscriber.id, None)
        self.journal.note(wire, "closed", subscriber.path, detail, subscriber.id)

    def is_token(self, token: str) -> bool:
        """Whether a token is good."""
        return token in self._tokens if self._tokens else bool(token.strip())

    def _heard(self, data: str | bytes) -> Heard:
        try:
            message = orjson.loads(data)
        except orjson.JSONDecodeError:
            return Heard.OTHER
        token = message.get("authToken") if isinstance(message, dict) else None
        if not isinstance(data, str) or not isinstance(token, str):
            return Heard.OTHER
        return Heard.GOOD if self.is_token(token) else Heard.BAD

    def _react(self, subscriber: Subscriber, heard: Heard, wire: float, said: str) -> None:
        subscriber.state, act = LEGAL[subscriber.state, heard]
        quirks = self._quirks_of(subscriber)
        match act:
            case Act.ACCEPT:
                self._accept(subscriber, quirks, wire)
            case Act.REFUSE:
                self._refuse(subscriber, quirks, quirks["refused-text"], wire)
            case Act.REFUSE_FORM:
                self._refuse(subscriber, quirks, _REFUSED_FORM, wire)
            case Act.EXPIRE:
                reason = f"no token within {quirks['token-deadline']} s"
                self.journal.note(wire, "refused", subscriber.path, reason, subscriber.id)
                self._close(subscriber, 1000, reason)
            case Act.IGNORE:
                self.journal.note(wire, "ignored", subscriber.path, said, subscriber.id)

    def _accept(self, subscriber: Subscriber, quirks: Quirks, wire: float) -> None:
        accepted = {"message": "Authorisation accepted"}
        if quirks["accepted-level"] == "INFO":
            accepted["level"] = "INFO"
        tape = subscriber.tape
        subscriber.state = State.CONNECTED  # so that its answer goes before the tape
        subscriber.tell(text_frame(orjson.dumps(accepted)))
        subscriber.state = State.STREAMING
        show = self._show_of(tape)
        if show is None:
            warning = {
                "message": f"Could not find {self._absent(subscriber.path)}",
                "level": "WARN",
            }
            subscriber.tell(text_frame(orjson.dumps(warning)))
        else:
            if quirks["late-join"] == "live-only":
                subscriber.skip_to_end()
            self._readers.setdefault(tape.path, {})[subscriber.id] = subscriber
        self.ready[subscriber.id] = subscriber
        self._wait(subscriber, wire + float(quirks["heartbeat"]))
        self.journal.note(wire, "accepted", subscriber.path, connection=subscriber.id)
        self._meet_faults(subscriber, wire)
        streams = subscriber.state is State.STREAMING
        if streams and tape.ended and quirks["after-official"] == "close":
            self._close(subscriber, 1000, "the round is official")

    def _meet_faults(self, subscriber: Subscriber, wire: float) -> None:
        """A fault whose packet is among those that a late client is still to get."""
        show, tape = self._show_of(subscriber.tape), subscriber.tape
        rules = show.rules[tape.path] if show is not None else []
        places = [(tape.after(rule.spec.at_seq or 0), rule) for rule in rules if not rule.spent]
        due = [each for each in places if each[0] is not None and each[0] > subscriber.cursor]
        if due:
            place, rule = min(due, key=lambda each: each[0] or 0)
            self._strike(rule, subscriber, place, wire)

    def _strike(self, rule: Rule, subscriber: Subscriber, place: int | None, wire: float) -> None:
        if rule.spent or subscriber.state is not State.STREAMING:
            return
        rule.fired += 1
        self.journal.note(wire, "fault", subscriber.path, rule.sentence, subscriber.id)
        self._close(subscriber, *rule.fault.close, at=place)

    def _refuse(self, subscriber: Subscriber, quirks: Quirks, text: str, wire: float) -> None:
        subscriber.tell(text_frame(orjson.dumps({"message": text, "level": "ERROR"})))
        self.journal.note(wire, "refused", subscriber.path, text, subscriber.id)
        self._close(subscriber, int(quirks["refused-code"]), "")

    def _close(self, subscriber: Subscriber, code: int, reason: str, at: int | None = None) -> None:
        subscriber.finish(code, reason, at)
        self._stop(subscriber)
        self.ready[subscriber.id] = subscriber

    def _stop(self, subscriber: Subscriber) -> None:
        self._wait(subscriber, None)
        self._readers.get(subscriber.tape.path, {}).pop(subscriber.id, None)

    # ── answers ───────────────────────────────────────────────────────────────────────────────

    def document(self, name: str, wire: float) -> bytes:
        """A document as it is now, encoded."""
        self.run_until(wire)
        if name not in self._encoded:
            self._encoded[name] = orjson.dumps(self._documents[name].document({}, {}))
        return self._encoded[name]

    def recorded(self, feed: type[StreamFeed], params: Mapping[str, int], wire: float) -> bytes:
        """``?rest=true``: the packets of a stream that has ended. RequestError before that."""
        self.run_until(wire)
        show = self._shows.get(params["tournament"])
        tape = show.tapes.get(feed.PATH.format(**params)) if show else None
        if show is None or tape is None:
            raise RequestError(404, self._unknown(feed, params))
        quirks = show.tournament.quirks
        if not tape.ended and quirks["rest-before-end"] != "so-far":
            status = int(quirks["rest-before-end"])
            raise RequestError(
                status, f"{tape.path} is not official yet; until then it is a stream"
            )
        if quirks["rest-body"] == "lines":
            return b"".join(payload + b"\n" for payload in tape.payloads())
        return b"[" + b",".join(tape.payloads()) + b"]"

    def never_fired(self) -> list[str]:
        """Faults of the scenarios that did not strike, a sentence each."""
        return [
            f"{rule.spec.mark}: the fault {rule.spec.fault} never fired"
            for show in self._shows.values()
            for rule in show.broadcast.rules
            if not rule.fired
        ]

    def standing(self, wire: float) -> list[dict[str, object]]:
        """Each tournament: its id, name and scenario, and the moment of play it has reached."""
        return [
            {
                "tournament": show.tournament.id,
                "name": show.tournament.name,
                "scenario": show.tournament.scenario.name,
                "running": show.clock.running,
                "over": show.broadcast.next_due is None,
                "now": iso_micros(show.clock.moment_of(wire) * 1000),
                "streams": len(show.tapes),
            }
            for show in self._shows.values()
        ]

    def _show_of(self, tape: Tape) -> _Show | None:
        return next((s for s in self._shows.values() if s.tapes.get(tape.path) is tape), None)

    def _quirks_of(self, subscriber: Subscriber) -> Quirks:
        show = self._show_of(subscriber.tape)
        return show.tournament.quirks if show else self.quirks

    def _unknown(self, feed: type[StreamFeed], params: Mapping[str, int]) -> str:
        """Why there is no such stream."""
        show = self._shows.get(params["tournament"])
        if show is None:
            asked = params["tournament"]
            return f"there is no tournament {asked} here{nearest(asked, self._shows)}"
        own = next(each for each in show.broadcast.feeds if isinstance(each, feed))
        return own.unknown(params) or f"there is no stream {feed.PATH.format(**params)} yet"

    def _absent(self, path: str) -> str:
        return f"fixture topic {path[path.index('tournaments/') :]}"


def _heartbeat(wire: float, quirks: Quirks) -> bytes:
    moment = round(wire * 1_000_000)
    millis = quirks["heartbeat-time"] == "millis"
    stamp = iso_millis(moment // 1000) if millis else iso_micros(moment)
    beat = {
        quirks["heartbeat-key"]: quirks["heartbeat-value"],
        "timestamp": stamp,
        "message": f"Heartbeat sent at {stamp}",
    }
    return text_frame(orjson.dumps(beat))


def _shown(data: str | bytes) -> str:
    text = data if isinstance(data, str) else repr(data[:200])
    return text[:200]
