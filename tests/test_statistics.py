"""The documents of statistics: what they say of small tournaments, by hand, and how they change."""

from __future__ import annotations

import json
import random

import pytest

from mockdde import log, schemas
from mockdde.baseline import expected
from mockdde.books import Books, Change
from mockdde.feeds import state_feeds
from mockdde.feeds.dde._ranks import Level, Statistic
from mockdde.lines import HoleLine
from mockdde.quirks._statistics import STATISTICS
from quickly import explain
from random_scenarios import scenario_text
from running import WHOLE, as_shipped, staged

FEEDS = [feed for feed in state_feeds() if "stats" in feed.NAME]
RANKINGS = [feed for feed in FEEDS if feed.NAME.startswith("dde/stats-")]
BASE = "/golf/tournaments/7/"
# Three holes: a par 4, a par 3 and a par 5. Team 2 misses greens, team 3 follows team 1.
TOURNAMENT = """
title: Three holes
tournament:
  id: 7
  course:
    id: 40
    holes:
      - {no: 1, par: 4, metres: 400}
      - {no: 2, par: 3, metres: 150}
      - {no: 3, par: 5, metres: 500}
field:
  - {team: 1, player: {id: 11, name: Ann One, country: FRA}}
  - {team: 2, player: {id: 12, name: Bea Two, country: ESP}}
  - {team: 3, player: {id: 13, name: Cat Three, country: ITA}}
rounds: [{no: 1, holes: 1-3}]
course:
  - {team: 1, hole: 1, shots: [drive OFW went 260 CDR, hit OGR to 2.5, putt in]}
  - {team: 1, hole: 2, shots: [drive OGR to 8, putt OGR to 1, putt in]}
  - {team: 1, hole: 3, shots: [drive OFW went 280.5 CDR, hit OGR to 12, putt in]}
  - team: 2
    hole: 1
    shots: [drive OTO went 240 CFW, hit OFW to 80, hit OGS to 15, hit OGR to 2,
      putt OGR to 1, putt in]
  - {team: 2, hole: 2, shots: [drive OGS to 15, hit OGR to 2, putt in]}
  - {team: 2, hole: 3, shots: [drive ORO went 250 CDR, hit ORO to 30, hit OCO to 12, hit in]}
  - {team: 3, hole: 1, shots: [drive OFW went 260 CDR, hit OGR to 5, putt OGR to 1, putt in]}
  - {team: 3, hole: 2, shots: [drive OGR to 3, putt in]}
  - team: 3
    hole: 3
    shots: [drive OOB went 250 CDR, hit OFW to 240 provisional 1, choose 1, hit ORO to 20,
      hit OGR to 1, putt OGR to 0.5, putt OGR to 0.4, putt in]
"""


class Played:
    """A tournament folded to its end; every document as it was sent last."""

    def __init__(self, tournament, until=None):
        self.tournament = tournament
        self.books = Books(tournament)
        self.feeds = [feed(self.books) for feed in FEEDS]
        self.of = {path: feed for feed in self.feeds for path in feed.streams()}
        self.told = dict.fromkeys(self.of, 0)
        for event in tournament.log.whole()[:until]:
            change = self.books.apply(event)
            for feed in self.feeds:
                for path in feed.apply(event, change):
                    self.told[path] += 1

    def __getitem__(self, name):
        """A document by the end of its path."""
        path = f"/golf/tournaments/{self.tournament.id}/{name}"
        return json.loads(self.of[path].document(path, self.told[path], 1_740_052_800_123))

    def documents(self):
        """Of all feeds: (name of the schema, path, document)."""
        for path, feed in self.of.items():
            yield feed.NAME, path, json.loads(feed.document(path, self.told[path], 0))


def played(text=TOURNAMENT, **quirks):
    return Played(staged(text, **quirks))


def rows(document, name):
    (section,) = [each for each in document["subCats"] if each["subCat"] == name]
    return {row["teamId"]: row for row in section["rankings"]}


def totals(document, name):
    """total, divisor and rank by team."""
    return {
        no: (row["total"]["total"], row["total"]["divisor"], row["total"]["rank"])
        for no, row in rows(document, name).items()
    }


# ── the definitions, each by hand ──────────────────────────────────────────────────────────────

EXPECTED = {
    "scoring": {
        # 3 3 3 (-1 0 -2), 6 3 4 (+2 0 -1), 4 2 8 (0 -1 +3)
        "birdiesOrBetter": {1: (2, 3, 1), 2: (1, 3, 2), 3: (1, 3, 2)},
        "bogeysOrWorse": {1: (0, 3, 1), 2: (1, 3, 2), 3: (1, 3, 2)},
        "par3Scoring": {1: (0, 3, 2), 2: (0, 3, 2), 3: (-1, 3, 1)},
        "par4Scoring": {1: (-1, 3, 1), 2: (2, 3, 3), 3: (0, 3, 2)},
        "par5Scoring": {1: (-2, 3, 1), 2: (-1, 3, 2), 3: (3, 3, 3)},
        "holeOuts": {1: (0, 3, 2), 2: (1, 3, 1), 3: (0, 3, 2)},
        "penaltyShots": {1: (0, 3, 1), 2: (0, 3, 1), 3: (1, 3, 3)},
    },
    "driving": {
        "accuracy": {1: (2, 2, 1), 2: (0, 2, 3), 3: (1, 2, 2)},
        "distance": {1: (270.2, 2, 1), 2: (245.0, 2, 3), 3: (255.0, 2, 2)},
        "driverUsage": {1: (2, 2, 1), 2: (1, 2, 3), 3: (2, 2, 1)},
        "bigMisses": {1: (0, 2, 1), 2: (1, 2, 2), 3: (1, 2, 2)},
        "longestDrive": {1: (280.5, 2, 1), 2: (250.0, 2, 3), 3: (260.0, 2, 2)},
    },
    "approach": {
        "greensInRegulation": {1: (3, 3, 1), 2: (0, 3, 3), 3: (2, 3, 2)},
        "greensUnderRegulation": {1: (1, 3, 1), 2: (0, 3, 2), 3: (0, 3, 2)},
        # Chances of 2.5 m, 8 m and an eagle; none; 5 m and 3 m.
        "10-20ft": {1: (0, 3, 2), 2: (0, 3, 2), 3: (1, 3, 1)},
        "20-30ft": {1: (1, 3, 1), 2: (0, 3, 2), 3: (0, 3, 2)},
        "30ft+": {1: (0, 3, 1), 2: (0, 3, 1), 3: (0, 3, 1)},
        "chancesInside10ft": {1: (2, 3, 1), 2: (0, 3, 3), 3: (1, 3, 2)},
        "chancesInside20ft": {1: (2, 3, 1), 2: (0, 3, 3), 3: (2, 3, 1)},
        "chancesInside30ft": {1: (3, 3, 1), 2: (0, 3, 3), 3: (2, 3, 2)},
        "offGreen": {1: (0, 3, 1), 2: (3, 3, 3), 3: (1, 3, 2)},
    },
    "shortgame": {
        "fairway": {1: (2, 3, 1), 2: (1, 3, 3), 3: (2, 3, 1)},
        "fringe": {1: (0, 3, 2), 2: (1, 3, 1), 3: (0, 3, 2)},
        "other": {1: (0, 3, 1), 2: (1, 3, 2), 3: (1, 3, 2)},
        "rough": {1: (0, 3, 1), 2: (2, 3, 3), 3: (1, 3, 2)},
        "sand": {1: (0, 3, 1), 2: (2, 3, 3), 3: (0, 3, 1)},
        "scrambleFromFairwayFringe": {2: (1, 1, 1)},
        "scrambleFromRoughHazard": {3: (0, 1, 1)},
        "scrambleFromSand": {2: (1, 2, 1)},
        "scrambles": {2: (2, 3, 1), 3: (0, 1, 2)},
        "sandSaves": {2: (1, 2, 1)},
        "scramblesOther": {},
    },
    "putting": {
        "totalPutts": {1: (4, 3, 2), 2: (3, 3, 1), 3: (6, 3, 3)},
        "longestHoledPutt": {1: (12.0, 3, 1), 2: (2.0, 3, 3), 3: (3.0, 3, 2)},
        "puttsHoledDistance": {1: (15.5, 3, 1), 2: (3.0, 3, 3), 3: (4.4, 3, 2)},
        "puttsPerGIR": {1: (4, 3, 1), 3: (3, 2, 2)},
        "threePutts": {1: (0, 3, 1), 2: (0, 3, 1), 3: (1, 3, 3)},
    },
}


@pytest.fixture(name="tournament", scope="module")
def tournament_fixture():
    return played()


@pytest.mark.parametrize(
    ("category", "name"), [(each, name) for each, names in EXPECTED.items() for name in names]
)
def test_a_statistic_by_hand(tournament, category, name):
    assert totals(tournament[f"stats/{category}"], name) == EXPECTED[category][name]


@pytest.mark.parametrize("feed", RANKINGS, ids=lambda feed: feed.NAME)
def test_every_statistic_of_a_category_is_told_and_proved(feed):
    category = feed.NAME.removeprefix("dde/stats-")
    document = played()[f"stats/{category}"]
    told = [each["subCat"] for each in document["subCats"]]
    assert told == [each["subCat"] for each in document["fieldAvgs"]]
    assert {each for each in told if not each.endswith("StrokesGained")} == EXPECTED[
        category
    ].keys()


def test_strokes_gained_of_all_categories_are_those_of_the_holes(tournament):
    kinds = {
        "scoring": "teeToGreen",
        "driving": "offTheTee",
        "approach": "approach",
        "shortgame": "aroundTheGreen",
        "putting": "putting",
    }
    of = {
        kind: totals(tournament[f"stats/{category}"], f"{kind}StrokesGained")
        for category, kind in kinds.items()
    }
    needed = sum(expected("OTB", metres) for metres in (400.0, 150.0, 500.0)) / 1000
    for team, strokes in {1: 9, 2: 13, 3: 14}.items():
        parts = [of[kind].get(team, (0, 0, 0)) for kind in kinds.values()]
        assert sum(part[0] for part in parts[1:4]) == pytest.approx(parts[0][0])
        assert parts[0][0] + parts[4][0] == pytest.approx(needed - strokes)
        assert parts[0][1] + parts[4][1] == strokes - (team == 3)  # and a penalty stroke
    assert [of["teeToGreen"][no][2] for no in (1, 2, 3)] == [1, 3, 2]


def test_a_row_has_its_players_and_rounds(tournament):
    row = rows(tournament["stats/driving"], "distance")[1]
    assert row == {
        "players": [
            {
                "country": "FRA",
                "displayName": "Ann One",
                "firstName": "Ann",
                "gender": "male",
                "id": 11,
                "isAmateur": False,
                "lastName": "One",
            }
        ],
        "rounds": [{"divisor": 2, "rank": 1, "round": 1, "total": 270.2}],
        "teamId": 1,
        "total": {"divisor": 2, "rank": 1, "total": 270.2},
    }


def test_field_averages(tournament):
    document = tournament["stats/approach"]
    (of,) = [each for each in document["fieldAvgs"] if each["subCat"] == "greensInRegulation"]
    assert of == {
        "rounds": [{"average": 1.667, "round": 1}],
        "subCat": "greensInRegulation",
        "total": 1.667,
    }
    document = played(**{"field-average": "share"})["stats/approach"]
    (of,) = [each for each in document["fieldAvgs"] if each["subCat"] == "greensInRegulation"]
    assert of["total"] == 0.556


def test_the_order_of_keys(tournament):
    assert list(tournament["holestats"]) == ["holeStats", "seqNum", "timestamp", "tournamentId"]
    assert list(tournament["stats/putting"]) == [
        "fieldAvgs",
        "seqNum",
        "subCats",
        "timestamp",
        "tournamentId",
    ]
    assert list(tournament["playerstats"]) == [
        "seqNum",
        "teamsStatistics",
        "timestamp",
        "tournamentId",
    ]
    assert tournament["holestats"]["timestamp"] == "2025-02-20T12:00:00.123Z"


# ── playerstats, of all and of one ─────────────────────────────────────────────────────────────


def test_the_holes_of_a_team(tournament):
    (team,) = [each for each in tournament["playerstats"]["teamsStatistics"] if each["teamId"] == 2]
    ((round_one),) = team["teamsStatistics"]
    assert round_one["round"] == 1
    first, second, third = round_one["holeStatistics"]
    assert first == {
        "bunker": True,
        "drivingDistance": 240.0,
        "fairway": False,
        "gir": False,
        "holeNo": 1,
        "holedPuttDistance": 1.0,
        "putts": 2,
        "rough": False,
    }
    assert (second["fairway"], second["drivingDistance"]) == (None, None)
    assert (third["holedPuttDistance"], third["putts"], third["rough"]) == (None, 0, True)
    one = tournament["playerstats/2"]
    assert one["teamsStatistics"] == [team]
    assert one["seqNum"] == 3


def test_a_stream_of_a_team_that_is_not_there_is_told_in_a_sentence():
    made = next(feed for feed in FEEDS if feed.NAME == "dde/teamstats")(Books(staged(TOURNAMENT)))
    assert made.unknown({"tournament": 7, "team": 2}) is None
    assert "7 has no team 4" in made.unknown({"tournament": 7, "team": 4})


# ── holestats ──────────────────────────────────────────────────────────────────────────────────


def test_a_hole_by_hand(tournament):
    first, _, third = tournament["holestats"]["holeStats"]
    block = {
        "averagePutts": 1.667,  # 1, 2 and 2
        "birdies": 1,
        "bogeys": 0,
        "doubleBogeysOrWorse": 1,
        "eaglesOrBetter": 0,
        "fairwaysHit": 2,
        "greensHit": 2,
        "pars": 1,
        "scoringAverage": 4.333,
        "threePutts": 0,
        "timesPlayed": 3,
    }
    assert first["holeNumber"], first["parNumber"] == (1, 4)
    assert first["total"] == block
    assert first["rounds"] == [{**block, "round": 1}]
    assert (third["total"]["eaglesOrBetter"], third["total"]["threePutts"]) == (1, 1)
    assert "courseId" not in first


def test_a_hole_is_there_once_somebody_has_finished_it():
    tournament = staged(TOURNAMENT)
    finished = [
        at for at, event in enumerate(tournament.log) if isinstance(event.what, log.HoleFinished)
    ]
    assert Played(tournament, finished[0])["holestats"]["holeStats"] == []
    (only,) = Played(tournament, finished[0] + 1)["holestats"]["holeStats"]
    assert only["total"]["timesPlayed"] == 1


# ── folds ──────────────────────────────────────────────────────────────────────────────────────

TURBULENT = """
title: Much goes wrong
tournament: {id: 7}
field: [{teams: 5}]
rounds: [{no: 1, holes: 1-6, tees: [1, 4]}, {no: 2, holes: 1-6}]
course:
  - {round: 2, team: 3, hole: 4, shots: [drive OTO, withdraw]}
report:
  - {after: {round: 1, team: 1, hole: 2}, rescore: {hole: 1, strokes: 9}}
  - {after: {round: 1, team: 1, hole: 3}, resend: {hole: 1, shots: [drive ORO, hit in]}}
  - {after: {round: 1, team: 2, hole: 3}, resend: {hole: 2}}
  - after: {round: 2, team: 2, hole: 3}
    of: {hole: 2, stroke: 1}
    correct: {DetailedLie: {surfaceTypeCode: OST}}
  - {after: {round: 1, team: 4}, rescore: {hole: 3, strokes: 2}}
  - {after: {round: 2, team: 5, hole: 6}, resend: {hole: 6, shots: [drive OFW, withdraw]}}
"""


def afresh(books):
    """The feeds of only the lines that are there in the end."""
    other = Books(books.tournament)
    for team, book in books.teams.items():
        other.teams[team].pending = book.pending
    feeds = [feed(other) for feed in FEEDS]
    for feed in feeds:
        if feed.NAME == "dde/holestats":
            feed._teams = books.teams  # where a hole's course stands
    nobody = log.Event(0, 0, 0, 0, 0, 0, 0, 0, log.RoundFinished())
    for team, book in books.teams.items():
        for of_round in book.rounds.values():
            for order, line in of_round.lines.items():
                change = Change((of_round.round, team, order), None, line)
                for feed in feeds:
                    list(feed.apply(nobody, change))
    return {path: feed for feed in feeds for path in feed.streams()}


@pytest.mark.parametrize("seed", range(15))
def test_what_is_kept_of_random_scenarios_is_what_would_be_counted_afresh(seed):
    agree(staged(scenario_text(seed, 0.03)))


@pytest.mark.parametrize("name", ["turbulent", *WHOLE])
def test_what_is_kept_is_what_would_be_counted_afresh(name):
    agree(staged(TURBULENT) if name == "turbulent" else as_shipped(name))


def agree(tournament):
    """The documents that were kept up to date are those of only the lines that are left."""
    places = len(tournament.log.whole())
    for until in {places // 3, places * 2 // 3, places}:
        now = Played(tournament, until)
        for path, feed in afresh(now.books).items():
            kept = json.loads(now.of[path].document(path, 1, 0))
            assert kept == json.loads(feed.document(path, 1, 0)), path


def test_documents_that_are_asked_for_at_every_change_are_the_same():
    tournament = staged(TURBULENT)
    asked, books = {}, Books(tournament)
    feeds = [feed(books) for feed in FEEDS]
    for event in tournament.log:
        change = books.apply(event)
        for feed in feeds:
            for path in feed.apply(event, change):
                asked[path] = feed.document(path, 1, 0)
    now = Played(tournament)
    for path, document in asked.items():
        assert document == now.of[path].document(path, 1, 0)


def test_a_document_is_sent_when_it_is_another_one_and_only_then():
    tournament = staged(TURBULENT)
    books = Books(tournament)
    feeds = [feed(books) for feed in FEEDS]
    of = {path: feed for feed in feeds for path in feed.streams()}
    before = {path: feed.document(path, 1, 0) for path, feed in of.items()}
    for event in tournament.log:
        change = books.apply(event)
        told = {path for feed in feeds for path in feed.apply(event, change)}
        for path, feed in of.items():
            document = feed.document(path, 1, 0)
            assert (document != before[path]) == (path in told), (event, path)
            before[path] = document


def test_every_packet_sends_all_documents_where_the_table_is_right():
    now = played(**{"stats-sent": "packet"})
    packets = [event for event in now.tournament.log if event.team]
    assert now.told[BASE + "holestats"] == now.told[BASE + "stats/putting"] == len(packets)
    of_two = [event for event in packets if event.team == 2]
    assert now.told[BASE + "playerstats/2"] == len(of_two)
    assert now.told[BASE + "playerstats"] == len(packets)


def test_a_team_that_left_keeps_the_holes_it_finished():
    now = Played(staged(TURBULENT))
    assert totals(now["stats/scoring"], "birdiesOrBetter")[3][1] == 6 + 3
    assert totals(now["stats/scoring"], "birdiesOrBetter")[5][1] == 6 + 5


TWO_COURSES = """
title: x
tournament: {id: 7, courses: [{id: 40}, {id: 41}]}
field: [{teams: 3}]
rounds: [{holes: 1-3, groups: 1}]
"""


def two_courses(**quirks):
    """Teams 1 and 3 play their holes on one course, team 2 on the other."""
    return staged(TWO_COURSES, **quirks)


def test_holes_of_different_courses_are_never_one():
    holes = Played(two_courses())["holestats"]["holeStats"]
    told = [(hole["courseId"], hole["holeNumber"], hole["total"]["timesPlayed"]) for hole in holes]
    assert told == [*(("40", no, 2) for no in (1, 2, 3)), *(("41", no, 1) for no in (1, 2, 3))]
    as_number = Played(two_courses(**{"course-id": "integer"}))["holestats"]["holeStats"]
    assert as_number[0]["courseId"] == 40
    unnamed = Played(two_courses(**{"hole-course": "never"}))["holestats"]["holeStats"]
    assert unnamed == [{key: hole[key] for key in hole if key != "courseId"} for hole in holes]


def test_rows_stay_apart_where_one_team_leaves_a_ranking_and_another_comes_on_top():
    tournament = staged(TOURNAMENT)
    books = Books(tournament)
    for event in tournament.log:
        books.apply(event)
    line = books.teams[1].rounds[1].lines[1]
    (scoring,) = [feed(books) for feed in FEEDS if feed.NAME == "dde/stats-scoring"]
    finished = log.Event(0, 0, 0, 0, 1, 1, 1, 11, log.HoleFinished("BallHoled"))

    def teams_after(*changes):
        for team, before, after in changes:
            scoring.apply(finished, Change((1, team, 1), before, after))
        document = json.loads(scoring.document(BASE + "stats/scoring", 1, 0))
        return [row["teamId"] for row in document["subCats"][0]["rankings"]]

    first, second, third = books.teams
    assert teams_after((second, None, line), (third, None, line)) == [second, third]
    assert teams_after((third, line, None), (first, None, line)) == [first, second]


def test_a_playoff_counts_in_nothing():
    tournament = staged(TOURNAMENT)
    books = Books(tournament)
    for event in tournament.log:
        books.apply(event)
    line = books.teams[1].rounds[1].lines[1]
    for feed in FEEDS:
        event = log.Event(0, 0, 0, 0, 401, 1, 1, 11, log.HoleFinished("BallHoled"))
        assert not list(feed(books).apply(event, Change((401, 1, 1), None, line)))


def test_holes_without_figures_count_in_scores_only():
    tournament = staged(TOURNAMENT)
    books = Books(tournament)
    for event in tournament.log:
        books.apply(event)
    whole = books.teams[1].rounds[1].lines[1]
    line = HoleLine(whole.hole, whole.order, whole.strokes)
    change = Change((1, 1, 1), None, line)
    told = {
        path
        for feed in FEEDS
        for path in feed(books).apply(
            log.Event(0, 0, 0, 0, 1, 1, 1, 11, log.HoleFinished("BallHoled")), change
        )
    }
    assert told == {BASE + "holestats", BASE + "stats/scoring"}


def test_a_hole_in_one_has_figures_only_where_lies_are_measured():
    for scoring, measured in {"ShotlinkWithLaser": True, "ScoredWithWalkingScorer": False}.items():
        tournament = staged(f"""
            title: An ace
            tournament: {{course: {{scoring: {scoring}, holes: [{{no: 1, par: 3, metres: 150}}]}}}}
            field: [{{teams: 1}}]
            rounds: [{{holes: 1}}]
            course: [{{team: 1, hole: 1, score: 1}}]
        """)
        books = Books(tournament)
        for event in tournament.log:
            books.apply(event)
        line = books.teams[1].rounds[1].lines[1]
        assert (line.strokes, line.figures is not None) == (1, measured)


# ── ranks ──────────────────────────────────────────────────────────────────────────────────────


def test_ranks_moved_are_those_that_changed():
    chance, level = random.Random(7), Level()
    for _ in range(2000):
        before = dict(level.rank)
        team = chance.randrange(12)
        new = None if chance.random() < 0.1 else float(chance.randrange(6))
        if new == level.key.get(team):
            continue
        moved = level.move(team, new)
        ranks = {
            each: 1 + sum(key < level.key[each] for key in level.key.values()) for each in level.key
        }
        assert level.rank == ranks
        others = [each for each in ranks if each != team and ranks[each] != before[each]]
        assert sorted(moved) == sorted(others)


def test_fewer_is_better_where_it_says_so():
    assert not Statistic("any", lambda _: None).fewer
    better = {
        each.key
        for feed in RANKINGS
        for each in feed.TABLE(staged(TOURNAMENT).quirks)
        if each.fewer
    }
    assert better == {
        *("bogeysOrWorse", "par3Scoring", "par4Scoring", "par5Scoring", "penaltyShots"),
        *("bigMisses", "offGreen", "other", "rough", "sand"),
        *("totalPutts", "puttsPerGIR", "threePutts"),
    }


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────

QUIRKS = [
    ("statistic-names", "printed", "stats/scoring"),
    ("scramble-spelling", "screambleFromRoughHazard", "stats/shortgame"),
    ("statistic-rank", "total", "stats/driving"),
    ("field-average", "share", "stats/putting"),
    ("ranking-players", "absent", "stats/approach"),
    ("par-scoring-divisor", "par", "stats/scoring"),
    ("driven-green", "hit", "stats/driving"),
    ("driven-green", "hit", "holestats"),
    ("driven-green", "hit", "playerstats"),
    ("chance-lengths", "feet", "stats/approach"),
    ("statistic-rounds", "keyed", "playerstats"),
    ("statistic-rounds", "keyed", "holestats"),
    ("statistic-round-key", "roundNo", "holestats"),
    ("statistic-round-key", "roundNo", "stats/putting"),
    ("statistic-round-key", "roundNo", "playerstats/1"),
    ("player-rounds-key", "rounds", "playerstats"),
    ("team-statistics", "flat", "playerstats/1"),
    ("par-three-drive", "absent", "playerstats"),
    ("hole-out-distance", "distance", "playerstats"),
    ("hole-course", "always", "holestats"),
    ("hole-total", "array", "holestats"),
    ("greens-hit", "tee-shot", "holestats"),
    ("averages", "integer", "holestats"),
    ("driving-holes", "official", "stats/driving"),
    ("undefined-statistics", "absent", "stats/driving"),
    ("undefined-statistics", "absent", "stats/approach"),
    ("undefined-statistics", "absent", "stats/shortgame"),
]
# Two of the field: one drives a green, and has played more holes than the other.
QUIRKY = """
title: A driven green
tournament:
  id: 7
  course: {holes: [{no: 1, par: 4, metres: 300}, {no: 2, par: 3}, {no: 3, par: 4}]}
field: [{teams: 3}]
rounds: [{no: 1, holes: 1-3}]
course:
  - {team: 1, hole: 1, shots: [drive OGR to 3.0, putt OGR to 1, putt in]}
  - {team: 1, hole: 2, shots: [drive OCO to 12, hit in]}
  - {team: 2, hole: 1, shots: [drive OFW to 60 CDR, hit OGR to 6.1, putt in]}
  - {team: 2, hole: 2, shots: [drive OGR to 9.1, putt in]}
  - {team: 2, hole: 3, shots: [drive OFW, hit OGR to 3, withdraw]}
  - {team: 3, hole: 1, shots: [drive OFW to 60 CDR, hit OGR to 6.1, putt OGR to 1, putt in]}
  - {team: 3, hole: 3, shots: [drive OFW to 120, hit OGR to 3, putt OGR to 1, putt in]}
"""


@pytest.mark.parametrize(("quirk", "choice", "name"), QUIRKS)
def test_a_quirk_changes_its_document_and_all_stay_valid(quirk, choice, name):
    now, plain = played(QUIRKY, **{quirk: choice}), played(QUIRKY)
    assert now[name] != plain[name]
    for schema, path, document in now.documents():
        for each in (schema, f"{schema}.strict"):
            assert explain(each, document) == [], path


def test_every_quirk_of_statistics_is_tried():
    tried = {(quirk, choice) for quirk, choice, _ in QUIRKS}
    tried |= {("stats-sent", "packet"), ("hole-course", "never")}  # of several courses, above
    tried |= {("unmeasured", "zero")}  # of a course that is not measured, below
    assert tried == {(each.name, choice) for each in STATISTICS for choice in each.choices[1:]}


@pytest.mark.parametrize("key", ["subCats", "seqNum", "timestamp"])
def test_a_strict_schema_misses_what_is_not_there(key, tournament):
    document = tournament["stats/scoring"]
    del document[key]
    assert schemas.explain("dde/stats-scoring.strict", document)


def test_a_strict_schema_knows_the_statistics_of_its_category(tournament):
    assert schemas.explain("dde/stats-scoring.strict", tournament["stats/putting"])
    assert not explain("dde/stats-scoring", tournament["stats/putting"])


# ── strokes gained are against the field ───────────────────────────────────────────────────────

FIELD = """
title: x
seed: {seed}
tournament: {{id: 7, tour: PGA tour}}
field: [{{teams: 50}}]
rounds: [{{tees: [1, 10]}}]
"""
CATEGORIES = {
    "stats/driving": "offTheTeeStrokesGained",
    "stats/approach": "approachStrokesGained",
    "stats/shortgame": "aroundTheGreenStrokesGained",
    "stats/putting": "puttingStrokesGained",
}


def test_a_field_gains_nothing_on_the_average_of_a_tour():
    """The generated golf is that of the table of expected strokes, to half a stroke a round."""
    found = {key: [] for key in CATEGORIES.values()}
    for seed in range(4):  # each on another course
        now = Played(staged(FIELD.format(seed=seed)))
        for feed, key in CATEGORIES.items():
            found[key] += [
                each["total"] for each in now[feed]["fieldAvgs"] if each["subCat"] == key
            ]
    means = {key: sum(each) / len(each) for key, each in found.items()}
    assert all(abs(mean) < 0.5 for mean in means.values()), means
    assert abs(sum(means.values())) < 0.8, means


def test_not_everybody_has_a_driver_in_hand_on_the_same_holes():
    rows = totals(Played(staged(FIELD.format(seed=5)))["stats/driving"], "driverUsage")
    assert len(set(rows.values())) >= 3


def test_of_a_hole_that_is_not_measured_nothing_is_claimed():
    text = (
        "title: x\ntournament: {id: 7, course: {scoring: HoleScoresOnly}}\nfield: [{teams: 2}]\n"
        "rounds: [{holes: 1}]\n"
    )
    keys = ("averagePutts", "fairwaysHit", "greensHit", "threePutts")
    for choice, value in (("null", None), ("zero", 0)):
        (hole,) = Played(staged(text, unmeasured=choice))["holestats"]["holeStats"]
        assert [hole["total"][key] for key in keys] == [value] * 4
        assert hole["total"]["timesPlayed"] == 2
        for each in ("dde/holestats", "dde/holestats.strict"):
            document = {"holeStats": [hole], "seqNum": 1, "tournamentId": 7}
            document["timestamp"] = "2025-02-20T07:00:00.000Z"
            assert explain(each, document) == []


def test_who_awaits_verification_is_unknown_until_then():
    """As on the boards and in the entry list; rankings begin with play, when everybody is known."""
    text = (
        "title: x\ntournament: {id: 7}\nfield: [{team: 1, pending: true}]\nrounds: [{holes: 1}]\n"
    )
    tournament = staged(text)
    (player,) = tournament.teams[1].players
    verified = next(
        at for at, event in enumerate(tournament.log) if isinstance(event.what, log.Verified)
    )
    for name in ("playerstats", "playerstats/1"):
        for until, known in ((verified, False), (verified + 1, True)):
            (team,) = Played(tournament, until)[name]["teamsStatistics"]
            names = {team["players"][0][key] for key in ("displayName", "firstName", "lastName")}
            if known:
                assert names == {player.display_name, player.first_name, player.last_name}
            else:
                assert names == {"Unknown"}
