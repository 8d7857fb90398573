"""WebSockets: the handshake, the token, faults, closing, and those who read nothing."""

from __future__ import annotations

import asyncio
import json

import pytest
import websockets

import mockdde.connection
from running import (
    ACCEPTED,
    BINARY,
    CLOSE,
    FAULTY,
    ONE_HOLE,
    PATIENCE,
    PING,
    PONG,
    PREFIXES,
    SOON,
    TEAM,
    TEXT,
    TWO_TEES,
    Client,
    House,
    house,
    packets_of,
    payloads,
    staged,
    upgrade,
)


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_stream_is_served_under_every_prefix(prefix: str) -> None:
    """The acceptance comes first, then all packets that are due, then each in its time."""
    packets = packets_of(staged(TWO_TEES))[SOON]
    async with house(staged(TWO_TEES)) as home:
        home.clock.at += packets[5][0] + 0.001
        client = await home.open(prefix + SOON)
        assert await client.enter() == ACCEPTED
        assert await client.so_far() == [payload for _, payload in packets[:6]]
        await home.wait(packets[6][0] - packets[5][0] + 0.001)
        assert packets[6][1] in await client.so_far()


REFUSED_FORM = "Authentication message had incorrect format"
REFUSED_TOKEN = "The supplied authentication is invalid"  # noqa: S105


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("", REFUSED_FORM),
        ("hello", REFUSED_FORM),
        ("t", REFUSED_FORM),
        ("[1]", REFUSED_FORM),
        ("null", REFUSED_FORM),
        ("[" * 5000, REFUSED_FORM),
        ('{"token": "t"}', REFUSED_FORM),
        ('{"authToken": 1}', REFUSED_FORM),
        ('{"authToken": null}', REFUSED_FORM),
        (b'{"authToken": "t"}', REFUSED_FORM),
        (b"\xff\xfe", REFUSED_FORM),
        ('{"authToken": ""}', REFUSED_TOKEN),
        ('{"authToken": " "}', REFUSED_TOKEN),
    ],
)
async def test_a_first_message_that_is_refused(message: str | bytes, text: str) -> None:
    """An ERROR message that says why, then a close frame; nothing of the round."""
    async with (
        house(staged(TWO_TEES)) as home,
        websockets.connect(f"ws://127.0.0.1:{home.port}{SOON}") as client,
    ):
        await client.send(message)
        assert json.loads(await client.recv()) == {"message": text, "level": "ERROR"}
        with pytest.raises(websockets.ConnectionClosed):
            await client.recv()
        assert client.close_code == 1008
        assert home.journal("refused") == [(SOON, text)]


async def test_no_message_in_time() -> None:
    """After the deadline, and no sooner, the socket is closed with 1000."""
    async with house(staged(TWO_TEES, **{"token-deadline": "1"})) as home:
        client = await home.open(SOON)
        await home.wait(0.999)
        assert await client.so_far() == []
        await home.wait(0.001)
        assert await client.closed() == (1000, "no token within 1 s")
        assert home.journal("refused")


async def test_a_token_in_time_ends_the_deadline() -> None:
    """Nobody who sent it is closed."""
    async with house(staged(TWO_TEES, **{"token-deadline": "1"})) as home:
        client = await home.open(SOON)
        await client.enter()
        await home.wait(5)
        assert await client.so_far()
        assert not home.journal("refused")


async def test_what_follows_the_token_is_ignored_and_noted() -> None:
    """Be it another token, a bad one, text or bytes: the stream goes on."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        await client.so_far()
        said = ('{"authToken": "t"}', '{"authToken": ""}', "hello", "words " * 200)
        for text in said:
            client.send(TEXT, text.encode())
        client.send(BINARY, b"\xff")
        assert await client.so_far() == []
        path = SOON
        # Nobody's token is in a journal.
        shown = ('{"authToken": "t…"}', '{"authToken": "…"}', *said[2:])
        assert home.journal("ignored") == [
            *((path, text[:200]) for text in shown),
            (path, repr(b"\xff")),
        ]
        await home.wait(10)
        assert await client.so_far()


async def test_a_message_that_is_too_long_ends_only_its_own_connection() -> None:
    """1009, as RFC 6455 has it."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        other = await home.open(SOON)
        await other.enter()
        client.send(TEXT, b"x" * 40_000)
        assert (await client.read())[0] == TEXT  # refused
        assert (await client.read())[0] == CLOSE
        async with websockets.connect(f"ws://127.0.0.1:{home.port}{SOON}") as big:
            await big.send("x" * 100_000)
            with pytest.raises(websockets.ConnectionClosed):
                await big.recv()
            assert big.close_code == 1009
        assert await other.so_far()


async def test_a_client_that_closes_is_answered_and_forgotten() -> None:
    """Its close frame comes back, and it counts no more."""
    async with house(staged(TWO_TEES)) as home:
        async with websockets.connect(f"ws://127.0.0.1:{home.port}{SOON}") as client:
            await client.send('{"authToken": "t"}')
            await client.recv()
            await client.close(4000)
            assert client.state.name == "CLOSED"
        gone = await home.open(SOON)
        await gone.enter()
        await gone.leave()
        async with asyncio.timeout(PATIENCE):
            while home.engine.subscribers:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)
        details = [detail for _, detail in home.journal("closed")]
        assert details[0] == "the client closed with 4000"
        assert len(details) == 2


async def test_the_close_fault_strikes_after_its_packet() -> None:
    """The packet, then the code and reason; whoever connects again gets everything."""
    packets = payloads(TEAM.format(1), FAULTY)
    async with house(staged(FAULTY)) as home:
        url = f"ws://127.0.0.1:{home.port}{TEAM.format(1)}"
        home.clock.at += 3600
        assert len(home.engine.never_fired()) == 1
        async with websockets.connect(url) as client:
            await client.send('{"authToken": "t"}')
            assert json.loads(await client.recv()) == ACCEPTED
            assert [await client.recv(decode=False) for _ in range(4)] == packets[:4]
            with pytest.raises(websockets.ConnectionClosedError):
                await client.recv()
            assert (client.close_code, client.close_reason) == (4321, "oops")
        assert home.engine.never_fired() == []
        ((path, detail),) = home.journal("fault")
        assert path == TEAM.format(1)
        assert detail.startswith("close, asked for at test.yaml:")
        again = await home.open(TEAM.format(1))
        await again.enter()
        assert await again.so_far() == packets


async def test_the_close_fault_strikes_who_is_there_when_its_packet_is_sent() -> None:
    """Live as well: the close frame is right behind the packet."""
    packets = packets_of(staged(FAULTY))[TEAM.format(1)]
    async with house(staged(FAULTY)) as home:
        client = await home.open(TEAM.format(1))
        await client.enter()
        await home.wait(packets[3][0] + 0.0001)
        texts = []
        while (frame := await client.read())[0] == TEXT:
            texts.append(frame[1])
        assert [text for text in texts if b"Heartbeat" not in text] == [p for _, p in packets[:4]]
        assert frame == (CLOSE, (4321).to_bytes(2) + b"oops")


async def test_a_close_loses_nothing_of_a_client_that_is_still_talking() -> None:
    """The connection is not reset while its client has not answered the close frame."""
    packets = payloads(TEAM.format(1), ONE_HOLE)
    async with house(staged(ONE_HOLE, **{"after-official": "close"})) as home:
        await home.wait(3600)
        client = await home.open(TEAM.format(1))
        await client.enter()
        for _ in range(100):
            client.send(TEXT, b"are you there?")
        texts = []
        while (frame := await client.read())[0] == TEXT:
            texts.append(frame[1])
        assert texts == packets
        assert frame == (CLOSE, (1000).to_bytes(2) + b"the round is official")
        client.send(TEXT, b"still here")
        client.send(CLOSE, (1000).to_bytes(2))
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""


async def test_what_a_client_does_wrong_after_our_close_frame_is_not_why_we_closed() -> None:
    """The journal tells of the first reason."""
    async with house(staged(ONE_HOLE)) as home:
        client = await home.open(TEAM.format(1))
        assert (await client.enter(""))["level"] == "ERROR"
        assert (await client.read())[0] == CLOSE
        client.writer.write(b"\x81\x01x")  # it masks nothing
        await client.writer.drain()
        await client.leave()
        async with asyncio.timeout(PATIENCE):
            while home.engine.subscribers:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)
        ((_, detail),) = home.journal("closed")
        assert detail == "the server closed with 1008"


async def test_a_close_that_is_not_answered_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a while the server hangs up."""
    monkeypatch.setattr(mockdde.connection, "CLOSE_WAIT", 0.05)
    async with house(staged(ONE_HOLE)) as home:
        client = await home.open(TEAM.format(1))
        assert (await client.enter(""))["level"] == "ERROR"
        assert (await client.read())[0] == CLOSE
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""


async def lazy_client(home: House) -> Client:
    """A client that reads nothing after its acceptance: what the kernel does not take, waits."""
    lazy = await home.open(TEAM.format(1))
    await lazy.enter()
    lazy.writer.transport.pause_reading()  # type: ignore[attr-defined]
    return lazy


async def fill(home: House, path: str) -> list[bytes]:
    """Put far more on a tape at once than a kernel takes for a client that does not read."""
    tape = next(each.source for each in home.engine.subscribers.values() if each.path == path)
    filling = [b'"%06d%s"' % (number, b"x" * 32_000) for number in range(800)]
    for payload in filling:
        tape.append(payload, None)
    home.engine.ready |= home.engine.subscribers
    await home.wait(0)
    return filling


async def test_a_client_that_never_reads_cannot_keep_the_server_from_stopping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gets its time to answer, and no more."""
    monkeypatch.setattr(mockdde.connection, "CLOSE_WAIT", 0.05)
    async with house(staged(ONE_HOLE)) as home:
        await lazy_client(home)
        await fill(home, TEAM.format(1))
        assert home.server._lagging
        async with asyncio.timeout(PATIENCE):
            await home.server.stop()


async def test_who_never_reads_delays_nobody_and_is_closed_at_last() -> None:
    """Its stream waits in the tape, not in memory; a minute of nothing and it is cut off."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        await lazy_client(home)
        busy = await home.open(path)
        await busy.enter()
        started = await busy.so_far()
        filling = await fill(home, path)
        assert started
        assert [(await busy.read())[1] for _ in filling] == filling
        lagging = next(iter(home.server._lagging.values()))
        most = mockdde.connection.UNSENT + mockdde.tape.PIECE  # and what is in one piece of a tape
        assert lagging.transport.get_write_buffer_size() < most + 1000
        async with asyncio.timeout(PATIENCE):
            while not home.journal("stalled"):
                home.clock.at += 61
                await asyncio.sleep(0.03)
            while len(home.engine.subscribers) > 1:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)
        assert home.journal("stalled") == [(path, "read nothing for 60 s")]
        await busy.so_far()  # and still served


@pytest.mark.parametrize("how", ["a close frame", "the answer to ours", "a FIN"])
async def test_who_says_goodbye_and_never_reads_is_let_go_all_the_same(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """What it is owed is kept for it as long as for others, not for ever."""
    monkeypatch.setattr(mockdde.connection, "STALLED", 0.05)
    async with house(staged(ONE_HOLE)) as home:
        lazy = await lazy_client(home)
        await fill(home, TEAM.format(1))
        ((_, connection),) = home.server.connections.items()
        if how == "the answer to ours":
            connection.close(1001, "the server stops")
        if how == "a FIN":
            lazy.writer.write_eof()
        else:
            lazy.send(CLOSE, (1001).to_bytes(2))
        async with asyncio.timeout(PATIENCE):
            await connection.tap.lost.wait()
        assert home.engine.subscribers == {}
        assert connection.timers == []


async def test_a_server_that_stops_waits_for_nobody_who_said_goodbye() -> None:
    """Who never reads would keep it for as long as it is let."""
    async with house(staged(ONE_HOLE)) as home:
        lazy = await lazy_client(home)
        await fill(home, TEAM.format(1))
        ((_, connection),) = home.server.connections.items()
        lazy.send(CLOSE, (1001).to_bytes(2))
        async with asyncio.timeout(PATIENCE):
            while home.engine.subscribers:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)
        assert not connection.tap.is_lost
        await home.server.stop()
        async with asyncio.timeout(PATIENCE):
            await connection.tap.lost.wait()


async def test_pings_of_who_never_reads_do_not_pile_up() -> None:
    """The last of them is answered, once there is room."""
    async with house(staged(ONE_HOLE)) as home:
        lazy = await lazy_client(home)
        filling = await fill(home, TEAM.format(1))
        ((_, connection),) = home.server.connections.items()
        unsent = connection.transport.get_write_buffer_size()
        for number in range(5000):
            lazy.send(PING, b"%d" % number)
        await lazy.writer.drain()
        async with asyncio.timeout(PATIENCE):
            while connection.pinged != b"4999":  # noqa: ASYNC110  (it has no events)
                await asyncio.sleep(0)
        assert connection.transport.get_write_buffer_size() <= unsent
        lazy.writer.transport.resume_reading()  # type: ignore[attr-defined]
        texts, pongs = [], []
        while texts[-1:] != filling[-1:]:
            opcode, payload = await lazy.read()
            (pongs if opcode == PONG else texts).append(payload)
        assert texts[-len(filling) :] == filling
        assert pongs == [b"4999"]


async def test_who_reads_slowly_but_reads_is_not_cut_off() -> None:
    """A minute counts from the last byte that was taken."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        slow = await home.open(path)
        await slow.enter()
        await slow.so_far()
        filling = await fill(home, path)
        got = []
        while len(got) < len(filling):
            home.clock.at += 40  # longer than a minute in two steps, never in one
            got += [(await slow.read())[1] for _ in range(min(40, len(filling) - len(got)))]
            got = [each for each in got if b"Heartbeat" not in each]
            await home.wait(0)
        assert got == filling
        assert home.journal("stalled") == []


async def test_connections_that_are_gone_leave_nothing_in_the_server() -> None:
    """However they went: with a close, without a word, before their token, refused."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        for number in range(40):
            client = await home.open(path)
            if number % 4:
                await client.enter("" if number % 4 == 3 else "t")
            if number % 4 == 1:
                client.send(CLOSE, (1000).to_bytes(2))
            await client.leave()
        async with asyncio.timeout(PATIENCE):
            while home.engine.subscribers or home.server.connections:  # noqa: ASYNC110
                await asyncio.sleep(0)
        assert home.server._lagging == {}
        assert len(home.journal("closed")) == 40


async def test_who_goes_while_it_lags_is_forgotten() -> None:
    """A client that reads nothing and then is gone waits in no list."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        lazy = await lazy_client(home)
        await fill(home, path)
        assert home.server._lagging
        lazy.writer.transport.abort()
        async with asyncio.timeout(PATIENCE):
            while home.server._lagging:  # noqa: ASYNC110  (the server has no events)
                await asyncio.sleep(0)
        assert home.engine.subscribers == {}


async def test_no_compression_is_negotiated() -> None:
    """Frames on a tape are the same bytes for everybody."""
    async with house(staged(ONE_HOLE)) as home:
        url = f"ws://127.0.0.1:{home.port}{TEAM.format(1)}"
        async with websockets.connect(url, compression="deflate") as client:
            assert client.response is not None
            assert "Sec-WebSocket-Extensions" not in client.response.headers


async def test_who_comes_while_the_server_stops_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """503 on a connection that was there already; a new one finds nobody."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        stubborn = await home.open(path)  # never answers its close frame
        await stubborn.enter()
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        stop = asyncio.create_task(home.server.stop())
        async with asyncio.timeout(PATIENCE):
            while not home.server._closed.is_set():  # noqa: ASYNC110
                await asyncio.sleep(0)
        writer.write(upgrade(path))
        assert (await reader.readline()).startswith(b"HTTP/1.1 503 ")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", home.port)
        await stop
        writer.close()


async def test_a_bug_of_ours_on_a_socket_is_a_close_with_1011(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not an HTTP answer among its frames; the journal says where."""
    async with house(staged(ONE_HOLE)) as home:
        client = await home.open(TEAM.format(1))
        monkeypatch.setattr(home.engine, "hear", lambda *_: 1 / 0)
        client.send(TEXT, b"hello")
        assert await client.read() == (CLOSE, (1011).to_bytes(2) + b"a bug in mockdde")
        ((path, detail),) = home.journal("failed")
        assert path == TEAM.format(1)
        assert "ZeroDivisionError" in detail


async def test_a_stream_that_is_not_there_is_named_in_every_prefix() -> None:
    """As below /golf, whatever it was asked under."""
    async with house(staged(ONE_HOLE)) as home:
        for prefix in PREFIXES:
            client = await home.open(f"{prefix}/golf/tournaments/9/round/1/team/1")
            await client.enter()
            (warning,) = await client.so_far()
            text = "Could not find fixture topic tournaments/9/round/1/team/1"
            assert json.loads(warning) == {"message": text, "level": "WARN"}
