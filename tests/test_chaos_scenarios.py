"""The weather of the wire: a good client ends with the truth in each, and twice alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockdde.scenario import open_scenario
from mockdde.world import stage
from quickly import check, quick
from running import CHAOS, House, house, packets_of
from stepped import Follower, follow

SPEED = 60.0
# How often liveevents is asked for in each quarter of a second, and what the answers are.
POLLS = {"chaos/rate-limited": 2, "chaos/weekend-maintenance": 1}
STATUSES = {"chaos/rate-limited": {200, 429}, "chaos/weekend-maintenance": {200, 503, 0}}
LONGEST = 3600.0  # seconds of wire time, after which a client that is not done never will be


def tidied(packet: dict[str, Any]) -> dict[str, Any]:
    """A packet as its documentation has it, however it was spelt; without what nobody knows.

    Of a type that nobody knows only its number.
    """
    if packet["eventElementType"] == "WeatherUpdate":
        return {"seqNum": packet["seqNum"]}
    tidy = {_SPELT.get(key, key): value for key, value in packet.items() if key != "wind"}
    for key in ("playerId", "teamNo", "roundNo"):
        if key in tidy:
            tidy[key] = int(tidy[key])
    if "courseId" in tidy:
        tidy["courseId"] = str(tidy["courseId"])
    return tidy


_SPELT = {"groupID": "groupId", "hole": "holeNo"}


def told(truth: Any, mine: Any) -> Any:
    """What of the truth is still told: not what is null, and of an unknown type the number."""
    if isinstance(truth, dict) and isinstance(mine, dict):
        if "eventElementType" in truth and "eventElementType" not in mine:
            return {"seqNum": truth["seqNum"]}
        return {key: told(value, mine.get(key, value)) for key, value in truth.items()}
    return None if mine is None else truth


async def run(name: str) -> tuple[list[Follower], list[tuple[str, int | None, str, str]], House]:
    """Follow all streams of rounds of a scenario to their end; the journal, less its times."""
    tournament = stage(open_scenario(name))
    paths = [path for path in packets_of(tournament) if "/round/" in path]
    async with house(tournament, speed=SPEED) as home:
        followers = [Follower(home.port, path) for path in paths]
        try:
            statuses = await follow(home, followers, LONGEST, POLLS.get(name, 0))
            assert set(statuses) == STATUSES.get(name, set())
        finally:
            for each in followers:
                each.leave()
        journal = [
            (each.event, each.connection, each.path, each.detail)
            for each in home.engine.journal
            if "/_mockdde/" not in each.path
        ]
        return followers, journal, home


@pytest.mark.parametrize("name", CHAOS)
async def test_a_good_client_ends_with_the_truth_and_twice_alike(name: str) -> None:
    followers, journal, home = await run(name)
    assert home.engine.never_fired() == []
    truth = packets_of(stage(open_scenario(name)))
    for _, payload in (sent for stream in truth.values() for sent in stream):
        check("dde/events", payload)
    for each in followers:
        packets: list[dict[str, Any]] = [json.loads(payload) for _, payload in truth[each.path]]
        numbered = [packet for packet in packets if "seqNum" in packet]
        mine = [tidied(packet) for packet in each.packets.values()]
        assert mine == [told(*both) for both in zip(numbered, mine, strict=True)]
    assert (await run(name))[1] == journal


async def test_what_has_drifted_is_tolerated_where_a_page_has_it_and_refused_where_none_has() -> (
    None
):
    """The tolerant schema refuses the unknown type and the numbers that are strings, no more."""
    (follower,), _, _ = await run("chaos/doc-drift")
    told = packets_of(stage(open_scenario("chaos/doc-drift")))[follower.path]
    sent = [packet for _, payload in told if "seqNum" in (packet := json.loads(payload))]
    drifted = [
        mine for mine, one in zip(follower.packets.values(), sent, strict=True) if mine != one
    ]
    assert len(drifted) >= 12
    refused = [each for each in drifted if not quick("dde/events").is_valid(each)]
    assert not [each for each in drifted if quick("dde/events.strict").is_valid(each)]
    numbers = [each for each in drifted if isinstance(each.get("playerId", each["teamNo"]), str)]
    unknown = [each for each in drifted if each["eventElementType"] == "WeatherUpdate"]
    assert len(numbers) == 2
    assert len(unknown) == 1
    assert refused == sorted(numbers + unknown, key=lambda each: each["seqNum"])
