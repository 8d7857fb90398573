"""Static documents of the live dialect: as the samples are, and worked out by hand."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest

from livetoken import live_token
from matchrooms import EVERY_KIND, FOURBALLS, POOLS
from mockdde import log
from mockdde.broadcast import Broadcast
from mockdde.errors import RequestError
from mockdde.feeds import dialect_of, document_feeds, is_of, play_of
from mockdde.feeds.live._ids import Ids
from mockdde.quirks import QUIRKS, Quirks
from mockdde.quirks._live_documents import LIVE_DOCUMENTS
from mockdde.scenario import open_scenario, shipped
from mockdde.world import Tournament, stage, stage_all
from quickly import check
from running import House, house, staged
from test_documents_rest import CUP, OPEN, OTHER, Play, disabled, feeds_of

SAMPLES = Path(__file__).parent / "samples"
FEEDS = feeds_of("live")
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
REST = "/golf/rest/v1"


class Live(Play):
    """Its documents are those of the live dialect."""

    dialect = "live"
    loose = frozenset()


class Switched(Live):
    """With other switches, so that strict schemas do not hold."""

    loose = frozenset(FEEDS)


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"live--rest-{name}--1.json").read_text(encoding="utf-8"))


# ── as the samples are ─────────────────────────────────────────────────────────────────────────

# What the sample of a tournament is of.
MASTERS = """
title: m
tournament:
  id: 1224619
  name: Masters Tournament
  tour: PGA tour
  start: 2025-04-10T12:00:00Z
  utcOffset: -4
  country: USA
  course:
    {id: 6, name: "Bethpage State Park, Black Course", holes: [{no: 1, par: 4, metres: 400}]}
field: [{team: 1, player: {id: 22, name: Tommy Fleetwood, country: ENG}}]
rounds: [{holes: 1}]
"""


def shape(value: Any) -> Any:
    """Keys in their order, and types."""
    match value:
        case dict():
            return [(key, shape(each)) for key, each in value.items()]
        case list():
            return [shape(each) for each in value]
        case _:
            return type(value).__name__


def begun(text: str, **quirks: str) -> Live:
    """A tournament whose first round has begun."""
    play = Live(staged(text, **quirks))
    play.until(log.RoundStarted)
    return play


@pytest.fixture(scope="module")
def masters() -> Live:
    play = Live(staged(MASTERS))
    play.until(log.RoundStarted, tournament=1224619)
    return play


@pytest.mark.parametrize("name", ["entry-list", "players"])
def test_people_have_the_keys_of_the_samples(masters: Live, name: str) -> None:
    ours = masters.get(name, **({} if name == "players" else {"tournament": 1224619}))
    assert shape(ours) == shape(sample(name))


def test_a_tournament_has_the_keys_of_the_sample_in_their_order(masters: Live) -> None:
    """The sample breaks off in the first detail of its course."""
    ours, theirs = masters.get("tournament", tournament=1224619), sample("single-tournament")
    (details,) = (each.pop("details") for each in ours["golf_courses"])
    assert theirs["golf_courses"][0].pop("details") == [{}]
    assert shape(ours) == shape(theirs)
    assert next(iter(details[0])).startswith("round_nu")


def test_a_tournament_says_what_the_sample_says(masters: Live) -> None:
    """But for what the sample has against itself: a tee time at midnight, the course's number."""
    ours, theirs = masters.get("tournament", tournament=1224619), sample("single-tournament")
    same = ("tour", "sr_tournament_id", "tournament_id", "name", "season", "status", "start_date")
    same += ("country_code", "utc_offset", "format", "endpoint_type", "data_type")
    assert {key: ours[key] for key in same} == {key: theirs[key] for key in same} | {
        "tour": theirs["tour"] | {"name": "PGA tour"}
    }
    assert re.fullmatch(r"PGA-R2025\d{3}", ours["tournament_external_id"])
    (ours_round,), (theirs_round,) = ours["rounds"], theirs["rounds"]
    assert {**ours_round, "round_id": 12345, "sr_round_id": "sr:stage:12345"} == theirs_round
    assert ours["golf_courses"][0]["external_course_id"] == "PGA-6"


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


def test_a_tournament_before_its_draw_and_after() -> None:
    play = Live(staged(OPEN))
    assert play.get("tournament")["start_tee_time"] is None
    play.until(log.RoundStarted)
    after = play.get("tournament")
    assert {key: after[key] for key in after if key not in ("rounds", "golf_courses")} == {
        "tour": {"sr_tour_id": "sr:stage:306287", "tour_id": 306287, "name": "PGA tour"},
        "sr_tournament_id": "sr:stage:7",
        "tournament_id": 7,
        "tournament_external_id": "PGA-R2025007",
        "name": "Small Open",
        "season": 2025,
        "status": "IN_PROGRESS",
        "start_date": "2025-03-01",
        "end_date": "2025-03-02",
        "start_tee_time": "2025-03-01T22:00:00Z",
        "country_code": "USA",
        "utc_offset": 10,
        "format": "STROKE",
        "endpoint_type": "STROKE",
        "data_type": "SCHEDULED",
    }
    assert after["rounds"][1] == {
        "round_id": 1_000_070_002,
        "sr_round_id": "sr:stage:1000070002",
        "number": 2,
        "format": "STROKE",
        "type": "REGULAR",
        "status": "NOT_STARTED",
        "is_playoff": False,
    }


def test_half_hours_stay_in_the_offset() -> None:
    play = Live(staged(OPEN.replace("utcOffset: 10", "utcOffset: 9.5")))
    assert play.get("tournament")["utc_offset"] == 9.5


def test_a_course_has_the_holes_of_each_round() -> None:
    (course,) = Live(staged(OPEN)).get("tournament")["golf_courses"]
    details = course.pop("details")
    assert course == {
        "name": "Sands",
        "course_id": 6,
        "sr_course_id": "sr:venue:6",
        "external_course_id": "PGA-6",
        "is_main": True,
    }
    assert [each["round_number"] for each in details] == [1, 2]
    first = details[0]["holes"][0]
    # 400 m are 437.4 yards.
    assert (first["hole_number"], first["official_yardage"], first["par"]) == (1, 437, 4)
    assert (first["official_metres"], first["display_name"]) == (400.0, "1")


def test_what_the_sample_breaks_off_before_has_switches() -> None:
    """The holes of a course, and a venue."""
    play = Switched(staged(OPEN, **{"live-course-holes": "absent", "live-venue": "present"}))
    found = play.get("tournament")
    assert found["golf_courses"][0]["details"] == [{"round_number": 1}, {"round_number": 2}]
    assert list(found.items())[-1] == ("venue", {"name": "Sands"})


def statuses(play: Live, tournament: int) -> list[tuple[str, ...]]:
    """Of the tournament and its rounds, each once in a row, from before the first event on."""
    seen = []
    while True:
        found = play.get("tournament", tournament=tournament)
        seen.append((found["status"], *(each["status"] for each in found["rounds"])))
        if play.step(tournament) is None:
            return [each for each, _ in itertools.groupby(seen)]


@pytest.mark.parametrize("word", ["SUSPENDED", "INTERRUPTED"])
def test_the_statuses_of_a_tournament_and_its_rounds(word: str) -> None:
    quirk = {"live-suspended": word, "live-course-holes": "absent"}
    play = Switched(staged(OPEN + "  - {round: 1, suspend: 30m, at: 5m}\n", **quirk))
    assert statuses(play, 7) == [
        ("NOT_STARTED", "NOT_STARTED", "NOT_STARTED"),
        ("IN_PROGRESS", "IN_PROGRESS", "NOT_STARTED"),
        (word, word, "NOT_STARTED"),
        ("IN_PROGRESS", "IN_PROGRESS", "NOT_STARTED"),
        ("IN_PROGRESS", "ENDED", "NOT_STARTED"),
        ("IN_PROGRESS", "ENDED", "IN_PROGRESS"),
        ("ENDED", "ENDED", "ENDED"),
        ("CONFIRMED", "ENDED", "ENDED"),
    ]


def test_a_round_that_is_over_can_have_the_other_word() -> None:
    play = Switched(staged(OPEN, **{"live-round-ended": "COMPLETED"}))
    play.to_the_end()
    assert {each["status"] for each in play.get("tournament")["rounds"]} == {"COMPLETED"}


def rounds(text: str, tournament: int) -> list[tuple[Any, ...]]:
    play = Live(staged(text))
    play.to_the_end(tournament)
    found = play.get("tournament", tournament=tournament)
    assert (found["format"], found["endpoint_type"]) == ("MATCH", "MATCH")
    keys = ("number", "round_id", "format", "type", "is_playoff")
    return [tuple(each[key] for key in keys) for each in found["rounds"]]


def test_rounds_of_match_play_say_how_they_are_played() -> None:
    assert rounds(FOURBALLS, 8) == [
        (1, 1_000_080_001, "MATCH", "FOUR_BALL", False),
        (2, 1_000_080_002, "MATCH", "REGULAR", False),
    ]


def test_a_playoff_is_a_round_once_it_is_drawn() -> None:
    play = Live(staged(POOLS))
    assert [each["number"] for each in play.get("tournament", tournament=9)["rounds"]] == [
        1, 2, 3, 4
    ]  # fmt: skip
    found = rounds(POOLS, 9)
    assert [each[0] for each in found] == [1, 2, 3, 301, 4]
    assert found[3] == (301, 1_000_090_301, "MATCH", "REGULAR", True)


def test_a_format_can_have_its_own_word() -> None:
    for text, number, word in [(FOURBALLS, 8, "RYDER_CUP"), (POOLS, 9, "MATCH_PLAY_4_DAYS")]:
        play = Switched(staged(text, **{"live-match-format": "own"}))
        found = play.get("tournament", tournament=number)
        assert (found["format"], found["endpoint_type"]) == (word, "MATCH")


@pytest.mark.parametrize(
    ("choice", "before", "after"),
    [
        ("null", None, "2025-03-01T22:00:00Z"),
        ("absent", "not there", "2025-03-01T22:00:00Z"),
        # Ten hours east it is eight in the morning of the second of March.
        ("midnight", "2025-03-01T14:00:00Z", "2025-03-01T14:00:00Z"),
    ],
)
def test_the_first_tee_time(choice: str, before: str | None, after: str) -> None:
    play = Switched(staged(OPEN, **{"live-start-tee-time": choice}))
    assert play.get("tournament").get("start_tee_time", "not there") == before
    play.until(log.RoundStarted)
    assert play.get("tournament")["start_tee_time"] == after


def test_an_external_id_may_be_the_pga_s_alone() -> None:
    """Quirk live-external-id; OTHER is of the European Tour."""
    quirk = {"live-external-id": "pga"}
    play = Switched(staged(OPEN, **quirk), staged(OTHER, **quirk))
    assert play.get("tournament")["tournament_external_id"] == "PGA-R2025007"
    assert "tournament_external_id" not in play.get("tournament", tournament=8)
    assert Live(staged(OTHER)).get("tournament", tournament=8)["tournament_external_id"] == (
        "ET-R2025008"
    )


def ids(play: Live, **query: str) -> list[int]:
    found = play.get("tournaments", query)
    assert found.keys() == {"tournaments"}
    return [each["tournament_id"] for each in found["tournaments"]]


def test_the_list_is_in_the_order_of_starts_and_has_what_each_has_alone() -> None:
    play = Live(staged(OTHER), staged(OPEN))
    assert ids(play) == [7, 8]
    assert play.get("tournaments")["tournaments"] == [
        play.get("tournament", tournament=no) for no in (7, 8)
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # They start on the 1st and on the 20th of March; the first one runs on the 2nd as well.
        ({"date_from": "2025-03-01", "date_to": "2025-03-20"}, [7, 8]),
        ({"date_from": "2025-03-02"}, [8]),
        ({"date_from": "2025-03-20"}, [8]),
        ({"date_from": "2025-03-21"}, []),
        ({"date_to": "2025-02-28"}, []),
        ({"date_to": "2025-03-01"}, [7]),
        ({"date_to": "2030-01-01"}, [7, 8]),
        ({"date_from": "2025-03-01", "date_to": "2025-03-01"}, [7]),
        ({"status": "NOT_STARTED"}, [8]),
        ({"status": "IN_PROGRESS"}, [7]),
        ({"status": "MAINTENANCE"}, []),
        ({"data_type": "SCHEDULED"}, [7, 8]),
        ({"data_type": "TEST"}, []),
        ({"status": "IN_PROGRESS", "date_from": "2025-03-02"}, []),
    ],
)
def test_a_query_chooses(query: dict[str, str], found: list[int]) -> None:
    play = Live(staged(OPEN), staged(OTHER))
    play.until(log.RoundStarted)
    assert ids(play, **query) == found


def test_days_are_those_of_the_start_even_where_nothing_else_is_near() -> None:
    play = Live(staged(OPEN))
    play.books[7].moment = play.books[7].tournament.planned(1) + 400 * 86_400_000
    assert ids(play) == []
    assert ids(play, date_from="2025-01-01") == [7]


def test_without_days_a_tournament_is_seen_from_its_own_day() -> None:
    """Also where something else is asked for, but by a switch (live-default-dates)."""
    day = 86_400_000
    for choice in ("no-dates", "no-parameters"):
        play = Live(staged(OPEN, **{"live-default-dates": choice}))
        start = play.books[7].tournament.planned(1)
        for moment, seen in [(0, True), (start + 30 * day, True), (start + 33 * day, False),
                             (start - 27 * day, True), (start - 30 * day, False)]:  # fmt: skip
            play.books[7].moment = moment
            assert bool(ids(play)) is seen, moment
            of_status = bool(ids(play, status="NOT_STARTED"))
            assert of_status is (seen or choice == "no-parameters")


def test_a_tournament_that_comes_near_or_goes_changes_the_list() -> None:
    """The list alone, and on that day alone."""
    play = Live(staged(OPEN))
    books = play.books[7]
    first, day = books.tournament.planned(1), 86_400_000
    changes = []
    for days in range(-40, 40):
        event = log.Event(days + 100, first + days * day, 0, 0, 1, 0, 0, 0, log.RoundClosed())
        books.phase = "NotStarted"
        told = play.take(7, event)
        if days > -40:  # the first event makes the round official, which is a change of its own
            assert told <= {"tournaments"}
            changes += [days] * bool(told)
    # From the first of February on, and until the first of April.
    assert changes == [-28, 32]


def test_data_types() -> None:
    """A simulation is a test, for there is no other word; what is disabled is in no list."""
    words = ["Scheduled", "Test", "Simulation", "Disabled"]
    every = [disabled(staged(OTHER.replace("id: 8", f"id: {no}")), word)
             for no, word in enumerate(words, 1)]  # fmt: skip
    play = Live(*every)
    assert ids(play) == [1, 2, 3]
    assert ids(play, data_type="SCHEDULED") == [1]
    assert ids(play, data_type="TEST") == [2, 3]
    assert play.get("tournament", tournament=4)["data_type"] == "DISABLED"


# ── who ────────────────────────────────────────────────────────────────────────────────────────


def test_an_entry_list_has_a_team_for_each_player() -> None:
    play = Live(staged(OPEN))
    teams = play.get("entry-list")["teams"]
    assert [each["team_id"] for each in teams] == [1_000_070_001 + no for no in range(4)]
    player = play.books[7].teams[1].team.players[0]
    assert teams[0] == {
        "team_id": 1_000_070_001,
        "sr_team_id": "sr:competitor:1000070001",
        "players": [
            {
                "player_id": 11,
                "sr_player_id": "sr:competitor:11",
                "country": "AUS",
                "display_name": "Ann Lee",
                "first_name": "Ann",
                "last_name": "Lee",
                "is_amateur": False,
                "player_pga_tour_id": player.pga_id,
            }
        ],
    }


def test_who_is_not_of_the_pga_has_no_id_there() -> None:
    (team,) = Live(staged(OTHER)).get("entry-list", tournament=8)["teams"]
    assert "player_pga_tour_id" not in team["players"][0]


def test_all_entries_are_in_the_list_to_the_end() -> None:
    play = Live(staged(OPEN))
    before = play.get("entry-list")
    for status in ("Withdrawn", "DidNotStart", "Removed"):
        assert play.say(log.TeamStatus(2, status)) <= {"stroke-play-schedule"}
    play.to_the_end()
    assert play.get("entry-list") == before
    alternate = Live(staged(OPEN.replace("{teams: 3}", "{teams: 2}, {team: 9, alternate: true}")))
    assert len(alternate.get("entry-list")["teams"]) == 4


PENDING = OPEN.replace("{teams: 3}", "{teams: 2}, {team: 9, pending: true}")


def test_a_pending_entry_is_unknown_until_it_is_verified() -> None:
    play = Live(staged(PENDING))

    def names(name: str, array: str) -> list[set[str]]:
        found = [each for each in play.get(name)[array] for each in each.get("teams", [each])]
        (team, *_) = (each for each in found if each["team_id"] % 10_000 == 9)
        keys = ("display_name", "first_name", "last_name")
        return [{each[key] for key in keys} for each in team["players"]]

    assert names("entry-list", "teams") == [{"Unknown"}]
    play.until(log.Drawn)
    assert names("stroke-play-schedule", "groups") == [{"Unknown"}]
    changes = []
    while (event := next(play._next[7])) and not isinstance(event.what, log.Verified):
        assert "entry-list" not in play.take(7, event)
    changes = play.take(7, event)
    assert changes == {"entry-list", "stroke-play-schedule"}
    assert {"Unknown"} not in names("entry-list", "teams")
    assert play.say(log.Verified(9)) == set()  # it was known


def test_an_entry_list_of_match_play_has_the_pairings_of_all_rounds() -> None:
    """Before anything is drawn: so a player is in it for each pairing."""
    play = Live(staged(FOURBALLS))
    teams = play.get("entry-list", tournament=8)["teams"]
    assert sorted(len(each["players"]) for each in teams) == [1, 1, 1, 1, 2, 2]
    everybody = [player["player_id"] for each in teams for player in each["players"]]
    assert (len(everybody), len({*everybody})) == (8, 4)
    play.to_the_end(8)
    slots = play.get("match-play-schedule", tournament=8)["matches"]
    playing = {team["team_id"] for each in slots for team in each["teams"]}
    assert playing == {each["team_id"] for each in teams}


def test_players_come_once_each_with_gender_and_birthdate() -> None:
    play = Live(staged(OPEN), staged(OTHER))
    players = play.get("players")["players"]
    numbers = [each["player_id"] for each in players]
    assert len(numbers) == 4  # the two tournaments share one
    assert numbers == sorted(set(numbers))
    many = "title: x\ntournament: {id: 7}\nfield: [{teams: 130}]\nrounds: [{holes: 1}]\n"
    assert len(Live(staged(many)).get("players")["players"]) == 130


def test_squads_have_their_players() -> None:
    play = Live(staged(CUP))
    here, there = play.get("match-play-squads")["squads"]
    assert [(key, here[key]) for key in here if key != "players"] == [
        ("squad_id", 1_000_079_001),
        ("sr_squad_id", "sr:competitor:1000079001"),
        ("name", "Here"),
    ]
    assert (there["name"], len(there["players"])) == ("There", 3)
    entered = {player["player_id"]: player for each in play.get("entry-list")["teams"]
               for player in each["players"]}  # fmt: skip
    for each in here["players"] + there["players"]:
        assert each == entered.get(each["player_id"], each)
    assert Live(staged(EVERY_KIND)).get("match-play-squads") == {"squads": []}


# ── when ───────────────────────────────────────────────────────────────────────────────────────


def test_a_group_of_a_schedule() -> None:
    play = Live(staged(OPEN))
    assert play.get("stroke-play-schedule") == {"groups": []}
    play.until(log.RoundStarted)
    groups = play.get("stroke-play-schedule")["groups"]
    (group, *_) = play.books[7].rounds[1].groups
    assert list(groups[0].items())[:-1] == [  # in the order of the page's table
        ("sr_group_id", f"sr:group_match:{group.id}"),
        ("group_number", 1),
        ("date", "2025-03-01"),
        ("round_number", 1),
        ("starting_hole_number", 1),
        ("position_in_sequence_of_groups_on_tee", 1),
        ("status", "IN_PROGRESS"),
        ("start_time", "2025-03-01T22:00:00Z"),
    ]
    entries = {each["team_id"]: each for each in play.get("entry-list")["teams"]}
    assert groups[0]["teams"] == [entries[1_000_070_000 + no] for no in group.teams]
    assert [each["position_in_sequence_of_groups_on_tee"] for each in groups[:2]] == [1, 2]
    assert groups[1]["status"] == "NOT_STARTED"
    play.to_the_end()
    groups = play.get("stroke-play-schedule")["groups"]
    assert {each["status"] for each in groups} == {"ENDED"}
    assert [each["round_number"] for each in groups] == [1, 1, 2, 2]


def test_a_group_of_which_nobody_plays_on_has_ended() -> None:
    play = Live(staged(OPEN))
    play.until(log.Drawn, round_no=2)
    drawn = log.Drawn(play.books[7].rounds[2].groups)
    assert play.say(drawn, round_no=2) == set()  # the same once more
    first, second = drawn.groups[-1].teams
    assert play.say(log.CutMade(2, (first,), "Cut")) == set()
    assert play.say(log.CutMade(2, (second,), "Cut")) == {"stroke-play-schedule"}
    *_, last = play.get("stroke-play-schedule")["groups"]
    assert (last["round_number"], last["status"]) == (2, "ENDED")


def test_a_match_of_a_schedule() -> None:
    play = Live(staged(EVERY_KIND))
    assert play.get("match-play-schedule") == {"matches": []}
    play.until(log.Drawn)
    (match,) = play.get("match-play-schedule")["matches"]
    assert list(match.items())[:2] == [
        ("match_id", 1_000_070_001),
        ("sr_match_id", "sr:match:1000070001"),
    ]
    assert [each["team_id"] for each in match["teams"]] == [1_000_070_031, 1_000_070_032]
    seen = [match["status"]]
    while play.step() is not None:
        seen.append(play.get("match-play-schedule")["matches"][0]["status"])
    assert [each for each, _ in itertools.groupby(seen)] == ["NOT_STARTED", "IN_PROGRESS", "ENDED"]


def test_a_match_may_go_on_again() -> None:
    """A hole that is sent again undoes the end of it."""
    undone = EVERY_KIND + (
        "  - {after: {match: 1}, resend: {hole: 4, side: 1, shots: [drive OFW, lose]}}\n"
    )
    play = Live(staged(undone))
    play.until(log.Drawn)
    seen = [
        play.get("match-play-schedule")["matches"][0]["status"]
        for event in play._next[7]
        if "match-play-schedule" in play.take(7, event)
    ]
    assert seen == ["IN_PROGRESS", "ENDED", "IN_PROGRESS", "ENDED"]


@pytest.mark.parametrize(
    ("choice", "team"),
    [
        ("integer", {"team_id": 1_000_070_001, "sr_team_id": "sr:competitor:1000070001"}),
        ("string", {"team_id": "1000070001", "sr_team_id": "sr:team:1000070001"}),
    ],
)
def test_teams_of_a_schedule_have_two_spellings(choice: str, team: dict[str, Any]) -> None:
    play = Switched(staged(OPEN, **{"live-schedule-team": choice}))
    play.until(log.RoundStarted)
    teams = [
        each for group in play.get("stroke-play-schedule")["groups"] for each in group["teams"]
    ]
    assert any(each | team == each for each in teams)
    assert play.get("entry-list")["teams"][0]["team_id"] == 1_000_070_001


def test_a_start_may_be_a_time_of_day() -> None:
    play = Switched(staged(OPEN, **{"live-start-time": "time"}))
    play.until(log.RoundStarted)
    first = play.get("stroke-play-schedule")["groups"][0]
    assert (first["date"], first["start_time"]) == ("2025-03-01", "22:00Z")


# ── a document says when it is another one ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "status/alternate",
        "status/did-not-start",
        "status/withdrawn-before-round",
        "status/missed-cut",
        "suspension/dusk-overnight",
        "suspension/next-round-late",
        "playoff/told-hole-by-hole",
        "hole-correction/interrupted",
        "match/correction-reopens-match",
        "match/suspended-match",
        "match/pool-playoff",
        "match/conceded-before-start",
    ],
)
def test_a_document_says_when_it_is_another_one_and_only_then(name: str) -> None:
    tournament = stage(open_scenario(name), {**DEFAULTS, "live-course-holes": "absent"})
    play = Switched(tournament)
    number = tournament.id
    feeds = {key: feed for key, feed in FEEDS.items() if is_of(feed, play_of(tournament))}

    def now() -> dict[str, bytes]:
        params = {"tournament": number}
        return {key: orjson.dumps(play.feeds[key].document(params, {})) for key in feeds}

    before = now()
    for event in tournament.log:
        told, after = play.take(number, event), now()
        assert told == {key for key in feeds if after[key] != before[key]}, event
        before = after


# ── what is refused ────────────────────────────────────────────────────────────────────────────

WORDS = "NOT_STARTED, IN_PROGRESS, INTERRUPTED, CANCELED, ENDED, CONFIRMED, MAINTENANCE, SUSPENDED"
DAY = "is no day; write YYYY-MM-DD, such as 2025-04-15"


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("tournaments", {"date_from": "2025-3-1"}, f"400 date_from='2025-3-1' {DAY}"),
        ("tournaments", {"date_to": "2025-02-30"}, f"400 date_to='2025-02-30' {DAY}"),
        ("tournaments", {"date_to": ""}, f"400 date_to='' {DAY}"),
        ("tournaments", {"date_from": "2025-03-02", "date_to": "2025-03-01"},
         "400 date_from 2025-03-02 is after date_to 2025-03-01; the earlier one is first"),
        ("tournaments", {"status": "in_progress"},
         "400 there is no status 'in_progress'; did you mean IN_PROGRESS?"),
        ("tournaments", {"status": "Official"},
         f"400 there is no status 'Official'; it can be {WORDS}"),
        ("tournaments", {"data_type": "DISABLED"},
         "400 there is no data_type 'DISABLED'; it can be SCHEDULED, TEST"),
        ("tournaments", {"dateFrom": "2025-03-01"},
         "400 there is no query parameter 'dateFrom'; did you mean date_from?"),
        ("players", {"results": "10"},
         "400 there is no query parameter 'results'; this endpoint has none"),
        *((name, {"no": "1"}, "400 there is no query parameter 'no'; this endpoint has none")
          for name in ("tournament", "entry-list", "stroke-play-schedule", "match-play-schedule",
                       "match-play-squads")),
    ],
)  # fmt: skip
def test_a_wrong_query_gets_a_sentence(name: str, query: dict[str, str], said: str) -> None:
    assert Live(staged(OPEN)).refused(name, query) == said


OF_ONE = [name for name, feed in FEEDS.items() if "{" in feed.PATH]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_tournament_that_is_not_here_is_told(name: str) -> None:
    play = Live(staged(OPEN), staged(OTHER))
    said = "404 there is no tournament 9 here; it can be 7, 8"
    assert play.refused(name, tournament=9) == said
    assert len(OF_ONE) == 5


@pytest.mark.parametrize(
    ("name", "text", "number", "said", "empty"),
    [
        ("stroke-play-schedule", FOURBALLS, 8,
         "404 tournament 8 is match play; ask for its match-play-schedule", {"groups": []}),
        ("match-play-schedule", OPEN, 7,
         "404 tournament 7 is stroke play; ask for its stroke-play-schedule", {"matches": []}),
        ("match-play-squads", OPEN, 7,
         "404 tournament 7 is stroke play; only match play has squads", {"squads": []}),
    ],
)  # fmt: skip
def test_the_paths_of_the_other_play(
    name: str, text: str, number: int, said: str, empty: dict[str, Any]
) -> None:
    play = Live(staged(text))
    play.to_the_end(number)
    assert play.refused(name, tournament=number) == said
    play = Live(staged(text, **{"live-other-play": "empty"}))
    assert play.get(name, tournament=number) == empty


# ── all documents agree, with each other, with the events and with the DDE feed ────────────────


@pytest.mark.parametrize("text", [OPEN, FOURBALLS], ids=["stroke", "match"])
def test_ids_are_the_same_in_all_documents_and_in_the_events(text: str) -> None:
    tournament = staged(text)
    broadcast = Broadcast(tournament)
    sent = [json.loads(body) for _, _, body in broadcast.play("*/events", "live")]
    play = Live(tournament)
    play.to_the_end(number := tournament.id)
    found = play.get("tournament", tournament=number)
    teams = {each["team_id"]: each for each in play.get("entry-list", tournament=number)["teams"]}
    if tournament.is_match_play:
        slots = play.get("match-play-schedule", tournament=number)["matches"]
        sport_events = {each["sr_match_id"] for each in slots}
        groups = {None}
    else:
        slots = play.get("stroke-play-schedule", tournament=number)["groups"]
        sport_events = {each["sr_round_id"] for each in found["rounds"]}
        groups = {each["sr_group_id"] for each in slots}
    for each in [team for slot in slots for team in slot["teams"]]:
        assert each == teams[each["team_id"]]
    numbers = {each["number"] for each in found["rounds"]}
    courses = {each["course_id"] for each in found["golf_courses"]}
    players = {each["player_id"] for each in play.get("players")["players"]}
    events = [each["data"] for each in sent if each["type"] == "Event.Sport.Golf"]
    assert {each["sport_event"]["id"] for each in events} == sport_events
    payloads = [each["payload"] for each in events if "payload" in each]
    assert {each.get("sr_group_id") for each in payloads} == groups
    assert {each["team_id"] for each in payloads} <= teams.keys()
    assert {each["round_number"] for each in payloads} == numbers
    assert {each["course_id"] for each in payloads} <= courses
    shown = [player["player_id"] for each in payloads for player in each.get("players", ())]
    assert {*shown} <= players
    assert {each["tournamentid"] for each in sent} == {found["tournament_id"]}


SNAKES = {"hole_no": "hole_number"}


def snake(key: str) -> str:
    found = re.sub("([A-Z])", lambda each: f"_{each[1].lower()}", key)
    return SNAKES.get(found, found)


def successor(dde: Any) -> Any:
    """The same with the keys in the successor's spelling."""
    if isinstance(dde, dict):
        return {snake(key): successor(each) for key, each in dde.items()}
    return [successor(each) for each in dde] if isinstance(dde, list) else dde


def person(dde: dict[str, Any]) -> dict[str, Any]:
    """A player of a static DDE document as the successor lists them."""
    number = dde["playerId"]
    found = {"player_id": number, "sr_player_id": f"sr:competitor:{number}"}
    keys = ("country", "displayName", "firstName", "lastName", "isAmateur")
    found |= {snake(key): dde[key] for key in keys}
    pga = dde["playerPGATourId"]
    return found | ({"player_pga_tour_id": pga} if pga else {})


class Both:
    """A tournament in two dialects."""

    def __init__(self, tournament: Tournament) -> None:
        self.dde, self.live = Play(tournament), Live(tournament)
        self.tournament, self.ids = tournament, Ids(tournament)

    def get(self, name: str) -> tuple[Any, Any]:
        """The DDE document, and one of the live dialect."""
        old, new = name.split()
        params = {"tournament": self.tournament.id}
        found = [
            self.dde.feeds[old].document(params, {}),
            self.live.feeds[new].document(params, {}),
        ]
        check(f"dde/{old}", orjson.dumps(found[0]))
        check(f"live/{new}", orjson.dumps(found[1]))
        return found[0], found[1]

    def team(self, dde: dict[str, Any]) -> dict[str, Any]:
        number = self.ids.team(dde["teamNo"])
        return {
            "team_id": number,
            "sr_team_id": f"sr:competitor:{number}",
            "players": [person(each) for each in dde["players"]],
        }

    def slot(self, dde: dict[str, Any]) -> dict[str, Any]:
        group = dde["group"]
        if "matchNo" in group:
            number = self.ids.match(group["matchNo"])
            found = {"match_id": number, "sr_match_id": f"sr:match:{number}"}
        else:
            found = {"sr_group_id": f"sr:group_match:{dde['groupId']}"}
            found |= {"group_number": group["groupNo"]}
        words = {"NotStarted": "NOT_STARTED", "InProgress": "IN_PROGRESS", "Finished": "ENDED"}
        return found | {
            "date": dde["date"],
            "round_number": dde["round"],
            "starting_hole_number": dde["hole"],
            "position_in_sequence_of_groups_on_tee": dde["teeSeq"],
            "status": words[dde["status"]],
            "start_time": f"{dde['date']}T{dde['startTime']['time'][:5]}:00Z",
            "teams": [self.team(each) for each in group["teams"]],
        }

    def compare(self) -> None:
        """All that one dialect says in both."""
        entries, teams = self.get("entrylist entry-list")
        assert [self.team(each) for each in entries] == teams["teams"]
        schedule = (
            "match-play-schedule" if self.tournament.is_match_play else "stroke-play-schedule"
        )
        old, new = self.get(f"schedule {schedule}")
        (slots,) = new.values()
        assert [self.slot(each) for each in old] == slots
        players, everybody = self.get("players players")
        for each, other in zip(players, everybody["players"][:100], strict=True):
            born = {"gender": each["gender"], "birthdate": each["dateOfBirth"]}
            assert person(each) | born == other
        if self.tournament.is_match_play:
            old, new = self.get("squads match-play-squads")
            for each, squad in zip(old, new["squads"], strict=True):
                assert squad["squad_id"] == self.ids.squad(each["squadNo"])
                assert squad["name"] == each["squadName"]
                assert squad["players"] == [person(player) for player in each["players"]]
        self.compare_tournaments()

    def compare_tournaments(self) -> None:
        old, new = self.get("tournament tournament")
        same = ("name", "startDate", "endDate", "startTeeTime", "countryCode", "utcOffset")
        assert {snake(key): old[key] for key in same} == {
            snake(key): new[snake(key)] for key in same
        }
        assert (old["id"], old["tour"], old["year"], old["externalId"]) == (
            new["tournament_id"], new["tour"]["name"], new["season"], new["tournament_external_id"],
        )  # fmt: skip
        assert [(each["roundNo"], each["format"], each["isPlayOff"]) for each in old["rounds"]] == [
            (each["number"], each["type"], each["is_playoff"]) for each in new["rounds"]
        ]
        for course, other in zip(old["golfCourses"], new["golf_courses"], strict=True):
            assert (course["courseName"], course["courseId"], course["isMain"]) == (
                other["name"], other["course_id"], other["is_main"],
            )  # fmt: skip
            assert course["externalCourseID"] == other["external_course_id"]
            details = [
                {"round_number": each["roundNo"], "holes": successor(each["holes"])}
                for each in course["courseDetails"]
            ]
            assert details == other["details"]
        (listed,) = self.get("tournaments tournaments")[1]["tournaments"]
        assert listed == new


MOMENTS = (0, 5, 60, 400, 1500)  # after so many events: every scenario of the library has the first


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_a_scenario_of_the_library_says_in_both_dialects_the_same(name: str) -> None:
    """And what it says is valid by the strict schemas."""
    (tournament,) = stage_all([name], DEFAULTS)
    both = Both(tournament)
    both.compare()
    told = 0
    for event in itertools.islice(tournament.log, MOMENTS[-1]):
        both.dde.take(tournament.id, event)
        both.live.take(tournament.id, event)
        told += 1
        if told in MOMENTS:
            both.compare()
    if tournament.log.at(told) is None:
        both.compare()


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────


def everything(settings: dict[str, str]) -> list[Any]:
    """All documents of stroke and of match play, before, during and after; and some queries."""
    chosen = {**DEFAULTS, **settings}
    texts = (
        OPEN + "  - {round: 1, suspend: 30m, at: 5m}\n",
        OTHER,
        FOURBALLS.replace(": 8", ": 6"),
    )
    tournaments = [staged(text, **chosen) for text in texts]
    play = Switched(*tournaments, quirks=Quirks(chosen))
    found: list[Any] = []

    def look() -> None:
        for name, each in itertools.product(FEEDS, tournaments):
            found.append(tried(partial(play.get, name, tournament=each.id)))
        found.append(tried(lambda: play.get("tournaments", {"status": "CONFIRMED"})))

    look()
    for stop in (log.RoundStarted, log.PlaySuspended):
        play.until(stop)
        look()
    for each in tournaments:
        play.to_the_end(each.id)
    look()
    for books in play.books.values():
        books.moment += 100 * 86_400_000
    look()
    found.append(tried(lambda: play.get("entry-list", tournament=1)))
    found.append(tried(lambda: play.get("entry-list", {"no": "1"})))
    return found


def tried(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except RequestError as error:
        return f"{error.status} {error}"


PLAIN = everything({})
NOT_HERE = {("live-round-ended", "ENDED")}  # a tournament has this word already; leaderboards not


def choices() -> Iterator[tuple[str, str]]:
    for quirk in LIVE_DOCUMENTS:
        yield from ((quirk.name, choice) for choice in quirk.choices[1:])
    yield from [("live-ids", "dde"), ("unknown-id", "400"), ("unknown-query", "ignored")]
    yield ("external-id", "suffixed")


@pytest.mark.parametrize(("quirk", "choice"), sorted({*choices()} - NOT_HERE))
def test_a_choice_changes_some_document_and_all_stay_valid(quirk: str, choice: str) -> None:
    assert everything({quirk: choice}) != PLAIN


# ── by HTTP ────────────────────────────────────────────────────────────────────────────────────


async def answer(home: House, path: str) -> tuple[int, Any]:
    status, body = await home.get(REST + path, live_token())
    return status, json.loads(body)


async def test_each_path_answers_by_http() -> None:
    stroke, match = staged(OPEN), staged(FOURBALLS)
    async with house(stroke, match) as home:
        for name, feed in FEEDS.items():
            number = 8 if getattr(feed, "PLAY", "") == "match" else 7
            status, document = await answer(
                home, feed.PATH.removeprefix(REST).format(tournament=number)
            )
            assert status == 200
            check(feed.NAME, orjson.dumps(document))
            array = {"entry-list": "teams", "stroke-play-schedule": "groups",
                     "match-play-schedule": "matches", "match-play-squads": "squads"}  # fmt: skip
            if name != "tournament":
                assert list(document) == [array.get(name, name)]
        status, document = await answer(home, "/tournaments?date_from=2025-03-01&status=CONFIRMED")
        assert (status, document) == (200, {"tournaments": []})


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/tournaments/9", 404, "there is no tournament 9 here; it can only be 7"),
        ("/tournaments/7/match-play-squads", 404,
         "tournament 7 is stroke play; only match play has squads"),
        ("/tournaments?status=Done", 400, "there is no status 'Done'; it can be"),
        ("/tournaments?status=ENDED&status=ENDED", 400, "'status' is there twice in the query"),
        ("/tournaments/7/entrylist", 404, "nothing is served at /golf/rest/v1/tournaments/7/entry"),
    ],
)  # fmt: skip
async def test_an_error_is_a_sentence_in_json(path: str, status: int, said: str) -> None:
    async with house(staged(OPEN)) as home:
        found, body = await answer(home, path)
        assert (found, body["status"]) == (status, status)
        assert body["error"].startswith(said)


async def test_nobody_is_let_in_without_a_token() -> None:
    async with house(staged(OPEN)) as home:
        for feed in FEEDS.values():
            path = feed.PATH.format(tournament=7)
            status, _ = await home.get(path, token="")
            assert status == 401, path


async def test_a_document_changes_as_play_goes_on() -> None:
    async with house(staged(OPEN)) as home:
        first = await answer(home, "/tournaments/7")
        assert first[1]["status"] == "IN_PROGRESS"
        await home.wait(3 * 86_400)
        status, body = await answer(home, "/tournaments/7")
        assert (status, body["status"]) == (200, "CONFIRMED")
        assert {each["status"] for each in body["rounds"]} == {"ENDED"}


def test_there_are_seven_documents() -> None:
    assert sorted(FEEDS) == [
        "entry-list",
        "match-play-schedule",
        "match-play-squads",
        "players",
        "stroke-play-schedule",
        "tournament",
        "tournaments",
    ]
    mine = [each for each in document_feeds() if dialect_of(each) == "live"]
    assert all(each.PATH.startswith(REST) for each in mine)
