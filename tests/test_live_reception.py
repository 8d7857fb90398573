"""Live connections: Client.Init, heartbeats of both sides, tokens that expire, and how it ends."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livetoken import live_token
from livewire import (
    BEGUN,
    INIT,
    ROUND,
    engine_of,
    enter,
    heard,
    init,
    join,
    opened,
    read_events,
    sent,
    split,
    told,
    whole,
)
from mockdde.errors import RequestError
from mockdde.frames import PING, close_frame, text_frame
from mockdde.journal import Journal
from mockdde.latest import Latest
from mockdde.quirks import QUIRKS, Quirks
from mockdde.reception._live_legal import LEGAL, Act, Heard
from mockdde.reception.live import LiveReception
from mockdde.subscriber import State, Subscriber
from mockdde.tokens import Pass, ready_made
from mockdde.way import Way
from mockdde.wire import Effect, Message, Piece
from running import CLOSE, ONE_HOLE, TEXT, house, mockdde, serve

TWO_DAYS = """
title: Two days
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{holes: 1}, {holes: 1}]
"""
QUIET = {"live-heartbeat": "none"}
PATH = "/golf/stream/v1/tournaments/7/round/1/events"
BEAT = b'{"type":"Server.Heartbeat"}'
CLIENT_BEAT = '{"type": "Client.Heartbeat"}'
SAID = (Heard.INIT, Heard.HEARTBEAT, Heard.OTHER)
PING_FRAME = bytes((0x89, 0))


def frames_of(subscriber: Subscriber) -> list[tuple[int, bytes]]:
    """All that is due to it, opcode and payload."""
    return split(b"".join(bytes(data) for data in iter(subscriber.take, None)))


def notes(engine: Any, event: str) -> list[tuple[float, str]]:
    """When something was noted, and what."""
    return [(each.at, each.detail) for each in engine.journal if each.event == event]


# ── what is legal ─────────────────────────────────────────────────────────────────────────────


def test_all_that_can_come_is_in_the_table() -> None:
    """Whatever is said in any state; from the clock, what may be due there."""
    clock = {
        State.CONNECTED: (Heard.READY, Heard.LATE, Heard.EXPIRY, Heard.TURN),
        State.STREAMING: (Heard.EXPIRY, Heard.SILENCE, Heard.TURN, Heard.END),
        State.CLOSING: (),
    }
    said = itertools.product(State, SAID)
    assert set(LEGAL) == {*said, *((state, each) for state in clock for each in clock[state])}
    assert {act for (state, _), act in LEGAL.items() if state is State.CLOSING} == {Act.IGNORE}
    assert {act for (_, _), act in LEGAL.items()} == set(Act)
    begins = {pair for pair, act in LEGAL.items() if act is Act.BEGIN}
    assert begins == {(State.CONNECTED, Heard.INIT), (State.CONNECTED, Heard.READY)}


WORDS = [
    INIT,
    init("x"),
    init(None),
    CLIENT_BEAT,
    '{"type": "x"}',
    "[]",
    "",
    b"\x00",
    INIT.encode(),
]


@given(
    st.lists(
        st.one_of(st.text(), st.binary(), st.floats(0, 100), st.sampled_from([*WORDS, None])),
        max_size=20,
    ),
    st.fixed_dictionaries(
        {
            name: st.sampled_from(QUIRKS[name].choices)
            for name in (
                "live-bad-init",
                "live-second-init",
                "live-unknown-id",
                "live-client-heartbeat",
                "live-client-silence",
                "live-heartbeat",
                "live-heartbeat-before-init",
                "live-expiry",
                "live-end",
            )
        }
    ),
)
def test_whatever_is_said_the_engine_knows_what_to_do(
    doings: list[str | bytes | float | None], quirks: dict[str, str]
) -> None:
    """Words, pings and pauses in any order: nothing raises, and who is closed gets no more."""
    engine = engine_of(ONE_HOLE, **quirks)
    subscriber = opened(engine, BEGUN, Pass(expires=BEGUN + 400))
    wire = BEGUN
    for doing in doings:
        closing = subscriber.state is State.CLOSING
        if isinstance(doing, float):
            engine.run_until(wire := wire + doing)
        elif doing is None:
            engine.ping(subscriber, wire)
        else:
            engine.hear(subscriber, doing, wire)
        got = frames_of(subscriber)
        assert not (closing and got)
        assert (subscriber.close is not None) == (subscriber.state is State.CLOSING)
    engine.leave(subscriber, wire, "")
    engine.run_until(wire + 1000)


# ── Client.Init ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("choice", QUIRKS["live-before-start"].choices)
def test_a_round_that_has_not_started(choice: str) -> None:
    """By default its stream opens, and what comes of it is the round from its first event on."""
    engine = engine_of(TWO_DAYS, **{"live-before-start": choice})
    params = {"tournament": 7, "round": 2}
    path = ROUND.PATH.format(**params)
    if choice != "wait":
        with pytest.raises(RequestError) as refused:
            engine.open(ROUND, params, path, BEGUN)
        assert refused.value.status == int(choice)
        return
    early = engine.open(ROUND, params, path, BEGUN)
    engine.hear(early, INIT, BEGUN)
    assert heard(early) == []
    engine.run_until(BEGUN + 30 * 3600)
    events = [json.loads(each) for each in heard(early) if each != BEAT]
    assert events[0]["data"]["type"] == "Event.Sport.Golf.SportEventStarted"
    assert {each["data"]["payload"]["round_number"] for each in events} == {2}


@pytest.mark.parametrize("seconds", ["1", "90", "86400"])
def test_without_init_it_closes_with_1000_at_its_deadline(seconds: str) -> None:
    """To the millisecond, and until then it is silent, whatever is played."""
    engine = engine_of(ONE_HOLE, **{"live-init-deadline": seconds})
    client = opened(engine, BEGUN + 2.5)
    end = BEGUN + 2.5 + float(seconds)
    engine.run_until(end - 0.001)
    assert (frames_of(client), client.state) == ([], State.CONNECTED)
    engine.run_until(end)
    assert (frames_of(client), client.close) == ([], (1000, f"no Client.Init within {seconds} s"))
    assert notes(engine, "refused") == [(end, f"no Client.Init within {seconds} s")]


def test_init_at_the_last_moment_is_in_time() -> None:
    """A millisecond before the deadline; and then there is none any more."""
    engine = engine_of(ONE_HOLE, **QUIET)
    client = opened(engine, BEGUN)
    engine.hear(client, INIT, BEGUN + 89.999)
    engine.run_until(BEGUN + whole(ONE_HOLE)[0])
    assert heard(client) == sent(ONE_HOLE)
    assert client.state is State.STREAMING


async def test_on_a_socket_it_closes_with_1000_after_90_s_of_the_wire() -> None:
    """The house's clock alone counts."""
    async with house(told(ONE_HOLE)) as home:
        client = await home.open(PATH, live_token())
        await home.wait(89.9)
        assert await client.so_far() == []
        await home.wait(0.1)
        assert await client.closed() == (1000, "no Client.Init within 90 s")


def test_with_a_fast_wire_the_90_s_are_as_much_shorter() -> None:
    """``--wire-speed 60``: the journal's times are of the wire, 90 s from one to the other."""
    import websockets.sync.client as sync  # noqa: PLC0415  (this test alone)

    with serve("round/one-hole-sample", "--wire-speed", "60") as server:
        path = _path_of(server)
        headers = {"Authorization": f"Bearer {live_token()}"}
        with sync.connect(server.ws + path, additional_headers=headers) as client:
            assert list(client) == []  # until it is closed
            assert client.close_code == 1000
        opened_at, refused_at = (
            server.wait_for(lambda line, event=event: line["event"] == event)["at"]
            for event in ("opened", "refused")
        )
        assert 90 <= refused_at - opened_at < 120


def _path_of(server: Any) -> str:
    done = mockdde("play", "round/one-hole-sample", "--dialect", "live")
    path: str = json.loads(done.stdout.splitlines()[0])["stream"]
    assert path.startswith("/golf/stream/v1/"), server
    return path


@pytest.mark.parametrize(
    "said", ['{"type":"x"}', "hello", "[]", b"{}", INIT.encode(), '{"type": 1}']
)
@pytest.mark.parametrize("choice", ["ignored", "close-1000", "close-1003", "close-1008"])
def test_a_first_message_that_is_no_init(said: str | bytes, choice: str) -> None:
    """It changes nothing, not even the deadline; or the stream closes. JSON is text."""
    engine = engine_of(ONE_HOLE, **{"live-bad-init": choice})
    client = opened(engine, BEGUN)
    engine.hear(client, said, BEGUN + 1)
    assert frames_of(client) == []
    assert notes(engine, "refused") == [(BEGUN + 1, "this is no Client.Init")]
    if choice == "ignored":
        engine.run_until(BEGUN + 89)
        assert client.state is State.CONNECTED
        engine.run_until(BEGUN + 90)
        assert client.close == (1000, "no Client.Init within 90 s")
    else:
        assert client.close == (int(choice[-4:]), "this is no Client.Init")


def test_after_a_message_that_is_none_init_is_heard() -> None:
    """And more keys than it needs do no harm."""
    engine = engine_of(ONE_HOLE, **QUIET)
    client = opened(engine, BEGUN)
    engine.hear(client, "hello", BEGUN)
    engine.hear(client, CLIENT_BEAT, BEGUN)
    engine.hear(client, '{"type": "Client.Init", "version": 2}', BEGUN)
    engine.run_until(BEGUN + whole(ONE_HOLE)[0])
    assert heard(client) == sent(ONE_HOLE)


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        ("3194af24-b6d6-4758-9dda-216072e2351e", "3194af24-b6d6-4758-9dda-216072e2351e"),
        ("3194af24-b6d6-4758-9dda-216072e2351e.and.more", '"3194…"'),
        ("short", '"short"'),
        (None, "null"),
        (["x"], '["x"]'),
    ],
)
def test_the_journal_notes_what_init_names(seen: object, shown: str) -> None:
    """An id is shown, and what may be a token instead of it is not."""
    engine = engine_of(ONE_HOLE)
    join(engine, BEGUN, init(seen))
    assert notes(engine, "said") == [(BEGUN, f"Client.Init after {shown}")]


def test_the_journal_notes_what_a_client_says() -> None:
    """What may be a token is shortened."""
    engine = engine_of(ONE_HOLE)
    client = opened(engine, BEGUN)
    engine.hear(client, "hello", BEGUN)
    engine.hear(client, '{"authToken": "abcdefghijkl"}', BEGUN)
    engine.hear(client, INIT, BEGUN)
    engine.hear(client, "and more", BEGUN + 1)
    assert [text for _, text in notes(engine, "said")] == [
        "hello",
        '{"authToken": "abcd…"}',
        "Client.Init",
    ]
    assert notes(engine, "accepted") == [(BEGUN, "")]
    assert notes(engine, "ignored") == [(BEGUN + 1, "and more")]


# ── streams of states ─────────────────────────────────────────────────────────────────────────


@dataclass
class Stub:
    """What a reception asks of the engine, for one connection."""

    quirks: Quirks
    journal: Journal = field(default_factory=Journal)

    def quirks_of(self, subscriber: Subscriber) -> Quirks:  # noqa: ARG002
        """Always these."""
        return self.quirks

    def seat(self, subscriber: Subscriber) -> bool:
        """There is its stream."""
        return bool(subscriber)

    def fill(self, subscriber: Subscriber, wire: float) -> None:
        """It takes by itself."""

    def wait(self, who: Subscriber, until: float | None) -> None:
        """Its deadline is looked at by the test."""
        who.deadline = until

    def close(self, subscriber: Subscriber, code: int, reason: str) -> None:
        """At once."""
        subscriber.finish(code, reason)


def state_stream(**quirks: str) -> tuple[LiveReception, Subscriber]:
    """A connection to a stream of states, whose document is ``{}``, opened at 0."""
    reception = LiveReception(Stub(Quirks({**QUIET, **quirks})))
    subscriber = Subscriber(1, "/x", Latest("/x", 3, lambda: b"{}"), "live")
    reception.opened(subscriber, Quirks(quirks), 0.0, None)
    return reception, subscriber


def test_a_stream_of_states_begins_at_once() -> None:
    """With the document as it is; Client.Init is heard and changes nothing, whatever it names."""
    reception, subscriber = state_stream(**{"live-second-init": "close-1008"})
    assert subscriber.deadline == 0.0
    reception.overdue(subscriber, 0.0)
    assert heard(subscriber) == [b"{}"]
    for said in (INIT, init("x"), INIT):
        reception.hear(subscriber, said, 1.0)
        assert (heard(subscriber), subscriber.state) == ([], State.STREAMING)
    assert subscriber.deadline == 61.0  # the client's next heartbeat, and no Client.Init


def test_a_stream_of_states_can_want_init_too() -> None:
    """Then it waits for it as others do."""
    reception, subscriber = state_stream(**{"live-state-init": "required"})
    assert subscriber.deadline == 90.0
    reception.hear(subscriber, init("x"), 80.0)
    assert heard(subscriber) == [b"{}"]
    reception, subscriber = state_stream(**{"live-state-init": "required"})
    reception.overdue(subscriber, 90.0)
    assert subscriber.close == (1000, "no Client.Init within 90 s")


@pytest.mark.parametrize("init_needed", ["none", "required"])
async def test_on_a_socket_a_leaderboard_begins_at_once(init_needed: str) -> None:
    """Without a word of the client, unless that is required."""
    path = "/golf/stream/v1/tournaments/7/stroke-play-leaderboard"
    async with house(told(ONE_HOLE, **{"live-state-init": init_needed, **QUIET})) as home:
        client = await home.open(path, live_token())
        if init_needed == "required":
            assert await client.so_far() == []
            client.send(TEXT, init("x").encode())
        opcode, document = await client.read()
        assert (opcode, json.loads(document)["type"]) == (TEXT, "Standings.Sport.Golf")
        client.send(TEXT, INIT.encode())
        assert await client.so_far() == []
        _, payload = await home.get(path.replace("stream", "rest"), live_token())
        assert json.loads(document)["data"]["payload"] == json.loads(payload)


# ── the server's heartbeats ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("speed", [1.0, 600.0])
@pytest.mark.parametrize("every", ["15", "10", "20"])
def test_heartbeats_come_by_wire_time_between_the_events(speed: float, every: str) -> None:
    """The first so long after Client.Init, whatever the speed; in order with all that is sent."""
    engine = engine_of(ONE_HOLE, speed=speed, **{"live-heartbeat-seconds": every})
    client = opened(engine, BEGUN)
    engine.hear(client, INIT, joined := BEGUN + 2.5)
    end = joined + 10 * int(every)
    engine.run_until(end)
    events = [(max(joined, BEGUN + at / speed), 0, each) for at, each in whole(ONE_HOLE)[1]]
    beats = [(joined + int(every) * number, 1, BEAT) for number in range(1, 11)]
    expected = sorted((each for each in events + beats if each[0] <= end), key=_turn)
    assert heard(client) == [payload for _, _, payload in expected]


def _turn(each: tuple[float, int, bytes]) -> tuple[float, int]:
    return each[:2]


@pytest.mark.parametrize("form", ["message", "ping", "event", "none"])
def test_the_form_of_a_heartbeat(form: str) -> None:
    """A message, a ping frame, an event without data, or none."""
    engine = engine_of("round/heartbeats-only", **{"live-heartbeat": form})
    client = join(engine, BEGUN)
    frames_of(client)
    engine.run_until(BEGUN + 31)
    beats = [each for each in frames_of(client) if each[0] == PING or b"Heartbeat" in each[1]]
    if form in ("message", "ping", "none"):
        assert beats == {"message": [(TEXT, BEAT)], "ping": [(PING, b"")], "none": []}[form] * 2
        return
    first, second = (json.loads(payload) for _, payload in beats)
    assert (first["specversion"], first["type"], first["data"]) == ("1.0", "Server.Heartbeat", {})
    assert first["source"] == f"/tournaments/{first['tournamentid']}"
    assert (first["time"], second["time"]) == (
        "1970-01-01T00:16:55.000Z",
        "1970-01-01T00:17:10.000Z",
    )
    assert UUID(first["id"]).version == 5
    assert first["id"] != second["id"]


@pytest.mark.parametrize("choice", ["no", "yes"])
def test_heartbeats_before_init(choice: str) -> None:
    """None, or as many as later, in the same time; and the events are behind them."""
    quirks = {"live-heartbeat-before-init": choice, "live-heartbeat": "ping"}
    engine = engine_of(ONE_HOLE, **quirks)
    client = opened(engine, BEGUN)
    engine.run_until(BEGUN + 40)
    assert frames_of(client) == [(PING, b"")] * (2 if choice == "yes" else 0)
    engine.hear(client, INIT, BEGUN + 40)
    there = [(TEXT, payload) for at, payload in whole(ONE_HOLE)[1] if at <= 40]
    assert frames_of(client) == there
    engine.run_until(BEGUN + 45)
    assert ((PING, b"") in frames_of(client)) is (choice == "yes")


def test_before_init_the_close_is_the_last() -> None:
    """Heartbeats, the close at 90 s, and no heartbeat after it."""
    engine = engine_of(ONE_HOLE, **{"live-heartbeat-before-init": "yes"})
    client = opened(engine, BEGUN)
    engine.run_until(BEGUN + 300)
    assert heard(client) == [BEAT] * 5  # that of 90 s comes too late
    assert client.close is not None


# Of a fault that strikes the heartbeats, what becomes of those within the first minute.
BEATEN = {
    "heartbeat: {mode: stop}": 0,
    "heartbeat: {mode: fast, interval_ms: 5000}": 12,
    "heartbeat: {mode: late}": 1,
    "heartbeat: {mode: keep}": 4,
    "fragment: {parts: 3, ping_between: false}": 4,
    "latency: {ms: 1}": 3,
}


@pytest.mark.parametrize("fault", BEATEN)
@pytest.mark.parametrize("form", ["ping", "message"])
def test_a_fault_strikes_heartbeats_of_any_form(fault: str, form: str) -> None:
    """It stops and paces them; a ping stays one whole control frame, whatever is done to text."""
    wire = f"wire: [{{on: round/1/events, at: {{connection: 1}}, {fault}}}]\n"
    engine = engine_of(ONE_HOLE + wire, **{"live-heartbeat": form})
    client = join(engine, BEGUN)
    engine.run_until(BEGUN + 60)
    data = b"".join(bytes(each) for each in iter(client.take, None))
    if form == "ping":
        assert data.count(PING_FRAME) == BEATEN[fault]
    elif fault.startswith(("heartbeat", "latency")):
        assert data.count(BEAT) == BEATEN[fault]


class Swallowing(Effect):
    """Makes nothing of all frames that it is shown."""

    def frames(self, message: Message, pieces: list[Piece]) -> list[Piece]:  # noqa: ARG002
        """None."""
        return []


def test_no_effect_is_shown_a_control_frame() -> None:
    """A ping is one frame always (RFC 6455 §5.5), whatever is made of the others."""
    engine = engine_of("round/heartbeats-only")
    client = opened(engine, BEGUN)
    way = Way(client, print, lambda *_: None, lambda *_: None)
    way.run(Swallowing(), 1, BEGUN)
    for each in (text_frame(b"{}"), PING_FRAME, text_frame(b"{}")):
        client.tell(each, "heartbeat")
    way.fill(BEGUN)
    assert way.take() == PING_FRAME


# ── the client's heartbeats ───────────────────────────────────────────────────────────────────

FORMS = {"message": CLIENT_BEAT, "ping": None, "other": "I am here"}


def live_on(engine: Any, client: Subscriber, form: str, wire: float) -> None:
    """A client says that it is there."""
    said = FORMS[form]
    if said is None:
        engine.ping(client, wire)
    else:
        engine.hear(client, said, wire)


@pytest.mark.parametrize("choice", ["any", "message", "ping"])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_a_heartbeat_of_the_client(choice: str, form: str) -> None:
    """Who sends one every 30 s of the right form lives on; another one is none."""
    quirks = {"live-client-heartbeat": choice, "live-client-silence": "close-1008"}
    engine = engine_of(ONE_HOLE, **quirks)
    client = join(engine, BEGUN)
    for number in range(1, 10):
        live_on(engine, client, form, BEGUN + 30 * number)
    reason = "no heartbeat of the client for 60 s"
    assert client.close == (None if choice in ("any", form) else (1008, reason))
    heeded = [(BEGUN + 30, f"a {form}")] if choice in ("any", form) and form != "other" else []
    assert notes(engine, "heartbeat") == heeded
    if form == "message" and choice == "ping":
        assert notes(engine, "ignored")[0] == (BEGUN + 30, "Client.Heartbeat")


@pytest.mark.parametrize("choice", ["noted", "close-1000", "close-1008"])
@pytest.mark.parametrize("seconds", ["60", "31"])
def test_a_heartbeat_too_seldom(choice: str, seconds: str) -> None:
    """To the millisecond after the last one: noted, once until it is heard again, or closed."""
    quirks = {"live-client-silence": choice, "live-client-silence-seconds": seconds}
    engine = engine_of(ONE_HOLE, **quirks)
    client = join(engine, BEGUN)
    engine.ping(client, BEGUN + 20)
    end, reason = BEGUN + 20 + int(seconds), f"no heartbeat of the client for {seconds} s"
    engine.run_until(end - 0.001)
    assert notes(engine, "silent") == []
    engine.run_until(end)
    assert notes(engine, "silent") == [(end, reason)]
    if choice != "noted":
        assert client.close == (int(choice[-4:]), reason)
        return
    engine.run_until(end + 1000)
    assert len(notes(engine, "silent")) == 1
    engine.hear(client, CLIENT_BEAT, end + 1000)
    engine.run_until(end + 5000)
    assert notes(engine, "silent")[1:] == [(end + 1000 + int(seconds), reason)]
    assert client.state is State.STREAMING


def test_before_init_no_heartbeat_is_missed() -> None:
    """The deadline of Client.Init is what counts there, and Client.Init is a sign of life."""
    quirks = {"live-client-silence-seconds": "31", "live-client-silence": "close-1008"}
    engine = engine_of(ONE_HOLE, **quirks)
    client = opened(engine, BEGUN)
    engine.hear(client, INIT, BEGUN + 80)
    engine.run_until(BEGUN + 110.999)
    assert client.state is State.STREAMING
    engine.run_until(BEGUN + 111)
    assert client.close is not None


async def test_on_a_socket_a_silent_client_is_closed() -> None:
    """A ping frame is a heartbeat there too."""
    async with house(told(ONE_HOLE, **{"live-client-silence": "close-1008", **QUIET})) as home:
        client = await enter(home, PATH)
        events = await client.so_far()  # which pings
        await home.wait(59)
        events += await client.so_far()
        await home.wait(59)
        events += await client.so_far()
        await home.wait(60)
        while (frame := await client.read())[0] == TEXT:
            events.append(frame[1])
        assert frame == (CLOSE, close_frame(1008, "no heartbeat of the client for 60 s")[2:])
        assert events == [payload for at, payload in whole(ONE_HOLE)[1] if at <= 178]


# ── tokens that expire, and ends ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("choice", ["stays", "close-1000", "close-1008", "close-4401"])
@pytest.mark.parametrize("begins", [True, False])
def test_a_token_that_expires(choice: str, begins: bool) -> None:
    """To the millisecond: noted, or closed, before Client.Init too."""
    engine = engine_of(ONE_HOLE, **{"live-expiry": choice, **QUIET})
    client = opened(engine, BEGUN, Pass(expires=BEGUN + 50))
    if begins:
        engine.hear(client, INIT, BEGUN)
    engine.run_until(BEGUN + 49.999)
    assert (client.close, notes(engine, "expired")) == (None, [])
    engine.run_until(BEGUN + 50)
    assert notes(engine, "expired") == [(BEGUN + 50, "its token has expired")]
    if choice != "stays":
        assert client.close == (int(choice[-4:]), "its token has expired")
    got = heard(client) if begins else []
    engine.run_until(BEGUN + 60)
    got += heard(client)
    until = 60 if choice == "stays" else 50
    assert got == [payload for at, payload in whole(ONE_HOLE)[1] if at <= until and begins]


@pytest.mark.parametrize("choice", ["stays", "close-4401"])
async def test_on_a_socket_a_token_expires(choice: str) -> None:
    """At the time that is in it, on the wire's clock."""
    async with house(told(ONE_HOLE, **{"live-expiry": choice, **QUIET})) as home:
        now = int(home.clock.at)
        client = await home.open(PATH, ready_made(times=(now - 10, now + 30)))
        assert client.status == 101
        await home.wait(29)
        assert await client.so_far() == []
        await home.wait(1)
        if choice == "stays":
            assert await client.so_far() == []
        else:
            assert await client.closed() == (4401, "its token has expired")
        assert (await home.open(PATH, ready_made(times=(now - 10, now + 30)))).status == 401


@pytest.mark.parametrize("choice", ["stay", "close"])
@pytest.mark.parametrize("late", [False, True])
def test_the_end_of_the_stream(choice: str, late: bool) -> None:
    """It has all, then it stays open or closes with 1000; who comes after it likewise."""
    engine = engine_of(ONE_HOLE, **{"live-end": choice, **QUIET})
    first = join(engine, BEGUN)
    end = BEGUN + 3600  # a quarter of an hour after the last event it is official
    engine.run_until(end)
    client = join(engine, end) if late else first
    assert heard(client) == sent(ONE_HOLE)
    assert client.close == ((1000, "nothing more will come") if choice == "close" else None)


# ── together ──────────────────────────────────────────────────────────────────────────────────


def test_several_deadlines_of_one_connection() -> None:
    """The next heartbeat, the client's silence and the token's end, each in its own time."""
    engine = engine_of("round/heartbeats-only")
    client = opened(engine, BEGUN, Pass(expires=BEGUN + 47))
    engine.hear(client, INIT, BEGUN)
    times: dict[float, None] = {}
    while (deadline := engine.next_deadline()) is not None and deadline <= BEGUN + 100:
        engine.run_until(deadline)
        if client.deadline != deadline:
            times[deadline] = None
    wanted = {BEGUN + each for each in (15, 30, 45, 47, 60, 75, 90)}
    assert wanted <= set(times)
    assert [at for at, _ in notes(engine, "expired") + notes(engine, "silent")] == [
        BEGUN + 47,
        BEGUN + 60,
    ]
    beats = [each for each in heard(client) if each == BEAT]
    assert len(beats) == 6


def test_who_reads_slowly_loses_nothing_and_holds_nobody_up() -> None:
    """One takes nothing until the end, the other one all as it comes: both have the same."""
    engine = engine_of("round/every-packet")
    slow, quick = join(engine, BEGUN), join(engine, BEGUN)
    lasts, events = whole("round/every-packet")
    got: list[bytes] = []
    for at in sorted({at for at, _ in events}):
        engine.run_until(BEGUN + at)
        got += heard(quick)
    engine.run_until(BEGUN + lasts)
    got += heard(quick)
    assert heard(slow) == got
    assert [each for each in got if each != BEAT] == sent("round/every-packet")
    assert got.count(BEAT) == int(lasts // 15)


# A whole round of a full field: about fifty thousand messages, forty megabytes.
FULL = """
title: A full field
tournament: {id: 7}
field: [{teams: 156}]
rounds: [{no: 1, tees: [1, 10]}]
"""


@pytest.mark.slow
async def test_one_socket_carries_a_whole_round_of_156_players() -> None:
    """Every message in order, none lost: those that REST has; and one who comes last has them.

    The first one reads nothing until all is played.
    """
    async with house(told(FULL, **QUIET)) as home:
        client = await enter(home, PATH)
        first = await client.so_far()
        home.clock.at += 36 * 3600  # the last groups end on the next morning
        status, body = await home.get(PATH.replace("stream", "rest"), live_token())
        assert status == 200
        listed = orjson.loads(body)
        late = await enter(home, PATH)
        got = await read_events(late, len(listed))
        assert first + await read_events(client, len(listed) - len(first)) == got
        read = [orjson.loads(each) for each in got]
        assert [each["data"] for each in read] == listed
        assert (await client.so_far(), await late.so_far()) == ([], [])
    assert len({each["id"] for each in read}) == len(read) > 40_000
    times = [each["time"] for each in read]
    assert times == sorted(times)
    ended: dict[int, set[int]] = {}
    for each in listed:
        if each["type"].endswith(".HoleEnded"):
            payload = each["payload"]
            ended.setdefault(payload["team_id"], set()).add(payload["hole_number"])
    assert len(ended) == 156
    assert list(ended.values()) == [set(range(1, 19))] * 156
