"""The documents that REST alone answers: values worked out by hand, before, during and after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from itertools import count
from typing import Any

import pytest

from mockdde import log
from mockdde.books import Books
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, dialect_of, document_feeds
from mockdde.golf import Group, Hole
from mockdde.quirks import QUIRKS, Quirks
from mockdde.quirks._documents import DOCUMENTS
from mockdde.scenario import open_scenario
from mockdde.world import Tournament, stage
from quickly import explain
from running import staged


def feeds_of(dialect: str) -> dict[str, type[DocumentFeed]]:
    """Its documents by the last word of their names."""
    every = [feed for feed in document_feeds() if dialect_of(feed) == dialect]
    return {feed.NAME.removeprefix(f"{dialect}/"): feed for feed in every}


FEEDS = feeds_of("dde")
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}

# A Saturday and a Sunday in a zone where the second one begins on UTC's day before.
OPEN = """
title: x
tournament:
  id: 7
  name: Small Open
  tour: PGA tour
  start: 2025-03-01T22:00:00Z
  utcOffset: 10
  course:
    {id: 6, name: Sands, holes: [{no: 1, par: 4, metres: 400}, {no: 2, par: 3, metres: 150}]}
field: [{team: 1, player: {id: 11, name: Ann Lee, country: AUS}}, {teams: 3}]
rounds: [{holes: 1-2, groups: 2}, {holes: 1-2, groups: 2}]
course:
  - {team: 1, round: 1, hole: 1, shots: [drive OFW, hit OWA to 41, penalty 1 WaterHazard,
     drop DropBehind ORO to 45, hit OGR to 2, putt in]}
  - {team: 1, round: 1, hole: 2, score: 2}
  - {team: 1, round: 2, hole: 1, score: 4}
"""
OTHER = """
title: y
tournament: {id: 8, name: Other Open, start: 2025-03-20T07:00:00Z}
field: [{team: 5, player: {id: 11, name: Ann Lee, country: AUS}}]
rounds: [{holes: 1}]
"""


class Play:
    """Tournaments whose events a test brings about, and their documents."""

    dialect = "dde"
    loose: frozenset[str] = frozenset({"liveevents"})  # strict with switches at their defaults only

    def __init__(self, *tournaments: Tournament, quirks: Quirks | None = None) -> None:
        self.books = {each.id: Books(each) for each in tournaments}
        world = list(self.books.values())
        self.feeds = {
            name: feed(world, quirks or tournaments[0].quirks)
            for name, feed in feeds_of(self.dialect).items()
        }
        self._next = {each.id: iter(each.log) for each in tournaments}
        self._ids = count(10_000)

    def step(self, tournament: int = 7) -> log.Event | None:
        """The next event."""
        event = next(self._next[tournament], None)
        if event is not None:
            self.take(tournament, event)
        return event

    def take(self, tournament: int, event: log.Event) -> set[str]:
        """Any event; the feeds that say that a document of theirs is another one."""
        books = self.books[tournament]
        change = books.apply(event)
        return {name for name, feed in self.feeds.items() if feed.apply(books, event, change)}

    def say(self, what: log.OfTournament, *, round_no: int = 0, tournament: int = 7) -> set[str]:
        """Something about the whole tournament, now."""
        now = self.books[tournament].moment
        event = log.Event(next(self._ids), now, now, now, round_no, 0, 0, 0, what)
        return self.take(tournament, event)

    def until(self, *kinds: type, tournament: int = 7, round_no: int = 0, team: int = 0) -> None:
        """Play up to and with an event of these kinds."""
        while (event := self.step(tournament)) is not None:
            here = round_no in (0, event.round) and team in (0, event.team)
            if isinstance(event.what, kinds) and here:
                return
        raise AssertionError(f"there is no {kinds}")

    def to_the_end(self, tournament: int = 7) -> None:
        """Play all of it."""
        while self.step(tournament) is not None:
            pass

    def get(self, name: str, query: dict[str, str] | None = None, **params: int) -> Any:
        """A document, which is valid in both of its schemas."""
        params = {"tournament": 7} | params
        document = self.feeds[name].document(params, query or {})
        schema = f"{self.dialect}/{name}"
        for each in [schema] if name in self.loose else [schema, f"{schema}.strict"]:
            assert explain(each, document) == [], each
        return document

    def refused(self, name: str, query: dict[str, str] | None = None, **params: int) -> str:
        """Status and sentence of a refusal."""
        with pytest.raises(RequestError) as error:
            self.get(name, query, **params)
        return f"{error.value.status} {error.value}"


def disabled(tournament: Tournament, word: str = "Disabled") -> Tournament:
    spec = replace(tournament.scenario.tournament, data_status=word)
    return replace(tournament, scenario=replace(tournament.scenario, tournament=spec))


def ids(documents: list[dict[str, Any]]) -> list[int]:
    return [each["id"] for each in documents]


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


def test_a_tournament_before_its_draw_and_after() -> None:
    play = Play(staged(OPEN))
    before = play.get("tournament")
    assert before["startTeeTime"] is None
    assert [each["roundNo"] for each in before["rounds"]] == [1, 2]
    play.until(log.RoundStarted)
    after = play.get("tournament")
    assert after["startTeeTime"] == "2025-03-01T22:00:00Z"
    head = {key: after[key] for key in after if key not in ("rounds", "golfCourses")}
    assert head == {
        "format": "StrokePlay",
        "tour": "PGA tour",
        "tourID": 1,
        "name": "Small Open",
        "id": 7,
        "startDate": "2025-03-01",
        "endDate": "2025-03-02",
        "startTeeTime": "2025-03-01T22:00:00Z",
        "countryCode": "USA",
        "utcOffset": 10.0,
        "year": 2025,
        "venue": "Sands",
        "mainGolfCourseId": 6,
        "mainGolfCourseName": "Sands",
        "mainExternalGolfCourseId": "PGA-6",
        "externalId": "PGA-R2025007",
        "tournamentDataStatus": "Scheduled",
        "mainGolfCourseAssetId": "6",
        "historicalDetails": {},
    }
    assert after["rounds"][0] == {
        "roundNo": 1,
        "roundType": "StrokePlay",
        "format": "REGULAR",
        "isPlayOff": False,
        "scoring": "AggregatedStrokes",
        "advancementRule": "ALL_QUALIFY",
    }
    assert after["rounds"][1]["advancementRule"] == "FINAL"


def test_a_course_has_the_holes_of_each_round_played_on_it() -> None:
    (course,) = Play(staged(OPEN)).get("tournament")["golfCourses"]
    assert (course["courseId"], course["isMain"], course["externalCourseID"]) == (6, True, "PGA-6")
    assert (course["scoringLevel"], course["scoringType"]) == (1, "ShotlinkWithLaser")
    assert [each["roundNo"] for each in course["courseDetails"]] == [1, 2]
    first, second = course["courseDetails"][0]["holes"][:2]
    # 400 m are 437.4 yards, 150 m are 164.04.
    assert (first["officialMetres"], first["officialYardage"], first["par"]) == (400.0, 437, 4)
    assert (second["officialMetres"], second["officialYardage"], second["par"]) == (150.0, 164, 3)
    assert second["isOfficialDrivingHole"] is False
    assert first["teeBoxes"][0].keys() == {"x", "y", "z", "colour"}
    assert first["pinPlacement"].keys() == {"x", "y", "z"}
    assert first["stimpReading"] is None
    driving = [each["holeNo"] for each in course["courseDetails"][0]["holes"]
               if each["isOfficialDrivingHole"]]  # fmt: skip
    assert len(driving) == 2
    assert driving[0] <= 9 < driving[1]


class Moved(Tournament):
    """Its second round is nine metres longer on each hole."""

    def holes(self, round_no: int, course: int) -> dict[int, Hole]:
        """The holes of a round."""
        plain = next(each.holes for each in self.courses if each.id == course)
        longer = 9 if round_no == 2 else 0
        return {no: replace(hole, metres=hole.metres + longer) for no, hole in plain.items()}


def test_actual_lengths_are_those_of_the_round() -> None:
    tournament = staged(OPEN)
    moved = Moved(**{each.name: getattr(tournament, each.name) for each in fields(tournament)})
    rounds = Play(moved).get("tournament")["golfCourses"][0]["courseDetails"]
    firsts = [each["holes"][0] for each in rounds]
    assert [each["officialMetres"] for each in firsts] == [400.0, 400.0]
    assert [each["actualMetres"] for each in firsts] == [400.0, 409.0]
    assert [each["actualYardage"] for each in firsts] == [437, 447]  # 409 m are 447.3 yards


def test_a_playoff_is_a_round_once_it_is_drawn() -> None:
    play = Play(staged(OPEN))
    play.until(log.RoundStarted)
    group = Group(401, 1, 5, 1, play.books[7].moment, (1,), 6)
    assert {"tournament", "tournaments", "schedule"} <= play.say(log.Drawn((group,)), round_no=401)
    playoff = play.get("tournament")["rounds"][-1]
    assert (playoff["roundNo"], playoff["isPlayOff"]) == (401, True)
    assert play.get("schedule")[-1]["round"] == 401


def test_the_list_has_no_start_dates_and_comes_in_the_order_of_starts() -> None:
    play = Play(staged(OTHER), staged(OPEN))
    found = play.get("tournaments")
    assert ids(found) == [7, 8]
    assert [each["startDate"] for each in found] == [None, None]
    assert play.get("tournament", tournament=8)["startDate"] == "2025-03-20"


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2025-03-01", "2025-03-01", [7]),
        ("2025-03-02", "2025-03-19", [7]),  # it runs on that day
        ("2025-03-03", "2025-03-19", []),
        ("2025-03-03", "2025-03-20", [8]),
        ("2025-02-01", "2025-02-28", []),
        ("2024-01-01", "2026-01-01", [7, 8]),
    ],
)
def test_days_choose_what_is_played_on_them(first: str, last: str, found: list[int]) -> None:
    query = {"dateFrom": first, "dateTo": last}
    assert ids(Play(staged(OPEN), staged(OTHER)).get("tournaments", query)) == found


def test_without_days_a_tournament_is_seen_from_its_own_day() -> None:
    play = Play(staged(OPEN))
    day = 86_400_000
    start = play.books[7].tournament.planned(1)
    for moment, seen in [(0, True), (start + 30 * day, True), (start + 33 * day, False),
                         (start - 27 * day, True), (start - 30 * day, False)]:  # fmt: skip
        play.books[7].moment = moment
        assert bool(play.get("tournaments")) is seen, moment


@pytest.mark.parametrize(
    ("word", "found"),
    [
        (None, [7, 8]),
        ("Scheduled", [7]),
        ("Test", [8]),
        ("Simulation", []),
        ("Disabled", [9]),
        ("All", [7, 8, 9]),
    ],
)
def test_a_data_status_chooses(word: str | None, found: list[int]) -> None:
    third = disabled(staged(OTHER.replace("id: 8", "id: 9")))
    play = Play(staged(OPEN), disabled(staged(OTHER), "Test"), third)
    for each, until in ((7, log.RoundStarted), (8, log.RoundStarted), (9, log.RoundStarted)):
        play.until(until, tournament=each)
    query = {} if word is None else {"tournamentDataStatus": word}
    assert sorted(ids(play.get("tournaments", query))) == found
    assert sorted(ids(play.get("livetournaments", query))) == found


def test_a_tournament_is_live_from_its_first_stroke_until_it_is_official() -> None:
    play = Play(staged(OPEN))
    assert play.get("livetournaments") == []
    play.until(log.RoundStarted)
    assert ids(play.get("livetournaments")) == [7]
    play.until(log.RoundClosed, round_no=1)
    assert ids(play.get("livetournaments")) == [7]
    play.to_the_end()
    assert play.get("livetournaments") == []
    assert ids(play.get("tournaments")) == [7]


# ── entry list, schedule, squads ───────────────────────────────────────────────────────────────


def entry(play: Play, team: int) -> dict[str, Any]:
    (players,) = (each["players"] for each in play.get("entrylist") if each["teamNo"] == team)
    (player,) = players
    return player


def test_an_entry_list_tells_who_enters_and_what_becomes_of_them() -> None:
    play = Play(staged(OPEN))
    assert [each["teamNo"] for each in play.get("entrylist")] == [1, 2, 3, 4]
    assert entry(play, 1) == {
        "playerId": 11,
        "displayName": "Ann Lee",
        "firstName": "Ann",
        "lastName": "Lee",
        "country": "AUS",
        "isAmateur": False,
        "status": "Entered",
        "playerPGATourId": entry(play, 1)["playerPGATourId"],
        "playerEuropeanTourId": None,
        "playerLPGATourId": None,
        "playerRandAId": None,
        "pending": False,
    }
    play.until(log.RoundStarted, team=1)
    assert entry(play, 1)["status"] == "Playing"
    assert {"entrylist", "schedule"} <= play.say(log.TeamStatus(2, "Withdrawn"))
    assert entry(play, 2)["status"] == "Withdrawn"
    assert {"entrylist", "schedule"} <= play.say(log.CutMade(2, (3,), "Cut"))
    assert entry(play, 3)["status"] == "MissedCut"


@pytest.mark.parametrize(
    ("status", "word"),
    [("DidNotStart", "Withdrawn"), ("MadeCutButDidNotFinish", "MissedCut"), ("Removed", "Removed")],
)
def test_what_entry_lists_have_no_word_for_has_the_nearest(status: str, word: str) -> None:
    play = Play(staged(OPEN))
    play.say(log.TeamStatus(2, status))
    assert entry(play, 2)["status"] == word


def test_a_pending_entry_is_unknown_until_it_is_verified() -> None:
    play = Play(staged(OPEN))
    play.books[7].teams[1].pending = True
    unknown = entry(play, 1)
    assert unknown["pending"] is True
    assert {unknown[key] for key in ("displayName", "firstName", "lastName")} == {"Unknown"}
    assert unknown["playerId"] == 11
    play.say(log.Verified(1))
    assert (entry(play, 1)["pending"], entry(play, 1)["displayName"]) == (False, "Ann Lee")


def test_an_alternate_is_in_the_entry_list() -> None:
    tournament = staged(OPEN)
    field = tuple(replace(each, alternate=each.team == 4) for each in tournament.scenario.field)
    play = Play(replace(tournament, scenario=replace(tournament.scenario, field=field)))
    assert [entry(play, team)["status"] for team in (3, 4)] == ["Entered", "Alternate"]


def test_a_schedule_has_the_rounds_drawn_so_far() -> None:
    play = Play(staged(OPEN))
    assert play.get("schedule") == []
    play.until(log.RoundStarted)
    found = play.get("schedule")
    first = [each for each in found if each["round"] == 1]
    assert [each["teeSeq"] for each in first] == [1, 2]
    assert [each["status"] for each in first] == ["InProgress", "NotStarted"]
    head = {key: each for key, each in first[0].items() if key not in ("group", "groupId")}
    assert head == {
        "date": "2025-03-01",
        "round": 1,
        "hole": 1,
        "teeSeq": 1,
        "courseId": 6,
        "courseName": "Sands",
        "status": "InProgress",
        "matchType": "Strokeplay",
        "bookingStatus": "Booked",
        "startTime": {"status": "StartsAt", "time": "22:00Z"},
        "externalCourseId": "PGA-6",
    }
    group = first[0]["group"]
    assert (group["groupNo"], group["featureGroup"]) == (1, False)
    assert [each["orderOfPlayWithinGroup"] for each in group["teams"]] == [0, 1]
    assert len({each["teamNo"] for every in first for each in every["group"]["teams"]}) == 4


def test_a_group_is_finished_when_all_of_it_is() -> None:
    play = Play(staged(OPEN))
    play.until(log.RoundStarted)
    teams = [each["teamNo"] for each in play.get("schedule")[0]["group"]["teams"]]

    def status() -> str:
        return next(each["status"] for each in play.get("schedule") if each["round"] == 1)

    play.until(log.RoundFinished)
    assert status() == "InProgress"
    play.until(log.RoundFinished)
    finished = [no for no in teams if play.books[7].teams[no].rounds[1].finished]
    assert (status() == "Finished") == (len(finished) == 2)
    play.to_the_end()
    assert {each["status"] for each in play.get("schedule")} == {"Finished"}


def test_who_does_not_start_holds_up_no_group() -> None:
    play = Play(staged(OPEN.replace("groups: 2", "groups: 1")))
    play.until(log.Drawn, round_no=1)
    play.say(log.TeamStatus(1, "DidNotStart"))
    by_team = {each["group"]["teams"][0]["teamNo"]: each["status"]
               for each in play.get("schedule") if each["round"] == 1}  # fmt: skip
    assert by_team == {1: "Finished", 2: "NotStarted", 3: "NotStarted", 4: "NotStarted"}


def test_a_schedule_in_the_time_of_the_venue_has_its_days() -> None:
    tournament = staged(OPEN, **{"start-time": "local", "schedule-time": "date-time"})
    play = Play(tournament)
    play.until(log.RoundStarted)
    first = play.get("schedule")[0]
    assert first["date"] == "2025-03-02"
    assert first["startTime"]["time"] == "2025-03-02T08:00:00+10:00"


def test_there_are_no_squads_in_stroke_play() -> None:
    play = Play(staged(OPEN))
    assert play.get("squads") == []
    play.to_the_end()
    assert play.get("squads") == []


CUP = """
title: c
tournament: {id: 7, format: TeamMatch, tour: PGA tour, course: {scoring: HoleScoresOnly}}
squads:
  - {name: Here, host: true, players: [{id: 11, name: Ann Lee, country: AUS}, {}, {}]}
  - {name: There, players: 3}
rounds:
  - {holes: 1-2, play: FOUR_BALL, pairs: [[[1, 2], [1, 2]]]}
  - {holes: 1-2, pairs: [[[3], [1]]]}
"""


def test_squads_have_their_players() -> None:
    play = Play(staged(CUP))
    here, there = play.get("squads")
    assert (here["squadNo"], here["squadName"], len(here["players"])) == (1, "Here", 3)
    assert (there["squadNo"], there["squadName"], len(there["players"])) == (2, "There", 3)
    expected = {
        "displayName": "Ann Lee",
        "playerPGATourId": play.books[7].tournament.squads[0].players[0].pga_id,
        "playerEuropeanTourId": None,
        "country": "AUS",
        "isAmateur": False,
        "lastName": "Lee",
        "firstName": "Ann",
        "status": "Entered",
        "playerId": 11,
        "playerLPGATourId": None,
        "playerRandAId": None,
    }
    assert list(here["players"][0].items()) == list(expected.items())  # in this order


def test_a_player_of_a_squad_plays_once_any_team_of_the_player_does() -> None:
    play = Play(staged(CUP))

    def statuses() -> list[list[str]]:
        return [[each["status"] for each in squad["players"]] for squad in play.get("squads")]

    play.until(log.RoundStarted)
    assert statuses() == [["Playing", "Playing", "Entered"]] * 2
    changes = []
    while (event := next(play._next[7], None)) is not None:
        if "squads" in play.take(7, event):
            changes.append((type(event.what), event.round))
    assert changes == [(log.RoundStarted, 2)]
    assert statuses() == [["Playing"] * 3, ["Playing", "Playing", "Entered"]]


def test_match_play_of_individuals_has_no_squads() -> None:
    text = (
        "title: x\ntournament: {id: 7, format: Match}\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\n"
    )
    assert Play(staged(text, **{"squads-stroke-play": "404"})).get("squads") == []


# ── players ────────────────────────────────────────────────────────────────────────────────────


def test_players_come_once_each_in_the_order_of_ids_and_in_pages() -> None:
    play = Play(staged(OPEN), staged(OTHER))
    everybody = play.get("players")
    numbers = [each["playerId"] for each in everybody]
    assert len(numbers) == 4  # the two tournaments share one
    assert numbers == sorted(set(numbers))
    assert play.get("players", {"results": "3"}) == everybody[:3]
    assert play.get("players", {"results": "3", "offset": "2"}) == everybody[3:]
    assert play.get("players", {"results": "3", "offset": "3"}) == []
    assert play.get("players", {"offset": "2"}) == []


def test_the_first_page_has_a_hundred() -> None:
    play = Play(
        staged("title: x\ntournament: {id: 7}\nfield: [{teams: 130}]\nrounds: [{holes: 1}]\n")
    )
    assert len(play.get("players")) == 100
    assert len(play.get("players", {"offset": "2"})) == 30


# ── official shots ─────────────────────────────────────────────────────────────────────────────


def test_official_shots_are_what_stands_once_the_round_is_official() -> None:
    play = Play(staged(OPEN))
    where = {"round": 1, "team": 1}
    said = "404 round 1 of team 1 in tournament 7 is not official yet"
    assert play.refused("officialshots", **where) == said
    play.until(log.RoundFinished, team=1)
    assert play.refused("officialshots", **where) == said
    play.until(log.RoundOfficial, team=1)
    shots = play.get("officialshots", **where)
    first = [each for each in shots if each["holeNo"] == 1]
    assert [(each["eventElementType"], each["strokeNo"]) for each in first] == [
        ("DetailedLie", 1),
        ("DetailedLie", 2),
        ("Penalty", 2),
        ("BallDrop", 2),
        ("DetailedLie", 3),
        ("BallHoled", 4),
    ]
    assert [each["seqNum"] for each in shots] == list(range(1, len(shots) + 1))
    stamps = [each["timestamp"] for each in shots]
    assert stamps == sorted(stamps)
    penalty, drop, holed = first[2], first[3], first[5]
    assert penalty["penaltyType"] == "Strokes"
    # Drive, second shot and the penalty stroke; nothing holed yet.
    assert penalty["score"] == score(par=4, strokes=3, round_to_par=0, overall=0)
    assert drop["dropType"] == "DropBehind"
    assert drop["ballLie"]["distanceToPin"] == 45.0
    assert drop["ballLie"].keys() == {
        "coordinates", "distanceToPin", "surfaceType", "surfaceTypeCode"
    }  # fmt: skip
    assert holed["score"] == score(par=4, strokes=5, round_to_par=1, overall=1)
    assert first[0]["ballLie"]["blindShot"] is False
    assert (first[0]["courseId"], first[0]["clubTypeCode"]) == ("6", "CDR")
    # A birdie on the par 3 after that.
    last = shots[-1]
    assert (last["holeNo"], last["holeOrder"], last["eventElementType"]) == (2, 2, "BallHoled")
    assert last["score"] == score(par=3, strokes=2, round_to_par=0, overall=0)


def score(*, par: int, strokes: int, round_to_par: int, overall: int) -> dict[str, int]:
    return {
        "currentHolePar": par,
        "overallScoreToPar": overall,
        "currentHoleStrokes": strokes,
        "currentRoundScoreToPar": round_to_par,
    }


def test_the_overall_score_begins_with_the_rounds_before() -> None:
    play = Play(staged(OPEN.replace("hole: 2, score: 2", "hole: 2, score: 4")))
    play.to_the_end()
    shots = play.get("officialshots", round=2, team=1)
    (holed,) = (
        each for each in shots if (each["eventElementType"], each["holeNo"]) == ("BallHoled", 1)
    )
    # Five and four on the first day, two over; a par since.
    assert holed["score"] == score(par=4, strokes=4, round_to_par=0, overall=2)


def test_a_hole_sent_again_and_rescored_has_the_last_word() -> None:
    text = (
        "title: x\ntournament: {id: 7}\nfield: [{teams: 1}]\n"
        "rounds: [{holes: 1}]\ncourse: [{hole: 1, shots: [drive OFW, hit OGR to 3, putt in]}]\n"
        "report:\n"
        "  - {after: {hole: 1}, resend: {hole: 1, shots: [drive ORO, hit in]}}\n"
        "  - {after: {}, rescore: {hole: 1, strokes: 6}}\n"
    )
    play = Play(staged(text))
    play.to_the_end()
    shots = play.get("officialshots", round=1, team=1)
    kinds = [(each["eventElementType"], each.get("ballLie", {}).get("surfaceTypeCode"))
             for each in shots]  # fmt: skip
    assert kinds == [("DetailedLie", "ORO"), ("BallHoled", None)]
    assert shots[-1]["score"]["currentHoleStrokes"] == 6
    assert [each["seqNum"] for each in shots] == [1, 2]


def test_a_corrected_lie_is_as_corrected() -> None:
    text = (
        "title: x\ntournament: {id: 7}\nfield: [{teams: 1}]\nrounds: [{holes: 1}]\n"
        "course: [{hole: 1, shots: [drive OFW, hit in]}]\n"
        "report: [{after: {hole: 1, stroke: 1}, correct: {DetailedLie: {surfaceTypeCode: ORO}}}]\n"
    )
    play = Play(staged(text))
    play.to_the_end()
    lie = play.get("officialshots", round=1, team=1)[0]["ballLie"]
    assert (lie["surfaceTypeCode"], lie["surfaceType"]) == ("ORO", "Rough")


# ── what is refused ────────────────────────────────────────────────────────────────────────────

WORDS = "Scheduled, Test, Simulation, Disabled, All"
RANGE = {"dateFrom": "2025-03-01", "dateTo": "2025-03-02"}


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("tournaments", {"dateFrom": "2025-03-01"},
         "400 dateFrom goes with dateTo; give both, or none of the two"),
        ("tournaments", {"dateTo": "2025-03-01"},
         "400 dateTo goes with dateFrom; give both, or none of the two"),
        ("tournaments", RANGE | {"dateFrom": "2025-3-1"},
         "400 dateFrom='2025-3-1' is no day; write YYYY-MM-DD, such as 2025-04-15"),
        ("tournaments", RANGE | {"dateTo": "2025-02-30"},
         "400 dateTo='2025-02-30' is no day; write YYYY-MM-DD, such as 2025-04-15"),
        ("tournaments", RANGE | {"dateTo": "2025-03-01\n"},
         "400 dateTo='2025-03-01\\n' is no day; write YYYY-MM-DD, such as 2025-04-15"),
        ("tournaments", {"dateFrom": "2025-03-02", "dateTo": "2025-03-01"},
         "400 dateFrom 2025-03-02 is after dateTo 2025-03-01; the earlier one is first"),
        ("tournaments", {"tournamentDataStatus": "scheduled"},
         "400 there is no tournamentDataStatus 'scheduled'; did you mean Scheduled?"),
        ("livetournaments", {"tournamentDataStatus": "Done"},
         f"400 there is no tournamentDataStatus 'Done'; it can be {WORDS}"),
        ("tournaments", {"datefrom": "2025-03-01"},
         "400 there is no query parameter 'datefrom'; did you mean dateFrom?"),
        ("entrylist", {"round": "1"},
         "400 there is no query parameter 'round'; this endpoint has none"),
        ("players", {"results": "0"}, "400 results='0' is no whole number from 1 to 1000"),
        ("players", {"results": "1001"}, "400 results='1001' is no whole number from 1 to 1000"),
        ("players", {"results": "1e2"}, "400 results='1e2' is no whole number from 1 to 1000"),
        ("players", {"offset": "0"}, "400 offset='0' is no whole number from 1 to 1000000"),
        ("players", {"offset": "-1"}, "400 offset='-1' is no whole number from 1 to 1000000"),
        ("players", {"offset": ""}, "400 offset='' is no whole number from 1 to 1000000"),
    ],
)  # fmt: skip
def test_a_wrong_query_gets_a_sentence(name: str, query: dict[str, str], said: str) -> None:
    assert Play(staged(OPEN)).refused(name, query) == said


@pytest.mark.parametrize("name", ["tournament", "entrylist", "schedule", "squads"])
def test_a_tournament_that_is_not_here_is_told(name: str) -> None:
    play = Play(staged(OPEN), staged(OTHER))
    said = "404 there is no tournament 9 here; it can be 7, 8"
    assert play.refused(name, tournament=9) == said


def test_a_round_or_a_team_that_is_not_here_is_told() -> None:
    play = Play(staged(OPEN))
    play.to_the_end()
    assert play.refused("officialshots", round=3, team=1) == (
        "404 tournament 7 has no round 3; it can be 1, 2"
    )
    assert play.refused("officialshots", round=1, team=9) == (
        "404 tournament 7 has no team 9; it can be 1, 2, 3, 4"
    )
    assert play.refused("officialshots", tournament=9, round=1, team=9) == (
        "404 there is no tournament 9 here; it can only be 7"
    )


def test_who_is_cut_does_not_play_on() -> None:
    play = Play(staged(OPEN))
    play.until(log.RoundStarted)
    group = Group(2, 1, 5, 1, play.books[7].moment, (1, 2, 3), 6)
    play.say(log.Drawn((group,)), round_no=2)
    said = "404 team 4 does not play round 2 of tournament 7"
    assert play.refused("officialshots", round=2, team=4) == said


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────


def everything(settings: dict[str, str]) -> list[Any]:
    """All documents at three moments, and some refusals; each document valid."""
    chosen = {**DEFAULTS, **settings}
    play = Play(staged(OPEN, **chosen))
    sample = stage(open_scenario("world/sample-hole"), chosen)
    found: list[Any] = []

    def look(of: Play, round_no: int, team: int, tournament: int) -> None:
        where = {"tournament": tournament, "round": round_no, "team": team}
        found.extend(tried(partial(of.get, name, **where)) for name in FEEDS)

    look(play, 1, 1, 7)
    play.until(log.RoundStarted)
    play.say(log.TeamStatus(2, "DidNotStart"))
    look(play, 1, 1, 7)
    play.to_the_end()
    look(play, 1, 1, 7)
    found.append(tried(lambda: play.get("entrylist", {"no": "1"})))
    found.append(tried(lambda: play.get("entrylist", tournament=1)))
    hole = Play(sample)
    hole.to_the_end(99999)
    look(hole, 5, 12, 99999)
    return found


def tried(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except RequestError as error:
        return f"{error.status} {error}"


PLAIN = everything({})


@pytest.mark.parametrize(
    ("quirk", "choice"),
    [
        *((quirk.name, choice) for quirk in DOCUMENTS for choice in quirk.choices[1:]),
        ("course-id", "integer"),
        ("later-clubs", "absent"),
        ("later-clubs", "null"),
        ("tour-ids", "integer"),
        ("start-time", "local"),
        ("feature-group", "always"),
        ("feature-group", "never"),
        ("penalty-stroke", "next"),
        ("stroke-and-distance", "skips"),
    ],
)
def test_a_choice_changes_some_document_and_all_stay_valid(quirk: str, choice: str) -> None:
    assert everything({quirk: choice}) != PLAIN
