"""The multiplexer: all streams on one socket, and catching up as one act with living on."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockdde.broadcast import Broadcast, Changed
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.subscriber import Subscriber
from running import ACCEPTED, LIVE, ONE_HOLE, PREFIXES, TWO_TEES, house, staged
from running import frames as texts
from tiny import feeds

__all__ = ["feeds"]  # a fixture

PATH = "/multiplexer/"
TOKEN = '{"authToken": "t"}'  # noqa: S105
CATCH_UP = {"sport": "golf", "catchup": "true"}
SECOND = ONE_HOLE.replace("id: 7", "id: 8") + "seed: 3\n"
LOST = SECOND + "report: [{after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}]\n"
TYPES = {"round": "rounddetails", "tinyboard": "leaderboard", "tinycard": "holebyhole"}


def engine_of(*scenarios: str, **quirks: str) -> Engine:
    """An engine that starts at wire time 1000."""
    tournaments = [staged(text, **quirks) for text in scenarios]
    return Engine(tournaments, quirks=tournaments[0].quirks, wire=1000.0)


def join(engine: Engine, wire: float, **query: str) -> Subscriber:
    """A client of the multiplexer that sends its token."""
    subscriber = engine.multiplex(query, PATH, wire)
    engine.hear(subscriber, TOKEN, wire)
    return subscriber


def take(subscriber: Subscriber) -> list[bytes]:
    """All texts that are due but for heartbeats."""
    data = b"".join(bytes(each) for each in iter(subscriber.take, None))
    return [each for each in texts(data) if b"Heartbeat" not in each]


def envelope(path: str, payload: bytes, separator: str = "-") -> bytes:
    """A packet as the multiplexer sends it."""
    words = path.split("/")[3:]
    head = {
        "sport": "Golf",
        "eventId": separator.join(word for word in words if word.isdecimal()),
        "feedType": TYPES[words[1]],
        "dataType": ("connectionState" if b'"ConnectionStateChanged"' in payload else "eventdata"),
    }
    return json.dumps(head, separators=(",", ":"))[:-1].encode() + b',"message":' + payload + b"}"


def sent(*scenarios: str) -> list[tuple[float, str, bytes]]:
    """All that is sent of these tournaments: seconds after the start, path, bytes, in order."""
    found = []
    for text in scenarios:
        tournament = staged(text)
        found += [
            (max(0.0, (due - tournament.begins) / 1000), path, payload)
            for due, path, payload in Broadcast(tournament).play("*")
        ]
    return sorted(found, key=lambda each: each[0])


def newest(packets: list[tuple[float, str, bytes]]) -> list[tuple[float, str, bytes]]:
    """Without the documents that a later one has replaced."""
    last = {path: number for number, (_, path, _) in enumerate(packets)}
    return [
        each
        for number, each in enumerate(packets)
        if "/round/" in each[1] or last[each[1]] == number
    ]


def test_who_is_there_from_the_start_gets_every_packet_in_order() -> None:
    """Of all streams of all tournaments, each in its envelope, and every document of a change."""
    engine = engine_of(TWO_TEES, LOST)
    reader = join(engine, 1000.0, sport="golf")
    packets = sent(TWO_TEES, LOST)
    got: list[bytes] = []
    while (deadline := engine.next_deadline()) is not None and deadline < 9000:
        engine.run_until(deadline)
        got += take(reader)
    accepted, *rest = got
    assert json.loads(accepted) == ACCEPTED
    wanted = [envelope(path, payload) for at, path, payload in packets if at > 0]
    assert rest == wanted
    kinds = {(each["feedType"], each["dataType"]) for each in map(json.loads, rest)}
    assert kinds == {
        *((each, "eventdata") for each in TYPES.values()),
        ("rounddetails", "connectionState"),
    }
    assert {json.loads(each)["eventId"] for each in rest} >= {"7", "8", "7-1", "7-1-1", "8-1-1"}


@pytest.mark.parametrize("quirk", ["638-49", "638 - 49"])
def test_event_ids_are_joined_as_the_quirk_says(quirk: str) -> None:
    """Quirk multiplexer-event."""
    engine = engine_of(TWO_TEES, **{"multiplexer-event": quirk})
    reader = join(engine, 9000.0, catchup="true")
    separator = quirk.removeprefix("638").removesuffix("49")
    wanted = [envelope(path, each, separator) for _, path, each in newest(sent(TWO_TEES))]
    assert take(reader)[1:] == wanted


def test_catching_up_goes_over_into_living_on() -> None:
    """At any moment: what was sent with the newest documents, then everything; nothing twice."""
    packets = sent(TWO_TEES, LOST)
    for at in (0.0, 60.0, 900.0, 1234.5, 3000.0, 8000.0):
        engine = engine_of(TWO_TEES, LOST)
        reader = join(engine, 1000.0 + at, **CATCH_UP)
        got = take(reader)[1:]
        then = [each for each in packets if each[0] <= at]
        assert got == [envelope(path, payload) for _, path, payload in newest(then)]
        while (deadline := engine.next_deadline()) is not None and deadline < 9500:
            engine.run_until(deadline)
            got += take(reader)
        rest = packets[len(then) :]
        wanted = [envelope(path, payload) for _, path, payload in newest(then) + rest]
        assert got == wanted


@settings(max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 600), st.integers(0, 3)), max_size=25), st.booleans())
def test_however_slowly_it_reads_no_packet_is_lost(
    steps: list[tuple[float, int]], catches_up: bool
) -> None:
    """Every packet of a tape once, in order, and of each document the newest at last."""
    engine = engine_of(LOST)
    reader = join(engine, 1000.0, **(CATCH_UP if catches_up else {}))
    begun = engine._multiplexer._where and not catches_up
    wire, data = 1000.0, b""
    for pause, count in steps:
        wire += pause
        engine.run_until(wire)
        for _ in range(count):
            data += bytes(reader.take() or b"")
    engine.run_until(20_000.0)
    data += b"".join(bytes(each) for each in iter(reader.take, None))
    got = [each for each in texts(data) if b"Heartbeat" not in each][1:]
    packets = [each for each in sent(LOST) if each[0] > 0 or not begun]
    tape = [envelope(path, each) for _, path, each in packets if "/round/" in path]
    assert [each for each in got if b"rounddetails" in each] == tape
    wanted = [envelope(path, each) for _, path, each in packets]
    at = -1
    for each in got:  # in the order in which they were sent
        at = wanted.index(each, at + 1)
    newer = [envelope(path, each) for _, path, each in newest(packets)]
    assert [each for each in newer if each in got] == newer


def test_readers_share_their_pieces() -> None:
    """The very same bytes object; and few are kept."""
    engine = engine_of(TWO_TEES)
    one, two = join(engine, 1000.0), join(engine, 1000.0)
    for each in (one, two):
        take(each)
    while (deadline := engine.next_deadline()) is not None and deadline < 4000:
        engine.run_until(deadline)
        data = one.take()
        if data is not None and b"Heartbeat" not in bytes(data):
            assert two.take() is data
        for each in (one, two):
            take(each)
    assert len(engine._multiplexer._pieces) <= 8


def test_nobody_is_handed_everything_at_once() -> None:
    """A piece has about 64 KiB."""
    engine = engine_of(TWO_TEES)
    reader = join(engine, 9000.0, **CATCH_UP)
    sizes = [len(each) for each in iter(reader.take, None)]
    assert len(sizes) > 2
    assert max(sizes) < 66 * 1024


def test_without_readers_no_document_is_kept() -> None:
    """And with them those of a change; they go when the last reader does."""
    engine = engine_of(TWO_TEES)
    engine.run_until(1500.0)
    latest = engine.shows._all[7].latest
    assert latest
    assert not any(each._frames for each in latest.values())
    reader = join(engine, 1500.0)
    engine.run_until(2500.0)
    assert any(each._frames for each in latest.values())
    engine.leave(reader, 2500.0, "gone")
    assert not any(each._frames for each in latest.values())


def test_what_is_over_is_not_in_it() -> None:
    """A tournament that was over when the server began is not live, asked about or not."""
    over = SECOND + "play: {at: 9d}\n"
    engine = engine_of(ONE_HOLE, over)
    engine.answers.state("/golf/tournaments/8/tinyboard", 5000.0)
    got = take(join(engine, 5000.0, **CATCH_UP))[1:]
    assert {json.loads(each)["eventId"].split("-")[0] for each in got} == {"7"}


@pytest.mark.parametrize("asked", [(), (8,), (9, 8)])
def test_what_was_before_the_server_is_in_it_by_tournament(asked: tuple[int, ...]) -> None:
    """In which order ever the tournaments have caught up, and whoever else has sent meanwhile."""
    begun = [SECOND + "play: {at: 20m}\n", SECOND.replace("id: 8", "id: 9") + "play: {at: 10m}\n"]
    engine = engine_of(TWO_TEES, *begun)
    for each in asked:
        engine.reach(1000.0, (each,), budget=1)
    engine.run_until(1900.0, waking=asked)
    whole = take(join(engine, 1900.0, catchup="true"))
    plain = engine_of(TWO_TEES, *begun)
    plain.run_until(1000.0)
    plain.run_until(1900.0)
    assert whole == take(join(plain, 1900.0, catchup="true"))
    first = [json.loads(each).get("eventId", "").partition("-")[0] for each in whole[1:]]
    assert {"7", "8", "9"} <= {*first}
    assert first.index("8") < first.index("9")


def packets_of_second(messages: list[bytes]) -> list[bytes]:
    """Those of its rounds, of which none is ever skipped."""
    return [each for each in messages if b'"eventId":"8-' in each and b'"rounddetails"' in each]


def test_what_comes_in_play_goes_on_without_anybody_asking_about_it() -> None:
    """Its past, too, is told to who is there."""
    engine = engine_of(TWO_TEES)
    reader = join(engine, 1000.0)
    engine.run_until(1100.0)
    engine.conductor.add(staged(SECOND + "play: {at: 5m}\n"), 1100.0)
    assert not engine.run_until(1100.0, budget=1), "it has to catch up"
    engine.run_until(1100.0)
    early = packets_of_second(take(reader))
    engine.run_until(9999.0)
    whole = packets_of_second([envelope(path, each) for _, path, each in sent(SECOND)])
    assert 0 < len(early) < len(whole)
    assert early + packets_of_second(take(reader)) == whole


def test_play_begins_with_a_client_of_the_multiplexer() -> None:
    """It is a client of every stream."""
    engine = engine_of(ONE_HOLE + "play: {starts: connection}\n")
    engine.run_until(5000.0)
    reader = join(engine, 5000.0)
    engine.run_until(9999.0)
    packets = [envelope(path, each) for at, path, each in sent(ONE_HOLE) if at > 0]
    got = take(reader)[1:]
    assert [each for each in got if b"rounddetails" in each] == [
        each for each in packets if b"rounddetails" in each
    ]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"sport": "tennis"}, "there is no sport 'tennis' here; it can only be golf"),
        ({"sport": ""}, "there is no sport '' here; it can only be golf"),
        ({"catchup": "yes"}, "catchup is 'yes'; it can be true or false"),
    ],
)
def test_what_is_not_served_is_refused(query: dict[str, str], sentence: str) -> None:
    """With a sentence, and no connection."""
    engine = engine_of(ONE_HOLE)
    with pytest.raises(RequestError) as refused:
        engine.multiplex(query, PATH, 1000.0)
    assert (refused.value.status, str(refused.value)) == (400, sentence)
    assert engine.subscribers == {}


# ── over a socket ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("path", [PATH, PATH.rstrip("/")])
async def test_it_is_served_with_and_without_a_slash(prefix: str, path: str) -> None:
    """Under every prefix: the token, then the backfill, then what comes."""
    packets = sent(TWO_TEES)
    async with house(staged(TWO_TEES)) as home:
        await home.wait(1000.0)
        client = await home.open(f"{prefix}{path}?sport=Golf&catchup=TRUE")
        assert await client.enter() == ACCEPTED
        then = newest([each for each in packets if each[0] <= 1000.0])
        assert await client.so_far() == [envelope(path, each) for _, path, each in then]
        await home.wait(300.0)
        got = [each for each in await client.so_far() if b'"heartbeats"' not in each]
        live = [each for each in packets if 1000.0 < each[0] <= 1300.0]
        assert got == [envelope(path, each) for _, path, each in live]


async def test_a_token_is_wanted_here_too() -> None:
    """A bad one is refused as on other streams, and so is plain HTTP."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(PATH)
        assert (await client.enter(""))["level"] == "ERROR"
        assert await client.closed() == (1008, "")
        for path, status, word in (
            (PATH, 426, "WebSocket"),
            (PATH + "?sport=golf&sport=golf", 400, "twice"),
        ):
            got, body = await home.get(path)
            assert (got, word in json.loads(body)["error"]) == (status, True)
        assert (await home.open(PATH + "?sport=chess")).status == 400
        assert (await home.get(LIVE))[0] == 200


async def heartbeat(choice: str) -> Any:
    """The first heartbeat, with the quirk so."""
    async with house(staged(ONE_HOLE, **{"multiplexer-heartbeat": choice})) as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(10)
        (beat,) = [each for each in await client.so_far() if b'"Heartbeat"' in each]
        return json.loads(beat)


async def test_heartbeats_are_wrapped_or_not() -> None:
    """Quirk multiplexer-heartbeat."""
    plain, wrapped = await heartbeat("plain"), await heartbeat("wrapped")
    assert plain["eventElementType"] == "Heartbeat"
    assert wrapped == {
        "sport": "Golf",
        "eventId": "",
        "feedType": "",
        "dataType": "heartbeats",
        "message": plain,
    }


def test_the_broadcast_names_the_feed_of_what_it_sends() -> None:
    """Packets and documents: the multiplexer has its feedType from there."""
    broadcast = Broadcast(staged(ONE_HOLE))
    seen = set()
    while broadcast.next_due is not None:
        for each in broadcast.advance().all:
            seen.add((isinstance(each, Changed), each.feed.FEED_TYPE))
    assert seen == {(False, "rounddetails"), (True, "leaderboard"), (True, "holebyhole")}
    with pytest.raises(IndexError):
        broadcast.advance()
