"""The sections ``course`` and ``report``, held against the field and the rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

from mockdde.errors import Mark, ScenarioError
from mockdde.records import dataclass
from mockdde.scenario.model import (
    Anchor,
    Connection,
    Correct,
    DepartureSpec,
    Directive,
    Rescore,
    Resend,
    StrokesOfHole,
    SubstituteSpec,
    SuspensionSpec,
)
from mockdde.scenario.part import Part
from mockdde.scenario.shots import Concede

__all__ = [
    "Cast",
    "Knowing",
    "check_event",
    "departure",
    "directive",
    "playoff_rounds",
    "refuse_matches",
    "span",
    "strokes",
    "substitute",
    "suspension",
]

_PLAYOFF = 100  # rounds from here on are playoffs
_PLAYOFFS = 8

_SAID = ("connection", "correct", "rescore", "resend")
_OF_MATCHES = ("match", "side", "player", "holes", "ends")
_OF_A_ROUND = ("RoundStarted", "RoundFinished")
_OF_A_HOLE = ("HoleStarted", "HoleFinished")
# Keys of a correction that are metres: always with a decimal point, as all metres of the feed.
_METRES = ("distanceToPin", "shotDistance")


class Knowing(Protocol):
    """What an entry of report can speak of, in stroke play or in matches."""

    in_matches: ClassVar[bool]

    def anchor(self, part: Part) -> Anchor:
        """What an entry of report comes after."""

    def hole_in(self, part: Part, anchor: Anchor) -> int | None:
        """The hole a part names, or else the anchor's."""

    def ball_in(self, part: Part, anchor: Anchor) -> tuple[int, int]:
        """The side and the player of whose ball a part is, or else the anchor's; 0 where the play
        has none."""


@dataclass(frozen=True, slots=True)
class Cast:
    """What an entry can speak of: the teams, and the holes of each round."""

    in_matches: ClassVar[bool] = False

    teams: Sequence[int]
    rounds: Mapping[int, tuple[int, ...]]

    def team_of(self, part: Part) -> int:
        """The team a part is about; it can be left out where there is only one."""
        team: int | None = part.get("team")
        if team is None:
            if len(self.teams) > 1:
                message = (
                    f"which of {len(self.teams)} teams? add one, such as team: {self.teams[0]}"
                )
                raise ScenarioError(part.mark, message)
            return self.teams[0]
        if team not in self.teams:
            message = f"team {team} is not in the field{_few('team', self.teams)}"
            raise ScenarioError(part.mark_of("team"), message)
        return team

    def round_of(self, part: Part) -> int:
        """The round a part is about; it can be left out where there is only one."""
        numbers = [no for no in self.rounds if no < _PLAYOFF]
        round_no: int | None = part.get("round")
        if round_no is None:
            if len(numbers) > 1:
                message = f"which of {len(numbers)} rounds? add one, such as round: {numbers[0]}"
                raise ScenarioError(part.mark, message)
            return numbers[0]
        if round_no not in self.rounds:
            message = f"round {round_no} is not played{_few('round', numbers)}"
            raise ScenarioError(part.mark_of("round"), message)
        return round_no

    def hole_of(self, part: Part, round_no: int) -> int | None:
        """The hole a part names, if it does."""
        hole: int | None = part.get("hole")
        holes = self.rounds[round_no]
        if hole is not None and hole not in holes:
            message = f"hole {hole} is not played; round {round_no} has {span(holes)}"
            raise ScenarioError(part.mark_of("hole"), message)
        return hole

    def anchor(self, part: Part) -> Anchor:
        """What an entry of report comes after."""
        refuse_matches(part)
        team, round_no = self.team_of(part), self.round_of(part)
        hole = self.hole_of(part, round_no)
        stroke, event = part.get("stroke"), part.get("event")
        check_event(part, event, hole, stroke)
        return Anchor(part.mark, team, round_no, hole, stroke, event)

    def hole_in(self, part: Part, anchor: Anchor) -> int | None:
        """The hole a part names, or else the anchor's."""
        return self.hole_of(part, anchor.round) or anchor.hole

    def ball_in(self, part: Part, _anchor: Anchor) -> tuple[int, int]:
        """No side and no player: a team has one ball."""
        refuse_matches(part)
        return 0, 0


def refuse_matches(part: Part) -> None:
    """ScenarioError at a key that only match play has."""
    part.refuse("{} is of match play; leave it out, or set the tournament's format", *_OF_MATCHES)


def span(holes: Sequence[int]) -> str:
    """The holes of a round: ``the holes 1-18``, or ``only hole 10``."""
    return f"the holes {holes[0]}-{holes[-1]}" if len(holes) > 1 else f"only hole {holes[0]}"


def _few(what: str, legal: Sequence[int]) -> str:
    """The numbers there are, where they are few; that a number is near another means nothing."""
    *most, last = [str(each) for each in legal[:4]]
    if not most:
        return f"; there is only {what} {last}"
    if len(legal) > 4:
        most, last = [*most, last], "more"
    return f"; there are {what}s {', '.join(most)} and {last}"


def strokes(part: Part, cast: Cast) -> StrokesOfHole:
    """An entry of course that tells how a hole was played."""
    team, round_no = cast.team_of(part), cast.round_of(part)
    hole = cast.hole_of(part, round_no)
    assert hole is not None, "the schema requires it"
    order = part.get("order")
    if order is not None and round_no < _PLAYOFF:
        message = "only a hole of a playoff is played again; leave out order"
        raise ScenarioError(part.source.key_mark((*part.path, "order")), message)
    return StrokesOfHole(part.mark, team, round_no, hole, part.shots(), part.get("score"), order)


def playoff_rounds(after: int) -> range:
    """The numbers that playoffs after a round can have."""
    return range(after * 100 + 1, after * 100 + 1 + _PLAYOFFS)


def departure(part: Part, cast: Cast) -> DepartureSpec:
    """An entry of course in which a team leaves before a round."""
    team, round_no = cast.team_of(part), cast.round_of(part)
    _refuse_playoff(part, round_no, "leaves a playoff on one of its holes; write shots: [withdraw]")
    return DepartureSpec(part.mark, team, round_no, part.get("leaves"))


def _refuse_playoff(part: Part, round_no: int, instead: str) -> None:
    if round_no >= _PLAYOFF:
        raise ScenarioError(part.mark_of("round"), f"a team {instead}")


def substitute(part: Part, cast: Cast) -> SubstituteSpec:
    """An entry of course in which an alternate takes the place of a team."""
    team, out = cast.team_of(part), part.get("replaces")
    round_no = cast.round_of(part)
    _refuse_playoff(part, round_no, "takes another's place before a round; a playoff has its own")
    if out not in cast.teams or out == team:
        message = f"team {out} is not another one of the field; name who withdraws"
        raise ScenarioError(part.mark_of("replaces"), message)
    return SubstituteSpec(part.mark, team, round_no, out)


def suspension(part: Part, cast: Cast) -> SuspensionSpec:
    """An entry of course that stops play."""
    length = part.duration("suspend")
    if not length:
        message = "play stops for no time at all; write a duration such as 45m"
        raise ScenarioError(part.mark_of("suspend"), message)
    return SuspensionSpec(part.mark, cast.round_of(part), part.duration("at"), length)


def directive(part: Part, cast: Knowing) -> Directive:
    """An entry of report."""
    anchor = cast.anchor(part.part("after"))
    if "of" in part.values and "correct" not in part.values:
        mark = part.source.key_mark((*part.path, "of"))
        raise ScenarioError(mark, "of names the stroke of a correct; leave it out here")
    return Directive(_target(part), anchor, part.duration("later"), _said(part, anchor, cast))


def _target(part: Part) -> Mark:
    """Where an entry of report says what it is about: a hole of its own, or else what it does."""
    if "of" in part.values:
        return part.mark_of("of")
    said = next(key for key in _SAID if key in part.values)
    if isinstance(part.get(said), dict) and "hole" in part.get(said):
        return part.mark_of(said, "hole")
    return part.source.key_mark((*part.path, said))


def check_event(part: Part, event: str | None, hole: int | None, stroke: int | None) -> None:
    """ScenarioError where an anchor's event, hole and stroke do not go together."""
    if stroke is not None and hole is None:
        message = f"stroke {stroke} of which hole? add hole"
        raise ScenarioError(part.mark_of("stroke"), message)
    if event is None:
        return
    mark = part.mark_of("event")
    if event in _OF_A_ROUND and hole is not None:
        raise ScenarioError(mark, f"{event} belongs to no hole; leave out hole and stroke")
    if event in _OF_A_HOLE and stroke is not None:
        raise ScenarioError(mark, f"{event} belongs to no stroke; leave out stroke")
    if event not in _OF_A_ROUND and hole is None:
        raise ScenarioError(mark, f"{event} of which hole? add hole")


def _said(part: Part, anchor: Anchor, cast: Knowing) -> Correct | Rescore | Resend | Connection:
    if "connection" in part.values:
        return Connection(part.get("connection"))
    if "correct" in part.values:
        return _correct(part, anchor, cast)
    key = "rescore" if "rescore" in part.values else "resend"
    said = part.part(key)
    hole = cast.hole_in(said, anchor)
    if hole is None:
        raise ScenarioError(part.mark_of(key), f"{key} of which hole? add hole")
    if key == "rescore":
        return Rescore(hole, said.get("strokes"), *cast.ball_in(said, anchor))
    shots = said.shots(in_match=cast.in_matches)
    interrupted = said.get("interrupted", False)
    if not shots:
        message = "{} is of the shots, and all of the hole is sent again; leave it out"
        said.refuse(message, "side", "player")
        return Resend(hole, shots, interrupted=interrupted)
    for shot in shots:
        if isinstance(shot, Concede) and shot.match:
            message = "a match is conceded on the course, not in a hole that is sent again"
            raise ScenarioError(shot.mark, f"{message}; write concede, which is the hole")
    return Resend(hole, shots, *cast.ball_in(said, anchor), interrupted)


def _correct(part: Part, anchor: Anchor, cast: Knowing) -> Correct:
    of = part.part("of")
    hole = cast.hole_in(of, anchor)
    side, player = cast.ball_in(of, anchor)
    same = (hole, side, player) == (anchor.hole, anchor.side, anchor.player)
    stroke = of.get("stroke") or (anchor.stroke if same else None)
    if hole is None or stroke is None:
        message = "which stroke is corrected? add of, such as of: {hole: 11, stroke: 2}"
        raise ScenarioError(part.source.key_mark((*part.path, "correct")), message)
    kind, said = next(iter(part.get("correct").items()))
    changes = {key: float(value) if key in _METRES else value for key, value in said.items()}
    return Correct(kind, hole, stroke, changes, side, player)
