"""Contested facts of the REST documents."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["DOCUMENTS"]

DOCUMENTS: Final[tuple[Quirk, ...]] = ()
