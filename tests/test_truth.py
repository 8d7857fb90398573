"""One truth: a client with books of its own reads the same out of round packets as out of any
document, after every hole and at the end.
"""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mockdde import log
from mockdde.broadcast import Broadcast
from mockdde.errors import ScenarioError
from mockdde.quirks import QUIRKS
from mockdde.scenario import load_text
from mockdde.world import stage, stage_all
from random_tournaments import tournament_text
from running import WHOLE
from truth_boards import hole_by_hole, leaderboard
from truth_client import Client, Facts, RoundFacts, Slot
from truth_rankings import STATISTICS, rankings
from truth_statistics import hole_statistics, player_statistics

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
UNSAID = {"seqNum", "timestamp", "tournamentId"}  # of where and when a document is sent
UNSAID |= {"tournamentStatus", "isPlaySuspendedOvernight"}  # nor does a packet say these
ROUNDING = 0.000501  # averages have three decimals
FEW = 12  # teams; of larger fields not every hole is looked at, for that takes its time
SELDOM = 8  # looks at the documents of one team between two at those of all


# ── what REST says ─────────────────────────────────────────────────────────────────────────────


def facts_of(tournament):
    """What a client reads of a tournament before play."""
    return Facts(
        tour=tournament.tour,
        rounds={
            spec.no: RoundFacts(spec.holes, spec.advance, spec.cut)
            for spec in tournament.scenario.rounds
        },
        courses=[course.id for course in tournament.courses],
        measured={
            course.id: course.scoring == "ShotlinkWithLaser" for course in tournament.courses
        },
        holes=lambda no, course: {
            number: (hole.par, hole.metres) for number, hole in tournament.holes(no, course).items()
        },
        players={
            no: [player(each) for each in team.players] for no, team in tournament.teams.items()
        },
        entries={
            entry.team: "Alternate" if entry.alternate else "Entered"
            for entry in tournament.scenario.field
        },
    )


def player(of):
    return {
        "displayName": of.display_name,
        "country": of.country,
        "isAmateur": of.is_amateur,
        "lastName": of.last_name,
        "firstName": of.first_name,
        "id": of.id,
        "gender": of.gender,
    }


def tell(client, event):
    """News of the schedule and of the entry list."""
    match event.what:
        case log.Drawn(groups):
            slots = {
                team: Slot(group.tee, group.tee_time, group.course)
                for group in groups
                for team in group.teams
            }
            client.schedule(event.round, slots)
        case log.TeamStatus(team, status):
            client.entry(team, status)


# ── documents side by side ─────────────────────────────────────────────────────────────────────


def differences(mine, theirs, at=""):
    """Where two documents differ: (place, the client's, the document's)."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in mine.keys() | theirs.keys():
            yield from differences(mine.get(key, "-"), theirs.get(key, "-"), f"{at}/{key}")
    elif isinstance(mine, list) and isinstance(theirs, list):
        for place, pair in enumerate(itertools.zip_longest(mine, theirs, fillvalue="-")):
            yield from differences(*pair, f"{at}/{place}")
    elif isinstance(mine, float) and isinstance(theirs, (int, float)):
        if abs(mine - theirs) > ROUNDING:
            yield at, mine, theirs
    elif mine != theirs or isinstance(mine, bool) != isinstance(theirs, bool):
        yield at, mine, theirs


class Witness:
    """Holds the documents of a broadcast against the client's."""

    def __init__(self, tournament):
        self.broadcast = Broadcast(tournament)
        self.client = Client(facts_of(tournament))
        self.below = f"/golf/tournaments/{tournament.id}/"
        self.looks = 0

    def theirs(self, path):
        document = json.loads(self.broadcast.document(self.below + path))
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

    def look_at_all(self):
        client = self.client
        for team in client.teams:
            self.look(team)
        every = [player_statistics(client, team) for team in client.teams]
        self.agree("playerstats", {"teamsStatistics": every})
        self.agree("holestats", {"holeStats": hole_statistics(client)})
        for category in STATISTICS:
            self.agree(f"stats/{category}", rankings(client, category))

    def step(self):
        """One event; the team whose hole is another one now."""
        step = self.broadcast.advance()
        event, client = step.event, self.client
        tell(client, event)
        changed = step.change.hole is not None
        for sent in step.packets:
            packet = json.loads(sent.payload)
            changed |= client.packet(event.round, event.team, packet)
        if event.what == log.HoleFinished("Retired"):
            client.retired(event.team)
        return event.team if changed else 0

    def follow(self):
        """The whole tournament."""
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
        return self.looks


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", WHOLE)
def test_a_client_of_packets_has_every_document_of_a_shipped_scenario(name):
    (tournament,) = stage_all([name], DEFAULTS)
    assert Witness(tournament).follow()


def drawn(seed):
    """A random tournament; none where golf forbids what was drawn."""
    try:
        return stage(load_text(tournament_text(seed), "drawn.yaml"), DEFAULTS)
    except ScenarioError:
        assume(False)  # rare: none of the first few hundred


@settings(max_examples=30)
@given(st.integers(0, 10**6))
def test_a_client_of_packets_has_every_document_of_a_random_tournament(seed):
    assert Witness(drawn(seed)).follow()
