"""The weather of the wire: a good client ends with the truth in each, and twice alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mockdde.scenario import open_scenario, shipped
from mockdde.world import stage
from running import House, house, packets_of
from stepped import Follower, follow

CHAOS = [name for name, _ in shipped() if name.startswith("chaos/")]
SPEED = 60.0
LONGEST = 3600.0  # seconds of wire time, after which a client that is not done never will be


async def run(name: str) -> tuple[list[Follower], list[tuple[str, int | None, str, str]], House]:
    """Follow all streams of rounds of a scenario to their end; the journal, less its times."""
    tournament = stage(open_scenario(name))
    paths = [path for path in packets_of(tournament) if "/round/" in path]
    async with house(tournament, speed=SPEED) as home:
        followers = [Follower(home.port, path) for path in paths]
        try:
            await follow(home, followers, LONGEST)
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
    for each in followers:
        packets: list[dict[str, Any]] = [json.loads(payload) for _, payload in truth[each.path]]
        numbered = [packet for packet in packets if "seqNum" in packet]
        assert [*each.packets.values()] == numbered
    assert (await run(name))[1] == journal
