"""The life of a connection, the same in both dialects: open, talk, lose, wait, open again.

All deadlines are of the wire's clock, and one loop waits for the next message or the next deadline,
whichever is first. No timer is a task of its own, so none can outlive its connection.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import aiohttp

from goodclient.contract import Target
from goodclient.packets import MalformedError

if TYPE_CHECKING:
    from goodclient.client import Client

__all__ = ["Deadline", "LostError", "RefusedError", "Stream", "retry_after_of"]

Deadline = tuple[float, Callable[[], Awaitable[None]]]  # when, on the loop's clock, and what then
_NEVER = 3600.0


class LostError(Exception):
    """This connection is of no use any more; ``code`` is what to close it with, if it is open."""

    def __init__(self, why: str, code: int = 1000, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.code = code
        self.retry_after = retry_after


class RefusedError(LostError):
    """We are not let in: there is no point in trying again soon."""


class Stream:
    """A target, followed until it is final."""

    watchdog = 45.0  # seconds without a sound; heartbeats are 10 or 20 s apart
    patience = 10.0  # for a handshake, and for the answer to a token
    farewell = 3.0  # for the answer to our close frame; a dead connection has none
    max_frame = 64 << 20  # many libraries stop at 1 MiB, and a catch-up can be longer
    pauses = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # before another attempt
    refused_pauses = (5.0, 10.0, 20.0, 30.0)

    def __init__(self, client: Client, target: Target) -> None:
        self.client = client
        self.contract = client.contract
        self.target = target
        self.transport = "connecting"
        self.done = False
        self.failures = 0  # attempts in a row that came to nothing
        self.refusals = 0
        self.socket: aiohttp.ClientWebSocketResponse | None = None
        self.heard_at = 0.0
        self.question: asyncio.Task[bytes | None] | None = None  # what REST is being asked
        self._chance = random.Random(f"{self.contract.seed} {target.path}")

    # ── the clock ─────────────────────────────────────────────────────────────────────────────

    def now(self) -> float:
        """Seconds of the loop's clock."""
        return asyncio.get_running_loop().time()

    def after(self, seconds: float, since: float | None = None) -> float:
        """The loop's time so many seconds of wire time after another one, or after now."""
        return (self.now() if since is None else since) + self.contract.real(seconds)

    def deadlines(self) -> Iterator[Deadline]:
        """What is to be done if nothing comes; each dialect has more."""
        yield self.after(self.watchdog, self.heard_at), self.unheard

    async def unheard(self) -> None:
        """The watchdog: TCP may say for hours that a dead connection is fine."""
        raise LostError("not a sound")

    # ── one connection after another ──────────────────────────────────────────────────────────

    async def run(self) -> None:
        """Until the target is final."""
        try:
            while not self.done:
                wait = 0.0
                try:
                    await self.connection()
                except LostError as why:
                    self.refusals = self.refusals + 1 if isinstance(why, RefusedError) else 0
                    wait = why.retry_after
                if not self.done:
                    self.lost()
                    await self.pause(wait)
        finally:
            if self.question is not None:
                self.question.cancel()
        self.transport = "closed"
        self.changed()

    async def connection(self) -> None:
        """One connection from its handshake to its end; LostError says how it ended."""
        code = 1000
        try:
            self.socket = await self.connect()
            await self.converse(self.socket)
        except LostError as why:
            code = why.code
            raise
        finally:
            if self.socket is not None:
                if not self.done:
                    self.lost()  # already, for a dead connection does not answer our farewell
                await self.leave(self.socket, code)
                self.socket = None

    async def connect(self) -> aiohttp.ClientWebSocketResponse:
        """Shake hands. Whatever goes wrong is a LostError."""
        try:
            async with asyncio.timeout(self.contract.real(self.patience)):
                return await self.client.session.ws_connect(
                    self.contract.ws_url + self.target.path,
                    headers=self.headers(),
                    autoping=False,  # pings are answered below, where dialects can hear them
                    autoclose=False,  # and so are close frames
                    max_msg_size=self.max_frame,
                    timeout=aiohttp.ClientWSTimeout(ws_close=self.contract.real(self.farewell)),
                )
        except aiohttp.WSServerHandshakeError as error:
            wait = self.retry_after(error.headers or {})
            kind = RefusedError if error.status in (401, 403) else LostError
            raise kind(f"HTTP {error.status}", retry_after=wait) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            raise LostError(f"no connection: {error}") from error

    def headers(self) -> Mapping[str, str]:
        """Of the handshake."""
        return {}

    async def converse(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Talk until the target is final, or the connection is lost."""
        self.heard_at = self.now()
        await self.greet(socket)
        receiving: asyncio.Task[Any] | None = None
        try:
            while not self.done:
                when, then = min(self.deadlines(), key=lambda each: each[0])
                wait = min(when - self.now(), _NEVER)
                if wait <= 0:
                    await then()
                    continue
                receiving = receiving or asyncio.ensure_future(socket.receive())
                awaited = {receiving, self.question or receiving}
                finished, _ = await asyncio.wait(
                    awaited, timeout=wait, return_when=asyncio.FIRST_COMPLETED
                )
                if self.question in finished:
                    body, self.question = self.question.result(), None
                    self.answered(body)
                elif receiving in finished:
                    message, receiving = receiving.result(), None
                    await self.hear(socket, message)
        finally:
            if receiving is not None:
                receiving.cancel()

    def ask(self) -> None:
        """Ask REST for all that this target has said, and go on listening meanwhile."""
        if self.question is None:
            self.question = asyncio.ensure_future(self.client.rest.once(self.target.rest))

    def answered(self, body: bytes | None) -> None:
        """What REST has said; None where it has said nothing good."""

    async def greet(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Our first message."""

    async def hear(self, socket: aiohttp.ClientWebSocketResponse, message: Any) -> None:
        """One thing that came."""
        kind = message.type
        if kind in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
            self.heard()
            try:
                await self.understand(message.data)
            except MalformedError as error:
                # Whatever it said is missing now. What we do not have comes again only on another
                # connection.
                raise LostError(str(error)) from error
        elif kind is aiohttp.WSMsgType.PING:
            await self.pinged(socket, message.data)
        elif kind is aiohttp.WSMsgType.CLOSE:
            await self.echo(socket, message.data)
            refused = message.data == 1008
            raise (RefusedError if refused else LostError)(f"closed with {message.data}")
        elif kind is not aiohttp.WSMsgType.PONG:
            # The library has failed a connection that broke RFC 6455, or TCP has ended.
            raise LostError(f"{kind.name}: {message.data}")

    def heard(self) -> None:
        """The other side lives."""
        self.heard_at = self.now()

    async def understand(self, data: str | bytes) -> None:
        """A message; MalformedError where it is none."""
        raise NotImplementedError

    async def pinged(self, socket: aiohttp.ClientWebSocketResponse, payload: bytes) -> None:
        """Answer it. In the DDE dialect it is no heartbeat of the feed."""
        await self.send(socket.pong(payload))

    async def send(self, sending: Awaitable[None]) -> None:
        """Whoever cannot send has lost the connection."""
        try:
            await sending
        except (aiohttp.ClientError, OSError) as error:
            raise LostError(f"cannot send: {error}") from error

    # ── its end ───────────────────────────────────────────────────────────────────────────────

    async def echo(self, socket: aiohttp.ClientWebSocketResponse, code: int | None) -> None:
        """Answer a close frame with its own code (RFC 6455 §5.5.1)."""
        await socket.close(code=code or 1000)

    async def leave(self, socket: aiohttp.ClientWebSocketResponse, code: int) -> None:
        """Close it, if it is not closed, and do not wait long for an answer."""
        await socket.close(code=code)

    def lost(self) -> None:
        """There is no connection now; what we hold stays, but nobody vouches for it."""
        self.transport = "reconnecting"
        self.changed()

    async def pause(self, retry_after: float) -> None:
        """Wait before the next attempt: what the server asks for, and longer each time."""
        wait = max(self.backoff(), retry_after)
        self.failures += 1
        await asyncio.sleep(self.contract.real(wait) + 0.005)

    def backoff(self) -> float:
        """Seconds, with some chance in it: a thousand clients must not all come back at once."""
        row, at = self.pauses, self.failures
        if self.refusals:
            row, at = self.refused_pauses, self.refusals - 1
        return row[min(at, len(row) - 1)] * self._chance.uniform(1.0, 1.1)

    def retry_after(self, headers: Mapping[str, str]) -> float:
        """What the server asks us to wait."""
        return retry_after_of(headers)

    def alive(self) -> None:
        """Data flows: the next loss is a new one, and its pauses begin anew."""
        self.failures = self.refusals = 0

    # ── what it says of itself ────────────────────────────────────────────────────────────────

    def changed(self) -> None:
        """Tell who wants to know."""
        self.client.reporter.changed()

    @property
    def is_open(self) -> bool:
        """Whether data can come now."""
        return self.transport == "open"

    @property
    def final(self) -> bool:
        """Whether nothing can change any more."""
        raise NotImplementedError

    def status(self) -> Mapping[str, Any]:
        """Under ``streams`` in a state document."""
        raise NotImplementedError


def retry_after_of(headers: Mapping[str, str]) -> float:
    """Retry-After in seconds, 0 where there is none; a date there would be of another clock."""
    try:
        return max(0.0, float(headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0
