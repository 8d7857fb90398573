"""Contested facts of the live dialect: static documents, and the words that states share."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE_DOCUMENTS"]

LIVE_DOCUMENTS: Final[tuple[Quirk, ...]] = (
    Quirk(
        "live-suspended",
        ("SUSPENDED", "INTERRUPTED"),
        "Status of a tournament and of its round while play is suspended.",
        "table: both words are a tournament's, and nothing tells them apart",
    ),
    Quirk(
        "live-round-ended",
        ("by-page", "COMPLETED", "ENDED"),
        "Status of a round that is over: by-page has COMPLETED in the stroke-play leaderboard and"
        " ENDED elsewhere.",
        "sample: COMPLETED in the stroke-play leaderboard, ENDED in that of match play; tournaments"
        " and matches have ENDED",
    ),
)
