"""What a server must bear: many clients at once, and clients that mean no good."""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

import mockdde.connection
from mockdde.multiplexer import MULTIPLEXER
from running import (
    ACCEPTED,
    CLOSE,
    LIVE,
    PATIENCE,
    TEXT,
    Client,
    Running,
    house,
    serve,
    staged,
    upgrade,
)

pytestmark = pytest.mark.slow

PATH = "/golf/tournaments/99999/round/5/team/12"  # of world/sample-hole
LONGEST = 60.0  # seconds that thousands of clients may take on a small machine

# A morning of thirty, so that all streams together are some megabytes.
MORNING = """
title: A morning
tournament: {id: 7}
field: [{teams: 30}]
rounds: [{no: 1, tees: [1, 10]}]
"""


async def test_of_eight_readers_one_is_stuck_and_seven_are_served_on_time() -> None:
    """What is due has reached the seven before the clock goes on; the eighth is cut off."""
    async with house(staged(MORNING)) as home:
        readers = [await home.open(MULTIPLEXER) for _ in range(8)]
        for each in readers:
            assert await each.enter() == ACCEPTED
        stuck, *well = readers
        transport = _narrow(home.server, stuck)
        got: list[list[bytes]] = [[] for _ in well]
        most = 0
        rest = 40  # half minutes that it goes on after that
        while rest:
            rest -= bool(home.journal("stalled"))
            await home.wait(30)
            # A ping is answered after what was due, so that nothing is left of these 30 s.
            news = [await each.so_far() for each in well]
            assert all(len(each) == len(news[0]) for each in news)
            for mine, new in zip(got, news, strict=True):
                mine.extend(new)
            most = max(most, transport.get_write_buffer_size())
        longest = max(len(each) for each in got[0])
        # What a transport may hold, and one piece more, which ends with a whole frame.
        assert most < mockdde.connection.UNSENT + mockdde.tape.PIECE + longest + 4096
        assert home.journal("stalled") == [(MULTIPLEXER, "read nothing for 60 s")]
        assert all(each == got[0] for each in got)
        packets = [each for each in got[0] if b'"heartbeats"' not in each]
        assert len(packets) > 500
        async with asyncio.timeout(PATIENCE):
            while len(home.engine.subscribers) > 7:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)


def _narrow(server: object, client: Client) -> asyncio.Transport:
    """Let only little be on its way to a client that does not read; the server's end of it."""
    own = client.writer.get_extra_info("sockname")
    client.writer.transport.pause_reading()  # type: ignore[attr-defined]
    for each in server.connections.values():  # type: ignore[attr-defined]
        if each.transport.get_extra_info("peername") == own:
            each.transport.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_SNDBUF, 4096
            )
            transport: asyncio.Transport = each.transport
            return transport
    raise AssertionError("the server does not know this client")


@asynccontextmanager
async def crowd(server: Running, count: int) -> AsyncIterator[list[Client]]:
    """So many clients that connect at once, each with its token accepted."""

    async def join() -> Client:
        client = await Client.connect(server.port, PATH)
        assert client.status == 101
        client.send(TEXT, b'{"authToken": "any"}')
        opcode, payload = await client.read()
        assert (opcode, json.loads(payload)) == (TEXT, ACCEPTED)
        return client

    clients: list[Client] = []
    try:
        async with asyncio.timeout(LONGEST):
            clients = await asyncio.gather(*(join() for _ in range(count)))
        yield clients
    finally:
        for each in clients:
            each.writer.transport.abort()


def _enough_files(wanted: int) -> int:
    """Let this process open so many files; how many clients it then can be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return min(wanted, resource.getrlimit(resource.RLIMIT_NOFILE)[0]) - 200


async def test_a_signal_ends_500_connections_and_the_process() -> None:
    """Each has its close frame with 1001; the exit code is 0 (which ``stop`` asserts)."""
    with serve("world/sample-hole") as server:
        async with crowd(server, 500) as clients:
            begin = time.monotonic()
            stopping = asyncio.create_task(asyncio.to_thread(server.stop, signal.SIGTERM))

            async def closed(client: Client) -> int:
                while (frame := await client.read())[0] != CLOSE:
                    pass
                client.send(CLOSE, frame[1][:2])
                return int.from_bytes(frame[1][:2])

            codes = await asyncio.gather(*(closed(each) for each in clients))
            await stopping
            assert codes == [1001] * 500
            assert time.monotonic() - begin < PATIENCE


async def test_a_burst_of_5000_connections_is_let_in() -> None:
    """And who comes after them is served as ever."""
    count = min(5000, _enough_files(5400))
    with serve("world/sample-hole") as server:
        async with crowd(server, count):
            health = await _get(server, "/_mockdde/health")
            assert health["connections"] == count
            assert await _get(server, LIVE) is not None
        async with asyncio.timeout(LONGEST):
            while (await _get(server, "/_mockdde/health"))["connections"]:
                pass  # each asks the server, which lets it work


async def test_handshakes_that_are_never_finished_hinder_nobody() -> None:
    """200 clients send half a request and wait; others are served, and the server can stop."""
    with serve("world/sample-hole") as server:
        half = upgrade(PATH)[:-20]
        slow = []
        for _ in range(200):
            _, writer = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(half)
            slow.append(writer)
        async with crowd(server, 20):
            assert (await _get(server, "/_mockdde/health"))["connections"] == 20
        begin = time.monotonic()
        await asyncio.to_thread(server.stop, signal.SIGTERM)
        assert time.monotonic() - begin < PATIENCE / 2
        for writer in slow:
            writer.transport.abort()


@pytest.mark.parametrize("size", [100 * 1024 * 1024, 2**62])
async def test_a_first_message_of_100_mb_is_refused_unread(size: int) -> None:
    """A close with 1009 as soon as its size is known; the server's memory does not grow."""
    with serve("world/sample-hole") as server:
        async with crowd(server, 2) as others:
            before = _memory(server)
            client = await Client.connect(server.port, PATH)
            client.writer.write(bytes((0x81, 0xFF)) + size.to_bytes(8, "big") + bytes(4))
            with suppress(ConnectionError):
                for _ in range(16):
                    client.writer.write(bytes(1024 * 1024))
                    await asyncio.wait_for(client.writer.drain(), PATIENCE)
            server.wait_for(lambda line: "1009" in line.get("detail", ""))
            assert _memory(server) - before < 8 * 1024 * 1024
            for each in others:
                await each.so_far()
            client.writer.transport.abort()


async def _get(server: Running, path: str) -> dict[str, object]:
    """What a GET of a path answers."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\n"
    writer.write(f"{head}Connection: close\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.read(), LONGEST)
    writer.close()
    found: dict[str, object] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return found


def _memory(server: Running) -> int:
    """The most memory that the process has had so far, in bytes."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.exists():
        pytest.skip("only Linux tells")
    (line,) = [each for each in status.read_text().splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) * 1024
