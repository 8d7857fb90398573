"""Contested facts of the live dialect's connections: how they begin, resume, live and end."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE_STREAMS"]

_BEGIN: Final = (
    Quirk(
        "live-before-start",
        ("wait", "204", "404"),
        "A stream of events whose round or match has not started: it opens and is silent, or its"
        " handshake is answered with this status.",
        "none: the DDE feed answers 204",
    ),
    Quirk(
        "live-init-deadline",
        ("90",),
        "Seconds that a stream of events waits for Client.Init; then it closes with 1000.",
        "table: within about 90 seconds",
    ),
    Quirk(
        "live-bad-init",
        ("ignored", "close-1000", "close-1003", "close-1008"),
        "A message that is neither Client.Init nor a heartbeat, where Client.Init is awaited:"
        " nothing comes of it, or the stream closes.",
        "none",
    ),
    Quirk(
        "live-second-init",
        ("ignored", "resumes", "close-1008"),
        "Client.Init once more on a stream of events: nothing comes of it; the stream goes on after"
        " the event that it names, or from its beginning; or it closes.",
        "none",
    ),
    Quirk(
        "live-state-init",
        ("none", "required"),
        "Streams of states: they begin at once, and Client.Init changes nothing; or they wait for"
        " it as those of events do.",
        "table: it depends on the resource, and only streams of events are named",
    ),
)
_RESUME: Final = (
    Quirk(
        "live-resume-id",
        ("either", "envelope", "data"),
        "last_seen_event_id: the id of an envelope or of its data, or one of the two alone.",
        "none: it is an event's id by its name; the one whole sample has both the same",
    ),
    Quirk(
        "live-resume-version",
        ("first", "last"),
        "last_seen_event_id of an event that has several versions: the stream goes on after the"
        " first of them, so that nothing is lost, or after the last.",
        "none",
    ),
    Quirk(
        "live-unknown-id",
        ("replay", "live-only", "close-1000", "close-1008"),
        "last_seen_event_id that the stream does not know, or that is none: all past events come,"
        " or none of them, or the stream closes.",
        "none",
    ),
    Quirk(
        "live-null-id",
        ("absent", "unknown"),
        "last_seen_event_id that is null: as if it were not there, or as one that is not known.",
        "none: it is optional; many a library writes null for what is not there",
    ),
    Quirk(
        "live-history",
        ("versions", "latest", "latest-with-deleted"),
        "The events that REST lists: every version of each, in the order in which they were sent;"
        " or, in the order of the first ones, the latest version alone, without or with events that"
        " were deleted.",
        "table: it returns previously produced events, the data of what the WebSocket has",
    ),
)
_BEATS: Final = (
    Quirk(
        "live-heartbeat",
        ("message", "ping", "event", "none"),
        'The server\'s heartbeats: messages {"type":"Server.Heartbeat"}, as Client.Init has its'
        " form; ping frames; CloudEvents of that type, whose data is empty; or none at all.",
        "none: only that there are some; a client must send them too, which from a browser can only"
        " be a message, and those of the DDE feed are messages",
    ),
    Quirk(
        "live-heartbeat-seconds",
        ("15", "10", "20"),
        "Seconds between the server's heartbeats.",
        "table: every 10 to 20 seconds",
    ),
    Quirk(
        "live-heartbeat-before-init",
        ("no", "yes"),
        "Whether the server's heartbeats come before Client.Init, too.",
        "none",
    ),
    Quirk(
        "live-client-heartbeat",
        ("any", "message", "ping"),
        "What is a heartbeat of the client: whatever it sends, pings too; a message"
        ' {"type":"Client.Heartbeat"}; or a ping frame.',
        "none: only that it sends one every 30 seconds",
    ),
    Quirk(
        "live-client-silence-seconds",
        ("60",),
        "Seconds without a heartbeat of the client that are too many.",
        "table: one every 30 seconds; nothing says how many may be missing",
    ),
    Quirk(
        "live-client-silence",
        ("noted", "close-1000", "close-1008"),
        "A client whose heartbeats are too seldom: the journal notes it, once until it is heard"
        " again; or the stream closes.",
        "none",
    ),
)
_END: Final = (
    Quirk(
        "live-expiry",
        ("stays", "close-1000", "close-1008", "close-4401"),
        "A stream whose token expires: it stays open, or closes.",
        "none: the header is of the handshake",
    ),
    Quirk(
        "live-end",
        ("stay", "close"),
        "A stream of events whose round or match is official: it stays open, or closes with 1000.",
        "none",
    ),
)

LIVE_STREAMS: Final[tuple[Quirk, ...]] = (*_BEGIN, *_RESUME, *_BEATS, *_END)
