"""Rules: whom a fault strikes, when, how often; the envelope of every fault, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from faulty import BEGIN, HELLO, PARAMS, PATH, Listener, join, sent
from mockdde.chaos import asking
from mockdde.engine import Engine
from mockdde.errors import Mark
from mockdde.faults import Bound
from mockdde.feeds.dde.events import FEED
from mockdde.rules import Rule
from mockdde.scenario.model import FaultSpec, Trigger
from mockdde.wire import Context, Effect, Message, ServerFault, Shut, StreamFault, Thing
from running import ONE_HOLE, TWO_TEES, frames, staged

HERE = Mark("test", 1, 1)
SPEED = 60.0
# All begin at once, so that each stream can be opened.
MANY = """
title: Three at once
tournament: {id: 7}
field: [{teams: 3}]
rounds: [{no: 1, holes: 1}]
"""


@dataclass(frozen=True, slots=True)
class Marking(StreamFault):
    """A message of its own when it strikes, and one before each packet as long as it goes on."""

    NAME: ClassVar[str] = "marking"
    holds: bool = False

    def begin(self, context: Context) -> Effect:
        return _Marks(self.holds, context.chance.between(0, 1))


class _Marks(Effect):
    def __init__(self, holds: bool, draw: float) -> None:
        self._holds, self._draw = holds, draw
        self._held: list[Message] = []

    def start(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        yield Message(b"struck %.6f" % self._draw)

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        if self._holds:
            self._held.append(message)
        else:
            yield Message(b"marked")
            yield message

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        yield from self._held
        yield Message(b"ended")


@dataclass(frozen=True, slots=True)
class Dark(ServerFault):
    """Nobody listens."""

    NAME: ClassVar[str] = "dark"

    def order(self) -> Shut:
        return Shut(1.0)


def engine_of(story: str = ONE_HOLE, speed: float = SPEED) -> Engine:
    """An engine without a rule."""
    tournament = staged(story, **{"before-start": "wait"})
    return Engine([tournament], quirks=tournament.quirks, wire=BEGIN, speed=speed)


def rule(
    engine: Engine,
    at: Trigger,
    fault: Any = None,
    *,
    on: str = "round/1/team/1",
    tournament: int | None = 7,
    wire: float = BEGIN,
    **envelope: Any,
) -> Rule:
    """A rule that marks what it strikes."""
    spec = FaultSpec(HERE, HERE, on, at, "marking", {}, **{"times": 0, **envelope})
    return engine.chaos.add(Bound(spec, fault or Marking()), tournament, ("key",), wire)


def enter(engine: Engine, seconds: float = 0.0) -> Listener:
    """One more client, whose token was good."""
    listener = Listener(engine, join(engine, seconds))
    listener.say(HELLO, seconds)
    return listener


def marks(listener: Listener, what: bytes = b"struck") -> list[float]:
    """When it got messages that begin so."""
    return [
        round(at, 3) for at, data in listener.got for each in frames(data) if each.startswith(what)
    ]


def packets(listener: Listener) -> list[bytes]:
    """The packets it got."""
    return [each for _, data in listener.got for each in frames(data) if b"courseId" in each]


# ── triggers ──────────────────────────────────────────────────────────────────────────────────


def test_a_packet_by_its_number_strikes_once_a_connection() -> None:
    engine = engine_of()
    rule(engine, Trigger("seq", 4), Marking(holds=True))
    first = enter(engine)
    first.until(60.0)
    assert packets(first) == sent()[:3]
    second = enter(engine, 60.0)
    assert packets(second) == sent()[:3]
    assert len(marks(first)) == len(marks(second)) == 1


@pytest.mark.parametrize(("nth", "times"), [(0, None), (1, 1), (3, 1), (99, 0)])
def test_packets_by_their_type(nth: int, times: int | None) -> None:
    engine = engine_of()
    rule(engine, Trigger("event", nth, "Hit*"))
    listener = enter(engine)
    listener.until(60.0)
    hits = sum(b'"HitBall"' in each for each in sent())
    assert hits > 3
    assert len(marks(listener)) == (hits if times is None else times)


def test_times_of_the_wire_count_from_the_handshake_or_the_token() -> None:
    engine = engine_of()
    rule(engine, Trigger("connect", 4500))
    rule(engine, Trigger("auth", 4500))
    listener = Listener(engine, join(engine))
    listener.until(2.0)
    listener.say(HELLO, 2.0)
    listener.until(20.0)
    assert marks(listener) == [4.5, 6.5]


def test_a_moment_of_the_scenario_is_of_play() -> None:
    """Twice as fast it comes in half the time, and never while play is paused."""
    for speed in (60.0, 120.0):
        text = f"{ONE_HOLE}wire: [{{on: '*', at: {{ms: 120000, from: scenario}}, close: {{}}}}]\n"
        engine = engine_of(text, speed)
        listener = enter(engine)
        listener.until(120 / speed - 0.01)
        assert listener.ending is None
        before = packets(listener)
        engine.conductor.pause(BEGIN + 120 / speed - 0.005)
        listener.until(50.0)
        assert listener.ending is None
        engine.conductor.resume(BEGIN + 50.0)
        listener.until(50.1)
        assert listener.ending is not None
        assert packets(listener) == before


def test_messages_of_the_client_count_from_the_token() -> None:
    engine = engine_of()
    rule(engine, Trigger("message", 2))
    listener = enter(engine)
    listener.until(3.0)
    assert marks(listener) == []
    listener.say("anything", 3.0)
    listener.say("anything", 4.0)
    assert marks(listener) == [3.0]


def test_a_signal_strikes_all_who_are_there_each_time() -> None:
    engine = engine_of()
    rule(engine, Trigger("signal", 0, "now!"))
    one, two = enter(engine), enter(engine)
    assert engine.chaos.signal("now", BEGIN) == 0
    for at in (1.0, 2.0):
        one.until(at)
        two.until(at)
        assert engine.chaos.signal("now!", BEGIN + at) == 1
    late = enter(engine, 3.0)
    for each in (one, two, late):
        each.until(4.0)
    assert [len(marks(each)) for each in (one, two, late)] == [2, 2, 0]


def test_from_the_second_connection_on() -> None:
    engine = engine_of()
    rule(engine, Trigger("connection", 2), times=2)
    listeners = [enter(engine) for _ in range(4)]
    for each in listeners:
        each.until(1.0)
    assert [len(marks(each)) for each in listeners] == [0, 1, 1, 0]


def test_a_fault_of_the_server_needs_nobody_to_be_there() -> None:
    text = ONE_HOLE
    engine = engine_of(text)
    rule(engine, Trigger("signal", 0, "dark"), Dark())
    engine.chaos.signal("dark", BEGIN)
    assert [*engine.chaos.orders] == [Shut(1.0)]
    assert [each.event for each in engine.journal] == ["fault"]


def test_a_fault_of_the_server_has_its_envelope_too() -> None:
    engine = engine_of()
    rule(engine, Trigger("signal", 0, "dark"), Dark(), every=3, times=2)
    rule(engine, Trigger("signal", 0, "dark"), Dark(), probability=0.0)
    for at in range(12):
        engine.chaos.signal("dark", BEGIN + at)
    assert [each.at - BEGIN for each in engine.journal] == [2.0, 5.0]


# ── whom ──────────────────────────────────────────────────────────────────────────────────────


def test_only_this_connection_this_stream_this_client_this_tournament() -> None:
    engine = engine_of(TWO_TEES)
    rule(engine, Trigger("connect"), connection=2)
    rule(engine, Trigger("connect"), on="round/1/team/2")
    rule(engine, Trigger("connect"), on="*", tournament=8)
    rule(engine, Trigger("connect"), client="curl*")
    rule(engine, Trigger("connect"), on="*")
    reached = []
    for client in ("", "curl/8", "wget"):
        asked, _ = engine.knock(asking(PATH, BEGIN, client=client), PATH)
        subscriber = engine.open(FEED, PARAMS, PATH, BEGIN, asked)
        listener = Listener(engine, subscriber)
        listener.say(HELLO, 0.0)
        reached.append(len(marks(listener)))
    assert reached == [1, 3, 1]  # the last rule strikes each, the second is also `connection: 2`
    assert [each.fired for each in engine.chaos.rules.values()] == [1, 0, 0, 1, 3]


def test_the_multiplexer_has_to_be_named() -> None:
    for on, strikes in (("*", 0), ("multiplexer", 1)):
        engine = engine_of()
        rule(engine, Trigger("connect"), on=on, tournament=None)
        listener = Listener(engine, engine.multiplex({}, "/multiplexer/", BEGIN))
        listener.say(HELLO, 0.0)
        assert len(marks(listener)) == strikes


# ── how often, how long ───────────────────────────────────────────────────────────────────────


def test_only_so_many_times_and_only_each_third() -> None:
    engine = engine_of()
    rule(engine, Trigger("event", 0, "*"), every=3, times=2)
    listener = enter(engine)
    listener.until(60.0)
    got = [each for _, data in listener.got for each in frames(data)]
    where = [at for at, each in enumerate(got) if each.startswith(b"struck")]
    before = [sum(b"courseId" in each for each in got[:at]) for at in where]
    assert before == [3, 6]


def test_a_probability_is_drawn_for_each_connection_alone() -> None:
    """Whoever else connects, and in whichever order: the third connection meets the same."""

    def hits(order: list[int]) -> dict[tuple[int, int], int]:
        engine = engine_of(MANY)
        chosen = rule(engine, Trigger("event", 0, "*"), on="*", probability=0.3)
        listeners: dict[tuple[int, int], Listener] = {}
        for team in order:
            path = PATH.removesuffix("1") + str(team)
            subscriber = engine.open(FEED, PARAMS | {"team": team}, path, BEGIN)
            listener = Listener(engine, subscriber)
            listener.say(HELLO, 0.0)
            count = sum(each[0] == team for each in listeners)
            listeners[team, count] = listener
        for each in listeners.values():
            each.until(90.0)
        assert chosen.fired == sum(len(marks(each)) for each in listeners.values())
        return {key: len(marks(each)) for key, each in listeners.items()}

    one, other = hits([1, 1, 2, 3, 2]), hits([2, 3, 1, 2, 1])
    assert one == other
    assert len(set(one.values())) > 1


@pytest.mark.parametrize(("probability", "strikes"), [(0.0, False), (1.0, True)])
def test_never_is_never_and_always_always(probability: float, strikes: bool) -> None:
    engine = engine_of()
    chosen = rule(engine, Trigger("event", 0, "*"), probability=probability)
    enter(engine).until(60.0)
    assert chosen.fired == (len(sent()) if strikes else 0)


def test_its_time_is_over_and_what_it_held_comes() -> None:
    engine = engine_of()
    rule(engine, Trigger("seq", 3), Marking(holds=True), duration=5000)
    listener = enter(engine)
    listener.until(60.0)
    (begin,), (end,) = marks(listener), marks(listener, b"ended")
    assert end == pytest.approx(begin + 5.0)
    assert packets(listener) == sent()
    assert not [at for at, data in listener.got if begin < at < end and b"courseId" in data]


def test_a_rule_dies_with_its_effects() -> None:
    """After its ttl, or when it is removed."""
    for how in ("ttl", "removed"):
        engine = engine_of()
        more = {"ttl": 7000} if how == "ttl" else {}
        chosen = rule(engine, Trigger("connect"), Marking(holds=True), **more)
        listener = enter(engine)
        listener.until(7.0)
        if how == "removed":
            assert packets(listener) == []
            engine.chaos.remove(chosen.number, BEGIN + 7.0)
        listener.until(8.0)
        assert marks(listener, b"ended") == [7.0 if how == "ttl" else 8.0]
        assert packets(listener)
        late = enter(engine, 9.0)
        late.until(60.0)
        assert marks(late) == []


def test_who_comes_while_it_goes_on_meets_it_too() -> None:
    engine = engine_of()
    rule(engine, Trigger("signal", 0, "x"), duration=5000)
    enter(engine)
    engine.chaos.signal("x", BEGIN + 1.0)
    within, after = enter(engine, 3.0), enter(engine, 6.5)
    for each in (within, after):
        each.until(10.0)
    assert (len(marks(within)), len(marks(after))) == (1, 0)


def test_a_rule_that_is_added_strikes_who_is_open_where_it_is() -> None:
    """In the middle of a round, and nothing of that is lost or doubled."""
    engine = engine_of()
    listener = enter(engine)
    listener.until(5.0)
    rule(engine, Trigger("now"), wire=BEGIN + 5.0, duration=2000)
    listener.until(60.0)
    assert packets(listener) == sent()
    assert len(marks(listener)) == len(marks(listener, b"ended")) == 1


# ── what is said of it ────────────────────────────────────────────────────────────────────────


def test_what_has_not_struck_often_enough_is_said() -> None:
    engine = engine_of()
    rule(engine, Trigger("seq", 1), min_fired=3)
    rule(engine, Trigger("seq", 999))
    rule(engine, Trigger("seq", 999), min_fired=0)
    for at in (0.0, 1.0):
        enter(engine, at).until(2.0)
    assert engine.never_fired() == [
        "test:1:1: the fault marking fired 2 times, not 3",
        "test:1:1: the fault marking never fired",
    ]


def test_every_strike_is_in_the_journal() -> None:
    engine = engine_of()
    rule(engine, Trigger("event", 2, "*"))
    listener = enter(engine)
    listener.until(60.0)
    (noted,) = [each for each in engine.journal if each.event == "fault"]
    assert (noted.connection, noted.path) == (listener.subscriber.id, PATH)
    assert noted.detail == "marking, asked for at test:1:1"
    assert round(noted.at - BEGIN, 3) in [round(at, 3) for at, _ in listener.got]


def test_a_tournament_that_begins_again_has_its_faults_again() -> None:
    text = f"{ONE_HOLE}wire: [{{on: '*', at: {{seq: 2}}, close: {{code: 4000}}}}]\n"
    engine = engine_of(text)
    for at in (0.0, 100.0):
        first, second = enter(engine, at), enter(engine, at)
        first.until(at + 60.0)
        second.until(at + 60.0)
        assert first.subscriber.close == (4000, "")
        assert second.subscriber.close is None
        engine.conductor.restart(BEGIN + at + 60.0)
