"""The clocks set while it plays: time changes, and not a byte of what anybody is sent."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockdde.broadcast import Broadcast
from mockdde.conductor import LOOP_PAUSE
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import document_feeds, state_feeds, stream_feeds
from mockdde.moments import iso_millis, parse_moment
from mockdde.playclock import ORDINARY, Clocks, PlayClock
from mockdde.scenario import open_scenario
from mockdde.show import Show
from mockdde.shows import match
from mockdde.subscriber import Subscriber
from mockdde.world import Tournament, stage
from running import (
    CLOSE,
    ONE_HOLE,
    PATIENCE,
    TWO_TEES,
    Client,
    Running,
    frames,
    house,
    mockdde,
    packets_of,
    serve,
    staged,
)

TOKEN = '{"authToken": "t"}'  # noqa: S105
STREAMS = [*stream_feeds(), *state_feeds()]
WAITS = ONE_HOLE + "play: {starts: connection}\n"
OTHER = TWO_TEES.replace("id: 7,", "id: 8,")
ROUND = "/golf/tournaments/7/round/1/team/1"
STAMP = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")


@cache
def told(text: str) -> Tournament:
    """A scenario ready to be played, as often as one likes."""
    return staged(text)


def engine_of(
    *tournaments: Tournament | str, clocks: Clocks = ORDINARY, speed: float = 1.0
) -> Engine:
    """An engine that starts at wire time 1000."""
    made = [told(each) if isinstance(each, str) else each for each in tournaments]
    return Engine(made, quirks=made[0].quirks, wire=1000.0, clocks=clocks, speed=speed)


def join(engine: Engine, path: str, wire: float) -> Subscriber:
    """A client that opens the stream and sends its token, both now."""
    if path == "/multiplexer/":
        subscriber = engine.multiplex({"catchup": "true"}, path, wire)
    else:
        found = match(path, STREAMS)
        assert found is not None
        subscriber = engine.open(found[0], found[1], path, wire)
    engine.hear(subscriber, TOKEN, wire)
    return subscriber


def take(subscriber: Subscriber) -> list[bytes]:
    """All that is due."""
    return frames(b"".join(bytes(data) for data in iter(subscriber.take, None)))


def packets(taken: list[bytes]) -> list[bytes]:
    """Less what the socket says itself."""
    own = (b"Heartbeat", b"Authorisation accepted")
    return [each for each in taken if not any(word in each for word in own)]


def document(engine: Engine, name: str, wire: float, **params: int) -> Any:
    """A document that REST answers."""
    (feed,) = (each for each in document_feeds() if name == each.NAME)
    return json.loads(engine.answers.document(feed, params, {}, wire))


def standing(engine: Engine, wire: float, number: int = 7) -> dict[str, Any]:
    """Where a tournament stands."""
    (found,) = (each for each in engine.conductor.standing(wire) if each["tournament"] == number)
    return found


def standing_now(engine: Engine, wire: float, budget: int | None) -> dict[str, Any]:
    """Where it stands after so many steps."""
    engine.run_until(wire, budget)
    return standing(engine, wire)


def refusal(doing: Any, *words: Any) -> tuple[int, str]:
    """The status and sentence with which something is refused."""
    with pytest.raises(RequestError) as refused:
        doing(*words)
    return refused.value.status, str(refused.value)


# ── whatever is done to the clocks ────────────────────────────────────────────────────────────

GOLF = {text: packets_of(staged(text)) for text in (ONE_HOLE, TWO_TEES)}
BEGINS = {text: staged(text).begins for text in GOLF}


class Model:
    """Where play must be, exactly: milliseconds after the begin. And the engine that is held to it.

    What is impossible is done to neither.
    """

    def __init__(self, text: str) -> None:
        self.engine, self.begins = engine_of(text), BEGINS[text]
        self.seqs = {json.loads(sent)["seqNum"]: at for at, sent in GOLF[text][ROUND]}
        self.wire = 1000.0
        self.at, self.speed, self.paused = Fraction(0), Fraction(1), False

    def do(self, what: str, arg: Any) -> None:
        """One thing is done."""
        getattr(self, what)(arg)
        self.engine.run_until(self.wire)

    def wait(self, seconds: float) -> None:
        """So much time of the wire goes by."""
        before, self.wire = self.wire, self.wire + seconds
        if not self.paused:
            self.at += (Fraction(self.wire) - Fraction(before)) * 1000 * self.speed

    def pause(self, _: None) -> None:
        """It stands still."""
        self.engine.conductor.pause(self.wire)
        self.paused = True

    def resume(self, _: None) -> None:
        """It goes on."""
        self.engine.conductor.resume(self.wire)
        self.paused = False

    def set_speed(self, speed: float) -> None:
        """It goes faster, or more slowly."""
        self.engine.conductor.set_speed(self.wire, speed)
        self.speed = Fraction(speed)

    def step(self, on: str) -> None:
        """To the next event there, or to the end."""
        with suppress(RequestError):
            self.engine.conductor.step(self.wire, on)
        show = self.engine.conductor.show(7)
        self.paused = show.clock.paused
        self._moved(show)

    def seek(self, seconds: int) -> None:
        """To a time that is not past."""
        if seconds * 1000 >= self.at + 1:
            self.engine.conductor.seek(self.wire, f"{seconds}s")
            self.at = Fraction(seconds * 1000)

    def seek_seq(self, seq: int) -> None:
        """To a packet that is not sent, or to the end of its stream."""
        try:
            self.engine.conductor.seek(self.wire, f"round/1/team/1:seq={seq}")
        except RequestError:
            return
        while not self.engine.run_until(self.wire, 3):
            pass
        if seq in self.seqs:
            self.at = max(self.at, Fraction(round(self.seqs[seq] * 1000)))
        else:
            self._moved(self.engine.conductor.show(7))

    def _moved(self, show: Show) -> None:
        """How far is for other tests to say; never back, and never beyond what was sent."""
        at = Fraction(show.clock.exactly(self.wire)) - self.begins
        assert at >= self.at - Fraction(1, 1000) * max(1, self.speed)
        if show.clock.paused:
            told = [show.tournament.log.at(place) for place in range(show.broadcast.events)]
            last = max(each.due for each in told if each is not None) - self.begins
            assert at <= max(last, self.at) + Fraction(1, 1000) * max(1, self.speed)
        self.at = at


DOINGS = st.one_of(
    st.tuples(st.just("wait"), st.floats(0.001, 900)),
    st.tuples(st.just("pause"), st.none()),
    st.tuples(st.just("resume"), st.none()),
    st.tuples(st.just("set_speed"), st.sampled_from([0.001, 0.3, 1.0, 7.0, 60.0, 1e6])),
    st.tuples(st.just("step"), st.sampled_from(["*", "round/1/team/1", "round/*", "leaderboard"])),
    st.tuples(st.just("seek"), st.integers(0, 3600)),
    st.tuples(st.just("seek_seq"), st.integers(1, 80)),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(GOLF)), st.lists(DOINGS, max_size=25))
def test_clients_notice_nothing_but_time(text: str, doings: list[tuple[str, Any]]) -> None:
    """Each gets the packets of a run that nobody touched, in order; none early, none late."""
    golf, model = GOLF[text], Model(text)
    engine = model.engine
    paths = [path for path, sent in golf.items() if sent[0][0] == 0]
    clients = {path: join(engine, path, 1000.0) for path in paths}
    taken: dict[str, list[bytes]] = {path: [] for path in paths}
    everything, index = join(engine, "/multiplexer/", 1000.0), list[bytes]()
    for what, arg in doings:
        model.do(what, arg)
        slack = Fraction(1, 1000) * max(1, model.speed)  # a millisecond, and a microsecond
        for path, client in clients.items():
            taken[path] += packets(take(client))
            must = sum(at * 1000 < model.at - slack for at, _ in golf[path])
            may = sum(at * 1000 <= model.at + slack for at, _ in golf[path])
            assert must <= len(taken[path]) <= may, (what, arg, model.at)
        index += packets(take(everything))
    engine.conductor.resume(model.wire)
    engine.conductor.set_speed(model.wire, 1e6)
    engine.run_until(model.wire + 60)
    for path, client in clients.items():
        assert taken[path] + packets(take(client)) == [payload for _, payload in golf[path]]
    index += packets(take(everything))
    told = [json.loads(each) for each in index]
    for path, sent in golf.items():
        assert wrapped(told, path) == [json.loads(payload) for _, payload in sent]


def wrapped(told: list[dict[str, Any]], path: str) -> list[Any]:
    """The packets of a stream among those of the multiplexer."""
    event = "-".join(re.findall("[0-9]+", path))
    of = [each for each in told if (each["eventId"], each["feedType"]) == (event, KIND)]
    return [each["message"] for each in of]


KIND = stream_feeds()[0].FEED_TYPE


@given(
    st.lists(st.tuples(st.floats(0, 5000), st.floats(0.001, 1e6)), min_size=1, max_size=20),
    st.integers(0, 2_000_000_000_000),
)
def test_a_change_of_speed_is_no_jump(changes: list[tuple[float, float]], begin: int) -> None:
    """Play is where it was, to a microsecond of the wire, and goes on from there so fast."""
    clock, wire = PlayClock(begin, 1.0), 1_700_000_000.0
    clock.start(wire)
    exact, speed = Fraction(begin), Fraction(1)
    for wait, then in changes:
        exact += (Fraction(wire + wait) - Fraction(wire)) * 1000 * speed
        wire += wait
        before = clock.exactly(wire)
        clock.set_speed(wire, then)
        assert clock.exactly(wire) == before
        assert abs(Fraction(before) - exact) < Fraction(1, 100) + exact / 10**12
        speed = Fraction(then)
        due = clock.wire_of(int(before) + 1_000_000)
        assert due is not None
        assert due == pytest.approx(wire + 1000 / then, rel=1e-9, abs=0.01 / then)
        exact = Fraction(before)


# ── pause ─────────────────────────────────────────────────────────────────────────────────────


def test_while_play_is_paused_the_wire_goes_on() -> None:
    """Heartbeats at their time; nothing of play for an hour; then as if the hour had not been."""
    engine, golf = engine_of(ONE_HOLE), GOLF[ONE_HOLE][ROUND]
    client = join(engine, ROUND, 1000.0)
    engine.conductor.pause(1100.0)
    before = packets(take(client))
    engine.run_until(4700.0)
    beats = take(client)
    assert len(beats) == 360
    assert all(b"Heartbeat" in each for each in beats)
    assert engine.next_deadline() == 4710.0
    assert standing(engine, 4700.0)["paused"]
    engine.conductor.pause(4700.0)  # once more is the same
    engine.conductor.resume(4700.0)
    following = golf[len(before)][0]
    engine.run_until(4600 + following - 0.001)
    assert packets(take(client)) == []
    engine.run_until(4600 + following + 0.001)
    assert packets(take(client)) == [golf[len(before)][1]]


def test_a_paused_tournament_begins_when_it_is_resumed() -> None:
    """Though a client has opened it long before."""
    engine = engine_of(WAITS)
    engine.conductor.pause(1000.0)
    client = join(engine, ROUND, 1010.0)
    engine.run_until(1500.0)
    assert len(packets(take(client))) == 1  # what is sent at the very beginning waits for nobody
    assert not standing(engine, 1500.0)["running"]
    engine.conductor.resume(1500.0)
    second = GOLF[ONE_HOLE][ROUND][1][0]
    engine.run_until(1500 + second - 0.001)
    assert packets(take(client)) == []
    engine.run_until(1500 + second + 0.001)
    assert len(packets(take(client))) == 1


def test_resuming_what_is_not_paused_begins_nothing() -> None:
    """It still waits for its first client."""
    engine = engine_of(WAITS)
    engine.conductor.resume(1000.0)
    assert engine.next_deadline() is None or not standing(engine, 1000.0)["running"]


def test_only_those_that_are_named() -> None:
    """The other tournament plays on."""
    engine = engine_of(ONE_HOLE, OTHER)
    engine.conductor.pause(1000.0, (8,))
    engine.conductor.set_speed(1000.0, 5.0, (7,))
    one, other = standing(engine, 1100.0), standing(engine, 1100.0, 8)
    assert (one["paused"], one["speed"]) == (False, 5.0)
    assert (other["paused"], other["speed"]) == (True, 1.0)
    assert other["now"] == standing(engine, 1000.0, 8)["now"]


def test_what_was_over_from_the_start_has_no_clock() -> None:
    """Nobody wakes it; who names it is told."""
    over = stage(open_scenario("world/older-open"))
    engine = engine_of(ONE_HOLE, over)
    conductor = engine.conductor
    conductor.pause(1000.0)
    conductor.resume(1000.0)
    conductor.set_speed(1000.0, 3.0)
    conductor.seek(1000.0, "5m")
    conductor.restart(1000.0)
    cold = standing(engine, 1000.0, over.id)
    assert (cold["paused"], cold["speed"], cold["streams"]) == (False, 1.0, 0)
    assert refusal(conductor.pause, 1000.0, (over.id,)) == (
        409,
        f"tournament {over.id} was over before the server began; it has no clock",
    )
    assert refusal(engine_of(over).conductor.pause, 1000.0)[0] == 409


# ── step ──────────────────────────────────────────────────────────────────────────────────────


def test_step_by_step_it_is_the_same_round() -> None:
    """Each step sends the next packet and no more, and says which; then nothing comes any more."""
    engine, golf = engine_of(ONE_HOLE), GOLF[ONE_HOLE][ROUND]
    client = join(engine, ROUND, 1000.0)
    taken = packets(take(client))
    for at, payload in golf[1:]:
        answer = engine.conductor.step(1001.0, "round/1/team/1")
        packet = json.loads(payload)
        assert answer == {
            "tournament": 7,
            "stream": "round/1/team/1",
            "seq": packet["seqNum"],
            "kind": packet["eventElementType"],
            "now": iso_millis(BEGINS[ONE_HOLE] + round(at * 1000)),
        }
        engine.run_until(1001.0)
        new = packets(take(client))
        assert new == [payload]
        taken += new
    assert taken == [payload for _, payload in golf]
    assert refusal(engine.conductor.step, 1001.0, "round/1/team/1")[0] == 409


def test_a_step_to_a_document_sends_all_before_it() -> None:
    """In order: the packets before the leaderboard is another one."""
    engine = engine_of(ONE_HOLE)
    client = join(engine, ROUND, 1000.0)
    board = join(engine, "/golf/tournaments/7/leaderboard", 1000.0)
    take(client), take(board)
    answer = engine.conductor.step(1000.0, "leaderboard")
    assert (answer["stream"], answer["kind"]) == ("leaderboard", None)
    now = parse_moment(str(answer["now"]))
    assert now is not None
    before = [p for at, p in GOLF[ONE_HOLE][ROUND][1:] if BEGINS[ONE_HOLE] + at * 1000 <= now]
    assert packets(take(client)) == before
    (sent,) = packets(take(board))
    assert json.loads(sent)["seqNum"] == answer["seq"]


def test_of_several_tournaments_the_first_steps() -> None:
    """And time goes by for the other, too; a tournament without such a stream is left alone."""
    engine = engine_of(ONE_HOLE, OTHER, TWO_TEES.replace("id: 7,", "id: 9,"))
    steps = [engine.conductor.step(1000.0, "round/1/team/*", (7, 8)) for _ in range(30)]
    assert {each["tournament"] for each in steps} == {7, 8}
    ahead = [
        (parse_moment(str(each["now"])) or 0)
        - (BEGINS[ONE_HOLE if each["tournament"] == 7 else TWO_TEES])
        for each in steps
    ]
    assert ahead == sorted(ahead)
    assert not standing(engine, 1000.0, 9)["paused"]
    alone = engine_of(ONE_HOLE, OTHER)
    assert alone.conductor.step(1000.0, "round/1/team/6")["tournament"] == 8
    assert not standing(alone, 1000.0)["paused"]


def test_a_step_says_what_is_not_there() -> None:
    """The nearest stream that there is."""
    status, said = refusal(engine_of(ONE_HOLE).conductor.step, 1000.0, "round/1/taem/1")
    assert (status, said) == (
        404,
        "no stream is called 'round/1/taem/1'; did you mean round/1/team/1?",
    )


def test_a_long_step_can_be_taken_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others have their turn in between."""
    monkeypatch.setattr("mockdde.conductor._AT_ONCE", 10)
    engine = engine_of(stage(open_scenario("round/second-round")))
    slices = [*engine.conductor.stepping(1000.0, "round/2/*")]
    assert len(slices) > 3
    assert slices[:-1] == [None] * (len(slices) - 1)
    assert slices[-1] is not None
    assert slices[-1]["seq"] == 1


# ── seek ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("budget", [None, 1, 7])
def test_a_seek_lands_where_it_is_told(budget: int | None) -> None:
    """All before is sent, in order; what follows keeps its distance."""
    engine, golf = engine_of(ONE_HOLE), GOLF[ONE_HOLE][ROUND]
    client = join(engine, ROUND, 1000.0)
    engine.conductor.seek(1001.0, "5m")
    wire = 1001.0
    while standing_now(engine, wire, budget)["hurrying"]:
        wire += 0.5  # it takes its time
    assert packets(take(client)) == [payload for at, payload in golf if at <= 300]
    assert standing(engine, wire)["now"] == f"{iso_millis(BEGINS[ONE_HOLE] + 300_000)[:-1]}000Z"
    following = next(each for each in golf if each[0] > 300)
    engine.run_until(wire + following[0] - 300 - 0.001)
    assert packets(take(client)) == []
    engine.run_until(wire + following[0] - 300 + 0.001)
    assert packets(take(client)) == [following[1]]


def test_a_seek_to_what_is_sent() -> None:
    """A seqNum, or the beginning of a hole; a moment says the same."""
    golf = GOLF[TWO_TEES]
    name = next(path for path, sent in golf.items() if sent[0][0] > 0)
    number = int(name.rpartition("/")[2])
    holes = [
        (at, json.loads(payload)["seqNum"], json.loads(payload)["holeNo"])
        for at, payload in golf[name]
        if b'"HoleStarted"' in payload
    ]
    at, seq, hole = holes[1]
    moment = iso_millis(BEGINS[TWO_TEES] + round(at * 1000))
    stream = f"round/1/team/{number}"
    sent = {}
    for target in (f"{stream}:seq={seq}", f"{stream}:hole={hole}", moment, f"{round(at * 1000)}ms"):
        engine = engine_of(TWO_TEES)
        engine.conductor.pause(1000.0)
        engine.conductor.seek(1000.0, target)
        while not engine.run_until(1000.0, 5):
            assert standing(engine, 1000.0)["hurrying"]
        assert not standing(engine, 1000.0)["hurrying"]
        assert standing(engine, 1000.0)["paused"]
        assert standing(engine, 1000.0)["now"] == f"{moment[:-1]}000Z"
        sent[target] = engine.answers.so_far(name, 1000.0)
        assert json.loads(sent[target])[-1]["seqNum"] == seq
    assert len({*sent.values()}) == 1


def test_matches_can_be_sought() -> None:
    """matchdetails/1:hole=3, whoever begins it."""
    match_play = stage(open_scenario("match/dormie"))
    engine = engine_of(match_play)
    (name,) = match_play.match_numbers
    engine.conductor.seek(1000.0, f"matchdetails/{name}:hole=15")
    engine.run_until(1000.0)
    sent = json.loads(
        engine.answers.so_far(f"/golf/tournaments/{match_play.id}/matchdetails/{name}", 1000.0)
    )
    assert ("HoleStarted" in sent[-1].values(), sent[-1]["holeNo"]) == (True, 15)
    status, _ = refusal(engine.conductor.seek, 1000.0, f"matchdetails/{name}:hole=13")
    assert status == 409


WRONG = {
    "5": (400, "'5' is no place in play; it can be 2h30m (after the first packet)"),
    "round/1/team/1:seq=0": (400, "round/1/team/1:seq=0: seqNum counts from 1"),
    "round/1/team/1:seq=2": (409, "round/1/team/1 has sent seqNum 2 already; play goes forward"),
    "round/1/team/1:hole=1": (409, "round/1/team/1 has begun hole 1 already; play goes forward"),
    "round/1/team/1:hole=7": (404, "round/1/team/1 has no hole 7; it can only be 1"),
    "round/1/tema/1:hole=1": (404, "tournament 7 has no stream round/1/tema/1; did you mean"),
    "leaderboard:hole=1": (400, "leaderboard is of no hole; write round/1/team/12:hole=11 or"),
    "leaderboard:seq=1": (409, "leaderboard has sent seqNum 1 already"),
    "1m": (409, "tournament 7 is at 2025-02-20T07:02:42.446Z already, and 1m is before that"),
    "2025-02-20T07:00:00Z": (409, "tournament 7 is at 2025-02-20T07:02:42.446Z already, and 2025"),
    "9999999d": (400, "9999999d is more than a year after tournament 7 begins"),
    "9999-12-31T23:59:59Z": (400, "9999-12-31T23:59:59Z is more than a year after"),
}


@pytest.mark.parametrize("target", WRONG)
def test_where_no_way_leads(target: str) -> None:
    """The status, and the sentence; nothing moves."""
    engine = engine_of(ONE_HOLE)
    engine.run_until(1160.0)
    before = engine.standing(1160.0)
    status, said = refusal(engine.conductor.seek, 1160.0, target)
    assert (status, said[: len(WRONG[target][1])]) == WRONG[target]
    assert engine.standing(1160.0) == before


def test_all_go_or_none() -> None:
    """A stream that one of them does not have; a stream that has ended."""
    engine = engine_of(ONE_HOLE, OTHER)
    status, said = refusal(engine.conductor.seek, 1000.0, "round/1/team/6:seq=9")
    assert (status, said.partition(";")[0]) == (404, "tournament 7 has no stream round/1/team/6")
    assert not standing(engine, 1000.0, 8)["hurrying"]
    engine.conductor.seek(1000.0, "6h")
    engine.run_until(1000.0)
    status, said = refusal(engine.conductor.seek, 1000.0, "round/1/team/1:seq=9999", (7,))
    assert (status, said.split()[:3]) == (409, ["round/1/team/1", "has", "ended"])
    for doing, words in (
        (engine.conductor.pause, ((5,),)),
        (engine.conductor.set_speed, (0.0,)),
        (engine.conductor.set_speed, (float("nan"),)),
        (engine.conductor.set_speed, (2e6,)),
    ):
        assert refusal(doing, 1000.0, *words)[0] in (400, 404)


def test_what_never_comes_is_awaited_to_the_end_of_its_stream() -> None:
    """And the journal says so."""
    engine = engine_of(ONE_HOLE)
    engine.conductor.seek(1000.0, "round/1/team/1:seq=9999")
    engine.run_until(1000.0)
    assert not standing(engine, 1000.0)["hurrying"]
    said = [each.detail for each in engine.journal if each.event == "clock"]
    assert said[-1] == (
        "round/1/team/1:seq=9999 never came in tournament 7; play is where it ended"
    )


def test_a_seek_does_not_stop_the_heart() -> None:
    """While play hurries in small slices, heartbeats keep their time."""
    engine = engine_of(TWO_TEES)
    client = join(engine, next(iter(p for p, s in GOLF[TWO_TEES].items() if s[0][0] == 0)), 1000.0)
    engine.conductor.seek(1000.0, "50m")
    wire, slices = 1000.0, 0
    while not engine.run_until(wire, 2):
        wire, slices = wire + 0.25, slices + 1
    beats = [each for each in take(client) if b"Heartbeat" in each]
    assert slices > 100
    assert len(beats) == (wire - 1000) // 10


# ── gaps ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("gap", [0.5, 3.0, 10.0, 10_000.0])
def test_no_gap_is_longer_than_it_may_be(gap: float) -> None:
    """Of the wire, between two that are sent; the packets are the same, in the same order."""
    engine = engine_of(TWO_TEES, clocks=Clocks(max_gap=gap))
    times, seen, wire = [1000.0], 0, 1000.0
    while (due := engine.next_deadline()) is not None:
        wire = max(wire, due)
        engine.run_until(wire)
        now = sum(each for each in _sent(engine))
        if now != seen:
            times.append(wire)
        seen = now
    assert max(later - before for before, later in pairwise(times)) <= gap + 1e-6
    natural = max(at for sent in GOLF[TWO_TEES].values() for at, _ in sent)
    assert times[-1] - 1000 <= natural + 3600
    if gap == 10_000:
        untouched = engine_of(TWO_TEES)
        while (due := untouched.next_deadline()) is not None:
            last = due
            untouched.run_until(due)
        assert times[-1] == pytest.approx(last)
    for path, sent in GOLF[TWO_TEES].items():
        assert engine.answers.so_far(path, wire) == b"[%b]" % b",".join(
            payload for _, payload in sent
        )


def _sent(engine: Engine) -> list[int]:
    show = engine.conductor.show(7)
    return [len(each) for each in (*show.tapes.values(), *show.latest.values())]


def test_a_pause_is_no_gap() -> None:
    """What was left of the gap before a pause is left after it."""
    engine = engine_of(ONE_HOLE, clocks=Clocks(max_gap=4.0), speed=0.001)
    first = 1004.0
    engine.run_until(first)
    count = sum(_sent(engine))
    engine.conductor.pause(first + 3)
    engine.conductor.resume(first + 100)
    engine.run_until(first + 100.99)
    assert sum(_sent(engine)) == count
    engine.run_until(first + 101.01)
    assert sum(_sent(engine)) > count


# ── alarms ────────────────────────────────────────────────────────────────────────────────────


def ringing(engine: Engine, *moments: int) -> list[tuple[int, float, int]]:
    """What rings: when after the begin, at which wire time, and how many packets were sent."""
    heard: list[tuple[int, float, int]] = []
    show = engine.conductor.show(7)
    for moment in moments:
        show.alarm(moment, lambda wire, at=moment: heard.append((at, wire, _count(show))))
    return heard


def _count(show: Show) -> int:
    return sum(len(tape) for tape in show.tapes.values())


def test_alarms_ring_in_order_with_the_events() -> None:
    """At their moment, before an event of the same moment; none rings twice."""
    engine, golf = engine_of(ONE_HOLE), GOLF[ONE_HOLE][ROUND]
    fifth = round(golf[4][0] * 1000)
    heard = ringing(engine, 9_000_000, fifth, 20_000, fifth + 1)
    wires = []
    while (due := engine.next_deadline()) is not None:
        engine.run_until(due)
        wires.append(due)
    assert [each[0] for each in heard] == [20_000, fifth, fifth + 1, 9_000_000]
    for at, wire, _ in heard:
        assert wire == pytest.approx(1000 + at / 1000)
    assert [each[2] for each in heard][1:3] == [4, 5]
    assert wires[-1] == pytest.approx(10_000)
    assert standing(engine, 5000.0)["over"]


def test_alarms_know_pause_speed_and_seek() -> None:
    """They are moments of play."""
    engine = engine_of(ONE_HOLE)
    heard = ringing(engine, 10_000, 60_000, 120_000)
    engine.conductor.pause(1005.0)
    engine.run_until(2000.0)
    assert heard == []
    engine.conductor.resume(2000.0)
    engine.conductor.set_speed(2000.0, 5.0)
    engine.run_until(2001.5)
    assert [each[:2] for each in heard] == [(10_000, pytest.approx(2001.0))]
    engine.conductor.seek(2002.0, "3m")
    engine.run_until(2002.0)
    counts = [sum(at < each[0] / 1000 for at, _ in GOLF[ONE_HOLE][ROUND]) for each in heard]
    assert [each[0] for each in heard] == [10_000, 60_000, 120_000]
    assert [each[2] for each in heard] == counts
    assert heard[-1][1] == 2002.0
    late = ringing(engine, 1000)
    engine.run_until(2002.0)
    assert [each[:2] for each in late] == [(1000, 2002.0)]


def test_an_alarm_waits_for_the_first_client_and_rings_again_in_a_new_run() -> None:
    """At the begin too: it rings when play begins."""
    engine = engine_of(WAITS)
    heard = ringing(engine, 0, 30_000)
    engine.run_until(2000.0)
    assert heard == []
    join(engine, ROUND, 2000.0)
    engine.run_until(2031.0)
    assert [each[:2] for each in heard] == [(0, 2000.0), (30_000, pytest.approx(2030.0))]
    engine.conductor.restart(3000.0)
    engine.run_until(3100.0)
    assert len(heard) == 2
    join(engine, ROUND, 3100.0)
    engine.run_until(3131.0)
    assert [each[1] for each in heard[2:]] == [3100.0, pytest.approx(3130.0)]


def test_an_alarm_in_a_gap_rings_before_what_ends_it() -> None:
    """And alone it keeps its time."""
    engine = engine_of(ONE_HOLE, clocks=Clocks(max_gap=1.0))
    third = round(GOLF[ONE_HOLE][ROUND][2][0] * 1000)
    heard = ringing(engine, third - 1000, third + 10**7)
    engine.run_until(1004.0)
    (rung,) = heard
    assert (rung[0], rung[2]) == (third - 1000, 2)
    assert rung[1] <= 1002.0 + 1e-6
    engine.run_until(2000.0)
    assert standing(engine, 2000.0)["over"]
    assert len(heard) == 1


# ── once more ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [ONE_HOLE, WAITS])
def test_a_restart_leaves_nothing_of_what_was(text: str) -> None:
    """Its sockets and the multiplexer's are closed; then all is as with a new server."""
    engine = engine_of(text, OTHER)
    other_path = next(iter(p for p, s in GOLF[TWO_TEES].items() if s[0][0] == 0)).replace(
        "7", "8", 1
    )
    client, others = join(engine, ROUND, 1000.0), join(engine, other_path, 1000.0)
    everything = join(engine, "/multiplexer/", 1000.0)
    engine.conductor.set_speed(1000.0, 3.0, (7,))
    engine.run_until(1200.0)
    live = document(engine, "dde/liveevents", 1200.0)
    assert len(live) > 1
    engine.conductor.restart(1200.0, (7,))
    assert client.close == everything.close == (1012, "the tournament begins again")
    assert others.close is None
    now = document(engine, "dde/liveevents", 1200.0)
    first = [each for each in now if each["tournamentId"] == 7]
    assert [each for each in now if each not in first] == [
        each for each in live if each["tournamentId"] == 8
    ]
    fresh = engine_of(text, OTHER)
    assert standing(engine, 1200.0)["speed"] == 3.0
    engine.conductor.set_speed(1200.0, 1.0, (7,))
    client, anew = join(engine, ROUND, 1200.0), join(fresh, ROUND, 1000.0)
    late = join(engine, "/multiplexer/", 1200.0)
    for seconds in (0.0, 100.0, 5000.0):
        engine.run_until(1200 + seconds)
        fresh.run_until(1000 + seconds)
        assert packets(take(client)) == packets(take(anew))
        for name in ("dde/schedule", "dde/entrylist", "dde/tournament"):
            assert document(engine, name, 1200 + seconds, tournament=7) == document(
                fresh, name, 1000 + seconds, tournament=7
            )
        for path in ("leaderboard", "teamholebyhole/1", "playerstats"):
            where = f"/golf/tournaments/7/{path}"
            assert engine.answers.state(where, 1200 + seconds) == fresh.answers.state(
                where, 1000 + seconds
            )
    told = [json.loads(each) for each in packets(take(late))]
    assert wrapped(told, ROUND) == [json.loads(payload) for _, payload in GOLF[ONE_HOLE][ROUND]]
    assert any(each["eventId"].startswith("8") for each in told)


def test_who_is_paused_is_paused_at_the_beginning() -> None:
    """The speed stays as well."""
    engine = engine_of(ONE_HOLE)
    begin = standing(engine, 1000.0)["now"]
    engine.conductor.pause(1100.0)
    engine.conductor.restart(1100.0)
    assert standing(engine, 1200.0)["now"] == begin
    assert standing(engine, 1200.0)["paused"]
    engine.conductor.resume(1200.0)
    engine.run_until(9000.0)
    assert len(json.loads(engine.answers.so_far(ROUND, 9000.0))) == len(GOLF[ONE_HOLE][ROUND])


def test_a_loop_begins_again_five_seconds_after_the_end() -> None:
    """Again and again, also where a client has to come first; what was over stays over."""
    over = stage(open_scenario("world/older-open"))
    engine = engine_of(ONE_HOLE, over, clocks=Clocks(loops=True))
    untouched, last = engine_of(ONE_HOLE), 0.0
    while (due := untouched.next_deadline()) is not None:
        last = due
        untouched.run_until(due)
    length = last - 1000
    for run in range(3):
        begin = 1000 + run * (length + LOOP_PAUSE)
        client = join(engine, ROUND, begin + 1)
        engine.run_until(begin + length + LOOP_PAUSE - 0.01)
        assert client.close is None
        assert packets(take(client)) == [payload for _, payload in GOLF[ONE_HOLE][ROUND]]
        engine.run_until(begin + length + LOOP_PAUSE + 0.01)
        assert client.close == (1012, "the tournament begins again")
        assert (
            len(json.loads(engine.answers.so_far(ROUND, begin + length + LOOP_PAUSE + 0.01))) == 1
        )
    assert standing(engine, 9000.0, over.id)["over"]


def test_a_loop_waits_for_a_client_where_the_scenario_does() -> None:
    """Once it is over it is as if nobody had come yet."""
    engine = engine_of(WAITS, clocks=Clocks(loops=True))
    join(engine, ROUND, 1000.0)
    engine.run_until(50_000.0)
    assert not standing(engine, 50_000.0)["running"]
    client = join(engine, ROUND, 50_000.0)
    engine.run_until(53_000.0)
    assert packets(take(client)) == [payload for _, payload in GOLF[ONE_HOLE][ROUND]]


def test_a_scenario_that_begins_after_its_end_does_not_loop() -> None:
    """Or it would begin again every five seconds for ever."""
    engine = engine_of(ONE_HOLE + "play: {at: 3h}\n", clocks=Clocks(loops=True))
    engine.run_until(2000.0)
    assert engine.next_deadline() is None


def test_one_more_tournament() -> None:
    """It plays, is in the documents and on the multiplexer; an id that is taken is refused."""
    engine = engine_of(ONE_HOLE)
    everything = join(engine, "/multiplexer/", 1000.0)
    join(engine, ROUND, 1000.0)
    engine.run_until(1100.0)
    live = document(engine, "dde/liveevents", 1100.0)
    engine.conductor.add(staged(OTHER), 1100.0)
    engine.run_until(1200.0)
    now = document(engine, "dde/liveevents", 1200.0)
    assert [each for each in now if each["tournamentId"] == 7] == live
    assert any(each["tournamentId"] == 8 for each in now)
    assert any(b'"8-1-' in each for each in take(everything))
    listed = document(engine, "dde/tournaments", 1200.0)
    assert {7, 8} <= {each["id"] for each in listed}
    assert refusal(engine.conductor.add, staged(OTHER), 1200.0)[0] == 409
    engine.conductor.pause(1200.0, (8,))


# ── where it begins ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", [ONE_HOLE, WAITS])
@pytest.mark.parametrize("where", ["5m", "round/1/team/1:seq=12", "2025-02-20T07:05:00Z"])
def test_play_begins_where_it_is_to(text: str, where: str) -> None:
    """All before is sent before the first client is there; play goes on from there."""
    engine = engine_of(text, clocks=Clocks(start_at=where))
    golf = GOLF[ONE_HOLE][ROUND]
    begins = BEGINS[ONE_HOLE] / 1000
    at = {"5m": 300.0, "round/1/team/1:seq=12": golf[11][0]}.get(where)
    at = at if at is not None else (parse_moment(where) or 0) / 1000 - begins
    engine.run_until(1000.0)
    client = join(engine, ROUND, 1000.0)
    assert packets(take(client)) == [payload for when, payload in golf if when <= at + 1e-6]
    following = next(each for each in golf if each[0] > at + 1e-6)
    engine.run_until(1000 + following[0] - at - 0.001)
    assert packets(take(client)) == []
    engine.run_until(1000 + following[0] - at + 0.001)
    assert packets(take(client)) == [following[1]]
    engine.conductor.restart(2000.0)
    assert len(json.loads(engine.answers.so_far(ROUND, 2000.0))) == 1  # where the scenario begins


def test_play_does_not_begin_where_there_is_nothing() -> None:
    """RequestError, as of seek."""
    wrong = {"x": 400, "round/1/team/9:seq=1": 404, "2020-01-01T00:00:00Z": 409}
    for where, status in wrong.items():
        clocks = Clocks(start_at=where)
        assert refusal(lambda clocks=clocks: engine_of(ONE_HOLE, clocks=clocks))[0] == status


# ── now ───────────────────────────────────────────────────────────────────────────────────────


def moved(payload: bytes, by: int) -> bytes:
    """The same packet, its moments so many milliseconds later."""

    def later(found: re.Match[bytes]) -> bytes:
        moment = parse_moment(found[0].decode())
        assert moment is not None
        return iso_millis(moment + by).encode()

    return STAMP.sub(later, payload)


@pytest.mark.parametrize("text", [ONE_HOLE, WAITS])
@pytest.mark.parametrize("where", [None, "5m", "round/1/team/1:seq=12"])
def test_timestamps_of_now(text: str, where: str | None) -> None:
    """All as it was, and later: where serving starts, or the first client comes, is now."""
    engine = engine_of(text, clocks=Clocks(rebases=True, start_at=where))
    golf = GOLF[ONE_HOLE][ROUND]
    opened = 1000.0 if text == ONE_HOLE else 1500.25
    engine.run_until(opened)
    client = join(engine, ROUND, opened)
    at = {None: 0.0, "5m": 300.0, "round/1/team/1:seq=12": golf[11][0]}[where]
    by = round(opened * 1000) - BEGINS[ONE_HOLE] - round(at * 1000)
    board = join(engine, "/golf/tournaments/7/leaderboard", opened)
    engine.run_until(opened + 5000)
    assert packets(take(client)) == [moved(payload, by) for _, payload in golf]
    plain = engine_of(ONE_HOLE)
    plain.run_until(6000.0)
    for path in ("leaderboard", "teamholebyhole/1", "playerstats", "holestats"):
        where_is = f"/golf/tournaments/7/{path}"
        ours, theirs = (
            engine.answers.state(where_is, opened + 5000),
            plain.answers.state(where_is, 6000.0),
        )
        if path != "leaderboard":  # its tee times are at the venue, with its offset
            assert ours == moved(theirs, by)
        assert json.loads(ours).keys() == json.loads(theirs).keys()
    assert (
        json.loads(engine.answers.state("/golf/tournaments/7/leaderboard", opened + 5000))["seqNum"]
        == (json.loads(plain.answers.state("/golf/tournaments/7/leaderboard", 6000.0))["seqNum"])
    )
    assert take(board)


def test_now_stays_in_step_with_the_wire() -> None:
    """At speed 1 a packet is of the moment at which it is sent, less the feed's own delay."""
    engine = engine_of(ONE_HOLE, clocks=Clocks(rebases=True))
    client = join(engine, ROUND, 1000.0)
    take(client)
    while (due := engine.next_deadline()) is not None and due < 2000:
        engine.run_until(due)
        for payload in packets(take(client)):
            received = parse_moment(json.loads(payload)["timestampReceived"])
            assert received is not None
            assert abs(received / 1000 - max(due, 1000.0)) < 0.0011


def test_a_seek_in_now_is_in_the_moments_that_clients_see() -> None:
    """And a restart is now again."""
    engine = engine_of(ONE_HOLE, clocks=Clocks(rebases=True))
    engine.conductor.seek(1000.0, iso_millis(1_300_000))
    engine.run_until(1000.0)
    assert standing(engine, 1000.0)["now"] == "1970-01-01T00:21:40.000000Z"
    engine.conductor.restart(2000.0)
    assert standing(engine, 2000.0)["now"] == "1970-01-01T00:33:20.000000Z"
    client = join(engine, ROUND, 2000.0)
    engine.run_until(9000.0)
    by = 2_000_000 - BEGINS[ONE_HOLE]
    assert packets(take(client)) == [moved(each, by) for _, each in GOLF[ONE_HOLE][ROUND]]


def test_each_run_is_of_the_now_in_which_it_begins() -> None:
    """Of a tournament that begins with a client that is when the first one comes after it."""
    engine = engine_of(WAITS, clocks=Clocks(rebases=True))
    for opened in (1500.0, 2700.5):
        client = join(engine, ROUND, opened)
        by = round(opened * 1000) - BEGINS[ONE_HOLE]
        assert packets(take(client)) == [moved(GOLF[ONE_HOLE][ROUND][0][1], by)]
        engine.conductor.restart(opened + 200)


def test_documents_are_of_now() -> None:
    """Ten days later every date is ten days later, and the rest is the same to the byte."""
    wire, days = BEGINS[TWO_TEES] / 1000, 10
    tournament = told(TWO_TEES)
    plain = Engine([tournament], quirks=tournament.quirks, wire=wire)
    later = wire + days * 86_400
    moved_on = Engine(
        [tournament], quirks=tournament.quirks, wire=later, clocks=Clocks(rebases=True)
    )

    def in_days(found: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(found[0].decode()) + timedelta(days)).isoformat().encode()

    for seconds in (0, 1000, 9000):
        seen = [
            [engine.answers.state("/golf/tournaments/7/leaderboard", at + seconds)]
            + [
                engine.answers.document(feed, {"tournament": 7}, {}, at + seconds)
                for feed in document_feeds()
                if feed.NAME in {"dde/tournament", "dde/schedule", "dde/liveevents"}
            ]
            for engine, at in ((plain, wire), (moved_on, later))
        ]
        for before, after in zip(*seen, strict=True):
            assert after == re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}", in_days, before)
        assert sum(b"2025-03-02" in each for each in seen[1]) >= 2


def test_dusk_falls_when_it_fell() -> None:
    """Golf that depends on the time of day is told before it is moved."""
    dusk = stage(open_scenario("suspension/dusk-overnight"))
    plain, later = Broadcast(dusk), Broadcast(dusk.moved(123_456_789))
    while plain.next_due is not None:
        one, other = plain.advance(), later.advance()
        assert [each.seq for each in one.all] == [each.seq for each in other.all]
        assert [moved(each.payload, 123_456_789) for each in one.packets] == [
            each.payload for each in other.packets
        ]
    assert later.next_due is None


def test_the_wire_is_faster_and_play_is_not() -> None:
    """speed is of real time: at wire speed 10 a second of the wire is a tenth of one of play."""
    engine = engine_of(ONE_HOLE, clocks=Clocks(wire_speed=10.0), speed=2.0)
    assert standing(engine, 1000.0)["speed"] == 2.0
    client = join(engine, ROUND, 1000.0)
    at = GOLF[ONE_HOLE][ROUND][1][0]
    engine.run_until(1000 + at * 5 - 0.001)
    assert len(packets(take(client))) == 1
    engine.run_until(1000 + at * 5 + 0.001)
    assert len(packets(take(client))) == 1
    engine.conductor.set_speed(1100.0, 10.0)
    assert standing(engine, 1100.0)["speed"] == 10.0
    assert engine.conductor.show(7).clock.speed == 1.0


# ── sockets ───────────────────────────────────────────────────────────────────────────────────


def test_clients_stay_while_play_is_paused() -> None:
    """An hour of heartbeats, every ten seconds of the wire; then the round goes on."""

    async def play() -> None:
        golf = GOLF[ONE_HOLE][ROUND]
        async with house(staged(ONE_HOLE)) as home:
            client = await home.open(ROUND)
            await client.enter()
            assert packets(await client.so_far()) == [golf[0][1]]
            begin = home.clock.at
            home.engine.conductor.pause(begin)
            for _ in range(36):
                await home.wait(100)
                assert len(await client.so_far()) == 10
            beats = home.clock.at - begin
            assert beats == 3600
            home.engine.conductor.resume(home.clock.at)
            for (before, _), (at, payload) in pairwise(golf):
                await home.wait(at - before + 0.0005)
                assert payload in await client.so_far()
            home.engine.conductor.restart(home.clock.at)
            await home.wait(0)
            assert await client.closed() == (1012, "the tournament begins again")
            again = await home.open(ROUND)
            await again.enter()
            assert packets(await again.so_far()) == [golf[0][1]]

    asyncio.run(play())


@pytest.fixture
def scenario(tmp_path: Path) -> Callable[[str], str]:
    """A file with a scenario in it."""

    def write(text: str) -> str:
        path = tmp_path / "one.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@asynccontextmanager
async def entered(server: Running) -> AsyncIterator[Client]:
    """A client of the round, let in."""
    client = await Client.connect(server.port, ROUND)
    try:
        await client.enter()
        yield client
    finally:
        await client.leave()


async def until(client: Client, enough: Callable[[list[bytes]], bool]) -> list[bytes]:
    """The packets up to those that are enough, or to the close frame."""
    got: list[bytes] = []
    while not enough(got):
        opcode, payload = await client.read()
        if opcode == CLOSE:
            got.append(payload)
            break
        got += packets([payload])
    return got


def test_served_in_a_loop(scenario: Callable[[str], str]) -> None:
    """The whole round, the close, and the whole round again."""
    golf = [payload for _, payload in GOLF[ONE_HOLE][ROUND]]
    close = (1012).to_bytes(2) + b"the tournament begins again"

    async def play(server: Running) -> None:
        for _ in range(2):
            async with entered(server) as client:
                assert await until(client, lambda _: False) == [*golf, close]

    with serve(scenario(WAITS), "--loop", "--speed", "100000", "--wire-speed", "20") as server:
        asyncio.run(play(server))


@pytest.mark.parametrize("where", ["round/1/team/1:seq=12", "round/1/team/1:hole=1"])
def test_served_from_there_on(scenario: Callable[[str], str], where: str) -> None:
    """Who comes first gets all before, and nothing that is later."""

    async def play(server: Running) -> None:
        async with entered(server) as client:
            got = packets(await client.so_far())
        golf = [payload for _, payload in GOLF[ONE_HOLE][ROUND]]
        assert got == golf[: len(got)]
        assert b"HoleStarted" in got[-1] or "seq" in where
        assert len(got) == (12 if "seq" in where else 2)

    with serve(scenario(ONE_HOLE), "--start-at", where, "--speed", "0.001") as server:
        asyncio.run(play(server))


def test_served_as_if_it_were_now(scenario: Callable[[str], str]) -> None:
    """The first packet is of the moment at which the first client came."""

    async def play(server: Running) -> None:
        before = time.time()
        async with entered(server) as client:
            (packet,) = [json.loads(each) for each in packets(await client.so_far())]
        received = parse_moment(packet["timestampReceived"])
        assert received is not None
        assert before - 0.1 < received / 1000 < time.time() + 0.1

    with serve(scenario(WAITS), "--timestamps", "now") as server:
        asyncio.run(play(server))


def test_served_on_a_fast_wire(scenario: Callable[[str], str]) -> None:
    """Twelve heartbeats of ten seconds in less than a minute, and play no faster by it."""

    async def play(server: Running) -> None:
        begin, stamps = time.monotonic(), list[int]()
        async with entered(server) as client:
            while len(stamps) < 12:
                _, payload = await client.read()
                if b"Heartbeat" in payload:
                    stamps.append(parse_moment(json.loads(payload)["timestamp"]) or 0)
        assert [later - before for before, later in pairwise(stamps)] == [10_000] * 11
        assert time.monotonic() - begin < PATIENCE
        assert len(json.loads((await got(server))[1])) <= 2

    async def got(server: Running) -> tuple[int, bytes]:
        url = f"{server.rest}{ROUND}?rest=true"
        headers = {"Authorization": "Bearer t"}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            return answer.status, await answer.read()

    words = ("--wire-speed", "100", "--speed", "0.001", "--quirk", "rest-before-end=so-far")
    with serve(scenario(ONE_HOLE), *words) as server:
        asyncio.run(play(server))


def test_served_without_gaps(scenario: Callable[[str], str]) -> None:
    """A round that would take days is over at once."""
    golf = [payload for _, payload in GOLF[ONE_HOLE][ROUND]]

    async def play(server: Running) -> None:
        async with entered(server) as client:
            assert await until(client, lambda got: len(got) == len(golf)) == golf

    with serve(scenario(ONE_HOLE), "--max-gap", "20ms", "--speed", "0.001") as server:
        asyncio.run(play(server))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--start-at", "5"), "mockdde: --start-at: '5' is no place in play; it can be 2h30m"),
        (
            ("--start-at", "round/1/team/9:seq=1"),
            "mockdde: --start-at: tournament 7 has no stream round/1/team/9; did you mean",
        ),
        (
            ("--start-at", "2020-01-01T00:00:00Z"),
            "mockdde: --start-at: tournament 7 is at 2025-02-20T07:00:02.446Z already, and 2020-",
        ),
        (("--max-gap", "0s"), "Error: Invalid value for '--max-gap': '0s' is no duration; write"),
        (("--max-gap", "soon"), "Error: Invalid value for '--max-gap': 'soon' is no duration"),
        (("--wire-speed", "0"), "Error: Invalid value for '--wire-speed': 0.0 is not in"),
        (("--timestamps", "then"), "Error: Invalid value for '--timestamps': 'then' is not one"),
    ],
)
def test_what_no_clock_can_do(
    scenario: Callable[[str], str], words: tuple[str, ...], said: str
) -> None:
    """A sentence, and nothing is served."""
    done = mockdde("serve", scenario(ONE_HOLE), "--port", "0", *words)
    assert done.returncode in (1, 2)
    assert done.stdout == b""
    assert done.stderr.decode().splitlines()[-1].startswith(said)


def test_of_all_tournaments_those_go_that_are_not_past_it() -> None:
    """Who names one is told that it is past; so is who names none where all are."""
    late = staged(ONE_HOLE.replace("id: 7", "id: 8"))
    early = staged(ONE_HOLE)
    engine = Engine([early, late], quirks=early.quirks, wire=1000.0)
    engine.conductor.seek(1001.0, "5m", (8,))
    engine.conductor.seek(1002.0, "4m")
    engine.run_until(1003.0)
    play = {each["tournament"]: each["now"] for each in engine.standing(1003.0)}
    assert play[7] < play[8]
    assert play[7] > "2025-02-20T07:04"
    for numbers in ((8,), ()):
        with pytest.raises(RequestError, match="is at 2025-"):
            engine.conductor.seek(1004.0, "3m", numbers)
