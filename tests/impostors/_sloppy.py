"""A WebSocket by hand, as careless as an impostor wants it; it has what streams use of aiohttp."""

from __future__ import annotations

import asyncio
import base64
import os
from typing import Any

import aiohttp
from _honest import DdeStream
from aiohttp import WSMessage, WSMsgType
from goodclient.stream import LostError

__all__ = ["Sloppy", "SloppySocket"]

_TEXT, _BINARY, _CLOSE, _PING, _PONG = 1, 2, 8, 9, 10
_KINDS = {_TEXT: WSMsgType.TEXT, _BINARY: WSMsgType.BINARY, _PING: WSMsgType.PING}


class SloppySocket:
    """It takes bytes for a message that no good library would, and says nothing of it."""

    reserved = 0  # bits of close frames that mean nothing
    code_of_violation: int | None = None  # what it closes with; None: it does not mind

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.closed = False
        self.parts = b""

    async def receive(self) -> WSMessage:
        """The next message that it makes of what comes."""
        try:
            while (message := await self.frame()) is None:
                pass
        except (OSError, asyncio.IncompleteReadError) as error:
            return WSMessage(WSMsgType.CLOSED, str(error), None)
        return message

    async def frame(self) -> WSMessage | None:
        first, second = await self.reader.readexactly(2)
        size = second & 0x7F
        if size > 125:
            size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8))
        data = await self.reader.readexactly(size)
        opcode = first & 0x0F
        if opcode == _CLOSE:
            code = int.from_bytes(data[:2]) if len(data) > 1 else None
            return WSMessage(WSMsgType.CLOSE, code, None)
        if opcode == _PONG:
            return None
        if opcode == _PING:
            return WSMessage(WSMsgType.PING, data, None)
        return await self.data(first, opcode, data)

    async def data(self, first: int, opcode: int, data: bytes) -> WSMessage | None:
        broken = bool(first & 0x70) or opcode not in (0, _TEXT, _BINARY)
        self.parts += data
        if not first & 0x80:
            return None
        whole, self.parts = self.parts, b""
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            broken, text = True, whole.decode(errors="replace")
        if broken and self.code_of_violation is not None:
            await self.close(code=self.code_of_violation)
            return WSMessage(WSMsgType.ERROR, ValueError("a violation"), None)
        return WSMessage(_KINDS.get(opcode, WSMsgType.TEXT), text, None)

    async def send(self, opcode: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes((size,)) if size < 126 else b"\x7e" + size.to_bytes(2)
        head = bytes((head[0] | 0x80,)) + head[1:]
        first = 0x80 | opcode | (self.reserved if opcode == _CLOSE else 0)
        self.writer.write(bytes((first,)) + head + bytes(4) + payload)

    async def send_str(self, text: str) -> None:
        await self.send(_TEXT, text.encode())

    async def pong(self, payload: bytes) -> None:
        await self.send(_PONG, payload)

    async def close(self, *, code: int = 1000) -> None:
        """Say goodbye, and do not wait for an answer."""
        if not self.closed:
            self.closed = True
            await self.send(_CLOSE, code.to_bytes(2))
            self.writer.close()


class Sloppy(DdeStream):
    """A stream over such a socket."""

    socket_class: type[SloppySocket] = SloppySocket

    async def connect(self) -> Any:
        host, _, port = self.contract.ws_url.removeprefix("ws://").partition(":")
        try:
            reader, writer = await asyncio.open_connection(host, int(port), limit=1 << 26)
            key = base64.b64encode(os.urandom(16)).decode()
            lines = (
                f"GET {self.target.path} HTTP/1.1",
                f"Host: {host}:{port}",
                "Upgrade: websocket",
                "Connection: Upgrade",
                f"Sec-WebSocket-Key: {key}",
                "Sec-WebSocket-Version: 13",
            )
            writer.write("\r\n".join((*lines, "", "")).encode())
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError, aiohttp.ClientError) as error:
            raise LostError(str(error)) from error
        if b" 101 " not in head.partition(b"\r\n")[0]:
            writer.close()
            raise LostError("no WebSocket")
        return self.socket_class(reader, writer)
