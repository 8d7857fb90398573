"""A tournament as it is sent: the books, and every feed's packets and documents, event by event."""

from __future__ import annotations

from typing import NamedTuple

import orjson

from mockdde import faults
from mockdde.books import Books, Change
from mockdde.errors import ScenarioError
from mockdde.feeds import StateFeed, StreamFeed, state_feeds, stream_feeds
from mockdde.log import Event
from mockdde.world import Tournament

__all__ = ["Broadcast", "Sent", "Step"]


class Sent(NamedTuple):
    """One packet: its stream, its bytes, and its seqNum where it has one."""

    stream: str
    payload: bytes
    seq: int | None


class Step(NamedTuple):
    """One event carried out: what it sends, and which documents it changed."""

    event: Event
    change: Change
    packets: list[Sent]
    ended: list[str]  # streams that this event ends
    changed: list[str]  # state streams whose document is another one now


class Broadcast:
    """The fold of all feeds over one tournament's log, one event at a time.

    ``rules`` are the scenario's faults. A document is encoded by ``document`` when somebody wants
    it; until then a change only counts.
    """

    def __init__(self, tournament: Tournament) -> None:
        """ScenarioError where the scenario's ``wire`` names what there is not."""
        self.tournament = tournament
        self.books = Books(tournament)
        self.feeds: list[StreamFeed] = [feed(tournament) for feed in stream_feeds()]
        self.states: list[StateFeed] = [feed(self.books) for feed in state_feeds()]
        self.streams = [path for feed in self.feeds for path in feed.streams()]
        self._of_state = {path: feed for feed in self.states for path in feed.streams()}
        self._told = dict.fromkeys(self._of_state, (0, 0))  # seqNum and moment of each document
        below = f"/golf/tournaments/{tournament.id}/"
        self._names = {path: path.removeprefix(below) for path in self.streams}
        self.rules = faults.rules(tournament.scenario.wire, list(self._names.values()))
        self._next = 0

    @property
    def state_streams(self) -> list[str]:
        """The paths of all documents that are streamed."""
        return list(self._of_state)

    def check_faults(self) -> None:
        """ScenarioError where a fault awaits a packet that no stream of its has."""
        counts = dict.fromkeys(self.streams, 0)
        while self.next_due is not None:
            for sent in self.advance().packets:
                counts[sent.stream] = max(counts[sent.stream], sent.seq or 0)
        on = self.rules_by_stream()
        for rule in self.rules:
            most = max((counts[path] for path, rules in on.items() if rule in rules), default=0)
            if (rule.spec.at_seq or 0) > most:
                message = f"{rule.spec.fault} never strikes: the last packet there has seq {most}"
                raise ScenarioError(rule.spec.mark, message)

    def rules_by_stream(self) -> dict[str, list[faults.Rule]]:
        """The faults that speak of each stream, in the order of the scenario."""
        return {
            path: [rule for rule in self.rules if rule.is_on(name)]
            for path, name in self._names.items()
        }

    @property
    def next_due(self) -> int | None:
        """When the next event is sent (milliseconds since 1970); None after the last."""
        event = self.tournament.log.at(self._next)
        return None if event is None else event.due

    def advance(self) -> Step:
        """The next event, and all that it sends and changes."""
        event = self.tournament.log.at(self._next)
        assert event is not None, "next_due is None after the last"
        self._next += 1
        change = self.books.apply(event)
        packets: list[Sent] = []
        ended: list[str] = []
        if event.team:
            for feed in self.feeds:
                for path, packet in feed.apply(event, self.books):
                    packets.append(Sent(path, orjson.dumps(packet), packet.get("seqNum")))
                if (over := feed.ended(event)) is not None:
                    ended.append(over)
        changed = [path for state in self.states for path in state.apply(event, change)]
        for path in changed:
            self._told[path] = (self._told[path][0] + 1, event.due)
        return Step(event, change, packets, ended, changed)

    def seq(self, path: str) -> int:
        """How often a document was sent so far; its seqNum."""
        return self._told[path][0]

    def document(self, path: str) -> bytes:
        """A state document as it is now, encoded."""
        seq, sent = self._told[path]
        return self._of_state[path].document(path, seq, sent)
