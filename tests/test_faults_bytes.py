"""Faults of bytes, frames and cadence: what a client sees is what their docstrings say."""

from __future__ import annotations

import asyncio
import json
import math
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import aiohttp
import pytest
import websockets
from hypothesis import given, settings
from hypothesis import strategies as st

from faulty import BEGIN, HELLO, PATH, Listener, faulty, sent, struck
from mockdde import way as ways
from mockdde.chance import Chance, _exp
from mockdde.errors import ScenarioError
from mockdde.faults.bandwidth import Bandwidth
from mockdde.faults.silence import Silence
from mockdde.frames import text_frame
from mockdde.outlet import Outlet
from mockdde.subscriber import State, Subscriber
from mockdde.tape import Tape
from mockdde.way import Way
from mockdde.wire import Context, Fin, Reset, StreamFault
from running import ONE_HOLE, PATIENCE, Client, House

ON = "on: round/1/team/1"
FIRST = f"{ON}, at: {{connection: 1}}"
# A player whose name has characters of several bytes.
NAMED = ONE_HOLE.replace(
    "{teams: 1}", "{team: 1, player: {id: 104, name: Íñigo Ñandú, country: ESP}}"
)
END = 40.0  # seconds after which all of a hole is told, at the speed of these tests
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


# ── a frame parser of our own (RFC 6455 §5.2), which holds frames to what is legal ─────────────


@dataclass(frozen=True)
class Frame:
    """A frame as it came, complete ``at`` that time."""

    first: int
    payload: bytes
    at: float = 0.0

    @property
    def opcode(self) -> int:
        return self.first & 0x0F

    @property
    def final(self) -> bool:
        return self.first >= 0x80


def parsed(got: list[tuple[float, bytes]]) -> tuple[list[Frame], bytes]:
    """The frames in these bytes, each with the time of its last byte; and what is left over."""
    found, data = [], b""
    for at, part in got:
        data += part
        while (head := _header(data)) is not None and len(data) >= sum(head):
            found.append(Frame(data[0], data[head[0] : sum(head)], at))
            data = data[sum(head) :]
    return found, data


def _header(data: bytes) -> tuple[int, int] | None:
    """The sizes of a header and of what follows it, where the header is there."""
    if len(data) < 2:
        return None
    assert data[1] < 0x80, "a server masks nothing"
    wide = {126: 2, 127: 8}.get(data[1], 0)
    if len(data) < 2 + wide:
        return None
    size = int.from_bytes(data[2 : 2 + wide]) if wide else data[1]
    assert size > {0: -1, 2: 125, 8: 65535}[wide], "the shortest form is used"
    return 2 + wide, size


def messages(frames: list[Frame]) -> list[tuple[float, bytes]]:
    """The text messages of legal frames (§5.4), each with the time at which it was complete."""
    whole: list[tuple[float, bytes]] = []
    parts: list[bytes] = []
    for frame in frames:
        assert not frame.first & 0x70, "no reserved bit is set"
        if frame.opcode in (CLOSE, PING, PONG):
            assert frame.final
            assert len(frame.payload) <= 125
            continue
        assert frame.opcode == (0 if parts else TEXT), "a continuation continues something"
        parts.append(frame.payload)
        if frame.final:
            whole.append((frame.at, b"".join(parts)))
            whole[-1][1].decode()
            parts = []
    assert not parts, "no message is left unfinished"
    return whole


def heard(listener: Listener) -> list[tuple[float, bytes]]:
    """All messages that came, with their times."""
    frames, left = parsed(listener.got)
    assert left == b""
    return messages(frames)


def packets(listener: Listener) -> list[tuple[float, bytes]]:
    """Those that are packets."""
    return [each for each in heard(listener) if b'"seqNum":' in each[1]]


def beats(listener: Listener) -> list[float]:
    """When heartbeats came."""
    return [at for at, payload in heard(listener) if b"Heartbeat sent" in payload]


def run(*faults: str, until: float = END, **more: Any) -> Listener:
    """A listener that has heard so many seconds."""
    listener = struck(*faults, **more)
    listener.until(until)
    return listener


def calm(**more: Any) -> Listener:
    """One whose fault never strikes."""
    return run(f"{FIRST}, probability: 0, latency: {{ms: 5000}}", **more)


def times(listener: Listener) -> list[float]:
    return [at for at, _ in packets(listener)]


LASTING = [
    "latency: {ms: 5000}",
    "bandwidth: {bytes_per_s: 50}",
    "slice: {}",
    "coalesce: {}",
    "fragment: {}",
    "limit_data: {}",
    "truncate: {}",
    "oversize: {}",
    "bad_utf8: {}",
    "reserved_bits: {}",
    "bad_opcode: {}",
    "binary_instead_of_text: {}",
    "ping_flood: {}",
    "heartbeat: {}",
    "silence: {}",
    "burst: {}",
]


@pytest.mark.parametrize("fault", LASTING)
def test_nothing_comes_before_the_trigger_or_without_an_occasion(fault: str) -> None:
    clean = calm()
    never = run(f"{FIRST}, probability: 0, {fault}")
    assert never.got == clean.got
    later = run(f"{ON}, at: {{ms: 4500}}, {fault}")
    assert [each for each in later.got if each[0] < 4.5] == [
        each for each in clean.got if each[0] < 4.5
    ]
    assert later.got != clean.got


@pytest.mark.parametrize("fault", [each for each in LASTING if "silence" not in each])
def test_the_same_run_has_the_same_bytes(fault: str) -> None:
    assert run(f"{FIRST}, {fault}").got == run(f"{FIRST}, {fault}").got


# ── latency ───────────────────────────────────────────────────────────────────────────────────


def test_latency_of_one_length() -> None:
    late = run(f"{ON}, at: {{seq: 5}}, latency: {{ms: 1500}}")
    before, after = times(calm()), times(late)
    assert [payload for _, payload in packets(late)] == sent()
    assert after[:4] == before[:4]
    assert after[4:] == pytest.approx([at + 1.5 for at in before[4:]])


def test_latency_is_the_sessions_too_and_ends() -> None:
    late = run(f"{FIRST}, duration: 2s, latency: {{ms: 700}}")
    (at, answer), *_ = heard(late)
    assert b"Authorisation" in answer
    assert at == pytest.approx(0.7)
    assert times(late)[-1] == times(calm())[-1]
    assert [payload for _, payload in packets(late)] == sent()


@pytest.mark.parametrize(
    ("params", "low", "high"),
    [
        ("ms: 300, jitter_ms: 200, dist: uniform", 0.1, 0.5),
        ("dist: lognormal, median: 100, sigma: 1.0", 0.0, 7.0),
    ],
)
def test_latency_that_is_drawn_keeps_the_order(params: str, low: float, high: float) -> None:
    late = run(f"{FIRST}, latency: {{{params}}}")
    assert [payload for _, payload in packets(late)] == sent()
    delays = [b - a for a, b in zip(times(calm()), times(late), strict=True)]
    assert all(low <= each <= high + 1e-6 for each in delays)
    assert len({round(each, 3) for each in delays}) > 10


def test_latency_of_messages_does_not_depend_on_pings() -> None:
    fault = f"{FIRST}, latency: {{dist: lognormal}}"
    pinged = struck(fault)
    way = pinged.subscriber.way
    assert isinstance(way, Way)
    for second in range(1, 30):
        pinged.until(second)
        way.control(b"\x8a\x00", BEGIN + second)
    pinged.until(END)
    pongs = [each.at for each in parsed(pinged.got)[0] if each.opcode == PONG]
    assert len(pongs) == 29
    for at, without in zip(times(pinged), times(run(fault)), strict=True):
        assert at == without or at in pongs, "at its own time, or right behind a pong"


def test_lognormal_numbers_are_these_on_every_machine() -> None:
    chance = Chance(7, "lognormal")
    assert [chance.lognormal(100.0, 0.5).hex() for _ in range(3)] == PINNED
    draws = sorted(chance.lognormal(100.0, 0.5) for _ in range(4001))
    assert draws[2000] == pytest.approx(100.0, rel=0.05)
    assert draws[int(4001 * 0.8413)] == pytest.approx(100.0 * math.exp(0.5), rel=0.05)
    for x in range(-1500, 1500):
        assert _exp(x / 100) == pytest.approx(math.exp(x / 100), rel=1e-14)


PINNED = ["0x1.a44306bba3c75p+5", "0x1.eabbd9291d34ap+6", "0x1.0f40c494b37e5p+8"]


def test_pongs_that_wait_for_their_time_do_not_pile_up() -> None:
    listener = struck(f"{FIRST}, bandwidth: {{bytes_per_s: 10}}")
    way = listener.subscriber.way
    assert isinstance(way, Way)
    pong = bytes((0x80 | PONG, 125)) + bytes(125)
    for _ in range(40_000):
        way.control(pong, BEGIN)
    assert (1 << 20) < way.held < (2 << 20) + 2 * len(pong)


# ── bandwidth ─────────────────────────────────────────────────────────────────────────────────


def context(now: float) -> Context:
    """What a fault is told, less what these do not ask for."""
    return Context(now, Chance(1), "round/1/team/1", Tape(PATH), lambda _: None, {})


@given(
    rate=st.integers(1, 100_000),
    burst=st.integers(0, 2000),
    sizes=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 5000)), min_size=1, max_size=12),
)
@settings(max_examples=60, deadline=None)
def test_a_narrow_line_never_carries_more_than_its_rate(
    rate: int, burst: int, sizes: list[tuple[float, int]]
) -> None:
    outlet, effect = Outlet(), Bandwidth(rate, burst).begin(context(BEGIN))
    now, total, got = BEGIN, 0, 0
    for gap, size in sizes:
        now += gap
        total += size
        outlet.put(now, bytes(size), [effect])
    arrived: list[tuple[float, int]] = []
    outlet.put(now, b".", [])  # what no fault is on goes after the rest all the same
    total += 1
    while (due := outlet.next_due) is not None:
        outlet.ripen(due)
        while (data := outlet.take()) is not None:
            assert isinstance(data, bytes)
            got += len(data)
            arrived.append((due, got))
    assert got == total
    assert outlet.size == 0
    most = burst or max(64, rate // 20)
    for at, so_far in arrived:
        assert so_far <= rate * (at - BEGIN) + most + 1.0 + 1e-6 * rate
    # It is no narrower either: the last byte is there when a bucket that never waits lets it go.
    assert arrived[-1][0] <= now + total / rate + 1e-3


def test_a_narrow_line_carries_all_in_the_end() -> None:
    narrow = run(f"{ON}, at: {{seq: 3}}, bandwidth: {{bytes_per_s: 300}}", until=118.0)
    assert [payload for _, payload in packets(narrow)] == sent()
    assert times(narrow)[:2] == times(calm())[:2]
    assert times(narrow)[-1] > times(calm())[-1] + 5
    assert max(len(data) for at, data in narrow.got if at > 1) <= 64


def test_a_narrow_line_is_wide_again_at_once() -> None:
    narrow = run(f"{FIRST}, duration: 5s, bandwidth: {{bytes_per_s: 20}}")
    clean = times(calm())
    assert [payload for _, payload in packets(narrow)] == sent()
    assert times(narrow) == pytest.approx([max(at, 5.0) for at in clean])


def owed(count: int, fault: StreamFault) -> tuple[Way, Subscriber]:
    """A way with a fault, of somebody who is owed so many packets."""
    tape = Tape(PATH)
    for seq in range(1, count + 1):
        tape.append(b'{"seqNum":%d,"eventElementType":"HitBall","x":"%b"}' % (seq, b"x" * 600), seq)
    subscriber = Subscriber(1, PATH, tape)
    subscriber.state = State.STREAMING

    def wait(who: Way, until: float | None) -> None:
        who.deadline = until

    way = Way(subscriber, lambda _: None, wait, lambda *_: None)
    subscriber.way = way
    way.run(fault.begin(context(BEGIN)), 1, BEGIN)
    return way, subscriber


@pytest.mark.parametrize("fault", [Bandwidth(1), Bandwidth(1, burst=1), Silence(86_400_000)])
def test_what_waits_is_bounded(fault: StreamFault) -> None:
    way, subscriber = owed(10_000, fault)
    tracemalloc.start()
    try:
        for _ in range(3000):
            assert way.held < ways._MOST * 1.01  # frames have headers, too
            while way.take() is not None:
                pass
            if way.deadline is not None:
                way.expire(way.deadline)
        assert tracemalloc.get_traced_memory()[1] < 4 * ways._MOST
    finally:
        tracemalloc.stop()
    if isinstance(fault, Bandwidth):
        assert subscriber.cursor < 3000, "the cursor lags"


# ── slice, coalesce, fragment ─────────────────────────────────────────────────────────────────


def test_slices_are_small_and_apart_and_the_bytes_are_the_same() -> None:
    fault = "slice: {bytes: 30, gap_ms: 20}"
    sliced = run(f"{FIRST}, duration: 9s, {fault}")
    while_it_goes_on = [each for each in sliced.got if each[0] < 9.0]
    assert max(len(data) for _, data in while_it_goes_on) == 30
    assert min(b[0] - a[0] for a, b in pairwise(while_it_goes_on)) >= 0.02 - 1e-9
    assert b"".join(data for _, data in sliced.got) == b"".join(data for _, data in calm().got)
    assert max(len(data) for at, data in sliced.got if at > 9.0) > 200


async def test_slices_are_read_one_by_one_from_a_socket() -> None:
    async with faulty(f"{ON}, at: {{seq: 1}}, slice: {{bytes: 100, gap_ms: 10}}") as home:
        client = await home.open(PATH)
        await client.enter()
        got = b""
        for _ in range(5):
            part = await asyncio.wait_for(client.reader.read(1 << 16), PATIENCE)
            assert len(part) <= 100
            got += part
            await home.wait(0.01)
        assert got == text_frame(sent()[0])[: len(got)]
        assert len(got) == len(text_frame(sent()[0]))


async def test_a_close_frame_does_not_come_within_a_sliced_frame() -> None:
    async with faulty(f"{ON}, at: {{seq: 1}}, slice: {{bytes: 100, gap_ms: 10}}") as home:
        client = await home.open(PATH)
        await client.enter()
        got = await asyncio.wait_for(client.reader.readexactly(100), PATIENCE)
        stopping = asyncio.create_task(home.server.stop())
        rest = b""
        while not rest.endswith(b"stops"):
            rest += await asyncio.wait_for(client.reader.read(1 << 16), PATIENCE)
        client.send(CLOSE, b"\x03\xe9")
        await stopping
        frames, left = parsed([(0.0, got + rest)])
        assert left == b""
        assert [payload for _, payload in messages(frames)] == sent()[: len(frames) - 1]
        assert frames[-1].opcode == CLOSE


def test_coalesced_frames_come_in_one_write() -> None:
    fault = f"{ON}, at: {{seq: 2}}, coalesce: {{frames: 5, ms: 4000}}"
    together = run(fault)
    assert [payload for _, payload in packets(together)] == sent()
    writes = [messages(parsed([each])[0]) for each in together.got]
    groups = [len(each) for each in writes if b'"seqNum":1,' not in each[0][1]][1:]
    assert set(groups) - {5}, "not only whole groups"
    assert groups.count(5) >= 3
    assert max(groups) == 5
    clean = {payload: at for at, payload in heard(calm())}
    for write, (at, _) in zip(writes, together.got, strict=True):
        first = clean[write[0][1]]
        assert at <= first + 4.0 + 1e-9
        if 1 < len(write) < 5 and at > 1:
            assert at == pytest.approx(first + 4.0)


def test_latency_before_coalesce_leaves_groups_whole() -> None:
    latency = "latency: {dist: uniform, ms: 500, jitter_ms: 400}"
    one = run(f"{FIRST}, {latency}", f"{FIRST}, coalesce: {{frames: 4}}")
    assert [payload for _, payload in packets(one)] == sent()
    assert [len(parsed([each])[0]) for each in one.got].count(4) >= 3


def is_text(payload: bytes) -> bool:
    """Whether it is UTF-8 by itself."""
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True


def fragmented(listener: Listener) -> list[list[Frame]]:
    """The data frames of each message."""
    found: list[list[Frame]] = []
    for frame in parsed(listener.got)[0]:
        if frame.opcode == TEXT:
            found.append([])
        if frame.opcode in (TEXT, 0):
            found[-1].append(frame)
    return found


@pytest.mark.parametrize("ping", [True, False])
@pytest.mark.parametrize("parts", [2, 3, 40])
def test_fragments_are_legal_and_cut_within_characters(parts: int, ping: bool) -> None:
    params = f"parts: {parts}, gap_ms: 10, ping_between: {str(ping).lower()}"
    listener = run(f"{ON}, at: {{seq: 3}}, fragment: {{{params}}}", story=NAMED, until=55.0)
    assert [payload for _, payload in packets(listener)] == sent(NAMED)
    for frames in fragmented(listener):
        whole = b"".join(each.payload for each in frames)
        struck_ = json.loads(whole).get("seqNum", 3) > 2 and b"Authorisation" not in whole
        assert len(frames) == (parts if struck_ else 1)
        sizes = [len(each.payload) for each in frames]
        assert min(sizes) > 0
        assert [b.at - a.at for a, b in pairwise(frames)] == pytest.approx(
            [0.01] * (len(frames) - 1)
        )
        if struck_ and not whole.isascii():
            assert not all(is_text(each.payload) for each in frames), "one at least is cut"
    pings = [each for each in parsed(listener.got)[0] if each.opcode == PING]
    cut = sum(len(frames) - 1 for frames in fragmented(listener))
    assert len(pings) == (cut if ping else 0)


def test_a_message_shorter_than_its_parts_has_one_byte_in_each() -> None:
    listener = run(f"{FIRST}, fragment: {{parts: 1000}}")
    assert [payload for _, payload in packets(listener)] == sent()
    assert {len(each.payload) for each in fragmented(listener)[0]} == {1}


@asynccontextmanager
async def aiohttp_client(home: House) -> AsyncIterator[Callable[[], Any]]:
    """aiohttp's client; ``receive`` gives texts, and a number where it closes."""
    async with home.session.ws_connect(home.rest + PATH) as socket:
        await socket.send_str(HELLO)

        async def receive() -> str | bytes | int | None:
            message = await asyncio.wait_for(socket.receive(), PATIENCE)
            if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                return message.data  # type: ignore[no-any-return]
            return socket.close_code

        yield receive


@asynccontextmanager
async def websockets_client(home: House) -> AsyncIterator[Callable[[], Any]]:
    """The same with ``websockets``."""
    url = f"ws://127.0.0.1:{home.port}{PATH}"
    # With a queue that is full it would not read the answer to its close frame.
    async with websockets.connect(url, max_queue=None) as socket:
        await socket.send(HELLO)

        async def receive() -> str | bytes | int | None:
            try:
                return await asyncio.wait_for(socket.recv(), PATIENCE)
            except websockets.ConnectionClosed as closed:
                return closed.sent.code if closed.sent else None

        yield receive


CLIENTS = pytest.mark.parametrize("client", [aiohttp_client, websockets_client])


async def until(happened: Callable[[], bool]) -> None:
    """Let the server work until something has happened."""
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110  (what is waited for has no event)
            await asyncio.sleep(0.001)


async def delivered(receive: Callable[[], Any], count: int) -> list[bytes]:
    """The next packets that a client hands out."""
    found: list[bytes] = []
    while len(found) < count:
        text = await receive()
        assert isinstance(text, str), text
        if '"seqNum":' in text:
            found.append(text.encode())
    return found


@CLIENTS
@pytest.mark.parametrize(
    "faults",
    [
        ["fragment: {parts: 7, ping_between: true}"],
        ["fragment: {parts: 2, gap_ms: 3, ping_between: false}"],
        ["slice: {bytes: 7, gap_ms: 1}"],
        ["fragment: {parts: 3, gap_ms: 7}", "slice: {bytes: 50, gap_ms: 2}", "ping_flood: {}"],
        ["coalesce: {frames: 4}", "fragment: {parts: 3}", "bandwidth: {bytes_per_s: 4000}"],
        ["latency: {dist: lognormal}", "burst: {count: 6}"],
    ],
)
async def test_clients_deliver_the_very_packets(client: Any, faults: list[str]) -> None:
    wanted = sent(NAMED)
    entries = [f"{FIRST}, {each}" for each in faults]
    async with faulty(*entries, story=NAMED) as home, client(home) as receive:
        reading = asyncio.create_task(delivered(receive, len(wanted)))
        for _ in range(40):
            await home.wait(0.05)
        await home.wait(60.0)
        assert await reading == wanted


# ── cuts ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("then", "ending"), [("fin", Fin()), ("reset", Reset())])
@pytest.mark.parametrize("size", [0, 1, 100, 1000])
def test_limit_data_counts_every_byte(size: int, then: str, ending: Fin | Reset) -> None:
    clean = b"".join(data for _, data in calm().got)
    cut = run(f"{ON}, at: {{seq: 4}}, limit_data: {{bytes: {size}, then: {then}}}")
    got = b"".join(data for _, data in cut.got)
    before = clean.index(text_frame(sent()[3]))
    assert got == clean[: before + size]
    assert cut.ending == ending


def test_limit_data_counts_what_others_make_of_the_bytes() -> None:
    fault = f"{FIRST}, limit_data: {{bytes: 500}}"
    for first, second in [(fault, f"{FIRST}, slice: {{}}"), (f"{FIRST}, slice: {{}}", fault)]:
        cut = run(first, second)
        assert len(b"".join(data for _, data in cut.got)) == 500
        assert cut.ending == Fin()


async def test_limit_data_over_a_socket() -> None:
    whole = text_frame(sent()[0])
    async with faulty(f"{ON}, at: {{seq: 1}}, limit_data: {{bytes: 50}}") as home:
        client = await home.open(PATH)
        await client.enter()
        assert await asyncio.wait_for(client.reader.read(), PATIENCE) == whole[:50]
    async with faulty(f"{ON}, at: {{seq: 1}}, limit_data: {{bytes: 50, then: reset}}") as home:
        client = await home.open(PATH)
        with pytest.raises(ConnectionResetError):
            await reset_by(client, whole[:50])


async def reset_by(client: Client, most: bytes) -> None:
    """Read until the reset; what comes before it is of these bytes."""
    client.send(TEXT, HELLO.encode())
    got = b""
    async with asyncio.timeout(PATIENCE):
        while part := await client.reader.read(1 << 16):
            got += part
    assert got.endswith(most), "a FIN"


@pytest.mark.parametrize("at", [0.0, 0.5, 0.9, 1.0])
def test_a_truncated_frame_never_completes(at: float) -> None:
    cut = run(f"{ON}, at: {{seq: 3}}, truncate: {{at: {at}}}")
    frames, left = parsed(cut.got)
    assert [each for _, each in messages(frames)][1:] == sent()[:2]
    whole = sent()[2]
    size = min(int(len(whole) * at), len(whole) - 1)
    assert left == text_frame(whole)[: 4 + size]
    assert cut.ending == Fin()


@CLIENTS
async def test_clients_show_nothing_of_a_truncated_frame(client: Any) -> None:
    async with faulty(f"{ON}, at: {{seq: 3}}, truncate: {{}}") as home, client(home) as receive:
        await home.wait(60.0)
        assert await delivered(receive, 2) == sent()[:2]
        assert await receive() in (1006, None)


# ── frames that are not as they should be ─────────────────────────────────────────────────────


def test_an_oversize_packet_is_the_same_document() -> None:
    listener = run(f"{ON}, at: {{seq: 3}}, oversize: {{}}")
    got = [payload for _, payload in packets(listener)]
    assert len(got[2]) == (1 << 20) + 1
    assert got[2].strip() == sent()[2]
    assert json.loads(got[2]) == json.loads(sent()[2])
    assert [*got[:2], *got[3:]] == [*sent()[:2], *sent()[3:]]
    short = run(f"{ON}, at: {{seq: 3}}, oversize: {{bytes: 10}}")
    assert short.got == calm().got


async def test_an_oversize_packet_is_too_large_for_a_client_with_the_common_limit() -> None:
    async with faulty(f"{ON}, at: {{seq: 3}}, oversize: {{}}") as home:
        async with websockets_client(home) as receive:
            await home.wait(60.0)
            assert await delivered(receive, 2) == sent()[:2]
            assert await receive() == 1009
        async with aiohttp_client(home) as receive:
            assert await delivered(receive, len(sent())) == sent()  # it has struck


def odd(fault: str) -> tuple[Frame, list[Frame]]:
    """The frame of the third packet and the others, of which each is as ever."""
    frames, left = parsed(run(f"{ON}, at: {{seq: 3}}, {fault}").got)
    clean = parsed(calm().got)[0]
    assert left == b""
    assert len(frames) == len(clean)
    (place,) = [n for n, pair in enumerate(zip(frames, clean, strict=True)) if pair[0] != pair[1]]
    assert clean[place].payload == sent()[2]
    return frames.pop(place), frames


def test_bad_utf8_is_one_byte() -> None:
    frame, _ = odd("bad_utf8: {}")
    assert frame.first == 0x81
    assert [a for a, b in zip(frame.payload, sent()[2], strict=True) if a != b] == [0xFF]
    with pytest.raises(UnicodeDecodeError):
        frame.payload.decode()


@pytest.mark.parametrize(
    ("fault", "first"),
    [
        ("reserved_bits: {}", 0b1100_0001),
        ("reserved_bits: {which: [2]}", 0b1010_0001),
        ("reserved_bits: {which: [3]}", 0b1001_0001),
        ("reserved_bits: {which: [1, 2, 3]}", 0b1111_0001),
        ("bad_opcode: {}", 0x83),
        ("bad_opcode: {opcode: 11}", 0x8B),
        ("binary_instead_of_text: {}", 0x82),
    ],
)
def test_a_frame_differs_in_its_first_byte(fault: str, first: int) -> None:
    frame, _ = odd(fault)
    assert frame.first == first
    assert frame.payload == sent()[2]


def test_a_fault_of_one_frame_strikes_as_often_as_it_is_told() -> None:
    listener = run(f"{ON}, at: {{event: HitBall}}, times: 0, binary_instead_of_text: {{}}")
    odd_ones = [each.payload for each in parsed(listener.got)[0] if each.opcode == BINARY]
    assert odd_ones == [each for each in sent() if b'"HitBall"' in each]
    assert len(odd_ones) > 1


@pytest.mark.parametrize("fault", ["bad_utf8", "reserved_bits", "bad_opcode"])
def test_fragments_can_be_spoilt_too(fault: str) -> None:
    listener = run(f"{FIRST}, fragment: {{}}", f"{ON}, at: {{seq: 3}}, {fault}: {{}}")
    frames, left = parsed(listener.got)
    assert left == b""
    assert len([each for each in frames if each.opcode == PING]) >= 2 * len(sent())
    with pytest.raises((AssertionError, UnicodeDecodeError)):
        messages(frames)


@CLIENTS
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("bad_utf8: {}", 1007),
        ("reserved_bits: {which: [2]}", 1002),
        ("reserved_bits: {which: [1, 3]}", 1002),
        ("reserved_bits: {}", 1002),
        ("bad_opcode: {}", 1002),
        ("bad_opcode: {opcode: 12}", 1002),
    ],
)
async def test_clients_fail_the_connection(client: Any, fault: str, code: int) -> None:
    async with faulty(f"{ON}, at: {{seq: 3}}, {fault}") as home:
        async with client(home) as receive:
            await home.wait(60.0)
            assert await delivered(receive, 2) == sent()[:2]
            assert await receive() == code
        await until(lambda: bool(home.journal("closed")))
        assert home.journal("closed") == [(PATH, f"the client closed with {code}")]


@CLIENTS
async def test_clients_hand_out_bytes_of_a_binary_frame(client: Any) -> None:
    fault = f"{ON}, at: {{seq: 1}}, binary_instead_of_text: {{}}"
    async with faulty(fault) as home, client(home) as receive:
        assert "Authorisation" in await receive()
        assert await receive() == sent()[0]


# ── control frames ────────────────────────────────────────────────────────────────────────────


def test_a_ping_flood_has_its_count_and_its_rate() -> None:
    params = "rate: 50, count: 120, payload: hello"
    listener = run(f"{ON}, at: {{ms: 3000}}, ping_flood: {{{params}}}")
    pings = [each for each in parsed(listener.got)[0] if each.opcode == PING]
    assert {each.payload for each in pings} == {b"hello"}
    assert [each.at for each in pings] == pytest.approx([3.0 + n / 50 for n in range(120)])
    assert packets(listener) == packets(calm())


def test_a_ping_flood_without_a_count_ends_with_the_fault() -> None:
    fault = f"{ON}, at: {{seq: 3}}, duration: 2s, ping_flood: {{rate: 10, count: 0}}"
    pings = [each.at for each in parsed(run(fault).got)[0] if each.opcode == PING]
    assert len(pings) in (20, 21)
    assert pings[-1] - pings[0] <= 2.0
    assert pings[0] == times(calm())[2]


def test_a_ping_flood_does_not_pile_up() -> None:
    """Nobody takes anything, for a narrow line; pings are not kept for ever."""
    narrow = f"{FIRST}, bandwidth: {{bytes_per_s: 1}}"
    payload = "x" * 125
    listener = struck(narrow, f"{FIRST}, ping_flood: {{rate: 1000, count: 0, payload: {payload}}}")
    listener.until(20.0)
    way = listener.subscriber.way
    assert isinstance(way, Way)
    assert way.held <= ways._MOST + 1000


async def test_no_pong() -> None:
    async with faulty(f"{ON}, at: {{seq: 2}}, duration: 3s, no_pong: {{}}") as home:
        client = await home.open(PATH)
        await client.enter()
        assert await client.so_far() == sent()[:1]
        await home.wait(0.1)
        assert await client.read() == (TEXT, sent()[1])
        client.send(PING, b"one")
        await asyncio.sleep(0)
        await home.wait(1.0)
        assert await client.read() == (TEXT, sent()[2])
        await home.wait(4.0)
        client.send(PING, b"two")
        while (frame := await client.read()) != (PONG, b"two"):
            assert frame[0] == TEXT


async def test_a_pong_is_as_late_as_a_message() -> None:
    async with faulty(f"{ON}, at: {{seq: 1}}, latency: {{ms: 400}}") as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(0.4)
        assert await client.read() == (TEXT, sent()[0])
        (subscriber,) = home.engine.subscribers.values()
        way = subscriber.way
        assert isinstance(way, Way)
        before = way.held
        client.send(PING, b"late")
        await until(lambda: way.held > before)
        await home.wait(0.39)
        assert await client.read() == (TEXT, sent()[1])
        assert way.held >= len(b"..late")
        await home.wait(0.02)
        assert await client.read() == (PONG, b"late")


# ── cadence ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("mode: stop", [10.0]),
        ("mode: late", [10.0, 40.0, 70.0]),
        ("mode: late, interval_ms: 25000", [10.0, 35.0, 60.0]),
        ("mode: fast, interval_ms: 20000", [10.0, 30.0, 50.0, 70.0]),
        ("mode: keep", [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0]),
    ],
)
def test_heartbeats_at_another_pace(params: str, expected: list[float]) -> None:
    listener = run(f"{ON}, at: {{ms: 12000}}, heartbeat: {{{params}}}", until=75.0)
    assert beats(listener) == pytest.approx(expected)
    assert packets(listener) == packets(calm())


def test_fast_heartbeats_begin_at_once_and_end() -> None:
    fault = "heartbeat: {mode: fast}"
    listener = run(f"{ON}, at: {{ms: 3500}}, duration: 3s, {fault}", until=35.0)
    assert beats(listener) == pytest.approx([3.5, 4.5, 5.5, 15.5, 25.5])


def test_stopped_heartbeats_come_again() -> None:
    listener = run(f"{ON}, at: {{ms: 5000}}, duration: 20s, heartbeat: {{}}", until=45.0)
    assert beats(listener) == pytest.approx([30.0, 40.0])


def test_jittery_heartbeats() -> None:
    fault = f"{FIRST}, heartbeat: {{mode: jitter, interval_ms: 4000}}"
    at = beats(run(fault, until=300.0))
    gaps = [b - a for a, b in pairwise([0.0, *at])]
    assert min(gaps) >= 6.0
    assert max(gaps) <= 14.0
    assert max(gaps) - min(gaps) > 3.0
    assert at == beats(run(fault, until=300.0))


def test_a_heartbeat_in_another_case() -> None:
    fault = f"{FIRST}, heartbeat: {{mode: keep, case: eventelementtype}}"
    found = [each for _, each in heard(run(fault)) if b"Heartbeat sent" in each]
    assert found
    assert all(json.loads(each)["eventelementtype"] == "Heartbeat" for each in found)
    assert packets(run(fault)) == packets(calm())


@pytest.mark.parametrize("heartbeats", ["keep", "stop"])
def test_silence_holds_packets_and_then_gives_them_at_once(heartbeats: str) -> None:
    fault = f"silence: {{ms: 7000, heartbeats: {heartbeats}}}"
    silent = run(f"{ON}, at: {{seq: 4}}, {fault}")
    clean = packets(calm())
    begins = clean[3][0]
    assert packets(silent) == [
        (max(at, begins + 7.0) if at >= begins else at, payload) for at, payload in clean
    ]
    (burst,) = [data for at, data in silent.got if at == pytest.approx(begins + 7.0)]
    assert len(parsed([(0.0, burst)])[0]) > 3
    long = run(f"{FIRST}, silence: {{ms: 25000, heartbeats: {heartbeats}}}", until=45.0)
    assert beats(long) == ([10.0, 20.0, 30.0, 40.0] if heartbeats == "keep" else [30.0, 40.0])


def test_silence_ends_with_its_duration() -> None:
    silent = run(f"{FIRST}, duration: 2s, silence: {{ms: 9000}}")
    assert packets(silent) == [(max(at, 2.0), payload) for at, payload in packets(calm())]


def test_a_close_waits_for_what_is_held() -> None:
    """The stream ends, and its server closes, while packets are held."""
    silent = run(f"{ON}, at: {{seq: 20}}, silence: {{ms: 30000}}", **{"after-official": "close"})
    assert [payload for _, payload in packets(silent)] == sent()[:19]
    assert silent.ending is None
    silent.until(90.0)
    assert [payload for _, payload in packets(silent)] == sent()
    assert silent.ending is not None


def test_a_burst_gathers_so_many_packets_once() -> None:
    gathered = run(f"{ON}, at: {{seq: 4}}, burst: {{count: 6, ms: 30000}}")
    clean = packets(calm())
    comes = clean[8][0]
    assert packets(gathered) == [
        (comes if 3 <= n < 9 else at, payload) for n, (at, payload) in enumerate(clean)
    ]
    (write,) = [data for at, data in gathered.got if at == comes]
    assert [payload for _, payload in messages(parsed([(0.0, write)])[0])] == sent()[3:9]


def test_a_burst_comes_when_its_time_is_over() -> None:
    gathered = run(f"{ON}, at: {{seq: 4}}, burst: {{count: 1000, ms: 3000}}")
    clean = packets(calm())
    until = clean[3][0] + 3.0
    assert packets(gathered) == [
        (max(at, until) if n >= 3 else at, payload) for n, (at, payload) in enumerate(clean)
    ]


def test_what_one_fault_held_goes_through_those_after_it() -> None:
    both = run(f"{FIRST}, silence: {{ms: 2000}}", f"{FIRST}, latency: {{ms: 500}}")
    clean = packets(calm())
    assert times(both) == pytest.approx([max(at, 2.0) + 0.5 for at, _ in clean])


# ── parameters ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("latency: {dist: normal}", "dist is 'normal'; it can be fixed, uniform, lognormal"),
        ("latency: {jitter_ms: 10}", "jitter_ms belongs to dist: uniform"),
        ("latency: {dist: uniform, ms: 5, jitter_ms: 10}", "jitter_ms is 10; it can be 0 to 5"),
        ("latency: {sigma: 9.0}", "sigma is 9; it can be 0 to 3"),
        ("bandwidth: {bytes_per_s: 0}", "bytes_per_s is 0"),
        ("slice: {bytes: 0}", "bytes is 0"),
        ("slice: {gap_ms: 0}", "gap_ms is 0"),
        ("coalesce: {frames: 1}", "frames is 1"),
        ("fragment: {parts: 1}", "parts is 1"),
        ("limit_data: {then: close}", "then is 'close'; it can be fin, reset"),
        ("truncate: {at: 1.5}", "at is 1.5; it can be 0 to 1"),
        ("oversize: {bytes: 0}", "bytes is 0"),
        ("reserved_bits: {which: []}", "which names no bit; write [1], or [1, 2, 3] for all"),
        ("reserved_bits: {which: [4]}", "which is 4; it can be 1 to 3"),
        ("bad_opcode: {opcode: 1}", "opcode 1 is not reserved; use 3 to 7 or 11 to 15"),
        ("bad_utf8: {where: 1}", "where is no parameter"),
        ("ping_flood: {rate: 0}", "rate is 0"),
        (f"ping_flood: {{payload: {'x' * 126}}}", "longer than 125 bytes, which no ping may be"),
        ("heartbeat: {mode: slow}", "mode is 'slow'; it can be stop, late, fast, jitter, keep"),
        ("heartbeat: {interval_ms: 5}", "interval_ms belongs to mode late, fast, jitter, not stop"),
        ("heartbeat: {case: type}", "case is 'type'; it is a spelling of eventElementType"),
        ("silence: {heartbeats: none}", "heartbeats is 'none'; it can be keep, stop"),
        ("burst: {count: 1}", "count is 1"),
    ],
)
def test_a_wrong_parameter_is_a_sentence(fault: str, sentence: str) -> None:
    with pytest.raises(
        ScenarioError, match=rf"test.yaml:\d+:\d+: {fault.split(':', maxsplit=1)[0]}: "
    ) as told:
        struck(f"{FIRST}, {fault}")
    assert sentence in str(told.value)
