"""One truth in match play: a client of matchdetails packets alone arrives at every match's score,
at the leaderboard and at what squads have won, after every hole and through every correction.
"""

from __future__ import annotations

import json
from textwrap import dedent

import orjson
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

import quickly
from match_facts import rounds_of
from match_scenarios import CASES
from mockdde import log
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.feeds import dialect_of
from mockdde.matchplay import is_decided
from mockdde.quirks import QUIRKS
from mockdde.scenario import load_text
from mockdde.world import stage, stage_all
from random_matches import scenario
from running import MATCH_PLAY
from truth_match_boards import leaderboard, match_score
from truth_matches import Facts, SquadFacts, Tournament
from truth_rest import Rest, differences, of_dde

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
UNSAID = {"seqNum", "timestamp", "tournamentId"}  # of where and when a document is sent
UNSAID |= {"tournamentStatus", "finished", "scoringType"}  # nor does a packet say these
LATER = ("InProgress", "PlayComplete")
FEW = 4  # matches; of more the leaderboard is not looked at after every hole


# ── what REST says ─────────────────────────────────────────────────────────────────────────────


def shorter(scenario):
    """Rounds over fewer holes than the course has; no document says so. Ties of pools are played
    off over those of the round before.
    """
    holes = {spec.no: spec.holes for spec in scenario.rounds}
    return holes | {no * 100 + 1: each for no, each in holes.items()}


def facts_of(rest):
    """What a client reads before play. The documents do not say of a squad whether it is the host
    or holds the cup, nor seeds, nor what the organisers call a round, nor which rounds have matches
    for lower places: the scenario does.
    """
    told, scenario = rest.get("dde/tournament"), rest.tournament.scenario
    specs = {spec.no: spec for spec in scenario.squads}
    return Facts(
        utc_offset=told["utcOffset"],
        rounds=rounds_of(told, shorter(scenario)),
        players=rest.players(),
        seeds={
            no: team.seed for no, team in rest.tournament.teams.items() if team.seed is not None
        },
        squads=[
            SquadFacts(
                each["squadNo"],
                each["squadName"],
                frozenset(player["playerId"] for player in each["players"]),
                specs[each["squadNo"]].host,
                specs[each["squadNo"]].holder,
            )
            for each in rest.get("dde/squads")
        ],
        names={spec.no: spec.name for spec in scenario.rounds if spec.name is not None},
        consolations=frozenset(spec.no for spec in scenario.rounds if spec.consolation),
        to_play=len(rest.tournament.match_numbers),
    )


# ── a client and the documents ─────────────────────────────────────────────────────────────────


def known(document):
    """Without what is null: what is not known may be absent or null."""
    if isinstance(document, dict):
        return {key: known(value) for key, value in document.items() if value is not None}
    return [known(each) for each in document] if isinstance(document, list) else document


class Witness:
    """Holds the documents of a broadcast against the client's, and all against their schemas."""

    def __init__(self, tournament):
        self.broadcast = of_dde(Broadcast(tournament))
        self.feeds = {path: feed for feed in self.broadcast.states for path in feed.streams()}
        self.rest = Rest(self.broadcast)
        self.client = Tournament(facts_of(self.rest))
        self.below = f"/golf/tournaments/{tournament.id}/"
        self.changes = self.looks = 0
        self.phases = set()  # statuses of rounds that were seen
        self.rounds_turn = False  # the round's status is another one with the next event

    def theirs(self, path):
        path = self.below + path
        return orjson.loads(self.broadcast.document(path, self.feeds[path]))

    def agree(self, path, mine):
        found = {key: each for key, each in self.theirs(path).items() if key not in UNSAID}
        # Packets of a suspension come when the stroke in hand is over, for each match by itself;
        # and none says that nothing will be corrected any more that would turn a match back.
        for each in found.get("roundStatuses", ()):
            phase = self.client.phase(each["number"])
            self.phases.add((each["number"], each["status"]))
            if each["status"] == "Suspended" or (each["status"], phase) == LATER:
                each["status"] = phase
        mine, found = known(mine), known(found)
        if json.dumps(mine, sort_keys=True) != json.dumps(found, sort_keys=True):
            found = list(differences(mine, found))
            assert not found, (path, found[:4])
        self.looks += 1

    def suppose(self):
        """That a hole was given up packets say at once, that it was the match only the next one:
        until then the client believes the leaderboard.
        """
        unclear = [each for each in self.client.matches.values() if each.unclear]
        if unclear:
            rows = {
                each["matchNo"]: each for each in self.theirs("matchplayleaderboard")["matches"]
            }
            for match in unclear:
                match.supposed = rows[match.facts.no]["matchStatus"] == "MatchComplete"

    def look_at_match(self, no):
        self.agree(f"matchscore/{no}", match_score(self.client, no))

    def look_at_all(self):
        self.agree("matchplayleaderboard", leaderboard(self.client))

    def step(self):
        """One event; the match that may be another one now."""
        step = self.broadcast.advance()
        event = step.event
        named = [each for each in step.changed if dialect_of(each.feed) == "dde"]
        for path, _, feed in named:
            quickly.check(feed.NAME, self.broadcast.document(path, feed))
        self.rest.documents.apply(self.broadcast.books, step)
        if isinstance(event.what, log.Drawn):
            told = self.rest.get("dde/tournament")
            rounds = rounds_of(told, shorter(self.rest.tournament.scenario))
            self.client.facts.rounds.update(rounds)
            self.client.schedule(self.rest.get("dde/schedule"))
        changed = bool(named)
        for sent in step.packets:
            no = int(sent.stream.removeprefix(f"{self.below}matchdetails/"))
            assert no == event.match
            changed |= self.client.matches[no].packet(orjson.loads(sent.payload))
        if changed or self.rounds_turn:
            self.changes += 1
            self.rounds_turn = isinstance(event.what, log.RoundFinished | log.RoundOfficial)
            self.suppose()
            if event.match:
                self.look_at_match(event.match)
            if not self.rounds_turn and self.changes % (1 + len(self.client.matches) // FEW) == 0:
                self.look_at_all()

    def follow(self):
        """The whole tournament."""
        while self.broadcast.next_due is not None:
            self.step()
        for no in self.client.matches:
            self.look_at_match(no)
        self.look_at_all()
        board = self.theirs("matchplayleaderboard")
        assert (board["finished"], board["tournamentStatus"]) == (True, "Official")
        return self.client


def check(tournament):
    witness = Witness(tournament)
    client = witness.follow()
    assert client.matches
    for match in client.matches.values():
        assert (match.official, match.complete) == (True, True), match.facts.no
    assert witness.looks > 2 * len(client.matches)
    return client


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", [*MATCH_PLAY, "world/match-play"])
def test_a_client_of_packets_has_every_document_of_a_shipped_match_scenario(name):
    (tournament,) = stage_all([name], DEFAULTS)
    check(tournament)


@pytest.mark.parametrize("name", CASES)
def test_a_client_of_packets_has_every_document_where(name):
    body, finals = CASES[name]
    text = f"title: {name.capitalize()}\n{dedent(body)}"
    client = check(stage(load_text(text, "case.yaml"), DEFAULTS))
    assert {no: client.matches[no].final(0) for no in finals} == finals


def is_halved_or_lost(book):
    """Whether who was given a match has not won it by its holes, though these decide it."""
    if not is_decided(book.up, book.played, book.over, to_a_winner=book.to_a_winner):
        return False
    return book.up * book.result <= 0


def told_by_packets(tournament):
    """Whether no match is conceded on a hole that decides it otherwise, or leaves it halved: no
    packet tells such a match from one of which the hole alone is conceded.
    """
    books = Books(tournament)
    for event in tournament.log:
        books.apply(event)
        book = books.matches.all.get(event.match)
        if book is not None and book.conceded and is_halved_or_lost(book):
            return False
    return True


# A seed that is nearer to 0 is no simpler, so there is nothing to shrink.
@settings(max_examples=14, phases=[Phase.generate])
@given(st.integers(0, 10**6))
def test_a_client_of_packets_has_every_document_of_random_matches(seed):
    tournament = stage(load_text(json.dumps(scenario(seed)), "drawn.yaml"), DEFAULTS)
    assume(told_by_packets(tournament))
    check(tournament)
