"""A tournament as it is sent: every feed's packets, encoded, event by event."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from mockdde import faults
from mockdde.cards import Cards
from mockdde.errors import ScenarioError
from mockdde.feeds import StreamFeed, stream_feeds
from mockdde.log import Event
from mockdde.world import Tournament

__all__ = ["Broadcast", "Sent"]


@dataclass(frozen=True, slots=True)
class Sent:
    """One packet: its stream, its bytes, and its seqNum where it has one."""

    stream: str
    payload: bytes
    seq: int | None


class Broadcast:
    """The fold of all feeds over one tournament's log, one event at a time.

    ``rules`` are the scenario's faults.
    """

    def __init__(self, tournament: Tournament) -> None:
        """ScenarioError where the scenario's ``wire`` names what there is not."""
        self.tournament = tournament
        self.feeds: list[StreamFeed] = [feed(tournament) for feed in stream_feeds()]
        self.streams = [path for feed in self.feeds for path in feed.streams()]
        below = f"/golf/tournaments/{tournament.id}/"
        self._names = {path: path.removeprefix(below) for path in self.streams}
        self.rules = faults.rules(tournament.scenario.wire, list(self._names.values()))
        self._cards = Cards(tournament.rounds.values())
        self._next = 0

    def check_faults(self) -> None:
        """ScenarioError where a fault awaits a packet that no stream of its has."""
        counts = dict.fromkeys(self.streams, 0)
        while self.next_due is not None:
            for sent in self.advance()[1]:
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
        log = self.tournament.log
        return log[self._next].due if self._next < len(log) else None

    def advance(self) -> tuple[Event, list[Sent], list[str]]:
        """The next event, the packets it makes, and the streams that it ends."""
        event = self.tournament.log[self._next]
        self._next += 1
        self._cards.apply(event)
        packets = [
            Sent(path, orjson.dumps(packet), packet.get("seqNum"))
            for feed in self.feeds
            for path, packet in feed.apply(event, self._cards)
        ]
        ended = [path for feed in self.feeds if (path := feed.ended(event)) is not None]
        return event, packets, ended
