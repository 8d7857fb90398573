"""Resume on the live dialect: after any cut the rest, all of it once; and the events by REST."""

from __future__ import annotations

import itertools
import json
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livetoken import live_token
from livewire import BEGUN, INIT, engine_of, enter, heard, init, join, opened, sent, told, whole
from mockdde.resume import Places, history
from mockdde.subscriber import State, Subscriber
from running import ONE_HOLE, TWO_TEES, house

# With corrections, holes that are sent again, scores that come late: every action there is.
ROUNDS = ["round/every-packet", "hole-correction/longer-hole", "match/hole-correction-in-a-match"]
EVERY = "round/every-packet"
ROUND_PATH = "/golf/stream/v1/tournaments/907/round/1/events"
KINDS = ("envelope", "data")
FOREIGN = "3194af24-b6d6-4758-9dda-216072e2351e"


@cache
def ids(scenario: str, kind: str) -> list[str]:
    """The id of each message, or that of its event."""
    read = [json.loads(each) for each in sent(scenario)]
    return [each["id"] if kind == "envelope" else each["data"]["id"] for each in read]


def rest(scenario: str, kind: str, cut: int, version: str) -> list[bytes]:
    """What follows the message before a cut, named by an id of this kind."""
    all_ids = ids(scenario, kind)
    name = all_ids[cut - 1]
    of_event = [at for at, each in enumerate(ids(scenario, "data")) if each == name]
    if kind == "envelope" and (version == "first" or len(of_event) < 2):
        return sent(scenario)[cut:]
    return sent(scenario)[(of_event[0] if version == "first" else of_event[-1]) + 1 :]


@cache
def over(scenario: str, **quirks: str) -> Any:
    """An engine whose play is over."""
    engine = engine_of(scenario, **quirks)
    join(engine, BEGUN)
    engine.run_until(BEGUN + whole(scenario)[0])
    return engine


def answer(engine: Any, said: str) -> list[bytes]:
    """What a client gets that comes now and says this."""
    wire = BEGUN + 100_000
    client = join(engine, wire, said)
    got = heard(client)
    engine.leave(client, wire, "")
    return got


def test_the_rounds_have_all_that_makes_resuming_hard() -> None:
    """Updates and deletions; no two messages have one id, and a version has its event's."""
    actions = {json.loads(each)["data"]["action"] for name in ROUNDS for each in sent(name)}
    assert actions == {"ADD", "UPDATE", "DELETE"}
    for name in ROUNDS:
        own, events = ids(name, "envelope"), ids(name, "data")
        assert len(set(own)) == len(own) > len(set(events))
        assert all(str(UUID(each)) == each for each in own + events)


@pytest.mark.parametrize("scenario", ROUNDS)
@pytest.mark.parametrize("which", ["either", *KINDS])
@pytest.mark.parametrize("version", ["first", "last"])
def test_after_any_cut_the_rest_comes_in_order(scenario: str, which: str, version: str) -> None:
    """At every message of a round, by either id of it; an id of the other kind is unknown."""
    quirks = {"live-resume-id": which, "live-resume-version": version}
    engine = over(scenario, **quirks)
    everything = sent(scenario)
    assert answer(engine, INIT) == everything
    for kind in KINDS:
        for cut in range(1, len(everything) + 1):
            id_ = ids(scenario, kind)[cut - 1]
            expected = rest(scenario, kind, cut, "first" if which == "envelope" else version)
            if which not in ("either", kind) and id_ not in ids(scenario, which):
                expected = everything
            assert answer(engine, init(id_)) == expected, (kind, cut)


@pytest.mark.parametrize("which", ["either", "envelope"])
def test_by_the_message_s_own_id_nothing_comes_twice(which: str) -> None:
    """By default, what was seen last is enough to lose nothing and to get nothing again."""
    engine = over(EVERY, **{"live-resume-id": which})
    for cut, id_ in enumerate(ids(EVERY, "envelope"), 1):
        assert answer(engine, init(id_)) == sent(EVERY)[cut:]


def test_by_the_event_s_id_nothing_is_lost_and_only_with_last_something_may_be() -> None:
    """After the first of several versions comes at least what was not seen yet."""
    safe, risky = (
        over(EVERY, **{"live-resume-id": "data", "live-resume-version": version})
        for version in ("first", "last")
    )
    lost = 0
    for cut, id_ in enumerate(ids(EVERY, "data"), 1):
        unseen = sent(EVERY)[cut:]
        got = answer(safe, init(id_))
        assert got[len(got) - len(unseen) :] == unseen
        lost += len(answer(risky, init(id_))) < len(unseen)
    assert lost > 0


# ── while play goes on ────────────────────────────────────────────────────────────────────────


class Follower:
    """A client of an engine that comes and goes; ``seen`` are the messages it has had."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.seen: list[bytes] = []
        self.connection: Subscriber | None = None
        self.begun = False

    def do(self, what: str, wire: float) -> None:
        """One thing: come, say Client.Init, take something, go."""
        if self.connection is None:
            if what == "come":
                self.connection, self.begun = opened(self.engine, wire), False
        elif what == "init" and not self.begun:
            last = json.loads(self.seen[-1])["id"] if self.seen else None
            said = INIT if last is None else init(last)
            self.engine.hear(self.connection, said, wire)
            self.begun = True
        elif what == "take":
            self.seen += heard(self.connection)
        elif what == "go":
            self.engine.leave(self.connection, wire, "")
            self.connection = None


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sampled_from(["come", "init", "take", "go", "wait", "wait"]),
            st.floats(0, 300),
        ),
        max_size=60,
    )
)
def test_whoever_comes_late_or_again_has_everything_once(
    doings: list[tuple[int, str, float]],
) -> None:
    """Three clients that come, go, resume and read as they like, while play goes on."""
    scenario = "hole-correction/longer-hole"
    engine = engine_of(scenario, **{"live-heartbeat": "none", "live-init-deadline": "86400"})
    followers, wire = [Follower(engine) for _ in range(3)], BEGUN
    lasts, events = whole(scenario)
    for number, what, seconds in doings:
        if what == "wait":
            wire += seconds
            engine.run_until(wire)
        else:
            followers[number].do(what, wire)
    engine.run_until(wire := max(wire, BEGUN + lasts))
    for each in followers:
        for what in ("come", "init", "take"):
            each.do(what, wire)
    engine.run_until(wire + lasts)
    for each in followers:
        each.do("take", wire + lasts)
        assert each.seen == [payload for _, payload in events]


def test_a_cut_while_play_goes_on_and_then_the_rest_as_it_comes() -> None:
    """At every moment of play: what was there at the cut, what came meanwhile, what comes then."""
    scenario = "hole-correction/longer-hole"
    engine = engine_of(scenario, **{"live-heartbeat": "none"})
    opened(engine, BEGUN)  # play begins
    lasts, events = whole(scenario)
    resumed = []
    for cut in sorted({at for at, _ in events}):
        seen = [payload for at, payload in events if at <= cut]
        again = join(engine, BEGUN + cut + 60, init(json.loads(seen[-1])["id"]))
        there = heard(again)
        assert there == [payload for at, payload in events if cut < at <= cut + 60]
        resumed.append((seen + there, again))
    engine.run_until(BEGUN + lasts)
    for so_far, again in resumed:
        assert so_far + heard(again) == sent(scenario)


# ── ids that are none ─────────────────────────────────────────────────────────────────────────

STRANGE = [FOREIGN, "not-a-uuid", "", 5, 0, True, {}, [], "3194AF24", "x" * 5000, "\ud83c\udfcc"]


@pytest.mark.parametrize("seen", STRANGE)
@pytest.mark.parametrize("choice", ["replay", "live-only", "close-1000", "close-1008"])
def test_an_unknown_id_gets_what_the_switch_says(seen: object, choice: str) -> None:
    """Everything, only what is new, or a close frame; whatever stands there."""
    engine = engine_of(EVERY, **{"live-unknown-id": choice, "live-heartbeat": "none"})
    lasts, events = whole(EVERY)
    middle = lasts / 2
    engine.run_until(BEGUN)
    opened(engine, BEGUN)  # play begins
    client = join(engine, BEGUN + middle, init(seen))
    got = heard(client)
    if choice.startswith("close"):
        assert (got, client.close) == ([], (int(choice[-4:]), "last_seen_event_id is not known"))
        return
    engine.run_until(BEGUN + lasts)
    got += heard(client)
    wanted = [payload for at, payload in events if choice == "replay" or at > middle]
    assert got == wanted
    assert client.state is State.STREAMING


@pytest.mark.parametrize(("choice", "unknown"), [("absent", False), ("unknown", True)])
def test_null_is_what_the_switch_says(choice: str, unknown: bool) -> None:
    """Nothing that was seen, or an id that nobody knows."""
    engine = engine_of(EVERY, **{"live-null-id": choice, "live-unknown-id": "close-1008"})
    client = join(engine, BEGUN, init(None))
    assert (client.close is not None) is unknown


def test_an_id_of_another_stream_is_unknown() -> None:
    """A round knows its own events alone."""
    engine = engine_of(TWO_TEES, **{"live-unknown-id": "close-1008"})
    assert join(engine, BEGUN, init(ids(EVERY, "envelope")[0])).close is not None


def test_an_id_that_is_yet_to_come_is_unknown() -> None:
    """And known once it was sent."""
    engine = engine_of(EVERY, **{"live-unknown-id": "close-1008"})
    last = ids(EVERY, "envelope")[-1]
    first = join(engine, BEGUN)
    assert heard(first)
    assert join(engine, BEGUN, init(last)).close is not None
    lasts = whole(EVERY)[0]
    assert heard(join(engine, BEGUN + lasts, init(last))) == []


# ── Client.Init once more ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("choice", ["ignored", "resumes", "close-1008"])
@pytest.mark.parametrize("cut", [0, 1, 100])
def test_a_second_init_does_what_the_switch_says(choice: str, cut: int) -> None:
    """Nothing; the stream from that event, or from the beginning; or the end of it."""
    engine = engine_of(EVERY, **{"live-second-init": choice, "live-heartbeat": "none"})
    client = join(engine, BEGUN)
    wire = BEGUN + whole(EVERY)[0]
    engine.run_until(wire)
    assert heard(client) == sent(EVERY)
    engine.hear(client, init(ids(EVERY, "envelope")[cut - 1]) if cut else INIT, wire)
    assert heard(client) == (sent(EVERY)[cut:] if choice == "resumes" else [])
    assert (client.close is not None) is (choice == "close-1008")


# ── faults ────────────────────────────────────────────────────────────────────────────────────

FAULTS = [
    "gap: {count: 3, then: reconnect}",
    "gap: {count: 3, then: late, ms: 3000}",
    "latency: {ms: 2500}",
    "drop: {}",
    "duplicate: {}",
    "reset: {}",
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_the_stream_does_not_break_resume(fault: str) -> None:
    """Whatever a struck client has had in order, it gets the rest by the last id of that."""
    scenario = TWO_TEES + f"wire: [{{on: round/1/events, at: {{seq: 20}}, {fault}}}]\n"
    wire, everything = BEGUN + whole(TWO_TEES)[0] + 60, sent(TWO_TEES)
    engine = engine_of(scenario, **{"live-heartbeat": "none"})
    client = join(engine, BEGUN)
    engine.run_until(wire)
    got = heard(client)
    assert [entry.event for entry in engine.journal].count("fault") == 1
    engine.leave(client, wire, "")
    for cut in (1, 18, 20, 22, 40, len(everything)):
        seen = _in_order(got, everything)[:cut]
        again = join(engine, wire, init(json.loads(seen[-1])["id"]))
        engine.run_until(wire := wire + 60)
        assert seen + heard(again) == everything, cut


def _in_order(got: list[bytes], everything: list[bytes]) -> list[bytes]:
    """The first messages, up to where they are not those of the stream."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(got, everything, strict=False))
    return [one for one, _ in pairs]


def test_an_event_of_the_live_dialect_is_a_trigger_by_its_own_word() -> None:
    """``event: StrokeExecuted`` strikes with the first of them, and no other is missing."""
    wire = "wire: [{on: round/1/events, at: {event: StrokeExecuted}, drop: {}}]\n"
    engine = engine_of(TWO_TEES + wire, **{"live-heartbeat": "none"})
    client = join(engine, BEGUN)
    engine.run_until(BEGUN + whole(TWO_TEES)[0])
    everything = sent(TWO_TEES)
    struck = next(each for each in everything if b".StrokeExecuted" in each)
    everything.remove(struck)
    assert heard(client) == everything


# ── over sockets ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
async def test_over_sockets_after_a_cut_the_rest(kind: str) -> None:
    """The same, of a server, with a round that is played on meanwhile."""
    lasts, events = whole(EVERY)
    async with house(told(EVERY, **{"live-heartbeat": "none"})) as home:
        client = await enter(home, ROUND_PATH)
        seen = await client.so_far()
        await home.wait(lasts / 2)
        seen += await client.so_far()
        await client.leave()
        assert seen == [payload for at, payload in events if at <= lasts / 2]
        await home.wait(lasts / 4)
        id_ = ids(EVERY, kind)[len(seen) - 1]
        again = await enter(home, ROUND_PATH, init(id_))
        there = await again.so_far()
        await home.wait(lasts / 4)
        assert there + await again.so_far() == rest(EVERY, kind, len(seen), "first")


async def test_over_sockets_an_unknown_id_closes_where_the_switch_says_so() -> None:
    """With a close frame, and nothing before it."""
    async with house(told(EVERY, **{"live-unknown-id": "close-1008"})) as home:
        client = await enter(home, ROUND_PATH, init(FOREIGN))
        assert await client.closed() == (1008, "last_seen_event_id is not known")
        assert home.journal("refused") == [(ROUND_PATH, "last_seen_event_id is not known")]


async def test_the_journal_says_where_a_stream_goes_on() -> None:
    """What was said, and from which message on."""
    lasts = whole(EVERY)[0]
    async with house(told(EVERY)) as home:
        await (await enter(home, ROUND_PATH)).so_far()
        await home.wait(lasts)
        client = await enter(home, ROUND_PATH, init(ids(EVERY, "envelope")[99]))
        await client.so_far()
        (_, first), (_, again) = home.journal("accepted")
        assert (first, again) == ("", f"from message 101 of {len(sent(EVERY))}")
        said = [text for _, text in home.journal("said")]
        assert said == ["Client.Init", f"Client.Init after {ids(EVERY, 'envelope')[99]}"]


# ── REST ──────────────────────────────────────────────────────────────────────────────────────


def listed(scenario: str, choice: str) -> list[dict[str, Any]]:
    """What REST lists, read from the messages."""
    versions = [json.loads(each)["data"] for each in sent(scenario)]
    if choice == "versions":
        return versions
    latest: dict[str, dict[str, Any]] = {}
    for each in versions:
        latest[each["id"]] = each
    return [each for each in latest.values() if choice != "latest" or each["action"] != "DELETE"]


@pytest.mark.parametrize("choice", ["versions", "latest", "latest-with-deleted"])
async def test_rest_lists_the_events_as_the_switch_says(choice: str) -> None:
    """A bare array of data, the very bytes; before play has begun an empty one."""
    async with house(told(EVERY, **{"live-history": choice})) as home:
        path = ROUND_PATH.replace("stream", "rest")
        client = await home.open(ROUND_PATH, live_token())  # play begins
        assert client.status == 101
        await home.wait(whole(EVERY)[0])
        status, body = await home.get(path, live_token())
        assert status == 200
        assert json.loads(body) == listed(EVERY, choice)
        assert all(
            json.dumps(each, separators=(",", ":"), ensure_ascii=False).encode() in body
            for each in listed(EVERY, choice)
        )
    lengths = {each: len(listed(EVERY, each)) for each in ("versions", "latest")}
    assert lengths["latest"] < len(listed(EVERY, "latest-with-deleted")) < lengths["versions"]


async def test_rest_has_nothing_before_play() -> None:
    """An empty array of a round that is yet to come."""
    async with house(told(ONE_HOLE.replace("holes: 1}", "holes: 1}, {no: 2}"))) as home:
        path = "/golf/rest/v1/tournaments/7/round/2/events"
        assert await home.get(path, live_token()) == (200, b"[]")


def test_a_word_in_an_event_is_no_deletion() -> None:
    """The action is read where it stands, and not elsewhere."""
    id_ = b'{"id":"3194af24-b6d6-4758-9dda-216072e2351e","action":"%b","x":{"action":"DELETE"}}'
    message = b'{"datacontenttype":"application/json","data":%b}'
    added, deleted = (message % (id_ % action) for action in (b"ADD", b"DELETE"))
    assert history([(added, 0, len(added))], "latest") == b"[%b]" % (id_ % b"ADD")
    assert history([(deleted, 0, len(deleted))], "latest") == b"[]"


# ── the index ─────────────────────────────────────────────────────────────────────────────────


class CountedTape:
    """Messages with ids; counts how often it is read."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.reads = 0

    def __len__(self) -> int:
        return len(self.messages)

    def at(self, place: int) -> bytes:
        """A message, read once more."""
        self.reads += 1
        return self.messages[place]


def _message(own: int, event: int) -> bytes:
    return (
        b'{"specversion":"1.0","id":"%b","datacontenttype":"application/json",'
        b'"data":{"id":"%b","action":"ADD"}}'
    ) % (str(UUID(int=own)).encode(), str(UUID(int=event)).encode())


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=40))
def test_the_index_grows_with_the_tape(doings: list[tuple[int, bool]]) -> None:
    """However it is asked in between it says the same, and reads each message once."""
    tape, places = CountedTape(), Places()
    events: list[int] = []
    for event, looks in doings:
        tape.messages.append(_message(100 + len(events) if event in events else event, event))
        events.append(event)
        if looks:
            places.look(tape)
    places.look(tape)
    assert tape.reads == len(tape)
    for event in range(6):
        at = [place for place, each in enumerate(events, 1) if each == event]
        id_ = str(UUID(int=event))
        first, last = (at[0], at[-1]) if at else (None, None)
        for which in ("either", "data"):
            assert places.after(id_, which, "first") == first
            assert places.after(id_, which, "last") == last
        assert places.after(id_, "envelope", "last") == first
    for place, event in enumerate(events, 1):
        if event in events[: place - 1]:
            own = str(UUID(int=100 + place - 1))
            assert places.after(own, "either", "last") == place
            assert places.after(own, "envelope", "first") == place
            assert places.after(own, "data", "first") is None


def test_nobody_who_does_not_resume_pays_for_it() -> None:
    """Without an id nothing is looked at."""
    engine = over(EVERY)
    tape = join(engine, BEGUN + 90_000).source
    reads = []
    read = tape.at
    tape.at = lambda place: reads.append(place) or read(place)  # type: ignore[method-assign]
    assert len(answer(engine, INIT)) == len(tape)
    assert reads == []
    answer(engine, init(FOREIGN))
    assert len(reads) == len(tape)
    answer(engine, init(FOREIGN))
    assert len(reads) == len(tape)


async def test_rest_refuses_a_parameter_that_there_is_none_of() -> None:
    """As the documents do."""
    async with house(told(ONE_HOLE)) as home:
        status, body = await home.get(ROUND_PATH.replace("stream", "rest") + "?x=1", live_token())
        assert (status, json.loads(body)["status"]) == (400, 400)
        assert "'x'" in json.loads(body)["error"]


def test_an_id_is_known_in_either_case() -> None:
    """Some libraries write UUIDs in capitals."""
    duration, events = whole(EVERY)
    engine = engine_of(EVERY, **{"live-heartbeat": "none"})
    engine.run_until(BEGUN + 1)
    opened(engine, BEGUN + 1)  # play begins
    engine.run_until(BEGUN + 1 + duration)
    payloads = [payload for _, payload in events]
    seen = json.loads(payloads[4])["id"]
    reader = join(engine, BEGUN + 1 + duration, init(seen.upper()))
    assert heard(reader) == payloads[5:]
