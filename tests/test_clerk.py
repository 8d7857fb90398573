"""Requests that were answered before are answered without aiohttp, and nobody can tell."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from contextlib import suppress

import pytest
from aiohttp.web_protocol import RequestHandler

from mockdde.frames import PING, TEXT
from mockdde.tap import Tap
from running import ACCEPTED, GOOD, ONE_HOLE, PATIENCE, Client, frames, house, staged, upgrade

PATH = "/golf/tournaments/7/entrylist"
LISTED = "a-token-that-is-listed"
STREAM = "/golf/tournaments/7/round/1/team/1"


def asking(path: str = PATH, token: str = GOOD, more: str = "") -> bytes:
    """A request as many clients send it."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
        f"Authorization: Bearer {token}\r\n{more}\r\n"
    ).encode()


class Caller:
    """One connection, and what is answered on it byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, home) -> Caller:
        """One that leaves with the house."""
        caller = cls(*await asyncio.open_connection("127.0.0.1", home.port))
        home.clients.append(caller)
        return caller

    async def leave(self) -> None:
        """Go away."""
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()

    async def answer(self) -> tuple[bytes, bytes]:
        """Head and body of the next answer."""
        async with asyncio.timeout(PATIENCE):
            head = await self.reader.readuntil(b"\r\n\r\n")
            size = re.search(rb"(?i)content-length: ([0-9]+)", head)
            return head, await self.reader.readexactly(int(size[1]) if size else 0)

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        self.writer.write(request)
        return await self.answer()


@pytest.fixture
def given_to_aiohttp(monkeypatch):
    """What of all that clients send reaches aiohttp."""
    seen: list[bytes] = []
    own = RequestHandler.data_received

    def received(self, data):
        seen.append(data)
        own(self, data)

    monkeypatch.setattr(RequestHandler, "data_received", received)
    return seen


async def test_the_second_answer_is_the_first_one_again(given_to_aiohttp):
    async with house(staged(ONE_HOLE)) as home:
        caller = await Caller.to(home)
        first = await caller.ask(asking())
        assert first[0].startswith(b"HTTP/1.1 200 OK\r\n")
        date = re.compile(rb"\r\nDate: [^\r]+")
        for _ in range(3):
            head, body = await caller.ask(asking())
            assert (date.sub(b"", head), body) == (date.sub(b"", first[0]), first[1])
        other = await Caller.to(home)
        assert (await other.ask(asking()))[1] == first[1]
        assert given_to_aiohttp == [asking()]
        (noted,) = [each for each in home.engine.journal if each.event == "request"]
        assert (noted.path, noted.detail, noted.times) == (PATH, "200", 5)


async def test_an_answer_is_made_anew_when_play_has_gone_on(given_to_aiohttp):
    async with house(staged(ONE_HOLE), speed=10.0) as home:
        client = await home.open(STREAM)
        await client.enter()
        caller, live = await Caller.to(home), asking("/golf/tournaments/liveevents")
        bodies = [(await caller.ask(live))[1]]
        assert (await caller.ask(live))[1] == bodies[0]
        before = len(given_to_aiohttp)
        home.clock.at += 300.0
        bodies.append((await caller.ask(live))[1])
        assert bodies[0] != bodies[1], "five minutes later nobody plays any more"
        assert len(given_to_aiohttp) == before
        assert len(await client.so_far()) > 20, "what was due was sent with it"


@pytest.mark.parametrize(
    "more", ["Content-Length: 0\r\n", "Upgrade: h2c\r\n", "Connection: close\r\n"]
)
async def test_requests_that_are_more_than_a_question_go_to_aiohttp(given_to_aiohttp, more):
    async with house(staged(ONE_HOLE)) as home:
        for _ in range(2):
            caller = await Caller.to(home)
            assert (await caller.ask(asking(more=more)))[0].startswith(b"HTTP/1.1 200")
        assert given_to_aiohttp == [asking(more=more)] * 2


async def test_whoever_does_not_wait_for_an_answer_has_all_in_order(given_to_aiohttp):
    async with house(staged(ONE_HOLE)) as home:
        known = await Caller.to(home)
        expected = [(await known.ask(asking(path)))[1] for path in (PATH, PATH + "?x=1", PATH)]
        caller = await Caller.to(home)
        caller.writer.write(asking(PATH + "?x=1") + asking())
        caller.writer.write(asking(PATH + "?x=1"))
        got = [(await caller.answer())[1] for _ in range(3)]
        assert got == [expected[1], expected[0], expected[1]]
        halves = asking()[:30], asking()[30:]
        slow = await Caller.to(home)
        slow.writer.write(halves[0])
        await asyncio.sleep(0)
        assert (await slow.ask(halves[1]))[1] == expected[0]


async def test_a_fault_and_a_recorder_see_every_request(given_to_aiohttp):
    fault = ONE_HOLE + "wire: [{on: entrylist, at: {request: 2}, http_status: {status: 503}}]\n"
    async with house(staged(fault)) as home:
        caller = await Caller.to(home)
        heads = [(await caller.ask(asking()))[0].split(b"\r\n")[0] for _ in range(3)]
        assert [head.split()[1] for head in heads] == [b"200", b"503", b"200"]
        assert given_to_aiohttp == [asking()] * 3


async def test_what_a_fault_has_said_once_is_not_said_again():
    async with house(staged(ONE_HOLE)) as home:
        fault = {"on": "entrylist", "http_status": {"status": 200, "retry_after": 7}}
        async with home.session.post(f"{home.rest}/_mockdde/faults", json=fault) as answer:
            assert answer.status == 201
        caller = await Caller.to(home)
        assert b"\r\nRetry-After: 7\r\n" in (await caller.ask(asking()))[0]
        async with home.session.delete(f"{home.rest}/_mockdde/faults") as answer:
            assert answer.status == 200
        assert b"Retry-After" not in (await caller.ask(asking()))[0]


async def test_a_bug_of_ours_is_a_sentence_the_second_time_too(monkeypatch):
    async with house(staged(ONE_HOLE)) as home:
        caller = await Caller.to(home)
        await caller.ask(asking())
        monkeypatch.setattr(home.engine.answers, "document", lambda *_: 1 / 0)
        head, body = await caller.ask(asking())
        assert head.startswith(b"HTTP/1.1 500 ")
        assert "ZeroDivisionError" in json.loads(body)["error"]
        assert [detail for _, detail in home.journal("failed")]


async def test_a_tournament_that_has_come_is_caught_up_with_in_slices(monkeypatch):
    """Not at once, by the answer, while everybody waits."""
    late = ONE_HOLE.replace("id: 7", "id: 8").replace("teams: 1", "teams: 40")
    added = staged(late + "play: {at: 1h}\n")
    async with house(staged(ONE_HOLE)) as home:
        caller, live = await Caller.to(home), asking("/golf/tournaments/liveevents")
        for _ in range(2):
            await caller.ask(live)
        (handler,) = home.server._runner.server.connections
        waiting: list[bool] = []
        own = home.engine.answers._reach

        def reach(wire, about):
            shows = (each for each in home.engine.shows if each.tournament.id in about)
            waiting.append(any(each.behind for each in shows))
            return own(wire, about)

        monkeypatch.setattr(home.engine.answers, "_reach", reach)
        home.engine.conductor.add(added, home.clock.now())
        Tap.on(handler.transport).data_received(live)  # before the server has done anything
        assert (await caller.answer())[1] == (await home.get("/golf/tournaments/liveevents"))[1]
        assert waiting == [False, False]


MANY = "title: Many\ntournament: {id: 7}\nfield: [{teams: 120}]\nrounds: [{no: 1, holes: 1}]\n"


async def test_whoever_asks_and_does_not_read_is_not_answered_without_end():
    own = socket.socket()
    own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    own.setblocking(False)
    async with house(staged(MANY)) as home:
        await asyncio.get_running_loop().sock_connect(own, ("127.0.0.1", home.port))
        caller = Caller(*await asyncio.open_connection(sock=own))
        home.clients.append(caller)
        _, body = await caller.ask(asking())
        (handler,) = home.server._runner.server.connections
        theirs = handler.transport.get_extra_info("socket")
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
        caller.writer.transport.pause_reading()
        asked = 2_000_000 // len(body)
        for _ in range(asked):  # each in a segment of its own, which no test can ask of TCP
            Tap.on(handler.transport).data_received(asking())
            await asyncio.sleep(0)
        assert handler.transport.get_write_buffer_size() < 4 * len(body) < 200_000
        caller.writer.transport.resume_reading()
        assert {(await caller.answer())[1] for _ in range(asked)} == {body}


async def test_a_request_that_is_wrong_stays_wrong():
    async with house(staged(ONE_HOLE), tokens=(LISTED,)) as home:
        caller = await Caller.to(home)
        for _ in range(2):
            assert b" 401 " in (await caller.ask(asking()))[0]
            assert b" 200 " in (await caller.ask(asking(token=LISTED)))[0]
            assert b" 404 " in (await caller.ask(asking("/golf/nothing")))[0]


async def test_a_token_before_the_handshake_is_answered_is_heard():
    async with house(staged(ONE_HOLE)) as home:
        caller = await Caller.to(home)
        token = b'{"authToken": "any"}'
        frames = bytes((0x80 | TEXT, 0x80 | len(token))) + bytes(4) + token
        frames += bytes((0x80 | PING, 0x80)) + bytes(4)
        caller.writer.write(upgrade(STREAM) + frames)
        assert b" 101 " in await asyncio.wait_for(caller.reader.readuntil(b"\r\n\r\n"), PATIENCE)
        async with asyncio.timeout(PATIENCE):
            first = await caller.reader.readuntil(b"}")
        assert b"Authorisation accepted" in first


TOKEN = b'{"authToken": "any"}'
SAID = bytes((0x80 | TEXT, 0x80 | len(TOKEN))) + bytes(4) + TOKEN


@pytest.fixture
def heard(monkeypatch):
    """Waits until the server has so many bytes of its clients."""
    got, own = bytearray(), Tap.data_received

    def data_received(self: Tap, data: bytes) -> None:
        got.extend(data)
        own(self, data)

    async def until(size: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(got) < size:  # noqa: ASYNC110  (it has no events)
                await asyncio.sleep(0)

    monkeypatch.setattr(Tap, "data_received", data_received)
    return until


@pytest.mark.parametrize(
    ("before", "at"), [(b"", 60), (b"", len(upgrade(STREAM)) - 2), (asking(), None)]
)
async def test_nor_is_it_lost_where_the_handshake_comes_in_pieces_or_behind_another(
    before, at, heard
):
    async with house(staged(ONE_HOLE)) as home:
        caller = await Caller.to(home)
        request = upgrade(STREAM)
        if at is not None:
            caller.writer.write(request[:at])
            await heard(at)
        caller.writer.write(before + request[at or 0 :] + SAID)
        if before:
            assert b" 200 " in (await caller.answer())[0]
        assert b" 101 " in (await caller.answer())[0]
        async with asyncio.timeout(PATIENCE):
            first = await caller.reader.readuntil(b"}")
        assert json.loads(frames(first)[0]) == ACCEPTED


async def test_nor_while_the_answer_to_the_handshake_is_awaited(heard):
    late = ONE_HOLE + (
        "wire: [{on: round/1/team/1, at: {connection: 1}, handshake_delay: {ms: 5000}}]\n"
    )
    async with house(staged(late)) as home:
        caller = await Caller.to(home)
        caller.writer.write(upgrade(STREAM))
        await heard(len(upgrade(STREAM)))
        async with asyncio.timeout(PATIENCE):
            while not home.journal("fault"):  # noqa: ASYNC110  (it has no events)
                await asyncio.sleep(0)
        caller.writer.write(SAID)
        await heard(len(upgrade(STREAM) + SAID))
        home.clock.at += 5.0
        home.server.wake()
        assert b" 101 " in (await caller.answer())[0]
        client = Client(caller.reader, caller.writer)
        assert json.loads((await client.read())[1]) == ACCEPTED


async def test_what_follows_a_handshake_that_is_declined_is_answered():
    async with house(staged(ONE_HOLE)) as home:
        caller = await Caller.to(home)
        caller.writer.write(upgrade("/golf/nothing") + asking())
        assert b" 404 " in (await caller.answer())[0]
        assert b" 200 " in (await caller.answer())[0]


async def test_what_aiohttp_is_told_is_lost_is_closed_by_nobody():
    closed: list[str] = []

    class Handler(asyncio.Protocol):
        """As aiohttp's: it closes the transport that it still has."""

        transport: asyncio.Transport | None = None

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = transport  # type: ignore[assignment]

        def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
            closed.append("told")
            if self.transport is not None:
                self.transport.close()

    class Wire(asyncio.Transport):
        """A transport that nobody may close."""

        def close(self) -> None:
            raise AssertionError

        def is_closing(self) -> bool:
            return False

    heard: list[bytes] = []

    class Ear(asyncio.Protocol):
        """Who has it then."""

        def data_received(self, data: bytes) -> None:
            heard.append(data)

    tap = Tap(Handler())
    tap.connection_made(Wire())
    tap.keep()
    tap.data_received(b"early")
    tap.hand_over(Ear())
    tap.hear()
    tap.data_received(b"late")
    assert (closed, heard) == (["told"], [b"early", b"late"])
