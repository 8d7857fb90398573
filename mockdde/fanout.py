"""The newest of a source to all who read it: nearly always the same bytes for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mockdde.connection import UNSENT, Connection
from mockdde.subscriber import Source, State, Subscriber

__all__ = ["hand_out"]


def hand_out(
    due: Iterable[Subscriber], connections: Mapping[int, Connection]
) -> Iterator[Connection]:
    """Hand each what its source has beyond its cursor, looked up once for all at one position.

    Yields those whose turn is not as simple: ``Connection.write`` has to look.
    """
    streaming, begin, end = State.STREAMING, -1, -1
    source: Source | None = None
    data: bytes | memoryview = b""
    # A write leaves nothing of ours in the processor's caches: all is found out before the first.
    writes: list[Callable[[bytes | memoryview], None]] = []
    for subscriber in due:
        connection = connections.get(subscriber.id)
        if connection is None:
            continue
        # Asked here, for calls that ask would cost as much as all the rest.
        if (
            subscriber.owes
            or subscriber.state is not streaming
            or subscriber.way is not None
            or connection.line is not None
            or connection.lagging_since is not None
            or connection.ended
            or connection.transport.get_write_buffer_size() >= UNSENT
        ):
            yield connection
            continue
        if subscriber.cursor != begin or subscriber.source is not source:
            _write(writes, data)
            source, begin = subscriber.source, subscriber.cursor
            data, end = _beyond(source, begin)
        if not data:
            yield connection
            continue
        writes.append(connection.transport.write)
        subscriber.cursor = end
    _write(writes, data)


def _write(writes: list[Callable[[bytes | memoryview], None]], data: bytes | memoryview) -> None:
    for write in writes:
        write(data)
    writes.clear()


def _beyond(source: Source, begin: int) -> tuple[bytes | memoryview, int]:
    """All that a source has beyond a position; nothing where that does not lie together."""
    end = len(source)
    if not source.oldest <= begin < end:
        return b"", begin
    data, at = source.slice(begin, end)
    return (data, at) if at == end else (b"", begin)
