"""Clients that are not ours: websockets in Python and ws in Node get what `mockdde play` prints."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
import websockets

from running import PATIENCE, TWO_TEES, Running, mockdde, played, serve

FOLLOW = Path(__file__).parent / "clients" / "follow.mjs"
SAMPLE_HOLE = "world/sample-hole"


@pytest.fixture(name="two_tees")
def write_two_tees(tmp_path: Path) -> str:
    """The path of a short scenario with six teams."""
    file = tmp_path / "two-tees.yaml"
    file.write_text(TWO_TEES, encoding="utf-8")
    return str(file)


@pytest.fixture(name="node_folder")
def prepare_node(tmp_path: Path) -> Path:
    """A folder with follow.mjs and, as a user would have it, ws in its node_modules."""
    if not shutil.which("node"):
        pytest.skip("there is no node here")
    folder = tmp_path / "node"
    folder.mkdir()
    shutil.copy(FOLLOW, folder)
    if there := os.environ.get("MOCKDDE_NODE_MODULES"):
        (folder / "node_modules").symlink_to(Path(there).resolve() / "node_modules")
        return folder
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("MOCKDDE_NODE_MODULES is not set, and there is no npm to install ws with")
    words = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "ws@8"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot install ws: {done.stderr.strip()[-200:]}")
    return folder


async def live_paths(server: Running) -> list[str]:
    """The streams that liveevents tells of now."""
    async with (
        aiohttp.ClientSession(headers={"Authorization": "Bearer t"}) as session,
        session.get(f"{server.rest}/golf/tournaments/liveevents") as answer,
    ):
        assert answer.status == 200
        return [
            f"/golf/tournaments/{live['tournamentId']}/round/{live['roundNo']}/team/{team['teamNo']}"
            for live in await answer.json()
            for team in live["group"]["teams"]
        ]


async def read_round(url: str, *, seen: asyncio.Event | None = None) -> list[bytes]:
    """Open a stream and read it until RoundOfficial; heartbeats are left out.

    ``seen`` is set once ten packets are there.
    """
    packets: list[bytes] = []
    async with websockets.connect(url, max_size=None) as socket:
        await socket.send(json.dumps({"authToken": "t"}))
        assert json.loads(await socket.recv()) == {"message": "Authorisation accepted"}
        while True:
            data = await socket.recv(decode=False)
            packet = json.loads(data)
            if packet["eventElementType"] != "Heartbeat":
                packets.append(data)
            if seen is not None and len(packets) >= 10:
                seen.set()
            if packet.get("state") == "RoundOfficial":
                return packets


async def follow(server: Running) -> dict[str, list[bytes]]:
    """Everything that is live until nothing is: packets by stream."""
    reading: dict[str, asyncio.Task[list[bytes]]] = {}
    async with asyncio.TaskGroup() as group:
        while (live := await live_paths(server)) or not reading:
            for path in live:
                if path not in reading:
                    reading[path] = group.create_task(read_round(server.ws + path))
            await asyncio.sleep(0.1)
    return {path: task.result() for path, task in reading.items()}


async def follow_with_node(server: Running, folder: Path) -> dict[str, list[bytes]]:
    """The same by clients/follow.mjs."""
    process = await asyncio.create_subprocess_exec(
        "node",
        str(folder / FOLLOW.name),
        server.rest,
        "t",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, errors = await process.communicate()
    finally:
        with suppress(ProcessLookupError):
            process.kill()
    assert process.returncode == 0, errors.decode()
    streams: dict[str, list[bytes]] = {}
    for line in out.splitlines():
        path, data = line.split(b"\t", 1)
        if json.loads(data)["eventElementType"] != "Heartbeat":
            streams.setdefault(path.decode(), []).append(data)
    return streams


def check(received: dict[str, list[bytes]], *scenarios: str) -> None:
    """What came is what `mockdde play` prints, byte for byte, and its seqNums have no gap."""
    expected: dict[str, list[bytes]] = {}
    for scenario in scenarios:
        expected |= played(scenario)
    assert received.keys() == expected.keys()
    for path, packets in received.items():
        assert packets == expected[path], path
        numbers = [packet["seqNum"] for packet in map(json.loads, packets) if "seqNum" in packet]
        assert numbers == list(range(1, len(numbers) + 1)), path
        assert len(numbers) > 10, path


async def test_python_and_node_read_every_round_to_its_end(
    two_tees: str, node_folder: Path
) -> None:
    """At --speed 600 both clients, at the same time on one server, get what play prints."""
    with serve(two_tees, SAMPLE_HOLE, "--speed", "600") as server:
        async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
            python = group.create_task(follow(server))
            node = group.create_task(follow_with_node(server, node_folder))
    check(python.result(), two_tees, SAMPLE_HOLE)
    check(node.result(), two_tees, SAMPLE_HOLE)


async def test_a_late_subscriber_gets_everything_once(two_tees: str) -> None:
    """Who joins in the middle, or after the end, gets the same bytes as who was there first."""
    path = "/golf/tournaments/7/round/1/team/1"
    joins = asyncio.Event()
    with serve(two_tees, "--speed", "2000") as server:

        async def late() -> list[bytes]:
            await joins.wait()
            return await read_round(server.ws + path)

        async with asyncio.timeout(PATIENCE):
            first, second = await asyncio.gather(read_round(server.ws + path, seen=joins), late())
            assert await read_round(server.ws + path) == first
    assert first == second == played(two_tees)[path]


def test_play_prints_the_same_bytes_whatever_the_hash_seed(two_tees: str) -> None:
    """No order of a set or a hash is in what is printed."""
    for scenario in (two_tees, SAMPLE_HOLE):
        one, other = (mockdde("play", scenario, PYTHONHASHSEED=seed) for seed in ("1", "2"))
        assert one.returncode == other.returncode == 0
        assert one.stdout == other.stdout
        assert one.stdout
