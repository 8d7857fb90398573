"""What streams of match play come to: holes won and lost, in either dialect.

A hole counts once both sides have finished it, and while it is sent again it counts as before. That
a match is over is not worked out but heard: a side may give it up at any time, and no document says
over how many holes it goes if not over eighteen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from goodclient.contract import Target
from goodclient.objects import LiveHole, Objects
from goodclient.packets import Packet, kind_of
from goodclient.rounds import Book, Hole

__all__ = ["LiveMatch", "Match", "SideOfHole", "standing"]

_REGULATION = 18
_HOLED, _GIVEN_UP = "ballholed", "resigned"
_CONCEDED = ("holeconceded", _GIVEN_UP, "other")
_LOST = (*_CONCEDED, "lossofhole", "holelost")


# ── the score of a match ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class SideLine:
    """A hole that a side has finished."""

    reason: str  # of whichever dialect
    strokes: int | None  # of its ball that counts; None where it holed none

    @property
    def how(self) -> str:
        """HoleConceded and HOLE_CONCEDED are one word."""
        return self.reason.replace("_", "").lower()


@dataclass(frozen=True)
class Line:
    """A hole that both sides have finished."""

    no: int
    sides: tuple[SideLine, SideLine]

    @property
    def result(self) -> int:
        """1 where the first side has won it, -1 where the second has, 0 where it is halved."""
        first, second = self.sides
        if first.strokes is not None and second.strokes is not None:
            return (first.strokes < second.strokes) - (first.strokes > second.strokes)
        return (second.how in _LOST) - (first.how in _LOST)


def standing(teams: tuple[int, ...], lines: Mapping[int, Line], *, over: bool) -> dict[str, Any]:
    """The score of a match; ``over`` is whether we have heard that it is."""
    up = sum(line.result for line in lines.values())
    leader = None if not up else teams[0 if up > 0 else 1]
    return {
        "played": len(lines),
        "leader": leader,
        "up": abs(up),
        "complete": over,
        "winner": winner_of(teams, lines, up) if over else None,
    }


def winner_of(teams: tuple[int, ...], lines: Mapping[int, Line], up: int) -> int | None:
    """Who has won a match that is over: who is up, if the holes decide it. If they do not, then who
    conceded the last hole has conceded the match."""
    leader = None if not up else teams[0 if up > 0 else 1]
    conceded = [side.how in _CONCEDED for side in lines[max(lines)].sides] if lines else []
    given_up = [side.how == _GIVEN_UP for side in lines[max(lines)].sides] if lines else []
    left = _REGULATION - len(lines)
    if any(given_up):
        return teams[1 - given_up.index(True)]
    if any(conceded) and left > 0 and abs(up) <= left:
        return teams[1 - conceded.index(True)]
    return leader


# ── the DDE dialect ────────────────────────────────────────────────────────────────────────────


@dataclass
class SideOfHole:
    """A hole as one side plays it: a ball for each player in fourballs, else one for both."""

    balls: dict[int, Hole] = field(default_factory=dict)  # by the player who played its first
    reason: str | None = None
    players: set[int] = field(default_factory=set)  # who was said to do something

    def ball(self, player: int, *, first: bool = False) -> Hole:
        """The player's ball. Whoever plays stroke 1 has one of his own; partners who share a ball
        never both do."""
        if player not in self.balls and (first or not self.balls):
            self.balls[player] = Hole(0)
        return self.balls.get(player) or next(iter(self.balls.values()))

    @property
    def line(self) -> SideLine | None:
        """Once it is finished."""
        if self.reason is None:
            return None
        holed = [each.strokes for each in self.balls.values() if each.holed]
        counts = self.reason.lower() == _HOLED
        return SideLine(self.reason, min(holed, default=None) if counts else None)


@dataclass
class HoleOfMatch:
    """A hole as it is said now."""

    no: int
    sides: dict[int, SideOfHole]  # by teamNo


class Match(Book):
    """A match of the DDE feed."""

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self.holes: dict[int, HoleOfMatch] = {}  # by holeOrder
        self.lines: dict[int, Line] = {}

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a state document says of it, by its key there."""
        teams = self.target.teams
        holes: dict[str, Any] = {str(at): {"no": each.no} for at, each in self.holes.items()}
        for at, line in self.lines.items():
            holes[str(at)] = document_of(teams, line)
        score = standing(teams, self.lines, over=self.finished)
        yield f"{self.target.tournament}/{self.target.match}", {**score, "holes": holes}

    def feed(self, packet: Packet) -> None:
        """Take in a packet, and write down the hole anew if both sides have finished it."""
        super().feed(packet)
        order = packet.get("eventCorrectedIdentifier", packet).get("holeOrder")
        if order in self.holes:
            self.write_down(order)

    def write_down(self, order: int) -> None:
        """A hole that is sent again keeps its line until both sides have finished it once more."""
        hole = self.holes[order]
        lines = [hole.sides[team].line for team in self.target.teams]
        first, second = lines
        if first is not None and second is not None:
            self.lines[order] = Line(hole.no, (first, second))

    def hole_started(self, packet: Packet) -> None:
        """A hole begins, or within a correction begins again. A match that goes on is not over."""
        order = packet["holeOrder"]
        if order in self.holes and not self.correcting:
            return
        self.finished = self.finished and self.correcting
        sides = {team: SideOfHole() for team in self.target.teams}
        self.holes[order] = HoleOfMatch(packet["holeNo"], sides)

    def side_of(self, packet: Packet) -> SideOfHole:
        """The side and hole of a packet; the hole is begun where the packet that began it is
        lost."""
        order = packet["holeOrder"]
        if order not in self.holes:
            sides = {team: SideOfHole() for team in self.target.teams}
            self.holes[order] = HoleOfMatch(packet.get("holeNo", 1), sides)
        return self.holes[order].sides[packet["teamNo"]]

    def hole_finished(self, packet: Packet) -> None:
        """A side has finished the hole. Where no strokes are reported its score is all."""
        side = self.side_of(packet)
        side.reason = str(packet.get("finishReason", ""))
        if not side.balls and side.reason.lower() == _HOLED:
            strokes = packet.get("score", {}).get("currentHoleStrokes", 0)
            side.balls[0] = Hole(0, made=strokes, holed=True)

    def ball_of(self, packet: Packet) -> Hole:
        """The ball that a packet is about."""
        side, player = self.side_of(packet), packet.get("playerId", 0)
        side.players.add(player)
        first = kind_of(packet) == "HitBall" and packet.get("strokeNo") == 1
        return side.ball(player, first=first and not packet.get("provisionalIndex"))

    def on_HitBall(self, packet: Packet) -> None:
        """A stroke."""
        self.ball_of(packet).hit(packet)

    def on_BallHoled(self, packet: Packet) -> None:
        """A ball is in the hole."""
        self.ball_of(packet).hole_out(packet)

    def on_ProvisionalBallSelected(self, packet: Packet) -> None:
        """Strokes with another ball count from now on."""
        self.ball_of(packet).choose(packet)

    def tell(self, packet: Packet) -> None:
        """Keep what may be corrected."""
        self.ball_of(packet).told.append(dict(packet))

    on_Penalty = on_ApproximateLie = on_DetailedLie = on_BallDrop = tell

    def on_Correction(self, packet: Packet) -> None:
        """A packet is said anew."""
        whose = packet["eventCorrectedIdentifier"]
        if whose.get("holeOrder") in self.holes:
            for ball in self.side_of(whose).balls.values():
                if ball.correct(whose, packet["corrections"]):
                    return

    def on_HoleScoreUpdate(self, packet: Packet) -> None:
        """The strokes of a player's ball; his side is the one that has him."""
        whose = packet["eventCorrectedIdentifier"]
        strokes = packet["corrections"].get("score", {}).get("currentHoleStrokes")
        orders = [at for at, each in self.holes.items() if each.no == whose.get("holeNo")]
        side = self.side_with(whose)
        if orders and strokes is not None and side is not None:
            self.holes[max(orders)].sides[side].ball(whose["playerId"]).override = strokes
            self.write_down(max(orders))

    def side_with(self, whose: Packet) -> int | None:
        """The team of a player, as the packets of any hole have it."""
        if whose.get("teamNo") in self.target.teams:
            return int(whose["teamNo"])
        for hole in self.holes.values():
            for team, side in hole.sides.items():
                if whose.get("playerId") in side.players:
                    return team
        return None


def document_of(teams: tuple[int, ...], line: Line) -> dict[str, Any]:
    """A hole that both sides have finished."""
    strokes = {str(team): side.strokes for team, side in zip(teams, line.sides, strict=True)}
    winner = None if not line.result else teams[0 if line.result > 0 else 1]
    return {"no": line.no, "winner": winner, "strokes": strokes}


# ── the live dialect ───────────────────────────────────────────────────────────────────────────


class LiveMatch(Objects):
    """A match of live events; HoleEnded has the score of the side's ball that counts."""

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a state document says of it, by its key there."""
        teams = self.target.teams
        first, second = (self.holes(team) for team in teams)
        holes: dict[str, Any] = {str(at): {"no": of.no} for at, of in (first | second).items()}
        lines: dict[int, Line] = {}
        for at in sorted(first.keys() & second.keys()):
            sides = [side_line(of[at]) for of in (first, second)]
            if sides[0] is not None and sides[1] is not None:
                lines[at] = Line(first[at].no, (sides[0], sides[1]))
                holes[str(at)] = document_of(teams, lines[at])
        score = standing(teams, lines, over=self.is_over)
        yield f"{self.target.tournament}/{self.target.match}", {**score, "holes": holes}


def side_line(hole: LiveHole) -> SideLine | None:
    """A hole that a side has ended."""
    if hole.end is None:
        return None
    reason = str(hole.end.get("end_reason", ""))
    counts = reason == "BALL_HOLED"
    return SideLine(reason, hole.strokes if counts else None)
