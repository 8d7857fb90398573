from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import pytest

from kit_clients import DdeClient, LiveClient
from match_client import MatchFacts
from mockdde import schemas
from mockdde.books import Books
from mockdde.kit.cases import load_case, stage_case
from mockdde.kit.comparing import compare
from mockdde.kit.oracle import Oracle
from mockdde.quirks import QUIRKS
from mockdde.scenario import shipped

CASE = """
title: A case
why: To be staged.
dialect: {}
scenario: {}
requirements: [session/token-first]
"""
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
# Long ones, of which shorter ones show all; two matches of each cup are enough.
LONG = re.compile(
    "^(world/(?!older|live-sample)|tournament/(four|three|second|ten|cut)|match/knock)"
)
CUPS = re.compile("whole|friday|decider|pool|mixed")
SOME = 300  # moments at which a long story is looked at
NAMES = [name for name, _ in shipped() if not LONG.search(name) and not CUPS.search(name)]


def staged_case(scenario, dialect, **more):
    case = load_case(CASE.format(dialect, scenario), "a.yaml", "a")
    return stage_case(replace(case, quirks=DEFAULTS, **more), clean=True)


@cache
def oracle_of(scenario, dialect="dde"):
    return Oracle(staged_case(scenario, dialect))


def facts_of(staged):
    """What a client knows of matches before play, by the number of its dialect."""
    books = Books(staged.tournament)
    for event in staged.tournament.log:
        books.apply(event)
    targets = [each for each in staged.targets if each.round is None]
    found = {}
    for target in targets:
        book = books.matches.all[target.match % 10_000 if target.match > 10**9 else target.match]
        players = {
            no: tuple(each.id for each in staged.tournament.teams[no].players) for no in book.teams
        }
        holes = tuple(each.no for each in book.holes)
        pars = {each.no: each.par for each in book.holes}
        found[target.match] = MatchFacts(
            book.no, book.round, book.teams, players, book.play, holes, pars, book.over,
            book.to_a_winner,
        )  # fmt: skip
    return found


def follow(staged):
    """A client that gets all in order: its document after each moment."""
    kind = LiveClient if staged.case.dialect == "live" else DdeClient
    client = kind(staged.targets, facts_of(staged))
    told = sorted(
        (moment, path, place)
        for path, moments in staged.moments.items()
        for place, moment in enumerate(moments)
    )
    moments = sorted({moment for moment, _, _ in told})
    at = 0
    for moment in moments:
        while at < len(told) and told[at][0] == moment:
            _, path, place = told[at]
            client.take(path, json.loads(staged.sent[path][place].payload))
            at += 1
        yield moment, client


@pytest.mark.parametrize("dialect", ["dde", "live"])
@pytest.mark.parametrize("name", NAMES)
def test_a_client_that_folds_packets_holds_what_the_oracle_says(name, dialect):
    staged = staged_case(name, dialect)
    oracle = Oracle(staged)
    steps = follow(staged)
    every = 1 + sum(map(len, staged.moments.values())) // SOME
    client = None
    for place, (moment, client) in enumerate(steps):
        if place % every == 0:
            expected = oracle.at(moment)
            found = [*compare(client.document(), expected)]
            assert not found, (moment, found[:3])
    assert client is not None
    expected = oracle.final()
    assert schemas.explain("kit/state", expected) == []
    assert [*compare(client.document(), expected)] == []
    assert all(each["final"] for each in expected["streams"].values())
    for each in expected.get("rounds", {}).values():
        assert "to_par" in each
        assert all("strokes" in hole for hole in each["holes"].values())


def test_it_can_be_asked_for_a_moment_that_is_past():
    oracle = oracle_of("penalty/penalty-with-drop")
    (moments,) = oracle._staged.moments.values()
    before = json.dumps(oracle.at(moments[5]))
    assert json.dumps(oracle.final()) != before
    assert json.dumps(oracle.at(moments[5])) == before
