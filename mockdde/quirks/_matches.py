"""Contested facts of match scores, the match-play leaderboard and squads."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["MATCHES"]

MATCHES: Final[tuple[Quirk, ...]] = ()
