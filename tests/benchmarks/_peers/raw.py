"""The limit in Python: a protocol on uvloop's transport that sends ready frames, and no more."""

from __future__ import annotations

import asyncio
import sys
from typing import cast

from mockdde.tape import PIECE
from tests.benchmarks._peers.common import ACCEPTED, frame, messages, on_go, ready, run, upgrade

SLICE = PIECE  # bytes; as our own server hands them out


class Raw(asyncio.Protocol):
    """Answers a handshake; then all that a client says is a token."""

    transport: asyncio.Transport
    shaken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is here."""
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """A handshake, or a token."""
        if not self.shaken:
            self.shaken = True
            self.transport.write(upgrade(data))
        elif CATCH_UP:
            self.transport.write(frame(ACCEPTED))
            self.position = 0
            self.go_on()
        else:
            self.transport.write(frame(ACCEPTED))
            READERS.append(self.transport)

    def go_on(self) -> None:
        """Hand over slices as long as the transport takes them."""
        while self.position < len(SLICES):
            if self.transport.get_write_buffer_size() >= SLICE:
                return
            self.transport.write(SLICES[self.position])
            self.position += 1

    def resume_writing(self) -> None:
        """There is room again."""
        if CATCH_UP:
            self.go_on()


READERS: list[asyncio.Transport] = []
SLICES: list[bytes] = []
CATCH_UP = sys.argv[2] == "catchup"


async def send(frames: list[bytes]) -> None:
    """One by one, to all."""
    for each in frames:
        for transport in READERS:
            transport.write(each)
        await asyncio.sleep(0)


async def main() -> None:
    """Serve until killed."""
    frames = [frame(each) for each in messages()]
    part = b""
    for each in frames:
        if part and len(part) + len(each) > SLICE:
            SLICES.append(part)
            part = b""
        part += each
    SLICES.append(part)
    server = await asyncio.get_running_loop().create_server(Raw, "127.0.0.1", 0, backlog=1024)
    tasks = []
    on_go(lambda _: tasks.append(asyncio.ensure_future(send(frames))))
    ready(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    run(main())
