"""Faults at random, one on another, over a small story: what holds whatever is combined."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field, fields
from typing import Any

import orjson
import pytest

from faulty import BEGIN, HELLO
from livewire import INIT, init
from mockdde.chaos import asking
from mockdde.engine import Engine
from mockdde.errors import ScenarioError
from mockdde.faults import family, faults
from mockdde.feeds import state_feeds, stream_feeds
from mockdde.shows import match
from mockdde.subscriber import Subscriber
from mockdde.wire import RestFault
from running import staged

STORY = """
title: One hole, three players
tournament: {id: 7}
field: [{teams: 3}]
rounds: [{no: 1, holes: 1}]
"""
FEEDS = [*stream_feeds(), *state_feeds()]
LIVE = ("round/1/events", "stroke-play-leaderboard")
SEEDS = range(64)
ON = ("round/1/team/1", "round/1/events")
PATHS = ("/golf/tournaments/7/round/1/team/1", "/golf/stream/v1/tournaments/7/round/1/events")
SPAN = 60.0  # seconds on the wire: more than the story lasts at its speed
SPEED = 60.0
MOST_STEPS = 60_000  # deadlines in that time; the finest slices need a third of it
MOST_BYTES = 100_000_000
STREAMS = ("round/1/team/1", "round/1/team/1", "leaderboard", "multiplexer", "*", *LIVE)
CLIENTS = (
    *(("first", "round/1/team/1"), ("board", "leaderboard"), ("all", "multiplexer")),
    *(("live", LIVE[0]), ("standings", LIVE[1])),
)
TRIGGERS = (
    {"seq": 3},
    {"event": "*"},
    {"event": "HitBall", "nth": 2},
    {"event": "BallHoled"},
    {"ms": 0, "from": "connect"},
    {"ms": 5000, "from": "auth"},
    {"ms": 60_000, "from": "scenario"},
    {"connection": 1},
    {"message": 1},
    {"signal": "now"},
)
ENVELOPE: dict[str, tuple[object, ...]] = {
    "times": (0, 0, 1, 3),
    "every": (1, 2),
    "probability": (1.0, 0.3),
    "duration": ("1s", "30s"),
    "ttl": ("10s", "1m"),
    "connection": (1, 2),
}
WORDS = (
    *("none", "last", "close", "stay", "refuse", "kick_old", "kick_new", "reset", "fin", "late"),
    *("lost", "reconnect", "stop", "fast", "jitter", "keep", "swap", "twice", "early", "missing"),
    *("then_more", "string", "float", "null", "shift", "skew", "back", "truncated", "two", "empty"),
    *("unknown_type", "unknown_key", "null_optional", "key_case", "uniform", "lognormal"),
)
NUMBERS = (0, 1, 2, 3, 5, 20, 100, 1000, 10_000, 1008)


@dataclass
class Watched:
    """An engine with clients that come, speak and go; what each got, and when."""

    engine: Engine
    steps: int = 0
    size: int = 0
    got: dict[str, list[tuple[float, bytes]]] = field(default_factory=dict)
    here: dict[str, Subscriber] = field(default_factory=dict)
    now: float = BEGIN

    def enter(self, who: str, name: str, said: str = "") -> None:
        below = "/golf/stream/v1/tournaments/7" if name in LIVE else "/golf/tournaments/7"
        path = "/multiplexer/" if name == "multiplexer" else f"{below}/{name}"
        asked, handshake = self.engine.knock(asking(path, self.now), path)
        if handshake is not None and (
            handshake.hang or handshake.reset or handshake.status or handshake.raw is not None
        ):
            return
        if name == "multiplexer":
            subscriber = self.engine.multiplex({"sport": "golf"}, path, self.now, asked)
        else:
            found = match(path, FEEDS)
            assert found is not None
            subscriber = self.engine.open(*found, path, self.now, asked)
        if handshake is not None and handshake.then is not None:
            self.engine.turn_away(subscriber, handshake.then)
        self.here[who], self.got[who] = subscriber, []
        self.take()
        hello = (said or INIT) if name in LIVE else HELLO
        self.engine.hear(subscriber, hello, self.now)

    def signal(self) -> None:
        self.engine.chaos.signal("now", self.now)
        self.engine.woken()

    def until(self, seconds: float) -> None:
        target = BEGIN + seconds
        while (due := self.engine.next_deadline()) is not None and due <= target:
            self.now = max(self.now, due)
            self.engine.run_until(self.now)
            self.take()
            self.steps += 1
            assert self.steps < MOST_STEPS, "it is busy for ever"
        self.now = target
        self.engine.run_until(target)
        self.take()

    def take(self) -> None:
        for who, subscriber in [*self.here.items()]:
            while (data := subscriber.take()) is not None:
                self.got[who].append((self.now, bytes(data)))
                self.size += len(data)
            assert self.size < MOST_BYTES, "it grows without end"
            if subscriber.ending is not None:
                self.got[who].append((self.now, repr(subscriber.ending).encode()))
                self.leave(who)
        self.engine.ready.clear()

    def leave(self, who: str) -> None:
        self.engine.leave(self.here.pop(who), self.now, "it is over")


def engine_of(wire: list[dict[str, Any]]) -> Engine:
    text = STORY + "wire: " + orjson.dumps(wire).decode()
    tournament = staged(text, **{"before-start": "wait"})
    return Engine([tournament], quirks=tournament.quirks, wire=BEGIN, speed=SPEED)


def played(wire: list[dict[str, Any]]) -> tuple[Watched, list[dict[str, Any]]]:
    """What clients got of the story with these faults, and the journal."""
    watched = Watched(engine_of(wire))
    for who, name in CLIENTS:
        watched.enter(who, name)
    for at, act in (
        (7.0, watched.signal),
        (11.0, lambda: watched.enter("second", "round/1/team/1")),
        (11.0, lambda: watched.enter("goes on", LIVE[0], init(seen(watched)))),
        (19.0, watched.signal),
        (23.0, lambda: watched.enter("board again", "leaderboard")),
    ):
        watched.until(at)
        act()
    watched.until(SPAN)
    for who in [*watched.here]:
        watched.leave(who)
    return watched, [each.as_json() for each in watched.engine.journal]


def seen(watched: Watched) -> str:
    """The id of an event that the live client was sent, or that of none."""
    ids = re.findall(rb'"specversion":"1.0","id":"([^"]{36})"', whole(watched, "live"))
    return ids[len(ids) // 2].decode() if ids else "none"


def drawn(chance: random.Random, name: str) -> dict[str, Any] | None:
    """An entry of wire with parameters and a trigger at random; None where it is not legal."""

    def value(default: object) -> object:
        match default:
            case bool():
                return chance.random() < 0.5
            case int():
                return chance.choice((*NUMBERS, default))
            case float():
                return chance.choice((0.0, 0.1, 0.5, 1.0, 10.0))
            case tuple():
                return [value(each) for each in default]
        return chance.choice((*WORDS, default))

    params = {
        each.name: value(each.default)
        for each in fields(faults()[name])  # type: ignore[arg-type]
        if chance.random() < 0.5
    }
    envelope = {key: chance.choice(of) for key, of in ENVELOPE.items() if chance.random() < 0.25}
    on, at = chance.choice(STREAMS), chance.choice(TRIGGERS)
    entry = {"on": on, "at": at, **envelope, name: params}
    try:
        engine_of([entry])
    except ScenarioError:
        return None
    return entry


def entries(seed: int, **more: object) -> list[dict[str, Any]]:
    """Up to three."""
    chance = random.Random(seed)
    names = [name for name, kind in faults().items() if family(kind) is not RestFault]
    wire: list[dict[str, Any]] = []
    # Each fault has its turn, with others.
    first = names[seed % len(names)]
    for name in (first, *chance.choices(names, k=chance.randint(0, 2))):
        found = next(filter(None, (drawn(chance, name) for _ in range(50))), None)
        wire += [] if found is None else [found | more]
    return wire


@pytest.fixture(scope="module")
def unharmed() -> Watched:
    """Without any fault."""
    return played([])[0]


def whole(watched: Watched, who: str) -> bytes:
    return b"".join(data for _, data in watched.got[who])


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_strikes_together_ends_and_does_the_same_again(
    seed: int, unharmed: Watched
) -> None:
    wire = entries(seed)
    watched, journal = played(wire)
    for got in watched.got.values():
        times = [at for at, _ in got]
        assert times == sorted(times)
    assert not watched.engine.subscribers
    assert not watched.engine.chaos.ways
    again, noted = played(wire)
    assert again.got == watched.got
    assert noted == journal
    struck = {each["on"] for each in wire}
    for who, name in CLIENTS:
        if name not in struck and ("*" not in struck or name == "multiplexer"):
            assert whole(watched, who) == whole(unharmed, who)


@pytest.mark.parametrize("seed", range(8))
def test_what_never_strikes_changes_no_byte(seed: int, unharmed: Watched) -> None:
    # What is of both families answers a handshake only after it has struck a connection.
    watched, _ = played(entries(seed, probability=0.0))
    assert {who: whole(watched, who) for who in watched.got} == {
        who: whole(unharmed, who) for who in unharmed.got
    }


@pytest.mark.parametrize(
    "fault",
    [
        {"duplicate": {"count": 0}},
        {"duplicate": {"count": 0, "copies": 20}},
        {"replay_block": {}},
        {"timestamp": {"ms": -315_360_000_000}},
        {"timestamp": {"how": "skew", "skew": 10.0}},
        {"status_regress": {}},
        {"link_state": {"ms": 1000}},
    ],
    ids=str,
)
def test_one_effect_on_another_stays_within_bounds(fault: dict[str, Any]) -> None:
    rules = [{"on": on, "at": {"event": "*"}, "times": 0, **fault} for on in ON]
    wire = rules[: 1 if "link_state" in fault else 2]
    watched, journal = played(wire)
    assert {each["path"] for each in journal if each["event"] == "fault"} == {
        each for each, _ in zip(PATHS, wire, strict=False)
    }
    assert b"RoundOfficial" in whole(watched, "first")
    assert b"SportEventEnded" in whole(watched, "live")
