"""A good client over real sockets that only moves when the test's clock does, so that a run can
be repeated exactly: it reconnects, watches heartbeats, mends gaps, takes packets in order."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar

import aiohttp

from running import CLOSE, LIVE, PING, PONG, TEXT, House, upgrade

__all__ = ["Follower", "follow"]

_TURNS = 25  # of the loop: more than any answer takes
STEP = 0.25  # seconds of wire time
WATCHDOG = 25.0  # seconds of silence, after which a connection is given up; heartbeats are 10 s
PATIENCE = 8.0  # seconds for an answer to a handshake or a token
GAP = 5.0  # seconds that a missing packet may come late
BACKOFF = (0.5, 1.0, 2.0, 4.0)
_KEY = base64.b64encode(bytes(16)) + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 §1.3
_ACCEPT = base64.b64encode(hashlib.sha1(_KEY).digest()).decode()  # noqa: S324


class BrokenFrameError(Exception):
    """The other side has broken RFC 6455."""


@dataclass
class Follower:
    """Follows one stream to RoundOfficial; ``packets`` are what it has applied, by seqNum."""

    watchdog: ClassVar[float] = WATCHDOG
    port: int
    path: str
    packets: dict[int, dict[str, Any]] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)  # of ConnectionStateChanged, as they came
    asks: str = ""  # a path that it wants answered by HTTP
    connects: int = 0
    done: bool = False
    _socket: socket.socket | None = None
    _phase: str = "idle"  # connecting, waiting, streaming
    _data: bytes = b""
    _parts: bytes = b""
    _heard: float = 0.0
    _retry: float = 0.0
    _failures: int = 0
    _later: dict[int, dict[str, Any]] = field(default_factory=dict)
    _gap: float | None = None

    def step(self, now: float) -> bool:
        """Do all that can be done now; whether anything was."""
        if self.done:
            return False
        if self._socket is None:
            return self._connect(now) if now >= self._retry else False
        moved = self._read(now)
        patience = self.watchdog if self._phase == "streaming" else PATIENCE
        late = self._gap is not None and now - self._gap > GAP
        if self._socket is not None and (late or now - self._heard > patience):
            self._lose(now)
            return True
        return moved

    def answered(self, status: int, body: bytes) -> None:
        """What it asked for by HTTP; status 0 where nobody listens."""

    def leave(self) -> None:
        """Go away."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connect(self, now: float) -> bool:
        self.connects += 1
        self._data = self._parts = b""
        self._later, self._gap, self._heard = {}, None, now
        try:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=5)
        except OSError:
            self._lose(now)
            return True
        self._socket.setblocking(False)
        self._socket.sendall(self._request())
        self._phase = "connecting"
        return True

    def _lose(self, now: float, retry: float | None = None) -> None:
        self.leave()
        self._phase = "idle"
        wait = BACKOFF[min(self._failures, len(BACKOFF) - 1)] if retry is None else retry
        self._failures += 1
        self._retry = now + wait

    def _read(self, now: float) -> bool:
        assert self._socket is not None
        new = b""
        ended = False
        try:
            while data := self._socket.recv(1 << 16):
                new += data
            ended = True
        except BlockingIOError:
            pass
        except ConnectionError:
            ended = True
        if new:
            self._heard = now
            self._data += new
        try:
            self._understand(now)
        except (BrokenFrameError, ValueError):
            self._lose(now)
            return True
        if ended and self._socket is not None:
            self._lose(now)
        return bool(new) or ended

    def _understand(self, now: float) -> None:
        if self._phase == "connecting" and b"\r\n\r\n" in self._data:
            head, _, self._data = self._data.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = dict(each.lower().split(": ", 1) for each in lines[1:])
            good = headers.get("sec-websocket-accept", "") == _ACCEPT.lower()
            if not (" 101 " in lines[0] and good and headers.get("upgrade") == "websocket"):
                retry = headers.get("retry-after")
                self._lose(now, None if retry is None else float(retry))
                return
            self._greet()
        while self._phase in ("waiting", "streaming") and (frame := self._frame()):
            self._take(*frame, now)

    def _request(self) -> bytes:
        return upgrade(self.path)

    def _greet(self) -> None:
        self._phase = "waiting"
        self._send(TEXT, b'{"authToken": "any"}')

    def _frame(self) -> tuple[int, bool, bytes] | None:
        """The next whole frame: opcode, whether it is final, payload."""
        data = self._data
        if len(data) < 2:
            return None
        if data[0] & 0x70 or data[1] & 0x80:
            raise BrokenFrameError
        size, at = data[1], 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(data[2 : 2 + wide]), 2 + wide
        if len(data) < at + size or len(data) < at:
            return None
        self._data = data[at + size :]
        return data[0] & 0x0F, bool(data[0] & 0x80), data[at : at + size]

    def _take(self, opcode: int, final: bool, payload: bytes, now: float) -> None:
        if opcode == CLOSE:
            self._send(CLOSE, payload[:2])
            self._lose(now)
        elif opcode == PING:
            self._send(PONG, payload)
        elif opcode in (0, TEXT):
            self._parts += payload
            if final:
                whole, self._parts = self._parts, b""
                self._message(json.loads(whole.decode()), now)
        elif opcode == 2:
            self._message(json.loads(payload), now)
        elif opcode != PONG:
            raise BrokenFrameError

    def _message(self, message: dict[str, Any], now: float) -> None:
        if self._phase == "waiting":
            if message.get("message") != "Authorisation accepted":
                self._lose(now)
                return
            self._phase = "streaming"
        elif message.get("eventElementType") == "ConnectionStateChanged":
            self.states.append(str(message.get("state")))
        elif isinstance(message.get("seqNum"), int):
            self._later[message["seqNum"]] = message
            self._apply(now)

    def _apply(self, now: float) -> None:
        while (number := len(self.packets) + 1) in self._later:
            packet = self.packets[number] = self._later.pop(number)
            self._failures = 0
            if packet.get("state") == "RoundOfficial":
                self._send(CLOSE, (1000).to_bytes(2))
                self.leave()
                self.done = True
                return
        self._later = {at: each for at, each in self._later.items() if at not in self.packets}
        if not self._later:
            self._gap = None
        elif self._gap is None:
            self._gap = now

    def _send(self, opcode: int, payload: bytes) -> None:
        assert self._socket is not None
        with suppress(ConnectionError):
            self._socket.sendall(bytes((0x80 | opcode, 0x80 | len(payload))) + bytes(4) + payload)


async def follow(
    home: House, followers: Sequence[Follower], seconds: float, polls: int = 0, polled: str = LIVE
) -> list[int]:
    """Let wire time pass, a step at a time, until all are done; AssertionError if they never are.

    Within a step everything said is answered before the clock goes on. In each step liveevents (or
    what is ``polled``) is asked for so often, too; the answers' statuses, 0 for none.
    """
    end = home.clock.at + seconds
    polling: list[asyncio.Task[list[int]]] = []
    asking: list[asyncio.Task[None]] = []
    while not all(each.done for each in followers):
        assert home.clock.at < end, [(each.path, len(each.packets)) for each in followers]
        home.clock.at += STEP
        if polls and all(each.done() for each in polling):
            polling.append(asyncio.create_task(_poll(home, polled, polls)))
        await _settle(home)
        while any([each.step(home.clock.at) for each in followers]):  # noqa: C419  (each has its turn)
            await _settle(home)
        asking += [asyncio.create_task(_ask(home, each)) for each in followers if each.asks]
    while not all(each.done() for each in [*polling, *asking]):
        home.clock.at += STEP
        await _settle(home)
    await asyncio.gather(*asking)
    return [status for each in polling for status in await each]


async def _get(home: House, path: str) -> tuple[int, bytes]:
    try:
        return await home.get(path)
    except aiohttp.ClientError:
        return 0, b""  # nobody listens


async def _poll(home: House, path: str, times: int) -> list[int]:
    return [(await _get(home, path))[0] for _ in range(times)]


async def _ask(home: House, follower: Follower) -> None:
    path, follower.asks = follower.asks, ""
    follower.answered(*await _get(home, path))


async def _settle(home: House) -> None:
    """Until the server has done and written all that it can do now."""
    home.server.wake()
    for _ in range(_TURNS):
        await asyncio.sleep(0)  # each is a turn of the loop, in which it looks at every socket
