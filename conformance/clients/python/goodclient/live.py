"""The live dialect: Client.Init with the last id, then events, and heartbeats both ways.

Nothing on this wire shows that a message is lost: there are no numbers. So REST, which has all
events of the round or match, is asked where one may be missing, and always before it is final.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import aiohttp

from goodclient.contract import Target
from goodclient.objects import Data, Objects, is_event, tidy_data
from goodclient.packets import MalformedError, read
from goodclient.stream import Deadline, Stream

if TYPE_CHECKING:
    from goodclient.client import Client

__all__ = ["LiveStream", "listed"]

_EVENT = "Event.Sport.Golf"


class LiveStream(Stream):
    """A round or a match of live events."""

    watchdog = 40.0  # heartbeats are 10 to 20 s apart
    beat_every = 30.0
    linger = 5.0  # seconds that the stream may be behind REST in the end
    quiet = 60.0  # seconds without an event, after which REST is asked
    ask_pauses = (2.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # between questions while there is doubt

    def __init__(self, client: Client, target: Target) -> None:
        super().__init__(client, target)
        make = client.live_round if target.match is None else client.live_match
        self.book: Objects = make(target)
        self.last: str | None = None  # the id of the last CloudEvent that is applied
        self.last_at = ""  # its created_at
        self.resume: str | None = None  # the id of the last one that has come on the stream
        self.thrown_out = 0  # times in a row that our last id has only got us a close frame
        self.known: set[str] = set()  # ids of CloudEvents
        self.since: set[str] = set()  # ids of objects that came since REST was asked
        self.silent = True  # whether nothing has come since Client.Init
        self.opened_at = 0.0
        self.beaten_at = 0.0
        self.moved_at = 0.0  # when an event came
        self.asked_at = 0.0
        self.asked = 0  # questions in a row
        self.behind = False  # whether we have been away, and REST has not said since what we missed
        self.agreed = False  # whether REST says what we hold

    # ── in ────────────────────────────────────────────────────────────────────────────────────

    def headers(self) -> Mapping[str, str]:
        """The token is in the handshake."""
        return self.contract.bearer

    async def greet(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Client.Init, without which nothing comes."""
        self.behind = self.transport == "reconnecting"
        await self.send(socket.send_str(json.dumps(self.init())))
        self.silent = True
        self.beaten_at = self.moved_at = self.opened_at = self.now()
        self.transport = "open"
        self.changed()

    def init(self) -> dict[str, Any]:
        """It names the last event of the stream that we have applied. What REST told may be far
        ahead of what the stream has still to send."""
        forgotten = self.resume is None or self.thrown_out > 1
        seen = {} if forgotten else {"last_seen_event_id": self.resume}
        return {"type": "Client.Init", **seen}

    # ── what is due ───────────────────────────────────────────────────────────────────────────

    def deadlines(self) -> Iterator[Deadline]:
        """The watchdog's, our heartbeat's, the next question's."""
        yield from super().deadlines()
        yield self.after(self.beat_every, self.beaten_at), self.beat
        if self.final:
            yield self.after(self.linger, self.moved_at), self.settle
        if self.question is None:
            yield self.ask_again_at(), self.ask_rest

    async def beat(self) -> None:
        """We live, too."""
        self.beaten_at = self.now()
        if self.socket is not None:
            await self.send(self.socket.send_str('{"type": "Client.Heartbeat"}'))

    def ask_again_at(self) -> float:
        """Soon where there is doubt, and later each time; else when it has been quiet for long."""
        if self.in_doubt:
            pause = self.ask_pauses[min(self.asked, len(self.ask_pauses) - 1)]
            # The stream has the first word: what it is about to send REST need not tell.
            return self.after(pause, max(self.asked_at, self.opened_at if self.behind else 0.0))
        return self.after(self.quiet, max(self.moved_at, self.asked_at))

    @property
    def in_doubt(self) -> bool:
        """Whether only REST can tell if we hold everything."""
        ending = self.book.is_over and not self.agreed
        return self.behind or ending or bool(self.book.doubted or self.book.contested)

    async def ask_rest(self) -> None:
        """For all events."""
        self.asked_at, self.asked = self.now(), self.asked + 1
        self.since = set()
        self.ask()

    def answered(self, body: bytes | None) -> None:
        """All events, if it is an answer."""
        events = listed(body)
        if events is None:
            return
        mine = [each for each in events if self.is_mine(each)]
        self.agreed = self.book.merge(mine, self.since)
        newest = max(mine, key=lambda each: each["created_at"], default=None)
        if newest is not None and newest["created_at"] > self.last_at:
            # REST does not tell the ids of envelopes; that of its data is as good to go on after.
            self.last, self.last_at = newest["id"], newest["created_at"]
        self.behind = False
        self.asked = self.asked if self.in_doubt else 0
        self.changed()
        self.done = self.is_over()

    # ── events ────────────────────────────────────────────────────────────────────────────────

    async def pinged(self, socket: aiohttp.ClientWebSocketResponse, payload: bytes) -> None:
        """In this dialect a ping may be the server's heartbeat."""
        self.heard()
        await super().pinged(socket, payload)

    def heard(self) -> None:
        """Whatever comes is a sign that Client.Init was understood."""
        super().heard()
        self.silent, self.thrown_out = False, 0

    async def echo(self, socket: aiohttp.ClientWebSocketResponse, code: int | None) -> None:
        """An id that the server will not have is not said again and again."""
        self.thrown_out += self.silent
        await super().echo(socket, code)

    async def understand(self, data: str | bytes) -> None:
        """A message; what is no event is a heartbeat, or something new."""
        message = read(data)
        if message.get("type") != _EVENT or not message.get("data"):
            self.alive()
            self.changed()
            return
        event = tidy_data(message["data"]) if isinstance(message["data"], dict) else {}
        if not is_event(event):
            raise MalformedError("an event without id, created_at or payload")
        if self.is_mine(event):
            self.take(str(message.get("id")), event)

    def is_mine(self, event: Data) -> bool:
        """Whether it is of this round or match; one of another is not one to go on after."""
        payload = event.get("payload")
        if payload is None:
            return event["id"] in self.book.held
        of_round = self.target.round in (None, payload.get("round_number", self.target.round))
        return of_round and payload.get("team_id") in (None, *self.target.teams)

    def take(self, id_: str, event: Data) -> None:
        """An event of ours."""
        self.moved_at = self.now()
        if self.book.take(event):
            self.since.add(event["id"])
            self.alive()
            self.agreed, self.asked = False, 0
        if id_ not in self.known:
            self.known.add(id_)
            self.resume = id_
            if event["created_at"] >= self.last_at:  # or REST has told it before
                self.last, self.last_at = id_, event["created_at"]
        self.done = self.is_over()
        self.changed()

    # ── the end ───────────────────────────────────────────────────────────────────────────────

    def is_over(self) -> bool:
        """Whether we leave: once the stream has said the end, too, or has nothing more to say."""
        quiet = self.now() >= self.after(self.linger, self.moved_at)
        return self.final and (self.resume == self.last or quiet)

    async def settle(self) -> None:
        """What REST has told does not come on the stream any more."""
        self.done = self.is_over()

    @property
    def final(self) -> bool:
        """Whether all teams have ended, and REST says so, too."""
        return self.book.is_over and self.agreed

    @property
    def trusted(self) -> bool:
        """Whether we vouch for what we show."""
        back = not (self.behind and self.silent)  # what we have missed is on its way, at least
        return self.is_open and back and not (self.book.doubted or self.book.contested)

    def status(self) -> dict[str, Any]:
        """Under ``streams`` in a state document; nothing is said here of links and corrections."""
        return {
            "transport": self.transport,
            "last_applied": self.last,
            "trusted": self.trusted,
            "final": self.final,
        }


def listed(body: bytes | None) -> list[Data] | None:
    """The events of an answer of REST; None where it is no good."""
    try:
        found = json.loads(body or b"")
    except ValueError:
        return None
    if not isinstance(found, list):
        return None
    events = [tidy_data(each) for each in found if isinstance(each, dict)]
    return [each for each in events if is_event(each)]
