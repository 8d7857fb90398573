from __future__ import annotations

import asyncio
import base64
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from mockdde import recorder as recorders
from mockdde.kit.transcript import Record, Transcript
from mockdde.recorder import Recorder
from running import (
    BINARY,
    CLOSE,
    GOOD,
    ONE_HOLE,
    PATIENCE,
    PONG,
    TEAM,
    TEXT,
    Client,
    House,
    frames,
    house,
    payloads,
    staged,
    upgrade,
)

ONE = TEAM.format(1)
TURNS = 200  # of the loop, until what must happen is said not to have happened


class Desk:
    """A house and the recorder of it."""

    def __init__(self, home: House, recorder: Recorder) -> None:
        self.home, self.recorder = home, recorder

    def all(self, what: str) -> list[dict[str, Any]]:
        return [each.of for each in self.recorder.transcript.of(what)]

    async def wait_for(self, what: str, count: int = 1) -> list[dict[str, Any]]:
        """So many records of a kind, as soon as they are there."""
        for _ in range(TURNS):
            if len(found := self.all(what)) >= count:
                return found
            await self.home.get("/_mockdde/health", "")
        raise AssertionError(f"no {what}: {self.recorder.transcript.records}")

    def bytes_of(self, connection: int) -> bytes:
        sent = [each for each in self.all("sent") if each["connection"] == connection]
        return b"".join(base64.b64decode(each["data"]) for each in sent)


@asynccontextmanager
async def recorded(text: str = ONE_HOLE, **how: Any) -> AsyncIterator[Desk]:
    async with house(staged(text), **how) as home:
        recorder = Recorder(home.clock.now)
        recorder.follow(home.server, [ONE])
        yield Desk(home, recorder)


def with_fault(wire: str) -> str:
    return f"{ONE_HOLE}wire: [{wire}]\n"


# ── requests ──────────────────────────────────────────────────────────────────────────────────


async def test_a_request_and_its_answer():
    async with recorded() as desk:
        status, body = await desk.home.get("/golf/tournaments/liveevents", **{"X-One": "two"})
        (request,), (answer,) = desk.all("request"), desk.all("answer")
    assert status == 200
    assert (request["request"], request["method"]) == (1, "GET")
    assert (request["path"], request["query"]) == ("/golf/tournaments/liveevents", "")
    assert request["headers"]["x-one"] == "two"
    assert request["headers"]["authorization"] == f"Bearer {GOOD}"
    assert (answer["request"], answer["status"], answer["size"]) == (1, 200, len(body))
    assert answer["headers"]["content-type"].startswith("application/json")


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("/golf/nothing", GOOD, 404),
        ("/golf/tournaments/7?a=1&a=2", GOOD, 400),
        ("/golf/rest/v1/tournaments/7", "", 401),
        (ONE, "", 426),
    ],
)
async def test_what_is_refused_is_recorded_too(path, token, status):
    async with recorded() as desk:
        answered, body = await desk.home.get(path, token)
        (request,), (answer,) = desk.all("request"), desk.all("answer")
    assert answered == answer["status"] == status
    assert answer["size"] == len(body)
    assert request["path"] == path.partition("?")[0]
    assert request["query"] == path.partition("?")[2]


async def test_a_client_that_gets_its_token():
    async with recorded() as desk:
        form = {"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"}
        async with desk.home.session.post(f"{desk.home.rest}/oauth/token", data=form) as answer:
            status = answer.status
        (request,), (noted,) = desk.all("request"), desk.all("answer")
    assert (request["method"], request["path"]) == ("POST", "/oauth/token")
    assert noted["status"] == status


async def test_what_people_ask_is_not_recorded():
    async with recorded() as desk:
        assert (await desk.home.get("/_mockdde/health", ""))[0] == 200
        assert not desk.all("request")


@pytest.mark.parametrize("fault", ["http_reset: {}", "http_empty: {}", "http_truncate: {}"])
async def test_an_answer_that_is_not_whole_has_no_status(fault):
    text = with_fault(f"{{on: entrylist, at: {{request: 1}}, times: 0, {fault}}}")
    async with recorded(text) as desk:
        with pytest.raises(aiohttp.ClientError):
            await desk.home.get("/golf/tournaments/7/entrylist")
        struck, answer = desk.all("fault")[0], desk.all("answer")[0]
    assert answer == {"request": 1}
    assert struck["fault"] == fault.partition(":")[0]
    assert (struck["rule"], struck["connection"]) == (1, None)


async def test_the_answer_of_a_fault():
    text = with_fault("{on: entrylist, at: {request: 1}, http_status: {status: 503}}")
    async with recorded(text) as desk:
        assert (await desk.home.get("/golf/tournaments/7/entrylist"))[0] == 503
        assert [each["status"] for each in desk.all("answer")] == [503]


async def test_times_are_told_from_the_start():
    async with recorded() as desk:
        desk.home.clock.at += 5
        desk.recorder.start()
        desk.home.clock.at += 2.5
        await desk.home.get("/golf/tournaments/7")
        assert {each.at for each in desk.recorder.transcript.records} == {2.5}


# ── streams ───────────────────────────────────────────────────────────────────────────────────


async def test_a_connection_from_its_handshake_to_its_end():
    async with recorded() as desk:
        client = await desk.home.open(f"/media{ONE}")
        await client.enter()
        await desk.home.wait(3600)
        got = await client.so_far()
        client.send(CLOSE, (1000).to_bytes(2) + b"bye")
        assert (await client.read())[0] == CLOSE
        (ended,) = await desk.wait_for("ended")
        (opened,) = desk.all("opened")
        request, answer = desk.all("request")[0], desk.all("answer")[0]
        heard = [(each["kind"], each["data"], each.get("code")) for each in desk.all("heard")]
        sent = desk.bytes_of(opened["connection"])
    assert request["path"] == f"/media{ONE}"
    assert request["headers"]["upgrade"] == "websocket"
    assert answer["status"] == 101
    assert opened == {"connection": 1, "request": 1, "path": ONE}
    assert heard == [
        ("text", '{"authToken": "t"}', None),
        ("ping", "so far", None),
        ("close", "bye", 1000),
    ]
    assert (ended["by"], ended["code"]) == ("client", 1000)
    assert not ended.keys() & {"cut", "since"}
    pong, close = b"\x8a\x06so far", b"\x88\x02\x03\xe8"
    assert sent.endswith(close)
    texts = frames(sent.removesuffix(close).replace(pong, b""))
    assert texts[1:] == got
    assert payloads(ONE, ONE_HOLE) == [each for each in got if b"seqNum" in each]


async def test_packets_of_targets_are_told_whoever_is_there():
    text = "title: Two\ntournament: {id: 7}\nfield: [{teams: 2}]\nrounds: [{no: 1, holes: 1}]\n"
    async with recorded(text) as desk:
        client = await desk.home.open(TEAM.format(2))
        await client.enter()
        await desk.home.wait(36000)
        told = desk.all("told")
    packets = [json.loads(each) for each in payloads(ONE, text)]
    assert {each["path"] for each in told} == {ONE}
    assert [each["seq"] for each in told] == [each["seqNum"] for each in packets]
    assert [each["kind"] for each in told] == [each["eventElementType"] for each in packets]


async def test_binary_and_pong_are_heard():
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        await client.enter()
        client.send(BINARY, b"\x00\xff")
        client.send(PONG, b"here")
        heard = await desk.wait_for("heard", 3)
    assert [(each["kind"], each["data"]) for each in heard[1:]] == [
        ("binary", base64.b64encode(b"\x00\xff").decode()),
        ("pong", "here"),
    ]


@pytest.mark.parametrize(
    ("first", "payload", "code"), [(0x80 | 0xB, b"", 1002), (0x80 | TEXT, b"\xff\xfe", 1007)]
)
async def test_a_frame_that_breaks_the_protocol(first, payload, code):
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        client.writer.write(bytes((first, 0x80 | len(payload))) + bytes(4) + payload)
        assert (await client.closed())[0] == code
        (ended,) = await desk.wait_for("ended")
        (heard,) = (each for each in desk.all("heard") if each["kind"] == "broken")
        sent = desk.bytes_of(1)
    assert heard["code"] == code
    assert heard["data"]
    assert (ended["by"], ended["code"]) == ("server", code)
    assert sent == b"\x88\x02" + code.to_bytes(2)


async def test_a_close_frame_without_a_code():
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        client.send(CLOSE, b"")
        (ended,) = await desk.wait_for("ended")
        (heard,) = desk.all("heard")
    assert heard == {"connection": 1, "kind": "close", "data": ""}
    assert (ended["by"], ended["code"]) == ("client", None)


@pytest.mark.parametrize("word", ["left", "reset"])
async def test_a_client_that_leaves_without_a_word(word):
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        await client.enter()
        if word == "reset":
            own = client.writer.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.writer.close()
        (ended,) = await desk.wait_for("ended")
    assert (ended["by"], ended["code"]) == ("client", None)
    assert word in ended["how"]
    assert "cut" not in ended


async def test_nothing_is_sent_to_a_client_that_has_not_waited_for_a_slow_answer_to_its_close():
    text = with_fault("{on: round/1/team/1, at: {connection: 1}, slow_close: {ms: 25000}}")
    async with recorded(text) as desk:
        client = await desk.home.open(ONE)
        client.send(CLOSE, (1000).to_bytes(2))
        await desk.wait_for("heard")
        await client.leave()
        (ended,) = await desk.wait_for("ended")
        while desk.home.server._tasks:  # noqa: ASYNC110  (the server has no events)
            await asyncio.sleep(0)
        *_, last = (each for each in desk.recorder.transcript.records if "connection" in each.of)
    assert last.what == "ended"
    assert ended["by"] == "client"
    assert b"\x88" not in desk.bytes_of(1)


async def test_a_server_that_stops_closes_what_is_open():
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        await client.enter()
        desk.home.server.close_all(1012, "again")
        await _to_its_end(client)
        (ended,) = await desk.wait_for("ended")
    assert (ended["by"], ended["code"]) == ("server", 1012)


# ── faults ────────────────────────────────────────────────────────────────────────────────────


async def fault_on_stream(fault: str) -> tuple[Desk, dict[str, Any]]:
    text = with_fault(f"{{on: round/1/team/1, at: {{seq: 4}}, {fault}}}")
    async with recorded(text) as desk:
        client = await desk.home.open(ONE)
        await client.enter()
        await desk.home.wait(3600)
        await _to_its_end(client)
        (ended,) = await desk.wait_for("ended")
    return desk, ended


async def _to_its_end(client: Client) -> None:
    try:
        while True:
            opcode, payload = await client.read()
            if opcode == CLOSE:
                client.send(CLOSE, payload[:2])
    except (EOFError, ConnectionError):
        await client.leave()


async def test_a_close_by_a_fault():
    desk, ended = await fault_on_stream("close: {code: 4321, reason: oops}")
    (fault,) = desk.all("fault")
    assert fault == {"fault": "close", "rule": 1, "connection": 1, "path": ONE}
    assert (ended["by"], ended["code"]) == ("server", 4321)
    assert desk.bytes_of(1).endswith(b"\x88\x06\x10\xe1oops")
    kinds = [each.of["kind"] for each in desk.recorder.transcript.of("heard")]
    assert kinds == ["text", "close"], "its answer to the close frame is heard"


@pytest.mark.parametrize("cut", ["fin", "reset"])
async def test_a_cut_by_a_fault(cut):
    desk, ended = await fault_on_stream(f"{cut}: {{}}")
    (fault,) = desk.recorder.transcript.of("fault")
    assert (ended["by"], ended["code"], ended["cut"]) == ("server", None, cut)
    assert ended["since"] == fault.at


async def test_what_strikes_in_the_handshake_is_told_after_it():
    text = with_fault("{on: round/1/team/1, at: {connection: 1}, silence: {}}")
    async with recorded(text) as desk:
        await desk.home.open(ONE)
        await desk.wait_for("fault")
        kinds = [each.what for each in desk.recorder.transcript.records if each.what != "told"]
    assert kinds[:4] == ["request", "answer", "opened", "fault"]


async def test_a_refused_handshake_opens_nothing():
    text = with_fault("{on: round/1/team/1, at: {connection: 1}, handshake_status: {status: 503}}")
    async with recorded(text) as desk:
        client = await desk.home.open(ONE)
        assert client.status == 503
        (fault,), (answer,) = desk.all("fault"), desk.all("answer")
        assert answer["status"] == 503
        assert (fault["fault"], fault["connection"]) == ("handshake_status", None)
        assert not desk.all("opened")


async def test_a_handshake_that_is_reset_has_no_answer():
    text = with_fault("{on: round/1/team/1, at: {connection: 1}, handshake_hang: {ms: 1000}}")
    async with recorded(text) as desk:
        reader, writer = await asyncio.open_connection("127.0.0.1", desk.home.port)
        writer.write(upgrade(ONE))
        await desk.wait_for("fault")
        desk.home.clock.at += 2
        assert await desk.wait_for("answer") == [{"request": 1}]
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b""
        writer.close()
        await writer.wait_closed()


# ── bounds ────────────────────────────────────────────────────────────────────────────────────


async def test_it_does_not_write_without_end(monkeypatch):
    monkeypatch.setattr(recorders, "MOST", 5)
    stirred: list[int] = []
    async with house(staged(ONE_HOLE)) as home:
        recorder = Recorder(home.clock.now, lambda: stirred.append(1))
        recorder.follow(home.server, [])
        for _ in range(5):
            await home.get("/golf/tournaments/7")
        assert len(recorder.transcript.records) == 5
        assert len(stirred) == 6, "who waits hears that it is full"
        assert "5 records" in recorder.full


async def test_nor_of_bytes(monkeypatch):
    monkeypatch.setattr(recorders, "MOST_BYTES", 1 << 20)
    async with recorded() as desk:
        client = await desk.home.open(ONE)
        for _ in range(30):
            client.send(TEXT, b"x" * 60_000)
        for _ in range(TURNS):
            if desk.recorder.full:
                break
            await desk.home.get("/_mockdde/health", "")
        assert "1 MiB" in desk.recorder.full


async def test_who_does_not_record_pays_nothing():
    async with house(staged(ONE_HOLE)) as home:
        client = await home.open(ONE)
        await client.enter()
        (connection,) = home.server.connections.values()
        assert (connection.line, connection.tap.is_deaf) == (None, None)
        assert await client.so_far()


def test_a_transcript_is_read_as_it_was_written():
    one = Transcript()
    one.note(1.5, "heard", connection=1, kind="text", data="é")
    again = Transcript.from_ndjson(one.as_ndjson().splitlines())
    assert again.records == [Record(1.5, "heard", {"connection": 1, "kind": "text", "data": "é"})]
