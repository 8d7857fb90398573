"""The weather of the wire in the live dialect: a good client ends with the truth, twice alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockdde.broadcast import Broadcast
from mockdde.scenario import open_scenario
from mockdde.world import stage
from running import CHAOS, House, house, packets_of
from stepped import Follower, follow
from stepped_live import EVENT, Event, LiveFollower, folded

SPEED = 60.0
# How often REST is asked for the events in each quarter of a second, and what the answers are.
POLLS = {"chaos/rate-limited": 2, "chaos/weekend-maintenance": 1}
STATUSES = {"chaos/rate-limited": {200, 429}, "chaos/weekend-maintenance": {200, 503, 0}}
LONGEST = 3600.0  # seconds of wire time, after which a client that is not done never will be


def truth_of(name: str) -> dict[str, dict[str, Event]]:
    """The events that there are in the end, by stream."""
    streams: dict[str, list[bytes]] = {}
    for _, path, payload in Broadcast(stage(open_scenario(name))).play("round/*", "live"):
        streams.setdefault(path, []).append(payload)
    return {path: folded(messages) for path, messages in streams.items()}


async def run(name: str) -> tuple[list[LiveFollower], list[tuple[object, ...]], House]:
    """Follow all rounds of a scenario to their ends; the journal, less its times."""
    tournament = stage(open_scenario(name))
    async with house(tournament, speed=SPEED) as home:
        followers = [
            LiveFollower(home.port, path, teams=len(tournament.teams)) for path in truth_of(name)
        ]
        polled = followers[0].path.replace("/stream/", "/rest/")
        try:
            statuses = await follow(home, followers, LONGEST, POLLS.get(name, 0), polled)
            assert set(statuses) == STATUSES.get(name, set())
        finally:
            for each in followers:
                each.leave()
        journal = [
            (each.event, each.connection, each.path, each.detail) for each in home.engine.journal
        ]
        return followers, journal, home


def tidied(event: Event, truth: Event) -> Event:
    """An event as the documentation has it: of what has drifted, what is there all the same."""
    payload = {key: value for key, value in event["payload"].items() if key != "wind"}
    for key, value in truth["payload"].items():
        if payload[key] is None:
            payload[key] = value
        elif isinstance(value, int):
            payload[key] = int(payload[key])
        elif isinstance(value, dict) and "coordinates" in value:
            z = {"z": payload[key]["coordinates"]["z"] or value["coordinates"]["z"]}
            payload[key] = payload[key] | {"coordinates": payload[key]["coordinates"] | z}
    of_type = truth["type"] if event["type"] == f"{EVENT}.WeatherUpdate" else event["type"]
    return event | {"type": of_type, "payload": payload}


@pytest.mark.parametrize("name", CHAOS)
async def test_a_good_client_ends_with_the_truth_and_twice_alike(name: str) -> None:
    followers, journal, home = await run(name)
    assert home.engine.never_fired() == []
    truth = truth_of(name)
    for each in followers:
        mine: dict[str, Any] = {event["id"]: event for event in each.held}
        assert mine.keys() == truth[each.path].keys()
        for id_, event in truth[each.path].items():
            assert (tidied if name == "chaos/doc-drift" else _same)(mine[id_], event) == event
        lost = name == "chaos/everything"  # packets that no number tells are missing
        assert bool(each.lacked) == lost
    assert (await run(name))[1] == journal


def _same(event: Event, truth: Event) -> Event:
    return event


@pytest.mark.parametrize("name", ["chaos/half-open", "chaos/everything", "chaos/vendor-deploy"])
async def test_clients_of_both_dialects_at_once_end_with_the_truth(name: str) -> None:
    """Rules of one dialect do not use up those of the other."""
    tournament = stage(open_scenario(name))
    of_dde, of_live = packets_of(tournament), truth_of(name)
    async with house(tournament, speed=SPEED) as home:
        old = [Follower(home.port, path) for path in of_dde if "/round/" in path]
        new = [LiveFollower(home.port, each, teams=len(tournament.teams)) for each in of_live]
        try:
            await follow(home, [*old, *new], LONGEST)
        finally:
            for each in (*old, *new):
                each.leave()
        assert home.engine.never_fired() == []
    for each in old:
        numbered = [packet for _, packet in of_dde[each.path] if b'"seqNum"' in packet]
        assert [*each.packets.values()] == [json.loads(packet) for packet in numbered]
    for each in new:
        assert {event["id"]: event for event in each.held} == of_live[each.path]
