"""The leaderboard of match play, with the tables of pools and squads that it reads."""

from __future__ import annotations

import copy
import json
from functools import cache

import pytest

from matches import BOARD, KNOCK_OUT, POOLS, SQUADS, MatchLedger, cup
from mockdde import log
from mockdde.books import Books
from mockdde.feeds.dde.matchplayleaderboard import MatchPlayLeaderboard
from mockdde.golf import Group
from mockdde.matchtables import pools, ranking
from mockdde.roundnames import round_name
from mockdde.scenario import load_text
from mockdde.world import stage
from quickly import explain, quick

WIN_1, WIN_2, LEVEL = "WW", "LL", "HHH"  # of matches over three holes
POOL = {1: ((1, 1, 2), (2, 3, 4)), 2: ((5, 1, 3), (6, 2, 4)), 3: ((9, 1, 4), (10, 2, 3))}
OTHER = {1: ((3, 5, 6), (4, 7, 8)), 2: ((7, 5, 7), (8, 6, 8)), 3: ((11, 5, 8), (12, 6, 7))}


def drawn(text: str = KNOCK_OUT, **quirks: str) -> MatchLedger:
    """The semifinals of a knock-out."""
    ledger = MatchLedger(text, **quirks)
    ledger.draw(1, (1, 1, 4), (2, 2, 3))
    return ledger


def two_pools(**quirks: str) -> MatchLedger:
    """All matches of two pools are drawn: teams 1-4 and 5-8."""
    ledger = MatchLedger(POOLS, **quirks)
    for no in (1, 2, 3):
        ledger.draw(no, *POOL[no], pool=1)
        ledger.draw(no, *OTHER[no], pool=2)
    return ledger


def play(ledger: MatchLedger, **letters: str) -> None:
    """Matches from their start, such as m1="WW"."""
    for match, each in letters.items():
        ledger.play(int(match[1:]), each)


# ── the document ───────────────────────────────────────────────────────────────────────────────


def test_a_match_that_is_played():
    ledger = MatchLedger()
    ledger.draw(1, (1, 1, 4))
    ledger.start(1)
    ledger.hole(1, 3, 4)

    def side(team, leader, score, seed):
        person = ledger.tournament.teams[team].players[0]
        return {
            "players": [
                {
                    "id": person.id,
                    "country": person.country,
                    "lastName": person.last_name,
                    "firstName": person.first_name,
                }
            ],
            "finalMatchScore": None,
            "matchLeader": leader,
            **({} if seed is None else {"seed": seed}),
            "matchWinner": False,
            "currentMatchScore": score,
            "teamNo": team,
            "previousMatch": 0,
            "thru": "1",
            "isTied": 1,
            "position": 1,
        }

    expected = {
        "tournamentId": 7,
        "timestamp": "2025-02-20T07:00:00.000Z",
        "finished": False,
        "seqNum": 5,
        "currentRound": 1,
        "tournamentStatus": "InProgress",
        "roundStatuses": [
            {"number": 1, "status": "InProgress"},
            {"number": 2, "status": "NotStarted"},
        ],
        "matches": [
            {
                "courseId": "6",
                "matchNo": 1,
                "teams": [side(1, 1, "1up", 2), side(4, 0, "1dn", None)],
                "roundNo": 1,
                "roundName": "Semifinals",
                "matchStatus": "In Progress",
                "startHole": 1,
                "teeTime": "2025-02-21T10:00:00+03:00",
            }
        ],
    }
    assert json.dumps(ledger.board()) == json.dumps(expected)  # the order of the keys as well


def test_the_keys_of_a_match_of_a_pool():
    ledger = two_pools()
    match = ledger.match(10)
    assert list(match)[:5] == ["poolNo", "courseId", "matchNo", "poolMatchPosition", "teams"]
    assert (match["poolNo"], match["poolMatchPosition"]) == (1, 6)
    assert list(match["teams"][0]) == [
        "players", "finalMatchScore", "matchLeader", "matchWinner", "currentMatchScore",
        "poolPlayGroupNo", "poolWinner", "poolWins", "teamNo", "previousMatch", "thru", "isTied",
        "poolLosses", "position", "poolPoints", "poolHalves",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("letters", "status", "scores", "finals", "thru", "winner"),
    [
        ("", "In Progress", ["T", "T"], [None, None], "-", [False, False]),
        ("H", "In Progress", ["T", "T"], [None, None], "1", [False, False]),
        ("WL", "In Progress", ["T", "T"], [None, None], "2", [False, False]),
        ("HL", "In Progress", ["1dn", "1up"], [None, None], "2", [False, False]),
        ("LL", "MatchComplete", ["2dn", "2up"], ["2 & 1"] * 2, "F", [False, True]),
        ("WHH", "MatchComplete", ["1up", "1dn"], ["1up", "1dn"], "F", [True, False]),
        ("WHW", "MatchComplete", ["2up", "2dn"], ["2up", "2dn"], "F", [True, False]),
        ("HHH", "In Progress", ["T", "T"], [None, None], "3", [False, False]),
        ("HHHHW", "MatchComplete", ["1up", "1dn"], ["5 HOLES"] * 2, "F", [True, False]),
    ],
)
def test_the_scores_of_a_match(letters, status, scores, finals, thru, winner):
    ledger = drawn()
    assert ledger.match(1)["matchStatus"] == "Not Started"
    assert ledger.team(1, 1)["thru"] == "-"
    ledger.play(1, letters)
    match = ledger.match(1)
    assert match["matchStatus"] == status
    for key, values in {
        "currentMatchScore": scores,
        "finalMatchScore": finals,
        "thru": [thru, thru],
        "matchWinner": winner,
    }.items():
        assert [each[key] for each in match["teams"]] == values
    leaders = [each["matchLeader"] for each in match["teams"]]
    assert leaders == [int(score.endswith("up")) for score in scores]


def test_a_match_that_is_conceded_before_a_ball_is_struck():
    ledger = drawn()
    ledger.start(1)
    ledger.concede(1, 1)
    teams = ledger.match(1)["teams"]
    assert [each["finalMatchScore"] for each in teams] == ["C", "C"]
    assert [each["matchLeader"] for each in teams] == [0, 1]
    assert [each["thru"] for each in teams] == ["F", "F"]


def test_who_gives_up_a_match_while_ahead_does_not_lead_it():
    ledger = drawn()
    ledger.play(1, "WH")
    ledger.concede(1, 1)
    assert [each["matchLeader"] for each in ledger.match(1)["teams"]] == [0, 1]
    assert ledger.team(1, 2)["matchWinner"] is True


def test_matches_stand_in_the_order_of_their_numbers():
    ledger = MatchLedger(POOLS)
    ledger.draw(3, (9, 1, 4), pool=1)
    ledger.draw(1, (1, 1, 2), pool=1)
    assert [each["matchNo"] for each in ledger.board()["matches"]] == [1, 9]


def test_a_suspension():
    ledger = drawn()
    ledger.start(1)
    ledger.say(log.PlaySuspended(overnight=False), round_no=1)
    assert ledger.changed == [BOARD]
    assert ledger.board()["tournamentStatus"] == "PlaySuspended"
    assert ledger.board()["roundStatuses"][0] == {"number": 1, "status": "Suspended"}
    ledger.say(log.PlayResumed(), round_no=1)
    assert ledger.board()["tournamentStatus"] == "InProgress"


def test_what_it_does_not_show_does_not_change_it():
    ledger = drawn()
    ledger.play(1, WIN_1)
    assert ledger.changed == []  # RoundFinished, of a match that was complete already
    ledger.say(log.RoundOfficial(), 1, order=2)
    assert BOARD not in ledger.changed
    ledger.start(2)
    ledger.say(log.HoleStarted(), 2)
    assert ledger.changed == []


# ── places ─────────────────────────────────────────────────────────────────────────────────────


def places(ledger: MatchLedger) -> dict[int, str]:
    """Of each team: its place, with a T where it is shared; its last match is looked at."""
    found = {}
    for match in ledger.board()["matches"]:
        for team in match["teams"]:
            found[team["teamNo"]] = f"{'T' * team['isTied']}{team['position']}"
    assert (
        found.items()
        <= {
            no: f"{'T' * tied}{place}" for no, (place, tied) in ranking(ledger.books).items()
        }.items()
    )
    return dict(sorted(found.items()))


def test_places_of_a_knock_out():
    ledger = drawn()
    assert places(ledger) == {1: "T1", 2: "T1", 3: "T1", 4: "T1"}
    play(ledger, m1=WIN_1)
    assert places(ledger) == {1: "1", 2: "T2", 3: "T2", 4: "4"}
    play(ledger, m2=WIN_2)
    assert places(ledger) == {1: "T1", 2: "T3", 3: "T1", 4: "T3"}
    ledger.draw(2, (3, 4, 2), (4, 1, 3))
    assert places(ledger) == {1: "T1", 2: "T3", 3: "T1", 4: "T3"}
    play(ledger, m3=WIN_1, m4=WIN_2)
    assert places(ledger) == {1: "2", 2: "4", 3: "1", 4: "3"}
    names = [each["roundName"] for each in ledger.board()["matches"]]
    assert names == ["Semifinals", "Semifinals", "Finals", "Finals"]
    assert [each["previousMatch"] for each in ledger.match(4)["teams"]] == [1, 2]
    assert [each["previousMatch"] for each in ledger.match(1)["teams"]] == [0, 0]


def test_a_match_that_is_reopened_turns_all_of_it_back():
    ledger = drawn()
    ledger.play(1, "WHH")
    before = ledger.board()
    assert places(ledger)[1] == "1"
    ledger.say(log.HoleScore(4), 1, 1, 1)
    assert BOARD in ledger.changed
    match = ledger.match(1)
    assert match["matchStatus"] == "In Progress"
    for team in match["teams"]:
        shown = [team[key] for key in ("thru", "finalMatchScore", "matchWinner", "matchLeader")]
        assert shown == ["3", None, False, 0]
    assert places(ledger) == {1: "T1", 2: "T1", 3: "T1", 4: "T1"}
    ledger.say(log.HoleScore(3), 1, 1, 1)
    assert ledger.board() == before


# ── pools ──────────────────────────────────────────────────────────────────────────────────────


def row(ledger: MatchLedger, team: int, *, total: bool = False) -> list:
    """Wins, halves, losses and points of a team in its pool, the same on all its matches."""
    keys = [
        f"{'totalPool' if total else 'pool'}{each}"
        for each in ("Wins", "Halves", "Losses", "Points")
    ]
    rows = [
        [each.get(key) for key in keys]
        for match in ledger.board()["matches"]
        for each in match["teams"]
        if each["teamNo"] == team
    ]
    assert all(each == rows[0] for each in rows)
    return rows[0]


def winners(ledger: MatchLedger) -> list[int]:
    """The teams that are said to have won their pool."""
    return sorted(
        {
            each["teamNo"]
            for match in ledger.board()["matches"]
            for each in match["teams"]
            if each["poolWinner"]
        }
    )


def test_the_table_of_a_pool():
    ledger = two_pools()
    play(ledger, m1=WIN_1, m2=LEVEL)
    assert row(ledger, 1) == [1, 0, 0, 1.0]
    assert row(ledger, 2) == [0, 0, 1, 0.0]
    assert row(ledger, 3) == row(ledger, 4) == [0, 1, 0, 0.5]
    assert row(ledger, 1, total=True) == [None] * 4
    assert winners(ledger) == []
    play(ledger, m5=LEVEL, m6=WIN_1, m9=LEVEL)
    assert row(ledger, 1) == [1, 2, 0, 2.0]
    ledger.start(10)
    ledger.hole(10, 3, 4)
    assert row(ledger, 3) == [0, 2, 0, 1.0]  # a match in play does not count
    ledger.hole(10, 4, 3)
    ledger.hole(10, 4, 3)
    assert row(ledger, 3) == row(ledger, 3, total=True) == [1, 2, 0, 2.0]
    assert row(ledger, 5, total=True) == [None] * 4
    assert winners(ledger) == []  # 1 and 3 are level


def test_who_wins_a_pool():
    ledger = two_pools()
    play(ledger, m1=WIN_1, m2=WIN_1, m5=WIN_1, m6=WIN_1)
    assert winners(ledger) == []  # though nobody can catch team 1 any more
    play(ledger, m9=WIN_1, m10=WIN_1)
    assert winners(ledger) == [1]
    assert {team["poolWinner"] for team in ledger.match(3)["teams"]} == {False}
    ledger.say(log.HoleScore(5), 10, 1, 2)  # won by who wins the first hole, lost the second
    assert ledger.match(10)["matchStatus"] == "In Progress"
    assert winners(ledger) == []
    assert row(ledger, 1) == [3, 0, 0, 3.0]
    assert row(ledger, 1, total=True) == [None] * 4


def three_level(**quirks: str) -> MatchLedger:
    """A pool that teams 1, 2 and 3 are level in."""
    ledger = two_pools(**quirks)
    play(ledger, m1=WIN_1, m2=WIN_1, m5=WIN_2, m6=WIN_1, m9=WIN_1, m10=WIN_1)
    return ledger


def test_a_tie_of_a_pool_is_played_off():
    ledger = three_level()
    assert winners(ledger) == []
    last = ledger.tournament.scenario.rounds[-1].matches + 12
    ledger.draw(301, (last + 1, 2, 3), pool=1)
    match = ledger.match(last + 1)
    assert (match["roundNo"], match["roundName"]) == (301, "Round for Playoff #1")
    assert (match["poolNo"], match["poolMatchPosition"]) == (1, 7)
    assert [each["previousMatch"] for each in match["teams"]] == [10, 10]
    ledger.play(last + 1, "HL")
    assert ledger.team(last + 1, 2)["finalMatchScore"] == "2 HOLES"
    assert row(ledger, 3) == [2, 0, 1, 2.0]  # it is no match of the table
    assert winners(ledger) == []
    ledger.draw(301, (last + 2, 1, 3), pool=1)
    ledger.play(last + 2, "L")
    assert winners(ledger) == [3]
    assert ledger.board()["currentRound"] == 301
    ledger.say(log.HoleScore(3), last + 2, 1, 1)
    assert winners(ledger) == []
    ledger.hole(last + 2, 3, 4)
    assert winners(ledger) == [1]
    assert [places(ledger)[no] for no in (1, 2, 3)] == ["1", "T2", "T2"]


def test_places_of_pools_are_by_points_until_there_is_a_knock_out():
    ledger = three_level()
    assert [places(ledger)[no] for no in (1, 2, 3, 4)] == ["T1", "T1", "T1", "T4"]
    play(ledger, m3=WIN_1, m4=WIN_1, m7=WIN_1, m8=WIN_1, m11=WIN_1, m12=WIN_1)
    assert [places(ledger)[no] for no in (4, 5, 6, 7, 8)] == ["T7", "1", "T2", "6", "T7"]
    ledger.draw(4, (13, 5, 3))
    assert places(ledger) == {
        1: "T3", 2: "T3", 3: "T1", 4: "T7", 5: "T1", 6: "T3", 7: "6", 8: "T7",
    }  # fmt: skip
    ledger.play(13, WIN_1)
    assert (places(ledger)[5], places(ledger)[3]) == ("1", "2")
    assert ledger.match(13)["roundName"] == "Finals"
    assert "poolNo" not in ledger.match(13)
    assert ledger.team(13, 1)["poolPlayGroupNo"] == 2


def test_three_points_a_match():
    text = POOLS.replace("WON_1_POINTS_DRAW_HALF_POINT", "WON_3_POINTS_DRAW_1_POINT")
    ledger = MatchLedger(text)
    for no in (1, 2, 3):
        ledger.draw(no, *POOL[no], pool=1)
    play(ledger, m1=WIN_1, m2=LEVEL)
    assert [row(ledger, no)[3] for no in (1, 2, 3, 4)] == [3.0, 0.0, 1.0, 1.0]


def test_a_pool_is_not_over_before_all_its_rounds_are_drawn():
    ledger = MatchLedger(POOLS)
    ledger.draw(1, *POOL[1], pool=1)
    play(ledger, m1=WIN_1, m2=LEVEL)
    (pool,) = pools(ledger.books).values()
    assert (pool.over, pool.winner) == (False, None)


# ── squads ─────────────────────────────────────────────────────────────────────────────────────


def squads(text: str = SQUADS, **quirks: str) -> MatchLedger:
    """All four matches of two squads are drawn: a fourball, a foursome and two singles."""
    ledger = MatchLedger(text, **quirks)
    ledger.draw(1, (1, 5, 6))
    ledger.draw(2, (2, 5, 6))
    ledger.draw(3, (3, 1, 3), (4, 4, 2))  # in the second the sides have changed places
    return ledger


def test_scores_of_squads():
    ledger = squads()
    expected = {
        "1": {
            "scoreToWin": 2.5,
            "host": False,
            "score": 0.0,
            "squadName": "Europe",
            "SquadNo": 1,
            "projectedScore": 0.0,
        },
        "2": {
            "scoreToWin": 2.0,
            "host": True,
            "score": 0.0,
            "squadName": "USA",
            "SquadNo": 2,
            "projectedScore": 0.0,
        },
    }
    assert json.dumps(ledger.board()["TournamentScores"]) == json.dumps(expected)
    assert list(ledger.board())[-1] == "TournamentScores"
    assert "TournamentScores" not in drawn().board()


def scores(ledger: MatchLedger, key: str = "score") -> list[float]:
    """One key of both squads."""
    return [each[key] for each in ledger.board()["TournamentScores"].values()]


def test_matches_won_and_halved():
    ledger = squads()
    play(ledger, m2=LEVEL)
    assert scores(ledger) == [0.5, 0.5]
    play(ledger, m3=WIN_1)
    assert scores(ledger) == [1.5, 0.5]
    play(ledger, m4=WIN_1)
    assert scores(ledger) == [1.5, 1.5]
    ledger.start(1)
    ledger.concede(1, 2)
    assert scores(ledger) == scores(ledger, "projectedScore") == [2.5, 1.5]


def test_projected_scores_have_matches_as_they_stand():
    ledger = squads()
    ledger.start(3)
    assert scores(ledger, "projectedScore") == [0.5, 0.5]
    ledger.hole(3, 3, 4)
    assert scores(ledger, "projectedScore") == [1.0, 0.0]
    assert scores(ledger) == [0.0, 0.0]
    ledger.start(4)
    ledger.hole(4, 3, 4)
    assert scores(ledger, "projectedScore") == [1.0, 1.0]


def test_a_match_that_is_reopened_takes_its_point_back():
    ledger = squads()
    ledger.play(3, WIN_1)
    assert scores(ledger) == [1.0, 0.0]
    ledger.say(log.HoleScore(5), 3, 1, 1)
    assert (scores(ledger), scores(ledger, "projectedScore")) == ([0.0, 0.0], [0.5, 0.5])


@pytest.mark.parametrize(
    ("holder", "needed"), [("Europe", [2.0, 2.5]), ("USA", [2.5, 2.0]), ("", [2.5, 2.5])]
)
def test_the_holder_needs_half_of_the_points(holder, needed):
    assert scores(squads(cup(holder)), "scoreToWin") == needed


def test_of_28_matches():
    text = """
title: Ryder Cup
tournament: {id: 7, format: RyderCup}
squads: [{name: Europe, players: 12}, {name: USA, players: 12, holder: true}]
"""
    ledger = MatchLedger(text)
    assert scores(ledger, "scoreToWin") == [14.5, 14.0]


def test_a_player_of_a_squad_was_in_matches_of_other_teams():
    ledger = squads()
    assert [each["previousMatch"] for each in ledger.match(2)["teams"]] == [1, 1]
    assert [each["previousMatch"] for each in ledger.match(3)["teams"]] == [2, 2]
    assert [each["squadNo"] for each in ledger.match(4)["teams"]] == [2, 1]
    assert {each["isTied"] for each in ledger.match(4)["teams"]} == {0}
    assert all("position" not in each for each in ledger.match(4)["teams"])
    assert len(ledger.team(1, 1)["players"]) == 2


# ── names of rounds ────────────────────────────────────────────────────────────────────────────


def name_of(text: str, no: int, tee_time: int | None = None) -> str:
    tournament = stage(load_text(text, "x"), lazily=True)
    groups = () if tee_time is None else (Group(no, 1, 1, 1, tee_time, (1, 2)),)
    return round_name(tournament, no, groups)


def test_names_of_a_knock_out():
    text = """
title: x
tournament: {format: Match, course: {scoring: HoleScoresOnly}}
field: [{teams: 32}]
"""
    names = [name_of(text, no) for no in (1, 2, 3, 4, 5)]
    assert names == ["Round1", "Round of 16", "Quarterfinals", "Semifinals", "Finals"]


def test_names_of_pools_and_playoffs():
    names = [name_of(POOLS, no) for no in (1, 2, 3, 4, 301)]
    assert names == ["Round1", "Round2", "Round3", "Finals", "Round for Playoff #1"]


def test_sessions_of_squads_are_called_after_their_day_at_the_venue():
    assert name_of(SQUADS, 1) == "Thursday Fourballs"
    assert name_of(SQUADS, 2) == "Thursday Foursomes"  # it is Friday in UTC
    assert name_of(SQUADS, 3) == "Saturday Singles"
    late = 1_740_294_000_000  # 2025-02-23T07:00:00Z
    assert name_of(SQUADS, 3, late) == "Sunday Singles"


def test_the_scenario_has_the_last_word():
    text = "title: x\ntournament: {format: Match}\nfield: [{teams: 2}]\nrounds: [{name: The Match}]"
    assert name_of(text, 1) == "The Match"


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("choice", "value"), [("null", None), ("empty", ""), ("absent", "none")])
def test_the_final_score_before_there_is_one(choice, value):
    ledger = drawn(final_match_score=choice)
    assert ledger.team(1, 1).get("finalMatchScore", "none") == value
    ledger.play(1, WIN_1)
    assert ledger.team(1, 1)["finalMatchScore"] == "2 & 1"


def test_the_final_score_as_the_table_spells_it():
    ledger = drawn(final_score_key="finaMatchScore")
    assert "finalMatchScore" not in ledger.team(1, 1)
    assert ledger.team(1, 1)["finaMatchScore"] is None


@pytest.mark.parametrize(("choice", "scores"), [("as-it-stands", ["2 & 1"] * 2), ("C", ["C", "C"])])
def test_the_final_score_of_a_match_that_is_given_up_by_who_is_behind(choice, scores):
    ledger = drawn(conceded_match_score=choice)
    ledger.play(1, "W")
    assert ledger.team(1, 1)["finalMatchScore"] is None
    ledger.concede(1, 2)
    assert [each["finalMatchScore"] for each in ledger.match(1)["teams"]] == scores


@pytest.mark.parametrize(("choice", "scores"), [("holes", ["2 HOLES"] * 2), ("up", ["1dn", "1up"])])
def test_the_final_score_of_a_playoff_match(choice, scores):
    ledger = three_level(playoff_match_score=choice)
    ledger.draw(301, (14, 2, 3), pool=1)
    ledger.play(14, "H")
    assert ledger.team(14, 1)["finalMatchScore"] is None
    ledger.hole(14, 5, 4)
    assert [each["finalMatchScore"] for each in ledger.match(14)["teams"]] == scores


def test_thru_of_a_match_that_is_begun():
    ledger = drawn(thru_begun="0")
    assert ledger.team(1, 1)["thru"] == "-"
    ledger.start(1)
    assert ledger.team(1, 1)["thru"] == "0"


@pytest.mark.parametrize(("choice", "totals"), [("null", [None] * 4), ("so-far", [1, 0, 0, 1.0])])
def test_totals_of_a_pool_that_is_not_over(choice, totals):
    ledger = two_pools(pool_totals=choice)
    play(ledger, m1=WIN_1)
    assert "totalPoolWins" in ledger.team(1, 1)
    assert row(ledger, 1, total=True) == totals


def test_positions_of_matches_in_their_round():
    ledger = two_pools(pool_match_position="round")
    assert ledger.match(7)["poolMatchPosition"] == 3


def test_positions_in_the_pool():
    ledger = three_level(match_position="pool")
    found = {
        each["teamNo"]: (each["position"], each["isTied"])
        for match in ledger.board()["matches"]
        for each in match["teams"]
    }
    assert found == {no: (4, 0) if no == 4 else (1, 1) for no in range(1, 9)}


def test_scores_of_squads_in_an_array():
    ledger = squads(tournament_scores="array")
    assert [each["SquadNo"] for each in ledger.board()["TournamentScores"]] == [1, 2]


def test_scores_of_squads_without_capitals():
    ledger = squads(tournament_scores_key="tournamentScores")
    assert list(ledger.board()["tournamentScores"]["1"])[4] == "squadNo"


def test_the_score_to_win_as_an_integer():
    assert scores(squads(score_to_win="integer"), "scoreToWin") == [3, 2]


def test_projected_scores_with_matches_that_are_not_begun():
    ledger = squads(projected_score="all")
    assert scores(ledger, "projectedScore") == [2.0, 2.0]
    ledger.play(3, WIN_1)
    assert scores(ledger, "projectedScore") == [2.5, 1.5]
    assert scores(MatchLedger(SQUADS, projected_score="all"), "projectedScore") == [2.0, 2.0]


def test_the_other_word_for_a_suspension():
    ledger = drawn(match_suspended_word="Suspended")
    ledger.say(log.PlaySuspended(overnight=False), round_no=1)
    assert ledger.board()["tournamentStatus"] == "Suspended"


def test_without_squads():
    assert "squadNo" not in squads(team_squad="absent").team(1, 1)


def test_a_course_as_an_integer():
    assert drawn(course_id="integer").match(1)["courseId"] == 6


# ── schemas ────────────────────────────────────────────────────────────────────────────────────

BREAKS = {
    "holes played before the start": lambda match, _: match.update(matchStatus="Not Started"),
    "a number of holes at the end": lambda _, team: team.update(thru="2"),
    "no final score at the end": lambda _, team: team.update(finalMatchScore=None),
    "no key of it either": lambda _, team: team.pop("finalMatchScore"),
    "a winner who does not lead": lambda _, team: team.update(matchLeader=0),
    "a leader as true": lambda _, team: team.update(matchLeader=True),
    "thru as a number": lambda _, team: team.update(thru=2),
    "another word for a match in play": lambda match, _: match.update(matchStatus="InProgress"),
    "three sides": lambda match, team: match["teams"].append(team),
    "some columns of a pool": lambda _, team: team.pop("poolWins"),
    "some of its totals": lambda _, team: team.pop("totalPoolWins"),
    "a match of a pool without its position": lambda match, _: match.pop("poolMatchPosition"),
    "a tee time in UTC": lambda match, _: match.update(teeTime="2025-02-21T07:00:00Z"),
    "a spelling of nobody's": lambda _, team: team.update(finalMatchScore="3&1"),
    "an unknown key": lambda _, team: team.update(points=1),
}


def over() -> dict:
    """A pool that is over; the first match is won by its first side."""
    return copy.deepcopy(_over())


@cache
def _over() -> dict:
    return three_level().board()


@pytest.mark.parametrize("what", BREAKS)
def test_strict_refuses(what):
    document = over()
    assert explain("dde/matchplayleaderboard.strict", document) == []
    match = document["matches"][0]
    BREAKS[what](match, match["teams"][0])
    assert not quick("dde/matchplayleaderboard.strict").is_valid(document)


def test_strict_refuses_a_leader_of_a_match_in_play_who_is_not_up():
    ledger = drawn()
    ledger.start(1)
    ledger.hole(1, 3, 4)
    document = ledger.board()
    document["matches"][0]["teams"][0]["matchLeader"] = 0
    assert not quick("dde/matchplayleaderboard.strict").is_valid(document)


def test_strict_refuses_a_finished_tournament_that_is_not_official():
    assert not quick("dde/matchplayleaderboard.strict").is_valid(over() | {"finished": True})


def test_tolerant_takes_what_tables_have():
    document = over()
    document["TournamentScores"] = [{"scoreToWin": 14, "score": 1.5, "SquadNo": 1}]
    document["unheardOf"] = 1
    document["matches"][0]["poolNo"] = None
    assert explain("dde/matchplayleaderboard", document) == []


def test_strict_knows_matches_that_are_conceded_with_most_holes_to_play():
    text = """
title: x
tournament: {id: 7, format: Match}
course:
  - {match: 1, holes: L}
  - {match: 1, hole: 2, side: 1, shots: [drive ORO, concede match]}
"""
    books = Books(stage(load_text(text, "x.yaml")))
    for event in books.tournament.log:
        books.apply(event)
    document = json.loads(MatchPlayLeaderboard(books).document(BOARD, 1, 0))
    finals = [team["finalMatchScore"] for team in document["matches"][0]["teams"]]
    assert finals == ["2 & 16", "2 & 16"]
    assert explain("dde/matchplayleaderboard.strict", document) == []
