"""Runs that never were: the transcript of a good client of a case, or of one that says otherwise.

A packet comes every second; at a checkpoint play stands still for ten.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from kit_clients import DdeClient, LiveClient
from match_client import MatchFacts
from mockdde.books import Books
from mockdde.feeds.live._ids import Ids
from mockdde.kit.cases import Staged, load_case, stage_case
from mockdde.kit.findings import END, findings
from mockdde.kit.oracle import Oracle
from mockdde.kit.transcript import Transcript

Packet = dict[str, Any]
HOLD = 10.0
CASE = """
title: A case
why: To be staged.
dialect: {}
scenario: {}
requirements: [session/token-first]
"""


@cache
def staged_case(scenario: str, dialect: str = "dde", more: str = "", *, clean: bool = False):
    """A case of a scenario, with its own quirks; ``more`` is YAML."""
    return stage_case(load_case(CASE.format(dialect, scenario) + more, "a.yaml", "a"), clean=clean)


def facts_of(staged: Staged) -> dict[int, MatchFacts]:
    """What a client knows of matches before play, by the number of its dialect."""
    tournament = staged.tournament
    books, ids = Books(tournament), Ids(tournament)
    for event in tournament.log:
        books.apply(event)
    found = {}
    for target in staged.targets:
        if target.match is None:
            continue
        no = ids.match_no(target.match) if staged.case.dialect == "live" else target.match
        book = books.matches.all[no]
        found[target.match] = MatchFacts(
            no=no,
            round=book.round,
            teams=book.teams,
            players={team: tuple(each.id for each in tournament.teams[team].players)
                     for team in book.teams},
            format=book.play,
            holes=tuple(each.no for each in book.holes),
            pars={each.no: each.par for each in book.holes},
            over=book.over,
            to_a_winner=book.to_a_winner,
        )  # fmt: skip
    return found


def client_of(staged: Staged) -> DdeClient | LiveClient:
    kind = LiveClient if staged.case.dialect == "live" else DdeClient
    return kind(staged.targets, facts_of(staged))


def frame(payload: bytes) -> str:
    """A text message of a server, in base64."""
    size = len(payload)
    head = bytes([0x81, size]) if size < 126 else b"\x81\x7e" + size.to_bytes(2, "big")
    return b64encode(head + payload).decode()


@dataclass
class Run:
    """A run as far as it was played."""

    staged: Staged
    transcript: Transcript = field(default_factory=Transcript)
    samples: list[tuple[str, Packet | None]] = field(default_factory=list)
    at: float = 0.0
    last: Packet | None = None

    def say(self, document: Packet | None, after: float = 0.1) -> None:
        if document is not None:
            self.transcript.note(self.at + after, "state", lane="post", document=document)
            self.last = document

    def hold(self, name: str) -> None:
        self.transcript.note(self.at + 0.2, "held", checkpoint=name)
        self.at += HOLD
        self.samples.append((name, self.last))
        self.transcript.note(self.at, "released", checkpoint=name)

    def findings(self, clean: Packet | None = None) -> Packet:
        found = findings(
            self.staged, Oracle(self.staged), self.transcript, self.samples, clean=clean
        )
        assert found is not None
        return found

    def claims(self) -> set[str]:
        return {each["claim"] for each in self.findings()["claims"]}


def play(
    staged: Staged,
    twist: Callable[[Packet, float], Packet | None] = lambda document, _: document,
    *,
    lost: Iterable[int] = (),
    down: tuple[int, int] | None = None,
) -> Run:
    """What a client that gets all says, twisted; None: it says nothing.

    ``lost`` are seqNums that come ten packets late, and ``down`` two between which there is no
    socket: what is told then comes with the second.
    """
    wire = _Wire(Run(staged), {*lost}, down or (0, 0))
    client, run = client_of(staged), wire.run
    holds = [*staged.holds]
    told = sorted(
        (moment, path, place)
        for path, moments in staged.moments.items()
        for place, moment in enumerate(moments)
    )
    for step, (moment, path, place) in enumerate(told):
        run.at += 1.0
        sent = staged.sent[path][place]
        wire.tell(step, path, sent)
        client.take(path, json.loads(sent.payload))
        run.say(twist(deepcopy(client.document()), run.at))
        following = told[step + 1][0] if step + 1 < len(told) else moment + 1
        while holds and holds[0][0] < following:
            run.hold(holds.pop(0)[1].name)
    run.transcript.note(run.at + HOLD, "client", event="exited", code=0)
    run.samples.append((END, run.last))
    return run


class _Wire:
    """What becomes of packets between the server and a client."""

    def __init__(self, run: Run, lost: set[int], down: tuple[int, int]) -> None:
        self.run, self.lost, self.down = run, lost, down
        self.open: dict[str, int] = {}
        self.held: list[tuple[str, Any]] | None = None  # what waits for a socket
        self.late: list[tuple[int, str, Any]] = []
        run.transcript.note(0.0, "client", event="launched", code=None)
        for number, target in enumerate(run.staged.targets, 1):
            self._open(number, target.path)

    def _open(self, number: int, path: str) -> None:
        note, at = self.run.transcript.note, self.run.at + 0.01
        note(at, "request", request=number, method="GET", path=path, query="", headers={})
        note(at, "opened", connection=number, request=number, path=path)
        self.open[path] = number

    def tell(self, step: int, path: str, sent: Any) -> None:
        note, at = self.run.transcript.note, self.run.at
        seq = sent.seq if self.run.staged.case.dialect == "dde" else None
        note(at, "told", path=path, seq=seq, kind=sent.kind, id=None)
        if sent.seq == self.down[0]:
            number = self.open[path]
            note(at, "ended", connection=number, by="network", how="reset", code=None)
            self.held = []
        if sent.seq in self.lost:
            self.late.append((step + 10, path, sent))
        elif self.held is not None:
            self.held.append((path, sent))
        else:
            self._deliver(path, sent)
        if self.held is not None and sent.seq == self.down[1]:
            held, self.held = self.held, None
            self._open(100, path)
            self.run.at += 0.02
            for each in held:
                self._deliver(*each)
        for each in [each for each in self.late if each[0] <= step]:
            self.late.remove(each)
            self._deliver(*each[1:])

    def _deliver(self, path: str, sent: Any) -> None:
        data = frame(sent.payload)
        self.run.transcript.note(self.run.at, "sent", connection=self.open[path], data=data)


def twisted(**more: Any) -> Callable[[Packet, float], Packet]:
    """The same words in all streams, whatever is so."""

    def twist(document: Packet, _: float) -> Packet:
        for stream in document["streams"].values():
            stream.update(more)
        return document

    return twist
