"""The clocks and the streams of the live dialect, which sleep until somebody awaits them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from matchrooms import EVERY_KIND
from mockdde.broadcast import Broadcast
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.moments import iso_millis
from mockdde.playclock import ORDINARY, Clocks
from mockdde.world import Tournament
from running import ONE_HOLE, TWO_TEES, staged

ROUND = "/golf/stream/v1/tournaments/7/round/1/events"
NAME = "round/1/events"
MATCH = "/golf/stream/v1/tournaments/7/match/1000070001/events"


@cache
def golf(text: str, path: str = ROUND) -> list[tuple[int, bytes]]:
    """All messages of a stream, each with the moment at which it is sent."""
    sent = Broadcast(staged(text)).play("*/events", "live")
    return [(due, message) for due, of, message in sent if of == path]


def engine_of(text: str, clocks: Clocks = ORDINARY) -> Engine:
    """An engine that starts at wire time 1000."""
    tournament: Tournament = staged(text)
    return Engine([tournament], quirks=tournament.quirks, wire=1000.0, clocks=clocks)


def so_far(engine: Engine, path: str = ROUND, wire: float = 1000.0) -> list[Any]:
    sent: list[Any] = json.loads(engine.answers.so_far(path, wire))
    return sent


def messages(text: str, until: int, path: str = ROUND) -> list[Any]:
    """What a stream has sent when the message of this place, from 1, is sent."""
    moment = golf(text, path)[until - 1][0]
    return [json.loads(message) for due, message in golf(text, path) if due <= moment]


def refusal(doing: Any, *words: Any) -> tuple[int, str]:
    """The status and sentence with which something is refused."""
    with pytest.raises(RequestError) as refused:
        doing(*words)
    return refused.value.status, str(refused.value)


@pytest.mark.parametrize("seq", [1, 2, 40])
@pytest.mark.parametrize("before", [0.0, 60.0])
def test_a_seek_to_a_message_of_a_stream_that_sleeps(seq: int, before: float) -> None:
    engine, wire = engine_of(TWO_TEES), 1000.0 + before
    engine.run_until(wire)
    engine.conductor.pause(wire)
    if golf(TWO_TEES)[seq - 1][0] <= golf(TWO_TEES)[0][0] + before * 1000:
        said = refusal(engine.conductor.seek, wire, f"{NAME}:seq={seq}")
        sentence = f"{NAME} has sent message {seq} already; play goes forward only"
        assert said == (409, sentence)
        return
    engine.conductor.seek(wire, f"{NAME}:seq={seq}")
    engine.run_until(wire)
    assert so_far(engine, wire=wire) == messages(TWO_TEES, seq)
    (told,) = engine.standing(wire)
    assert (told["hurrying"], told["now"]) == (
        False,
        f"{iso_millis(golf(TWO_TEES)[seq - 1][0])[:-1]}000Z",
    )


@pytest.mark.parametrize("rebases", [False, True])
@pytest.mark.parametrize(("text", "name", "path"), [
    (ONE_HOLE, NAME, ROUND), (EVERY_KIND, "match/1000070001/events", MATCH),
])  # fmt: skip
def test_play_begins_at_a_message(text: str, name: str, path: str, rebases: bool) -> None:
    engine = engine_of(text, Clocks(start_at=f"{name}:seq=9", rebases=rebases))
    engine.run_until(1000.0)
    sent, wanted = so_far(engine, path), messages(text, 9, path)
    assert [each["id"] for each in sent] == [each["id"] for each in wanted]
    assert rebases or sent == wanted


def test_a_message_that_never_comes_is_awaited_to_the_end_of_its_stream() -> None:
    engine = engine_of(ONE_HOLE)
    engine.conductor.seek(1000.0, f"{NAME}:seq=9999")
    engine.run_until(1000.0)
    said = [each.detail for each in engine.journal if each.event == "clock"]
    assert said[-1] == f"{NAME}:seq=9999 never came in tournament 7; play is where it ended"
    assert len(so_far(engine)) == len(golf(ONE_HOLE))
    told = refusal(engine.conductor.seek, 1000.0, f"{NAME}:seq=9999")
    assert told == (409, f"{NAME} has ended after {len(golf(ONE_HOLE))} packets")


WRONG = {
    f"{NAME}:seq=0": (400, f"{NAME}:seq=0: message counts from 1"),
    f"{NAME}:hole=1": (400, f"{NAME} is of no hole; write round/1/team/12:hole=11 or"),
    "round/2/events:seq=1": (
        404,
        "tournament 7 has no stream round/2/events; did you mean round/1",
    ),
    "stroke-play-leaderboard:hole=1": (400, "stroke-play-leaderboard is of no hole"),
}


@pytest.mark.parametrize("target", WRONG)
def test_where_no_way_leads(target: str) -> None:
    engine = engine_of(ONE_HOLE)
    status, said = refusal(engine.conductor.seek, 1000.0, target)
    assert (status, said[: len(WRONG[target][1])]) == WRONG[target]
    clocks = Clocks(start_at=target)
    assert refusal(engine_of, ONE_HOLE, clocks) == (status, said)


def test_a_step_wakes_what_alone_is_meant() -> None:
    """One message after the other; where another stream is called so, too, that is awake."""
    engine = engine_of(ONE_HOLE)
    sent = [engine.conductor.step(1000.0, NAME) for _ in range(12)]
    assert {each["stream"] for each in sent} == {NAME}
    places = [each["seq"] for each in sent]
    assert places[0] == 2  # the first is sent as play begins
    assert places == sorted(set(places))
    assert so_far(engine)[-1]["data"]["type"].endswith(str(sent[-1]["kind"]))
    other = engine_of(ONE_HOLE)
    for on in ("round/*", "*"):
        assert other.conductor.step(1000.0, on)["stream"] == "round/1/team/1"
    assert ROUND not in other.conductor.show(7).tapes


def test_what_is_awaited_sleeps_again_in_another_run() -> None:
    engine = engine_of(ONE_HOLE)
    engine.conductor.step(1000.0, NAME)
    engine.conductor.restart(1000.0)
    assert ROUND not in engine.conductor.show(7).tapes
    engine.conductor.seek(1000.0, f"{NAME}:seq=9")
    engine.run_until(1000.0)
    assert so_far(engine) == messages(ONE_HOLE, 9)
