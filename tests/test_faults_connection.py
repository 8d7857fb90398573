"""Faults of connections: what a client sees, byte by byte, is what their docstrings say."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Coroutine
from itertools import pairwise
from typing import Any

import pytest
import uvloop

from faulty import BEGIN, HELLO, PATH, Listener, faulty, join, sent, struck
from mockdde.connection import Connection
from mockdde.frames import frame
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap
from mockdde.tape import Tape
from mockdde.wire import Close, Fin, Freeze, Reset
from running import (
    ACCEPTED,
    CLOSE,
    PATIENCE,
    PING,
    PONG,
    TEXT,
    Client,
    House,
    frames,
    upgrade,
)

ON = "on: round/1/team/1"
LOOPS = {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}
REFUSED = "The supplied authentication is invalid"


@pytest.fixture(params=LOOPS)
def run(request: pytest.FixtureRequest) -> Callable[[Coroutine[Any, Any, None]], None]:
    """Runs a test on asyncio's own loop, and on uvloop's."""

    def runs(test: Coroutine[Any, Any, None]) -> None:
        with asyncio.Runner(loop_factory=LOOPS[request.param]) as runner:
            runner.run(test)

    return runs


async def until(happened: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110  (nothing tells of it)
            await asyncio.sleep(0.005)


def texts(listener: Listener) -> list[bytes]:
    """All text frames that it got."""
    return frames(b"".join(data for _, data in listener.got))


def packets(listener: Listener) -> list[bytes]:
    """Those that are packets."""
    return [each for each in texts(listener) if b"seqNum" in each]


async def raw(home: House, message: str = HELLO) -> socket.socket:
    """A bare socket that has shaken hands and sent its token, and read nothing since."""
    loop = asyncio.get_running_loop()
    bare = socket.create_connection(("127.0.0.1", home.port))
    bare.setblocking(False)
    await loop.sock_sendall(bare, upgrade(PATH))
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += await loop.sock_recv(bare, 1)
    data = message.encode()
    await loop.sock_sendall(bare, bytes((0x81, 0x80 | len(data))) + bytes(4) + data)
    return bare


async def rest_of(bare: socket.socket) -> tuple[bytes, type[Exception] | None]:
    """All bytes until the end, and the error that it ended with; None is an end of file."""
    got = b""
    async with asyncio.timeout(PATIENCE):
        try:
            while data := await asyncio.get_running_loop().sock_recv(bare, 4096):
                got += data
        except ConnectionError as error:
            return got, type(error)
        finally:
            bare.close()
    return got, None


async def is_reset(client: Client) -> None:
    """Read to a reset; an end of file is none."""
    with pytest.raises(ConnectionResetError):
        await asyncio.wait_for(client.reader.read(-1), PATIENCE)


# ── close ─────────────────────────────────────────────────────────────────────────────────────


def test_close_comes_after_its_packet() -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, close: {{code: 4321, reason: oops}}")
    listener.until(60.0)
    assert packets(listener) == sent()[:4]
    assert listener.ending == Close(4321, "oops")


async def test_close_is_a_close_frame() -> None:
    async with faulty(f"{ON}, at: {{seq: 2}}, close: {{code: 4321, reason: oops}}") as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(60.0)
        read = [(await client.read())[1] for _ in range(2)]
        assert read == sent()[:2]
        assert await client.closed() == (4321, "oops")
        assert len(home.journal("fault")) == 1
        await until(lambda: bool(home.journal("closed")))
        assert home.journal("closed") == [(PATH, "the server closed with 4321")]


# ── reset and fin ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("fault", "ending"), [("reset", Reset()), ("fin", Fin())])
def test_an_ending_comes_after_its_packet(fault: str, ending: object) -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, {fault}: {{}}")
    listener.until(60.0)
    assert packets(listener) == sent()[:4]
    assert listener.ending == ending


@pytest.mark.parametrize("fault", ["reset", "fin"])
@pytest.mark.parametrize("never", ["at: {seq: 4}, probability: 0", "at: {seq: 9999}"])
def test_an_ending_that_does_not_strike_leaves_all_as_it_was(fault: str, never: str) -> None:
    listener = struck(f"{ON}, {never}, {fault}: {{}}")
    listener.until(60.0)
    assert packets(listener) == sent()
    assert listener.ending is None


def test_a_reset_is_a_reset(run: Callable[[Coroutine[Any, Any, None]], None]) -> None:
    async def reset() -> None:
        async with faulty(f"{ON}, at: {{seq: 3}}, reset: {{}}") as home:
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            assert (await client.read())[1] == sent()[0]
            home.clock.at += 60.0
            home.server.wake()
            await is_reset(client)
            await until(lambda: not home.server.connections)
            assert home.journal("closed") == [(PATH, "the server reset it")]
            assert not home.journal("failed")

    run(reset())


def test_a_reset_is_one_where_much_is_unread(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def reset() -> None:
        async with faulty(f"{ON}, at: {{seq: 20}}, reset: {{}}") as home:
            bare = await raw(home)
            await until(lambda: bool(home.journal("accepted")))
            home.clock.at += 60.0
            home.server.wake()
            await until(lambda: bool(home.journal("closed")))
            _, error = await rest_of(bare)
            assert error is ConnectionResetError

    run(reset())


def test_a_fin_is_a_fin(run: Callable[[Coroutine[Any, Any, None]], None]) -> None:
    async def fin() -> None:
        async with faulty(f"{ON}, at: {{seq: 3}}, fin: {{}}") as home:
            bare = await raw(home)
            await until(lambda: bool(home.journal("accepted")))
            home.clock.at += 60.0
            home.server.wake()
            # What crosses the FIN on its way must not make a reset of it.
            ping = bytes((0x80 | PING, 0x80)) + bytes(4)
            await asyncio.get_running_loop().sock_sendall(bare, ping * 1000)
            got, error = await rest_of(bare)
            assert error is None
            got = got.replace(frame(PONG, b""), b"")  # some may be heard before it
            assert [each for each in frames(got) if b"seqNum" in each] == sent()[:3]
            await until(lambda: not home.server.connections)
            expected = [(PATH, "the server ended it without a close frame")]
            assert home.journal("closed") == expected
            assert not home.journal("failed")

    run(fin())


def test_a_fin_to_a_client_that_has_gone_already_harms_nobody() -> None:
    class Gone(asyncio.Transport):
        """Reset by its peer, which its protocol has not heard yet."""

        closed = False

        def get_protocol(self) -> Tap:
            return Tap(asyncio.Protocol())

        def is_closing(self) -> bool:
            return self.closed

        def can_write_eof(self) -> bool:
            return True

        def write_eof(self) -> None:
            raise OSError(107, "Transport endpoint is not connected")

        def close(self) -> None:
            self.closed = True

    transport = Gone()
    Connection(Subscriber(1, "/", Tape("/")), transport).end(Fin())
    assert transport.closed


async def test_after_a_fin_the_client_is_not_answered() -> None:
    async with faulty(f"{ON}, at: {{connection: 1}}, fin: {{}}") as home:
        client = await home.open(PATH)
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""
        client.send(CLOSE, (1000).to_bytes(2, "big"))
        await home.wait(0.0)
        await client.leave()
        await until(lambda: not home.server.connections)
        assert not home.journal("failed")


# ── half_open ─────────────────────────────────────────────────────────────────────────────────


def test_half_open_is_silent_and_then_says_all() -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, half_open: {{ms: 20000}}", speed=600.0)
    listener.until(19.9)
    assert packets(listener) == sent()[:4]
    before = len(texts(listener))
    listener.until(30.0)
    assert packets(listener) == sent()
    silent = [at for at, _ in listener.got]
    assert max(b - a for a, b in pairwise(silent)) >= 19.0
    assert len(texts(listener)) > before
    assert listener.ending is None


def test_half_open_for_ever_is_silent_for_ever() -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, half_open: {{}}")
    listener.until(3600.0)
    assert packets(listener) == sent()[:4]
    assert listener.ending is None


@pytest.mark.parametrize("ends", ["duration: 20s, ", "ttl: 20s, "])
def test_half_open_ends_with_its_rule(ends: str) -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, {ends}half_open: {{}}")
    listener.until(10.0)
    assert packets(listener) == sent()[:4]
    listener.until(60.0)
    assert packets(listener) == sent()


def test_half_open_ends_when_it_is_taken_back() -> None:
    listener = struck(f"{ON}, at: {{seq: 4}}, half_open: {{}}")
    listener.until(60.0)
    listener.engine.chaos.remove(1, BEGIN + 60.0)
    listener.until(61.0)
    assert packets(listener) == sent()


def test_a_freeze_of_no_time_ends_another() -> None:
    assert Freeze(0.0) != Freeze()


async def _frozen(home: House) -> Any:
    client = await home.open(PATH)
    await client.enter()
    assert (await client.read())[1] == sent()[0]
    client.send(PING, b"are you there")
    client.send(TEXT, b"hello")
    # A frame in two parts: what is heard later is heard whole.
    client.writer.write(bytes((0x80 | PING, 0x80 | 5)) + bytes(4) + b"tw")
    await home.wait(0.0)
    await home.wait(10.0)
    client.writer.write(b"ice")
    await home.wait(0.0)
    assert client.reader._buffer == b"", "nothing is sent"
    return client


def test_half_open_hears_nothing_until_it_is_over(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def half_open() -> None:
        fault = f"{ON}, at: {{seq: 1}}, half_open: {{ms: 20000}}"
        async with faulty(fault, speed=3600.0) as home:
            client = await _frozen(home)
            assert not home.journal("ignored")
            await home.wait(10.0)
            assert [(await client.read())[1] for _ in sent()[1:]] == sent()[1:]
            pongs = []
            while len(pongs) < 2:
                opcode, payload = await client.read()
                if opcode == PONG:
                    pongs.append(payload)
                else:
                    assert b"eartbeat" in payload
            assert pongs == [b"are you there", b"twice"]
            assert home.journal("ignored") == [(PATH, "hello")]

    run(half_open())


def test_half_open_answers_no_close_and_ends_with_its_client(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def half_open() -> None:
        async with faulty(f"{ON}, at: {{seq: 1}}, half_open: {{}}") as home:
            client = await _frozen(home)
            client.send(CLOSE, (1000).to_bytes(2, "big"))
            await home.wait(3600.0)
            await home.wait(0.0)
            assert client.reader._buffer == b""
            assert not client.reader.at_eof()
            await client.leave()
            await until(lambda: not home.server.connections)
            assert len(home.journal("closed")) == 1

    run(half_open())


async def test_half_open_does_not_keep_the_server_from_its_end() -> None:
    async with faulty(f"{ON}, at: {{connection: 1}}, half_open: {{}}") as home:
        client = await home.open(PATH)
        client.send(TEXT, HELLO.encode())
        await home.wait(100.0)  # its token was not heard, nor is it told that it was missed
        await home.server.stop()
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""


# ── slow_close ────────────────────────────────────────────────────────────────────────────────


def test_slow_close_leaves_a_close_frame_unanswered(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def slow() -> None:
        fault = f"{ON}, at: {{connection: 1}}, slow_close: {{ms: 25000}}"
        async with faulty(fault, speed=600.0) as home:
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            assert (await client.read())[1] == sent()[0]
            client.send(CLOSE, (1000).to_bytes(2, "big") + b"bye")
            await home.wait(0.0)
            await home.wait(24.0)
            # What is due is sent meanwhile.
            await home.wait(0.0)
            due = []
            while client.reader._buffer:
                opcode, payload = await client.read()
                assert opcode == TEXT
                due.append(payload)
            assert [each for each in due if b"seqNum" in each] == sent()[1:]
            home.clock.at += 1.0
            home.server.wake()
            opcode, payload = await client.read()
            assert (opcode, payload[:2]) == (CLOSE, (1000).to_bytes(2, "big"))
            assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""
            await until(lambda: not home.server.connections)

    run(slow())


async def test_slow_close_for_ever_ends_with_its_client() -> None:
    async with faulty(f"{ON}, at: {{connection: 1}}, slow_close: {{ms: 0}}") as home:
        client = await home.open(PATH)
        client.send(CLOSE, (1000).to_bytes(2, "big"))
        await home.wait(100_000.0)
        assert home.server.connections
        await client.leave()
        await until(lambda: not home.server.connections)


# ── tokens ────────────────────────────────────────────────────────────────────────────────────


def test_auth_reject_refuses_a_good_token_and_closes() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, auth_reject: {{message: no}}")
    listener.until(60.0)
    assert [json.loads(each) for each in texts(listener)] == [{"message": "no", "level": "ERROR"}]
    assert isinstance(listener.ending, Close)
    other = join(listener.engine, 61.0)  # it strikes once
    listener.engine.hear(other, HELLO, BEGIN + 61.0)
    data = b""
    while more := other.take():
        data += more
    assert [each for each in frames(data) if b"seqNum" in each] == sent()


def test_auth_reject_may_leave_the_client_where_it_is() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, auth_reject: {{then: stay}}")
    listener.say(HELLO, 1.0)
    listener.until(9.0)
    refusal = {"message": REFUSED, "level": "ERROR"}
    assert [json.loads(each) for each in texts(listener)] == [refusal, refusal]
    assert listener.ending is None
    listener.until(100.0)
    assert isinstance(listener.ending, Close)  # for want of a token


def test_auth_silent_gives_its_answer_late() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, auth_silent: {{ms: 30000}}")
    listener.until(29.9)
    assert listener.got == []
    listener.until(60.0)
    got = texts(listener)
    assert json.loads(got[0]) == ACCEPTED
    assert packets(listener) == sent()
    assert listener.got[0][0] == 30.0
    assert got[1:] == [each for each in got if b"Authorisation" not in each]


def test_auth_silent_never_answers() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, auth_silent: {{}}")
    listener.until(3600.0)
    assert listener.got == []
    assert listener.ending is None


def test_auth_silent_ends_with_its_rule() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, duration: 10s, auth_silent: {{}}")
    listener.until(9.9)
    assert listener.got == []
    listener.until(60.0)
    assert json.loads(texts(listener)[0]) == ACCEPTED
    assert packets(listener) == sent()


def test_auth_silent_refuses_a_bad_token_as_ever() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, auth_silent: {{}}", token=False)
    listener.say('{"authToken": ""}', 1.0)
    listener.until(2.0)
    assert json.loads(texts(listener)[0])["level"] == "ERROR"
    assert isinstance(listener.ending, Close)


async def test_auth_silent_answers_pings_and_closes() -> None:
    async with faulty(f"{ON}, at: {{connection: 1}}, auth_silent: {{}}") as home:
        client = await home.open(PATH)
        client.send(TEXT, HELLO.encode())
        await home.wait(60.0)
        assert await client.so_far() == []
        client.send(CLOSE, (1000).to_bytes(2, "big"))
        assert (await client.read())[0] == CLOSE


@pytest.mark.parametrize("said", [0.0, 4.0])
def test_token_expire_counts_from_the_token(said: float) -> None:
    fault = f"{ON}, at: {{connection: 1}}, token_expire: {{after_ms: 7000, code: 4401}}"
    listener = struck(fault, token=False)
    listener.say(HELLO, said)
    listener.until(said + 6.9)
    assert listener.ending is None
    listener.until(said + 7.0)
    assert listener.ending == Close(4401, "token expired")


def test_token_expire_counts_from_a_trigger_after_the_token() -> None:
    listener = struck(f"{ON}, at: {{signal: now}}, token_expire: {{after_ms: 7000}}")
    listener.until(10.0)
    listener.engine.chaos.signal("now", BEGIN + 10.0)
    listener.until(16.9)
    assert listener.ending is None
    listener.until(17.0)
    assert listener.ending == Close(1008, "token expired")


def test_token_expire_strikes_each_token() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, token_expire: {{after_ms: 7000}}")
    other = Listener(listener.engine, join(listener.engine, 1.0))
    other.say(HELLO, 2.0)
    listener.until(8.0)
    other.until(8.9)
    assert listener.ending is not None
    assert other.ending is None
    other.until(9.0)
    assert other.ending == Close(1008, "token expired")


# ── flap ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("how", "ending"), [("reset", Reset()), ("fin", Fin())])
def test_flap_ends_a_connection_after_a_while(how: str, ending: object) -> None:
    listener = struck(f"{ON}, at: {{seq: 1}}, flap: {{up_ms: 4000, how: {how}}}")
    listener.until(3.9)
    assert listener.ending is None
    listener.until(4.0)
    assert listener.ending == ending


def test_connections_flap_together() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, flap: {{up_ms: 4000, down_ms: 1000}}")
    other = Listener(listener.engine, join(listener.engine, 2.0))
    listener.until(4.0)
    other.until(4.0)
    assert listener.ending == other.ending == Reset()
    third = Listener(listener.engine, join(listener.engine, 10.0))
    third.until(13.9)
    assert third.ending is None
    third.until(14.0)
    assert third.ending == Reset()


def test_flap_ends_when_it_is_taken_back() -> None:
    listener = struck(f"{ON}, at: {{connection: 1}}, flap: {{up_ms: 4000, down_ms: 1000}}")
    listener.until(4.0)
    second = Listener(listener.engine, join(listener.engine, 6.0))
    listener.engine.chaos.remove(1, BEGIN + 7.0)
    second.say(HELLO, 8.0)
    second.until(60.0)
    assert packets(second) == sent()
    assert second.ending is None


async def test_flap_of_one_connection_is_down_for_all_that_follow() -> None:
    fault = f"{ON}, connection: 1, at: {{seq: 1}}, flap: {{up_ms: 4000, down_ms: 3000}}"
    async with faulty(fault) as home:
        client = await home.open(PATH)
        assert await client.enter() == ACCEPTED
        home.clock.at += 4.0
        home.server.wake()
        await is_reset(client)
        home.clock.at += 2.9
        with pytest.raises(ConnectionResetError):
            await home.open(PATH)
        home.clock.at += 0.1
        await home.open(PATH)


async def test_flap_ends_with_its_rule() -> None:
    fault = f"{ON}, at: {{connection: 1}}, ttl: 5s, flap: {{up_ms: 4000, down_ms: 9000}}"
    async with faulty(fault) as home:
        client = await home.open(PATH)
        home.clock.at += 4.0
        home.server.wake()
        await is_reset(client)
        home.clock.at += 0.9
        with pytest.raises(ConnectionResetError):
            await home.open(PATH)
        home.clock.at += 0.1
        client = await home.open(PATH)
        assert await client.enter() == ACCEPTED
        await home.wait(60.0)
        got = await client.so_far()
        assert [each for each in got if b"seqNum" in each] == sent()


def test_flap_comes_and_goes_so_often(
    run: Callable[[Coroutine[Any, Any, None]], None],
) -> None:
    async def flap() -> None:
        fault = f"{ON}, at: {{connection: 1}}, flap: {{up_ms: 4000, down_ms: 1000, cycles: 2}}"
        async with faulty(fault) as home:
            for _ in range(2):
                client = await home.open(PATH)
                assert await client.enter() == ACCEPTED
                home.clock.at += 4.0
                home.server.wake()
                await is_reset(client)
                for _ in range(2):
                    with pytest.raises(ConnectionResetError):
                        await home.open(PATH)
                home.clock.at += 1.0
            client = await home.open(PATH)
            assert await client.enter() == ACCEPTED
            await home.wait(60.0)
            got = await client.so_far()
            assert [each for each in got if b"seqNum" in each] == sent()
            assert len(home.journal("fault")) == 1

    run(flap())


def test_half_open_that_is_over_before_it_is_due_never_begins() -> None:
    late = f"{ON}, at: {{ms: 0, from: connect}}, latency: {{ms: 10000}}"
    gone = f"{ON}, at: {{ms: 1000, from: auth}}, duration: 5s, half_open: {{}}"
    listener = struck(late, gone)
    listener.until(120.0)
    assert packets(listener) == sent()


def test_a_freeze_among_slow_bytes_is_over_with_its_rule() -> None:
    slow = f"{ON}, at: {{ms: 0, from: connect}}, bandwidth: {{bytes_per_s: 100}}"
    gone = f"{ON}, at: {{ms: 1000, from: auth}}, duration: 5s, half_open: {{}}"
    listener = struck(gone, slow)
    data = listener.until(3600.0)
    assert sent()[-1] in data


def test_flap_that_is_over_for_one_goes_through_its_cycles_for_others() -> None:
    flap = "flap: {up_ms: 5000, down_ms: 100, cycles: 1}"
    listener = struck(f"{ON}, at: {{ms: 0, from: connect}}, times: 2, duration: 3s, {flap}")
    engine = listener.engine
    second = Listener(engine, join(engine, 2.5))
    listener.until(10.0)
    second.until(10.0)
    assert second.ending == Reset()
    third = Listener(engine, join(engine, 10.0))
    third.until(60.0)
    assert third.ending is None
