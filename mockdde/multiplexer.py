"""All streams of all tournaments on one socket, each packet in an envelope."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping
from typing import Protocol

import orjson

from mockdde.errors import RequestError, nearest
from mockdde.frames import payload_of, text_frame
from mockdde.quirks import Quirks

__all__ = ["MULTIPLEXER", "Multiplexer", "catches_up"]

MULTIPLEXER = "/multiplexer/"
_SPORT = "Golf"
_PIECE = 64 * 1024  # bytes of several frames that are handed out at once
_SHARED = 8  # pieces that are kept, so that who reads alongside gets the same bytes


class _Source(Protocol):
    def __len__(self) -> int: ...

    def at(self, place: int) -> bytes | None: ...


class _Gone:
    def __len__(self) -> int:
        return 0

    def at(self, place: int) -> None:
        """Nothing is left."""


class Multiplexer:
    """A source too: an index of where each packet is, in the order in which they were sent.

    Packets stay on their tapes. Of documents that are sent whole only the latest is left to who
    catches up, at its own place; who reads as they come gets each of them.
    """

    path = MULTIPLEXER
    ended = False
    oldest = 0

    def __init__(self, quirks: Quirks, *, holds: bool = False) -> None:
        """``holds``: what is sent is put in order by ``settle``; until then nobody reads."""
        self.holds = holds
        self.readers = 0  # how many connections have it open
        self._separator = " - " if quirks["multiplexer-event"] == "638 - 49" else "-"
        self._wraps = quirks["multiplexer-heartbeat"] == "wrapped"
        self._channels: dict[tuple[str, str], int] = {}  # by stream and dataType
        self._sources: list[_Source] = []
        self._heads: list[bytes] = []
        self._which = array("I")  # the channel of each packet
        self._where = array("I")  # and its position there
        self._held: list[tuple[tuple[float, int], int, int]] = []  # when, and the same of each
        self._pieces: dict[tuple[int, int], tuple[bytes, int]] = {}

    def __len__(self) -> int:
        return len(self._which)

    def add(
        self,
        source: _Source,
        path: str,
        feed_type: str,
        kind: str = "",
        at: tuple[float, int] | None = None,
    ) -> None:
        """What was added last to a source is next; ``kind`` is the packet's type.

        ``at``: when it was due, and the place of its tournament, of what is held.
        """
        data_type = "connectionState" if kind == "ConnectionStateChanged" else "eventdata"
        channel = self._channels.get((path, data_type))
        if channel is None:
            channel = self._channels[path, data_type] = len(self._sources)
            self._sources.append(source)
            self._heads.append(_head(self._event(path), feed_type, data_type))
        if at is not None:
            self._held.append((at, channel, len(source) - 1))
            return
        self._which.append(channel)
        self._where.append(len(source) - 1)

    def settle(self) -> None:
        """All tournaments have caught up: what is held is put in order."""
        self.holds = False
        self._held.sort(key=lambda each: each[0])
        for _, channel, place in self._held:
            self._which.append(channel)
            self._where.append(place)
        self._held.clear()

    def forget(self, paths: Collection[str]) -> None:
        """What these streams have sent is gone; whoever has not read it reads on behind it."""
        for channel in [each for each in self._channels if each[0] in paths]:
            self._sources[self._channels.pop(channel)] = _Gone()
        self._pieces.clear()

    def _event(self, path: str) -> str:
        return self._separator.join(re.findall("[0-9]+", path))

    def after(self, seq: int) -> int | None:
        """The position after so many packets; they have the seqNum of their own streams."""
        return seq if seq <= len(self) else None

    def at(self, place: int) -> bytes | None:
        """The message at a position, without its frame's header; None where it is gone."""
        frame, _ = self._slice(place, place + 1)
        return payload_of(frame) if frame else None

    def slice(self, start: int, stop: int) -> tuple[bytes, int]:
        """Frames from ``start`` on and the position after them; a document's that is gone is none.

        About 64 KiB at most, so that nobody is handed everything at once.
        """
        piece = self._pieces.get((start, stop))
        if piece is None:
            piece = self._pieces[start, stop] = self._slice(start, stop)
            if len(self._pieces) > _SHARED:
                del self._pieces[next(iter(self._pieces))]
        return piece

    def _slice(self, start: int, stop: int) -> tuple[bytes, int]:
        frames, size, at = [], 0, start
        while at < stop and size < _PIECE:
            channel = self._which[at]
            payload = self._sources[channel].at(self._where[at])
            if payload is not None:
                frames.append(text_frame(b"%b%b}" % (self._heads[channel], payload)))
                size += len(frames[-1])
            at += 1
        return b"".join(frames), at

    def heartbeat(self, payload: bytes) -> bytes:
        """A heartbeat as it is sent here: it is of no event and no feed."""
        if not self._wraps:
            return payload
        return b"%b%b}" % (_head("", "", "heartbeats"), payload)


def _head(event: str, feed_type: str, data_type: str) -> bytes:
    head = {"sport": _SPORT, "eventId": event, "feedType": feed_type, "dataType": data_type}
    return orjson.dumps(head)[:-1] + b',"message":'


def catches_up(query: Mapping[str, str]) -> bool:
    """Whether a client asks for what was sent before it came. RequestError for another sport."""
    sport = query.get("sport", _SPORT)
    if sport.lower() != _SPORT.lower():
        raise RequestError(400, f"there is no sport {sport[:40]!r} here{nearest(sport, ['golf'])}")
    catchup = query.get("catchup", "false").lower()
    if catchup not in ("true", "false"):
        raise RequestError(400, f"catchup is {catchup[:40]!r}; it can be true or false")
    return catchup == "true"
