"""Faults of handshakes, and of the server as a whole: what a client sees when it connects."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import websockets

from faulty import PATH, faulty, sent, struck
from mockdde.errors import ScenarioError, UsageError
from mockdde.faults.handshake_malformed import WHATS
from running import ACCEPTED, CLOSE, PATIENCE, PING, PONG, TEXT, Client, House, upgrade
from test_faults_connection import ON, run, until

__all__ = ["run"]  # a fixture

FIRST = f"{ON}, at: {{connection: 1}}"
Run = Callable[[Coroutine[Any, Any, None]], None]


class Knock:
    """A handshake under way: its request is sent, nothing is read yet."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def at(cls, home: House, path: str = PATH) -> Knock:
        """Connect, and ask."""
        knock = cls(*await asyncio.open_connection("127.0.0.1", home.port))
        knock.writer.write(upgrade(path))
        await home.wait(0.0)
        return knock

    @property
    def got(self) -> bytes:
        """What is there so far."""
        return bytes(self.reader._buffer)

    async def all(self) -> bytes:
        """Everything until the end of the file."""
        data = await asyncio.wait_for(self.reader.read(), PATIENCE)
        self.writer.close()
        return data

    async def client(self) -> Client:
        """The WebSocket that it becomes."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE)
        assert head.startswith(b"HTTP/1.1 101 ")
        return Client(self.reader, self.writer)


def tick(home: House, seconds: float) -> None:
    """Let time pass without a request: nobody listens."""
    home.clock.at += seconds
    home.server.wake()


async def plays(home: House) -> None:
    """A new connection is served as if there were no fault."""
    client = await home.open(PATH)
    assert await client.enter() == ACCEPTED
    assert (await client.read())[1] == sent()[0]
    await client.leave()


# ── handshake_delay, handshake_hang ───────────────────────────────────────────────────────────


def test_handshake_delay_has_one_for_each_attempt(run: Run) -> None:
    async def delay() -> None:
        async with faulty(f"{FIRST}, handshake_delay: {{ms: [4000, 2000]}}") as home:
            for seconds in (4.0, 2.0):
                knock = await Knock.at(home)
                await home.wait(seconds - 0.1)
                await home.wait(0.0)
                assert knock.got == b""
                tick(home, 0.1)
                client = await knock.client()
                assert await client.enter() == ACCEPTED
                await client.leave()
            await plays(home)
            assert len(home.journal("fault")) == 2

    run(delay())


@pytest.mark.parametrize(
    ("says", "late"), [("ms: 3000, then: last", 4), ("ms: 3000", 1), ("ms: [3000, 3000]", 2)]
)
async def test_handshake_delay_says_what_comes_after_its_list(says: str, late: int) -> None:
    async with faulty(f"{FIRST}, handshake_delay: {{{says}}}") as home:
        for attempt in range(4):
            knock = await Knock.at(home)
            await home.wait(0.0)
            if attempt < late:
                assert knock.got == b""
                tick(home, 3.0)
            client = await knock.client()
            await client.leave()


async def test_handshake_delay_strikes_from_its_attempt_on() -> None:
    async with faulty(f"{ON}, at: {{connection: 2}}, handshake_delay: {{ms: 3000}}") as home:
        await plays(home)
        knock = await Knock.at(home)
        await home.wait(2.9)
        assert knock.got == b""
        tick(home, 0.1)
        await (await knock.client()).leave()


@pytest.mark.parametrize("fault", ["handshake_hang: {}", "handshake_delay: {}"])
def test_a_handshake_that_hangs_ends_with_its_client(run: Run, fault: str) -> None:
    async def hang() -> None:
        async with faulty(f"{FIRST}, {fault}") as home:
            tasks = len(asyncio.all_tasks())
            knock = await Knock.at(home)
            await home.wait(4.0)
            await home.wait(0.0)
            assert knock.got == b""
            assert not knock.reader.at_eof()
            assert not home.engine.subscribers
            knock.writer.close()
            runner = home.server._runner
            assert runner is not None
            assert runner.server is not None
            server = runner.server
            await until(lambda: len(server.connections) <= 1)  # our own of REST
            await until(lambda: len(asyncio.all_tasks()) <= tasks + 1)
            await plays(home)
            assert not home.journal("failed")

    run(hang())


async def test_handshake_hang_ends_with_the_server() -> None:
    async with faulty(f"{FIRST}, handshake_hang: {{}}") as home:
        knock = await Knock.at(home)
        await home.wait(100_000.0)
        assert knock.got == b""
        await home.server.stop()
        await knock.all()


async def test_handshake_hang_may_end() -> None:
    async with faulty(f"{FIRST}, handshake_hang: {{ms: 9000}}") as home:
        knock = await Knock.at(home)
        await home.wait(8.9)
        assert not knock.reader.at_eof()
        tick(home, 0.1)
        assert await knock.all() == b""
        await plays(home)


# ── handshake_status, handshake_malformed ─────────────────────────────────────────────────────


def test_handshake_status_is_answered(run: Run) -> None:
    async def status() -> None:
        says = 'status: 429, retry_after: 7, headers: ["X-Why: too fast"], body: slow down'
        async with faulty(f"{FIRST}, times: 2, handshake_status: {{{says}}}") as home:
            for _ in range(2):
                knock = await Knock.at(home)
                knock.writer.write_eof()
                head, _, body = (await knock.all()).partition(b"\r\n\r\n")
                assert head.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
                assert b"\r\nRetry-After: 7\r\n" in head
                assert b"\r\nX-Why: too fast\r\n" in head
                assert body == b"slow down"
            await plays(home)

    run(status())


async def test_handshake_status_may_point_elsewhere() -> None:
    says = 'status: 302, headers: ["Location: /elsewhere"]'
    async with faulty(f"{FIRST}, handshake_status: {{{says}}}") as home:
        client = await home.open(PATH)
        assert client.status == 302


async def test_a_header_takes_the_place_of_ours() -> None:
    says = 'status: 401, headers: ["content-type: text/html", "X-WHY: no"], body: <p>'
    async with faulty(f"{FIRST}, handshake_status: {{{says}}}") as home:
        knock = await Knock.at(home)
        knock.writer.write_eof()
        head = (await knock.all()).partition(b"\r\n\r\n")[0].lower().split(b"\r\n")
        assert b"content-type: text/html" in head
        assert b"x-why: no" in head
        assert b"www-authenticate: bearer" in head
        assert len([each for each in head if each.startswith(b"content-type:")]) == 1


@pytest.mark.parametrize("what", WHATS)
def test_a_malformed_handshake_is_none_to_a_client(run: Run, what: str) -> None:
    async def malformed() -> None:
        fault = f"{FIRST}, times: 0, handshake_malformed: {{what: {what}}}"
        async with faulty(fault) as home:
            url = f"ws://127.0.0.1:{home.port}{PATH}"
            with pytest.raises((websockets.InvalidHandshake, EOFError)):
                await websockets.connect(url)
            with pytest.raises(aiohttp.ClientError):
                await _open_by_aiohttp(home, url)
            knock = await Knock.at(home)
            data = await knock.all()
            assert data.startswith(b"HTTP/1.") is (what != "garbage")
            home.engine.chaos.remove(1, home.clock.now())
            await plays(home)
            assert not home.journal("failed")

    run(malformed())


async def _open_by_aiohttp(home: House, url: str) -> None:
    """aiohttp takes some for good; what follows is an end without a close frame then."""
    ws = await home.session.ws_connect(url)
    message = await ws.receive()
    await ws.close()
    assert message.type is aiohttp.WSMsgType.CLOSED
    if ws.close_code != aiohttp.WSCloseCode.OK:
        raise aiohttp.ClientError(f"it ended with {ws.close_code}")


# ── accept_and_close, cap_connections, duplicate_session ──────────────────────────────────────


def test_accept_and_close_closes_right_after_the_101(run: Run) -> None:
    async def accept() -> None:
        fault = f"{FIRST}, accept_and_close: {{code: 4000, reason: full}}"
        async with faulty(fault) as home:
            client = await home.open(PATH)
            client.send(TEXT, b'{"authToken": "t"}')
            assert await client.closed() == (4000, "full")
            await until(lambda: not home.server.connections)
            await plays(home)

    run(accept())


@pytest.mark.parametrize("over", ["refuse", "close"])
async def test_cap_connections_lets_in_so_many(over: str) -> None:
    async with faulty(f"{FIRST}, cap_connections: {{max: 2, over: {over}}}") as home:
        inside = [await home.open(PATH) for _ in range(2)]
        for _ in range(3):
            client = await home.open(PATH)
            if over == "refuse":
                assert client.status == 503
            else:
                assert await client.closed() == (1013, "too many connections")
                await until(lambda: len(home.server.connections) == 2)
        for client in inside:
            assert await client.enter() == ACCEPTED
        await inside[0].leave()
        await until(lambda: len(home.server.connections) == 1)
        await plays(home)


async def test_duplicate_session_may_close_the_old_one() -> None:
    async with faulty(f"{FIRST}, duplicate_session: {{}}") as home:
        old = await home.open(PATH)
        for _ in range(3):
            new = await home.open(PATH)
            assert await old.closed() == (1008, "another session took its place")
            old = new
            await until(lambda: len(home.server.connections) == 1)
        assert await old.enter() == ACCEPTED


async def test_duplicate_session_may_close_the_new_one() -> None:
    async with faulty(f"{FIRST}, duplicate_session: {{policy: kick_new}}") as home:
        old = await home.open(PATH)
        for _ in range(3):
            new = await home.open(PATH)
            assert await new.closed() == (1008, "another session is open")
        assert await old.enter() == ACCEPTED
        await old.leave()
        await until(lambda: not home.server.connections)
        await plays(home)


# ── refuse, server_restart ────────────────────────────────────────────────────────────────────


async def is_refused(home: House) -> bool:
    """Whether nobody listens."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", home.port)
    except ConnectionRefusedError:
        return True
    except ConnectionResetError:
        return False  # it was in the backlog as that was closed
    writer.close()
    return False


async def refused(home: House, *, want: bool = True) -> None:
    """Wait until nobody listens, or somebody does."""
    async with asyncio.timeout(PATIENCE):
        while await is_refused(home) is not want:  # noqa: ASYNC110  (nothing tells of it)
            await asyncio.sleep(0.005)


def test_refuse_has_nobody_listen_for_a_while(run: Run) -> None:
    async def refuse() -> None:
        async with faulty(f"{ON}, at: {{seq: 2}}, refuse: {{ms: 9000}}") as home:
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            assert not await is_refused(home)
            tick(home, 60.0)
            await refused(home)
            # What is open stays open, and play goes on.
            assert [(await client.read())[1] for _ in range(2)] == sent()[:2]
            client.send(PING, b"still")
            tick(home, 8.9)
            while (frame := await client.read())[0] == TEXT:
                pass
            assert frame == (PONG, b"still")
            assert await is_refused(home)
            tick(home, 0.1)
            await refused(home, want=False)
            await plays(home)

    run(refuse())


def test_server_restart_closes_all_and_comes_back(run: Run) -> None:
    async def restart() -> None:
        says = "drain_ms: 3000, gap_ms: 5000, reason: soon"
        async with faulty(f"{ON}, at: {{seq: 2}}, server_restart: {{{says}}}") as home:
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            idle = await asyncio.open_connection("127.0.0.1", home.port)
            tick(home, 60.0)
            await refused(home)
            tick(home, 2.9)
            client.send(PING, b"still")
            while (frame := await client.read())[0] == TEXT:
                pass
            assert frame == (PONG, b"still")
            tick(home, 0.1)
            while (frame := await client.read())[0] != CLOSE:
                pass
            assert frame == (CLOSE, (1012).to_bytes(2, "big") + b"soon")
            client.send(PING, b"nothing comes after a close frame")
            tick(home, 0.0)
            client.send(CLOSE, frame[1][:2])
            assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""
            assert await asyncio.wait_for(idle[0].read(), PATIENCE) == b""
            idle[1].close()
            tick(home, 4.9)
            assert await is_refused(home)
            tick(home, 0.1)
            await refused(home, want=False)
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            got = await client.so_far()  # play went on
            assert [each for each in got if b"seqNum" in each] == sent()

    run(restart())


@pytest.mark.parametrize("second", ["refuse", "server_restart"])
def test_an_outage_may_begin_as_another_ends(run: Run, second: str) -> None:
    gap = {"refuse": "ms", "server_restart": "gap_ms"}[second]
    faults = [
        f"{ON}, at: {{ms: 1000, from: connect}}, refuse: {{ms: 1000}}",
        f"{ON}, at: {{ms: 2000, from: connect}}, {second}: {{{gap}: 1000}}",
    ]

    async def outages() -> None:
        async with faulty(*faults) as home:
            await home.open(PATH)
            tick(home, 1.0)
            await refused(home)
            tick(home, 1.0)
            await until(lambda: len(home.journal("fault")) == 2)
            await refused(home)
            tick(home, 1.0)
            await refused(home, want=False)
            assert home.server.failure is None

    run(outages())


async def test_an_outage_may_wait_for_a_signal() -> None:
    async with faulty(f"{ON}, at: {{signal: down}}, refuse: {{}}") as home:
        await plays(home)
        assert home.engine.chaos.signal("down", home.clock.now()) == 1
        tick(home, 0.0)
        await refused(home)
        tick(home, 5.0)
        await refused(home, want=False)
        await plays(home)


async def test_a_restart_in_the_middle_of_a_round_sends_nothing_after_its_close() -> None:
    wait = "at: {ms: 1000, from: connect}"
    async with faulty(f"{ON}, {wait}, server_restart: {{}}", speed=600.0) as home:
        client = await home.open(PATH)
        assert await client.enter() == ACCEPTED
        tick(home, 1.0)
        while (await client.read())[0] == TEXT:
            pass
        await refused(home)
        tick(home, 60.0)  # all of the round is due
        await refused(home, want=False)
        await plays(home)
        assert client.reader._buffer == b""


async def test_outages_at_once_end_with_the_last() -> None:
    faults = [f"{ON}, at: {{seq: 1}}, {each}" for each in ("refuse: {}", "refuse: {ms: 9000}")]
    async with faulty(*faults) as home:
        client = await home.open(PATH)
        await client.enter()
        await refused(home)
        tick(home, 8.9)
        await client.so_far()
        assert await is_refused(home)
        tick(home, 0.1)
        await refused(home, want=False)
        await plays(home)


@pytest.mark.parametrize(
    "fault", ["refuse: {}", "server_restart: {}", "server_restart: {drain_ms: 9}"]
)
def test_a_server_can_stop_while_nobody_listens(run: Run, fault: str) -> None:
    async def stop() -> None:
        async with faulty(f"{ON}, at: {{seq: 1}}, {fault}") as home:
            client = await home.open(PATH)
            await client.enter()
            await refused(home)
            task = asyncio.create_task(home.server.stop())
            while (frame := await client.read())[0] != CLOSE:
                pass
            assert int.from_bytes(frame[1][:2]) == (1012 if fault == "server_restart: {}" else 1001)
            client.send(CLOSE, frame[1][:2])
            await asyncio.wait_for(task, PATIENCE)
            assert await is_refused(home)
            assert home.server.failure is None

    run(stop())


def test_a_server_that_has_lost_its_port_ends_with_a_sentence(run: Run) -> None:
    async def lose() -> None:
        async with faulty(f"{ON}, at: {{seq: 1}}, refuse: {{}}") as home:
            client = await home.open(PATH)
            await client.enter()
            await refused(home)
            with socket.create_server(("127.0.0.1", home.port)):
                tick(home, 5.0)
                await asyncio.wait_for(home.server.stopping.wait(), PATIENCE)
            assert isinstance(home.server.failure, UsageError)
            assert "another program took it" in str(home.server.failure)

    run(lose())


# ── parameters ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("refuse: {ms: 0}", "ms is 0; it can be 1 to"),
        ("handshake_delay: {ms: []}", "ms is an empty list"),
        ("handshake_delay: {ms: soon}", "ms is 'soon'; it must be of type int"),
        ("handshake_delay: {ms: [1, -1]}", "ms is -1; it can be 0 to"),
        ("handshake_delay: {then: never}", "then is 'never'; it can be none, last"),
        ("handshake_hang: {ms: -1}", "ms is -1"),
        ("handshake_status: {status: 101}", "status is 101; it can be 200 to 599"),
        ("handshake_status: {status: 204, body: x}", "status 204 has no body"),
        ("handshake_status: {retry_after: -1}", "retry_after is -1"),
        ("handshake_status: {headers: [nonsense]}", "'nonsense' is no header"),
        ('handshake_status: {headers: ["A: x\\r\\nB: y"]}', "is no header"),
        ("handshake_status: {headers: 'Content-Length: 7'}", "is the server's own"),
        ("handshake_malformed: {what: all}", "what is 'all'; it can be accept_key"),
        ("accept_and_close: {code: 1005}", "code 1005 is in no close frame"),
        ("auth_reject: {then: wait}", "then is 'wait'; it can be close, stay"),
        ("auth_silent: {ms: -1}", "ms is -1"),
        ("token_expire: {after_ms: -1}", "after_ms is -1"),
        ("token_expire: {code: 999}", "code 999 means nothing"),
        ("half_open: {ms: -1}", "ms is -1"),
        ("slow_close: {ms: 1.5}", "ms is 1.5; it must be of type int"),
        ("flap: {how: close}", "how is 'close'; it can be reset, fin"),
        ("flap: {up_ms: -1}", "up_ms is -1"),
        ("flap: {cycles: -1}", "cycles is -1"),
        ("server_restart: {gap_ms: -1}", "gap_ms is -1"),
        ("server_restart: {code: 7}", "code 7 means nothing"),
        ("cap_connections: {max: -1}", "max is -1"),
        ("cap_connections: {over: wait}", "over is 'wait'; it can be refuse, close"),
        ("duplicate_session: {policy: both}", "policy is 'both'; it can be kick_old, kick_new"),
        ("fin: {code: 1}", "code is no parameter of it"),
    ],
)
def test_a_parameter_that_cannot_be_is_said_to_be_wrong(fault: str, sentence: str) -> None:
    with pytest.raises(ScenarioError, match=re.escape(sentence)):
        struck(f"{FIRST}, {fault}")


@pytest.mark.parametrize("fault", ["auth_reject", "auth_silent"])
def test_a_trigger_after_the_token_is_none_of_a_token(fault: str) -> None:
    with pytest.raises(ScenarioError, match=f"{fault} strikes a stream; at can be"):
        struck(f"{ON}, at: {{seq: 1}}, {fault}: {{}}")
