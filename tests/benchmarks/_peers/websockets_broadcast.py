"""The library ``websockets``: its broadcast to all, its send to who catches up."""

from __future__ import annotations

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

from tests.benchmarks._peers.common import ACCEPTED, messages, on_go, ready

CATCH_UP = sys.argv[2] == "catchup"
MESSAGES = [each.decode() for each in messages()]
READERS: set[ServerConnection] = set()


async def handle(connection: ServerConnection) -> None:
    """One client."""
    await connection.recv()
    await connection.send(ACCEPTED.decode())
    if CATCH_UP:
        for each in MESSAGES:
            await connection.send(each)
    else:
        READERS.add(connection)
    await connection.wait_closed()


async def send() -> None:
    """One by one, to all."""
    for each in MESSAGES:
        broadcast(READERS, each)
        await asyncio.sleep(0)


async def main() -> None:
    """Serve until killed."""
    async with serve(handle, "127.0.0.1", 0, compression=None, backlog=1024) as server:
        tasks = []
        on_go(lambda _: tasks.append(asyncio.ensure_future(send())))
        ready(next(iter(server.sockets)).getsockname()[1])
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
