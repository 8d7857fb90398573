"""The engine with times made up: heartbeats, late joiners, faults, and what is legal."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import stream_feeds
from mockdde.moments import iso_micros
from mockdde.subscriber import LEGAL, Act, Heard, State, Subscriber
from running import ACCEPTED, FAULTY, ONE_HOLE, TWO_TEES, frames, packets_of, payloads, staged

FEED = stream_feeds()[0]
PARAMS = {"tournament": 7, "round": 1, "team": 1}
TOKEN = '{"authToken": "t"}'  # noqa: S105


def engine_of(text: str, *, speed: float = 1.0, **quirks: str) -> Engine:
    """An engine that starts at wire time 1000."""
    tournament = staged(text, **quirks)
    return Engine([tournament], quirks=tournament.quirks, wire=1000.0, speed=speed)


def join(engine: Engine, wire: float) -> Subscriber:
    """A client that opens the stream and sends its token, both now."""
    subscriber = engine.open(FEED, PARAMS, FEED.PATH.format(**PARAMS), wire)
    engine.hear(subscriber, TOKEN, wire)
    return subscriber


def take_all(subscriber: Subscriber) -> bytes:
    """All bytes that are due."""
    return b"".join(bytes(data) for data in iter(subscriber.take, None))


def beat(wire: float) -> bytes:
    """A heartbeat as the feed's newest sample has it."""
    stamp = iso_micros(round(wire * 1_000_000))
    message = f"Heartbeat sent at {stamp}"
    packet = {"eventElementType": "Heartbeat", "timestamp": stamp, "message": message}
    return json.dumps(packet, separators=(",", ":")).encode()


@pytest.mark.parametrize("speed", [1.0, 7.0, 600.0])
@pytest.mark.parametrize("every", ["10", "20"])
def test_heartbeats_come_by_wire_time_between_the_packets(speed: float, every: str) -> None:
    """The first exactly 10 (or 20) seconds after the acceptance, whatever the speed; in order."""
    engine = engine_of(ONE_HOLE, speed=speed, heartbeat=every)
    subscriber = join(engine, 1002.5)
    end = 1002.5 + 20 * int(every)
    engine.run_until(end)
    sent = packets_of(staged(ONE_HOLE))[FEED.PATH.format(**PARAMS)]
    expected = [(max(1002.5, 1000 + at / speed), 0, payload) for at, payload in sent]
    beats = [1002.5 + int(every) * number for number in range(1, 21)]
    expected = [each for each in expected if each[0] <= end]
    expected += [(at, 1, beat(at)) for at in beats]
    got = frames(take_all(subscriber))
    assert json.loads(got[0]) == ACCEPTED
    assert got[1:] == [payload for _, _, payload in sorted(expected, key=lambda each: each[:2])]


def test_no_deadline_is_missed_by_who_wakes_when_told() -> None:
    """A caller that sleeps until next_deadline writes each packet and heartbeat in its time."""
    engine = engine_of(ONE_HOLE)
    subscriber = join(engine, 1000.0)
    take_all(subscriber)
    times = []
    while (deadline := engine.next_deadline()) is not None and deadline < 2000:
        engine.run_until(deadline)
        if subscriber.id in engine.ready:
            engine.ready.clear()
            times += [deadline] * len(frames(take_all(subscriber)))
    packets = packets_of(staged(ONE_HOLE))[FEED.PATH.format(**PARAMS)]
    wanted = [1000 + at for at, _ in packets if 0 < at < 1000]
    wanted += [1000.0 + 10 * number for number in range(1, 100)]
    assert times == pytest.approx(sorted(wanted))


def test_who_joins_at_any_moment_gets_every_packet_once() -> None:
    """A subscriber joins before and after every single packet, and at the end."""
    engine = engine_of(ONE_HOLE)
    packets = packets_of(staged(ONE_HOLE))[FEED.PATH.format(**PARAMS)]
    taken = {join(engine, 1000.0): b""}
    for number, (at, _) in enumerate(packets):
        for wire in (1000 + at - 0.0005, 1000 + at + 0.0005):
            if wire > 1000.0:
                taken[join(engine, wire)] = b""
        if number % 3 == 0:  # some read as they go, others only at the end
            for subscriber in taken:
                if subscriber.id % 2:
                    taken[subscriber] += take_all(subscriber)
    taken[join(engine, 9000.0)] = b""
    for subscriber in taken:
        taken[subscriber] += take_all(subscriber)
    assert len(taken) > 2 * len(packets) - 5
    for data in taken.values():
        accepted, *rest = frames(data)
        assert json.loads(accepted) == ACCEPTED
        assert [each for each in rest if b"Heartbeat" not in each] == [p for _, p in packets]


@given(st.lists(st.tuples(st.floats(0, 60), st.integers(0, 4)), max_size=60))
def test_small_steps_take_the_same_bytes_as_one(steps: list[tuple[float, int]]) -> None:
    """Who reads a little now and then gets what is got by who reads when all is over."""
    engine = engine_of(ONE_HOLE)
    slow, lazy = join(engine, 1000.0), join(engine, 1000.0)
    wire, got = 1000.0, b""
    for pause, count in steps:
        wire += pause
        engine.run_until(wire)
        for data in itertools.islice(iter(slow.take, None), count):
            got += bytes(data)
    engine.run_until(5000.0)
    assert got + take_all(slow) == take_all(lazy)


def test_a_fault_strikes_a_cursor_wherever_it_comes_from() -> None:
    """Taken at once or packet by packet: four packets, then a close, then nothing."""
    for stride in (10_000.0, 1.0):
        engine = engine_of(FAULTY)
        subscriber, wire, got = join(engine, 1000.0), 1000.0, b""
        while wire < 4000 and subscriber.close is None:
            wire += stride
            engine.run_until(wire)
            got += take_all(subscriber)
        assert subscriber.close == (4321, "oops")
        texts = [each for each in frames(got)[1:] if b"Heartbeat" not in each]
        assert texts == payloads(FEED.PATH.format(**PARAMS), FAULTY)[:4]
        engine.run_until(wire + 1000)
        assert subscriber.take() is None


def test_a_fault_strikes_as_often_as_it_may_and_no_more() -> None:
    """Two who wait for the same packet: with times 1 one of them is cut, with times 2 both."""
    for times in (1, 2):
        engine = engine_of(FAULTY.replace("at:", f"times: {times}, at:"))
        both = [join(engine, 1000.0), join(engine, 1000.0)]
        engine.run_until(5000.0)
        for subscriber in both:
            take_all(subscriber)
        assert [each.close is not None for each in both] == [True, times == 2]


def test_with_a_fault_a_jump_gives_the_bytes_of_waiting() -> None:
    """Heartbeats before the packet, the packet, the close: whenever the caller looks."""
    patient, lazy = engine_of(FAULTY), engine_of(FAULTY)
    one, other, got = join(patient, 1000.0), join(lazy, 1000.0), b""
    while (deadline := patient.next_deadline()) is not None and deadline < 4000:
        patient.run_until(deadline)
        got += take_all(one)
    lazy.run_until(4000.0)
    assert got == take_all(other)
    assert one.close == other.close == (4321, "oops")
    assert [each.at for each in patient.journal] == [each.at for each in lazy.journal]


def test_each_client_meets_each_fault_in_turn() -> None:
    """Two faults of one stream, once each: two clients are cut, and then nobody."""
    more = "\n  - {on: round/1/team/1, at: {seq: 7}, close: {code: 4322}}\n"
    engine = engine_of(ONE_HOLE + "wire:\n  - {on: '*', at: {seq: 4}, close: {code: 4321}}" + more)
    first, second, third = (join(engine, 1000.0) for _ in range(3))
    engine.run_until(5000.0)
    assert first.close is not None
    assert second.close is not None
    assert (first.close[0], second.close[0], third.close) == (4321, 4322, None)
    assert engine.never_fired() == []


def test_a_fault_comes_before_the_close_of_a_round_that_is_over() -> None:
    """Quirk after-official: who joins an official round can still be cut on the way."""
    engine = engine_of(FAULTY, **{"after-official": "close"})
    engine.run_until(9000.0)
    first, second = join(engine, 9000.0), join(engine, 9000.0)
    assert (first.close, second.close) == ((4321, "oops"), (1000, "the round is official"))
    assert len(frames(take_all(first))) == 5
    assert len(frames(take_all(second))) == 1 + len(payloads(FEED.PATH.format(**PARAMS), FAULTY))


def test_a_late_client_meets_the_first_fault_that_is_left() -> None:
    """Of those whose packets it is still to get."""
    more = "\n  - {on: '*', at: {seq: 4}, close: {code: 4321}}\n"
    engine = engine_of(ONE_HOLE + "wire:\n  - {on: '*', at: {seq: 7}, close: {code: 4322}}" + more)
    engine.run_until(5000.0)
    codes = []
    for _ in range(3):
        late = join(engine, 5000.0)
        count = len(frames(take_all(late)))
        codes.append((late.close[0] if late.close else 0, count))
    assert codes[0][0] == 4321
    assert codes[1] == (4322, codes[0][1] + 3)
    assert codes[2][0] == 0


def test_clients_that_come_and_go_leave_nothing_behind() -> None:
    """Not a deadline, not a reader, not a place among those that have something to take."""
    engine = engine_of(ONE_HOLE, **{"token-deadline": "86400"})
    stays = join(engine, 1000.0)
    for number in range(3000):
        wire = 1000.0 + number / 100
        gone = join(engine, wire) if number % 2 else engine.open(FEED, PARAMS, "/x", wire)
        engine.leave(gone, wire, "gone")
    assert len(engine._deadlines) < 200
    assert list(engine._readers.values()) == [{stays.id: stays}]
    assert engine.subscribers == engine.ready == {stays.id: stays}


def test_play_begins_where_the_scenario_says() -> None:
    """``play: {at: 30m}``: what happened in the first half hour is on the tape at once."""
    path = FEED.PATH.format(**PARAMS)
    early = engine_of(TWO_TEES.replace("id: 7,", "id: 7,") + "play: {at: 30m}\n")
    soon = next(path for path, sent in packets_of(staged(TWO_TEES)).items() if sent[0][0] == 0)
    params = {**PARAMS, "team": int(soon.rpartition("/")[2])}
    subscriber = early.open(FEED, params, path, 1000.0)
    early.hear(subscriber, TOKEN, 1000.0)
    sent = packets_of(staged(TWO_TEES))[soon]
    # The first tee time is a few seconds before the first packet.
    past = [payload for at, payload in sent if at <= 30 * 60 - 15]
    got = frames(take_all(subscriber))[1:]
    assert got[: len(past)] == past
    assert 0 <= len(got) - len(past) < 4


def test_a_fault_does_not_strike_who_is_not_sent_its_packet() -> None:
    """Who joins live-only after the packet goes on; who joins before it is cut behind it."""
    quirks = {"late-join": "live-only"}
    engine = engine_of(FAULTY, **quirks)
    engine.run_until(5000.0)
    late = join(engine, 5000.0)
    assert frames(take_all(late)) == [json.dumps(ACCEPTED, separators=(",", ":")).encode()]
    assert late.close is None
    engine = engine_of(FAULTY, **quirks)
    early = join(engine, 1000.0)
    engine.run_until(5000.0)
    take_all(early)
    assert early.close == (4321, "oops")


def test_who_has_left_is_owed_nothing() -> None:
    """No deadline, no place among the readers."""
    engine = engine_of(ONE_HOLE)
    subscriber = join(engine, 1000.0)
    engine.leave(subscriber, 1001.0, "gone")
    engine.leave(subscriber, 1001.0, "gone")
    engine.run_until(9000.0)
    assert subscriber.id not in engine.ready
    assert engine.subscribers == {}
    assert engine.next_deadline() is None
    assert [each.event for each in engine.journal] == ["opened", "said", "accepted", "closed"]


# ── what is legal ─────────────────────────────────────────────────────────────────────────────

SAID = [Heard.GOOD, Heard.BAD, Heard.OTHER]


def test_all_that_a_client_can_cause_is_in_the_table() -> None:
    """Whatever is said in any state; silence only counts until the token."""
    possible = {*itertools.product(State, SAID), (State.CONNECTED, Heard.SILENCE)}
    assert set(LEGAL) == possible


def test_a_closing_connection_stays_one() -> None:
    """And streaming is left by no word of the client."""
    for (state, _), (then, act) in LEGAL.items():
        if state is not State.CONNECTED:
            assert (then, act) == (state, Act.IGNORE)
        else:
            assert act is not Act.IGNORE


@given(st.lists(st.one_of(st.text(), st.binary(), st.floats(0, 100), st.just(TOKEN)), max_size=20))
def test_whatever_is_said_the_engine_knows_what_to_do(doings: list[str | bytes | float]) -> None:
    """Words and pauses in any order: nothing raises, and who is to be closed gets nothing more."""
    engine = engine_of(ONE_HOLE)
    subscriber = engine.open(FEED, PARAMS, "/x", 1000.0)
    wire = 1000.0
    for doing in doings:
        closing = subscriber.state is State.CLOSING
        if isinstance(doing, float):
            wire += doing
            engine.run_until(wire)
        else:
            engine.hear(subscriber, doing, wire)
        got = take_all(subscriber)
        if closing:
            assert subscriber.state is State.CLOSING
            assert not got
        assert (subscriber.close is not None) == (subscriber.state is State.CLOSING)


def test_open_says_why_there_is_none() -> None:
    """Before the round has started, in a pure engine too."""
    engine = engine_of(TWO_TEES)
    starts = {path: sent[0][0] for path, sent in packets_of(staged(TWO_TEES)).items()}
    late = next(path for path, at in starts.items() if at > 0)
    with pytest.raises(RequestError) as refused:
        engine.open(FEED, {**PARAMS, "team": int(late.rpartition("/")[2])}, late, 1000.0)
    assert refused.value.status == 204
