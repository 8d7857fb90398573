"""Matches in the documents that REST alone answers, in the front page and in the descriptions."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from matchrooms import EVERY_KIND, FOURBALLS, POOLS
from mockdde import log
from mockdde.describe import asyncapi, openapi
from mockdde.feeds import document_feeds, is_of, state_feeds, stream_feeds
from mockdde.frontpage import LOOK
from mockdde.quirks._matchdetails import MATCH_DETAILS
from running import PATIENCE, TWO_TEES, environment, house, mockdde, staged
from test_documents_rest import Play

STROKES = "title: t\ntournament: {id: 7}\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\n"


def play_of(text: str, **quirks: str) -> Play:
    return Play(staged(text, **quirks))


# ── tournaments ────────────────────────────────────────────────────────────────────────────────


def rounds_of(text: str, tournament: int, **quirks: str) -> list[dict[str, Any]]:
    play = play_of(text, **quirks)
    play.to_the_end(tournament)
    rounds: list[dict[str, Any]] = play.get("tournament", tournament=tournament)["rounds"]
    return rounds


def test_rounds_of_pools_and_of_a_knock_out() -> None:
    """Round 301 is there once it is drawn, between the pools and who plays on."""
    pool = {
        "roundType": "RoundRobin",
        "format": "REGULAR",
        "isPlayOff": False,
        "scoring": "HoleWonPoint_TieHalved",
        "advancementRule": "WON_1_POINTS_DRAW_HALF_POINT",
    }
    knocked_out = pool | {"roundType": "MatchPlay", "advancementRule": "KNOCK_OUT"}
    assert rounds_of(POOLS, 9) == [
        {"roundNo": 1} | pool,
        {"roundNo": 2} | pool,
        {"roundNo": 3} | pool,
        {"roundNo": 301} | knocked_out | {"isPlayOff": True},
        {"roundNo": 4} | knocked_out,
    ]
    play = play_of(POOLS)
    before = play.get("tournament", tournament=9)["rounds"]
    assert [each["roundNo"] for each in before] == [1, 2, 3, 4]
    play.until(log.Drawn, tournament=9, round_no=301)
    drawn = play.get("tournament", tournament=9)["rounds"]
    assert [each["roundNo"] for each in drawn] == [1, 2, 3, 301, 4]


def test_rounds_of_squads_have_the_format_of_their_matches() -> None:
    assert rounds_of(FOURBALLS, 8) == [
        {
            "roundNo": 1,
            "roundType": "MatchPlay",
            "format": "FOUR_BALL",
            "isPlayOff": False,
            "scoring": "HoleWonPoint_TieHalved",
            "advancementRule": "ALL_QUALIFY",
        },
        {
            "roundNo": 2,
            "roundType": "MatchPlay",
            "format": "REGULAR",
            "isPlayOff": False,
            "scoring": "HoleWonPoint_TieHalved",
            "advancementRule": "FINAL",  # nobody plays on
        },
    ]
    foursomes = FOURBALLS.replace("FOUR_BALL", "FOURSOMES").split("course:\n  -")[0]
    assert rounds_of(foursomes, 8)[0]["format"] == "FOURSOMES"


@pytest.mark.parametrize(
    ("text", "choice", "word"),
    [
        (FOURBALLS, "own", "RyderCup"),
        (FOURBALLS, "Match", "Match"),
        (POOLS, "own", "MatchPlay4Days"),
        (EVERY_KIND, "own", "Match"),
        (STROKES, "Match", "StrokePlay"),
    ],
)
def test_a_tournament_has_its_own_word_or_the_one_that_streams_go_by(
    text: str, choice: str, word: str
) -> None:
    tournament = staged(text, **{"match-format": choice})
    play = Play(tournament)
    assert play.get("tournament", tournament=tournament.id)["format"] == word
    play.until(log.Drawn, tournament=tournament.id)
    listed = play.get("tournaments")
    assert [each["format"] for each in listed] == [word]


def test_the_words_of_rounds_are_contested() -> None:
    """Quirks pool-round-type, round-scoring and last-match-round."""
    rounds = rounds_of(POOLS, 9, **{"pool-round-type": "MatchPlay"})
    assert {each["roundType"] for each in rounds} == {"MatchPlay"}
    rounds = rounds_of(POOLS, 9, **{"round-scoring": "HoleWonPoint_TieZero"})
    assert {each["scoring"] for each in rounds} == {"HoleWonPoint_TieZero"}
    rules = [each["advancementRule"]
             for each in rounds_of(POOLS, 9, **{"last-match-round": "FINAL"})]  # fmt: skip
    assert rules[-2:] == ["KNOCK_OUT", "FINAL"]


def test_a_course_has_the_holes_of_the_play_off_matches_too() -> None:
    play = play_of(POOLS)
    play.to_the_end(9)
    (course,) = play.get("tournament", tournament=9)["golfCourses"]
    assert [each["roundNo"] for each in course["courseDetails"]] == [1, 2, 3, 301, 4]


# ── entry lists and players ────────────────────────────────────────────────────────────────────


def test_everybody_enters_alone_and_in_each_pair_and_is_one_player() -> None:
    play = play_of(FOURBALLS)
    teams = [[each["playerId"] for each in team["players"]]
             for team in play.get("entrylist", tournament=8)]  # fmt: skip
    alone = [team for team in teams if len(team) == 1]
    pairs = [team for team in teams if len(team) == 2]
    assert (len(alone), len(pairs)) == (4, 2)
    assert sorted(no for team in pairs for no in team) == sorted(no for (no,) in alone)
    players = play.get("players", tournament=8)
    assert [each["playerId"] for each in players] == sorted(no for (no,) in alone)


def test_whoever_starts_a_match_plays_and_partners_not_yet() -> None:
    play = play_of(FOURBALLS)
    play.until(log.RoundStarted, tournament=8)
    status = {team["teamNo"]: team["players"][0]["status"]
              for team in play.get("entrylist", tournament=8)}  # fmt: skip
    pairs = [no for no, team in play.books[8].teams.items() if len(team.team.players) == 2]
    assert {no for no, word in status.items() if word == "Playing"} == set(pairs)


def test_the_entry_list_is_another_one_when_a_match_starts() -> None:
    tournament = staged(EVERY_KIND)
    play = Play(tournament)
    changed = [type(event.what) for event in tournament.log if "entrylist" in play.take(7, event)]
    assert changed == [log.RoundStarted]


# ── schedules ──────────────────────────────────────────────────────────────────────────────────


def test_a_match_of_a_schedule() -> None:
    play = play_of(POOLS)
    play.until(log.Drawn, tournament=9)
    slot = play.get("schedule", tournament=9)[0]
    assert slot["matchType"] == "Matchplay"
    assert slot["poolNo"] == 1
    group = slot["group"]
    assert (group["groupNo"], group["matchNo"]) == (1, 1)
    assert [(each["teamNo"], each["orderOfPlayWithinGroup"]) for each in group["teams"]] == [
        (1, 0),
        (8, 1),
    ]
    play.to_the_end(9)
    slots = play.get("schedule", tournament=9)
    numbers = [each["group"]["matchNo"] for each in slots]
    assert numbers == [*range(1, 13), *range(14, 20), 13]
    assert [each["group"]["groupNo"] for each in slots] == numbers
    assert [each["round"] for each in slots] == [1] * 4 + [2] * 4 + [3] * 4 + [301] * 6 + [4]
    assert "poolNo" not in slots[-1]
    assert {each["poolNo"] for each in slots[:-1]} == {1, 2}


def test_pairs_are_in_the_schedule_with_both_players() -> None:
    play = play_of(FOURBALLS)
    play.to_the_end(8)
    sizes = [[len(team["players"]) for team in each["group"]["teams"]]
             for each in play.get("schedule", tournament=8)]  # fmt: skip
    assert sizes == [[2, 2], [1, 1], [1, 1]]


def test_the_status_of_a_match_follows_its_book() -> None:
    """Also back from Finished, where a hole that is sent again undoes the end of it."""
    undone = EVERY_KIND + (
        "  - {after: {match: 1}, resend: {hole: 4, side: 1, shots: [drive OFW, lose]}}\n"
    )
    play = play_of(undone)
    seen = []
    play.until(log.Drawn)
    while True:
        (slot,) = play.get("schedule")
        if slot["status"] not in seen[-1:]:
            seen.append(slot["status"])
        if play.step() is None:
            break
    assert seen == ["NotStarted", "InProgress", "Finished", "InProgress", "Finished"]


def test_the_schedule_says_when_it_is_another_one() -> None:
    """Whenever a document rendered anew is."""
    tournament = staged(EVERY_KIND)
    play = Play(tournament)
    before: Any = []
    for event in tournament.log:
        told = "schedule" in play.take(7, event)
        now = play.get("schedule")
        assert told or now == before
        before = now


def test_the_key_of_a_match_in_a_schedule_has_two_spellings() -> None:
    """Quirk schedule-match-key."""
    play = play_of(EVERY_KIND, **{"schedule-match-key": "MatchNo"})
    play.to_the_end()
    (slot,) = play.get("schedule")
    assert "matchNo" not in slot["group"]
    assert slot["group"]["MatchNo"] == 1


def test_stroke_play_has_no_matches_in_its_lists() -> None:
    play = Play(staged(TWO_TEES))
    play.until(log.RoundStarted)
    for slot in play.get("schedule"):
        assert slot["matchType"] == "Strokeplay"
        assert {"poolNo", "matchNo"}.isdisjoint(slot.keys() | slot["group"].keys())
    for live in play.get("liveevents"):
        assert "matchNo" not in live.keys() | live["group"].keys()


# ── liveevents ─────────────────────────────────────────────────────────────────────────────────


def test_a_match_is_live_from_its_start_until_it_is_official() -> None:
    tournament = staged(EVERY_KIND)
    play = Play(tournament)
    seen = []
    for event in tournament.log:
        told = "liveevents" in play.take(7, event)
        now = play.get("liveevents")
        if told:
            seen.append((type(event.what), len(now)))
    assert seen == [(log.RoundStarted, 1), (log.RoundOfficial, 0)]


def test_a_live_match_has_both_teams_in_one_element() -> None:
    play = play_of(FOURBALLS)
    play.until(log.RoundStarted, tournament=8)
    (live,) = play.get("liveevents")
    assert (live["tournamentId"], live["roundNo"], live["matchNo"]) == (8, 1, 1)
    assert (live["group"]["groupNo"], live["group"]["matchNo"]) == (1, 1)
    assert [len(team["players"]) for team in live["group"]["teams"]] == [2, 2]
    assert [team["orderOfPlayWithinGroup"] for team in live["group"]["teams"]] == [0, 1]
    assert {each["status"] for team in live["group"]["teams"] for each in team["players"]} == {
        "Playing"
    }


def test_matches_of_one_round_come_and_go_one_by_one() -> None:
    """A team that plays off again is live in the match it plays, not in the one that is over."""
    tournament = staged(POOLS)
    play = Play(tournament)
    alive: set[int] = set()
    for event in tournament.log:
        play.take(9, event)
        if isinstance(event.what, log.RoundStarted):
            alive.add(event.match)
        elif isinstance(event.what, log.RoundOfficial):
            alive.remove(event.match)
        else:
            continue
        assert {each["matchNo"] for each in play.get("liveevents")} == alive
    assert alive == set()


@pytest.mark.parametrize(
    ("choice", "where"),
    [("both", (True, True)), ("top", (True, False)), ("group", (False, True))],
)
def test_where_a_live_match_has_its_number(choice: str, where: tuple[bool, bool]) -> None:
    """Quirk live-match-no."""
    play = play_of(EVERY_KIND, **{"live-match-no": choice})
    play.until(log.RoundStarted)
    (live,) = play.get("liveevents")
    assert ("matchNo" in live, "matchNo" in live["group"]) == where


def test_a_match_may_leave_with_round_finished() -> None:
    """Quirk live-until, as in stroke play."""
    play = play_of(EVERY_KIND, **{"live-until": "RoundFinished"})
    play.until(log.RoundFinished)
    assert play.get("liveevents") == []


# ── what match play has not ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", ["404", "204"])
def test_official_shots_are_of_stroke_play(status: str) -> None:
    play = play_of(EVERY_KIND, **{"unknown-id": status})
    play.to_the_end()
    said = play.refused("officialshots", round=1, team=31)
    assert said == f"{status} tournament 7 is match play; official shots are of stroke play"


def test_every_quirk_of_the_lists_is_tried_here() -> None:
    """Of the packets' they are in test_matchdetails."""
    assert {quirk.name for quirk in MATCH_DETAILS[7:]} == {
        *("match-format", "pool-round-type", "round-scoring", "last-match-round"),
        *("schedule-match-key", "live-match-no"),
    }


# ── the front page, the descriptions and the commands ──────────────────────────────────────────


async def test_the_page_lists_the_streams_of_the_play() -> None:
    async with house(staged(EVERY_KIND), staged(STROKES.replace("id: 7", "id: 5"))) as home:
        _, body = await home.get("/", token="", Accept="application/json")
        for tournament in json.loads(body)["tournaments"]:
            play = {7: "match", 5: "stroke"}[tournament["tournament"]]
            assert tournament["play"] == play
            feeds = [*document_feeds(), *state_feeds(), *stream_feeds()]
            mine = [each.NAME for each in feeds if "{" in each.PATH and is_of(each, play)]
            assert [each["name"] for each in tournament["feeds"]] == mine
        _, body = await home.get("/?tournament=7", token="", Accept="application/json")
        (tournament,) = json.loads(body)["tournaments"]
        by_name = {each["name"]: each["paths"] for each in tournament["feeds"]}
        assert by_name["dde/matchdetails"] == ["/golf/tournaments/7/matchdetails/1"]
        assert "dde/events" not in by_name
        status, body = await home.get(LOOK + "/golf/tournaments/7/matchdetails/1", token="")
        assert (status, json.loads(body)[0]["state"]) == (200, "RoundStarted")


async def test_matches_are_on_the_page_whatever_their_key_is() -> None:
    """Quirk schedule-match-key: the page reads a schedule too."""
    async with house(staged(EVERY_KIND, **{"schedule-match-key": "MatchNo"})) as home:
        _, body = await home.get("/", token="", Accept="application/json")
        (tournament,) = json.loads(body)["tournaments"]
        (details,) = [each for each in tournament["feeds"] if each["name"] == "dde/matchdetails"]
        assert details["count"] == 1


def test_streams_are_described_with_their_play() -> None:
    document = asyncapi("x:1")
    channel = document["channels"]["matchdetails"]
    assert channel["address"] == "/golf/tournaments/{tournament}/matchdetails/{match}"
    assert channel["parameters"].keys() == {"tournament", "match"}
    assert channel["description"].endswith("In match play only.")
    assert document["channels"]["events"]["description"].endswith("In stroke play only.")


def test_examples_are_those_of_a_tournament_that_has_the_path() -> None:
    examples = {"stroke": {"tournament": 5, "round": 1, "team": 2},
                "match": {"tournament": 7, "round": 1, "team": 31, "match": 1}}  # fmt: skip
    paths = openapi("http://x:1", examples)["paths"]

    def shown(path: str) -> dict[str, int]:
        return {each["name"]: each["example"] for each in paths[path]["get"]["parameters"]
                if "example" in each}  # fmt: skip

    match_path = "/golf/tournaments/{tournament}/matchdetails/{match}"
    assert shown(match_path) == {"tournament": 7, "match": 1}
    assert shown("/golf/tournaments/{tournament}/leaderboard") == {"tournament": 5}
    assert shown("/golf/tournaments/{tournament}/schedule") == {"tournament": 5}
    only = {"match": examples["match"]}
    paths = openapi("http://x:1", only)["paths"]
    assert shown("/golf/tournaments/{tournament}/leaderboard") == {}
    assert shown("/golf/tournaments/{tournament}/schedule") == {"tournament": 7}


async def test_the_described_examples_are_of_what_is_over() -> None:
    over = EVERY_KIND.replace("id: 7", "id: 5") + "play: {at: 9d}\n"
    async with house(staged(over), staged(STROKES + "play: {at: 9d}\n")) as home:
        _, body = await home.get("/_mockdde/openapi.json", token="")
        paths = json.loads(body)["paths"]
        for path, wanted in (
            ("/golf/tournaments/{tournament}/matchdetails/{match}", [5, 1]),
            ("/golf/tournaments/{tournament}/round/{round}/team/{team}", [7, 1, 1]),
        ):
            found = [each.get("example") for each in paths[path]["get"]["parameters"]]
            assert found[: len(wanted)] == wanted


def test_play_prints_the_packets_of_matches(tmp_path: Path) -> None:
    """Without --on; and the validator knows them."""
    file, sent = tmp_path / "small.yaml", tmp_path / "sent.jsonl"
    file.write_text(EVERY_KIND, encoding="utf-8")
    done = mockdde("play", str(file))
    assert done.returncode == 0, done.stderr
    streams = {json.loads(line)["stream"] for line in done.stdout.splitlines()}
    assert streams == {"/golf/tournaments/7/matchdetails/1"}
    sent.write_bytes(done.stdout)
    checked = mockdde("validate", "--strict", "--schema", "dde/matchdetails", str(sent))
    assert checked.returncode == 0, checked.stderr


def test_serve_names_the_stream_of_a_match(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(EVERY_KIND, encoding="utf-8")
    words = [sys.executable, "-m", "mockdde", "serve", "--port", "0", str(file)]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(6)]
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert said[-1] == "Ctrl-C stops it.\n"
    assert "/golf/tournaments/7/matchdetails/1, first message" in said[-3]
    assert (
        "/golf/stream/v1/tournaments/7/match/1/events, header $(mockdde token --header)" in said[-2]
    )
    assert said[-2].endswith(', first message {"type": "Client.Init"}\n')
