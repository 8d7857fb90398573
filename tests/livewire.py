"""Clients of the live dialect for tests: of an engine whose times are made up, and of sockets."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from livetoken import live_token
from mockdde.broadcast import Broadcast
from mockdde.engine import Engine
from mockdde.feeds import stream_feeds
from mockdde.frames import opcode_of, payload_of
from mockdde.scenario import load_text, open_scenario
from mockdde.subscriber import Subscriber
from mockdde.tokens import Pass
from mockdde.world import Tournament, stage
from running import TEXT, Client, House

__all__ = [
    "BEGUN",
    "INIT",
    "MATCH",
    "ROUND",
    "engine_of",
    "enter",
    "heard",
    "init",
    "join",
    "opened",
    "read_events",
    "sent",
    "split",
    "told",
    "whole",
]

ROUND, MATCH = (
    next(each for each in stream_feeds() if name == each.NAME)
    for name in ("live/round-events", "live/match-events")
)
INIT = '{"type": "Client.Init"}'
BEGUN = 1000.0  # the wire time at which the engines here begin


def init(seen: Any) -> str:
    """Client.Init after the last event that was seen."""
    return json.dumps({"type": "Client.Init", "last_seen_event_id": seen})


@cache
def told(scenario: str, **quirks: str) -> Tournament:
    """A shipped scenario by its name, or a text; a name with a hyphen is given as ``**{…}``."""
    text = "\n" in scenario
    return stage(load_text(scenario, "test.yaml") if text else open_scenario(scenario), quirks)


@cache
def whole(scenario: str) -> tuple[float, tuple[tuple[float, bytes], ...]]:
    """How many seconds a scenario lasts, and what its one live stream of events has, with when.

    As ``mockdde play`` has it: from the broadcast, without an engine.
    """
    tournament = told(scenario)
    events = [
        ((due - tournament.begins) / 1000, payload)
        for due, path, payload in Broadcast(tournament).play("*/events", "live")
        if path.endswith(("/round/1/events", _only_match(tournament)))
    ]
    return events[-1][0] + 1.0, tuple(events)


def _only_match(tournament: Tournament) -> str:
    if not tournament.is_match_play:
        return "/round/1/events"
    feed = next(each for each in Broadcast(tournament).feeds if isinstance(each, MATCH))
    return next(iter(feed.streams()))


def sent(scenario: str) -> list[bytes]:
    """All messages of a scenario's stream of events, in order."""
    return [payload for _, payload in whole(scenario)[1]]


def engine_of(scenario: str, *, speed: float = 1.0, **quirks: str) -> Engine:
    """An engine that starts at wire time 1000."""
    tournament = told(scenario, **quirks)
    return Engine([tournament], quirks=tournament.quirks, wire=BEGUN, speed=speed)


def opened(engine: Engine, wire: float, allowed: Pass | None = None) -> Subscriber:
    """A client that opens the one stream of events, and has said nothing yet."""
    tournament = next(iter(engine.shows)).tournament
    feed, params = ROUND, {"tournament": tournament.id, "round": 1}
    if tournament.is_match_play:
        feed, params = MATCH, {"tournament": tournament.id, "match": 1}
    return engine.open(feed, params, feed.PATH.format(**params), wire, allowed=allowed)


def join(engine: Engine, wire: float, said: str = INIT) -> Subscriber:
    """A client that opens it and says Client.Init, both now."""
    subscriber = opened(engine, wire)
    engine.hear(subscriber, said, wire)
    return subscriber


def split(data: bytes) -> list[tuple[int, bytes]]:
    """Frames as a server sends them: opcode and payload of each."""
    found, at = [], 0
    while at < len(data):
        wide = {126: 2, 127: 8}.get(data[at + 1], 0)
        size = int.from_bytes(data[at + 2 : at + 2 + wide]) if wide else data[at + 1]
        end = at + 2 + wide + size
        assert data[at] & 0xF0 == 0x80, "a frame is whole"
        found.append((opcode_of(data[at:end]), payload_of(data[at:end])))
        at = end
    return found


def heard(subscriber: Subscriber) -> list[bytes]:
    """The messages that are due to it, all text."""
    frames = split(b"".join(bytes(data) for data in iter(subscriber.take, None)))
    assert all(opcode == TEXT for opcode, _ in frames)
    return [payload for _, payload in frames]


async def enter(home: House, path: str, said: str = INIT) -> Client:
    """A client of a house that opens a stream and says Client.Init."""
    client = await home.open(path, live_token())
    assert client.status == 101
    client.send(TEXT, said.encode())
    return client


async def read_events(client: Client, count: int) -> list[bytes]:
    """The next so many messages that are no heartbeats."""
    events: list[bytes] = []
    while len(events) < count:
        opcode, payload = await client.read()
        assert opcode == TEXT
        if not payload.startswith(b'{"type":"Server.Heartbeat"'):
            events.append(payload)
    return events
