"""Connections as a transcript has them: what went to and fro on each, and how it ended."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockdde.kit.conduct._packets import Book, Got
from mockdde.kit.conduct._reader import Control, Item, Message, Reader, Violation
from mockdde.kit.transcript import Record, Transcript

__all__ = ["FROZEN", "Link", "Run", "Struck", "gather", "is_handshake", "stream_of"]

# Faults while which the server hears nothing, so that it cannot see a client leave.
FROZEN = ("half_open",)
_PREFIX = re.compile("^/(media|golf)/golf/")
_CUTS = ("fin", "reset", "truncate", "limit_data", "flap")


@dataclass(frozen=True, slots=True)
class Struck:
    """A fault that has struck; ``connection`` is None of a handshake, a request or the server."""

    at: float
    fault: str
    rule: int
    connection: int | None
    path: str


@dataclass
class Link:
    """One connection."""

    number: int
    path: str
    opened: float
    request: int | None
    reader: Reader = field(default_factory=Reader)
    items: list[Item] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    bytes_at: list[float] = field(default_factory=list)  # when the server has sent anything
    heard: list[Record] = field(default_factory=list)
    faults: list[Struck] = field(default_factory=list)
    ended: Record | None = None
    first_close: str = ""  # whose close frame was the first: client, server
    given_up: float | None = None  # when another took its place, where nobody saw it end

    @property
    def said(self) -> list[Record]:
        """The messages of the client; what it has broken is among them."""
        return [each for each in self.heard if each.of["kind"] in ("text", "binary", "broken")]

    @property
    def server_close(self) -> Control | None:
        """The close frame of the server."""
        found = (each for each in self.items if isinstance(each, Control) and each.kind == "close")
        return next(found, None)

    @property
    def client_close(self) -> Record | None:
        """The close frame of the client."""
        return next((each for each in self.heard if each.of["kind"] == "close"), None)

    @property
    def violation(self) -> Violation | None:
        """What a client had to fail the connection for."""
        return next((each for each in self.items if isinstance(each, Violation)), None)

    @property
    def frozen(self) -> bool:
        """Whether the server could not hear the client any more."""
        return any(each.fault in FROZEN for each in self.faults)

    @property
    def cut(self) -> tuple[str, float] | None:
        """How and when the server ended it without a close frame."""
        if self.ended is None or self.server_close is not None:
            return None
        of = self.ended.of
        if of.get("cut"):
            return str(of["cut"]), float(of.get("since") or self.ended.at)
        if of["by"] != "server":
            return None
        struck = [each for each in self.faults if each.fault in _CUTS]
        at = struck[-1].at if struck else self.ended.at
        how = "reset" if "reset" in str(of.get("how", "")) else "fin"
        return how, min(at, self.ended.at)

    @property
    def lost(self) -> float | None:
        """When the server ended it, where the client had not done so before."""
        if self.first_close == "client":
            return None
        if self.server_close is not None:
            return self.server_close.at
        return None if self.cut is None else self.cut[1]

    @property
    def left(self) -> float | None:
        """When the client ended it, where the server had not done so before."""
        if self.lost is not None:
            return None
        ends = [self.given_up] if self.given_up is not None else []
        if self.client_close is not None:
            ends.append(self.client_close.at)
        if self.ended is not None:
            ends.append(self.ended.at)
        return min(ends, default=None)

    @property
    def over(self) -> float | None:
        """When either side ended it; None where it was open to the last."""
        return self.lost if self.lost is not None else self.left

    def before(self, at: float) -> list[Got]:
        """What was delivered until then."""
        return [each for each in self.got if each.at <= at]


@dataclass
class Run:
    """A transcript, sorted."""

    links: list[Link]
    requests: dict[int, Record]
    answers: dict[int, Record]
    faults: list[Struck]
    told: Mapping[str, Mapping[int, float]]  # when each packet of the story was there, by path
    token: str | None
    ends: float  # when the transcript ends, or the client was gone
    asked: float | None = None  # when it was asked to stop
    gone: float | None = None  # when it had exited, or was killed

    @property
    def until(self) -> float:
        """Until when what it does is its own will."""
        return self.ends if self.asked is None else min(self.asked, self.ends)

    @property
    def by_itself(self) -> bool:
        """Whether it was gone before anybody asked it to stop."""
        return self.gone is not None and (self.asked is None or self.gone < self.asked)

    def of(self, path: str) -> list[Link]:
        """The connections to a stream."""
        return [each for each in self.links if each.path == path]


def gather(transcript: Transcript, books: Mapping[str, Book]) -> Run:
    """A transcript by connections, requests and faults."""
    links: dict[int, Link] = {}
    run = Run([], {}, {}, [], {}, None, 0.0)
    told: dict[str, dict[int, float]] = {}
    for each in transcript.records:
        of = each.of
        if each.what == "opened":
            link = Link(of["connection"], stream_of(of["path"]), each.at, of.get("request"))
            links[link.number] = link
        elif each.what in ("sent", "heard", "ended"):
            if (open_ := links.get(of["connection"])) is not None:
                _note(open_, each)
        elif each.what == "request":
            run.requests[of["request"]] = each
        elif each.what == "answer":
            run.answers[of["request"]] = each
        elif each.what == "fault":
            run.faults.append(_struck(each, links))
        elif each.what == "told":
            _tell(told.setdefault(stream_of(of["path"]), {}), each)
        _bounds(run, each)
    run.links, run.told = [*links.values()], told
    run.ends = run.ends if run.gone is None else run.gone
    for link in run.links:
        link.got = [*_read(link, books.get(link.path))]
    _give_up(run)
    return run


def _note(link: Link, record: Record) -> None:
    if record.what == "heard":
        link.heard.append(record)
        if record.of["kind"] == "close":
            link.first_close = link.first_close or "client"
    elif record.what == "ended":
        link.ended = record
    else:
        if link.first_close != "client":  # what comes then is the answer, and no sign of life
            link.bytes_at.append(record.at)
        fresh = [*link.reader.feed(b64decode(record.of["data"]), record.at)]
        link.items += fresh
        if any(isinstance(each, Control) and each.kind == "close" for each in fresh):
            link.first_close = link.first_close or "server"


def _struck(record: Record, links: Mapping[int, Link]) -> Struck:
    of = record.of
    number = of.get("connection")
    path = stream_of(of.get("path") or "")
    struck = Struck(record.at, of["fault"], of.get("rule") or 0, number, path)
    if isinstance(number, int) and number in links:
        links[number].faults.append(struck)
    return struck


def _tell(told: dict[int, float], record: Record) -> None:
    """A packet of the story; one of the live dialect has its place as its number."""
    seq = record.of.get("seq")
    if seq is None and record.of.get("id") is not None:
        seq = len(told) + 1
    if seq is not None:
        told.setdefault(seq, record.at)


def _bounds(run: Run, record: Record) -> None:
    """The times between which a client was there, and what it was given."""
    run.ends = record.at
    if record.what != "client":
        return
    event = record.of["event"]
    if event == "launched":
        run.token = record.of.get("token")
    elif event == "asked-to-stop":
        run.asked = record.at
    else:
        run.gone = record.at


def _read(link: Link, book: Book | None) -> Iterator[Got]:
    book = book or Book("live" if "/stream/" in link.path else "dde", ())
    for each in link.items:
        if isinstance(each, Message):
            yield book.read(each)


def _give_up(run: Run) -> None:
    """Nobody hears a client leave a frozen connection; its next one to the stream shows it."""
    for link in run.links:
        later = [each.opened for each in run.of(link.path) if each.opened > link.opened]
        later += [
            each.at
            for number, each in run.requests.items()
            if stream_of(each.of["path"]) == link.path
            and number != link.request
            and each.at > link.opened
            and is_handshake(each.of)
        ]
        seen = link.ended.at if link.ended is not None else run.ends
        if link.frozen and later and min(later) < seen:
            link.given_up = min(later)


def stream_of(path: str) -> str:
    """A path as targets name it: media customers, and one page, have another prefix."""
    return _PREFIX.sub("/golf/", path.partition("?")[0])


def is_handshake(of: Mapping[str, Any]) -> bool:
    """Whether a request asks for a WebSocket."""
    headers = of.get("headers") or {}
    return str(headers.get("upgrade", "")).lower() == "websocket"
