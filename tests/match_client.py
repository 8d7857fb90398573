"""A client of one match: its matchdetails packets, and what REST says of the match before play.

It imports nothing of mockdde and is written from the documentation alone. What the documentation
does not have a packet for, that a match is conceded, it infers: the last hole was given up, and the
match is over though it is not decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from client_fold import SurpriseError, to_par
from match_holes import GIVEN_UP, Ball, Hole, Line, Side, SideLine

Packet = dict[str, Any]

ENDINGS = ("BallHoled", "HoleWon", *GIVEN_UP)
STROKES = ("HitBall", "BallHoled", "Penalty", "ProvisionalBallSelected")
OTHERS = ("AddressingBall", "ApproximateLie", "DetailedLie", "BallDrop")
ONCE = ("AddressingBall", "HitBall", "ApproximateLie", "DetailedLie", "BallHoled")  # a stroke
ASIDE = ("RefereeCalled", "TglHammerThrown")
UNSAID = ("groupNo", "matchNo")  # "not included in events"


# ── what REST says ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class MatchFacts:
    """A match in the schedule, with what the tournament says of its round."""

    no: int
    round: int
    teams: tuple[int, int]
    players: dict[int, tuple[int, ...]]  # their ids by team
    format: str  # of its round: REGULAR, FOURSOMES, FOUR_BALL
    holes: tuple[int, ...]  # their numbers in the order of play
    pars: dict[int, int]  # by number
    over: int  # holes of regulation play; 0: it ends with the first hole that is won
    to_a_winner: bool  # it goes on while it is level


# ── the match ──────────────────────────────────────────────────────────────────────────────────


class Match:
    """One stream, packet by packet."""

    def __init__(self, facts: MatchFacts) -> None:
        self.facts = facts
        self.holes: dict[int, Hole] = {}  # as said, by order
        self.lines: dict[int, Line] = {}  # as they stand, by order
        self.up = 0  # holes by which the first side is ahead
        self.started = self.finished = self.official = False
        self.given_up_on = 0  # the hole, by order, on which a side has conceded the match
        self.conceded_on = 0  # the one that was last said to be conceded
        self.conceded_since = 0  # how many holes had begun by then
        self.supposed = False  # that with it the match was
        self.correcting = False
        self.replaced: int | None = None
        self.seq = 0

    # ── the match now ─────────────────────────────────────────────────────────────────────────

    def up_after(self, order: int) -> int:
        """Holes by which the first side is ahead."""
        return sum(line.result for line in self.lines.values() if line.order <= order)

    @property
    def played(self) -> int:
        return len(self.lines)

    @property
    def decided(self) -> bool:
        """Whether the holes alone decide it."""
        left = self.facts.over - self.played
        if left > 0:
            return self.up > left or self.up < -left
        if self.facts.to_a_winner:
            return self.up != 0
        return self.played > 0

    @property
    def struck(self) -> bool:
        return any(side.struck for line in self.lines.values() for side in line.sides)

    @property
    def conceded(self) -> int | None:
        """The side that has given up the match."""
        line = self.lines.get(self.conceded_on if self.supposed else self.given_up_on)
        return line.gave_up() if line is not None else None

    @property
    def unclear(self) -> bool:
        """Whether only the next packets tell if the hole that was conceded was the match, too."""
        if not self.conceded_on or self.finished or self.decided or self.given_up_on:
            return False
        return self.conceded_on in self.lines and self.conceded_since == len(self.holes)

    @property
    def complete(self) -> bool:
        return self.decided or self.conceded is not None

    @property
    def winner(self) -> int | None:
        """The side that has won; None while nobody has, and of a halved match."""
        if self.conceded is not None:
            return 1 - self.conceded
        if not self.decided or self.up == 0:
            return None
        return 0 if self.up > 0 else 1

    def ahead(self, side: int) -> int:
        return -self.up if side else self.up

    def current(self, side: int) -> str:
        """currentMatchScore."""
        return spelt(self.ahead(side))

    def final(self, side: int) -> str | None:
        """finalMatchScore; None before it is over."""
        if not self.complete:
            return None
        loser = self.conceded
        if not self.struck or (loser is not None and self.ahead(loser) >= 0):
            return "C"  # before a ball was struck; nor is there a score for who was not behind
        if self.played > self.facts.over:
            return f"{self.played} HOLES"
        if self.played < self.facts.over:
            return f"{abs(self.up)} & {self.facts.over - self.played}"
        return spelt(self.ahead(side))

    def over_par(self, side: int) -> int:
        """Over par of the holes that the side has holed out, as they are said now.

        Of a hole that it has lost otherwise there is no score, whatever a partner has holed.
        """
        said = ((hole.sides[side], hole.no) for hole in self.holes.values())
        bests = ((each.best, no) for each, no in said if each.reason in (None, "BallHoled"))
        return sum(best - self.facts.pars[no] for best, no in bests if best is not None)

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def packet(self, packet: Packet) -> bool:
        """Take in a packet; whether what documents say of the match may be something else now."""
        kind = packet["eventElementType"]
        if kind in ("Heartbeat", "ConnectionStateChanged"):
            return False
        self._expect(not self.official, f"{kind} after RoundOfficial")
        self._expect(packet["seqNum"] == self.seq + 1, f"seqNum {packet['seqNum']}")
        self.seq = packet["seqNum"]
        self._expect(not packet.keys() & set(UNSAID), f"{kind} with {UNSAID}")
        self._expect(self.started or packet.get("state") == "RoundStarted", f"{kind} first")
        if kind == "RoundStatusUpdate":
            return self._status(packet)
        if kind == "ModeChange":
            return self._mode(packet["mode"] == "BeginHoleCorrection")
        if kind == "Correction":
            return self._corrected(packet)
        if kind == "HoleScoreUpdate":
            return self._rescored(packet)
        if kind in ASIDE:
            self._hole(packet)
            return False
        self._expect(kind in STROKES + OTHERS, f"{kind} in a match")
        self._stroke(packet)
        return False

    def _expect(self, fine: bool, otherwise: str) -> None:
        if not fine:
            raise SurpriseError(f"match {self.facts.no}, after seqNum {self.seq}: {otherwise}")

    def _status(self, packet: Packet) -> bool:
        state = packet["state"]
        unclear = self.unclear
        match state:
            case "RoundStarted":
                self._expect(not self.started, "it starts twice")
                self._expect(packet["matchType"] == "Matchplay", packet["matchType"])
                self._expect(*self._all_players(packet["players"]))
                self.started = True
            case "HoleStarted":
                self._started(packet)
                return unclear
            case "HoleFinished":
                return self._finished(packet)
            case "RoundFinished":
                self._expect(not self.correcting, "it is over within a hole correction")
                self._over()
            case "RoundOfficial":
                self._over()
                self.official = True
            case "Suspended" | "Unsuspended":
                return False
            case _:
                self._expect(False, state)
        return True

    def _over(self) -> None:
        """It is over; if not by the holes, then who conceded a hole has conceded the match."""
        self.finished, self.supposed = True, False
        if not self.complete:
            self.given_up_on = self.conceded_on
        self._expect(self.complete, f"over at {self.up} after {self.played}")

    def _all_players(self, players: list[Packet]) -> tuple[bool, str]:
        """RoundStarted says who plays: all in the match."""
        ids = [each["id"] for each in players]
        mine = [each for team in self.facts.teams for each in self.facts.players[team]]
        return ids == mine, f"players {ids}, not {mine}"

    def _started(self, packet: Packet) -> None:
        order, no = packet["holeOrder"], packet["holeNo"]
        if self.correcting:
            self._expect(order in self.holes, "a hole is sent again that was never played")
            self._expect(self.replaced is None, "two holes within one hole correction")
            self.replaced = order
        else:
            self._expect(order == len(self.holes) + 1, f"hole order {order} starts")
            self._expect(len(self.lines) == len(self.holes), "a hole is open")
            self.finished = self.supposed = False
            self._expect(not self.complete, f"hole order {order} of a match that is over")
        holes = self.facts.holes
        wanted = holes[(order - 1) % len(holes)]
        self._expect(no == wanted, f"holeNo {no} at {order}, not {wanted}")
        self.holes[order] = Hole(no)

    def _finished(self, packet: Packet) -> bool:
        order, reason = packet["holeOrder"], packet["finishReason"]
        side = self._side(packet)
        self._expect(side.reason is None, "a hole finishes twice for a side")
        self._expect(reason in ENDINGS, f"finishReason {reason}")
        score = packet["score"]
        if reason == "BallHoled" and not any(ball.said for ball in side.balls.values()):
            side.balls[0] = Ball(told=score["currentHoleStrokes"], holed=True)
        side.reason = reason
        if reason == "HoleConceded":
            self.conceded_on, self.conceded_since = order, len(self.holes)
        self._expect((reason == "BallHoled") <= (side.best is not None), f"{reason} of no ball")
        if reason == "BallHoled":
            self._check(packet, side.best)
        return self._line(order)

    def _mode(self, begins: bool) -> bool:
        self._expect(begins != self.correcting, "ModeChange twice")
        self._expect(begins or self.replaced is not None, "a hole correction of nothing")
        self.correcting, self.replaced = begins, None
        return True  # and its old line must stand

    # ── strokes ───────────────────────────────────────────────────────────────────────────────

    def _hole(self, packet: Packet) -> Hole:
        order = packet["holeOrder"]
        self._expect(order in self.holes, f"hole order {order} has not started")
        self._expect(not self.correcting or order == self.replaced, "another hole's packet")
        return self.holes[order]

    def _side(self, packet: Packet) -> Side:
        self._expect(packet["teamNo"] in self.facts.teams, f"team {packet['teamNo']}")
        return self._hole(packet).sides[self.facts.teams.index(packet["teamNo"])]

    def _ball(self, side: Side, player: int) -> Ball:
        if 0 in side.balls or self.facts.format != "FOUR_BALL":
            player = 0
        return side.balls.setdefault(player, Ball())

    def _stroke(self, packet: Packet) -> None:
        side, kind = self._side(packet), packet["eventElementType"]
        player = packet.get("playerId", packet["player"]["id"])
        self._expect(player in self.facts.players[packet["teamNo"]], f"player {player}")
        self._expect(side.reason is None, f"{kind} after the hole was finished")
        ball = self._ball(side, player)
        self._expect(not ball.holed, f"{kind} of a ball that is in the hole")
        self._expect_in_order(ball, packet)
        ball.said.append({**packet, "playerId": player})
        ball.holed = kind == "BallHoled"
        if "score" in packet:
            self._check(packet, ball.strokes)

    def _expect_in_order(self, ball: Ball, packet: Packet) -> None:
        """A stroke is the next one, and all else is said once of the stroke that was hit last."""
        kind, no = packet["eventElementType"], packet["strokeNo"]
        if packet["provisionalIndex"] or kind == "ProvisionalBallSelected":
            return
        if kind in ("AddressingBall", "HitBall"):
            self._expect(no == ball.made + 1, f"{kind} of stroke {no} after {ball.made}")
        else:
            self._expect(no == ball.made, f"{kind} of stroke {no}, when {ball.made} was hit")
        if kind in ONCE:
            keys = ("eventElementType", "strokeNo", "provisionalIndex")
            said = [each for each in ball.said if all(each[key] == packet[key] for key in keys)]
            self._expect(not said, f"{kind} of stroke {no} twice")

    def _check(self, packet: Packet, strokes: int | None) -> None:
        """That the packet's own score says what the packets so far come to."""
        score, side = packet["score"], self.facts.teams.index(packet["teamNo"])
        over = to_par(self.over_par(side))
        mine = {
            "currentHolePar": self.facts.pars[packet["holeNo"]],
            "currentHoleStrokes": strokes,
            "currentRoundScoreToPar": over,
            "overallScoreToPar": over,
        }
        self._expect(score == mine, f"{packet['eventElementType']} with {score}, not {mine}")

    # ── what is said anew ─────────────────────────────────────────────────────────────────────

    def _corrected(self, packet: Packet) -> bool:
        whose, content = packet["eventCorrectedIdentifier"], packet["corrections"]
        order, team = whose["holeOrder"], whose["teamNo"]
        self._expect(not self.correcting, "a Correction within a hole correction")
        self._expect(team in self.facts.teams, f"a Correction of team {team}")
        side = self.holes[order].sides[self.facts.teams.index(team)]
        wanted = {key: whose[key] for key in ("eventElementType", "strokeNo", "playerId")}
        wanted["provisionalIndex"] = content["provisionalIndex"]
        for each in self._latest_first(side):
            if all(each.get(key) == value for key, value in wanted.items()):
                each.update(content)
                return self._line(order)
        raise SurpriseError(f"match {self.facts.no}: nothing to correct at {wanted}")

    def _latest_first(self, side: Side) -> Iterable[Packet]:
        said = [each for ball in side.balls.values() for each in ball.said]
        return sorted(said, key=lambda each: -each["seqNum"])

    def _rescored(self, packet: Packet) -> bool:
        """The packet has a hole's number, so of one that came twice it can only mean the last."""
        whose, score = packet["eventCorrectedIdentifier"], packet["corrections"]["score"]
        order = max(at for at, hole in self.holes.items() if hole.no == whose["holeNo"])
        player = int(whose["playerId"])
        ((at, _),) = [
            each for each in enumerate(self.facts.teams) if player in self.facts.players[each[1]]
        ]
        side = self.holes[order].sides[at]
        self._expect(side.reason is not None, "a score of a hole in progress")
        self._ball(side, player).rescored = score["currentHoleStrokes"]
        return self._line(order)

    def _line(self, order: int) -> bool:
        """Write down a hole that both have finished; one that is sent again keeps its line."""
        hole = self.holes[order]
        if any(side.reason is None for side in hole.sides):
            return False
        first, second = (self._side_line(side) for side in hole.sides)
        line = Line(order, hole.no, self.facts.pars[hole.no], (first, second))
        if self.lines.get(order) == line:
            return False
        self.lines[order] = line
        self.up = self.up_after(max(self.lines))
        self.supposed = False
        if self.conceded is None:
            self.given_up_on = 0  # the hole was sent again, and is not given up
        self.finished = self.finished and self.complete  # or it goes on
        return True

    def _side_line(self, side: Side) -> SideLine:
        assert side.reason is not None
        return SideLine(
            side.reason,
            side.best if side.reason == "BallHoled" else None,
            {no: (ball.strokes, ball.holed) for no, ball in side.balls.items()},
            any(ball.struck for ball in side.balls.values()),
        )


def spelt(up: int) -> str:
    """currentMatchScore and cumulativeHolesAdvantage."""
    if up > 0:
        return f"{up}up"
    return f"{-up}dn" if up < 0 else "T"
