"""The DDE dialect: a token, then packets by seqNum, then RoundOfficial.

The state is a fold over the packets 1, 2, 3 … and nothing else, so all care is for their order:
what is early waits, what is known is left, and where one is missing a new connection has all of
them again, from the first.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import aiohttp

from goodclient.contract import Target
from goodclient.packets import (
    MalformedError,
    Packet,
    identity,
    kind_of,
    link_of,
    read,
    state_of,
    tidy,
)
from goodclient.rounds import Book
from goodclient.stream import Deadline, LostError, RefusedError, Stream

if TYPE_CHECKING:
    from goodclient.client import Client

__all__ = ["DdeStream", "packets_in"]


class DdeStream(Stream):
    """A round or a match of the DDE feed."""

    gap_patience = 5.0  # seconds that a missing packet may be late
    gap_attempts = 3  # connections that lack the same packet, before we go on without it
    end_attempts = 3
    end_patience = 30.0  # seconds from RoundFinished until we ask REST if it is official

    def __init__(self, client: Client, target: Target) -> None:
        super().__init__(client, target)
        self.book: Book = self.new_book()
        self.log: dict[int, Packet] = {}  # what is applied, by seqNum
        self.last = 0  # the seqNum of the last of them
        self.highest = 0  # the highest seqNum that has come, be it before its turn
        self.early: dict[int, Packet] = {}  # what has come before its turn
        self.here: set[int] = set()  # seqNums that this connection has brought
        self.gap_since: float | None = None
        self.gaps: Counter[int] = Counter()  # how many connections lacked a seqNum
        self.lacking: set[int] = set()  # those that we do without
        self.link = "connected"
        self.link_here: str | None = None  # what the replay says, not true until it has caught up
        self.behind = True  # whether a replay is still on its way
        self.let_in = False
        self.asked_in = 0.0
        self.ask_again = 0.0
        self.ask_pause = self.end_patience
        self.asked_again = 0

    def new_book(self) -> Book:
        """An empty round or match."""
        make = self.client.round_book if self.target.match is None else self.client.match_book
        return make(self.target)

    # ── in ────────────────────────────────────────────────────────────────────────────────────

    async def greet(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """The token is the first message, and the only one."""
        self.let_in, self.asked_in = False, self.now()
        self.early, self.here, self.gap_since = {}, set(), None
        self.behind, self.link_here = True, None
        await self.send(socket.send_str(self.token()))

    def token(self) -> str:
        """Our first message."""
        return json.dumps({"authToken": self.contract.token})

    def deadlines(self) -> Iterator[Deadline]:
        """The watchdog's, the token's, the gap's, the end's."""
        yield from super().deadlines()
        if not self.let_in:
            yield self.after(self.patience, self.asked_in), self.unheard
        if self.gap_since is not None:
            yield self.after(self.gap_patience, self.gap_since), self.gap_is_old
        if self.let_in and self.book.finished and self.question is None:
            yield self.ask_again, self.ask_for_the_end

    async def understand(self, data: str | bytes) -> None:
        """A message."""
        packet = tidy(read(data))
        if not self.let_in:
            if not kind_of(packet):
                self.judged(packet)
                return
            self.accepted()  # who sends packets has let us in, in whatever words
        if kind_of(packet):
            self.take(packet)
            self.changed()
            self.done = self.is_over()

    def judged(self, message: Packet) -> None:
        """What was said to our token."""
        text = str(message.get("message", "")).lower()
        if "accepted" in text:
            self.accepted()
        elif message.get("level") == "ERROR" or "invalid" in text:
            raise RefusedError(text)

    def accepted(self) -> None:
        """We are in."""
        self.let_in = True
        self.transport = "open"
        self.behind = self.highest > 0
        self.changed()

    # ── packets ───────────────────────────────────────────────────────────────────────────────

    def take(self, packet: Packet) -> None:
        """A packet of any kind."""
        kind = kind_of(packet)
        if kind == "Heartbeat":
            self.heartbeat()
        elif kind == "ConnectionStateChanged":
            self.link_changed(link_of(packet))
        elif self.is_mine(packet):
            number = self.number(packet)
            if number is None:
                self.gap_begins()  # which one it is nobody can say
            else:
                self.arrived(number, packet)

    def heartbeat(self) -> None:
        """Nothing is on its way: whatever was to be replayed has come."""
        self.alive()
        self.caught_up()

    def link_changed(self, link: str) -> None:
        """The state of the scorers' link; within a replay it is that of long ago."""
        if self.behind:
            self.link_here = link
        else:
            self.link = link

    def caught_up(self) -> None:
        """The replay has reached what we have seen."""
        if self.behind:
            self.behind = False
            self.highest = self.last
            self.link = self.link_here or self.link

    def is_mine(self, packet: Packet) -> bool:
        """Whether it is of this round or match; one of another fills no gap, and makes none."""
        whose = {**packet, **packet.get("eventCorrectedIdentifier", {})}
        of_round = self.target.round in (None, whose.get("roundNo", self.target.round))
        team = whose.get("teamNo")
        if team is None and "playerId" in whose and self.book.players:
            return of_round and whose["playerId"] in self.book.players
        return of_round and (team is None or team in self.target.teams)

    def number(self, packet: Packet) -> int | None:
        """Its seqNum."""
        number: int | None = packet.get("seqNum")
        return number

    def arrived(self, number: int, packet: Packet) -> None:
        """A packet with a number: known, next, or early."""
        if number in self.log and not self.is_known(number, packet):
            self.conflict(number)
        self.here.add(number)
        self.highest = max(self.highest, number)
        if number not in self.log and number in self.lacking:
            self.late_after_all(number, packet)
        elif number not in self.log:
            self.early[number] = packet
        self.in_order()

    def is_known(self, number: int, packet: Packet) -> bool:
        """Whether this is what we hold under this number, whatever time it says now."""
        return identity(self.log[number]) == identity(packet)

    def conflict(self, number: int) -> None:
        """Two packets with one number. If both came on this connection its numbers cannot be
        trusted; else the earlier connection's could not, and the newer one has all of them anew."""
        if number in self.here:
            raise LostError(f"two packets are number {number}")
        self.rebuild({at: each for at, each in self.log.items() if at < number})

    def late_after_all(self, number: int, packet: Packet) -> None:
        """What we had gone on without."""
        self.lacking.discard(number)
        self.rebuild({**self.log, number: packet})

    def rebuild(self, log: Mapping[int, Packet]) -> None:
        """Begin again with other packets."""
        without = self.lacking - log.keys()
        self.log, self.last, self.book, self.lacking = {}, 0, self.new_book(), set()
        for number in sorted(log):
            self.apply(number, log[number])
        self.lacking |= {number for number in without if number < self.last}

    def in_order(self) -> None:
        """Apply what has its turn now."""
        while (packet := self.early.pop(self.last + 1, None)) is not None:
            self.apply(self.last + 1, packet)
            self.alive()
            self.ask_pause = 0.0 if self.lacking and self.final else self.end_patience
            self.ask_again = self.after(self.ask_pause)
        self.early = {at: each for at, each in self.early.items() if at > self.last}
        if self.early:
            self.gap_begins()
        else:
            self.gap_since = None
        if self.behind and self.last in self.here and self.last >= self.highest:
            self.caught_up()

    def apply(self, number: int, packet: Packet) -> None:
        """The only place where the state changes."""
        self.log[number] = packet
        self.last = number
        try:
            self.book.feed(packet)
        except (AttributeError, KeyError, TypeError, ValueError):
            # It is of a kind that we know and has not what that must have: we have not got it.
            self.lacking.add(number)

    # ── gaps ──────────────────────────────────────────────────────────────────────────────────

    def gap_begins(self) -> None:
        """Something is missing; it may only be late."""
        if self.gap_since is None:
            self.gap_since = self.now()

    async def gap_is_old(self) -> None:
        """A new connection has all packets, unless nobody has them any more."""
        self.gaps[self.last + 1] += 1
        if self.gaps[self.last + 1] < self.gap_attempts or not self.early:
            raise LostError(f"number {self.last + 1} is missing")
        self.give_up_gap()

    def give_up_gap(self) -> None:
        """Go on without, and vouch for nothing any more."""
        until = min(self.early)
        self.lacking |= set(range(self.last + 1, until))
        self.last = until - 1
        self.gap_since = None
        self.in_order()
        self.done = self.is_over()
        self.changed()

    # ── the end ───────────────────────────────────────────────────────────────────────────────

    def is_over(self) -> bool:
        """Whether we leave: not before REST was asked for what we lack, though not for ever."""
        return self.final and (not self.lacking or self.asked_again >= self.end_attempts)

    async def ask_for_the_end(self) -> None:
        """All packets by HTTP: RoundOfficial may have been lost, and nothing would tell."""
        self.ask_pause = min(max(self.ask_pause * 2, 2.0), 300.0)
        self.ask_again = self.after(self.ask_pause)
        self.asked_again += 1
        self.ask()

    def answered(self, body: bytes | None) -> None:
        """All packets, if it is official; they are the last word."""
        packets = {self.number(each): each for each in packets_in(body)}
        log = {number: each for number, each in packets.items() if number is not None}
        whole = all(number in log for number in range(1, len(log) + 1))
        if whole and any(state_of(each) == "RoundOfficial" for each in log.values()):
            self.rebuild(log)
            self.changed()
        self.done = self.is_over()

    # ── what it says of itself ────────────────────────────────────────────────────────────────

    @property
    def final(self) -> bool:
        """Whether it is official."""
        return self.book.official

    @property
    def trusted(self) -> bool:
        """Whether we vouch for what we show."""
        whole = not self.behind and self.gap_since is None and not self.lacking
        return self.is_open and whole and self.link == "connected" and self.book.mode == "normal"

    def status(self) -> dict[str, Any]:
        """Under ``streams`` in a state document."""
        return {
            "transport": self.transport,
            "source_link": self.link,
            "last_applied": self.last or None,
            "mode": self.book.mode,
            "trusted": self.trusted,
            "final": self.final,
        }


def packets_in(body: bytes | None) -> list[Packet]:
    """The packets of an answer of REST: an array, or one a line; none where it is no good."""
    if not body:
        return []
    try:
        found = json.loads(body)
    except ValueError:
        try:
            found = [read(line) for line in body.splitlines() if line.strip()]
        except MalformedError:
            return []
    return (
        [tidy(each) for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    )
