from __future__ import annotations

import json

from ledger import Ledger, whole_tournament
from mockdde import log

PATH = "/golf/tournaments/7/teamholebyhole/{}"


def pair(value, display):
    return {"value": value, "displayValue": display}


def drawn(**options):
    ledger = Ledger(**options)
    ledger.draw()
    return ledger


def holes_of(ledger, team=1):
    return ledger.document(f"teamholebyhole/{team}")


def hole(strokes, order):
    return {
        "holeScore": strokes - 4,
        "holePar": 4,
        "holeOrder": order,
        "holeYardage": 400,
        "holeStrokes": strokes,
    }


def test_a_document_after_two_holes_of_a_round_that_goes_over_both_nines():
    ledger = drawn(holes="8-11", tour="European Tour")
    ledger.start(1)
    ledger.play(1, 3, 4, 6)
    player = ledger.tournament.teams[1].players[0]
    expected = {
        "tournamentId": 7,
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
        "timestamp": "2025-02-20T07:00:00.000Z",
        "isOfficial": False,
        "seqNum": 5,
        "teamNo": 1,
        "roundScores": {
            "1": {
                "holes": {"8": hole(3, 1), "9": hole(4, 2), "10": hole(6, 3)},
                "inScore": {"par": 8, "score": 2, "strokes": 6, "yardage": 800},
                "outScore": {"par": 8, "score": -1, "strokes": 7, "yardage": 800},
                "roundPar": pair(16, "16"),
                "roundScore": pair(13, "13"),
                "roundToPar": pair(1, "+1"),
            }
        },
    }
    assert json.dumps(holes_of(ledger)) == json.dumps(expected)  # the order of the keys as well


def test_holes_stand_by_their_number_and_say_when_they_were_played():
    made = Ledger(holes="9-11")
    facts = made.tournament.rounds[1, 1]
    turned = (*facts.holes[1:], facts.holes[0])
    object.__setattr__(facts, "holes", turned)
    made.draw(1, tee=10)
    made.start(1)
    made.play(1, 4, 4, 4)
    holes = holes_of(made)["roundScores"]["1"]["holes"]
    assert {no: each["holeOrder"] for no, each in holes.items()} == {"9": 3, "10": 1, "11": 2}
    assert list(holes) == ["9", "10", "11"]


def test_before_the_first_hole_there_is_no_round():
    ledger = drawn()
    ledger.start(1)
    assert holes_of(ledger)["roundScores"] == {}
    ledger.play(1, 4)
    assert list(holes_of(ledger)["roundScores"]) == ["1"]
    assert holes_of(ledger, 2)["roundScores"] == {}


def test_only_the_team_whose_hole_it_is_has_another_document():
    ledger = drawn()
    ledger.start(1, 2)
    ledger.play(2, 4)
    assert [path for path in ledger.changed if "hole" in path] == [PATH.format(2)]


def test_a_hole_is_corrected_and_sent_again():
    ledger = drawn()
    ledger.start(1)
    ledger.play(1, 4, 4)
    ledger.say(log.HoleScore(7), 1, 1, 1)
    assert holes_of(ledger)["roundScores"]["1"]["holes"]["1"] == hole(7, 1)
    ledger.say(log.Mode(begins=True), 1, 1, 1)
    ledger.say(log.HoleStarted(), 1, 1, 1)
    assert ledger.changed == []
    assert holes_of(ledger)["roundScores"]["1"]["holes"]["1"] == hole(7, 1)
    ledger.say(log.HoleFinished("Withdrawn"), 1, 1, 1)
    assert list(holes_of(ledger)["roundScores"]["1"]["holes"]) == ["2"]


def test_scores_are_official_while_all_rounds_begun_are():
    ledger = drawn(cuts=(None, None))
    ledger.go_round({1: (4, 4), 2: (4, 4)})
    assert holes_of(ledger)["isOfficial"] is False
    ledger.say(log.RoundOfficial(), 1, 1, 2)
    assert ledger.changed == [PATH.format(1)]
    assert [holes_of(ledger, no)["isOfficial"] for no in (1, 2, 3)] == [True, False, False]
    ledger.draw(2)
    ledger.start(1, round_no=2)
    assert holes_of(ledger)["isOfficial"] is False


def test_or_when_the_tournament_is_over_for_the_team():
    ledger = drawn(cuts=(None, None), quirks={"hole-by-hole-official": "end"})
    ledger.go_round({1: (4, 4), 2: (4, 4)})
    for team in (1, 2):
        ledger.say(log.RoundOfficial(), 1, team, 2)
        assert holes_of(ledger, team)["isOfficial"] is False
    ledger.say(log.CutMade(0, (2,), "Cut"))
    assert PATH.format(2) in ledger.changed
    assert [holes_of(ledger, no)["isOfficial"] for no in (1, 2)] == [False, True]
    ledger.say(log.TournamentClosed(), 0)
    assert holes_of(ledger)["isOfficial"] is True


def played(team=1, **quirks):
    ledger = Ledger(teams=5, cuts=(3, None), playoff=True, quirks=quirks)
    whole_tournament(ledger)
    return holes_of(ledger, team)


def test_a_playoff_has_an_object_of_its_own():
    document = played()
    keys = ["tournamentId", "players", "timestamp", "playOffScore"]
    assert list(document)[:4] == keys  # as in the sample
    first, second = hole(4, 1), hole(3, 2)
    length = document["playOffScore"]["holes"][0]["holeYardage"]
    assert document["playOffScore"] == {
        "holes": [
            {"holeNo": 18, **first, "holeYardage": length},
            {"holeNo": 18, **second, "holeYardage": length},
        ],
        "roundPar": pair(8, "8"),
        "roundScore": pair(7, "7"),
        "roundToPar": pair(-1, "-1"),
    }
    assert list(document["roundScores"]) == ["1", "2"]
    assert "playOffScore" not in played(team=4)


def test_playoff_quirks():
    assert played(team=4, **{"no-playoff": "empty"})["playOffScore"] == {}
    holes = played(**{"playoff-holes": "object"})["playOffScore"]["holes"]
    assert {no: each["holeOrder"] for no, each in holes.items()} == {"18": 2}


def midway(**quirks):
    ledger = drawn(holes="9-10", quirks=quirks)
    ledger.start(1)
    ledger.play(1, 5)
    return holes_of(ledger)


def test_unplayed_quirks():
    assert midway(**{"unplayed-holes": "null"})["roundScores"]["1"]["holes"]["10"] is None
    bare = {**hole(4, 2), "holeScore": None, "holeStrokes": None}
    assert midway(**{"unplayed-holes": "bare"})["roundScores"]["1"]["holes"]["10"] == bare
    assert drawn_rounds(**{"unplayed-rounds": "empty"}) == {"1": {}, "2": {}}


def drawn_rounds(**quirks):
    return holes_of(drawn(cuts=(None, None), quirks=quirks))["roundScores"]


def test_nine_quirks():
    nine = midway(**{"nine-par": "so-far", "nine-scores": "null"})["roundScores"]["1"]
    assert nine["outScore"] == {"par": 4, "score": 1, "strokes": 5, "yardage": 400}
    assert nine["inScore"] == {"par": 0, "score": None, "strokes": None, "yardage": 0}


def test_gender_came_later():
    assert "gender" not in midway(**{"players-gender": "absent"})["players"][0]


def test_a_team_that_is_not_there_is_told_in_a_sentence():
    feed = Ledger().feeds["dde/teamholebyhole"]
    assert feed.unknown({"tournament": 7, "team": 3}) is None
    sentence = "tournament 7 has no team 13; it can be 1, 2, 3"
    assert feed.unknown({"tournament": 7, "team": 13}) == sentence
