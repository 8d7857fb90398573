"""A subscriber and its socket: writing what is due, and closing so that nothing is lost."""

from __future__ import annotations

import asyncio

from mockdde.frames import PONG, close_frame, frame
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap, reset
from mockdde.way import Way
from mockdde.wire import Close, Ending, Reset

__all__ = ["CLOSE_WAIT", "STALLED", "UNSENT", "Connection"]

# These seconds are real ones at any --wire-speed: networks and clients do not get faster by it.
UNSENT = 256 * 1024  # bytes handed to a transport at most before it has sent them
STALLED = 60.0  # seconds a client may read nothing that it is owed
CLOSE_WAIT = 2.0  # seconds for a client to answer a close frame


class Connection:
    """A subscriber and its socket."""

    __slots__ = (
        "client",
        "closed_with",
        "gone",
        "lagging_since",
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
        self.timers: list[asyncio.TimerHandle] = []
        self.tap: Tap | None = None
        self.gone = asyncio.Event()

    @property
    def way(self) -> Way | None:
        """The way of its own, where it has one."""
        return self.subscriber.way if isinstance(self.subscriber.way, Way) else None

    def write(self) -> bool:
        """Hand over what is due; true when all of it is with the transport."""
        if self.way is not None and self.tap is None:
            self.tap = Tap(self.transport, lambda: self.way is not None and self.way.deaf)
        while True:
            if self.transport.is_closing():
                return True
            if self.transport.get_write_buffer_size() >= UNSENT:
                return False
            data = self.subscriber.take()
            if data is None:
                return True
            self.transport.write(data)

    def end(self, ending: Ending) -> None:
        """End as a close frame, a FIN or a reset does."""
        if isinstance(ending, Close):
            self.close(ending.code, ending.reason)
        elif isinstance(ending, Reset):
            reset(self.transport)
        else:
            self.transport.close()

    def close(self, code: int, reason: str) -> None:
        """Send a close frame; the client's answer, or a timer, ends the connection.

        aiohttp's own close shuts the transport without awaiting the answer while a handler reads;
        what the client sent unread then resets it, and the client loses what it has not read yet.
        """
        if self.closed_with is not None or self.transport.is_closing():
            return
        self.closed_with = code
        self.transport.write(close_frame(code, reason))
        loop = asyncio.get_running_loop()
        wait = CLOSE_WAIT if self.way is None else CLOSE_WAIT + self.way.close_delay
        self.timers.append(loop.call_later(wait, self.transport.close))
        self.timers.append(loop.call_later(STALLED, self.transport.abort))

    def pong(self, data: bytes, now: float) -> None:
        """Answer a ping, where nothing keeps it from that."""
        if self.way is None:
            if not self.transport.is_closing():
                self.transport.write(frame(PONG, data))
        elif self.way.pongs:
            self.way.control(frame(PONG, data), now)

    def over(self) -> None:
        """The connection is over."""
        for timer in self.timers:
            timer.cancel()
        if self.closed_with is not None:
            self.transport.close()  # before aiohttp would send a second close frame
        self.gone.set()
