"""The live streams of events as a broadcast has them: event by event, or all at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from live_client import kind_of
from mockdde.books import Books
from mockdde.feeds import Packet, Sent, StreamFeed, dialect_of, is_of, play_of, stream_feeds
from mockdde.log import Event, Mode
from mockdde.world import Tournament

__all__ = ["Story", "feed_of", "live_feed", "opened"]


def feed_of(tournament: Tournament) -> type[StreamFeed]:
    """The feed of live events that a tournament has."""
    play = play_of(tournament)
    (feed,) = (each for each in stream_feeds() if dialect_of(each) == "live" and is_of(each, play))
    return feed


def live_feed(books: Books) -> Any:
    """The same, of the books of a tournament."""
    return feed_of(books.tournament)(books)


def opened(sent: Iterable[Sent]) -> list[tuple[str, Packet]]:
    """Each packet with its path."""
    return [(each.stream, json.loads(each.payload)) for each in sent]


class Story:
    """All messages of a tournament, by the events that say them."""

    def __init__(self, tournament: Tournament) -> None:
        self.tournament = tournament
        self.steps = list(self._steps())

    def _steps(self) -> Iterator[tuple[Event, list[tuple[str, Packet]]]]:
        books = Books(self.tournament)
        feed, asleep = live_feed(books), True
        for event in self.tournament.log:
            books.apply(event)
            if asleep and event.team:  # by then all that is not yet drawn is known by number
                asleep = any([*feed.wake(path, iter(()))] for path in feed.streams())
            yield event, opened(feed.apply(event)) if event.team else []

    def messages(self) -> Iterator[tuple[str, Packet]]:
        """Each with its path."""
        return (each for _, told in self.steps for each in told)

    def said_by(self, what: type) -> list[tuple[str, str]]:
        """Actions and kinds of what the first event of a type says."""
        found = next(told for event, told in self.steps if isinstance(event.what, what))
        return [_short(message) for _, message in found]

    def corrected(self, which: int = 0) -> Counter[tuple[str, str]]:
        """How many of each action and kind the end of a hole correction says."""
        ends = [told for event, told in self.steps if event.what == Mode(begins=False)]
        return Counter(_short(message) for _, message in ends[which])


def _short(message: Packet) -> tuple[str, str]:
    return message["data"]["action"], kind_of(message["data"])
