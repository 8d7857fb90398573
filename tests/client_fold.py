"""An independent client of round streams, from the documentation; imports nothing of mockdde."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Packet = dict[str, Any]

# What a packet says about its place, not about what happened; Correction names it another way.
ADDRESS = {
    "courseId",
    "eventElementType",
    "groupId",
    "groupNo",
    "holeNo",
    "holeOrder",
    "player",
    "playerId",
    "roundNo",
    "score",
    "seqNum",
    "teamNo",
    "timestamp",
    "timestampReceived",
}
CORRECTABLE = ("ApproximateLie", "DetailedLie", "Penalty", "BallDrop")


class SurpriseError(AssertionError):
    """The stream did what its documentation does not allow."""


def to_par(over: int) -> str:
    return f"{over:+d}" if over else "E"


PLAYOFF = 100  # rounds from here on are playoffs


@dataclass
class Hole:
    """What is known of one hole; ``told`` are its packets that a Correction can be about."""

    no: int
    par: int | None = None
    made: int = 0
    chosen_penalties: int = 0
    holed: bool = False
    finished: str | None = None
    override: int | None = None
    provisional: int = 0  # balls played and not chosen from yet
    told: list[Packet] = field(default_factory=list)

    @property
    def penalties(self) -> int:
        said = [each for each in self.told if each["eventElementType"] == "Penalty"]
        return self.chosen_penalties + sum(each["strokesAssessed"] for each in said)

    @property
    def strokes(self) -> int:
        return self.made + self.penalties if self.override is None else self.override


class Round:
    """One stream, packet by packet."""

    def __init__(self) -> None:
        self.holes: dict[int, Hole] = {}  # by holeOrder
        self.status: str | None = None
        self.suspended = False
        self.connection = "Connected"
        self.correcting = False
        self.replaced: int | None = None  # the hole that is being sent again
        self.seq = 0

    @property
    def to_par(self) -> int:
        """Over par of the holes holed out."""
        return sum(
            each.strokes - each.par for each in self.holes.values() if each.holed and each.par
        )

    def strokes(self) -> dict[int, int]:
        """Strokes by the order of the holes holed out."""
        return {order: each.strokes for order, each in self.holes.items() if each.holed}

    def feed(self, packet: Packet) -> Hole | None:
        """Take in a packet; the hole it is about, if it is about one."""
        kind = packet.get("eventElementType")
        if kind == "ConnectionStateChanged":
            self.connection = packet["state"]
            return None
        if kind in (None, "Heartbeat"):
            return None
        self._expect(self.status != "RoundOfficial", f"{kind} after RoundOfficial")
        self._expect(packet["seqNum"] == self.seq + 1, f"seqNum {packet['seqNum']}, not the next")
        self.seq = packet["seqNum"]
        started = self.status is not None or packet.get("state") == "RoundStarted"
        self._expect(started, f"{kind} before RoundStarted")
        return getattr(self, f"_{kind}")(packet)

    def _expect(self, fine: bool, otherwise: str) -> None:
        if not fine:
            raise SurpriseError(f"after seqNum {self.seq}: {otherwise}")

    def _hole(self, packet: Packet) -> Hole:
        order = packet["holeOrder"]
        self._expect(order in self.holes, f"hole {packet['holeNo']} has not started")
        again = not self.correcting or self.replaced == order
        self._expect(again, "another hole within a hole correction")
        return self.holes[order]

    # ── where the round is ────────────────────────────────────────────────────────────────────

    def _RoundStatusUpdate(self, packet: Packet) -> Hole | None:  # noqa: N802
        state = packet["state"]
        if state in ("Suspended", "Unsuspended"):
            self._expect(self.suspended == (state == "Unsuspended"), f"{state} twice")
            self.suspended = state == "Suspended"
            return None
        if state == "HoleStarted":
            return self._started(packet)
        if state == "HoleFinished":
            hole = self._hole(packet)
            self._expect(hole.finished is None, "a hole that finishes twice")
            self._expect(hole.provisional == 0, "no ball was chosen")
            if not hole.made and packet["finishReason"] == "BallHoled":  # only scores are told
                hole.par = packet["score"]["currentHolePar"]
                hole.made, hole.holed = packet["score"]["currentHoleStrokes"], True
            self._expect(
                hole.holed == (packet["finishReason"] == "BallHoled"), packet["finishReason"]
            )
            hole.finished = packet["finishReason"]
            return hole
        order = [None, "RoundStarted", "RoundFinished", "RoundOfficial"]
        self._expect(order.index(state) == order.index(self.status) + 1, f"{state} now")
        self._expect(not self.correcting, f"{state} within a hole correction")
        if state == "RoundFinished":
            self._expect(all(each.finished for each in self.holes.values()), "a hole is open")
        self.status = state
        return None

    def _started(self, packet: Packet) -> Hole:
        order = packet["holeOrder"]
        if self.correcting:
            self._expect(order in self.holes, "hole correction of a hole not begun")
            self._expect(self.replaced is None, "two holes within one hole correction")
            self.replaced = order
        else:
            self._expect(order == len(self.holes) + 1, f"hole order {order} starts")
            self._expect(all(each.finished for each in self.holes.values()), "a hole is open")
        par = self.holes[order].par if order in self.holes else None
        self.holes[order] = Hole(packet["holeNo"], par)
        return self.holes[order]

    def _ModeChange(self, packet: Packet) -> None:  # noqa: N802
        begins = packet["mode"] == "BeginHoleCorrection"
        self._expect(begins != self.correcting, packet["mode"])
        self._expect(begins or self.replaced is not None, "a hole correction of nothing")
        self.correcting, self.replaced = begins, None

    # ── strokes ───────────────────────────────────────────────────────────────────────────────

    def _stroke(self, packet: Packet, no: int) -> Hole:
        hole = self._hole(packet)
        self._expect(not hole.holed, "a stroke after the ball was holed")
        self._expect(packet["strokeNo"] == no, f"strokeNo {packet['strokeNo']}, not {no}")
        if "score" in packet:
            hole.par = packet["score"]["currentHolePar"]
        return hole

    def _AddressingBall(self, packet: Packet) -> Hole:  # noqa: N802
        # A provisional ball has the number of the stroke it may replace.
        hole = self._hole(packet)
        ball = packet["provisionalIndex"]
        self._expect(ball or hole.provisional == 0, "no ball was chosen")
        self._expect(not ball or ball == hole.provisional + 1, f"provisional ball {ball}")
        return self._stroke(packet, hole.made if ball else hole.made + 1)

    def _HitBall(self, packet: Packet) -> Hole:  # noqa: N802
        hole = self._hole(packet)
        if packet["provisionalIndex"]:
            hole.provisional += 1
            self._expect(packet["provisionalIndex"] == hole.provisional, "a provisional ball")
        else:
            hole.made += 1
        return self._stroke(packet, hole.made)

    def _lie(self, packet: Packet) -> Hole:
        hole = self._stroke(packet, self._hole(packet).made)
        hole.told.append(packet)
        return hole

    _ApproximateLie = _DetailedLie = _Penalty = _BallDrop = _lie

    def _BallHoled(self, packet: Packet) -> Hole:  # noqa: N802
        hole = self._stroke(packet, self._hole(packet).made)
        self._expect(packet["provisionalIndex"] == 0, "a provisional ball is holed")
        hole.holed = True
        return hole

    def _ProvisionalBallSelected(self, packet: Packet) -> Hole:  # noqa: N802
        hole = self._stroke(packet, self._hole(packet).made)
        chosen = packet["provisionalIndex"]
        self._expect(chosen <= hole.provisional, f"ball {chosen} was never played")
        hole.made += chosen
        hole.chosen_penalties += packet["penaltyStrokes"]
        hole.provisional = 0
        result = packet["provisionalResult"]
        self._expect(result == hole.strokes, f"provisionalResult {result}, not {hole.strokes}")
        return hole

    # ── what is said anew ─────────────────────────────────────────────────────────────────────

    def _Correction(self, packet: Packet) -> Hole:  # noqa: N802
        whose, content = packet["eventCorrectedIdentifier"], packet["corrections"]
        self._expect(whose["eventElementType"] in CORRECTABLE, "a correction of that")
        self._expect(not self.correcting, "a Correction within a hole correction")
        hole = self.holes[whose["holeOrder"]]
        wanted = {**whose, "provisionalIndex": content["provisionalIndex"]}
        for each in reversed(hole.told):  # the latest one that the identifier fits
            if all(each[key] == value for key, value in wanted.items()):
                missing = each.keys() - ADDRESS - content.keys()
                self._expect(not missing, f"the correction lacks {sorted(missing)}")
                each.update(content)
                return hole
        raise SurpriseError(f"after seqNum {self.seq}: nothing to correct at {wanted}")

    def _HoleScoreUpdate(self, packet: Packet) -> Hole:  # noqa: N802
        no = packet["eventCorrectedIdentifier"]["holeNo"]
        hole = next(each for each in self.holes.values() if each.no == no)
        self._expect(hole.finished is not None, "a score of a hole in progress")
        hole.override = packet["corrections"]["score"]["currentHoleStrokes"]
        return hole

    # ── aside ─────────────────────────────────────────────────────────────────────────────────

    def _RefereeCalled(self, packet: Packet) -> None:  # noqa: N802
        self._hole(packet)

    _TglHammerThrown = _RefereeCalled


class Tournament:
    """Rounds by team: the overall score is over all rounds of a team."""

    def __init__(self) -> None:
        self.rounds: dict[tuple[int, int], Round] = {}  # by round and team

    def feed(self, round_no: int, team: int, packet: Packet) -> Packet | None:
        """Take in a copy of a packet; the score of its hole afterwards, as packets spell it."""
        mine = self.rounds.setdefault((round_no, team), Round())
        hole = mine.feed(dict(packet))
        if hole is None:
            return None
        overall = sum(
            each.to_par
            for (number, no), each in self.rounds.items()
            if no == team and number < PLAYOFF  # a playoff is in no total
        )
        return {
            "currentHolePar": hole.par,
            "currentHoleStrokes": hole.strokes,
            "currentRoundScoreToPar": to_par(mine.to_par),
            "overallScoreToPar": to_par(overall),
        }
