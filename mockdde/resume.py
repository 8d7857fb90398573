"""What a stream of live events has had, by its ids: where it goes on, and what REST lists of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from mockdde.feeds.live._envelope import data_in, data_of, head_of, id_of, is_deleted

__all__ = ["Places", "history"]


class _Tape(Protocol):
    def __len__(self) -> int: ...

    def at(self, place: int) -> bytes:
        """The message at a position."""
        ...


class Places:
    """The positions after the messages of a tape, by their ids; as far as it has looked.

    A message has an id of its own, and its data that of the event, which has several versions:
    messages that share it. Who asks again has only the messages since then looked at.
    """

    __slots__ = ("_first", "_last", "_looked", "_messages")

    def __init__(self) -> None:
        self._messages: dict[str, int] = {}
        self._first: dict[str, int] = {}  # by event: the position after its first version
        self._last: dict[str, int] = {}  # and after its latest one, where it has several
        self._looked = 0

    def look(self, tape: _Tape) -> None:
        """Take in what a tape has by now; always the same one."""
        for place in range(self._looked, len(tape)):
            message = tape.at(place)
            event = id_of(data_of(message))
            self._messages[id_of(message)] = place + 1
            if self._first.setdefault(event, place + 1) != place + 1:
                self._last[event] = place + 1
        self._looked = len(tape)

    def after(self, id_: str, which: str, version: str) -> int | None:
        """The position after an id, by ``live-resume-id`` and ``live-resume-version``.

        None where there is no such id.
        """
        place = None
        if which != "envelope":
            place = self._first.get(id_)
            if version == "last":
                place = self._last.get(id_, place)
        if place is None and which != "data":
            place = self._messages.get(id_)
        return place


def history(pieces: Iterable[tuple[bytes, int, int]], choice: str) -> bytes:
    """The data of messages as an array; ``live-history`` says which versions of an event.

    ``pieces`` are where the messages' frames are: a round has tens of megabytes, copied once here.
    """
    versions = [data_in(*piece) for piece in pieces]
    if choice == "versions":
        return _array(versions)
    latest: dict[str, tuple[memoryview, bool]] = {}
    for data in versions:
        head = head_of(data)
        latest[id_of(head)] = data, is_deleted(head)
    with_deleted = choice == "latest-with-deleted"
    return _array([data for data, deleted in latest.values() if with_deleted or not deleted])


def _array(elements: Sequence[memoryview]) -> bytes:
    """All of them in one join, for that is the only copy."""
    if not elements:
        return b"[]"
    *others, last = elements
    joined: list[bytes | memoryview] = [*others, bytes(last) + b"]"]
    joined[0] = b"[" + bytes(joined[0])
    return b",".join(joined)
