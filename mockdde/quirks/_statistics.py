"""Contested facts of the statistics."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["STATISTICS"]

STATISTICS: Final[tuple[Quirk, ...]] = ()
