"""The shipped scenarios of match play: each shows, in its packets, what it says it shows."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from mockdde import log
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.scenario import load_text, open_scenario, shipped
from mockdde.world import Tournament
from running import as_shipped

NAMES = [name for name, _ in shipped() if name.startswith("match/")]
# How each match of a scenario ends: the finalMatchScore of the side that has won it, by number.
ENDS = {
    "halved-match": {1: "T"},
    "decided-early": {1: "4 & 3"},
    "dormie": {1: "T"},
    "extra-holes": {1: "20 HOLES"},
    "conceded-before-start": {1: "C"},
    "conceded-match": {1: "C"},
    "conceded-when-behind": {1: "3 & 3"},
    "pool-playoff": {1: "2 & 1", 2: "1up", 3: "2up", 4: "2 & 1", 5: "T", 7: "2 HOLES"},
    "correction-reopens-match": {1: "1up"},
    "correction-changes-winner": {1: "1up"},
    "ryder-cup-friday": {1: "3 & 2", 2: "1up", 3: "T", 4: "2 & 1"},
    "ryder-cup-sunday-decider": {17: "2 & 1", 28: "T"},
}


@cache
def told(name: str) -> Tournament:
    return as_shipped(f"match/{name}")


@cache
def streams(name: str) -> dict[str, list[dict[str, Any]]]:
    """The packets of each stream, by its path below the tournament."""
    broadcast = Broadcast(told(name))
    found: dict[str, list[dict[str, Any]]] = {}
    for _, path, payload in broadcast.play("*"):
        found.setdefault(broadcast.name(path), []).append(json.loads(payload))
    return found


@cache
def books(name: str) -> Books:
    """The books of the whole of it."""
    made = Books(told(name))
    for event in told(name).log:
        made.apply(event)
    return made


def details(name: str, match: int = 1) -> list[dict[str, Any]]:
    return streams(name)[f"matchdetails/{match}"]


def states(name: str, state: str, match: int = 1) -> list[dict[str, Any]]:
    return [each for each in details(name, match) if each.get("state") == state]


def kinds(packets: list[dict[str, Any]], hole: int) -> list[str]:
    return [each["eventElementType"] for each in packets if each.get("holeNo") == hole]


def hole_scores(name: str, side: int) -> list[dict[str, Any]]:
    document = streams(name)["matchscore/1"][-1]
    scores: list[dict[str, Any]] = document["teamScores"][side - 1]["holeScores"]
    return scores


def leads(name: str) -> list[str]:
    """The first side's current score in each leaderboard, less the repeated ones."""
    boards = streams(name)["matchplayleaderboard"]
    said = [board["matches"][0]["teams"][0]["currentMatchScore"] for board in boards]
    return [each for at, each in enumerate(said) if not at or said[at - 1] != each]


@pytest.mark.parametrize("name", NAMES)
def test_it_has_the_right_shape_and_explains_itself(name: str) -> None:
    text = dict(shipped())[name].read_text(encoding="utf-8")
    scenario = load_text(text, f"{name}.yaml")
    assert scenario == open_scenario(name)
    assert 10 < len(scenario.title) < 100
    assert not scenario.title.endswith(".")
    assert len(scenario.about) > 80
    assert scenario.about.endswith(".")
    assert "client" in scenario.about.casefold()


@pytest.mark.parametrize("name", ENDS)
def test_matches_end_as_they_are_told(name: str) -> None:
    matches = books(name).matches.all
    for number, ends in ENDS[name].items():
        match = matches[number]
        winner = 0 if match.result == 1 else 1
        assert match.final_score(winner) == ends
        assert (match.winner is None) == (ends == "T")


@pytest.mark.parametrize("name", NAMES)
def test_every_match_is_played_to_its_end(name: str) -> None:
    tournament = books(name.removeprefix("match/"))
    assert all(match.official and match.complete for match in tournament.matches.all.values())


def test_a_halved_match_has_no_winner_and_half_a_point_for_both() -> None:
    board = streams("halved-match")["matchplayleaderboard"][-1]
    (match,) = board["matches"]
    assert not any(team["matchWinner"] for team in match["teams"])
    assert match["matchStatus"] == "MatchComplete"
    assert [each["score"] for each in board["TournamentScores"].values()] == [0.5, 0.5]


def test_a_match_that_is_decided_early_has_nothing_of_the_last_holes() -> None:
    assert max(each["holeOrder"] for each in details("decided-early")) == 15
    assert [each["holeFinished"] for each in hole_scores("decided-early", 1)].count(False) == 3


def test_two_up_with_two_to_play_is_no_end() -> None:
    assert leads("dormie")[-3:] == ["2up", "1up", "T"]


def test_extra_holes_have_orders_of_their_own() -> None:
    orders = {(each["holeOrder"], each["holeNo"]) for each in states("extra-holes", "HoleFinished")}
    assert {(1, 1), (2, 2), (19, 1), (20, 2)} <= orders
    assert [each["playOffSequence"] for each in hole_scores("extra-holes", 1)][-2:] == [1, 2]


def test_a_conceded_hole_is_won_without_a_score() -> None:
    reasons = [each["finishReason"] for each in states("conceded-hole", "HoleFinished")]
    assert {"HoleWon", "HoleConceded"} <= set(reasons)
    assert "BallHoled" not in kinds(details("conceded-hole"), 17)
    assert [hole_scores("conceded-hole", side)[1]["strokes"] for side in (1, 2)] == ["-", "c"]


def test_who_concedes_has_lost_though_ahead() -> None:
    (match,) = streams("conceded-match")["matchplayleaderboard"][-1]["matches"]
    assert match["teams"][0]["currentMatchScore"].endswith("up")
    assert [team["matchWinner"] for team in match["teams"]] == [False, True]


def test_a_match_conceded_on_the_tee_has_no_stroke() -> None:
    said = Counter(each["eventElementType"] for each in details("conceded-before-start"))
    assert said == {"RoundStatusUpdate": 6}


def test_a_gimme_counts_and_is_holed() -> None:
    packets = [each for each in details("gimme") if each["holeOrder"] == 1]
    holed = [each for each in packets if each["eventElementType"] == "BallHoled"]
    assert [each["score"]["currentHoleStrokes"] for each in holed] == [3, 4]
    addressed = [each for each in packets if each["eventElementType"] == "AddressingBall"]
    assert len(addressed) == 5  # two of the seven strokes nobody played


def test_the_loss_of_a_hole_is_no_penalty() -> None:
    reasons = [each["finishReason"] for each in states("loss-of-hole", "HoleFinished")]
    assert reasons[2:4] == ["LossOfHole", "HoleWon"]
    assert "Penalty" not in kinds(details("loss-of-hole"), 17)


def test_in_foursomes_the_player_changes_with_each_stroke() -> None:
    strokes = [
        each
        for each in details("foursomes")
        if each["eventElementType"] == "HitBall" and each["holeNo"] in (16, 17)
    ]
    side = states("foursomes", "RoundStarted")[0]["teamNo"]
    ids = [each.id for each in told("foursomes").teams[side].players]
    who = {
        hole: [
            each["playerId"]
            for each in strokes
            if each["holeNo"] == hole and each["playerId"] in ids
        ]
        for hole in (16, 17)
    }
    assert who[16] == [ids[0], ids[1]] * 2
    assert who[17][0] == ids[1]


def test_the_better_of_four_balls_counts() -> None:
    first, second = (hole_scores("fourballs-better-ball", side)[0] for side in (1, 2))
    assert [each["strokes"] for each in first["playerScores"]] == [5, 4]
    assert [each["strokes"] for each in second["playerScores"]] == [4, 6]
    assert (first["strokes"], second["strokes"]) == ("4", "4")
    assert first["cumulativeHolesAdvantage"] == "T"


def test_a_ball_that_is_picked_up_has_strokes_and_is_not_holed() -> None:
    hole = hole_scores("fourballs-partner-picks-up", 1)[0]
    balls = [(each["strokes"], each["isBallHoled"]) for each in hole["playerScores"]]
    assert balls == [(2, False), (3, True)]
    assert (hole["strokes"], hole["cumulativeHolesAdvantage"]) == ("3", "1up")


def test_a_tie_of_a_pool_is_played_off_without_points() -> None:
    match = books("pool-playoff").matches.all[7]
    assert (match.round, match.no, match.winner) == (301, 7, 2)
    board = streams("pool-playoff")["matchplayleaderboard"][-1]
    points = {
        team["teamNo"]: team["totalPoolPoints"]
        for each in board["matches"]
        for team in each["teams"]
        if "totalPoolPoints" in team
    }
    assert (points[1], points[2]) == (2.5, 2.5)


def test_a_tournament_is_not_complete_while_a_tie_of_a_pool_is_to_be_played_off() -> None:
    boards = streams("pool-playoff")["matchplayleaderboard"]
    said = [(each["currentRound"], each["tournamentStatus"]) for each in boards]
    assert list(dict.fromkeys(said)) == [
        (1, "NotStarted"),
        *((no, "InProgress") for no in (1, 2, 3, 301)),
        (301, "PlayComplete"),
        (301, "Official"),
    ]


def test_a_correction_reopens_a_match_that_is_over() -> None:
    assert len(states("correction-reopens-match", "RoundFinished")) == 2
    assert leads("correction-reopens-match") == ["T", "1up", "2up", "1up"]


def test_a_correction_sends_the_other_one_to_the_final() -> None:
    first, _, final = books("correction-changes-winner").matches.all.values()
    assert "1up" in leads("correction-changes-winner")
    assert first.winner == first.teams[1]
    assert first.teams[1] in final.teams
    assert first.teams[0] not in final.teams


def test_a_hole_that_is_sent_again_is_both_sides() -> None:
    packets = details("hole-correction-in-a-match")
    began, ended = (at for at, each in enumerate(packets) if "mode" in each)
    again = [each for each in packets[began:ended] if each.get("finishReason")]
    assert {each["teamNo"] for each in again} == {1, 2}
    assert leads("hole-correction-in-a-match")[:3] == ["T", "1up", "T"]


def test_a_changed_score_turns_the_lead() -> None:
    assert leads("hole-score-in-a-match")[:3] == ["T", "1up", "1dn"]


def test_a_suspension_comes_once_a_match() -> None:
    for match in (1, 2):
        said = [event for event in told("suspended-match").log if event.match == match]
        stops = [event for event in said if isinstance(event.what, log.Suspension)]
        assert [event.what.resumed for event in stops] == [False, True]
    assert {
        event.order
        for event in told("suspended-match").log
        if isinstance(event.what, log.Suspension)
    } == {1, 2}


def test_both_sides_are_away_together() -> None:
    said = [event for event in told("disconnected-match").log if event.match]
    came = Counter(event.due for event in said)
    together, many = came.most_common(1)[0]
    late = [event for event in said if event.due == together]
    assert many > 10
    assert {event.team for event in late} == {1, 2}
    assert all(event.at <= event.due for event in late)


def test_women_and_men_are_in_one_pair() -> None:
    teams = told("mixed-team").teams.values()
    pairs = [team for team in teams if len(team.players) == 2]
    assert len(pairs) == 8
    assert all({each.gender for each in team.players} == {"female", "male"} for team in pairs)
    assert sum(len(team.players) == 1 for team in teams) == 8


def test_at_midday_of_friday_the_foursomes_are_over_and_the_fourballs_are_drawn() -> None:
    tournament = told("ryder-cup-friday")
    now = tournament.planned(1) + tournament.scenario.play_at
    made = Books(tournament)
    for event in tournament.log:
        if event.due > now:
            break
        made.apply(event)
    matches = made.matches.all
    assert all(matches[no].official for no in range(1, 5))
    assert all(not matches[no].started for no in range(5, 9))


def test_the_last_match_of_sunday_decides_the_cup() -> None:
    tournament = told("ryder-cup-sunday-decider")
    now = tournament.planned(1) + tournament.scenario.play_at
    made = Books(tournament)
    for event in tournament.log:
        if event.due > now:
            break
        made.apply(event)
    playing = [no for no, match in made.matches.all.items() if not match.complete]
    assert playing == [28]
    assert made.matches.all[28].played == 17


@pytest.mark.parametrize(
    ("name", "rounds"),
    [
        ("ryder-cup-whole", [4, 4, 4, 4, 12]),
        ("presidents-cup-whole", [5, 5, 4, 4, 12]),
        ("knockout-64", [32, 16, 8, 4, 2, 1]),
    ],
)
def test_a_whole_tournament_has_all_its_matches(name: str, rounds: list[int]) -> None:
    matches = books(name).matches.all
    assert list(matches) == list(range(1, sum(rounds) + 1))
    assert list(Counter(match.round for match in matches.values()).values()) == rounds
