"""A client that keeps its own books: from round packets, and from what REST says before play.

It imports nothing of mockdde and is written from the documentation alone, so that what it finds out
can be held against every document. `truth_statistics.py` is its other half: what shots say.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from truth_facts import Facts, Holes, Slot
from truth_statistics import Figures, figures_of, strokes_in

Packet = dict[str, Any]

# Who is out stands below all others, in this order; the first two are ranked among their like.
OUT = (
    "MadeCutButDidNotFinish",
    "MissedCut",
    "Retired",
    "Withdrawn",
    "DidNotStart",
    "Disqualified",
    "Removed",
    "Unknown",
    "Alternate",
)
RANKED_OUT = OUT[:2]
WORDS = {"Entered": "Uncut", "Playing": "Uncut", "MissedCut": "Cut"}
WORDS |= {"Alternate": "Other", "Unknown": "Other"}


def is_playoff(round_no: int) -> bool:
    return round_no > 100


# ── what packets say ───────────────────────────────────────────────────────────────────────────


@dataclass
class Hole:
    """What was said of a hole since it was begun, or begun again; corrections are carried out."""

    no: int
    said: list[Packet] = field(default_factory=list)
    reason: str | None = None  # finishReason
    told: int | None = None  # strokes, as HoleFinished has them
    rescored: int | None = None

    @property
    def strokes(self) -> int:
        if self.rescored is not None:
            return self.rescored
        if not any(each["eventElementType"] == "HitBall" for each in self.said):
            return self.told or 0  # nothing is reported of the hole but its score
        return strokes_in(self.said)


@dataclass(frozen=True)
class Line:
    """A hole that was holed out."""

    round: int
    course: int
    order: int
    no: int
    par: int
    metres: int
    strokes: int
    figures: Figures | None  # None where lies are not measured

    @property
    def over(self) -> int:
        return self.strokes - self.par


@dataclass
class Round:
    """A round of a team."""

    no: int
    slot: Slot
    numbers: tuple[int, ...]  # holes in the order of play; of a playoff nobody knows them
    pars: Holes
    holes: dict[int, Hole] = field(default_factory=dict)  # by order, as all below
    lines: dict[int, Line] = field(default_factory=dict)
    started: bool = False
    finished: bool = False
    official: bool = False
    position: tuple[int, bool] | None = None  # when all had finished it, and whether tied

    @property
    def over(self) -> int:
        return sum(line.over for line in self.lines.values())

    @property
    def strokes(self) -> int:
        return sum(line.strokes for line in self.lines.values())

    @property
    def complete(self) -> bool:
        return self.finished if is_playoff(self.no) else len(self.lines) == len(self.numbers)


@dataclass
class Team:
    """A team; rounds in the order of their numbers."""

    no: int
    players: list[Packet]
    status: str
    rounds: dict[int, Round] = field(default_factory=dict)
    left: tuple[int, int] | None = None  # round and order of the hole where it left
    won: bool = False

    @property
    def out(self) -> bool:
        return self.status in OUT

    @property
    def begun(self) -> bool:
        return any(each.lines for each in self.rounds.values())

    @property
    def counting(self) -> list[Round]:
        """A playoff counts in no total."""
        return [each for each in self.rounds.values() if not is_playoff(each.no)]

    @property
    def over(self) -> int:
        return sum(each.over for each in self.counting)


class Client:
    """All that it has heard of a tournament."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.teams = {
            no: Team(no, players, facts.entries[no]) for no, players in facts.players.items()
        }
        self.draws: dict[int, list[int]] = {}  # the teams by round
        self.current = next(iter(facts.rounds))
        self.phases: dict[int, str] = dict.fromkeys(facts.rounds, "NotStarted")
        self.cuts: dict[int, int] = {}
        self._to_cut: int | None = None

    # ── REST ──────────────────────────────────────────────────────────────────────────────────

    def schedule(self, no: int, slots: dict[int, Slot]) -> None:
        """The groups of a round, or other ones."""
        self.cut_now()
        self.draws[no] = list(slots)
        if self.phases.get(no, "NotStarted") == "NotStarted":
            self.phases[no] = "GroupingsOfficial"
        for number, team in self.teams.items():
            before = team.rounds.get(no)
            if before is not None and before.started:
                before.slot = slots.get(number, before.slot)
            elif number in slots:
                team.rounds[no] = self._round(no, slots[number])
            else:
                team.rounds.pop(no, None)
            team.rounds = dict(sorted(team.rounds.items()))

    def _round(self, no: int, slot: Slot) -> Round:
        pars = self.facts.holes(no, slot.course)
        numbers: Sequence[int] = ()
        if not is_playoff(no):
            numbers = self.facts.rounds[no].holes
            at = numbers.index(slot.tee)
            numbers = (*numbers[at:], *numbers[:at])
        return Round(no, slot, tuple(numbers), pars)

    def entry(self, number: int, status: str) -> None:
        """The entry list has another status for a team."""
        self.teams[number].status, self.teams[number].left = status, None
        self._look_at_rounds()

    def retired(self, number: int) -> None:
        """The entry list knows better why a team has left: packets call it Withdrawn too."""
        if self.teams[number].status == "Withdrawn":
            self.teams[number].status = "Retired"

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def packet(self, round_no: int, number: int, packet: Packet) -> bool:
        """Take in a packet of a stream; whether it finished or changed a hole."""
        self.cut_now()
        team = self.teams[number]
        mine = team.rounds[round_no]
        kind = packet["eventElementType"]
        if kind == "RoundStatusUpdate":
            return self._status(team, mine, packet)
        if kind == "Correction":
            return self._corrected(mine, packet)
        if kind == "HoleScoreUpdate":
            no = packet["eventCorrectedIdentifier"]["holeNo"]
            order = self._order(mine, no)
            mine.holes[order].rescored = packet["corrections"]["score"]["currentHoleStrokes"]
            return self._line(mine, order)
        if "holeOrder" in packet:
            mine.holes[packet["holeOrder"]].said.append(packet)
        return False

    def _order(self, mine: Round, no: int) -> int:
        """A playoff may come to a hole twice; the packet can only mean the last time."""
        return max(order for order, hole in mine.holes.items() if hole.no == no)

    def _status(self, team: Team, mine: Round, packet: Packet) -> bool:
        order = packet["holeOrder"]
        match packet["state"]:
            case "RoundStarted":
                mine.started, team.status = True, "Playing"
                self.current = max(self.current, mine.no)
                self.phases[mine.no] = "InProgress"
            case "HoleStarted":
                mine.holes[order] = Hole(packet["holeNo"])
            case "HoleFinished":
                hole = mine.holes[order]
                hole.reason = packet["finishReason"]
                hole.told = packet["score"]["currentHoleStrokes"]
                self._leave(team, mine, order)
                self._line(mine, order)
                return True
            case "RoundFinished":
                mine.finished = True
            case "RoundOfficial":
                mine.official = True
        self._look_at_rounds()
        return False

    def _leave(self, team: Team, mine: Round, order: int) -> None:
        """A hole that is not holed out is the last; one sent again may say it was not so."""
        reason = mine.holes[order].reason
        if reason != "BallHoled" and not is_playoff(mine.no):
            team.status, team.left = str(reason), (mine.no, order)
        elif team.left == (mine.no, order):
            team.status, team.left = "Playing", None

    def _corrected(self, mine: Round, packet: Packet) -> bool:
        whose, content = packet["eventCorrectedIdentifier"], packet["corrections"]
        order = whose["holeOrder"]
        wanted = [(key, whose[key]) for key in ("eventElementType", "strokeNo")]
        wanted.append(("provisionalIndex", content["provisionalIndex"]))
        for each in reversed(mine.holes[order].said):
            if all(each.get(key) == value for key, value in wanted):
                each.update(content)
                return self._line(mine, order)
        raise AssertionError(f"nothing to correct at {wanted}")

    def _line(self, mine: Round, order: int) -> bool:
        """Write down a hole that is finished; one that is sent again keeps its line until then."""
        hole, before = mine.holes[order], mine.lines.get(order)
        if hole.reason is None:
            return False
        if hole.reason != "BallHoled":
            return mine.lines.pop(order, None) is not None
        par, metres = mine.pars[hole.no]
        course = mine.slot.course
        figures = figures_of(hole.said, par, metres) if self.facts.measured[course] else None
        mine.lines[order] = Line(
            mine.no, course, order, hole.no, par, metres, hole.strokes, figures
        )
        return mine.lines[order] != before

    # ── rounds ────────────────────────────────────────────────────────────────────────────────

    def _look_at_rounds(self) -> None:
        """Whether all have finished a round, or all scores of it are official."""
        for no, drawn in self.draws.items():
            rounds = [(team := self.teams[number], team.rounds[no]) for number in drawn]
            playing = [mine for team, mine in rounds if mine.started or not team.out]
            phase = self.phases[no]
            if phase == "InProgress" and all(each.finished for each in playing):
                self.phases[no] = "PlayComplete"
                self._decide(no, playing)
                self._positions(no)
            if self.phases[no] == "PlayComplete" and all(each.official for each in playing):
                self.phases[no] = "Official"
                self._positions(no)
                if not is_playoff(no) and self.facts.rounds[no].cuts:
                    self._to_cut = no

    def _decide(self, no: int, playing: list[Round]) -> None:
        """Who played a playoff longest, and that hole best, has won it; or all holes, where the
        total of so many decides."""
        if is_playoff(no):
            last = max(max(each.lines, default=0) for each in playing)
            left = [team for team in self.teams.values() if no in team.rounds]
            left = [team for team in left if last in team.rounds[no].lines]
            total = last <= self.facts.aggregate

            def strokes(team: Team) -> int:
                mine = team.rounds[no]
                return mine.strokes if total else mine.lines[last].strokes

            min(left, key=strokes).won = True

    def _positions(self, no: int) -> None:
        """Where teams stand after a round; who did not complete it stands nowhere."""
        done = {
            number: team
            for number, team in self.teams.items()
            if no in team.rounds and team.rounds[no].complete
        }
        for team in done.values():
            team.rounds[no].position = None
        if is_playoff(no):
            places = {row[0]: row[2:] for row in self.standing()}
            for number, team in done.items():
                team.rounds[no].position = places[number]
            return
        scores = {
            number: sum(each.over for each in team.counting if each.no <= no)
            for number, team in done.items()
            if not team.out or team.status in RANKED_OUT
        }
        for number, score in scores.items():
            better = sum(each < score for each in scores.values())
            tied = sum(each == score for each in scores.values()) > 1
            done[number].rounds[no].position = (better + 1, tied)

    # ── the cut ───────────────────────────────────────────────────────────────────────────────

    def _line_of(self, no: int, scores: list[int]) -> int | None:
        """The highest score that goes on after a round."""
        if not scores:
            return None
        stays = self.facts.rounds[no].stays
        if stays is None:
            return min(scores) + 10
        return sorted(scores)[min(stays, len(scores)) - 1]

    def cut_now(self) -> None:
        """Send home who is above the line, once what the entry list says of the round is known."""
        no, self._to_cut = self._to_cut, None
        if no is None:
            return
        staying = [team for team in self.teams.values() if not team.out]
        line = self._line_of(no, [team.over for team in staying])
        if line is None:
            return
        status = RANKED_OUT[0] if self.cuts else RANKED_OUT[1]
        self.cuts[no] = line
        for team in staying:
            if team.over > line:
                team.status, team.left = status, None

    def cutline(self) -> tuple[bool, int | None]:
        """Whether the current round has a cut, and the score that makes it, or would by now."""
        facts = self.facts.rounds.get(self.current)
        if facts is None or not facts.cuts:
            return False, None
        if self.current in self.cuts:
            return True, self.cuts[self.current]
        playing = [team.over for team in self.teams.values() if team.begun and not team.out]
        return True, self._line_of(self.current, playing)

    # ── the standing ──────────────────────────────────────────────────────────────────────────

    def standing(self) -> list[tuple[int, int, int, bool]]:
        """From the top: team, order, position, whether that is shared."""
        keys = {no: self._key(team) for no, team in self.teams.items()}
        ordered = sorted(keys, key=lambda no: keys[no])  # level teams as in the field
        values = sorted(keys.values())
        rows = []
        for order, no in enumerate(ordered, 1):
            above, until = bisect_left(values, keys[no]), bisect_right(values, keys[no])
            rows.append((no, order, above + 1, until - above > 1))
        return rows

    def _key(self, team: Team) -> tuple[int, int, bool]:
        if team.out:
            return 2 + OUT.index(team.status), team.over * (team.status in RANKED_OUT), False
        return int(not team.begun), team.over, not team.won

    def now(self, team: Team) -> Round | None:
        """The round that a team is in: the tournament's, as soon as it is done with its own."""
        started = [each for each in team.rounds.values() if each.started]
        mine = started[-1] if started else next(iter(team.rounds.values()), None)
        if mine is None or team.out or (mine.started and not mine.finished):
            return mine
        return team.rounds.get(self.current, mine)


def moment(millis: int) -> str:
    at = datetime.fromtimestamp(millis // 1000, UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{millis % 1000:03d}Z"
