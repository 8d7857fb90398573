"""Objects that the leaderboard and hole by hole share: players, and scores with a display."""

from __future__ import annotations

from typing import Any

from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook

__all__ = ["Displays", "players"]


def players(team: TeamBook, *, gender: bool = True) -> list[dict[str, Any]]:
    """``players``, its keys in the order of the sample, which is that of the tables too.

    Who awaits verification is called Unknown, as in entry lists.
    """
    return [
        {
            "displayName": "Unknown" if team.pending else each.display_name,
            "country": each.country,
            "isAmateur": each.is_amateur,
            "lastName": "Unknown" if team.pending else each.last_name,
            "firstName": "Unknown" if team.pending else each.first_name,
            "id": each.id,
            **({"gender": each.gender} if gender else {}),
        }
        for each in team.team.players
    ]


class Displays:
    """Scores as ``{"value": -2, "displayValue": "-2"}``; ``played`` false: there is none yet."""

    def __init__(self, quirks: Quirks) -> None:
        self._even = quirks["even-par"]
        self._none = {"-": "-", "zero": "0", "empty": ""}[quirks["unplayed-display"]]
        self._no_par = self._even if self._none == "0" else self._none
        self._no_value = None if quirks["unplayed-score"] == "null" else 0

    def to_par(self, over: int, *, played: bool = True) -> dict[str, Any]:
        """Strokes over par."""
        if not played:
            return {"value": self._no_value, "displayValue": self._no_par}
        return {"value": over, "displayValue": f"{over:+d}" if over else self._even}

    def strokes(self, strokes: int, *, played: bool = True) -> dict[str, Any]:
        """Strokes."""
        if not played:
            return {"value": self._no_value, "displayValue": self._none}
        return {"value": strokes, "displayValue": str(strokes)}

    def holes(self, holes: int) -> dict[str, Any]:
        """Holes completed; none is a number too."""
        return {"value": holes, "displayValue": str(holes) if holes else self._none}
