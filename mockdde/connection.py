"""A subscriber and its socket: writing what is due, and closing so that nothing is lost."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mockdde.frames import PONG, close_frame, frame
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap, reset
from mockdde.way import Way
from mockdde.wire import Close, Ending, Reset

if TYPE_CHECKING:
    from mockdde.recorder import Line

__all__ = ["CLOSE_WAIT", "STALLED", "UNSENT", "Connection"]

# These seconds are real ones at any --wire-speed: networks and clients do not get faster by it.
UNSENT = 256 * 1024  # bytes handed to a transport at most before it has sent them
STALLED = 60.0  # seconds a client may read nothing that it is owed
_NORMAL = 1000
CLOSE_WAIT = 2.0  # seconds for a client to answer a close frame


class Connection:
    """A subscriber and its socket."""

    __slots__ = (
        "aborted",
        "client",
        "closed_with",
        "ended",
        "lagging_since",
        "line",
        "pinged",
        "since",
        "skips",
        "subscriber",
        "tap",
        "timers",
        "transport",
        "unsent",
    )

    def __init__(
        self,
        subscriber: Subscriber,
        transport: asyncio.Transport,
        client: str = "",
        since: float = 0.0,
    ) -> None:
        """``client`` is its User-Agent, ``since`` the wire time of its handshake."""
        self.subscriber, self.transport = subscriber, transport
        self.client, self.since = client, since
        self.lagging_since: float | None = None
        self.skips = False  # it has fallen so far behind that documents were gone
        self.unsent = 0  # bytes the transport held when it was last full
        self.closed_with: int | None = None  # the code of the close frame that was sent
        self.ended = ""  # how the server has ended it
        self.aborted = ""  # why the server has let it go without a word
        self.line: Line | None = None  # where somebody records
        self.timers: list[asyncio.TimerHandle] = []
        self.pinged: bytes | None = None  # a ping that is answered when there is room
        self.tap = Tap.on(transport)

    @property
    def way(self) -> Way | None:
        """The way of its own, where it has one."""
        return self.subscriber.way if isinstance(self.subscriber.way, Way) else None

    @property
    def is_deaf(self) -> bool:
        """Whether what the client sends is not heard."""
        finished = bool(self.ended) and self.closed_with is None
        return finished or (self.way is not None and self.way.deaf)

    def write(self, now: float) -> bool:
        """Hand over what is due; true when all of it is with the transport."""
        if self.way is not None:
            self.listen_in()
            self.tap.hear()  # it may be deaf no more
        while True:
            if self.ended or self.transport.is_closing():
                return True  # nothing comes after a close frame
            if self.transport.get_write_buffer_size() >= UNSENT:
                return False
            if self.pinged is not None:
                ping, self.pinged = self.pinged, None
                self.pong(ping, now)
            data = self.subscriber.take()
            if data is None:
                return True
            self._hand(data)

    def listen_in(self) -> None:
        """From now on the client is heard only where it is to be."""
        self.tap.is_deaf = self._is_deaf

    def _is_deaf(self) -> bool:
        return self.is_deaf

    def _hand(self, data: bytes | memoryview) -> None:
        if self.line is not None:
            self.line.sent(data)
        self.transport.write(data)

    def abort(self, why: str) -> None:
        """Let it go without a word."""
        self.aborted = why
        self._cut("fin")  # which is what it is on the wire
        self.transport.abort()

    def _cut(self, how: str) -> None:
        if self.line is not None:
            self.line.cut(how)

    def end(self, ending: Ending) -> None:
        """End as a close frame, a FIN or a reset does."""
        if isinstance(ending, Close):
            self.close(ending.code, ending.reason)
        elif isinstance(ending, Reset):
            self.ended = "the server reset it"
            self._cut("reset")
            reset(self.transport)
        else:
            self._finish()

    def _finish(self) -> None:
        """Send a FIN.

        To close at once would be a reset where the client has sent what was not read yet.
        """
        if self.ended or self.transport.is_closing():
            return
        self.ended = "the server ended it without a close frame"
        self._cut("fin")
        try:
            if self.transport.can_write_eof():
                self.transport.write_eof()
                self._limit(CLOSE_WAIT)
                return
        except OSError:
            pass  # the client has gone already, and nobody has told us yet
        self.transport.close()

    def close(self, code: int, reason: str) -> None:
        """Send a close frame; the client's answer, or a timer, ends the connection.

        aiohttp's own close shuts the transport without awaiting the answer while a handler reads;
        what the client sent unread then resets it, and the client loses what it has not read yet.
        """
        if self.ended or self.transport.is_closing():
            return
        if self.is_deaf:
            self.aborted = "the server left a half-open connection"
            self._cut("fin")
            self.transport.close()  # a half-open connection is told nothing
            self.linger()
            return
        self.closed_with, self.ended = code, f"the server closed with {code}"
        self.finish()
        self._hand(close_frame(code, reason))
        if self.line is not None:
            self.line.closing(code)
        self._limit(CLOSE_WAIT if self.way is None else CLOSE_WAIT + self.way.close_delay)

    def echo(self) -> None:
        """Answer the client's close frame; that is the end."""
        self.finish()
        self._hand(close_frame(_NORMAL, ""))
        self.transport.close()

    def _limit(self, wait: float) -> None:
        """Be gone after so many seconds; a client that reads nothing may take longer."""
        loop = asyncio.get_running_loop()
        self.timers.append(loop.call_later(min(wait, STALLED), self.transport.close))
        self.timers.append(loop.call_later(STALLED, self.transport.abort))

    def linger(self) -> None:
        """As it closes: who does not read what is not sent yet is let go all the same."""
        if not self.tap.is_lost and self.transport.get_write_buffer_size():
            loop = asyncio.get_running_loop()
            self.timers.append(loop.call_later(STALLED, self.transport.abort))

    def finish(self) -> None:
        """Write the rest of a frame that a fault has cut in pieces, before a close frame."""
        if self.way is not None and (rest := self.way.rest()):
            self._hand(rest)

    def pong(self, data: bytes, now: float) -> None:
        """Answer a ping, where nothing keeps it from that.

        Of several that come while there is no room the last one is answered (RFC 6455 §5.5.3).
        """
        if self.ended or self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() >= UNSENT:
            self.pinged = data
        elif self.way is None:
            self._hand(frame(PONG, data))
        elif self.way.pongs:
            self.way.control(frame(PONG, data), now)

    def over(self) -> None:
        """The connection is over, but for what is not sent yet."""
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()
        self.tap.room = None
        if self.ended:
            self.transport.close()
        self.linger()
