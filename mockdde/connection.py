"""A subscriber and its socket: writing what is due, and closing so that nothing is lost."""

from __future__ import annotations

import asyncio

from mockdde.subscriber import Subscriber
from mockdde.tape import close_frame

__all__ = ["CLOSE_WAIT", "STALLED", "UNSENT", "Connection"]

# These seconds are real ones at any --wire-speed: networks and clients do not get faster by it.
UNSENT = 256 * 1024  # bytes handed to a transport at most before it has sent them
STALLED = 60.0  # seconds a client may read nothing that it is owed
CLOSE_WAIT = 2.0  # seconds for a client to answer a close frame


class Connection:
    """A subscriber and its socket."""

    __slots__ = (
        "closed_with",
        "gone",
        "lagging_since",
        "skips",
        "subscriber",
        "timers",
        "transport",
        "unsent",
    )

    def __init__(self, subscriber: Subscriber, transport: asyncio.Transport) -> None:
        self.subscriber, self.transport = subscriber, transport
        self.lagging_since: float | None = None
        self.skips = False  # it has fallen so far behind that documents were gone
        self.unsent = 0  # bytes the transport held when it was last full
        self.closed_with: int | None = None  # the code of the close frame that was sent
        self.timers: list[asyncio.TimerHandle] = []
        self.gone = asyncio.Event()

    def write(self) -> bool:
        """Hand over what is due; true when all of it is with the transport."""
        while True:
            if self.transport.is_closing():
                return True
            if self.transport.get_write_buffer_size() >= UNSENT:
                return False
            data = self.subscriber.take()
            if data is None:
                return True
            self.transport.write(data)

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
        self.timers.append(loop.call_later(CLOSE_WAIT, self.transport.close))
        self.timers.append(loop.call_later(STALLED, self.transport.abort))

    def end(self) -> None:
        """The connection is over."""
        for timer in self.timers:
            timer.cancel()
        if self.closed_with is not None:
            self.transport.close()  # before aiohttp would send a second close frame
        self.gone.set()
