"""Contested facts of state streams, their REST twins and the multiplexer."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["STREAMS"]

STREAMS: Final[tuple[Quirk, ...]] = (
    Quirk(
        "state-join",
        ("document", "changes-only"),
        "What a client gets that opens a leaderboard or another stream of whole documents: the"
        " document as it is, or only what changes from then on.",
        "table: a stream returns all its information at any one time; nothing says when it begins",
    ),
    Quirk(
        "rest-state-body",
        ("object", "array"),
        "?rest=true of a stream of whole documents: the last document, or an array of it.",
        "none",
    ),
    Quirk(
        "multiplexer-event",
        ("638-49", "638 - 49"),
        "eventId of the multiplexer where it has several numbers: what is between them.",
        "table: tournamentID - teamNo; it may be the page's way to write it",
    ),
    Quirk(
        "multiplexer-heartbeat",
        ("wrapped", "plain"),
        "Heartbeats of the multiplexer: in the envelope of its packets, with an empty eventId and"
        " feedType, or as on other streams.",
        "table: dataType can be heartbeats; nothing shows one",
    ),
)
