"""The server's answers, each of those that the README lists, and the parts below it."""

from __future__ import annotations

import asyncio
import itertools
import json
import signal
import socket
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
import websockets

import mockdde.server
from mockdde.listening import listen
from mockdde.moments import iso_micros
from running import (
    ACCEPTED,
    BINARY,
    CLOSE,
    FAULTY,
    ONE_HOLE,
    PATIENCE,
    TEXT,
    TWO_TEES,
    House,
    house,
    packets_of,
    payloads,
    serve,
    staged,
)
from running import mockdde as run_mockdde

LIVE = "/golf/tournaments/liveevents"
TEAM = "/golf/tournaments/7/round/1/team/{}"
PREFIXES = ("", "/media", "/golf")
# Of the two tees: a stream whose round starts at once, and the first one that starts later.
_STARTS = {path: sent[0][0] for path, sent in packets_of(staged(TWO_TEES)).items()}
SOON = next(path for path, at in _STARTS.items() if at == 0)
LATE = next(path for path, at in _STARTS.items() if at > 0)


# ── REST ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_team_is_live_from_round_started_to_round_official() -> None:
    """It comes and goes in the very millisecond of these packets."""
    tournament = staged(TWO_TEES)
    turns = []
    for path, packets in packets_of(tournament).items():
        team = int(path.rpartition("/")[2])
        turns += [(packets[0][0], team, True), (packets[-1][0], team, False)]
    live: set[int] = set()
    async with house(tournament) as home:
        begin = home.clock.at
        for at, turn in itertools.groupby(sorted(turns), key=lambda each: each[0]):
            if at:
                home.clock.at = begin + at - 0.0005
                assert set(await home.live()) == live
            for _, team, comes in turn:
                live ^= {team}
                assert (team in live) is comes
            home.clock.at = begin + at + 0.0005
            assert set(await home.live()) == live
        assert await home.get(LIVE) == (200, b"[]")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_rest_needs_a_bearer_token(prefix: str) -> None:
    """Without one it is 401 and a body of two keys, on all that is REST."""
    async with house(staged(TWO_TEES)) as home:
        for path in (LIVE, SOON + "?rest=true"):
            for header in (None, "Basic dDp0", "Bearer", "Bearer  "):
                headers = {"Authorization": header} if header else {}
                status, body = await home.get(prefix + path, token="", **headers)
                answer = json.loads(body)
                assert (status, list(answer)) == (401, ["error", "status"])
                assert answer["status"] == 401
                assert "Authorization: Bearer" in answer["error"]
        assert (await home.get(prefix + LIVE))[0] == 200
        assert (await home.get(prefix + LIVE, token="", Authorization="bearer x"))[0] == 200


async def test_tokens_can_be_restricted() -> None:
    """With --token only these tokens are good, by REST and on a socket."""
    async with house(staged(TWO_TEES), tokens=("one", "two")) as home:
        for token, status in (("one", 200), ("two", 200), ("three", 401), ("On", 401)):
            assert (await home.get(LIVE, token))[0] == status
        client = await home.open(SOON)
        assert await client.enter("two") == ACCEPTED
        client = await home.open(SOON)
        assert (await client.enter("three"))["level"] == "ERROR"
        assert await client.closed() == (1008, "")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_round_by_rest_once_it_is_official(prefix: str) -> None:
    """404 until RoundOfficial, from there on an array of the very packets."""
    packets = packets_of(staged(TWO_TEES))[SOON]
    path = prefix + SOON + "?rest=true"
    async with house(staged(TWO_TEES)) as home:
        for ahead in (packets[-1][0], 0.001):
            status, body = await home.get(path)
            assert status == json.loads(body)["status"] == 404
            assert "official" in json.loads(body)["error"]
            home.clock.at += ahead - 0.0005
        status, body = await home.get(path)
        assert status == 200
        assert body == b"[" + b",".join(payload for _, payload in packets) + b"]"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/golf/tournaments/8/round/1/team/1", "no tournament 8 here; it can only be 7"),
        ("/golf/tournaments/71/round/1/team/1", "no tournament 71 here; did you mean 7?"),
        ("/golf/tournaments/7/round/2/team/1", "no round 2; it can only be 1"),
        (
            "/golf/tournaments/7/round/1/team/99",
            "no team 99 in round 1; it can be 1, 2, 3, 4, 5, 6",
        ),
    ],
)
async def test_what_is_not_there(path: str, sentence: str) -> None:
    """REST says so and names the nearest; a socket gets a warning and stays open."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(path + "?rest=true")
        assert status == json.loads(body)["status"] == 404
        assert sentence in json.loads(body)["error"]
        client = await home.open(path)
        assert await client.enter() == ACCEPTED
        topic = path.removeprefix("/golf/")
        (warning,) = await client.so_far()
        message = f"Could not find event topic {topic}"
        assert json.loads(warning) == {"message": message, "level": "WARN"}
        await home.wait(10)
        (beat,) = await client.so_far()
        assert json.loads(beat)["eventElementType"] == "Heartbeat"


async def test_a_round_that_has_not_started_has_no_socket() -> None:
    """204 to the handshake until RoundStarted."""
    packets = packets_of(staged(TWO_TEES))
    async with house(staged(TWO_TEES)) as home:
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with websockets.connect(f"ws://127.0.0.1:{home.port}{LATE}"):
                pass
        assert refused.value.response.status_code == 204
        home.clock.at += packets[LATE][0][0] + 0.001
        client = await home.open(LATE)
        assert client.status == 101
        assert await client.enter() == ACCEPTED
        assert await client.so_far() == [packets[LATE][0][1]]


async def test_play_that_starts_with_a_connection() -> None:
    """It is live at once, and stands still until the first client opens one of its streams."""
    tournament = staged(ONE_HOLE + "play: {starts: connection}\n")
    packets = packets_of(tournament)[TEAM.format(1)]
    async with house(tournament) as home:
        home.clock.at += 86_400
        assert await home.live() == [1]
        client = await home.open(TEAM.format(1))
        await client.enter()
        due = [payload for at, payload in packets if at <= 0]
        assert await client.so_far() == due
        await home.wait(packets[len(due)][0] + 0.001)
        got = [text for text in await client.so_far() if b"Heartbeat" not in text]
        assert got == [packets[len(due)][1]]
        assert home.journal("play")


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("GET", TEAM.format(1), 426, "open it as a WebSocket"),
        ("GET", TEAM.format(1) + "?rest=no", 426, "open it as a WebSocket"),
        ("GET", "/", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/liveevent", 404, "/_mockdde/health"),
        ("GET", "/media/media/tournaments/liveevents", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/one", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/1234567890", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/%ff%ed%a0%80%0a", 404, "/_mockdde/health"),
        ("POST", LIVE, 405, "only GET"),
        ("DELETE", TEAM.format(1), 405, "only GET"),
    ],
)
async def test_other_requests_get_a_sentence(
    method: str, path: str, status: int, sentence: str
) -> None:
    """Every error is {"error", "status"} and says what would be right."""
    async with house(staged(TWO_TEES)) as home:
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        assert int(head.split()[1]) == status
        answer = json.loads(body)
        assert list(answer) == ["error", "status"]
        assert answer["status"] == status
        assert sentence in answer["error"]
        assert str(status) in home.journal("request")[-1][1]


async def test_a_handshake_that_is_none() -> None:
    """An Upgrade header alone makes no WebSocket."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(SOON, Upgrade="websocket")
        assert status == json.loads(body)["status"] == 400
        assert "handshake" in json.loads(body)["error"]


# ── sockets ───────────────────────────────────────────────────────────────────────────────────


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
        said = ('{"authToken": "t"}', '{"authToken": ""}', "hello", "x" * 1000)
        for text in said:
            client.send(TEXT, text.encode())
        client.send(BINARY, b"\xff")
        assert await client.so_far() == []
        path = SOON
        assert home.journal("ignored") == [
            *((path, text[:200]) for text in said),
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


async def test_a_close_that_is_not_answered_ends_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a while the server hangs up."""
    monkeypatch.setattr(mockdde.server, "_CLOSE_WAIT", 0.05)
    async with house(staged(ONE_HOLE)) as home:
        client = await home.open(TEAM.format(1))
        assert (await client.enter(""))["level"] == "ERROR"
        assert (await client.read())[0] == CLOSE
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == b""


async def fill(home: House, path: str) -> list[bytes]:
    """Put far more on a tape at once than a kernel takes for a client that does not read."""
    tape = next(each.tape for each in home.engine.subscribers.values() if each.path == path)
    filling = [b'"%06d%s"' % (number, b"x" * 32_000) for number in range(800)]
    for payload in filling:
        tape.append(payload, None)
    home.engine.ready |= set(home.engine.subscribers.values())
    await home.wait(0)
    return filling


async def test_a_client_that_never_reads_cannot_keep_the_server_from_stopping(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gets its time to answer, and no more."""
    monkeypatch.setattr(mockdde.server, "_CLOSE_WAIT", 0.05)
    async with house(staged(ONE_HOLE)) as home:
        lazy = await home.open(TEAM.format(1))
        await lazy.enter()
        lazy.writer.transport.pause_reading()  # type: ignore[attr-defined]
        await fill(home, TEAM.format(1))
        assert home.server._lagging
        async with asyncio.timeout(PATIENCE):
            await home.server.stop()


async def test_who_never_reads_delays_nobody_and_is_closed_at_last() -> None:
    """Its stream waits in the tape, not in memory; a minute of nothing and it is cut off."""
    path = TEAM.format(1)
    async with house(staged(ONE_HOLE)) as home:
        lazy, busy = await home.open(path), await home.open(path)
        await lazy.enter()
        await busy.enter()
        started = await busy.so_far()
        # Read no more: what the kernel does not take stays with the server.
        lazy.writer.transport.pause_reading()  # type: ignore[attr-defined]
        filling = await fill(home, path)
        assert started
        assert [(await busy.read())[1] for _ in filling] == filling
        lagging = next(iter(home.server._lagging.values()))
        assert lagging.transport.get_write_buffer_size() < 2 * mockdde.server._UNSENT + 32_000 * 256
        async with asyncio.timeout(PATIENCE):
            while not home.journal("stalled"):
                home.clock.at += 61
                await asyncio.sleep(0.03)
            while len(home.engine.subscribers) > 1:  # noqa: ASYNC110  (the engine has no events)
                await asyncio.sleep(0)
        assert home.journal("stalled") == [(path, "read nothing for 60 s")]
        await busy.so_far()  # and still served


# ── control ───────────────────────────────────────────────────────────────────────────────────


async def test_health_says_what_is_served_and_how_it_stands() -> None:
    """Without a token: it is the machine's own."""
    async with house(staged(TWO_TEES), speed=60) as home:
        await home.open(SOON)
        home.clock.at += 10
        status, body = await home.get("/_mockdde/health", token="")
        health = json.loads(body)
        assert status == 200
        assert health["status"] == "ok"
        assert health["connections"] == 1
        assert LIVE in health["endpoints"]
        (standing,) = health["tournaments"]
        assert standing["tournament"] == 7
        assert standing["name"] == "Two Tees Open"
        assert standing["running"]
        assert not standing["over"]
        assert standing["now"] == iso_micros((staged(TWO_TEES).begins + 600_000) * 1000)
        home.clock.at += 3600
        status, body = await home.get("/_mockdde/health", token="", Host="[::1]:8080")
        assert json.loads(body)["tournaments"][0]["over"]


async def test_the_journal_tells_a_connection_s_life() -> None:
    """opened, accepted, ignored, closed: in order, by the number of the connection."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        client.send(TEXT, b"hello")
        client.send(CLOSE, (1001).to_bytes(2))
        assert b"\x88\x02" in await asyncio.wait_for(client.reader.read(), PATIENCE)
        status, body = await home.get("/_mockdde/journal", token="", Host="localhost")
        assert status == 200
        told = [(each["event"], each.get("detail")) for each in json.loads(body)]
        assert told == [
            ("opened", None),
            ("accepted", None),
            ("ignored", "hello"),
            ("closed", "the client closed with 1001"),
        ]
        assert {each["connection"] for each in json.loads(body)} == {1}


@pytest.mark.parametrize("path", ["/_mockdde/health", "/_mockdde/journal"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example:80"},
        {"Host": "evil.example:127.0.0.1"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "localhost", "Origin": "http://localhost"},
    ],
)
async def test_control_is_refused_to_other_hosts_and_web_pages(
    path: str, headers: dict[str, str]
) -> None:
    """403, whether it is by a rebound name or from a page."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(path, token="", **headers)
        assert status == json.loads(body)["status"] == 403
        assert "control" in json.loads(body)["error"]


# ── the process ───────────────────────────────────────────────────────────────────────────────


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


async def test_a_pump_that_dies_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than leaving every client waiting; ``failure`` says why."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        monkeypatch.setattr(home.engine, "next_deadline", lambda: 1 / 0)
        await home.wait(1)
        await asyncio.wait_for(home.server.stopping.wait(), PATIENCE)
        assert isinstance(home.server.failure, ZeroDivisionError)


async def test_two_tournaments_on_one_server_do_not_mix() -> None:
    """Each stream is its own tournament's."""
    one, two = staged(ONE_HOLE), staged(ONE_HOLE.replace("id: 7", "id: 8"))
    async with house(one, two) as home:
        await home.wait(3600)
        for each in (one, two):
            for path, packets in packets_of(each).items():
                client = await home.open(path)
                await client.enter()
                assert await client.so_far() == [payload for _, payload in packets]


async def test_a_bug_of_ours_is_said_and_the_next_request_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """500 with a sentence, and a line in the journal."""
    async with house(staged(TWO_TEES)) as home:
        with monkeypatch.context() as patch:
            patch.setattr(home.engine, "document", lambda *_: 1 / 0)
            status, body = await home.get(LIVE)
        assert status == json.loads(body)["status"] == 500
        assert "bug in mockdde" in json.loads(body)["error"]
        assert home.journal("failed")
        assert (await home.get(LIVE))[0] == 200
        async with aiohttp.ClientSession() as session, session.head(home.rest + LIVE) as answer:
            assert answer.status == 401
