"""CloudEvents 1.0 around all that is streamed (live-data-golf-api §3), and what REST has of it.

The data is the last key of an envelope, and the payload the last one of a state: what REST answers
are the same bytes, cut out.
"""

from __future__ import annotations

from typing import Any, Final

from mockdde.feeds import Packet
from mockdde.moments import iso_millis

__all__ = [
    "EVENT",
    "STANDINGS",
    "STATISTICS",
    "data_in",
    "data_of",
    "envelope",
    "head_of",
    "id_of",
    "is_deleted",
    "payload_of",
    "pieces",
]

EVENT: Final = "Event.Sport.Golf"
STANDINGS: Final = "Standings.Sport.Golf"  # leaderboards
STATISTICS: Final = "State.Statistics.Golf"  # hole by hole

_DATA: Final = b'"datacontenttype":"application/json","data":'
_PAYLOAD: Final = b'"payload":'
_ID: Final = b'"id":"'
_UUID: Final = 36  # characters
_HEAD: Final = 64  # bytes of the data, the action among them
_DELETED: Final = b'","action":"DELETE",'  # right behind the id of a live event


def envelope(kind: str, tournament: int, id_: str, moment: int, data: dict[str, Any]) -> Packet:
    """A message; ``moment`` is when it is sent (milliseconds since 1970)."""
    return {
        "specversion": "1.0",
        "id": id_,
        "source": f"/tournaments/{tournament}",
        "type": kind,
        "time": iso_millis(moment),
        "tournamentid": tournament,
        "datacontenttype": "application/json",
        "data": data,
    }


def pieces(kind: str, tournament: int) -> tuple[bytes, bytes, bytes]:
    """The same as it is encoded: what stands before its id, its time and its data; then a ``}``."""
    return (
        b'{"specversion":"1.0","id":"',
        b'","source":"/tournaments/%d","type":"%b","time":"' % (tournament, kind.encode()),
        b'","tournamentid":%d,%b' % (tournament, _DATA),
    )


def data_of(message: bytes) -> bytes:
    """The data of a message."""
    return message[message.index(_DATA) + len(_DATA) : -1]


def data_in(text: bytes, start: int, end: int) -> memoryview:
    """The data of a message whose frame is there: none of it is copied."""
    return memoryview(text)[text.index(_DATA, start, end) + len(_DATA) : end - 1]


def payload_of(message: bytes) -> bytes:
    """The payload of a state."""
    return message[message.index(_PAYLOAD) + len(_PAYLOAD) : -2]


def id_of(text: bytes) -> str:
    """The id of a message, or of its data."""
    start = text.index(_ID) + len(_ID)
    return text[start : start + _UUID].decode()


def head_of(data: memoryview) -> bytes:
    """The beginning of the data of a live event: its id and what is done with it."""
    return bytes(data[:_HEAD])


def is_deleted(data: bytes) -> bool:
    """Whether the data of a live event, or their head, say that it is no more."""
    return data.startswith(_DELETED, data.index(_ID) + len(_ID) + _UUID)
