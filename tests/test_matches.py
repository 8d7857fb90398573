"""How matches go: who meets whom, how holes end, when a match is over, what turns it back."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde import log
from mockdde.books import Books
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.matchplay import is_decided
from mockdde.moments import MINUTE
from mockdde.story.bracket import in_bracket, in_pools
from mockdde.story.course_of import course_of
from mockdde.world import Tournament
from running import staged

SINGLE = """
title: x
seed: {seed}
tournament: {{id: 7, format: Match}}
field: [{{teams: 2}}]
{rest}
"""
PAIRS = """
title: x
seed: {seed}
tournament: {{id: 7, format: TeamMatch}}
squads: [{{name: A, players: 2}}, {{name: B, players: 2}}]
rounds: [{{play: {play}, matches: 1}}]
{rest}
"""


def single(*rest: str, seed: int = 1) -> Tournament:
    """One match of two players, in a knock-out."""
    return staged(SINGLE.format(seed=seed, rest="\n".join(rest)))


def pairs(play: str, *rest: str, seed: int = 1) -> Tournament:
    """One match of two pairs, which may be halved."""
    return staged(PAIRS.format(seed=seed, play=play, rest="\n".join(rest)))


def books(tournament: Tournament) -> dict[int, MatchBook]:
    """The books of all matches at the end."""
    made = Books(tournament)
    for event in tournament.log:
        made.apply(event)
    return dict(made.matches.all)


def of(tournament: Tournament, kind: type, order: int | None = None) -> list[Event]:
    return [
        event
        for event in tournament.log
        if isinstance(event.what, kind) and order in (None, event.order)
    ]


def endings(tournament: Tournament, order: int) -> list[str]:
    """How a hole ended for each side, as said last."""
    return [event.what.reason for event in of(tournament, log.HoleFinished, order)][-2:]


# ── who meets whom ─────────────────────────────────────────────────────────────────────────────


def test_the_best_two_of_a_bracket_meet_last():
    assert in_bracket(8) == [0, 7, 3, 4, 1, 6, 2, 5]
    for count in (2, 4, 16, 64):
        places = in_bracket(count)
        assert sorted(places) == list(range(count))
        while len(places) > 1:  # if the better one always wins, the best half goes on
            places = [min(pair) for pair in zip(places[::2], places[1::2], strict=True)]
            assert sorted(places) == list(range(len(places)))


def test_a_pool_has_one_of_each_quarter():
    pools = in_pools(list(range(1, 65)))
    assert len(pools) == 16
    assert pools[0] == (1, 32, 33, 64)
    assert all([(no - 1) // 16 for no in pool] == [0, 1, 2, 3] for pool in pools)


def test_seeds_decide_the_draw_where_they_are_said():
    text = SINGLE.format(seed=1, rest="").replace(
        "{teams: 2}",
        "{team: 5, seed: 4}, {team: 6, seed: 1}, {team: 7, seed: 2}, {team: 8, seed: 3}",
    )
    groups = staged(text).groups[1]
    assert [group.teams for group in groups] == [(6, 5), (7, 8)]


def test_whoever_wins_goes_on():
    tournament = staged(
        "title: x\ntournament: {format: Match}\nfield: [{teams: 16}]\nrounds:\n"
        "  - {advance: KNOCK_OUT}\n  - {advance: KNOCK_OUT}\n  - {advance: KNOCK_OUT}\n"
        "  - {advance: KNOCK_OUT, consolation: true}\n"
    )
    winners = tournament.truth.winners
    for before, after in ((1, 2), (2, 3)):
        won = [winners[group.match] for group in tournament.groups[before]]
        assert [no for group in tournament.groups[after] for no in group.teams] == won
    third, final = tournament.groups[4]
    semis = tournament.groups[3]
    assert set(final.teams) == {winners[group.match] for group in semis}
    assert set(third.teams) == {no for group in semis for no in group.teams} - {*final.teams}
    assert (third.match, final.match) == (15, 16)


def test_in_a_pool_everyone_meets_everyone_and_ties_are_played_off():
    tournament = staged(
        "title: x\nseed: 4\ntournament: {format: Match}\nfield: [{teams: 16}]\nrounds:\n"
        + "  - {advance: WON_1_POINTS_DRAW_HALF_POINT}\n" * 3
        + "  - {no: 4, advance: KNOCK_OUT}\n  - {no: 5, advance: KNOCK_OUT}\n"
    )
    met = Counter(frozenset(group.teams) for no in (1, 2, 3) for group in tournament.groups[no])
    assert set(met.values()) == {1}
    assert len(met) == 4 * 6
    ties = tournament.groups[301]
    assert [group.match for group in ties] == list(range(28, 28 + len(ties)))
    rounds = [event.round for event in of(tournament, log.RoundClosed)]
    assert rounds == [1, 2, 3, 301, 4, 5]
    # The winner of each pool has as many points as anybody, and of those that are level it is who
    # won the play-off.
    points: Counter[int] = Counter()
    for no in (1, 2, 3):
        for group in tournament.groups[no]:
            winner = tournament.truth.winners[group.match]
            for team in group.teams:
                points[team] += 2 if team == winner else int(not winner)
    went_on = [no for group in tournament.groups[4] for no in group.teams]
    assert len(went_on) == 4
    for pool in in_pools(range(1, 17)):
        (winner,) = [no for no in pool if no in went_on]
        assert points[winner] == max(points[no] for no in pool)


def test_a_player_of_a_squad_is_in_a_team_of_each_pair_and_in_one_alone():
    tournament = staged("title: x\ntournament: {format: RyderCup}\n"
                        "squads: [{name: A, players: 12}, {name: B, players: 12}]\n")  # fmt: skip
    teams = tournament.teams.values()
    assert len({(team.squad, team.players) for team in teams}) == len(teams)
    alone = [team for team in teams if len(team.players) == 1]
    assert len(alone) == 24
    for no, spec in enumerate(tournament.scenario.rounds, 1):
        playing = [
            player.id
            for group in tournament.groups[spec.no]
            for team in group.teams
            for player in tournament.teams[team].players
        ]
        assert len(set(playing)) == len(playing), f"somebody plays twice in round {no}"
        assert len(playing) == {"REGULAR": 24}.get(spec.play, 16)
    assert [len(tournament.groups[no]) for no in range(1, 6)] == [4, 4, 4, 4, 12]
    assert len(books(tournament)) == 28


# ── how a match goes that is to end so ─────────────────────────────────────────────────────────

ENDS = [f"{up} & {left}" for left in range(1, 9) for up in (left + 1, left + 2) if up <= 18 - left]


@given(st.sampled_from([*ENDS, "1up", "2up", "19 HOLES", "22 HOLES"]), st.booleans(), st.integers())
def test_a_course_of_a_match_ends_as_it_is_to_end(ends, second, seed):
    letters = course_of(ends, 1 + second, 18, Chance(seed, "x"))
    ups, up = [], 0
    for letter in letters:
        up += {"W": 1, "L": -1, "H": 0}[letter]
        ups.append(-up if second else up)
    to_a_winner = "HOLES" in ends
    decided = [is_decided(each, no, 18, to_a_winner=to_a_winner) for no, each in enumerate(ups, 1)]
    assert decided == [False] * (len(ups) - 1) + [True]
    if to_a_winner:
        assert (len(letters), ups[-1]) == (int(ends.split()[0]), 1)
    else:
        up, left = (int(each) for each in (*re.findall(r"\d+", ends), 0)[:2])
        assert (ups[-1], 18 - len(letters)) == (up, left)


@pytest.mark.parametrize("ends", ["3 & 1", "5 & 4", "1up", "2up", "20 HOLES", "C"])
@pytest.mark.parametrize("side", [1, 2])
def test_a_match_ends_as_the_scenario_says(ends, side):
    tournament = single(f"course: [{{match: 1, ends: {ends}, side: {side}}}]", seed=side)
    (book,) = books(tournament).values()
    assert book.winner == side == tournament.truth.winners[1]
    assert book.final_score(side - 1) == ends
    orders = {event.order for event in tournament.log if event.match}
    assert max(orders) == book.played  # what need not be played is not


def test_a_match_of_squads_stays_halved():
    tournament = pairs("FOURSOMES", "course: [{match: 1, ends: T}]")
    (book,) = books(tournament).values()
    assert (book.played, book.result, book.winner) == (18, 0, None)
    assert tournament.truth.winners == {1: 0}


def test_a_match_goes_hole_by_hole_as_the_scenario_says():
    tournament = single("course: [{match: 1, holes: WWLHLW}]")
    (book,) = books(tournament).values()
    assert [book.lines[order].result for order in range(1, 7)] == [1, 1, -1, 0, -1, 1]


def test_what_is_said_of_a_hole_must_agree_with_what_is_said_of_the_match():
    with pytest.raises(ScenarioError, match="hole 2 of match 1 is won by side 1 on line"):
        single(
            "course:",
            "  - {match: 1, holes: WW}",
            "  - {match: 1, hole: 2, side: 1, score: 9}",
            "  - {match: 1, hole: 2, side: 2, score: 3}",
        )


def test_the_other_side_does_what_the_match_needs():
    for letter, result in (("W", 1), ("L", -1), ("H", 0)):
        tournament = single(
            "course:",
            f"  - {{match: 1, holes: {letter}}}",
            "  - {match: 1, hole: 1, side: 2, score: 5}",
        )
        (book,) = books(tournament).values()
        assert book.lines[1].result == result


def test_what_is_said_of_a_hole_that_is_not_reached_is_an_error():
    with pytest.raises(ScenarioError, match="hole 17 of match 1 is not played; the match is over"):
        single(
            "course:",
            "  - {match: 1, ends: 4 & 3, side: 1}",
            "  - {match: 1, hole: 17, side: 1, score: 4}",
        )


# ── how holes end ──────────────────────────────────────────────────────────────────────────────


def test_a_hole_is_conceded():
    tournament = single("course: [{match: 1, hole: 3, side: 2, shots: [drive ORO, concede]}]")
    assert endings(tournament, 3) == ["HoleWon", "HoleConceded"]
    assert not of(tournament, log.BallHoled, 3)
    assert not of(tournament, log.MatchConceded)


def test_a_loss_of_hole_is_a_penalty():
    tournament = single("course: [{match: 1, hole: 3, side: 1, shots: [drive ORO, lose]}]")
    assert endings(tournament, 3) == ["LossOfHole", "HoleWon"]


def test_a_match_is_conceded_in_play():
    tournament = single(
        "course:",
        "  - {match: 1, holes: WWH}",
        "  - {match: 1, hole: 4, side: 2, shots: [drive ORO, concede match]}",
    )
    (book,) = books(tournament).values()
    assert endings(tournament, 4) == ["HoleWon", "HoleConceded"]
    assert [event.team for event in of(tournament, log.MatchConceded)] == [2]
    assert (book.winner, book.played, book.final_score(0)) == (1, 4, "3 & 14")


def test_a_match_is_conceded_before_a_ball_is_struck():
    tournament = single("course: [{match: 1, ends: C, side: 2}]")
    kinds = [type(event.what) for event in tournament.log if event.match]
    assert kinds == [
        log.RoundStarted,
        log.HoleStarted,
        log.MatchConceded,
        log.HoleFinished,
        log.HoleFinished,
        log.RoundFinished,
        log.RoundOfficial,
    ]
    (book,) = books(tournament).values()
    assert (book.winner, book.final_score(0), book.final_score(1)) == (2, "C", "C")


def test_a_given_putt_counts_as_holed():
    shots = "[drive OFW, hit OGR to 1.0, gimme]"
    tournament = single(
        "course:",
        f"  - {{match: 1, hole: 1, side: 1, shots: {shots}}}",
        "  - {match: 1, hole: 1, side: 2, score: 3}",
    )
    (book,) = books(tournament).values()
    first = book.lines[1].sides[0]
    assert (first.reason, first.strokes) == ("BallHoled", 3)
    given = [event for event in of(tournament, log.HitBall, 1) if event.what.conceded]
    assert [(event.team, event.what.stroke) for event in given] == [(1, 3)]
    addressed = of(tournament, log.AddressingBall, 1)
    assert not [event for event in addressed if event.team == 1 and event.what.stroke == 3]


def test_partners_hit_one_ball_in_turn():
    tournament = pairs("FOURSOMES", seed=3)
    by_hole: dict[tuple[int, int], list[Event]] = {}
    for event in of(tournament, log.HitBall):
        by_hole.setdefault((event.team, event.order), []).append(event)
    for (team, order), strokes in by_hole.items():
        players = [player.id for player in tournament.teams[team].players]
        assert [event.what.stroke for event in strokes] == list(range(1, len(strokes) + 1))
        first = players[(order + 1) % 2]  # one on the odd holes, the other on the even ones
        assert strokes[0].player == first
        assert all(one.player != other.player for one, other in pairwise(strokes))


def test_a_provisional_ball_is_played_by_who_is_next():
    tournament = pairs(
        "FOURSOMES",
        "course:",
        "  - match: 1",
        "    hole: 1",
        "    side: 1",
        "    shots: [drive OOB, drive OFW provisional 1, choose 1, hit OGR to 5]",
    )
    one, other = (player.id for player in tournament.teams[5].players)
    hits = [event for event in of(tournament, log.HitBall, 1) if event.team == 5]
    said = [(event.what.stroke, event.what.provisional, event.player) for event in hits[:4]]
    assert said == [(1, 0, one), (1, 1, other), (3, 0, one), (4, 0, other)]
    (chosen,) = of(tournament, log.ProvisionalBallSelected, 1)
    assert chosen.player == other, "whose ball it is that counts"


@pytest.mark.parametrize("play", ["REGULAR", "FOURSOMES", "FOUR_BALL"])
def test_who_has_won_a_hole_drives_first_on_the_next(play):
    tournament = pairs(play, "course: [{match: 1, holes: HLHWH}]")
    group = next(iter(tournament.log)).what.groups[0]
    sides = 4 if play == "FOUR_BALL" else 2
    drives: dict[int, list[int]] = {}
    for event in of(tournament, log.HitBall):
        if event.what.stroke == 1:
            drives.setdefault(event.order, []).append(group.teams.index(event.team) + 1)
    assert all(len(found) == sides for found in drives.values())
    first = [found[0] for order, found in sorted(drives.items())]
    assert first[:6] == [1, 1, 2, 2, 1, 1]
    assert all(found == sorted(found, key=lambda no: no != found[0]) for found in drives.values())


def test_of_fourballs_the_better_ball_counts():
    tournament = pairs(
        "FOUR_BALL",
        "course:",
        "  - {match: 1, hole: 1, side: 1, player: 1, score: 5}",
        "  - {match: 1, hole: 1, side: 1, player: 2, score: 4}",
        "  - {match: 1, hole: 1, side: 2, player: 1, score: 6}",
        "  - {match: 1, hole: 1, side: 2, player: 2, shots: [drive ORO, pick up]}",
    )
    (book,) = books(tournament).values()
    first, second = book.lines[1].sides
    assert (first.strokes, second.strokes, book.lines[1].result) == (4, 6, 1)
    assert [ball.strokes for ball in first.balls] in ([5, 4], [4, 5])
    ids = [player.id for player in tournament.teams[book.teams[1]].players]
    found = {ball.player: (ball.strokes, ball.holed) for ball in second.balls}
    assert found == {ids[0]: (6, True), ids[1]: (1, False)}


@pytest.mark.parametrize("play", ["REGULAR", "FOURSOMES", "FOUR_BALL"])
@pytest.mark.parametrize("seed", range(6))
def test_nobody_plays_on_for_nothing(play, seed):
    """A ball that can neither win nor halve the hole is picked up."""
    (book,) = books(pairs(play, seed=seed)).values()
    for line in book.lines.values():
        for mine, theirs in (line.sides, line.sides[::-1]):
            for ball in mine.balls:
                assert not ball.holed or ball.strokes == mine.strokes or play == "FOUR_BALL"
                if theirs.strokes is not None and not ball.holed:
                    assert ball.strokes <= theirs.strokes + 1  # a penalty may come last
    assert {side.reason for line in book.lines.values() for side in line.sides} <= {
        "BallHoled",
        "LossOfHole",
        "HoleWon",
        "HoleConceded",
    }


# ── what the scorer says ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("play", ["FOURSOMES", "FOUR_BALL"])
def test_a_match_is_told_in_order_of_time(play):
    tournament = pairs(play, seed=5)
    told = [event for event in tournament.log if event.match]
    assert all(one.at <= other.at and one.due < other.due for one, other in pairwise(told))
    first = tournament.groups[1][0].teams[0]
    whole = (log.RoundStarted, log.HoleStarted, log.RoundFinished, log.RoundOfficial)
    assert {event.team for event in told if isinstance(event.what, whole)} == {first}
    for order in {event.order for event in told}:
        finished = of(tournament, log.HoleFinished, order)
        assert [event.team for event in finished] == list(tournament.groups[1][0].teams)
        strokes = [event.what.stroke for event in of(tournament, log.HitBall, order)]
        assert strokes.count(1) == (4 if play == "FOUR_BALL" else 2)


REOPENED = (
    "course: [{match: 1, ends: 3 & 2, side: 1}]",
    "report:",
    "  - after: {match: 1}",
    "    later: 3m",
    "    resend: {hole: 16, side: 2, shots: [drive OFW, hit OGR to 2, putt in]}",
)


def test_a_correction_turns_a_finished_match_back():
    tournament = single(*REOPENED, seed=3)
    made, seen = Books(tournament), []
    for event in tournament.log:
        made.apply(event)
        if event.match:
            book = made.matches.all[1]
            seen.append((type(event.what).__name__, book.complete, book.finished))
    finished = [at for at, each in enumerate(seen) if each[0] == "RoundFinished"]
    assert len(finished) == 2
    between = [each[1:] for each in seen[finished[0] : finished[1]]]
    assert between[0] == (True, True)
    assert (False, False) in between
    assert book.played > 16
    assert book.final_score(0) != "3 & 2"
    assert len(of(tournament, log.PlayComplete)) == len(of(tournament, log.RoundOfficial)) == 1
    begun = next(e.at for e in tournament.log if e.order == 17)
    corrected = of(tournament, log.Mode)[-1].at
    assert begun >= corrected + MINUTE


def test_a_correction_changes_who_has_won():
    tournament = pairs(
        "REGULAR",
        "course:",
        "  - {match: 1, holes: HHHHHHHHHHHHHHHHHW}",
        "  - {match: 1, hole: 18, side: 2, score: 5}",
        "report: [{after: {match: 1}, later: 3m, rescore: {hole: 18, side: 1, strokes: 6}}]",
    )
    winners, made = [], Books(tournament)
    for event in tournament.log:
        made.apply(event)
        if event.match and made.matches.all[1].complete:
            winners.append(made.matches.all[1].winner)
    first, second = made.matches.all[1].teams
    kept = [one for one, other in pairwise([*winners, 0]) if one != other]
    assert (kept[0], kept[-1]) == (first, second)
    assert tournament.truth.winners == {1: second}


def test_all_of_a_match_waits_while_its_devices_are_away():
    tournament = single(
        "report:",
        "  - {after: {match: 1, hole: 2}, connection: Disconnected}",
        "  - {after: {match: 1, hole: 4}, connection: Connected}",
    )
    told = [event for event in tournament.log if event.match]
    away, back = [
        at for at, event in enumerate(told) if isinstance(event.what, log.ConnectionState)
    ]
    assert back == away + 1
    assert {event.order for event in told[back:]} >= {3, 4}


def test_play_is_stopped_for_all_matches():
    tournament = staged(
        "title: x\ntournament: {format: Match}\nfield: [{teams: 4}]\n"
        "course: [{round: 1, at: 70m, suspend: 45m}]\n"
    )
    stops = of(tournament, log.Suspension)
    assert Counter((event.match, event.what.resumed) for event in stops) == {
        (no, resumed): 1 for no in (1, 2) for resumed in (False, True)
    }
    assert len(of(tournament, log.PlaySuspended)) == 1
    stopped, resumed = stops[0].at, stops[0].at + 45 * MINUTE
    hits = of(tournament, log.HitBall)
    assert not [event for event in hits if stopped + MINUTE < event.at < resumed]


def test_a_hole_of_a_match_is_sent_again_whole():
    tournament = pairs(
        "FOUR_BALL",
        "report: [{after: {match: 1, hole: 5}, resend: {hole: 4}}]",
    )
    begin, end = of(tournament, log.Mode)
    again = [event for event in tournament.log if begin.id < event.id < end.id]
    assert isinstance(again[0].what, log.HoleStarted)
    assert {event.order for event in again} == {4}
    before = [event for event in tournament.log if event.order == 4 and event.id < begin.id]
    for kind in (log.HitBall, log.BallHoled, log.HoleFinished):
        said = [(e.team, e.player, e.what) for e in before if isinstance(e.what, kind)]
        told = [(e.team, e.player, e.what) for e in again if isinstance(e.what, kind)]
        assert sorted(map(repr, told)) == sorted(map(repr, said))


def test_a_hole_of_a_match_in_progress_is_sent_again_as_it_is():
    tournament = single(
        "report: [{after: {match: 1, hole: 4, side: 1, stroke: 2}, resend: {hole: 4}}]"
    )
    begin, end = of(tournament, log.Mode)
    again = [event for event in tournament.log if begin.id < event.id < end.id]
    assert not [event for event in again if isinstance(event.what, log.HoleFinished)]
    (book,) = books(tournament).values()
    assert [event.what.stroke for event in of(tournament, log.HitBall, 4) if event.id > end.id]
    assert book.lines[4]


@pytest.mark.parametrize(
    ("gives_up", "reasons"),
    [("concede", ["HoleConceded", "BallHoled"]), ("lose", ["LossOfHole", "BallHoled"])],
)
@pytest.mark.parametrize("scoring", ["ShotlinkWithLaser", "HoleScoresOnly"])
def test_a_side_that_gives_up_the_hole_has_lost_it_whatever_the_partner_holes(
    gives_up, reasons, scoring
):
    text = PAIRS.format(
        seed=1,
        play="FOUR_BALL",
        rest="\n".join(
            [
                "course:",
                f"  - {{match: 1, hole: 1, side: 1, player: 1, shots: [drive OTO, {gives_up}]}}",
                "  - {match: 1, hole: 1, side: 1, player: 2, score: 3}",
                "  - {match: 1, hole: 1, side: 2, player: 1, score: 5}",
            ]
        ),
    )
    tournament = staged(text.replace("TeamMatch}", f"TeamMatch, course: {{scoring: {scoring}}}}}"))
    finished = of(tournament, log.HoleFinished, 1)
    assert [event.what.reason for event in finished] == reasons
    (book,) = books(tournament).values()
    assert book.lines[1].result == -1
    assert book.lines[1].sides[0].strokes is None
    assert 1 not in tournament.truth.strokes[1, book.teams[0]]


def test_where_only_scores_are_reported_the_better_ball_is_the_score_that_is_changed():
    text = PAIRS.format(
        seed=1,
        play="FOUR_BALL",
        rest="""
course:
  - {match: 1, hole: 1, side: 1, player: 1, score: 5}
  - {match: 1, hole: 1, side: 1, player: 2, score: 4}
report:
  - {after: {match: 1, hole: 1}, rescore: {hole: 1, side: 1, player: 1, strokes: 6}}
  - {after: {match: 1, hole: 2}, rescore: {hole: 1, side: 1, player: 2, strokes: 7}}
""",
    )
    tournament = staged(text.replace("TeamMatch}", "TeamMatch, course: {scoring: HoleScoresOnly}}"))
    assert [event.what.strokes for event in of(tournament, log.HoleScore)] == [4, 6]
    (book,) = books(tournament).values()
    assert book.lines[1].sides[0].strokes == 6
    assert tournament.truth.strokes[1, book.teams[0]][1] == 6


def test_a_hole_is_sent_again_in_the_order_in_which_it_was_played():
    tournament = pairs(
        "FOUR_BALL",
        "report:",
        *(f"  - {{after: {{match: 1, hole: {no}}}, resend: {{}}}}" for no in range(1, 9)),
    )
    hits = of(tournament, log.HitBall)
    for order in range(1, 9):
        said = [(each.player, each.what) for each in hits if each.order == order]
        assert said[: len(said) // 2] == said[len(said) // 2 :]


@pytest.mark.parametrize("play", ["FOURSOMES", "FOUR_BALL"])
@pytest.mark.parametrize("seed", range(1, 6))
def test_what_is_sent_again_is_what_was_reported_and_never_more(play, seed):
    """Another ball may be hit already, of which nothing or not all was reported."""
    whose = ", player: 2" if play == "FOUR_BALL" else ""
    tournament = pairs(
        play,
        "report:",
        *(
            f"  - {{after: {{match: 1, hole: {no}, side: {side}{whose}, stroke: {stroke}}},"
            f" resend: {{hole: {no}}}}}"
            for no in range(1, 10)
            for side in (1, 2)
            for stroke in ((1,) if whose else (1, 2))
        ),
        seed=seed,
    )
    marks = iter(of(tournament, log.Mode))
    for begin, end in zip(marks, marks, strict=True):
        mine = [each for each in tournament.log if each.order == begin.order]
        kinds = (log.AddressingBall, log.HitBall, log.LieReport, log.BallHoled, log.Penalty)
        strokes = [each for each in mine if isinstance(each.what, kinds)]
        again = [_shown(each) for each in strokes if begin.id < each.id < end.id]
        said: list[object] = []
        for each in strokes:  # as often as it was sent again before
            if each.id < begin.id and _shown(each) not in said:
                said.append(_shown(each))
        assert sorted(again, key=repr) == sorted(said, key=repr)


def _shown(event: Event) -> tuple[object, ...]:
    what = event.what
    detailed = getattr(what, "detailed", None)
    return type(what), event.team, event.player, what.stroke, what.provisional, detailed


def test_other_shots_of_a_hole_in_progress_are_refused():
    with pytest.raises(ScenarioError, match="sent again with other shots once it is finished"):
        single(
            "report: [{after: {match: 1, hole: 4, side: 1, stroke: 2},"
            " resend: {hole: 4, side: 1, shots: [drive ORO]}}]"
        )


def test_a_hole_in_progress_is_sent_again_between_two_strokes_of_all():
    """Side 2 stands over its ball already when the first stroke of side 1 is measured."""
    text = "report: [{after: {match: 1, hole: 3, side: 1, stroke: 1}, resend: {hole: 3}}]"
    for seed in range(1, 6):
        tournament, plain = single(text, seed=seed), single(seed=seed)
        begin, end = of(tournament, log.Mode)
        hits = [each for each in of(tournament, log.HitBall, 3) if not begin.id < each.id < end.id]
        once = [(each.team, each.what.stroke) for each in of(plain, log.HitBall, 3)]
        assert [(each.team, each.what.stroke) for each in hits] == once
        (book,), (other,) = books(tournament).values(), books(plain).values()
        assert book.lines[3] == other.lines[3]


def test_both_sides_of_a_hole_are_sent_again_one_after_the_other():
    tournament = single(
        "course:",
        "  - {match: 1, hole: 2, side: 1, score: 5}",
        "  - {match: 1, hole: 2, side: 2, score: 5}",
        "report:",
        "  - {after: {match: 1, hole: 3}, resend:"
        " {hole: 2, side: 1, shots: [drive OFW, hit OGR to 2, putt in]}}",
        "  - {after: {match: 1, hole: 3}, resend:"
        " {hole: 2, side: 2, shots: [drive OFW, hit ORO, hit OGR to 2, putt in]}}",
    )
    (book,) = books(tournament).values()
    assert [side.strokes for side in book.lines[2].sides] == [3, 4]


def test_what_was_corrected_of_one_side_stays_so_when_the_other_is_sent_again():
    tournament = single(
        "course:",
        "  - {match: 1, hole: 2, side: 1, shots: [drive OFW, penalty 1, hit OGR to 2, putt in]}",
        "  - {match: 1, hole: 2, side: 2, score: 5}",
        "report:",
        "  - {after: {match: 1, hole: 3}, of: {hole: 2, side: 1, stroke: 1},"
        " correct: {Penalty: {strokes: 2}}}",
        "  - {after: {match: 1, hole: 3}, resend:"
        " {hole: 2, side: 2, shots: [drive OFW, hit ORO, hit OGR to 2, putt in]}}",
    )
    (book,) = books(tournament).values()
    assert [side.strokes for side in book.lines[2].sides] == [5, 4]


def test_another_score_of_a_partner_who_does_not_count_changes_nothing():
    text = PAIRS.format(
        seed=1,
        play="FOUR_BALL",
        rest="course:\n"
        "  - {match: 1, hole: 2, side: 2, player: 1, score: 4}\n"
        "  - {match: 1, hole: 2, side: 2, player: 2, score: 4}\n"
        "report:\n"
        "  - {after: {match: 1, hole: 2}, rescore: {hole: 2, side: 2, player: 1, strokes: 9}}\n"
        "  - {after: {match: 1, hole: 3}, rescore: {hole: 2, side: 2, player: 2, strokes: 3}}\n",
    ).replace("TeamMatch", "TeamMatch, course: {scoring: HoleScoresOnly}")
    tournament = staged(text)
    assert [event.what.strokes for event in of(tournament, log.HoleScore)] == [4, 3]
    (book,) = books(tournament).values()
    winner = tournament.truth.winners[1]
    assert (book.lines[2].sides[1].strokes, book.winner or 0) == (3, winner)
