"""What is on its way to one client, in order, each at its time; bytes go in pieces of effects."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mockdde.wire import Act, Close, Effect, Ending, Fin, Freeze, Piece, Reset

__all__ = ["Outlet"]

_PIECE = 64 * 1024  # bytes that are handed out at once


class _Entry(NamedTuple):
    due: float
    data: bytes | Act
    effects: Sequence[Effect]  # that cut it in pieces


class Outlet:
    """Bytes are cut in pieces only when their turn has come, so that few pieces are ever held."""

    def __init__(self) -> None:
        self.size = 0  # bytes in it
        self.last = 0.0  # when the last that was put in is due
        self.ending: Ending | None = None  # what ended it, from among the pieces
        self._ripe: deque[bytes | Act] = deque()  # due
        self._later: deque[_Entry] = deque()
        self._pieces: Iterator[tuple[float, bytes | Act]] = iter(())  # of one entry
        self._piece: tuple[float, bytes | Act] | None = None  # the next of them
        self._through: Sequence[Effect] = ()  # what they go through
        self._reached = 0.0  # when the last piece was due
        self._gone: set[Effect] = set()  # whose time is over, while something may go through them
        self._begun = False  # part of the entry is among what is due
        self._hurried = False  # the rest of it waits no more

    @property
    def is_empty(self) -> bool:
        """Whether nothing is on its way."""
        return not self._ripe and not self._later and self._piece is None

    @property
    def is_due(self) -> bool:
        """Whether there is something to take."""
        return bool(self._ripe)

    @property
    def next_due(self) -> float | None:
        """When there is more to take."""
        if self._piece is not None:
            return self._piece[0]
        return self._later[0].due if self._later else None

    def put(self, due: float, data: bytes | Act, effects: Iterable[Effect]) -> None:
        """Bytes or an act, due then, or with what is before it where that is later."""
        if data == b"":
            return
        self.last = max(self.last, due)
        cutting = [each for each in effects if type(each).send is not Effect.send]
        self._later.append(_Entry(self.last, data, cutting))
        if isinstance(data, bytes):
            self.size += len(data)

    def leave(self, effect: Effect) -> None:
        """An effect's time is over: what is on its way goes through it no more."""
        if self._later:
            self._gone.add(effect)
        if effect in self._through:
            self._hurried = True

    def thaw(self) -> None:
        """No freeze that is still on its way takes place."""
        self._ripe = deque(each for each in self._ripe if not isinstance(each, Freeze))
        self._later = deque(each for each in self._later if not isinstance(each.data, Freeze))
        if self._piece is not None and isinstance(self._piece[1], Freeze):
            self._piece = None

    def ripen(self, now: float) -> None:
        """What is due by then can be taken."""
        while True:
            if self._piece is None:
                self._piece = next(self._pieces, None)
            if self._piece is not None:
                at, data = self._piece
                at = min(at, now) if self._hurried else at
                if at > now:
                    return
                self._piece = None
                self._reached = max(self._reached, at)
                if data != b"":
                    self._begun = True
                    self._ripe.append(data)
                if isinstance(data, Close | Fin | Reset):
                    self._end(data)
                    return
                continue
            self._begun = self._hurried = False
            if not self._later:
                self._gone.clear()
                return
            if self._later[0].due > now:
                return
            self._pieces = self._cut(self._later.popleft())

    def take(self) -> bytes | Act | None:
        """The next bytes that are due, or an act once all before it is taken."""
        taken: list[bytes] = []
        size = 0
        while self._ripe and size < _PIECE:
            data = self._ripe[0]
            if not isinstance(data, bytes):
                if taken:
                    break  # the act comes after these
                return self._ripe.popleft()
            taken.append(data)
            size += len(data)
            self._ripe.popleft()
        self.size -= size
        return b"".join(taken) if taken else None

    def rest(self) -> bytes:
        """What is due, to the end of a frame whose beginning was sent; a close frame may follow."""
        left = [*self._ripe]
        self._ripe.clear()
        if self._begun and self._piece is not None:
            left += [self._piece[1], *(data for _, data in self._pieces)]
            self._piece = None
        data = b"".join(each for each in left if isinstance(each, bytes))
        self.size -= len(data)
        return data

    def _cut(self, entry: _Entry) -> Iterator[tuple[float, bytes | Act]]:
        due = max(entry.due, self._reached)
        self._through = entry.effects
        pieces: Iterator[tuple[float, bytes | Act]] = iter([(due, entry.data)])
        for effect in entry.effects:
            if effect not in self._gone:
                pieces = _sent(effect, pieces)
        return pieces

    def _end(self, ending: Ending) -> None:
        self.ending = ending
        self._pieces, self._piece = iter(()), None
        self._later.clear()
        self.size = sum(len(each) for each in self._ripe if isinstance(each, bytes))


def _sent(
    effect: Effect, pieces: Iterator[tuple[float, bytes | Act]]
) -> Iterator[tuple[float, bytes | Act]]:
    reached = 0.0
    for due, data in pieces:
        at = max(due, reached)
        if isinstance(data, bytes):
            for piece in (Piece(0.0, data),) if effect.over else effect.send(at, data):
                at += piece.delay
                yield at, piece.data
        else:
            yield at, data
        reached = at
