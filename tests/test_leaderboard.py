from __future__ import annotations

import json
from functools import cache
from itertools import islice

import pytest

from ledger import TEE_TIME, Ledger, whole_tournament
from mockdde import log
from mockdde.broadcast import Broadcast
from mockdde.golf import is_playoff
from mockdde.quirks._boards import BOARDS
from mockdde.scenario import open_scenario
from mockdde.world import stage
from running import WHOLE, as_shipped

LONG, LONG_OF_MANY = 3000, 600  # events; of longer scenarios the first ones will do
SHIPPED = WHOLE
EUROPE = "European Tour"


def pair(value, display):
    return {"value": value, "displayValue": display}


def drawn(**options):
    ledger = Ledger(**options)
    ledger.draw()
    return ledger


def whole(**quirks):
    """The ledger of a whole tournament, at its end."""
    ledger = Ledger(teams=5, cuts=(3, None), playoff=True, quirks=quirks)
    whole_tournament(ledger)
    return ledger


# ── the document ───────────────────────────────────────────────────────────────────────────────


def test_a_row_in_the_middle_of_a_round():
    ledger = drawn(teams=2)
    ledger.start(1, 2)
    ledger.play(1, 3)
    player = ledger.tournament.teams[1].players[0]
    expected = {
        "players": [
            {
                "displayName": player.display_name,
                "country": player.country,
                "isAmateur": False,
                "lastName": player.last_name,
                "firstName": player.first_name,
                "id": player.id,
                "gender": "male",
            }
        ],
        "holesThrough": pair(1, "1"),
        "roundInfo": {
            "1": {
                "score": pair(3, "3"),
                "toPar": pair(-1, "-1"),
                "teeTime": "2025-02-20T07:00:00.000Z",
                "startHole": 1,
                "roundFinishedPosition": None,
                "roundFinishedIsTied": None,
            }
        },
        "toParToday": pair(-1, "-1"),
        "totalScore": pair(3, "3"),
        "status": "Uncut",
        "currentRound": 1,
        "teamNo": 1,
        "toPar": pair(-1, "-1"),
        "position": {"order": 1, "value": 1, "format": "absolute", "displayValue": "1"},
    }
    assert json.dumps(ledger.row(1)) == json.dumps(expected)  # the order of the keys as well


def test_a_row_of_who_has_not_begun():
    row = drawn(teams=2).row(2)
    none = pair(0, "-")
    assert [row[key] for key in ("holesThrough", "toParToday", "totalScore", "toPar")] == [none] * 4
    assert row["roundInfo"]["1"]["score"] == row["roundInfo"]["1"]["toPar"] == none
    assert row["position"] == {"order": 2, "value": 1, "format": "tied", "displayValue": "T1"}


def test_before_the_draw_there_is_nothing_of_a_round():
    row = Ledger().row(1)
    assert (row["roundInfo"], row["currentRound"]) == ({}, 1)


def test_the_keys_of_the_document():
    ledger = drawn(cuts=(2, None))
    document = ledger.document("leaderboard")
    rows = document.pop("standings")
    assert [each["teamNo"] for each in rows] == [1, 2, 3]
    expected = {
        "tournamentId": 7,
        "timestamp": "2025-02-20T07:00:00.000Z",
        "seqNum": 5,
        "currentRound": {
            "number": 1,
            "name": "Round1",
            "cutline": {"cut": None, "required": True},
        },
        "roundStatuses": [
            {"number": 1, "status": "GroupingsOfficial"},
            {"number": 2, "status": "NotStarted"},
        ],
        "tournamentStatus": "NotStarted",
        "isPlaySuspendedOvernight": False,
    }
    assert json.dumps(document) == json.dumps(expected)


def test_rows_stand_in_the_order_of_positions():
    ledger = drawn(teams=4)
    ledger.start(1, 2, 3, 4)
    for team, strokes in {1: 5, 2: 4, 3: 3, 4: 4}.items():
        ledger.play(team, strokes)
    rows = ledger.document("leaderboard")["standings"]
    assert [each["teamNo"] for each in rows] == [3, 2, 4, 1]
    assert [each["position"]["displayValue"] for each in rows] == ["1", "T2", "T2", "4"]
    assert [each["position"]["order"] for each in rows] == [1, 2, 3, 4]
    assert rows[1]["toPar"] == pair(0, "E")


def test_a_whole_tournament_ends_with_a_winner():
    ledger = whole()
    document = ledger.document("leaderboard")
    shown = [
        (each["teamNo"], each["position"]["displayValue"], each["status"], each["currentRound"])
        for each in document["standings"]
    ]
    assert shown == [
        (1, "1", "Uncut", 401),
        (2, "2", "Uncut", 401),
        (4, "3", "Uncut", 2),
        (3, "4", "Cut", 1),
        (5, "5", "DidNotStart", 1),
    ]
    assert document["currentRound"] == {
        "number": 401,
        "name": "Round for Playoff #1",
        "cutline": {"cut": None, "required": False},
    }
    assert [each["status"] for each in document["roundStatuses"]] == [
        "Official", "PlayComplete", "Official",
    ]  # fmt: skip
    assert document["tournamentStatus"] == "Official"
    winner = ledger.row(1)
    assert list(winner["roundInfo"]) == ["1", "2", "401"]
    assert winner["roundInfo"]["401"]["startHole"] == 18
    assert winner["roundInfo"]["401"]["toPar"] == pair(-1, "-1")
    assert winner["toPar"] == pair(-1, "-1")  # which the playoff is not in
    assert winner["totalScore"] == pair(15, "15")
    assert (winner["holesThrough"], winner["toParToday"]) == (pair(2, "F"), pair(-1, "-1"))
    assert list(ledger.row(3)["roundInfo"]) == ["1"]


def test_a_round_that_all_have_finished_has_its_positions():
    ledger = drawn()
    ledger.go_round({1: (4, 4), 2: (3, 4), 3: (4, 4)})
    ledger.say(log.PlayComplete())
    found = [ledger.row(no)["roundInfo"]["1"] for no in (1, 2, 3)]
    assert [each["roundFinishedPosition"] for each in found] == [2, 1, 2]
    assert [each["roundFinishedIsTied"] for each in found] == [True, False, True]


def test_when_a_round_begins_all_that_play_it_are_in_it():
    ledger = drawn(cuts=(None, None))
    ledger.go_round({1: (4, 4), 2: (3, 4), 3: (5, 4)})
    ledger.draw(2, (1, 2))
    assert ledger.row(2)["holesThrough"] == pair(2, "F")
    ledger.start(1, round_no=2)
    assert (ledger.row(2)["holesThrough"], ledger.row(2)["currentRound"]) == (pair(0, "-"), 2)
    assert ledger.row(2)["toParToday"] == pair(0, "-")
    assert ledger.row(2)["toPar"] == pair(-1, "-1")
    assert (ledger.row(3)["holesThrough"], ledger.row(3)["currentRound"]) == (pair(2, "F"), 1)


def test_who_leaves_in_a_round_has_not_finished_it():
    ledger = drawn()
    ledger.start(1)
    ledger.play(1, 3)
    ledger.say(log.HoleStarted(), 1, 1, 2)
    ledger.say(log.HoleFinished("Withdrawn"), 1, 1, 2)
    ledger.say(log.RoundFinished(), 1, 1, 2)
    row = ledger.row(1)
    assert (row["holesThrough"], row["status"]) == (pair(1, "1"), "Withdrawn")


def test_a_pending_player_is_unknown_until_verified():
    ledger = Ledger(pending=(2,))
    names = [ledger.row(2)["players"][0][key] for key in ("displayName", "lastName", "firstName")]
    assert names == ["Unknown", "Unknown", "Unknown"]
    ledger.say(log.Verified(2), 0)
    assert ledger.changed == [
        "/golf/tournaments/7/leaderboard",
        "/golf/tournaments/7/teamholebyhole/2",
    ]
    assert ledger.row(2)["players"][0]["displayName"] != "Unknown"


# ── when the total moves ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tour", "choice", "totals"),
    [
        ("PGA tour", "by-tour", [3, 8, 12]),
        (EUROPE, "by-tour", [0, 8, 8]),
        ("LPGA Tour", "by-tour", [0, 8, 8]),
        (EUROPE, "hole", [3, 8, 12]),
        ("PGA tour", "round", [0, 8, 8]),
    ],
)
def test_total_score(tour, choice, totals):
    ledger = drawn(tour=tour, cuts=(None, None), quirks={"total-score": choice})
    ledger.draw(2)
    ledger.start(1)
    found = []
    for strokes, round_no in ((3, 1), (5, 1), (4, 2)):
        if round_no == 2:
            ledger.say(log.RoundFinished(), 1, 1, 2)
            ledger.start(1, round_no=2)
        ledger.play(1, strokes, round_no=round_no)
        found.append(ledger.row(1)["totalScore"]["value"])
    assert found == totals
    assert ledger.row(1)["totalScore"]["displayValue"] == str(totals[-1])


# ── what changes it ────────────────────────────────────────────────────────────────────────────

BOARD = "/golf/tournaments/7/leaderboard"


def test_a_hole_that_is_begun_changes_nothing():
    ledger = drawn()
    ledger.start(1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    assert ledger.changed == []
    ledger.say(log.HitBall(1, 0), 1, 1, 1)
    assert ledger.changed == []
    ledger.say(log.HoleFinished("BallHoled", 4), 1, 1, 1)
    assert ledger.changed == [BOARD, "/golf/tournaments/7/teamholebyhole/1"]


def test_what_a_leaderboard_does_not_show_does_not_change_it():
    ledger = drawn()
    ledger.go_round({1: (4, 4)})
    ledger.say(log.RoundOfficial(), 1, 1, 2)
    assert BOARD not in ledger.changed


def test_a_hole_that_is_sent_again_with_the_same_score_changes_nothing():
    ledger = drawn()
    ledger.start(1)
    ledger.play(1, 4)
    for what in (log.Mode(begins=True), log.HoleStarted(), log.HoleFinished("BallHoled", 4)):
        ledger.say(what, 1, 1, 1)
        assert ledger.changed == []


@pytest.mark.parametrize("name", SHIPPED)
def test_documents_of_a_shipped_scenario_are_exact_and_valid(name):
    """The ledger checks: kept bytes, the paths that are named, and both schemas."""
    made = as_shipped(name)
    ledger = Ledger(made)
    most = LONG if len(made.teams) < 50 else LONG_OF_MANY
    for event in islice(made.log, most):
        ledger.id = event.id
        ledger.apply(event)
    if made.log.at(most) is not None:
        return
    document = ledger.document("leaderboard")
    assert document["tournamentStatus"] == "Official"
    for row in document["standings"]:
        rounds = ledger.books.teams[row["teamNo"]].rounds
        assert row["toPar"]["value"] == sum(
            strokes - rounds[no].holes[order - 1].par
            for (no, team), truth in made.truth.strokes.items()
            for order, strokes in truth.items()
            if team == row["teamNo"] and not is_playoff(no)
        )


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────

CHOICES = [
    (quirk.name, choice)
    for quirk in BOARDS
    for choice in quirk.choices[1:]
    if quirk.name != "alternates"  # nobody is one there
]


@cache
def documents(tour, **quirks):
    options = {"teams": 5, "cuts": (3, None), "playoff": True, "tour": tour, "quirks": quirks}
    return whole_tournament(Ledger(**options))


@pytest.mark.parametrize(("quirk", "choice"), CHOICES)
def test_a_choice_changes_some_document_and_all_stay_valid(quirk, choice):
    tour = EUROPE if (quirk, choice) == ("total-score", "hole") else "PGA tour"  # which does so
    assert documents(tour, **{quirk: choice}) != documents(tour)


def test_a_finished_round():
    assert whole(**{"finished-round": "number"}).row(4)["holesThrough"] == pair(2, "2")


def test_nothing_played():
    row = Ledger(quirks={"unplayed-display": "zero", "unplayed-score": "null"}).row(1)
    assert [row["holesThrough"], row["toPar"], row["totalScore"]] == [
        pair(0, "0"), pair(None, "E"), pair(None, "0"),
    ]  # fmt: skip
    row = Ledger(quirks={"unplayed-display": "empty", "even-par": "0"}).row(1)
    assert [row["holesThrough"], row["toPar"]] == [pair(0, ""), pair(0, "")]


def test_level_par_is_spelt_as_in_packets():
    assert whole(**{"even-par": "+0"}).row(2)["roundInfo"]["401"]["toPar"] == pair(0, "+0")


def test_undrawn_rounds():
    assert whole(**{"undrawn-round": "null"}).row(3)["roundInfo"]["2"] is None


def test_round_to_par_of_the_tournament():
    row = whole(**{"round-to-par": "tournament"}).row(4)
    assert [row["roundInfo"][no]["toPar"]["value"] for no in "12"] == [0, 2]
    row = whole(**{"round-to-par": "tournament"}).row(1)
    assert [row["roundInfo"][no]["toPar"]["value"] for no in ("1", "2", "401")] == [-1, -1, -1]


def test_positions_not_known_yet():
    ledger = drawn(quirks={"round-finished": "absent"})
    assert list(ledger.row(1)["roundInfo"]["1"]) == ["score", "toPar", "teeTime", "startHole"]


def test_tee_times_of_the_venue():
    ledger = drawn(quirks={"tee-time-zone": "venue"})
    assert ledger.row(1)["roundInfo"]["1"]["teeTime"] == "2025-02-20T10:00:00+03:00"
    assert TEE_TIME == 1_740_034_800_000


def test_the_position_of_who_is_out():
    ledger = whole(**{"out-position": "status"})
    rows = ledger.document("leaderboard")["standings"]
    shown = [each["position"]["displayValue"] for each in rows]
    assert shown == ["1", "2", "3", "Cut", "DidNotStart"]


def test_cutlines():
    def cutline(**quirks):
        return whole(**quirks).document("leaderboard")["currentRound"]

    assert cutline(**{"cutline-key": "cutLine"})["cutLine"] == {"cut": None, "required": False}
    assert cutline(**{"no-cut": "zero"})["cutline"] == {"cut": 0, "required": False}
    assert cutline(**{"no-cut": "last", "round-names": "spaced"}) == {
        "number": 401,
        "name": "Round for Playoff #1",
        "cutline": {"cut": 0, "required": False},
    }


def test_names_of_rounds_and_of_a_suspension():
    ledger = drawn(quirks={"round-names": "spaced", "suspended-word": "PlaySuspended"})
    ledger.say(log.PlaySuspended(overnight=True))
    document = ledger.document("leaderboard")
    assert document["currentRound"]["name"] == "Round 1"
    assert document["tournamentStatus"] == "PlaySuspended"
    assert document["roundStatuses"] == [{"number": 1, "status": "Suspended"}]
    assert document["isPlaySuspendedOvernight"] is True


@pytest.mark.parametrize(("choice", "before"), [("row", [1, 2, 3, 4]), ("absent", [1, 2, 3])])
def test_an_alternate_has_a_row_or_none_until_it_takes_a_place(
    choice: str, before: list[int]
) -> None:
    tournament = stage(open_scenario("status/alternate"), {"alternates": choice})
    broadcast = Broadcast(tournament)
    (feed,) = (each for each in broadcast.states if each.NAME == "dde/leaderboard")
    rows = []
    while broadcast.next_due is not None:
        broadcast.advance()
        document = json.loads(broadcast.document(next(feed.streams()), feed))
        rows.append(sorted(row["teamNo"] for row in document["standings"]))
    assert rows[0] == before
    assert rows[-1] == [1, 2, 3, 4]
