"""Faults of connections in a real `mockdde serve`, on either event loop: not a word on stderr."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from running import (
    ACCEPTED,
    CLOSE,
    PATIENCE,
    PING,
    TEAM,
    TEXT,
    TWO_TEES,
    Client,
    Running,
    environment,
    serve,
    upgrade,
)

WIRE = """
wire:
  - {on: round/1/team/1, at: {seq: 1}, reset: {}}
  - {on: round/1/team/2, at: {seq: 1}, fin: {}}
  - {on: round/1/team/3, at: {connection: 1}, times: 0, half_open: {}}
  - {on: round/1/team/4, at: {connection: 1}, handshake_hang: {}}
  - {on: round/1/team/4, at: {connection: 2}, handshake_malformed: {what: garbage}}
  - {on: round/1/team/4, at: {connection: 3}, handshake_status: {status: 429, body: no}}
  - {on: round/1/team/4, at: {connection: 4}, handshake_delay: {ms: 50}}
  - {on: round/1/team/4, at: {connection: 5}, accept_and_close: {}}
  - {on: round/1/team/5, at: {connection: 1}, flap: {up_ms: 100, down_ms: 100, cycles: 1}}
  - {on: round/1/team/6, at: {connection: 1}, slow_close: {ms: 0}}
  - {on: round/1/team/2, at: {connection: 2}, server_restart: {drain_ms: 50, gap_ms: 200}}
"""
NO_UVLOOP = 'raise ImportError("this is not uvloop")\n'


@pytest.fixture(params=["asyncio", "uvloop"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Running]:
    """A server of a scenario with many faults, on this event loop."""
    if request.param == "asyncio":
        hidden = tmp_path / "hidden"
        hidden.mkdir()
        (hidden / "uvloop.py").write_text(NO_UVLOOP)
        path = os.pathsep.join(filter(None, [str(hidden), os.environ.get("PYTHONPATH")]))
        monkeypatch.setenv("PYTHONPATH", path)
    scenario = tmp_path / "faults.yaml"
    scenario.write_text(TWO_TEES + WIRE)
    with serve(str(scenario), "--speed", "3600") as running:
        yield running


async def ended(client: Client) -> type[Exception] | None:
    """How a connection ends: by an end of file, which is None, or an error."""
    try:
        await asyncio.wait_for(client.reader.read(), PATIENCE)
    except ConnectionError as error:
        return type(error)
    finally:
        await client.leave()
    return None


async def entered(port: int, team: int) -> Client:
    """A client that has sent its token."""
    client = await Client.connect(port, TEAM.format(team))
    client.send(TEXT, json.dumps({"authToken": "t"}).encode())
    return client


async def test_a_server_with_faults_says_not_a_word_of_its_own(server: Running) -> None:
    port = server.port
    assert await ended(await entered(port, 1)) is ConnectionResetError
    assert await ended(await entered(port, 2)) is None
    await _half_open(port)
    await _handshakes(port)
    assert await ended(await entered(port, 5)) is ConnectionResetError
    with pytest.raises(ConnectionResetError):
        await entered(port, 5)
    slow = await entered(port, 6)
    slow.send(CLOSE, b"")
    await _restart(port)
    await slow.leave()
    stays = await entered(port, 3)  # half-open as the server stops
    server.stop()
    assert await ended(stays) is None
    events = [line for line in server.lines if line["event"] in ("failed", "never-fired")]
    assert events == []


async def _half_open(port: int) -> None:
    client = await entered(port, 3)
    client.send(PING, b"")
    client.send(CLOSE, b"")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.reader.read(1), 0.3)
    await client.leave()


async def _handshakes(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(upgrade(TEAM.format(4)))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(1), 0.3)
    writer.transport.abort()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(upgrade(TEAM.format(4)))
    assert (await asyncio.wait_for(reader.read(), PATIENCE))[0] == 0x15
    writer.close()
    refused = await Client.connect(port, TEAM.format(4))
    assert refused.status == 429
    await refused.leave()
    late = await Client.connect(port, TEAM.format(4))
    assert await late.enter() == ACCEPTED
    await late.leave()
    closed = await Client.connect(port, TEAM.format(4))
    assert (await closed.closed())[0] == 1013
    await closed.leave()


async def _restart(port: int) -> None:
    client = await entered(port, 2)
    while (frame := await client.read())[0] != CLOSE:
        pass
    assert int.from_bytes(frame[1][:2]) == 1012
    client.send(CLOSE, frame[1][:2])
    assert await ended(client) is None
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                client = await entered(port, 2)
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)
            else:
                break
    await client.leave()


def test_a_server_that_has_lost_its_port_ends_with_one_sentence(tmp_path: Path) -> None:
    scenario = tmp_path / "lost.yaml"
    wire = "wire: [{on: round/1/team/1, at: {connection: 1}, refuse: {ms: 1500}}]\n"
    scenario.write_text(TWO_TEES + wire)
    words = [sys.executable, "-m", "mockdde", "serve", "--port", "0", "--json", str(scenario)]
    with subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = int(json.loads(process.stdout.readline())["rest"].rpartition(":")[2])
            taken = asyncio.run(_take(port))
            said = process.communicate(timeout=PATIENCE)[1]
            taken.close()
        finally:
            process.kill()
    assert process.returncode == 1
    assert re.fullmatch(rf"mockdde: .*again on 127\.0\.0\.1:{port} .*took it.*\n", said), said


async def _take(port: int) -> socket.socket:
    """Have a fault give up the port, and take it."""
    client = await Client.connect(port, TEAM.format(1))
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                taken = socket.create_server(("127.0.0.1", port))
            except OSError:
                await asyncio.sleep(0.005)
            else:
                break
    await client.leave()
    return taken
