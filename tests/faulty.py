"""Scenarios with one fault, and what a client of theirs sees: pure, byte by byte and time by time,
or over a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from mockdde.engine import Engine
from mockdde.feeds.dde.events import FEED
from mockdde.subscriber import Subscriber
from mockdde.wire import Ending
from running import ONE_HOLE, House, house, payloads, staged

__all__ = ["BEGIN", "HELLO", "PATH", "Listener", "faulty", "scenario", "sent", "struck"]

BEGIN = 1000.0  # wire time at which the engines here begin
HELLO = '{"authToken": "any"}'  # the first message of a client
PARAMS = {"tournament": 7, "round": 1, "team": 1}
PATH = FEED.PATH.format(**PARAMS)


def scenario(*faults: str, story: str = ONE_HOLE) -> str:
    """A story (one hole of one team where none is given) with these entries of ``wire``."""
    return story + "wire:\n" + "".join(f"  - {{{each}}}\n" for each in faults)


def sent(story: str = ONE_HOLE, path: str = PATH) -> list[bytes]:
    """The packets of a stream as they are without any fault."""
    return payloads(path, story)


@dataclass
class Listener:
    """A client of an engine without a network: what it got, and when."""

    engine: Engine
    subscriber: Subscriber
    got: list[tuple[float, bytes]] = field(default_factory=list)

    def until(self, seconds: float) -> bytes:
        """Go on until so long after the begin, deadline by deadline; all bytes of that time."""
        now: list[bytes] = []
        while (due := self.engine.next_deadline()) is not None and due <= BEGIN + seconds:
            now += self._take(max(due, BEGIN))
        now += self._take(BEGIN + seconds)
        return b"".join(now)

    def say(self, text: str, seconds: float) -> None:
        """Send a message so long after the begin."""
        self.engine.hear(self.subscriber, text, BEGIN + seconds)
        list(self._take(BEGIN + seconds))

    def _take(self, wire: float) -> Iterator[bytes]:
        self.engine.run_until(wire)
        while (data := self.subscriber.take()) is not None:
            self.got.append((wire - BEGIN, bytes(data)))
            yield bytes(data)

    @property
    def ending(self) -> Ending | None:
        """How its connection has ended, once it has taken all before that."""
        return self.subscriber.ending


def struck(
    *faults: str, story: str = ONE_HOLE, speed: float = 60.0, token: bool = True, **settings: str
) -> Listener:
    """Somebody who has just joined the stream of team 1, of a story with these faults."""
    tournament = staged(scenario(*faults, story=story), **settings)
    engine = Engine([tournament], quirks=tournament.quirks, wire=BEGIN, speed=speed)
    listener = Listener(engine, join(engine))
    if token:
        listener.say(HELLO, 0.0)
    return listener


def join(engine: Engine, seconds: float = 0.0) -> Subscriber:
    """One more connection to the stream of team 1."""
    return engine.open(FEED, PARAMS, PATH, BEGIN + seconds)


@asynccontextmanager
async def faulty(
    *faults: str, story: str = ONE_HOLE, speed: float = 60.0, **settings: str
) -> AsyncIterator[House]:
    """A server of such a scenario; its clock is the test's, its sockets are real."""
    async with house(staged(scenario(*faults, story=story), **settings), speed=speed) as home:
        yield home
