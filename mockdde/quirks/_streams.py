"""Contested facts of state streams, their REST twins and the multiplexer."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["STREAMS"]

STREAMS: Final[tuple[Quirk, ...]] = ()
