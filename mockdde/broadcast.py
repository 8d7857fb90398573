"""A tournament as it is sent: the books, and every feed's packets and documents, event by event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from mockdde import faults
from mockdde.books import NO_CHANGE, Books, Change
from mockdde.errors import ScenarioError, nearest
from mockdde.faults import Named
from mockdde.feeds import (
    Sent,
    StateFeed,
    StreamFeed,
    dialect_of,
    document_feeds,
    is_of,
    play_of,
    state_feeds,
    stream_feeds,
)
from mockdde.log import Event
from mockdde.world import Tournament

__all__ = ["Broadcast", "Changed", "Name", "Step", "name_of", "named_of"]


_OF_A_TOURNAMENT = (
    r"/golf/(?P<live>(?:stream|rest)/v1/)?(?P<before>(?:[a-z-]+/)?)"
    r"tournaments/(?P<id>\d+|{\w+})(?P<below>/.*|)"
)
_SOME = 256  # events that are told again at a time
_LIVE = ("/golf/stream/v1/", "/golf/rest/v1/")


class Name(NamedTuple):
    """What a path is called: its tournament where it is of one, and its dialect."""

    tournament: int | None
    name: str
    dialect: str


def name_of(path: str) -> Name:
    """The tournament and the name of a path: what a scenario's ``on`` calls it.

    >>> name_of("/golf/tournaments/7/entrylist")
    Name(tournament=7, name='entrylist', dialect='dde')
    >>> name_of("/golf/tournaments/liveevents")
    Name(tournament=None, name='liveevents', dialect='dde')
    >>> name_of("/golf/official-shots/tournaments/7/round/1/team/12")
    Name(tournament=7, name='official-shots/round/1/team/12', dialect='dde')
    >>> name_of("/golf/stream/v1/tournaments/7/round/1/events")
    Name(tournament=7, name='round/1/events', dialect='live')
    """
    dialect = "live" if path.startswith(_LIVE) else "dde"
    found = re.fullmatch(_OF_A_TOURNAMENT, path)
    if found is None:
        return Name(None, path.rpartition("/")[2], dialect)
    number = int(found["id"]) if found["id"].isdecimal() else None
    below = found["below"].removeprefix("/") or "tournament"
    return Name(number, found["before"] + below, dialect)


def named_of(streams: Iterable[Name]) -> tuple[list[Named], list[Named]]:
    """Streams and documents as faults name them, of these streams of a tournament."""
    named = [(each.name, each.dialect) for each in streams]
    documents = [name_of(feed.PATH) for feed in document_feeds()]
    found = [(each.name, each.dialect) for each in documents if "{" not in each.name]
    rounds = [name for name, dialect in named if dialect == "dde" and name.startswith("round/")]
    return named, found + [(f"official-shots/{each}", "dde") for each in rounds]


class Changed(NamedTuple):
    """A document that is streamed and is another one now; ``seq`` is how often it was sent."""

    stream: str
    seq: int
    feed: StateFeed


class Step(NamedTuple):
    """One event carried out: what it sends, and which documents it changed."""

    event: Event
    change: Change
    packets: list[Sent]
    ended: list[str]  # streams that this event ends
    changed: list[Changed]

    @property
    def all(self) -> list[Sent | Changed]:
        """Packets and documents, in the order in which they are sent."""
        return [*self.packets, *self.changed]


class Broadcast:
    """The fold of all feeds over one tournament's log, one event at a time.

    ``faults`` are the scenario's. A document is encoded by ``document`` when somebody wants
    it; until then a change only counts.
    """

    def __init__(self, tournament: Tournament) -> None:
        """ScenarioError where the scenario's ``wire`` names what there is not."""
        self.tournament = tournament
        self.books = Books(tournament)
        play = play_of(tournament)
        self.feeds: list[StreamFeed] = [
            feed(self.books) for feed in stream_feeds() if is_of(feed, play)
        ]
        self.states: list[StateFeed] = [
            feed(self.books) for feed in state_feeds() if is_of(feed, play)
        ]
        self._ending: dict[type, list[StreamFeed]] = {}  # by what ends a stream of theirs
        for each in self.feeds:
            self._ending.setdefault(each.LAST, []).append(each)
        self._ended: set[str] = set()  # streams
        self._hear_all = [feed for feed in self.states if feed.hears_all]
        self.events = 0  # carried out so far
        # A tournament may be told as it is played, and all its streams are known when it is told:
        # only a pattern that could be misspelt is worth the time.
        wire = tournament.scenario.wire
        self._named: dict[str, str] = {}
        self.faults = faults.bind(wire, *self.names) if wire else []
        self._told: dict[str, tuple[int, int]] = {}  # seqNum and moment of each document
        self._first: int | None = None  # the moment of the first event
        self._next: Event | None = None  # the next event, once it was looked at

    @property
    def streams(self) -> list[str]:
        """The paths of all streams of packets that there may ever be; it has them all told."""
        return [path for feed in self.feeds for path in feed.streams()]

    @property
    def state_streams(self) -> list[str]:
        """The paths of all documents that are streamed."""
        return [path for feed in self.states for path in feed.streams()]

    def name(self, path: str) -> str:
        """What a scenario calls a stream: its path below the tournament."""
        if path not in self._named:
            self._named[path] = name_of(path).name
        return self._named[path]

    @property
    def names(self) -> tuple[list[Named], list[Named]]:
        """What a scenario calls the streams that there may ever be, and the documents."""
        paths = (*self.streams, *self.state_streams)
        return named_of(name_of(path) for path in paths)

    def check_faults(self) -> None:
        """ScenarioError where a fault awaits a packet that no stream of its has."""
        if not self.faults:  # and a long tournament need not be played for it
            return
        self.rouse()
        everywhere: Named = (faults.EVERYWHERE, "dde")
        counts: dict[Named, int] = {everywhere: 0}
        kinds: dict[Named, set[str]] = {}
        while self.next_due is not None:
            step = self.advance()
            for sent in step.all:
                name = (self.name(sent.stream), dialect_of(sent.feed))
                of = [name, everywhere] if name[1] == "dde" else [name]
                counts[everywhere] += len(of) - 1
                counts[name] = max(counts.get(name, 0), sent.seq or 0)
                if isinstance(sent, Sent):
                    for each in of:
                        kinds.setdefault(each, set()).add(sent.kind)
        for rule in self.faults:
            self._check_trigger(rule, counts, kinds)

    @staticmethod
    def _check_trigger(
        each: faults.Bound, counts: Mapping[Named, int], kinds: Mapping[Named, set[str]]
    ) -> None:
        at, on = each.spec.at, [name for name in counts if each.is_on(*name)]
        most = max((counts[name] for name in on), default=0)
        if at.what == "seq" and at.number > most:
            message = f"{each.spec.fault} never strikes: the last packet there has seq {most}"
            raise ScenarioError(each.spec.mark, message)
        known = set[str]().union(*(kinds.get(name, ()) for name in on))
        if at.what == "event" and not any(fnmatchcase(kind, at.word) for kind in known):
            message = f"{each.spec.fault} never strikes: no packet there is a {at.word}"
            raise ScenarioError(each.spec.mark, f"{message}{nearest(at.word, sorted(known))}")

    @property
    def next_due(self) -> int | None:
        """When the next event is sent (milliseconds since 1970); None after the last."""
        if self._next is None:
            self._next = self.tournament.log.at(self.events)
        return None if self._next is None else self._next.due

    def advance(self) -> Step:
        """The next event, and all that it sends and changes. IndexError after the last."""
        event = self._next or self.tournament.log.at(self.events)
        if event is None:
            raise IndexError("the log is at its end")
        self._next = None
        self.events += 1
        if self._first is None:
            self._first = event.due
        change = self.books.apply(event)
        packets: list[Sent] = []
        if event.team:
            for feed in self.feeds:
                packets += feed.apply(event)
        ended: list[str] = []
        if (ending := self._ending.get(type(event.what))) is not None:
            ended = [feed.ended(event) for feed in ending]
            self._ended.update(ended)
        # Most events change nothing that a document shows.
        hearing = self._hear_all if change is NO_CHANGE or not any(change) else self.states
        changed = self._changed(hearing, event, change) if hearing else []
        return Step(event, change, packets, ended, changed)

    def wake(self, path: str, feed: StreamFeed) -> Iterator[Sequence[Sent]]:
        """What a stream that may have slept has had by now, of some events at a time.

        Once all of it was asked for its packets are among those of each step. Till then events may
        be carried out: they are in it too.
        """
        wakes = getattr(feed, "wake", None)
        return iter(()) if wakes is None else wakes(path, self._so_far())

    def _so_far(self) -> Iterator[Sequence[Event]]:
        begin = 0
        while begin < self.events:
            end = min(begin + _SOME, self.events)
            yield self.tournament.log.told(begin, end)
            begin = end

    def has_ended(self, path: str) -> bool:
        """Whether nothing is sent on a stream of packets any more."""
        return path in self._ended

    def rouse(self, on: str = "*") -> None:
        """Before anything is sent: no stream whose name fits a pattern sleeps."""
        for feed in self.feeds:
            for path in feed.streams() if hasattr(feed, "wake") else ():
                if fnmatchcase(self.name(path), on):
                    for _ in self.wake(path, feed):
                        pass

    def play(self, on: str, dialect: str = "dde") -> Iterator[tuple[int, str, bytes]]:
        """All that is sent on streams of a dialect whose names fit: moment, path and bytes."""
        if dialect == "live":
            self.rouse(on)
        fits: dict[str, bool] = {}
        while self.next_due is not None:
            step = self.advance()
            for sent in step.all:
                path = sent.stream
                if path not in fits:
                    mine = dialect_of(sent.feed) == dialect
                    fits[path] = mine and fnmatchcase(self.name(path), on)
                if fits[path]:
                    payload = (
                        sent.payload if isinstance(sent, Sent) else self.document(path, sent.feed)
                    )
                    yield step.event.due, path, payload

    def _changed(self, hearing: Iterable[StateFeed], event: Event, change: Change) -> list[Changed]:
        changed = []
        for feed in hearing:
            for path in feed.apply(event, change):
                # All documents are first sent with the first event, so a later change is the
                # second one, whoever looked.
                seq = 1 if self.events == 1 else self.seq(path) + 1
                self._told[path] = (seq, event.due)
                changed.append(Changed(path, seq, feed))
        return changed

    def seq(self, path: str) -> int:
        """How often a document was sent so far; its seqNum."""
        return self._told.get(path, (1, 0))[0]

    def document(self, path: str, feed: StateFeed) -> bytes:
        """A state document as it is now, encoded."""
        return feed.document(path, *self._told.get(path, (1, self._first or 0)))
