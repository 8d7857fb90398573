"""The ear of a WebSocket: hears what its client says, and ends with it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from mockdde.connection import Connection
from mockdde.frames import BINARY, CLOSE, PING, TEXT
from mockdde.reader import BROKEN, Message, Reader

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["Ear"]

_LONGEST_MESSAGE = 64 * 1024  # bytes a client may send at once; a token is far shorter
_INTERNAL_ERROR, _ABNORMAL = 1011, 1006


class Ear(asyncio.Protocol):
    """The protocol of a connection after its handshake; ``ended`` is called once, with how."""

    __slots__ = ("_connection", "_ended", "_listens", "_reader", "_server", "_why")

    def __init__(
        self, server: Server, connection: Connection, ended: Callable[[Connection, str], None]
    ) -> None:
        self._server, self._connection = server, connection
        self._ended: Callable[[Connection, str], None] | None = ended
        self._reader = Reader(_LONGEST_MESSAGE)
        self._listens = True  # its client has not said its last word
        self._why = ""  # we have closed, because of this

    def data_received(self, data: bytes) -> None:
        """Hear all that is whole; what comes while it is deaf waits for the next time."""
        self._reader.feed(data)
        while self._listens and not self._connection.is_deaf:
            message = self._reader.next()
            if message is None:
                return
            try:
                self._hear(message)
            except Exception as error:  # noqa: BLE001  (a bug of ours: say so, serve the others)
                self._why = self._server.failed(self._connection.subscriber.path, error)
                self._connection.close(_INTERNAL_ERROR, "a bug in mockdde")

    def _hear(self, message: Message) -> None:
        server, connection = self._server, self._connection
        if connection.line is not None:
            connection.line.heard(message)
        if message.opcode in (TEXT, BINARY):
            server.engine.hear(connection.subscriber, message.data, server.clock.now())
            server.wake()
        elif message.opcode == PING:
            connection.pong(cast(bytes, message.data), server.clock.now())
            server.engine.ping(connection.subscriber, server.clock.now())
            server.wake(connection)
        elif message.opcode == CLOSE:
            self._closed(message)
        elif message.opcode == BROKEN:
            reason = cast(str, message.data)
            if not connection.ended:  # else it is closed because of something else
                self._why = f"the server closed with {message.code}: {reason}"
            connection.close(message.code or _INTERNAL_ERROR, "")

    def _closed(self, message: Message) -> None:
        """It has sent a close frame: the last that it says."""
        self._listens = False
        way = self._connection.way
        if way is not None and way.close_delay:
            self._server.later(way.close_delay, self._connection.tap, lambda: self._part(message))
        else:
            self._part(message)

    def _part(self, message: Message) -> None:
        """Answer its close frame, unless it is the answer to ours, or nobody is there any more."""
        if self._ended is None:
            return
        if not self._connection.ended:
            self._connection.echo()
            self._end(f"the client closed with {message.code or 'no code'}")
        else:
            self._end(self._connection.ended)

    def eof_received(self) -> None:
        """The client sends no more; the connection is closed as soon as all is sent."""
        self._connection.linger()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  (the tap knows)
        """The connection is gone."""
        self._end(self._connection.ended or f"the connection ended with {_ABNORMAL}")
        self._connection.over()  # again, where its client had said its last word before

    def _end(self, how: str) -> None:
        ended, self._ended = self._ended, None
        self._listens = False
        if ended is not None:
            ended(self._connection, self._why or how)
