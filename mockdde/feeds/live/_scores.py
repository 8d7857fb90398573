"""Scores on leaderboards, which no page that was read shows: plain, or as the DDE feed has them."""

from __future__ import annotations

from typing import Any

from mockdde.feeds.live._states import ABSENT
from mockdde.quirks import Quirks

__all__ = ["Scores"]


class Scores:
    """``played`` false: there is no score yet."""

    def __init__(self, quirks: Quirks) -> None:
        self.in_pairs = quirks["live-board-scores"] == "pairs"
        self._unplayed = quirks["live-unplayed-scores"]
        self._none = 0 if self._unplayed == "zero" else None

    def to_par(self, over: int, *, played: bool = True) -> Any:
        """Strokes over par."""
        return self._score(over, f"{over:+d}" if over else "E", played=played)

    def strokes(self, strokes: int, *, played: bool = True) -> Any:
        """Strokes."""
        return self._score(strokes, str(strokes), played=played)

    def _score(self, value: int, display: str, *, played: bool) -> Any:
        if not played and self._unplayed == "absent":
            return ABSENT
        shown = value if played else self._none
        if not self.in_pairs:
            return shown
        return {"value": shown, "display_value": display if played else "-"}

    def holes(self, holes: int, *, complete: bool) -> Any:
        """Holes completed; none is a number too."""
        if not self.in_pairs:
            return holes
        return {"value": holes, "display_value": "F" if complete else str(holes or "-")}
