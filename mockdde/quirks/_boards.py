"""Contested facts of the leaderboard and of hole by hole."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["BOARDS"]

BOARDS: Final[tuple[Quirk, ...]] = ()
