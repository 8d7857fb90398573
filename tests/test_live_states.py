"""The four states of the live dialect: as in the samples, and of one mind with the DDE feed's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest

from livetoken import live_token
from mockdde import schemas
from mockdde.broadcast import Broadcast, name_of
from mockdde.feeds.live._envelope import payload_of
from mockdde.quirks import QUIRKS
from mockdde.quirks._live_states import LIVE_STATES
from mockdde.scenario import load_text, open_scenario
from mockdde.world import stage
from quickly import check
from random_matches import scenario as random_matches
from random_tournaments import tournament_text
from running import ONE_HOLE, TEXT, house, staged

SAMPLES = Path(__file__).parent / "samples"
BOARD, HOLES = "stroke-play-leaderboard", "stroke-play-team-hole-by-hole"
MATCHES, MATCH = "match-play-leaderboard", "match-hole-by-hole"
KINDS = dict.fromkeys((BOARD, MATCHES), "Standings.Sport.Golf")
KINDS |= dict.fromkeys((HOLES, MATCH), "State.Statistics.Golf")
ALIKE = {"unplayed-score": "null", "total-score": "hole", "ball-not-holed": "null"}  # as here
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()} | ALIKE
SELDOM = 5  # looks
SEEDS, MATCH_SEEDS = range(8), range(8)
SHIPPED = [
    "world/sample-hole",
    "correction/last-event",
    "correction/long-ago",
    "hole-correction/finished-hole",
    "hole-correction/interrupted",
    "hole-score/after-round-finished",
    "penalty/disqualified",
    "playoff/sudden-death",
    "playoff/three-holes",
    "playoff/told-hole-by-hole",
    "status/alternate",
    "status/did-not-start",
    "status/missed-cut",
    "suspension/dusk-overnight",
    "tournament/three-courses",
    "match/conceded-before-start",
    "match/conceded-hole",
    "match/correction-changes-winner",
    "match/correction-reopens-match",
    "match/extra-holes",
    "match/fourballs-partner-picks-up",
    "match/hole-correction-in-a-match",
    "match/pool-playoff",
    "match/foursomes",
    "match/suspended-match",
]


def sample(name):
    return json.loads((SAMPLES / f"live--{name}--1.json").read_text(encoding="utf-8"))


@cache
def shipped(name, **quirks):
    return stage(open_scenario(name), {**DEFAULTS, **quirks})


def told(broadcast):
    """The documents of the live dialect as they are now, by what a scenario calls them."""
    return {
        name_of(path).name: json.loads(broadcast.document(path, feed))
        for feed in broadcast.states
        for path in feed.streams()
        if feed.NAME.startswith("live/")
    }


@cache
def ended(name):
    broadcast = Broadcast(shipped(name))
    while broadcast.next_due is not None:
        broadcast.advance()
    return told(broadcast)


def payload(name, state):
    """The first payload of a feed, of a scenario that is over."""
    path = next(path for path in ended(name) if path.split("/")[0] == state)
    return ended(name)[path]["data"]["payload"]


DDE_ENDINGS = ("BallHoled", "HoleWon", "LossOfHole", "HoleConceded")

# ── the samples ────────────────────────────────────────────────────────────────────────────────

OF_SAMPLES = {
    "state-stroke-play-leaderboard": (BOARD, "playoff/sudden-death"),
    "state-stroke-play-hole-by-hole": (HOLES, "playoff/sudden-death"),
    "state-match-play-leaderboard": (MATCHES, "match/foursomes"),
}


@pytest.mark.parametrize(("name", "state"), [(key, each[0]) for key, each in OF_SAMPLES.items()])
def test_a_sample_is_a_payload(name, state):
    payload_schema = f"live/{state}#/$defs/payload"
    assert list(schemas.validator(payload_schema).iter_errors(sample(name))) == []


def test_the_sample_of_the_envelope_is_one():
    assert list(schemas.validator("live/state").iter_errors(sample("ws-state-envelope"))) == []


def begins_like(theirs, mine, where=""):
    """What is in a sample is here too, in its order, and nothing stands before it."""
    if isinstance(theirs, dict) and theirs and all(key.isdecimal() for key in theirs):
        begins_like(*(next(iter(each.values())) for each in (theirs, mine)), f"{where}/0")
    elif isinstance(theirs, dict):
        assert list(mine)[: len(theirs)] == list(theirs), where
        for key, each in theirs.items():
            begins_like(each, mine[key], f"{where}/{key}")
    elif isinstance(theirs, list):
        begins_like(theirs[0], mine[0], f"{where}/0")
    else:
        assert type(mine) is type(theirs), where


@pytest.mark.parametrize("name", OF_SAMPLES)
def test_a_payload_begins_with_the_keys_of_its_sample(name):
    state, scenario = OF_SAMPLES[name]
    paths = [path for path in ended(scenario) if path.split("/")[0] == state]
    payloads = [ended(scenario)[path]["data"]["payload"] for path in paths]
    mine = next((each for each in payloads if "playoff_score" in each), payloads[0])
    begins_like(sample(name), mine)


@pytest.mark.parametrize("scenario", ["world/sample-hole", "match/halved-match"])
def test_an_envelope_is_like_its_sample(scenario):
    theirs = sample("ws-state-envelope")
    for path, mine in ended(scenario).items():
        begins_like({**theirs, "data": {**theirs["data"], "payload": {}}}, mine)
        data = mine["data"]
        assert mine["id"] == data["id"]
        assert UUID(mine["id"]).version == 5
        assert mine["time"] == data["created_at"]
        assert mine["type"] == KINDS[path.split("/")[0]]
        assert mine["source"] == f"/tournaments/{mine['tournamentid']}"


def test_the_table_of_hole_by_hole_of_a_match_is_kept():
    """Its page has no sample, and its oddities stay (§13.9)."""
    match = payload("match/fourballs-partner-picks-up", MATCH)
    keys = "is_official match_id sr_match_id scoring_type time tournament_id sr_tournament_id"
    assert list(match) == [*keys.split(), "winning_team_number", "team_scores"]
    side = match["team_scores"][0]
    keys = "team_number squad_number match_score_to_par match_strokes hole_scores players"
    assert list(side) == keys.split()
    scores = [hole for each in match["team_scores"] for hole in each["hole_scores"]]
    keys = "cumulative_score_to_par cumulative_holes_advantage hole_number yardage par score_to_par"
    keys += " strokes hole_finished hole_finished_by playoff_sequence player_scores"
    assert keys.split() in [list(each) for each in scores]
    assert {each.get("hole_finished_by") for each in scores} <= {*DDE_ENDINGS, None}
    for each in scores:
        assert isinstance(each.get("strokes", 1), int)


# ── the DDE feed's documents, said in the words of this dialect ────────────────────────────────

STATUSES = {
    "NotStarted": "NOT_STARTED",
    "InProgress": "IN_PROGRESS",
    "PlayComplete": "ENDED",
    "Official": "CONFIRMED",
    "Suspended": "SUSPENDED",
    "PlaySuspended": "SUSPENDED",
}
OF_TEAMS = {
    "Uncut": "UNCUT",
    "Cut": "CUT",
    "Withdrawn": "WITHDRAWN",
    "Retired": "RETIRED",
    "Disqualified": "DISQUALIFIED",
    "DidNotStart": "DID_NOT_START",
    "MadeCutButDidNotFinish": "MADE_CUT_BUT_DID_NOT_FINISH",
    "Other": "OTHER",
    "Removed": "REMOVED",
}
OF_MATCHES = {
    "Not Started": "NOT_STARTED",
    "In Progress": "IN_PROGRESS",
    "MatchComplete": "ENDED",
}


class Interpreter:
    """Says documents of the DDE feed in the words of this dialect, without the project's folds."""

    def __init__(self, tournament):
        self.tournament = tournament
        self.played = {}  # holes by match, as its score has them

    def say(self, name, document):
        """A document by its name of the DDE feed."""
        kind, _, no = name.partition("/")
        says = {
            "leaderboard": self.board,
            "teamholebyhole": self.holes,
            "matchplayleaderboard": self.matches,
            "matchscore": self.match,
        }
        if kind == "matchscore":
            self.played[int(no)] = played_of(document)
        return says[kind](document)

    def live(self, name):
        """The name of the document that says the same."""
        kind, _, no = name.partition("/")
        return {
            "leaderboard": BOARD,
            "teamholebyhole": f"{HOLES}/{self.id(no)}",
            "matchplayleaderboard": MATCHES,
            "matchscore": f"{MATCH}/{self.id(no)}",
        }[kind]

    def id(self, no):
        """``team_id`` and ``match_id``."""
        return 1_000_000_000 + self.tournament.id * 10_000 + int(no or 0)

    def ids(self, key, no):
        return {f"{key}_id": no, f"sr_{key}_id": f"sr:{KEYS[key]}:{no}"}

    def head(self, theirs):
        return self.ids("tournament", theirs["tournamentId"])

    def rounds(self, theirs, over):
        done = {"PlayComplete": over, "Official": over, "GroupingsOfficial": "NOT_STARTED"}
        return {
            "round_statuses": [
                {"round_number": each["number"], "status": (STATUSES | done)[each["status"]]}
                for each in theirs["roundStatuses"]
            ]
        }

    def player(self, theirs, order):
        number = theirs["id"]
        keys = {
            "player_id": number,
            "sr_player_id": f"sr:competitor:{number}",
            "country": theirs["country"],
            "display_name": theirs.get("displayName"),
            "first_name": theirs["firstName"],
            "last_name": theirs["lastName"],
            "is_amateur": theirs.get("isAmateur"),
            "gender": theirs.get("gender"),
        }
        return {key: keys[key] for key in order.split()}

    # stroke play

    def board(self, theirs):
        return {
            **self.head(theirs),
            "tournament_status": STATUSES[theirs["tournamentStatus"]],
            **self.rounds(theirs, "COMPLETED"),
            "team_standings": [self.row(each) for each in theirs["standings"]],
            "current_round": theirs["currentRound"]["number"],
            "cutline": theirs["currentRound"]["cutline"],
            "is_play_suspended_overnight": theirs["isPlaySuspendedOvernight"],
        }

    def row(self, theirs):
        position = theirs["position"]
        return {
            **self.ids("team", self.id(theirs["teamNo"])),
            "players": [self.player(each, ON_BOARDS) for each in theirs["players"]],
            "status": OF_TEAMS[theirs["status"]],
            "current_round": theirs["currentRound"],
            "holes_through": theirs["holesThrough"]["value"],
            "to_par": theirs["toPar"]["value"],
            "to_par_today": theirs["toParToday"]["value"],
            "total_score": theirs["totalScore"]["value"],
            "round_info": {
                no: {
                    "score": each["score"]["value"],
                    "to_par": each["toPar"]["value"],
                    "tee_time": seconds(each["teeTime"]),
                    "start_hole": each["startHole"],
                    "round_finished_position": each["roundFinishedPosition"],
                    "round_finished_is_tied": each["roundFinishedIsTied"],
                }
                for no, each in theirs["roundInfo"].items()
            },
            "position": position["value"],
            "is_tied": position["format"] == "tied",
            "order": position["order"],
        }

    def holes(self, theirs):
        found = {"is_official": theirs["isOfficial"]}
        if "playOffScore" in theirs:
            score = theirs["playOffScore"]
            holes = [{"hole_number": each["holeNo"], **hole(each)} for each in score["holes"]]
            found["playoff_score"] = {"holes": holes, **totals(score)}
        return found | {
            "players": [self.player(each, OF_HOLES) for each in theirs["players"]],
            "round_scores": {
                no: {
                    "holes": {number: hole(each) for number, each in score["holes"].items()},
                    "in_score": nine(score["inScore"]),
                    "out_score": nine(score["outScore"]),
                    **totals(score),
                }
                for no, score in theirs["roundScores"].items()
            },
        }

    # match play

    def matches(self, theirs):
        found = {
            **self.head(theirs),
            "tournament_status": STATUSES[theirs["tournamentStatus"]],
            "current_round": theirs["currentRound"],
            **self.rounds(theirs, "ENDED"),
            "matches": [self.of_board(each) for each in theirs["matches"]],
        }
        if "TournamentScores" in theirs:
            found["tournament_scores"] = [
                {
                    **self.squad(each["SquadNo"]),
                    "squad_name": each["squadName"],
                    "host": each["host"],
                    "score": each["score"],
                    "projected_score": each["projectedScore"],
                    "score_to_win": each["scoreToWin"],
                }
                for each in theirs["TournamentScores"].values()
            ]
        return found

    def squad(self, no):
        squads = [each.no for each in self.tournament.squads]
        return self.ids("squad", self.id(9001 + squads.index(no)))

    def of_board(self, theirs):
        found = {
            **self.ids("match", self.id(theirs["matchNo"])),
            **self.ids("course", int(theirs["courseId"])),
            "round_number": theirs["roundNo"],
            "round_name": theirs["roundName"],
            "match_status": OF_MATCHES[theirs["matchStatus"]],
            "start_hole": theirs["startHole"],
            "tee_time": in_utc(theirs["teeTime"]),
            "teams": [self.side(each, theirs["matchNo"]) for each in theirs["teams"]],
        }
        if "poolNo" in theirs:
            found["pool_number"] = theirs["poolNo"]
            found["pool_match_position"] = theirs["poolMatchPosition"]
        return found

    def side(self, theirs, match):
        thru, previous = theirs["thru"], theirs["previousMatch"]
        found = {
            **self.ids("team", self.id(theirs["teamNo"])),
            **(self.squad(theirs["squadNo"]) if "squadNo" in theirs else {}),
            "players": [self.player(each, SHORT) for each in theirs["players"]],
            "final_match_score": theirs["finalMatchScore"],
            "current_match_score": theirs["currentMatchScore"],
            "match_leader": bool(theirs["matchLeader"]),
            "match_winner": theirs["matchWinner"],
            "thru": self.played[match] if thru == "F" else 0 if thru == "-" else int(thru),
            "seed": theirs.get("seed"),
            "previous_match": self.id(previous) if previous else None,
            "position": theirs.get("position"),
            "is_tied": bool(theirs["isTied"]),
            "pool_play_group_number": theirs.get("poolPlayGroupNo"),
            "pool_winner": theirs.get("poolWinner"),
        }
        for total, key in (("", "pool"), ("total_", "totalPool")):
            for word in ("Wins", "Halves", "Losses", "Points"):
                found[f"{total}pool_{word.lower()}"] = theirs.get(key + word)
        return {
            key: value
            for key, value in found.items()
            if value is not None or key in ("final_match_score", "previous_match")
        }

    def match(self, theirs):
        id_ = self.id(theirs["matchId"])
        found = {
            "is_official": theirs["isOfficial"],
            **self.ids("match", id_),
            "scoring_type": theirs["scoringType"],
            **self.head(theirs),
            "winning_team_number": theirs["winningTeamNo"],
            "team_scores": [self.team_score(each) for each in theirs["teamScores"]],
        }
        return known(found)

    def team_score(self, theirs):
        return {
            "team_number": theirs["teamNo"],
            "squad_number": theirs.get("squadNo"),
            "match_score_to_par": theirs["matchTotalToPar"],
            "match_strokes": theirs["matchStrokes"],
            "hole_scores": [self.hole_score(each) for each in theirs["holeScores"]],
            "players": [self.player(each, OF_HOLES) for each in theirs["players"]],
        }

    def hole_score(self, theirs):
        strokes = theirs.get("strokes", "-")
        found = {
            "cumulative_score_to_par": theirs.get("cumulativeScoreToPar"),
            "cumulative_holes_advantage": theirs.get("cumulativeHolesAdvantage"),
            "hole_number": theirs["holeNo"],
            "yardage": theirs["yardage"],
            "par": theirs["par"],
            "score_to_par": theirs.get("scoreToPar"),
            "strokes": int(strokes) if strokes.isdecimal() else None,
            "hole_finished": theirs["holeFinished"],
            "hole_finished_by": theirs.get("holeFinishedBy"),
            "playoff_sequence": theirs["playOffSequence"],
        }
        if "playerScores" in theirs:
            found["player_scores"] = [
                {
                    **self.ids("player", each["id"]),
                    "strokes": each["strokes"],
                    "score_to_par": each["scoreToPar"],
                    "is_ball_holed": each["isBallHoled"],
                }
                for each in theirs["playerScores"]
            ]
        return found


KEYS = {
    "tournament": "stage",
    "team": "competitor",
    "squad": "competitor",
    "player": "competitor",
    "match": "match",
    "course": "venue",
}
ON_BOARDS = "player_id sr_player_id first_name last_name display_name country is_amateur"
OF_HOLES = "player_id sr_player_id country display_name first_name last_name is_amateur gender"
SHORT = "player_id sr_player_id first_name last_name country"  # the DDE feed's of match play


def seconds(moment):
    """To the second."""
    return f"{moment.partition('.')[0]}Z"


def in_utc(moment):
    """Of a moment with the venue's offset."""
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hole(theirs):
    return {
        "hole_sequence": theirs["holeOrder"],
        "hole_par": theirs["holePar"],
        "hole_score_to_par": theirs["holeScore"],
        "hole_strokes": theirs["holeStrokes"],
        "hole_yardage": theirs["holeYardage"],
    }


def nine(theirs):
    keys = {"par": "par", "score_to_par": "score", "strokes": "strokes", "yardage": "yardage"}
    return {key: theirs[each] for key, each in keys.items()}


def totals(theirs):
    return {
        "round_par": theirs["roundPar"]["value"],
        "round_strokes": theirs["roundScore"]["value"],
        "round_score_to_par": theirs["roundToPar"]["value"],
    }


def known(document):
    """Without what is null."""
    if isinstance(document, dict):
        return {key: known(value) for key, value in document.items() if value is not None}
    return [known(each) for each in document] if isinstance(document, list) else document


def played_of(document):
    """Holes that are finished, by a match's score of the DDE feed."""
    scores = document["teamScores"]
    return sum(each["holeFinished"] for each in scores[0]["holeScores"]) if scores else 0


class Follower:
    """Holds every document against its twin of the DDE feed, and against its schema."""

    def __init__(self, tournament):
        self.tournament = tournament
        self.broadcast = Broadcast(tournament)
        self.feeds = {path: feed for feed in self.broadcast.states for path in feed.streams()}
        self.names = {name_of(path): path for path in self.feeds}
        self.interpreter = Interpreter(tournament)
        self.twins = {}  # by either path: the DDE feed's name, and the path here
        words = ("leaderboard", "teamholebyhole", "matchplayleaderboard", "matchscore")
        for _, name, dialect in list(self.names):
            if dialect == "dde" and name.split("/")[0] in words:
                here = self.names[tournament.id, self.interpreter.live(name), "live"]
                self.twins[here] = self.twins[self.path(name)] = (name, here)
        # The holes of each match are known before its leaderboard is looked at.
        self.order = sorted(set(self.twins.values()), key=lambda each: "score" not in each[0])

    def path(self, name):
        return self.names[self.tournament.id, name, "dde"]

    def document(self, path):
        return self.broadcast.document(path, self.feeds[path])

    def is_fresh(self, here):
        """What is kept encoded is what would be encoded now."""
        fresh = type(self.feeds[here])(self.broadcast.books)
        return fresh.document(here, 0, 0) == self.feeds[here].document(here, 0, 0)

    def agree(self, name, here):
        mine = self.document(here)
        check(self.feeds[here].NAME, mine)
        said = self.interpreter.say(name, json.loads(self.document(self.path(name))))
        found = json.loads(mine)["data"]["payload"]
        moment = found.pop("time" if name.startswith("matchscore") else "timestamp")
        assert moment == seconds(json.loads(mine)["time"])
        if name == "matchplayleaderboard":
            for match in found["matches"]:
                for player in (each for team in match["teams"] for each in team["players"]):
                    del player["display_name"], player["is_amateur"]  # it does not have them
        # As text, because the order of keys counts.
        assert json.dumps(found) == json.dumps(said), (name, self.broadcast.events)

    def follow(self):
        """The whole tournament; how often was looked."""
        looks = 0
        for each in self.order:
            self.agree(*each)
        while self.broadcast.next_due is not None:
            step = self.broadcast.advance()
            touched = {
                self.twins[each.stream] for each in step.changed if each.stream in self.twins
            }
            for each in (each for each in self.order if each in touched):
                self.agree(*each)
                looks += 1
                # Of match play MatchLedger holds it.
                if looks % SELDOM == 0 and not self.tournament.is_match_play:
                    assert self.is_fresh(each[1])
        for each in self.order:
            self.agree(*each)
        return looks


@pytest.mark.parametrize("name", SHIPPED)
def test_both_dialects_say_the_same_at_every_moment(name):
    assert Follower(shipped(name)).follow()


@pytest.mark.parametrize("seed", SEEDS)
def test_both_dialects_say_the_same_of_random_tournaments(seed):
    Follower(stage(load_text(tournament_text(seed), "random.yaml"), DEFAULTS)).follow()


@pytest.mark.parametrize("seed", MATCH_SEEDS)
def test_both_dialects_say_the_same_of_random_matches(seed):
    text = json.dumps(random_matches(seed))
    Follower(stage(load_text(text, "random.yaml"), DEFAULTS)).follow()


# ── quirks ─────────────────────────────────────────────────────────────────────────────────────

# Of others that states show, too.
SHARED = {
    "live-ids": ("dde",),
    "live-hole-sequence": ("course",),
    "live-round-ended": ("COMPLETED", "ENDED"),
    "live-suspended": ("INTERRUPTED",),
}
CHOICES = [
    *((quirk.name, choice) for quirk in LIVE_STATES for choice in quirk.choices[1:]),
    *((name, choice) for name, choices in SHARED.items() for choice in choices),
]
# Between them they show all that these quirks are about.
SHOWN = [
    "playoff/sudden-death",
    "suspension/dusk-overnight",
    "match/conceded-hole",
    "match/fourballs-partner-picks-up",
    "match/foursomes",
]


def sent(tournament):
    """Every document of the live dialect at every change, with its feed's name."""
    broadcast = Broadcast(tournament)
    feeds = {path: feed for feed in broadcast.states for path in feed.streams()}
    feeds = {path: feed for path, feed in feeds.items() if name_of(path).dialect == "live"}
    found = [(feed.NAME, broadcast.document(path, feed)) for path, feed in feeds.items()]
    while broadcast.next_due is not None:
        for each in broadcast.advance().changed:
            if each.stream in feeds:
                document = broadcast.document(each.stream, each.feed)
                found.append((each.feed.NAME, document))
    return found


@cache
def plain(name):
    return sent(shipped(name))


@pytest.mark.parametrize(("quirk", "choice"), CHOICES)
def test_a_choice_changes_some_document_and_those_are_valid(quirk, choice):
    for name in SHOWN:
        changed = sent(stage(open_scenario(name), {**DEFAULTS, quirk: choice}))
        if list(map(payload_of_sent, changed)) != list(map(payload_of_sent, plain(name))):
            break
    else:
        pytest.fail(f"nothing shows {quirk}={choice}")
    for feed, document in changed[:: 1 + len(changed) // 40]:
        check(feed, document)


def payload_of_sent(each):
    return payload_of(each[1])


def test_without_pairs_scores_are_numbers_and_with_them_objects():
    rows = []
    for choice in ("plain", "pairs"):
        tournament = shipped("world/sample-hole", **{"live-board-scores": choice})
        board = told(Broadcast(tournament))[BOARD]["data"]["payload"]
        rows.append(board["team_standings"][1])
    one, other = rows
    assert (one["position"], one["order"], one["is_tied"], one["to_par"]) == (1, 2, True, None)
    position = {"order": 2, "value": 1, "format": "TIED", "display_value": "T1"}
    assert (other["position"], other["to_par"]) == (position, {"value": None, "display_value": "-"})
    assert other.keys() == one.keys() - {"is_tied", "order"}


def test_numbers_of_a_match_are_those_of_the_dde_feed_or_ids():
    found = []
    for choice in ("numbers", "ids"):
        tournament = shipped("match/foursomes", **{"live-match-numbers": choice})
        broadcast = Broadcast(tournament)
        while broadcast.next_due is not None:
            broadcast.advance()
        (match, *_) = (each for path, each in told(broadcast).items() if path.startswith(MATCH))
        side = match["data"]["payload"]["team_scores"][0]
        found.append((side["team_number"], side["squad_number"]))
    (team, squad), ids = found
    own = 1_000_000_000 + tournament.id * 10_000
    squads = [each.no for each in tournament.squads]
    assert ids == (own + team, own + 9001 + squads.index(squad))


# ── over a socket, and by REST ─────────────────────────────────────────────────────────────────

STREAM, REST = "/golf/stream/v1/tournaments/7/", "/golf/rest/v1/tournaments/7/"
CARD = f"{HOLES}/{1_000_070_001}"


def documents(path):
    """Every document of a stream of ONE_HOLE once play has begun, with the seconds of play after
    which it is sent."""
    tournament = staged(ONE_HOLE)
    broadcast = Broadcast(tournament)
    (feed,) = (each for each in broadcast.states if STREAM + path in each.streams())
    found = {}
    while (due := broadcast.next_due) is not None:
        streams = [each.stream for each in broadcast.advance().changed]
        if due <= tournament.begins or STREAM + path in streams:
            seconds_of_play = max(0, due - tournament.begins) / 1000
            found[seconds_of_play] = broadcast.document(STREAM + path, feed)
    return list(found.items())


@pytest.mark.parametrize("path", [BOARD, CARD])
async def test_a_reader_gets_the_state_at_once_and_then_each_change(path):
    """Without Client.Init; whoever asks by the DDE feed's number of a team reads the same."""
    changes = documents(path)
    assert len(changes) > 1
    other = path.replace(CARD, f"{HOLES}/1")
    async with house(staged(ONE_HOLE)) as home:
        clients = [await home.open(STREAM + each, live_token()) for each in (path, other)]
        assert [each.status for each in clients] == [101, 101]
        for client in clients:
            assert await client.read() == (TEXT, changes[0][1])
        for seconds_of_play, document in changes[1:]:
            home.clock.at = max(home.clock.at, _START + seconds_of_play)
            for each in (path, other):
                assert await home.get(REST + each, live_token()) == (200, payload_of(document))
            for client in clients:
                assert await states_of(client) == [document]
        late = await home.open(STREAM + path, live_token())
        assert await late.read() == (TEXT, changes[-1][1])


_START = 1_740_052_800.0  # of the clock of a house


async def states_of(client):
    """What was sent that is no heartbeat."""
    texts = await client.so_far()
    return [each for each in texts if b'"payload"' in each]


async def test_a_state_that_is_not_there_is_told_in_a_sentence():
    async with house(staged(ONE_HOLE)) as home:
        for where, reason in ((f"{HOLES}/13", "no team 13"), (MATCHES, "is stroke play")):
            status, body = await home.get(REST + where, live_token())
            assert status == 404
            assert reason in json.loads(body)["error"]
