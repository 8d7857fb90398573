"""What a round of match play is called: roundName."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mockdde.golf import Group, is_playoff
from mockdde.moments import HOUR
from mockdde.scenario.model import RoundSpec
from mockdde.world import Tournament

__all__ = ["round_name"]

_LAST: Final = {
    1: "Finals",
    2: "Semifinals",
    4: "Quarterfinals",
    8: "Round of 16",
}  # by the number of matches
_FORMATS: Final = {"REGULAR": "Singles", "FOURSOMES": "Foursomes", "FOUR_BALL": "Fourballs"}
_DAYS: Final = ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")


def round_name(tournament: Tournament, no: int, groups: Sequence[Group]) -> str:
    """``Round1``, ``Round of 16``, ``Finals``, ``Friday Foursomes``, ``Round for Playoff #1``.

    The scenario's own name wins. ``groups`` are those of the round as drawn; before that the day
    is the one it is planned for.
    """
    if is_playoff(no):
        return f"Round for Playoff #{no % 100}"
    (spec,) = (each for each in tournament.scenario.rounds if each.no == no)
    if spec.name is not None:
        return spec.name
    if tournament.squads:
        first = min((group.tee_time for group in groups), default=tournament.planned(no))
        return f"{_weekday(first, tournament.utc_offset)} {_FORMATS[spec.play]}"
    return _of_knock_out(spec) if spec.knocks_out else f"Round{no}"


def _of_knock_out(spec: RoundSpec) -> str:
    matches = spec.matches - spec.consolation
    return _LAST.get(matches, f"Round{spec.no}")  # of 32 or 64 no name is documented


def _weekday(moment: int, offset_hours: float) -> str:
    """The day at the venue; 1 January 1970 was a Thursday."""
    return _DAYS[(moment + round(offset_hours * HOUR)) // (24 * HOUR) % 7]
