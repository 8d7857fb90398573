"""`mockdde serve` as a process: signals, ports and hosts."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.request import Request, urlopen

import aiohttp
import pytest
import websockets

from mockdde.listening import listen
from running import ACCEPTED, FAULTY, LIVE, PATIENCE, TEAM, environment, serve
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
        assert list(ready) == ["event", "rest", "ws", "control", "live"]
        assert ready["control"] == ready["rest"] + "/_mockdde"
        rest, ws = (f"{ready[key]}/golf" for key in ("rest", "ws"))
        assert ready["live"] == {
            "rest": f"{rest}/rest/v1",
            "stream": f"{ws}/stream/v1",
            "token_url": f"{ready['rest']}/oauth/token",
        }


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


def test_a_server_whose_words_nobody_reads_goes_on() -> None:
    """A full pipe holds up neither clients nor signals."""
    words = [sys.executable, "-m", "mockdde", "serve", "world/sample-hole", "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        rest = json.loads(process.stdout.readline())["rest"]
        client = HTTPConnection(rest.removeprefix("http://"), timeout=PATIENCE)
        for _ in range(1500):  # lines of 120 bytes into a pipe of 64 KiB
            client.request("GET", "/nothing/is/served/here")
            answer = client.getresponse()
            assert (answer.status, answer.read() != b"") == (404, True)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        client.close()


full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")


@full_disk
def test_a_server_whose_disk_is_full_goes_on() -> None:
    """Its lines are lost, and its clients are served."""
    with Path("/dev/full").open("wb") as full, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.close()
        words = [sys.executable, "-m", "mockdde", "serve", "world/sample-hole"]
        with subprocess.Popen(
            [*words, "--port", str(port)], stdout=full, stderr=subprocess.PIPE, env=environment()
        ) as process:
            assert process.stderr is not None
            wait_for_port(port)
            with urlopen(f"http://127.0.0.1:{port}/_mockdde/health", timeout=PATIENCE) as answer:
                assert answer.status == 200
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
            assert process.stderr.read() == b""


def wait_for_port(port: int) -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError(f"nobody listens on {port}")


@full_disk
@pytest.mark.parametrize(
    "words",
    [["play", "tgl/hammer"], ["scenarios"], ["quirks"], ["schema"], ["--help"]],
    ids=" ".join,
)
def test_output_that_cannot_be_written_is_one_sentence(words: list[str]) -> None:
    """A full disk, said once, with exit code 1."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mockdde", *words],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == b"mockdde: the output cannot be written: No space left on device\n"


def test_closed_streams_are_no_bug() -> None:
    """`>&-` and `<&-`: nothing is printed, nothing is read."""
    for words, code in (("play tgl/hammer >&-", 0), ("validate --schema dde/events - <&-", 1)):
        done = subprocess.run(
            ["sh", "-c", f'"{sys.executable}" -m mockdde {words}'],
            capture_output=True,
            env=environment(),
            check=False,
        )
        assert done.returncode == code
        assert b"Traceback" not in done.stderr


def test_a_name_that_the_terminal_cannot_show_is_escaped(tmp_path: Path) -> None:
    """Whatever its encoding."""
    file = tmp_path / "green.yaml"
    file.write_text(
        "title: x\ntournament: {id: 5, name: Grün ⛳}\nrounds: [{holes: 1}]\n", encoding="utf-8"
    )
    words = [sys.executable, "-m", "mockdde", "serve", str(file), "--port", "0"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=environment(PYTHONIOENCODING="ascii")
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert b"Gr\\xfcn \\u26f3" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


async def test_it_serves_without_uvloop_too() -> None:
    """On asyncio's own loop, where uvloop is not installed."""
    program = "import sys; sys.modules['uvloop'] = None; from mockdde.cli import main; main()"
    words = [sys.executable, "-c", program, "serve", "world/sample-hole", "--port", "0", "--json"]
    process = await asyncio.create_subprocess_exec(
        *words, stdout=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    ws = json.loads(await process.stdout.readline())["ws"]
    async with websockets.connect(f"{ws}/golf/tournaments/99999/round/5/team/12") as client:
        await client.send('{"authToken": "t"}')
        assert json.loads(await client.recv()) == ACCEPTED
        assert json.loads(await client.recv())["seqNum"] == 1
        process.terminate()
        with suppress(websockets.ConnectionClosed):
            while True:
                await client.recv()
        assert client.close_code == 1001
    assert await process.wait() == 0


def has_ipv6() -> bool:
    """Whether this machine has an IPv6 loopback."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104
        pytest.param("::1", "[::1]", marks=pytest.mark.skipif(not has_ipv6(), reason="no IPv6")),
    ],
)
def test_the_addresses_that_are_printed_can_be_connected_to(host: str, shown: str) -> None:
    """Also of "all addresses", and of an address with colons in it."""
    with serve("tgl/hammer", "--host", host) as server:
        assert server.rest.startswith(f"http://{shown}:")
        with urlopen(f"{server.control}/health", timeout=PATIENCE) as answer:  # noqa: S310
            assert json.load(answer)["status"] == "ok"


def test_the_quirks_of_one_scenario_rule_liveevents_too(tmp_path: Path) -> None:
    """Of several they rule each its own streams, and the command line's rule all."""
    file = tmp_path / "empty.yaml"
    file.write_text(
        "title: x\nquirks: {nothing-live: '204'}\nplay: {at: 20d}\nrounds: [{holes: 1}]\n",
        encoding="utf-8",
    )
    for more, status in (((), 204), (("--quirk", "nothing-live=array"), 200)):
        with serve(str(file), *more) as server:
            request = Request(server.rest + LIVE, headers={"Authorization": "Bearer t"})  # noqa: S310
            with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
                assert answer.status == status


def test_a_bug_that_ends_play_is_said_with_exit_code_1() -> None:
    """One sentence, and no server that is silent for ever."""
    program = (
        "from mockdde import engine; from mockdde.cli import main\n"
        "engine.Engine.next_deadline = lambda self, **_: 1 / 0\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", "tgl/hammer", "--port", "0"],
        capture_output=True,
        env=environment(),
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(b"mockdde: this is a bug in mockdde: ZeroDivisionError(")
    assert done.stderr.count(b"\n") == 1
