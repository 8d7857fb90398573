"""A good client of the live dialect, over real sockets, that only moves when the test's clock does.

It says in Client.Init what it has seen last, takes events by their ids and the times of their
versions, sends heartbeats, and asks REST in the end for what it may lack: nothing else would tell.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

from running import CLOSE, GOOD, TEXT, upgrade
from stepped import Follower

__all__ = ["LiveFollower", "folded"]

BEAT = 30.0  # seconds between its heartbeats
QUIET = 60.0  # seconds without an event on an open stream, after which it asks REST
EVENT = "Event.Sport.Golf"
Event = dict[str, Any]


@dataclass
class LiveFollower(Follower):
    """Follows a round until all its teams have ended; ``events`` are what it holds, by id."""

    watchdog: ClassVar[float] = 40.0  # the server's heartbeats are 15 s apart
    teams: int = 1
    events: dict[str, Event] = field(default_factory=dict)  # those that were deleted, too
    seen: str | None = None  # the last message's id
    lacked: list[str] = field(default_factory=list)  # what only REST told: ids
    _beaten: float = 0.0
    _moved: float = 0.0  # when an event came, or the stream was opened
    _asking: bool = False

    def step(self, now: float) -> bool:
        """Do all that can be done now; whether anything was."""
        moved = super().step(now)
        if self.done or self._phase != "streaming":
            return moved
        if now - self._beaten >= BEAT:
            self._beaten = now
            self._send(TEXT, b'{"type": "Client.Heartbeat"}')
        if now - self._moved >= QUIET and not self._asking:
            self._asking = True
            self.asks = self.path.replace("/stream/", "/rest/")
        return moved

    def answered(self, status: int, body: bytes) -> None:
        """The events of the round as REST has them."""
        self._asking = False
        self._moved = self._heard
        if status != 200 or self.done:
            return
        for data in json.loads(body):
            before = self.events.get(data["id"])
            if before is None or before["created_at"] < data["created_at"]:
                self.events[data["id"]] = data
                self.lacked.append(data["id"])
        ended = [each for each in self.held if each["type"] == f"{EVENT}.SportEventEnded"]
        if len({each["payload"]["team_id"] for each in ended}) == self.teams:
            if self._socket is not None:
                self._send(CLOSE, (1000).to_bytes(2))
            self.leave()
            self.done = True

    @property
    def held(self) -> list[Event]:
        """The events that there are."""
        return [each for each in self.events.values() if each["action"] != "DELETE"]

    def _request(self) -> bytes:
        return upgrade(self.path, GOOD)

    def _greet(self) -> None:
        self._phase = "streaming"
        self._beaten = self._moved = self._heard
        seen = {} if self.seen is None else {"last_seen_event_id": self.seen}
        self._send(TEXT, json.dumps({"type": "Client.Init", **seen}).encode())

    def _message(self, message: dict[str, Any], now: float) -> None:
        if message.get("type") != EVENT:
            return  # a heartbeat
        self._moved, self._failures = now, 0
        self.seen, data = message["id"], message["data"]
        before = self.events.get(data["id"])
        if before is None or before["created_at"] <= data["created_at"]:
            self.events[data["id"]] = data


def folded(messages: list[bytes]) -> dict[str, Event]:
    """What there is after all messages of a stream, by id."""
    events: dict[str, Event] = {}
    for each in messages:
        data = json.loads(each)["data"]
        events[data["id"]] = data
    return {id_: data for id_, data in events.items() if data["action"] != "DELETE"}
