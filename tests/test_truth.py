"""One truth: a client with books of its own reads the same out of round packets as out of any
document, after every hole and at the end.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from mockdde import log
from mockdde.broadcast import Broadcast
from mockdde.errors import ScenarioError
from mockdde.feeds import dialect_of
from mockdde.quirks import QUIRKS
from mockdde.scenario import load_text
from mockdde.world import stage, stage_all
from random_tournaments import tournament_text
from running import WHOLE
from truth_boards import hole_by_hole, leaderboard, official_shots
from truth_client import Client
from truth_facts import Facts, RoundFacts, Slot
from truth_rankings import STATISTICS, rankings
from truth_rest import Rest, differences, of_dde
from truth_statistics import hole_statistics, player_statistics

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
UNSAID = {"seqNum", "timestamp", "tournamentId"}  # of where and when a document is sent
UNSAID |= {"tournamentStatus", "isPlaySuspendedOvernight"}  # nor does a packet say these
FEW = 8  # teams; of larger fields not every hole is looked at, for that takes its time
SELDOM = 12  # looks at the documents of one team between two at those of all


# ── what REST says ─────────────────────────────────────────────────────────────────────────────


def facts_of(rest):
    """What a client reads before play. The documents do not say three things that the scenario
    does: how many go on where that is not the rule's own number, a round of fewer holes than all,
    and a playoff in which a total decides.
    """
    told = rest.get("dde/tournament")
    specs = {spec.no: spec for spec in rest.tournament.scenario.rounds}
    playoff = rest.tournament.scenario.playoff
    return Facts(
        tour=told["tour"],
        rounds={
            (no := each["roundNo"]): RoundFacts(
                specs[no].holes, each["advancementRule"], specs[no].cut
            )
            for each in told["rounds"]
        },
        courses=[int(each["courseId"]) for each in told["golfCourses"]],
        measured={
            int(each["courseId"]): each["scoringType"] == "ShotlinkWithLaser"
            for each in told["golfCourses"]
        },
        holes=rest.holes,
        players=rest.players(),
        entries={no: players[0]["status"] for no, players in rest.entries().items()},
        aggregate=len(playoff.holes) if playoff and playoff.aggregate else 0,
    )


def tell(client, rest, event):
    """News of the schedule and of the entry list."""
    match event.what:
        case log.Verified():
            for no, players in rest.players().items():
                client.teams[no].players = players
        case log.Drawn(groups):
            slots = {
                team: Slot(group.tee, group.tee_time, group.course)
                for group in groups
                for team in group.teams
            }
            client.schedule(event.round, slots)
        case log.TeamStatus(team, status):
            client.entry(team, status)


# ── a client and the documents ─────────────────────────────────────────────────────────────────


class Witness:
    """Holds the documents of a broadcast against the client's."""

    def __init__(self, tournament):
        self.broadcast = of_dde(Broadcast(tournament))
        self.feeds = {path: feed for feed in self.broadcast.states for path in feed.streams()}
        self.rest = Rest(self.broadcast)
        self.client = Client(facts_of(self.rest))
        self.below = f"/golf/tournaments/{tournament.id}/"
        self.looks = 0

    def theirs(self, path):
        path = self.below + path
        document = json.loads(self.broadcast.document(path, self.feeds[path]))
        found = {key: value for key, value in document.items() if key not in UNSAID}
        # Packets of a suspension come when the stroke in hand is over, for each team by itself.
        for each in found.get("roundStatuses", ()):
            if each["status"] == "Suspended":
                each["status"] = self.client.phases[each["number"]]
        return found

    def agree(self, path, mine):
        found = list(differences(mine, self.theirs(path)))
        assert not found, (path, found[:4])
        self.looks += 1

    def look(self, team):
        """At what one team's hole changes at once."""
        self.agree("leaderboard", leaderboard(self.client))
        self.agree(f"teamholebyhole/{team}", hole_by_hole(self.client, team))
        own = [player_statistics(self.client, team)]
        self.agree(f"playerstats/{team}", {"teamsStatistics": own})

    def look_before_play(self):
        self.agree("leaderboard", leaderboard(self.client))
        for team in self.client.teams:
            self.agree(f"teamholebyhole/{team}", hole_by_hole(self.client, team))

    def look_at_all(self):
        client = self.client
        for team in client.teams:
            self.look(team)
        every = [player_statistics(client, team) for team in client.teams]
        self.agree("playerstats", {"teamsStatistics": every})
        self.agree("holestats", {"holeStats": hole_statistics(client)})
        for category in STATISTICS:
            self.agree(f"stats/{category}", rankings(client, category))

    def look_at_shots(self, no, team):
        """At what survives of a round that is official."""
        theirs = self.rest.get("dde/officialshots", round=no, team=team)
        found = list(differences(official_shots(self.client, no, team), theirs))
        assert not found, (no, team, found[:4])

    def step(self):
        """One event; the team whose hole is another one now."""
        step = self.broadcast.advance()
        event, client = step.event, self.client
        self.rest.documents.apply(self.broadcast.books, step)
        tell(client, self.rest, event)
        # While a hole is sent again, its old line must stand.
        changed = step.change.hole is not None or isinstance(event.what, log.Mode)
        if not isinstance(event.what, log.RoundFinished | log.RoundOfficial):
            named = [each for each in step.changed if dialect_of(each.feed) == "dde"]
            changed |= bool(event.team and named)  # of those two the client draws more
        for sent in step.packets:
            packet = json.loads(sent.payload)
            changed |= client.packet(event.round, event.team, packet)
        if event.what == log.HoleFinished("Retired"):
            client.retired(event.team)
        if isinstance(event.what, log.Verified):
            self.look_before_play()
        if isinstance(event.what, log.RoundOfficial):
            self.look_at_shots(event.round, event.team)
        return event.team if changed else 0

    def follow(self):
        """The whole tournament."""
        self.look_before_play()
        changes, every = 0, 1 if len(self.client.teams) <= FEW else len(self.client.teams)
        while self.broadcast.next_due is not None:
            if team := self.step():
                changes += 1
                if changes % every == 0:
                    self.look(team)
                if changes % (every * SELDOM) == 0:
                    self.look_at_all()
        self.client.cut_now()
        self.look_at_all()
        for team in self.client.teams.values():
            for no in [no for no, mine in team.rounds.items() if mine.started]:
                self.look_at_shots(no, team.no)
        return self.looks


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", WHOLE)
def test_a_client_of_packets_has_every_document_of_a_shipped_scenario(name):
    (tournament,) = stage_all([name], DEFAULTS)
    assert Witness(tournament).follow()


BACK = """
title: Gone, and back
field: [{teams: 2}]
rounds: [{holes: 1-2}, {holes: 1-2}]
course: [{team: 1, round: 1, hole: 2, shots: [drive OFW, withdraw]}]
report:
  - {after: {team: 1, round: 1, hole: 2, event: HoleFinished}, resend: {shots: [drive OFW, hit in]}}
"""


def test_who_left_on_a_hole_that_is_sent_again_has_not_left():
    witness = Witness(stage(load_text(BACK, "back.yaml"), DEFAULTS))
    words = []
    while witness.broadcast.next_due is not None:
        if witness.step():
            witness.look(1)
            words.append(witness.client.teams[1].status)
    assert "Playing" in words[words.index("Withdrawn") :]
    assert witness.client.teams[1].rounds[1].complete


def drawn(seed):
    """A random tournament; none where golf forbids what was drawn."""
    try:
        return stage(load_text(tournament_text(seed), "drawn.yaml"), DEFAULTS)
    except ScenarioError:
        assume(False)  # about one in a hundred


# A seed that is nearer to 0 is no simpler, so there is nothing to shrink.
@settings(max_examples=18, phases=[Phase.generate])
@given(st.integers(0, 10**6))
def test_a_client_of_packets_has_every_document_of_a_random_tournament(seed):
    assert Witness(drawn(seed)).follow()
