"""Runs that never were: the transcript of a good client of a case, or of one that says otherwise.

A packet comes every second; at a checkpoint play stands still for ten.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
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
    run = Run(staged)
    note = run.transcript.note
    client = client_of(staged)
    note(0.0, "client", event="launched", code=None)
    opened = {}
    for number, target in enumerate(staged.targets, 1):
        opened[target.path] = number
        note(0.1, "request", request=number, method="GET", path=target.path, query="", headers={})
        note(0.1, "opened", connection=number, request=number, path=target.path)
    held: list[tuple[str, Any]] = []
    late: list[tuple[int, Any]] = []
    holds = [*staged.holds]
    told = sorted(
        (moment, path, place)
        for path, moments in staged.moments.items()
        for place, moment in enumerate(moments)
    )
    gone, missing = False, {*lost}

    def deliver(path: str, sent: Any) -> None:
        note(run.at, "sent", connection=opened[path], data=frame(sent.payload))

    for step, (moment, path, place) in enumerate(told):
        run.at += 1.0
        sent = staged.sent[path][place]
        seq = sent.seq if staged.case.dialect == "dde" else None
        note(run.at, "told", path=path, seq=seq, kind=sent.kind, id=None)
        if down and sent.seq == down[0]:
            note(run.at, "ended", connection=opened[path], by="network", how="reset", code=None)
            gone = True
        if sent.seq in missing:
            late.append((step + 10, (path, sent)))
        elif gone:
            held.append((path, sent))
        else:
            deliver(path, sent)
        if down and sent.seq == down[1] and gone:
            gone = False
            opened[path] = 100
            note(run.at + 0.01, "opened", connection=100, request=None, path=path)
            run.at += 0.02
            for each in held:
                deliver(*each)
        for each in [each for each in late if each[0] <= step]:
            late.remove(each)
            deliver(*each[1])
        client.take(path, json.loads(sent.payload))
        run.say(twist(deepcopy(client.document()), run.at))
        following = told[step + 1][0] if step + 1 < len(told) else None
        while holds and holds[0][0] <= moment and (following or moment + 1) > holds[0][0]:
            _, checkpoint = holds.pop(0)
            note(run.at + 0.2, "held", checkpoint=checkpoint.name)
            run.at += HOLD
            run.samples.append((checkpoint.name, run.last))
            note(run.at, "released", checkpoint=checkpoint.name)
    note(run.at + HOLD, "client", event="exited", code=0)
    run.samples.append((END, run.last))
    return run


def twisted(**more: Any) -> Callable[[Packet, float], Packet]:
    """The same words in all streams, whatever is so."""

    def twist(document: Packet, _: float) -> Packet:
        for stream in document["streams"].values():
            stream.update(more)
        return document

    return twist


def faulted(staged: Staged, wire: Any) -> Staged:
    """As if it had faults."""
    scenario = replace(staged.tournament.scenario, wire=wire)
    return replace(staged, tournament=replace(staged.tournament, scenario=scenario))
