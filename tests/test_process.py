"""`mockdde serve` as a process: signals, ports and hosts."""

from __future__ import annotations

import asyncio
import signal
import socket
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
import websockets

from mockdde.listening import listen
from running import FAULTY, LIVE, TEAM, serve
from running import mockdde as run_mockdde


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_closes_every_socket_with_1001(
    number: signal.Signals, tmp_path: Path
) -> None:
    """Those in the middle of a round and those before their token; the exit code is 0."""
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY, encoding="utf-8")
    with serve(str(file), "--token", "secret") as server:
        url = server.ws + TEAM.format(1)
        async with websockets.connect(url) as streaming, websockets.connect(url) as waiting:
            await streaming.send('{"authToken": "secret"}')
            await streaming.recv()
            await asyncio.to_thread(server.stop, number)
            for client in (streaming, waiting):
                with suppress(websockets.ConnectionClosed):
                    while True:
                        await client.recv()
                assert (client.close_code, client.close_reason) == (1001, "the server stops")
        unfired = server.wait_for(lambda line: line["event"] == "never-fired")
        assert unfired["detail"].startswith(f"{file}:")
        assert "the fault close never fired" in unfired["detail"]
        ready = server.lines[0]
        assert list(ready) == ["event", "rest", "ws", "control"]
        assert ready["control"] == ready["rest"] + "/_mockdde"


def test_a_taken_port_is_one_sentence() -> None:
    """On stderr, with exit code 1."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_mockdde("serve", "world/sample-hole", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"mockdde: port {port} on 127.0.0.1 is taken; choose another with --port, or --port 0 for"
        " any\n"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_told_to_stop_before_it_is_staged_stops(number: signal.Signals) -> None:
    """It is ready before the built-in world is told; the exit code is 0 all the same."""
    with serve() as server:
        server.stop(number)
    assert [line["event"] for line in server.lines] == ["ready"]


async def test_who_connects_before_the_world_is_staged_has_its_answer() -> None:
    """A connection that is opened the moment the server is ready is served, not refused."""
    with serve() as server:
        async with (
            aiohttp.ClientSession() as session,
            session.get(server.rest + LIVE, headers={"Authorization": "Bearer t"}) as answer,
        ):
            assert answer.status == 200
            assert len(await answer.json()) > 0


def test_a_host_that_is_not_ours_is_one_sentence() -> None:
    """An address of another machine, and no address at all."""
    for host in ("192.0.2.1", "no such host"):
        done = run_mockdde("serve", "--host", host, "--port", "0")
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.startswith(b"mockdde: ")
        assert host.encode() in done.stderr
        assert done.stderr.count(b"\n") == 1


async def test_localhost_is_every_address_of_it() -> None:
    """Whatever localhost means here, it is one port."""
    sockets = listen("localhost", 0)
    try:
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert len({each.getsockname()[0] for each in sockets}) == len(sockets)
    finally:
        for each in sockets:
            each.close()
