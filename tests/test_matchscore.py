"""The score of a match: hand-made matches first, then told ones."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from matches import KNOCK_OUT, POOLS, SQUADS, MatchLedger, score_of
from mockdde import log
from mockdde.scenario import load_text
from mockdde.world import stage
from quickly import explain, quick

PATH = "/golf/tournaments/7/matchscore/{}"
YARDS = 400


def drawn(text: str = KNOCK_OUT, **quirks: str) -> MatchLedger:
    """Match 1 of a knock-out, over three holes, on its first tee."""
    ledger = MatchLedger(text, **quirks)
    ledger.draw(1, (1, 1, 4))
    ledger.start(1)
    return ledger


def fourballs(**quirks: str) -> MatchLedger:
    """Match 1 of squads: teams 5 and 6 are pairs with a ball each."""
    ledger = MatchLedger(SQUADS, **quirks)
    ledger.draw(1, (1, 5, 6))
    ledger.start(1)
    return ledger


def column(ledger: MatchLedger, key: str, side: int = 1, match: int = 1) -> list:
    """One key of all holes of a side; None where it is not there."""
    return [hole.get(key) for hole in score_of(ledger.score(match), side)]


# ── the document ───────────────────────────────────────────────────────────────────────────────


def test_a_match_after_two_of_three_holes():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    ledger.hole(1, "LossOfHole", 5)
    player, other = (ledger.tournament.teams[no].players[0] for no in (1, 4))
    unplayed = {
        "yardage": YARDS,
        "par": 4,
        "holeFinished": False,
        "holeNo": 3,
        "playOffSequence": 0,
    }

    def hole(no, total, score, by, advantage, strokes):
        return {
            "cumulativeScoreToPar": total,
            "yardage": YARDS,
            "par": 4,
            "holeFinished": True,
            **({} if score is None else {"scoreToPar": score}),
            "holeFinishedBy": by,
            "cumulativeHolesAdvantage": advantage,
            "strokes": strokes,
            "holeNo": no,
            "playOffSequence": 0,
        }

    def side(person, to_par, strokes, holes, team):
        return {
            "matchTotalToPar": to_par,
            "players": [
                {
                    "displayName": person.display_name,
                    "country": person.country,
                    "isAmateur": False,
                    "lastName": person.last_name,
                    "firstName": person.first_name,
                    "id": person.id,
                    "gender": "male",
                }
            ],
            "matchStrokes": strokes,
            "holeScores": [*holes, unplayed],
            "teamNo": team,
        }

    first = [hole(1, -1, -1, "BallHoled", "1up", "3"), hole(2, -1, None, "LossOfHole", "T", "-")]
    second = [hole(1, 0, 0, "BallHoled", "1dn", "4"), hole(2, 1, 1, "BallHoled", "T", "5")]
    expected = {
        "tournamentId": 7,
        "timestamp": "2025-02-20T07:00:00.000Z",
        "teamScores": [side(player, -1, 3, first, 1), side(other, 1, 9, second, 4)],
        "isOfficial": False,
        "seqNum": 5,
        "scoringType": "strokes",
        "winningTeamNo": None,
        "matchId": 1,
    }
    assert json.dumps(ledger.score()) == json.dumps(expected)  # the order of the keys as well


def test_before_its_draw_a_match_has_no_teams():
    ledger = MatchLedger()
    assert ledger.score(3)["teamScores"] == []
    assert ledger.score(3)["matchId"] == 3
    ledger.draw(1, (1, 1, 4))
    assert ledger.changed == ["/golf/tournaments/7/matchplayleaderboard", PATH.format(1)]
    assert [each["teamNo"] for each in ledger.score()["teamScores"]] == [1, 4]
    assert column(ledger, "holeFinished") == [False] * 3
    assert [each["matchStrokes"] for each in ledger.score()["teamScores"]] == [0, 0]


def test_a_match_that_is_drawn_again_has_its_new_teams():
    ledger = MatchLedger()
    ledger.draw(1, (1, 1, 4))
    (group,) = ledger.books_groups(1)
    ledger.say(log.Drawn((replace(group, teams=(4, 2)),)), round_no=1)
    assert ledger.changed == ["/golf/tournaments/7/matchplayleaderboard", PATH.format(1)]
    assert [each["teamNo"] for each in ledger.score()["teamScores"]] == [4, 2]


def test_there_is_a_stream_of_every_match_that_may_ever_be():
    ledger = MatchLedger(POOLS)
    feed = ledger.feeds["dde/matchscore"]
    assert list(feed.streams()) == [PATH.format(no) for no in ledger.tournament.match_numbers]
    last = ledger.tournament.match_numbers[-1]
    assert feed.unknown({"tournament": 7, "match": last}) is None
    said = f"tournament 7 has no match {last + 1}; its matches are 1 to {last}"
    assert feed.unknown({"tournament": 7, "match": last + 1}) == said


def test_when_all_is_over_there_are_the_matches_that_were_played():
    ledger = MatchLedger()
    ledger.draw(1, (1, 1, 4))
    ledger.draw(2, (4, 1, 4))
    feed = ledger.feeds["dde/matchscore"]
    assert feed.unknown({"tournament": 7, "match": 3}) is None
    ledger.say(log.TournamentClosed())
    said = "tournament 7 has no match 3; its matches are 1, 4"
    assert feed.unknown({"tournament": 7, "match": 3}) == said
    assert feed.unknown({"tournament": 7, "match": 4}) is None


# ── strokes ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "second", "strokes", "scores", "advantages"),
    [
        (4, 4, ["4", "4"], [0, 0], ["T", "T"]),
        (3, 4, ["3", "4"], [-1, 0], ["1up", "1dn"]),
        (11, 4, ["11", "4"], [7, 0], ["1dn", "1up"]),
        ("HoleConceded", 4, ["c", "4"], [None, 0], ["1dn", "1up"]),
        ("HoleConceded", "HoleWon", ["c", "-"], [None, None], ["1dn", "1up"]),
        ("HoleWon", "LossOfHole", ["-", "-"], [None, None], ["1up", "1dn"]),
        (5, "LossOfHole", ["5", "-"], [1, None], ["1up", "1dn"]),
    ],
)
def test_the_strokes_of_a_hole(first, second, strokes, scores, advantages):
    ledger = drawn()
    ledger.hole(1, first, second)
    holes = [score_of(ledger.score(), side)[0] for side in (1, 2)]
    assert [hole["strokes"] for hole in holes] == strokes
    assert [hole.get("scoreToPar") for hole in holes] == scores
    assert [hole["cumulativeHolesAdvantage"] for hole in holes] == advantages
    assert [hole["cumulativeScoreToPar"] for hole in holes] == [each or 0 for each in scores]


def test_a_gimme_counts_as_holed():
    ledger = drawn()
    ledger.say(log.HoleStarted(), 1)
    for stroke, given in ((1, False), (2, False), (3, True)):
        ledger.say(log.HitBall(stroke, 0, conceded=given), 1)
    ledger.say(log.BallHoled(3, 0), 1)
    ledger.say(log.HoleFinished("LossOfHole"), 1, 2)
    ledger.say(log.HoleFinished("BallHoled"), 1, 1)
    assert column(ledger, "strokes")[0] == "3"
    assert column(ledger, "holeFinishedBy")[0] == "BallHoled"


def test_totals_are_of_the_holes_that_were_holed():
    ledger = drawn()
    ledger.hole(1, 5, 3)
    ledger.hole(1, "HoleConceded", 3)
    first, second = ledger.score()["teamScores"]
    assert (first["matchTotalToPar"], first["matchStrokes"]) == (1, 5)
    assert (second["matchTotalToPar"], second["matchStrokes"]) == (-2, 6)
    assert column(ledger, "cumulativeScoreToPar") == [1, 1, None]
    assert column(ledger, "cumulativeHolesAdvantage") == ["1dn", "2dn", None]


# ── fourballs ──────────────────────────────────────────────────────────────────────────────────


def scorecard(hole):
    """What the documentation has a client show of both players of a side in fourballs."""
    match hole["holeFinishedBy"]:
        case "HoleConceded":
            return ["c", "c"]
        case "LossOfHole" | "HoleWon":
            return ["-", "-"]
        case "BallHoled":
            return [
                str(each["strokes"]) if each["isBallHoled"] else "-"
                for each in hole["playerScores"]
            ]
    pytest.fail(f"no hole ends by {hole['holeFinishedBy']}")


@pytest.mark.parametrize(
    ("side", "other", "shown", "strokes"),
    [
        (("HoleConceded", -3, -2), ("BallHoled", 4, -4), ["c", "c"], "c"),
        (("HoleConceded", 5, -2), ("BallHoled", 4, -4), ["c", "c"], "c"),
        (("LossOfHole", -4, -5), ("BallHoled", 4, -4), ["-", "-"], "-"),
        (("HoleWon", -2, -2), ("HoleConceded", -3, -4), ["-", "-"], "-"),
        (("BallHoled", 4, 5), ("BallHoled", 4, -4), ["4", "5"], "4"),
        (("BallHoled", -4, 5), ("BallHoled", 6, -4), ["-", "5"], "5"),
        (("BallHoled", 3, -4), ("LossOfHole", -3, -4), ["3", "-"], "3"),
    ],
)
def test_what_a_scorecard_of_fourballs_shows(side, other, shown, strokes):
    ledger = fourballs()
    ledger.hole(1, side, other)
    ledger.hole(1, other, side)
    for no in (1, 2):
        hole = score_of(ledger.score(), no)[no - 1]
        assert (scorecard(hole), hole["strokes"]) == (shown, strokes)


def test_player_scores_of_fourballs():
    ledger = fourballs()
    ledger.hole(1, ("BallHoled", 5, -3), ("HoleConceded", -1, 0))
    ids = [player.id for player in ledger.tournament.teams[5].players]
    hole = score_of(ledger.score(), 1)[0]
    assert list(hole)[-1] == "playerScores"
    expected = [
        {"strokes": 5, "scoreToPar": 1, "id": ids[0], "isBallHoled": True},
        {"strokes": 3, "scoreToPar": -1, "id": ids[1], "isBallHoled": False},
    ]
    assert json.dumps(hole["playerScores"]) == json.dumps(expected)
    conceded = score_of(ledger.score(), 2)[0]["playerScores"]
    assert [each["strokes"] for each in conceded] == [1, 0]  # one had not hit yet
    assert "playerScores" not in score_of(ledger.score(), 1)[1]


def test_there_are_no_player_scores_where_a_side_has_one_ball():
    ledger = MatchLedger(SQUADS)
    ledger.draw(2, (2, 5, 6))
    ledger.start(2)
    ledger.hole(2, 4, 5)
    assert column(ledger, "playerScores", match=2) == [None] * 3
    assert len(ledger.score(2)["teamScores"][0]["players"]) == 2


def test_there_are_none_where_only_the_score_of_a_side_is_reported():
    ledger = fourballs()
    ledger.say(log.HoleStarted(), 1)
    ledger.say(log.HoleFinished("BallHoled", 4), 1, 1)
    ledger.say(log.HoleFinished("BallHoled", 5), 1, 2)
    assert column(ledger, "strokes") == ["4", None, None]
    assert column(ledger, "playerScores") == [None] * 3


def test_the_squad_of_a_side():
    assert [each["squadNo"] for each in fourballs().score()["teamScores"]] == [1, 2]
    assert all("squadNo" not in each for each in drawn().score()["teamScores"])


# ── the end of a match ─────────────────────────────────────────────────────────────────────────


def test_a_match_that_is_won_early_has_holes_that_are_never_played():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    assert ledger.score()["winningTeamNo"] is None
    ledger.hole(1, 3, 4)
    assert ledger.score()["winningTeamNo"] == 1
    assert column(ledger, "holeFinished") == [True, True, False]
    ledger.say(log.RoundFinished(), 1, order=2)
    assert PATH.format(1) not in ledger.changed
    assert ledger.score()["isOfficial"] is False
    ledger.say(log.RoundOfficial(), 1, order=2)
    assert ledger.changed == [PATH.format(1)]
    assert ledger.score()["isOfficial"] is True


def test_extra_holes_are_there_once_they_are_finished():
    ledger = drawn()
    for _ in range(3):
        ledger.hole(1, 4, 4)
    assert column(ledger, "playOffSequence") == [0, 0, 0]
    assert ledger.score()["winningTeamNo"] is None
    ledger.say(log.HoleStarted(), 1, order=4)
    assert column(ledger, "holeNo") == [1, 2, 3]
    ledger.hole(1, 5, 5)
    ledger.hole(1, 5, 4)
    assert column(ledger, "holeNo") == [1, 2, 3, 1, 2]
    assert column(ledger, "playOffSequence") == [0, 0, 0, 1, 2]
    assert column(ledger, "cumulativeHolesAdvantage") == ["T", "T", "T", "T", "1dn"]
    assert ledger.score()["winningTeamNo"] == 4


def test_a_match_of_squads_can_be_halved():
    ledger = fourballs()
    for _ in range(3):
        ledger.hole(1, ("BallHoled", 4, 4), ("BallHoled", 4, 5))
    assert ledger.books.matches.all[1].complete
    assert ledger.score()["winningTeamNo"] is None


def test_a_playoff_of_a_pool_is_sudden_death():
    ledger = MatchLedger(POOLS)
    ledger.draw(301, (14, 1, 2), pool=1)
    assert column(ledger, "holeNo", match=14) == []
    ledger.play(14, "HHL")
    assert column(ledger, "holeNo", match=14) == [1, 2, 3]
    assert column(ledger, "playOffSequence", match=14) == [1, 2, 3]
    assert ledger.score(14)["winningTeamNo"] == 2


def test_a_match_that_is_given_up():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    ledger.concede(1, 2)
    assert column(ledger, "strokes") == ["3", "-", None]
    assert column(ledger, "strokes", 2) == ["4", "c", None]
    assert column(ledger, "cumulativeHolesAdvantage") == ["1up", "2up", None]
    assert ledger.score()["winningTeamNo"] == 1


def test_a_match_that_is_given_up_by_who_is_ahead():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    ledger.concede(1, 1)
    assert column(ledger, "cumulativeHolesAdvantage") == ["1up", "T", None]
    assert ledger.score()["winningTeamNo"] == 4


def test_a_match_that_is_given_up_before_a_ball_is_struck():
    ledger = drawn()
    ledger.concede(1, 1)
    assert column(ledger, "strokes") == ["c", None, None]
    assert column(ledger, "holeFinishedBy", 2) == ["HoleWon", None, None]
    assert [each["matchStrokes"] for each in ledger.score()["teamScores"]] == [0, 0]
    assert ledger.score()["winningTeamNo"] == 4


# ── what changes it ────────────────────────────────────────────────────────────────────────────


def test_a_hole_counts_once_it_is_finished_for_both():
    ledger = drawn()
    ledger.say(log.HoleStarted(), 1)
    ledger.say(log.HitBall(1, 0), 1)
    ledger.say(log.HoleFinished("HoleConceded"), 1, 1)
    assert ledger.changed == []
    ledger.say(log.HoleFinished("HoleWon"), 1, 2)
    assert PATH.format(1) in ledger.changed


def test_another_score_of_an_earlier_hole_changes_all_that_adds_up():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    ledger.hole(1, 3, 4)
    ledger.say(log.RoundFinished(), 1, order=2)
    assert ledger.score()["winningTeamNo"] == 1
    ledger.say(log.HoleScore(4), 1, 1, 1)
    assert ledger.score()["winningTeamNo"] is None  # it goes on
    assert column(ledger, "strokes") == ["4", "3", None]
    assert column(ledger, "cumulativeScoreToPar") == [0, -1, None]
    assert column(ledger, "cumulativeHolesAdvantage", 2) == ["T", "1dn", None]
    ledger.hole(1, 5, 4)
    assert column(ledger, "cumulativeHolesAdvantage") == ["T", "1up", "T"]


def test_a_hole_that_is_sent_again_with_the_same_end_changes_nothing():
    ledger = drawn()
    ledger.hole(1, 3, 4)
    ledger.say(log.Mode(begins=True), 1)
    assert ledger.changed == []
    for side, strokes in ((1, 3), (2, 4)):
        for stroke in range(1, strokes + 1):
            ledger.say(log.HitBall(stroke, 0), 1, side)
        ledger.say(log.BallHoled(strokes, 0), 1, side)
        ledger.say(log.HoleFinished("BallHoled"), 1, side)
        assert ledger.changed == []


def test_a_conceded_match_may_be_taken_back():
    ledger = drawn()
    ledger.concede(1, 1)
    ledger.say(log.Mode(begins=True), 1)
    assert ledger.score()["winningTeamNo"] == 4  # its old word stands while it is sent again
    ledger.hole(1, 3, 4, order=1)
    assert ledger.score()["winningTeamNo"] is None
    assert column(ledger, "strokes") == ["3", None, None]


def test_matches_are_told_apart():
    ledger = MatchLedger()
    ledger.draw(1, (1, 1, 4), (2, 2, 3))
    ledger.start(1, 2)
    ledger.hole(2, 3, 4)
    assert ledger.changed == ["/golf/tournaments/7/matchplayleaderboard", PATH.format(2)]


# ── told matches ───────────────────────────────────────────────────────────────────────────────

TOLD = {
    "knock-out": """
tournament: {id: 7, format: Match, course: {scoring: ScoredWithWalkingScorer}}
field: [{teams: 4}]
rounds: [{holes: 1-9}, {holes: 1-9, consolation: true}]
course:
  - {match: 1, ends: 11 HOLES, side: 2}
  - {match: 2, ends: C, side: 1}
  - {match: 4, hole: 3, side: 1, score: 4}
report: [{after: {match: 4, hole: 3}, rescore: {side: 1, strokes: 7}}]
""",
    "holes only": """
tournament: {id: 7, format: RyderCup, course: {scoring: HoleScoresOnly}}
squads: [{name: Europe, players: 4}, {name: USA, players: 4}]
rounds: [{holes: 1-9, play: FOUR_BALL}, {holes: 1-9, play: FOURSOMES}]
""",
    "squads": """
tournament: {id: 7, format: RyderCup, utcOffset: 2, course: {scoring: ScoredWithWalkingScorer}}
squads: [{name: Europe, players: 4, holder: true}, {name: USA, players: 4, host: true}]
rounds: [{holes: 1-5, play: FOUR_BALL}, {holes: 1-5, play: FOURSOMES}, {holes: 1-5}]
""",
    "pools": """
tournament: {id: 7, format: MatchPlay5Days, course: {scoring: HoleScoresOnly}}
field: [{teams: 8}]
rounds:
  - {holes: 1-5, advance: WON_1_POINTS_DRAW_HALF_POINT}
  - {holes: 1-5, advance: WON_1_POINTS_DRAW_HALF_POINT}
  - {holes: 1-5, advance: WON_1_POINTS_DRAW_HALF_POINT}
  - {holes: 1-5}
""",
}


@pytest.mark.parametrize("name", TOLD)
def test_documents_of_told_matches_are_exact_and_valid(name):
    """The ledger checks: kept bytes, the paths that are named, and both schemas."""
    tournament = stage(load_text(f"title: {name}\n{TOLD[name]}", name))
    ledger = MatchLedger.of(tournament)
    for event in tournament.log:
        ledger.apply(event, every=1 if isinstance(event.what, log.HoleFinished) else 9)
    for no, winner in tournament.truth.winners.items():
        document = ledger.score(no)
        assert document["isOfficial"] is True
        assert (document["winningTeamNo"] or 0) == winner
        assert ledger.match(no)["matchStatus"] == "MatchComplete"
        for side in document["teamScores"]:
            key = (ledger.match(no)["roundNo"], side["teamNo"])
            strokes = {
                order: int(hole["strokes"])
                for order, hole in enumerate(side["holeScores"], 1)
                if hole.get("strokes", "-") not in "c-"
            }
            assert strokes == dict(tournament.truth.strokes[key])
    assert ledger.board()["finished"] is True


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────


def test_unplayed_holes():
    ledger = drawn(unplayed_match_holes="absent")
    assert column(ledger, "holeNo") == []
    ledger.hole(1, 4, 4)
    assert column(ledger, "holeNo") == [1]


def test_empty_values():
    ledger = drawn(empty_match_values="null")
    ledger.hole(1, "HoleConceded", 4)
    first, second, _ = score_of(ledger.score(), 1)
    assert (first["scoreToPar"], first["cumulativeScoreToPar"]) == (None, 0)
    assert {key for key, value in second.items() if value is None} == {
        "cumulativeScoreToPar", "scoreToPar", "holeFinishedBy", "cumulativeHolesAdvantage",
        "strokes",
    }  # fmt: skip
    ledger = fourballs(empty_match_values="null", match_scoring="points")
    hole = score_of(ledger.score(), 1)[0]
    assert (hole["playerScores"], hole["points"]) == (None, None)


@pytest.mark.parametrize(
    ("choice", "points"), [("points", [1, 0.5, 0]), ("points-so-far", [1, 1.5, 1.5])]
)
def test_scoring_by_points(choice, points):
    ledger = drawn(match_scoring=choice)
    for first, second in ((3, 4), (4, 4), ("HoleConceded", 4)):
        ledger.hole(1, first, second)
    assert ledger.score()["scoringType"] == "points"
    assert column(ledger, "points") == points
    assert [each["matchPoints"] for each in ledger.score()["teamScores"]] == [1.5, 1.5]
    assert column(ledger, "strokes") == ["3", "4", "c"]


def test_without_a_scoring_type():
    ledger = drawn(match_scoring="absent")
    assert "scoringType" not in ledger.score()
    assert "matchPoints" not in ledger.score()["teamScores"][0]


def test_a_winner_that_is_absent_until_known():
    ledger = drawn(winning_team="absent")
    assert "winningTeamNo" not in ledger.score()
    ledger.concede(1, 1)
    assert ledger.score()["winningTeamNo"] == 4


def test_the_sequence_of_a_playoff_match():
    ledger = MatchLedger(POOLS, playoff_match_holes="zero")
    ledger.draw(301, (14, 1, 2), pool=1)
    ledger.play(14, "HW")
    assert column(ledger, "playOffSequence", match=14) == [0, 0]
    ledger = drawn(playoff_match_holes="zero")
    for letter in (4, 4, 4, 3):
        ledger.hole(1, letter, 4)
    assert column(ledger, "playOffSequence") == [0, 0, 0, 1]


def test_player_scores_in_capitals():
    ledger = fourballs(player_scores="PlayerScores")
    ledger.hole(1, ("BallHoled", 4, -3), ("LossOfHole", -3, -3))
    hole = score_of(ledger.score(), 1)[0]
    assert list(hole)[-1] == "PlayerScores"
    assert list(hole["PlayerScores"][0]) == ["Strokes", "ScoreToPar", "id", "isBallHoled"]


def test_a_ball_that_is_not_holed():
    ledger = fourballs(ball_not_holed="null")
    ledger.hole(1, ("BallHoled", 4, -3), ("LossOfHole", -3, -3))
    hole = score_of(ledger.score(), 1)[0]
    assert [each["scoreToPar"] for each in hole["playerScores"]] == [0, None]


def test_official_at_the_end():
    ledger = drawn(match_official="end")
    ledger.concede(1, 1)
    ledger.say(log.RoundOfficial(), 1)
    assert ledger.score()["isOfficial"] is False
    ledger.say(log.TournamentClosed())
    assert PATH.format(1) in ledger.changed
    assert ledger.score()["isOfficial"] is True


def test_without_squads():
    assert "squadNo" not in fourballs(team_squad="absent").score()["teamScores"][0]


# ── schemas ────────────────────────────────────────────────────────────────────────────────────


def whole() -> dict:
    """A document with a hole of every ending, of fourballs."""
    ledger = fourballs()
    ledger.hole(1, ("BallHoled", 4, -3), ("HoleConceded", -3, -3))
    ledger.hole(1, ("LossOfHole", -4, -3), ("HoleWon", -3, -3))
    return ledger.score()


BREAKS = {
    "c of a side that has not given up the hole": lambda hole: hole.update(strokes="c"),
    "a number of a side that has given it up": lambda hole: hole.update(
        holeFinishedBy="HoleConceded"
    ),
    "a dash of a side that has holed": lambda hole: hole.update(strokes="-"),
    "no score of a side that has holed": lambda hole: hole.pop("scoreToPar"),
    "strokes that are a number": lambda hole: hole.update(strokes=4),
    "a score of a hole that is not finished": lambda hole: hole.update(holeFinished=False),
    "points where strokes are counted": lambda hole: hole.update(points=1.0),
    "one ball only": lambda hole: hole["playerScores"].pop(),
    "a holed ball without a score": lambda hole: hole["playerScores"][0].update(scoreToPar=None),
    "half in capitals": lambda hole: hole["playerScores"][0].update(Strokes=4),
    "an unknown key": lambda hole: hole.update(advantage="1up"),
    "eleven up": lambda hole: hole.update(cumulativeHolesAdvantage="11up"),
    "an order of holes": lambda hole: hole.update(cumulativeHolesAdvantage="up1"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_strict_refuses(what):
    document = whole()
    assert explain("dde/matchscore.strict", document) == []
    BREAKS[what](score_of(document, 1)[0])
    assert not quick("dde/matchscore.strict").is_valid(document)


@pytest.mark.parametrize(
    "change",
    [
        {"winningTeamNo": None, "scoringType": None},
        {"scoringType": "points", "teamScores": []},
        {"unheardOf": 1},
    ],
)
def test_tolerant_takes(change):
    assert explain("dde/matchscore", whole() | change) == []
