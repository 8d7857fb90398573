"""Contested facts of Team Match Details, and of the lists that name matches."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["MATCH_DETAILS"]

MATCH_DETAILS: Final[tuple[Quirk, ...]] = ()
