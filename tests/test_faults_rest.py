"""Faults of requests, over real sockets: every byte of an answer, how it ends, and what is next."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from faulty import PATH, faulty, scenario, sent
from mockdde.broadcast import Broadcast
from mockdde.errors import ScenarioError
from mockdde.scenario import load_text
from mockdde.world import stage
from running import ONE_HOLE, PATIENCE, TWO_TEES, House, house, staged

ENTRIES = "/golf/tournaments/7/entrylist"
SCHEDULE = "/golf/tournaments/7/schedule"
SQUADS = "/golf/tournaments/7/squads"
LIVE = "/golf/tournaments/liveevents"
ON = "on: entrylist, at: {request: 1}"


@dataclass
class Answered:
    """What came back: the status line and headers, and the body as far as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> object:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Raw:
    """One connection of HTTP/1.1 that is kept alive, and hides nothing."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    home: House = field(repr=False)

    def ask(self, path: str = ENTRIES, method: str = "GET") -> None:
        """Send a request."""
        self.writer.write(
            f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer t\r\n\r\n".encode()
        )

    async def head(self) -> Answered:
        """The status line and the headers of an answer."""
        async with asyncio.timeout(PATIENCE):
            first, *lines = (await self.reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        return Answered(int(first.split()[1]), dict(line.split(": ", 1) for line in lines), b"")

    async def answer(self, method: str = "GET") -> Answered:
        """A whole answer, by its Content-Length; one to HEAD has no body."""
        answered = await self.head()
        if method == "GET" and answered.status not in (204, 304):
            async with asyncio.timeout(PATIENCE):
                size = int(answered.headers["Content-Length"])
                answered.body = await self.reader.readexactly(size)
        return answered

    async def get(self, path: str = ENTRIES, method: str = "GET") -> Answered:
        """Ask, and the whole answer."""
        self.ask(path, method)
        return await self.answer(method)

    async def rest(self) -> bytes:
        """All up to the end of the connection, which must be a FIN."""
        async with asyncio.timeout(PATIENCE):
            return await self.reader.read()

    async def so_far(self) -> bytes:
        """What has come, when the server has done all that it now has to do."""
        await self.home.wait(0.0)
        await asyncio.sleep(0)
        buffer: bytearray = self.reader._buffer  # type: ignore[attr-defined]
        found = bytes(buffer)
        buffer.clear()
        return found


@asynccontextmanager
async def asking(*faults: str, story: str = ONE_HOLE) -> AsyncIterator[tuple[House, Raw]]:
    """A server with these faults, and a connection to it."""
    async with faulty(*faults, story=story) as home:
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        raw = Raw(reader, writer, home)
        try:
            yield home, raw
        finally:
            writer.close()


async def struck(home: House, times: int = 1) -> None:
    """Wait until faults have struck so often; what they do has begun by then."""
    noted = asyncio.Event()
    listeners = home.engine.journal.listeners
    listeners.append(hears := lambda _: noted.set())
    async with asyncio.timeout(PATIENCE):
        while len(home.journal("fault")) < times:
            await noted.wait()
            noted.clear()
    listeners.remove(hears)


async def plain(story: str = ONE_HOLE, path: str = ENTRIES) -> bytes:
    """The body without a fault."""
    async with house(staged(story), speed=60.0) as home:
        return (await home.get(path))[1]


# ── a status ──────────────────────────────────────────────────────────────────────────────────


async def test_a_status_is_answered_once_and_the_connection_lives_on() -> None:
    async with asking(
        "on: entrylist, at: {request: 2}, http_status: {status: 503, retry_after: 7}"
    ) as (
        home,
        raw,
    ):
        before = await raw.get()
        assert before.status == 200
        refused = await raw.get()
        assert (refused.status, refused.headers["Retry-After"]) == (503, "7")
        assert refused.document == {"error": "a fault of mockdde answers so", "status": 503}
        assert refused.headers["Content-Type"] == "application/json"
        assert (await raw.get()).body == before.body
        assert home.journal("fault") == [
            (ENTRIES, "http_status, asked for at test.yaml:7:39"),
        ]
        assert [said for _, said in home.journal("request")] == ["200", "503", "200"]


async def test_a_status_has_the_body_that_is_given() -> None:
    async with asking(f"{ON}, http_status: {{status: 500, body: Oops}}") as (_, raw):
        answered = await raw.get()
        assert (answered.status, answered.body) == (500, b"Oops")
        assert "Retry-After" not in answered.headers


@pytest.mark.parametrize("status", [204, 304])
async def test_a_status_without_a_body_has_none(status: int) -> None:
    async with asking(f"{ON}, http_status: {{status: {status}}}") as (_, raw):
        answered = await raw.get()
        assert answered.status == status
        assert (await raw.get()).status == 200  # nothing is left between the two


async def test_a_status_401_says_how_to_authenticate() -> None:
    async with asking(f"{ON}, http_status: {{status: 401}}") as (_, raw):
        assert (await raw.get()).headers["WWW-Authenticate"] == "Bearer"


async def test_a_status_is_answered_to_head_without_a_body() -> None:
    async with asking(f"{ON}, http_status: {{status: 500, body: Oops}}") as (_, raw):
        answered = await raw.get(method="HEAD")
        assert (answered.status, answered.headers["Content-Length"]) == (500, "4")
        assert (await raw.get()).status == 200


@pytest.mark.parametrize("never", ["probability: 0", "client: nobody*", "ttl: 0s", "every: 9"])
async def test_it_does_not_strike_whom_it_does_not_mean(never: str) -> None:
    async with asking(f"{ON}, {never}, http_status: {{}}") as (home, raw):
        assert (await raw.get()).status == 200
        assert home.journal("fault") == []


async def test_another_document_is_unharmed() -> None:
    async with asking(f"{ON}, times: 0, http_status: {{}}") as (_, raw):
        assert (await raw.get(SCHEDULE)).status == 200
        assert (await raw.get()).status == 503
        assert (await raw.get()).status == 503


async def test_a_signal_is_a_trigger_too() -> None:
    async with asking("on: entrylist, at: {signal: now}, http_status: {}") as (home, raw):
        assert (await raw.get()).status == 200
        assert home.engine.chaos.signal("now", home.clock.now()) == 1
        assert (await raw.get()).status == 503
        assert (await raw.get()).status == 200


# ── time ──────────────────────────────────────────────────────────────────────────────────────


async def test_latency_holds_back_every_byte_for_so_long() -> None:
    async with asking(f"{ON}, http_latency: {{ms: 3000}}") as (home, raw):
        raw.ask()
        await struck(home)
        await home.wait(2.999)
        assert await raw.so_far() == b""
        await home.wait(0.001)
        assert (await raw.answer()).body == await plain()
        assert (await raw.get()).status == 200  # at once


async def test_latency_of_a_uniform_kind_is_drawn_again_for_each_request() -> None:
    fault = f"{ON}, times: 0, http_latency: {{ms: 2000, dist: uniform, jitter_ms: 1000}}"

    async def delays() -> list[float]:
        found = []
        async with asking(fault) as (home, raw):
            for time in range(1, 5):
                raw.ask()
                await struck(home, time)
                deadline = home.engine._deadlines.first
                found.append(round(deadline - home.clock.now(), 6))
                await home.wait(3.0)
                assert (await raw.answer()).status == 200
        return found

    first = await delays()
    assert all(1.0 <= each <= 3.0 for each in first)
    assert len(set(first)) > 1
    assert await delays() == first


async def test_who_goes_away_while_an_answer_is_late_harms_nobody() -> None:
    async with asking(f"{ON}, http_latency: {{ms: 3000}}") as (home, raw):
        raw.ask()
        await struck(home)
        raw.writer.close()
        await raw.writer.wait_closed()
        await home.wait(3.0)
        assert (await home.get(ENTRIES))[0] == 200
        assert home.journal("failed") == []


async def test_a_thousand_late_answers_on_one_connection_are_all_answered() -> None:
    async with asking(f"{ON}, times: 0, http_latency: {{ms: 1}}") as (home, raw):
        for time in range(1, 1200):
            raw.ask()
            await struck(home, time)
            home.clock.at += 0.001
            home.server.wake()
            assert (await raw.answer()).status == 200


async def test_a_body_dribbles_in_pieces_evenly_over_the_time() -> None:
    body = await plain(TWO_TEES)
    async with asking(f"{ON}, http_dribble: {{pieces: 4, ms: 3000}}", story=TWO_TEES) as (
        home,
        raw,
    ):
        raw.ask()
        head = await raw.head()
        assert int(head.headers["Content-Length"]) == len(body)
        pieces = [await raw.so_far()]
        for _ in range(3):
            await home.wait(0.999)
            assert await raw.so_far() == b""
            await home.wait(0.001)
            pieces.append(await raw.so_far())
        assert b"".join(pieces) == body
        assert {len(each) - len(body) // 4 for each in pieces} <= {0, 1}
        assert (await raw.get()).status == 200


async def test_what_dribbles_has_no_body_for_head() -> None:
    async with asking(f"{ON}, http_dribble: {{pieces: 4, ms: 3000}}") as (_, raw):
        answered = await raw.get(method="HEAD")
        assert int(answered.headers["Content-Length"]) == len(await plain())
        assert (await raw.get()).status == 200


async def test_degrading_grows_up_to_its_most_and_stays_there() -> None:
    fault = "on: '*', at: {request: 1}, degrade: {ramp_ms: 10000, max_ms: 4000}"
    async with asking(fault) as (home, raw):
        assert (await raw.get()).status == 200  # the first is not late
        for seconds, path, late in (
            (5.0, ENTRIES, 2.0),
            (3.0, SCHEDULE, 4.0),
            (60.0, ENTRIES, 4.0),
        ):
            home.clock.at += seconds
            raw.ask(path)
            await struck(home, len(home.journal("fault")) + 1)
            assert home.engine._deadlines.first - home.clock.now() == pytest.approx(late)
            home.clock.at += late
            home.server.wake()
            assert (await raw.answer()).status == 200


# ── ends ──────────────────────────────────────────────────────────────────────────────────────


async def read_all(port: int, path: str = ENTRIES, method: str = "GET") -> tuple[bytes, bool]:
    """What a client of the system's own sockets reads, and whether a reset was the end of it."""

    def read() -> tuple[bytes, bool]:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as client:
            client.sendall(
                f"{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
                f"Authorization: Bearer t\r\n\r\n".encode()
            )
            got = b""
            try:
                while data := client.recv(1 << 16):
                    got += data
            except ConnectionResetError:
                return got, True
            return got, False

    return await asyncio.to_thread(read)


async def test_a_reset_comes_before_any_byte() -> None:
    async with asking(f"{ON}, http_reset: {{}}") as (home, _):
        assert await read_all(home.port) == (b"", True)
        assert (await home.get(ENTRIES))[0] == 200
        assert home.journal("request")[0] == (ENTRIES, "no answer")


async def test_a_reset_comes_after_so_many_bytes_of_the_body() -> None:
    body = await plain()
    async with asking(f"{ON}, http_reset: {{after: 10}}") as (home, _):
        got, reset = await read_all(home.port)
        head, _, some = got.partition(b"\r\n\r\n")
        assert reset
        assert f"Content-Length: {len(body)}".encode() in head
        assert some == body[:10]


async def test_a_reset_after_a_head_comes_after_the_headers() -> None:
    async with asking(f"{ON}, http_reset: {{after: 10}}") as (home, _):
        got, reset = await read_all(home.port, method="HEAD")
        assert reset
        assert got.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_empty_response_is_an_end_without_a_byte(method: str) -> None:
    async with asking(f"{ON}, http_empty: {{}}") as (home, raw):
        raw.ask(method=method)
        assert await raw.rest() == b""
        assert (await home.get(ENTRIES))[0] == 200


async def test_an_empty_body_is_200_and_nothing() -> None:
    async with asking(f"{ON}, http_empty: {{what: body}}") as (_, raw):
        answered = await raw.get()
        assert (answered.status, answered.headers["Content-Length"], answered.body) == (
            200,
            "0",
            b"",
        )
        assert (await raw.get()).body == await plain()


async def test_a_truncated_body_promises_more_than_comes() -> None:
    body = await plain()
    async with asking(f"{ON}, http_truncate: {{fraction: 0.25}}") as (home, raw):
        raw.ask()
        head = await raw.head()
        assert int(head.headers["Content-Length"]) == len(body)
        assert await raw.rest() == body[: len(body) // 4]
        assert (await home.get(ENTRIES))[1] == body


async def test_a_truncated_head_ends_after_the_headers() -> None:
    async with asking(f"{ON}, http_truncate: {{}}") as (_, raw):
        raw.ask(method="HEAD")
        assert (await raw.head()).status == 200
        assert await raw.rest() == b""


async def test_a_truncated_body_may_be_late_and_dribble() -> None:
    body = await plain()
    faults = [f"{ON}, http_latency: {{ms: 1000}}", f"{ON}, http_dribble: {{pieces: 2, ms: 1000}}"]
    async with asking(*faults, f"{ON}, http_truncate: {{}}") as (home, raw):
        raw.ask()
        await struck(home, 3)
        assert await raw.so_far() == b""
        await home.wait(1.0)
        await raw.head()
        half = body[: len(body) // 2]
        assert await raw.so_far() == half[: len(half) // 2]
        await home.wait(1.0)
        assert await raw.rest() == half[len(half) // 2 :]


# ── bodies ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "how", ["missing_comma", "trailing_comma", "truncated", "two_documents", "empty", "html"]
)
@pytest.mark.parametrize("path", [ENTRIES, SQUADS])
async def test_malformed_json_is_none_and_has_a_length_that_is_right(how: str, path: str) -> None:
    on = f"on: {path.rpartition('/')[2]}, at: {{request: 1}}"
    async with asking(f"{on}, http_malformed_json: {{how: {how}}}") as (home, raw):
        answered = await raw.get(path)
        assert answered.status == 200
        assert answered.headers["Content-Type"] == "application/json"
        with pytest.raises(json.JSONDecodeError):
            json.loads(answered.body)
        again = await raw.get(path)
        assert again.document is not None
        assert len(home.journal("fault")) == 1
        if how == "missing_comma" and path == ENTRIES:
            at = next(i for i, each in enumerate(answered.body) if each != again.body[i])
            assert again.body == answered.body[:at] + b"," + answered.body[at:]


async def test_an_error_is_not_malformed() -> None:
    async with asking("on: squads, at: {request: 1}, http_malformed_json: {}") as (home, raw):
        raw.writer.write(b"GET /golf/tournaments/7/squads HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert (await raw.answer()).status == 401
        assert home.journal("fault") == []
        with pytest.raises(json.JSONDecodeError):
            json.loads((await raw.get(SQUADS)).body)


async def test_a_stale_document_is_that_of_then_for_so_long() -> None:
    async with asking("on: liveevents, at: {request: 2}, http_stale: {ms: 60000}") as (home, raw):
        assert (await raw.get(LIVE)).document != []
        await home.open(PATH)  # which begins play
        before = (await raw.get(LIVE)).body  # the trigger
        home.clock.at += 5.0
        assert (await raw.get(LIVE)).body == before
        assert (await raw.get(LIVE + "?other=1")).status == 400  # which passes
        home.clock.at += 54.999
        assert (await raw.get(LIVE)).body == before
        home.clock.at += 0.001
        now = (await raw.get(LIVE)).body
        assert now == b"[]"
        home.clock.at += 60.0
        assert (await raw.get(LIVE)).body == now


async def test_each_url_is_stale_for_itself() -> None:
    fault = "on: tournaments, at: {request: 1}, http_stale: {ms: 60000}"
    async with asking(fault) as (_, raw):
        mine = "/golf/tournaments?dateFrom=2025-01-01&dateTo=2025-12-31"
        one = await raw.get(mine)
        other = await raw.get("/golf/tournaments?dateFrom=2026-01-01&dateTo=2026-12-31")
        assert one.body != other.body
        assert (
            await raw.get("/golf/tournaments?dateFrom=2025-01-01&dateTo=2025-12-31")
        ).body == one.body


async def test_rest_contradicts_the_stream() -> None:
    fault = "on: round/1/team/1, at: {request: 1}, http_inconsistent: {key: strokeNo, by: 2}"
    async with asking(fault) as (home, raw):
        client = await home.open(PATH)
        await client.enter()
        await home.wait(3600.0)
        streamed = [json.loads(each) for each in sent()]
        told = (await raw.get(PATH + "?rest=true")).document
        assert isinstance(told, list)
        assert len(told) == len(streamed)
        changed = 0
        for was, now in zip(streamed, told, strict=True):
            if "strokeNo" in was:
                now["strokeNo"] -= 2
                changed += 1
            assert now == was
        assert changed
        assert (await raw.get(PATH + "?rest=true")).document == [
            json.loads(each) for each in sent()
        ]


async def test_a_number_in_a_string_stays_in_one() -> None:
    fault = "on: schedule, at: {request: 1}, http_inconsistent: {key: externalCourseId, by: 1}"
    number = (
        "on: entrylist, at: {request: 1}, http_inconsistent: {key: playerEuropeanTourId, by: -1}"
    )
    async with asking(fault, number, story=TWO_TEES) as (home, raw):
        changed, was = (await raw.get()).document, (await raw.get()).document
        ids = [
            [each["players"][0]["playerEuropeanTourId"] for each in told]  # type: ignore[attr-defined]
            for told in (changed, was)
        ]
        assert ids[0] == [each and str(int(each) - 1) for each in ids[1]]
        await raw.get(SCHEDULE)  # ET-875 is no number
        assert [path for path, _ in home.journal("fault")] == [ENTRIES]


@pytest.mark.parametrize(
    ("params", "left"),
    [("", slice(0, -1)), ("drop: 2, which: first", slice(2, None)), ("drop: 99", slice(0, 0))],
)
async def test_a_partial_list_lacks_its_last_or_first(params: str, left: slice) -> None:
    async with asking(f"{ON}, partial_list: {{{params}}}", story=TWO_TEES) as (_, raw):
        partial, whole = (await raw.get()).document, (await raw.get()).document
        assert isinstance(whole, list)
        assert partial == whole[left]


async def test_a_partial_list_may_be_one_within() -> None:
    fault = "on: schedule, at: {request: 1}, partial_list: {key: teams}"
    async with asking(fault, story=TWO_TEES) as (_, raw):
        partial, whole = (await raw.get(SCHEDULE)).document, (await raw.get(SCHEDULE)).document
        assert isinstance(whole, list)
        for each in whole:
            each["group"]["teams"].pop()
        assert partial == whole


async def test_a_list_that_is_empty_is_no_occasion() -> None:
    async with asking("on: squads, at: {request: 1}, partial_list: {}") as (home, raw):
        assert (await raw.get(SQUADS)).document == []
        assert home.journal("fault") == []


# ── a rate ────────────────────────────────────────────────────────────────────────────────────


async def test_five_requests_a_second_are_answered_and_the_sixth_is_not() -> None:
    async with asking("on: '*', at: {request: 1}, rate_limit: {}") as (home, raw):
        for path in (ENTRIES, SCHEDULE, ENTRIES, SCHEDULE, LIVE):
            assert (await raw.get(path)).status == 200
            home.clock.at += 0.1
        refused = await raw.get()
        assert (refused.status, refused.headers["Retry-After"]) == (429, "1")
        assert refused.document == {"error": "more than 5 requests in 1000 ms", "status": 429}
        home.clock.at += 0.4
        assert (await raw.get()).status == 429
        home.clock.at += 0.11  # the first of the five is a second ago
        assert (await raw.get()).status == 200
        assert (await raw.get()).status == 429
        assert len(home.journal("fault")) == 3


async def test_a_rate_is_of_each_address() -> None:
    async with asking(f"{ON}, rate_limit: {{limit: 1, status: 503, retry_after: 9}}") as (
        home,
        raw,
    ):
        assert (await raw.get()).status == 200
        refused = await raw.get()
        assert (refused.status, refused.headers["Retry-After"]) == (503, "9")
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", home.port, local_addr=("127.0.0.2", 0)
        )
        other = Raw(reader, writer, home)
        assert (await other.get()).status == 200
        writer.close()


# ── parameters ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("http_status: {status: 42}", "status is 42; it can be 200 to 599"),
        ("http_status: {status: 204, body: x}", "status 204 has no body"),
        ("http_latency: {dist: normal}", "dist is 'normal'; it can be fixed, uniform"),
        ("http_latency: {jitter_ms: 5}", "jitter_ms belongs to dist: uniform"),
        ("http_dribble: {pieces: 1}", "pieces is 1; it can be 2 to"),
        ("http_truncate: {fraction: 1}", "fraction is 1; it can be 0 up to"),
        ("http_malformed_json: {how: bad}", "how is 'bad'; it can be missing_comma"),
        ("http_empty: {what: all}", "what is 'all'; it can be response, body"),
        ("http_inconsistent: {by: 0}", "it needs a key, and a number by that is not 0"),
        ("partial_list: {which: middle}", "which is 'middle'; it can be first, last"),
        ("rate_limit: {window_ms: 0}", "window_ms is 0; it can be 1 to"),
        ("degrade: {ramp_ms: 0}", "ramp_ms is 0; it can be 1 to"),
        ("http_stale: {ms: 0}", "ms is 0; it can be 1 to"),
        ("http_reset: {after: -1}", "after is -1; it can be 0 to"),
    ],
)
def test_a_parameter_that_cannot_be_is_one_sentence(fault: str, sentence: str) -> None:
    with pytest.raises(ScenarioError, match=r"test\.yaml:7:") as caught:
        Broadcast(stage(load_text(scenario(f"{ON}, {fault}"), "test.yaml")))
    assert sentence in str(caught.value)
