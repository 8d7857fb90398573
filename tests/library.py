"""What each scenario of stroke play shows: its name as a question that packets answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any

from mockdde.broadcast import Broadcast
from running import as_shipped

__all__ = ["SHOWS", "Shown", "shown"]

Packet = dict[str, Any]

MINUTE = 60.0
PLAIN = {"RoundStarted", "HoleStarted", "AddressingBall", "HitBall", "ApproximateLie"}
PLAIN |= {"DetailedLie", "BallHoled", "HoleFinished", "RoundFinished", "RoundOfficial"}
LIES = ("ApproximateLie", "DetailedLie")
A_STROKE = ["AddressingBall", "HitBall", "ApproximateLie", "DetailedLie"]
A_HOLE = [
    *("RoundStarted", "HoleStarted"),
    *A_STROKE,  # lost
    *A_STROKE,  # the provisional ball
    "ProvisionalBallSelected",
    *A_STROKE,  # in the water
    *("Penalty", "BallDrop"),
    *A_STROKE,
    "BallDrop",  # free
    *A_STROKE,
    *A_STROKE,
    *("AddressingBall", "HitBall", "BallHoled"),
    *("HoleFinished", "RoundFinished", "RoundOfficial"),
]


def word(packet: Packet) -> str:
    """What a packet is called: its state, its mode, or else its type."""
    return str(packet.get("state") or packet.get("mode") or packet["eventElementType"])


def words(packets: list[Packet]) -> list[str]:
    return [word(packet) for packet in packets]


def moment(packet: Packet) -> datetime:
    return datetime.fromisoformat(packet["timestamp"])


@dataclass
class Stream:
    """The packets of one round of one team, each with the seconds of play when it is sent."""

    packets: list[Packet] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)

    def of(self, *named: str) -> list[Packet]:
        return [packet for packet in self.packets if word(packet) in named]

    def place(self, named: str) -> int:
        """Where the first packet of this name stands."""
        return words(self.packets).index(named)

    def gaps(self) -> Iterator[tuple[float, Packet, Packet]]:
        """Seconds between two packets, and which they are."""
        for (at, before), (then, after) in pairwise(zip(self.sent, self.packets, strict=True)):
            yield then - at, before, after

    @property
    def finished(self) -> dict[int, Packet]:
        """The last HoleFinished of each hole, by its order."""
        return {packet["holeOrder"]: packet for packet in self.of("HoleFinished")}

    @property
    def scores(self) -> dict[int, int]:
        """Strokes of each hole, as HoleFinished had them last."""
        return {
            order: packet["score"]["currentHoleStrokes"] for order, packet in self.finished.items()
        }

    @property
    def corrected(self) -> list[tuple[Packet, list[Packet], list[Packet]]]:
        """Of each hole correction: its Begin, the packets within, and of its hole those before."""
        found, begun = [], -1
        for place, packet in enumerate(self.packets):
            if word(packet) == "BeginHoleCorrection":
                begun = place
            if word(packet) == "EndHoleCorrection":
                within = self.packets[begun + 1 : place]
                hole = within[0]["holeNo"]
                before = [one for one in self.packets[:begun] if one.get("holeNo") == hole]
                found.append((self.packets[begun], within, before))
        return found


@dataclass
class Shown:
    """A scenario played with its own quirks; ``statuses`` are the leaderboard's in the end."""

    streams: dict[tuple[int, int], Stream]  # by round and team
    statuses: dict[int, str]
    winner: int  # the team at the top in the end
    quirks: dict[str, object]  # as the scenario sets them

    @property
    def only(self) -> Stream:
        """The first stream, where all is shown in one."""
        return next(iter(self.streams.values()))

    @property
    def playoff(self) -> dict[int, Stream]:
        """By team."""
        return {team: each for (no, team), each in self.streams.items() if no > 100}

    def of(self, *named: str) -> list[Packet]:
        return [packet for stream in self.streams.values() for packet in stream.of(*named)]

    def rounds(self, team: int) -> list[int]:
        """Those in which the team has a stream."""
        return [no for no, each in self.streams if each == team]


@cache
def shown(name: str) -> Shown:
    """A shipped scenario of stroke play, played to its end."""
    tournament = as_shipped(name)
    broadcast = Broadcast(tournament)
    streams: dict[tuple[int, int], Stream] = {}
    while broadcast.next_due is not None:
        step = broadcast.advance()
        for sent in step.packets:
            found = re.search(r"round/(\d+)/team/(\d+)$", sent.stream)
            assert found is not None
            stream = streams.setdefault((int(found[1]), int(found[2])), Stream())
            stream.packets.append(json.loads(sent.payload))
            stream.sent.append((step.event.due - tournament.begins) / 1000)
    (board,) = [feed for feed in broadcast.states if feed.NAME == "dde/leaderboard"]
    (path,) = board.streams()
    standings = json.loads(broadcast.document(path, board))["standings"]
    statuses = {each["teamNo"]: each["status"] for each in standings}
    return Shown(streams, statuses, standings[0]["teamNo"], dict(tournament.scenario.quirks))


SHOWS: dict[str, Callable[[Shown], bool]] = {}
Question = Callable[[Shown], bool]


def shows(name: str) -> Callable[[Question], Question]:
    """The scenario whose question this is; of no other one of its folder may it be true."""

    def note(question: Question) -> Question:
        SHOWS[name] = question
        return question

    return note


# ── round ──────────────────────────────────────────────────────────────────────────────────────


@shows("round/one-hole-sample")
def _(told: Shown) -> bool:
    return len(told.streams) == 1 and words(told.only.packets) == A_HOLE


@shows("round/quiet-round")
def _(told: Shown) -> bool:
    balls = {packet.get("provisionalIndex", 0) for packet in told.only.packets}
    ordinary = set(words(told.only.packets)) == PLAIN and balls == {0}
    return ordinary and len(told.streams) == 1 and len(told.only.finished) == 18


@shows("round/two-tee-start")
def _(told: Shown) -> bool:
    ends = [
        (each.of("HoleStarted")[0]["holeNo"], each.of("HoleFinished")[-1]["holeNo"])
        for each in told.streams.values()
    ]
    whole = all(len(each.finished) == 18 for each in told.streams.values())
    return whole and sorted(ends) == [(1, 18)] * 3 + [(10, 9)] * 3


@shows("round/second-round")
def _(told: Shown) -> bool:
    """The score of the round begins again, and the other one goes on."""
    if sorted(told.streams) != [(1, 1), (2, 1)]:
        return False
    firsts = [each.of("HitBall")[0]["score"] for each in told.streams.values()]
    of_round, overall = (
        [each[key] for each in firsts] for key in ("currentRoundScoreToPar", "overallScoreToPar")
    )
    over = told.streams[2, 1].of("HoleFinished")[-1]["score"]["currentRoundScoreToPar"]
    return of_round == ["E", "E"] and overall[1].startswith("-") and over.startswith("+")


@shows("round/every-surface")
def _(told: Shown) -> bool:
    """Of every tour, as no course of one tour has them."""
    lies = [packet.get("ballLie", {}) for packet in told.only.packets]
    surfaces = {each["surfaceTypeCode"] for each in lies if each}
    drops = {packet["dropType"] for packet in told.of("BallDrop")}
    why = {packet["penaltyReason"] for packet in told.of("Penalty") if packet.get("penaltyReason")}
    return (len(surfaces), len(drops), len(why)) == (23, 6, 4)


@shows("round/heartbeats-only")
def _(told: Shown) -> bool:
    """Long silence on a hole, and nothing that would tell why."""
    silent = [gap for gap, _, after in told.only.gaps() if word(after) == "AddressingBall"]
    return max(silent) > 20 * MINUTE and set(words(told.only.packets)) == PLAIN


@shows("round/every-packet")
def _(told: Shown) -> bool:
    """Of its codes test_library asks the schema."""
    said = {word(packet) for each in told.streams.values() for packet in each.packets}
    more = {"Penalty", "BallDrop", "ProvisionalBallSelected", "Correction", "HoleScoreUpdate"}
    more |= {"TglHammerThrown", "RefereeCalled", "Suspended", "Unsuspended", "Disconnected"}
    more |= {"PartiallyDisconnected", "Connected", "BeginHoleCorrection", "EndHoleCorrection"}
    return said == PLAIN | more


# ── connection ─────────────────────────────────────────────────────────────────────────────────


def states(told: Shown) -> list[str]:
    return words(told.of("Disconnected", "PartiallyDisconnected", "Connected"))


@shows("connection/disconnected")
def _(told: Shown) -> bool:
    """Silence, and then what happened in it."""
    away, back = (told.only.place(each) for each in ("Disconnected", "Connected"))
    late = told.only.packets[back + 1]
    held = moment(late) < moment(told.only.packets[back])
    return states(told) == ["Disconnected", "Connected"] and back == away + 1 and held


@shows("connection/partially-disconnected")
def _(told: Shown) -> bool:
    after = told.only.packets[told.only.place("PartiallyDisconnected") + 1 :]
    return states(told) == ["PartiallyDisconnected"] and "HitBall" in words(after)


@shows("connection/reconnected")
def _(told: Shown) -> bool:
    return states(told) == ["PartiallyDisconnected", "Disconnected", "Connected"]


@shows("connection/flapping")
def _(told: Shown) -> bool:
    """Each of the six ways from one state to another, within a hole."""
    ways = [*pairwise(["Connected", *states(told)])]
    here = told.only.packets[: told.only.place("HoleFinished")]
    within = {word(packet) for packet in here if "seqNum" not in packet}
    return len(ways) == len(set(ways)) == 6 and within == set(states(told))


# ── penalty ────────────────────────────────────────────────────────────────────────────────────


def relief(told: Shown) -> tuple[list[int], list[str]]:
    """Strokes of each Penalty and the kind of each BallDrop; what they cost is on the card."""
    stream = told.only
    penalties = [packet["strokesAssessed"] for packet in stream.of("Penalty")]
    drops = [packet["dropType"] for packet in stream.of("BallDrop")]
    hits = len([each for each in stream.of("HitBall") if not each["provisionalIndex"]])
    holed = all(each["finishReason"] == "BallHoled" for each in stream.of("HoleFinished"))
    assert not holed or sum(stream.scores.values()) == hits + sum(penalties)
    return penalties, drops


@shows("penalty/penalty-without-drop")
def _(told: Shown) -> bool:
    return relief(told) == ([1], [])


@shows("penalty/penalty-with-drop")
def _(told: Shown) -> bool:
    return relief(told) == ([1], ["DropBehind"])


@shows("penalty/two-stroke-penalty-without-drop")
def _(told: Shown) -> bool:
    return relief(told) == ([2], [])


@shows("penalty/two-stroke-penalty-with-drop")
def _(told: Shown) -> bool:
    return relief(told) == ([2], ["Other"])


@shows("penalty/free-drop")
def _(told: Shown) -> bool:
    return relief(told) == ([], ["FreeDrop"])


@shows("penalty/stroke-and-distance")
def _(told: Shown) -> bool:
    """Back to where the stroke was played from, far behind the ball."""
    if relief(told) != ([1], ["StrokeAndDistance"]):
        return False
    (drop,) = told.of("BallDrop")
    (lie,) = [
        packet["ballLie"]
        for packet in told.of("DetailedLie")
        if all(packet[key] == drop[key] for key in ("holeNo", "strokeNo"))
    ]
    back = drop["ballLie"]["distanceToPin"] - lie["distanceToPin"]
    return lie["surfaceTypeCode"] == "OOB" and back > 200


@shows("penalty/disqualified")
def _(told: Shown) -> bool:
    types = [packet.get("penaltyType") for packet in told.of("Penalty")]
    ends = [packet["finishReason"] for packet in told.of("HoleFinished")]
    return types == ["Disqualification"] and ends == ["BallHoled", "Disqualified"]


# ── provisional ────────────────────────────────────────────────────────────────────────────────


def provisional(told: Shown) -> tuple[int, int, int, int]:
    """How many balls beyond the original; which counts, with what penalty, for how many strokes."""
    (choice,) = told.of("ProvisionalBallSelected")
    balls = max(packet["provisionalIndex"] for packet in told.of("HitBall"))
    keys = ("provisionalIndex", "penaltyStrokes", "provisionalResult")
    index, penalty, result = (choice[key] for key in keys)
    return balls, index, penalty, result


@shows("provisional/original-kept")
def _(told: Shown) -> bool:
    return provisional(told) == (1, 0, 0, 1)


@shows("provisional/provisional-played")
def _(told: Shown) -> bool:
    return provisional(told) == (1, 1, 1, 3)


@shows("provisional/second-provisional")
def _(told: Shown) -> bool:
    return provisional(told) == (2, 2, 2, 5)


# ── correction ─────────────────────────────────────────────────────────────────────────────────


def corrections(told: Shown) -> list[tuple[int, int, Packet]]:
    """Places in the stream of each Correction and of the packet it is about; its content."""
    packets, found = told.only.packets, []
    for place, packet in enumerate(packets):
        if word(packet) == "Correction":
            whose = packet["eventCorrectedIdentifier"].items()
            (target,) = [
                at
                for at, each in enumerate(packets[:place])
                if all(each.get(key) == value for key, value in whose)
            ]
            found.append((place, target, packet["corrections"]))
    return found


def corrected(told: Shown, *kinds: str) -> bool:
    """Whether there is one Correction, of such a packet."""
    targets = [told.only.packets[of] for _, of, _ in corrections(told)]
    return [each["eventElementType"] in kinds for each in targets] == [True]


@shows("correction/last-event")
def _(told: Shown) -> bool:
    if not corrected(told, *LIES):
        return False
    ((place, of, content),) = corrections(told)
    return of == place - 1 and bool(content["ballLie"] != told.only.packets[of]["ballLie"])


@shows("correction/long-ago")
def _(told: Shown) -> bool:
    if not corrected(told, *LIES):
        return False
    ((place, of, _),) = corrections(told)
    return {"HoleFinished", "HoleStarted"} <= {*words(told.only.packets[of:place])}


@shows("correction/corrected-twice")
def _(told: Shown) -> bool:
    if len(found := corrections(told)) != 2:
        return False
    (_, first, before), (_, second, after) = found
    return first == second and before["ballLie"] != after["ballLie"]


@shows("correction/penalty-corrected")
def _(told: Shown) -> bool:
    """A stroke less, on a hole that is over."""
    if not corrected(told, "Penalty"):
        return False
    ((place, of, content),) = corrections(told)
    target = told.only.packets[of]
    less = target["strokesAssessed"] - content["strokesAssessed"]
    return less == 1 and "HoleFinished" in words(told.only.packets[of:place])


@shows("correction/drop-corrected")
def _(told: Shown) -> bool:
    if not corrected(told, "BallDrop"):
        return False
    ((_, of, content),) = corrections(told)
    return bool(content["dropType"] != told.only.packets[of]["dropType"])


# ── hole score ─────────────────────────────────────────────────────────────────────────────────


def updates(told: Shown) -> list[tuple[int, int, int]]:
    """Of each HoleScoreUpdate: its place, its hole, its strokes."""
    return [
        (
            place,
            packet["eventCorrectedIdentifier"]["holeNo"],
            packet["corrections"]["score"]["currentHoleStrokes"],
        )
        for place, packet in enumerate(told.only.packets)
        if word(packet) == "HoleScoreUpdate"
    ]


@shows("hole-score/after-hole")
def _(told: Shown) -> bool:
    """While the next hole is played."""
    if len(found := updates(told)) != 1:
        return False
    ((place, hole, strokes),) = found
    before = told.only.packets[:place]
    (finished,) = [each for each in before if each.get("holeNo") == hole][-1:]
    other = strokes != finished["score"]["currentHoleStrokes"]
    return other and before[-1]["holeNo"] != hole and "strokeNo" in before[-1]


@shows("hole-score/after-round-finished")
def _(told: Shown) -> bool:
    stream = told.only
    ends = (stream.place("RoundFinished"), stream.place("RoundOfficial"))
    return [ends[0] < place < ends[1] for place, _, _ in updates(told)] == [True]


@shows("hole-score/twice")
def _(told: Shown) -> bool:
    if len(found := updates(told)) != 2:
        return False
    (_, first, other), (_, second, back) = found
    (told_first,) = [
        each["score"]["currentHoleStrokes"]
        for each in told.of("HoleFinished")
        if each["holeNo"] == first
    ]
    return first == second and other != told_first == back


# ── hole correction ────────────────────────────────────────────────────────────────────────────


def sent_again(told: Shown) -> list[tuple[int | None, int | None]]:
    """The strokes of each hole that is sent again, before and then; None: it was in progress."""

    def strokes(packets: list[Packet]) -> int | None:
        ends = [each for each in packets if word(each) == "HoleFinished"]
        return ends[-1]["score"]["currentHoleStrokes"] if ends else None

    return [(strokes(before), strokes(within)) for _, within, before in told.only.corrected]


def whole(told: Shown) -> tuple[int, int] | None:
    """As above, where one finished hole is sent again at a stretch."""
    if len(found := sent_again(told)) != 1 or states(told):
        return None
    ((before, after),) = found
    return None if before is None or after is None else (before, after)


def lies(packets: list[Packet]) -> list[str]:
    return [each["ballLie"]["surfaceTypeCode"] for each in packets if word(each) == "DetailedLie"]


@shows("hole-correction/finished-hole")
def _(told: Shown) -> bool:
    if (scores := whole(told)) is None:
        return False
    ((_, within, before),) = told.only.corrected
    return scores[0] == scores[1] and lies(within) != lies(before)


@shows("hole-correction/hole-in-progress")
def _(told: Shown) -> bool:
    """It goes on with the stroke after the last one that was sent again."""
    if sent_again(told) != [(None, None)]:
        return False
    ((_, within, before),) = told.only.corrected
    then = told.only.packets[told.only.place("EndHoleCorrection") + 1]
    last = [each["strokeNo"] for each in within if word(each) == "HitBall"][-1]
    return lies(within) != lies(before) and then["strokeNo"] == last + 1


@shows("hole-correction/shorter-hole")
def _(told: Shown) -> bool:
    return (scores := whole(told)) is not None and scores[1] < scores[0]


@shows("hole-correction/longer-hole")
def _(told: Shown) -> bool:
    return (scores := whole(told)) is not None and scores[1] > scores[0]


@shows("hole-correction/interrupted")
def _(told: Shown) -> bool:
    """Silent for minutes in the middle of the mode."""
    if len(told.only.corrected) != 1:
        return False
    ((_, within, _),) = told.only.corrected
    silent = [gap for gap, before, _ in told.only.gaps() if word(before) == "Disconnected"]
    inside = [each for each in words(within) if each in ("Disconnected", "Connected")]
    return inside == ["Disconnected", "Connected"] and min(silent) > 5 * MINUTE


@shows("hole-correction/two-in-a-row")
def _(told: Shown) -> bool:
    follows = ("EndHoleCorrection", "BeginHoleCorrection") in pairwise(words(told.only.packets))
    return follows and len({within[0]["holeNo"] for _, within, _ in told.only.corrected}) == 2


# ── suspension ─────────────────────────────────────────────────────────────────────────────────


def stops(told: Shown) -> list[tuple[datetime, datetime, bool]]:
    """Of each stream that is stopped: when, until when, and whether a ball was hit before."""
    return [
        (*map(moment, each.of("Suspended", "Unsuspended")), "HitBall" in words(before))  # type: ignore[misc]
        for each in told.streams.values()
        if "Suspended" in words(each.packets)
        for before in [each.packets[: each.place("Suspended")]]
    ]


@shows("suspension/weather")
def _(told: Shown) -> bool:
    """Ninety minutes of everybody, in the middle of play."""
    same_day = all(begin.date() == end.date() for begin, end, _ in stops(told))
    length = {round((end - begin).total_seconds() / MINUTE) for begin, end, _ in stops(told)}
    return same_day and length == {90} and all(begun for _, _, begun in stops(told))


@shows("suspension/dusk-overnight")
def _(told: Shown) -> bool:
    days = [(end.date() - begin.date()).days for begin, end, _ in stops(told)]
    return len(days) == len(told.streams) and set(days) == {1} and len(told.streams) == 2


@shows("suspension/fog-at-start")
def _(told: Shown) -> bool:
    """Some are stopped before they hit a ball, and the others begin when it is over."""
    if any(begun for _, _, begun in stops(told)) or not 0 < len(stops(told)) < len(told.streams):
        return False
    over = max(end for _, end, _ in stops(told))
    others = [each for each in told.streams.values() if "Suspended" not in words(each.packets)]
    return all(moment(each.packets[0]) > over for each in others)


# ── status ─────────────────────────────────────────────────────────────────────────────────────


def reasons(told: Shown) -> set[str]:
    return {packet["finishReason"] for packet in told.of("HoleFinished")}


def standing(told: Shown, status: str) -> list[int]:
    """The teams of this status."""
    return [team for team, each in told.statuses.items() if each == status]


@shows("status/withdrawn")
def _(told: Shown) -> bool:
    """On the course, which its packets say too."""
    return reasons(told) == {"BallHoled", "Withdrawn"} and len(standing(told, "Withdrawn")) == 1


@shows("status/retired")
def _(told: Shown) -> bool:
    """The leaderboard knows better than the packets."""
    return reasons(told) == {"BallHoled", "Withdrawn"} and len(standing(told, "Retired")) == 1


@shows("status/disqualified")
def _(told: Shown) -> bool:
    """Out in the first round, and not there in the second."""
    rounds = [told.rounds(no) for no in standing(told, "Disqualified")]
    return reasons(told) == {"BallHoled", "Disqualified"} and rounds == [[1]]


@shows("status/missed-cut")
def _(told: Shown) -> bool:
    """Two rounds of its own, a stroke over the last who has three."""
    if len(out := standing(told, "Cut")) != 1 or len({no for no, _ in told.streams}) != 3:
        return False
    total = {
        team: sum(sum(told.streams[no, team].scores.values()) for no in (1, 2))
        for team in told.statuses
    }
    worst = max(total[team] for team in told.statuses if team not in out)
    return told.rounds(out[0]) == [1, 2] and total[out[0]] == worst + 1


@shows("status/did-not-start")
def _(told: Shown) -> bool:
    out = standing(told, "DidNotStart")
    return len(out) == 1 and not told.rounds(out[0]) and reasons(told) == {"BallHoled"}


# ── playoff ────────────────────────────────────────────────────────────────────────────────────


def cards(told: Shown) -> dict[int, list[int]]:
    """What each team made on the holes of the playoff, in order."""
    return {team: list(each.scores.values()) for team, each in told.playoff.items()}


def holes(told: Shown) -> set[tuple[int, ...]]:
    """The numbers of the holes that each team played in it."""
    return {
        tuple(packet["holeNo"] for packet in each.of("HoleStarted"))
        for each in told.playoff.values()
    }


@shows("playoff/sudden-death")
def _(told: Shown) -> bool:
    """Two, on the 18th alone, halved until one is better."""
    made = cards(told)
    if len(made) != 2 or {no for each in holes(told) for no in each} != {18}:
        return False
    first, second = made.values()
    best = min(made, key=lambda team: made[team][-1])
    halved = first[:-1] == second[:-1] and len(first) > 1
    return halved and first[-1] != second[-1] and told.winner == best


@shows("playoff/six-players")
def _(told: Shown) -> bool:
    """Some are out sooner than others."""
    made = cards(told)
    longest = max(map(len, made.values()), default=0)
    last = {no: each[-1] for no, each in made.items() if len(each) == longest}
    sooner = len({*map(len, made.values())}) > 1
    return len(made) == 6 and sooner and told.winner == min(last, key=lambda no: last[no])


@shows("playoff/three-holes")
def _(told: Shown) -> bool:
    """Who leads after the first hole does not win it."""
    made = cards(told)
    if holes(told) != {(16, 17, 18)} or len(made) != 2:
        return False
    leads = min(made, key=lambda team: made[team][0])
    best = min(made, key=lambda team: sum(made[team]))
    return leads != best == told.winner


# ── ending, TGL ────────────────────────────────────────────────────────────────────────────────


@shows("ending/official-late")
def _(told: Shown) -> bool:
    finished, official = (told.only.place(each) for each in ("RoundFinished", "RoundOfficial"))
    took = told.only.sent[official] - told.only.sent[finished]
    between = words(told.only.packets[finished + 1 : official])
    return took > 30 * MINUTE and between == ["HoleScoreUpdate"]


@shows("ending/official-then-nothing")
def _(told: Shown) -> bool:
    """That nothing but heartbeats follows, test_library sees on a socket."""
    stays = told.quirks == {"after-official": "stay"}
    return stays and word(told.only.packets[-1]) == "RoundOfficial"


@shows("tgl/hammer")
def _(told: Shown) -> bool:
    thrown = told.of("TglHammerThrown")
    none = not any(key in each for each in thrown for key in ("strokeNo", "playerId", "groupNo"))
    return [each["accepted"] for each in thrown] == [True, False] and none
