"""How a tournament goes: draws, days, cuts, playoffs, who comes and goes, what is measured."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from mockdde import log
from mockdde.errors import ScenarioError
from mockdde.golf import Group, cut_line
from mockdde.log import Event
from mockdde.moments import HOUR, MINUTE, iso_millis
from mockdde.scenario import load_text, open_scenario
from mockdde.world import Tournament, stage
from running import staged

DAY = 24 * HOUR


@cache
def shipped(name: str) -> Tournament:
    return stage(open_scenario(name))


def of(tournament: Tournament, kind: type) -> list[Event]:
    """The events of a kind, in order."""
    return [event for event in tournament.log if isinstance(event.what, kind)]


def drawn(tournament: Tournament, round_no: int) -> list[tuple[Group, ...]]:
    """The draws of a round, the first one first."""
    return [each.what.groups for each in of(tournament, log.Drawn) if each.round == round_no]


def teams(groups: tuple[Group, ...]) -> list[int]:
    return [no for group in groups for no in group.teams]


def overs(tournament: Tournament, *rounds: int) -> dict[int, int]:
    """To par by the scorers' last word on some rounds, of who played all of them."""
    found: dict[int, int] = {}
    for no in tournament.teams:
        keys = [(round_no, no) for round_no in rounds]
        if all(key in tournament.truth.strokes for key in keys):
            found[no] = sum(
                strokes - tournament.rounds[key].holes[order - 1].par
                for key in keys
                for order, strokes in tournament.truth.strokes[key].items()
            )
    return found


# ── draws ──────────────────────────────────────────────────────────────────────────────────────

FIELD = """
title: x
tournament: {{start: 2025-05-15T05:00:00Z, utcOffset: 2}}
field: [{{teams: {teams}}}]
rounds: [{{{round}}}, {{{round}}}]
"""


def test_the_first_two_rounds_are_drawn_two_days_before() -> None:
    tournament = shipped("tournament/four-rounds")
    first = tournament.groups[1][0].tee_time
    times = [(each.round, first - each.due) for each in of(tournament, log.Drawn)][:2]
    assert times == [(1, 2 * DAY), (2, 2 * DAY)]
    events = [event for event in tournament.log if event.team]
    assert all(each.due < events[0].due for each in of(tournament, log.Drawn)[:2])


def test_every_team_is_in_one_group_of_a_round() -> None:
    for size in (1, 2, 3, 4):
        text = FIELD.format(teams=13, round=f"holes: 1, groups: {size}, tees: [1]")
        for groups in staged(text).groups.values():
            assert sorted(teams(groups)) == [*range(1, 14)]
            assert {len(group.teams) for group in groups} <= {size, 13 % size}
            assert [group.no for group in groups] == [*range(1, len(groups) + 1)]
            assert len({group.id for group in groups}) == len(groups)


def test_a_large_field_goes_out_in_a_morning_and_an_afternoon() -> None:
    text = FIELD.format(teams=156, round="holes: 1-2, tees: [1, 2]")
    groups = staged(text).groups[1]
    times = [group.tee_time - groups[0].tee_time for group in groups if group.tee == 1]
    gaps = [after - before for before, after in pairwise(times)]
    assert len(groups) == 52
    assert (
        gaps
        == [11 * MINUTE] * 12 + [5 * HOUR + 10 * MINUTE - 12 * 11 * MINUTE] + [11 * MINUTE] * 12
    )


def test_in_the_second_round_who_was_late_is_early_and_on_the_other_tee() -> None:
    text = FIELD.format(teams=156, round="holes: 1-2, tees: [1, 2]")
    one, two = (staged(text).groups[no] for no in (1, 2))
    half = one[0].tee_time + 4 * HOUR
    for no in range(1, 157):
        (before,) = (group for group in one if no in group.teams)
        (after,) = (group for group in two if no in group.teams)
        assert before.teams == after.teams
        assert before.tee != after.tee
        assert (before.tee_time > half) != (after.tee_time - DAY > half)


def test_after_the_cut_the_leaders_go_out_last() -> None:
    tournament = shipped("tournament/four-rounds")
    for no in (3, 4):
        scores = overs(tournament, *range(1, no))
        out = [[scores[each] for each in group.teams] for group in tournament.groups[no]]
        assert all(max(later) <= min(earlier) for earlier, later in pairwise(out))


def test_a_day_lies_between_two_rounds_at_the_venue() -> None:
    tournament = shipped("tournament/cut")
    times = [groups[0].tee_time for groups in tournament.groups.values()]
    assert [iso_millis(each)[:16] for each in times] == [
        "2025-03-06T12:00",
        "2025-03-07T12:00",
        "2025-03-08T12:00",
    ]


# ── courses ────────────────────────────────────────────────────────────────────────────────────


def test_everybody_plays_every_course_and_the_main_one_last() -> None:
    tournament = shipped("tournament/three-courses")
    main, *others = (course.id for course in tournament.courses)
    for no in tournament.teams:
        played = [tournament.rounds[round_no, no].course.id for round_no in (1, 2, 3)]
        assert sorted(played) == sorted([main, *others])
    assert {group.course for group in tournament.groups[4]} == {main}
    for no in (1, 2, 3):
        assert {group.course for group in tournament.groups[no]} == {main, *others}


@pytest.mark.parametrize(
    ("course", "kinds"),
    [
        (0, {"AddressingBall", "HitBall", "LieReport", "BallHoled"}),
        (1, {"AddressingBall", "HitBall", "BallHoled"}),
        (2, set()),
    ],
)
def test_a_course_reports_what_its_scoring_level_has(course: int, kinds: set[str]) -> None:
    tournament = shipped("tournament/three-courses")
    found: set[str] = set()
    for event in tournament.log:
        if event.team:
            facts = tournament.rounds[event.round, event.team]
            if facts.course is tournament.courses[course]:
                found.add(type(event.what).__name__)
    always = {"RoundStarted", "HoleStarted", "HoleFinished", "RoundFinished", "RoundOfficial"}
    assert found - {"Penalty", "BallDrop"} == kinds | always


def test_holes_are_set_up_anew_each_day_but_those_whose_length_is_said() -> None:
    text = (
        "title: x\ntournament: {course: {holes: [{no: 1, metres: 400}]}}\n"
        "rounds: [{holes: 1-9}, {holes: 1-9}]\n"
    )
    tournament = staged(text)
    one, two = (tournament.rounds[no, 1].holes for no in (1, 2))
    assert one[0] == two[0]
    moved = [(before, after) for before, after in zip(one, two, strict=True) if before != after]
    assert len(moved) == 8
    for before, after in moved:
        assert (before.no, before.par) == (after.no, after.par)
        assert abs(before.metres - after.metres) < 45  # less than 48 yards
    (course,) = tournament.courses
    assert [course.holes[no] for no in range(1, 10)] == list(one)


# ── cuts ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scores", "stays", "line"),
    [
        ([], 3, None),
        ([-4, -1, 0, 2, 5], 3, 0),
        ([-4, 0, 0, 0, 5], 2, 0),  # and ties
        ([-4, 0], 65, 0),  # more places than players
        ([-4, -1, 6, 7], None, 6),  # ten strokes behind is still within
    ],
)
def test_the_line_of_the_cut(scores: list[int], stays: int | None, line: int | None) -> None:
    assert cut_line(scores, stays) == line


@pytest.mark.parametrize(
    ("name", "after"),
    [("tournament/cut", 2), ("tournament/ten-stroke-cut", 2), ("tournament/four-rounds", 2)],
)
def test_who_is_over_the_line_plays_no_more(name: str, after: int) -> None:
    tournament = shipped(name)
    (made,) = of(tournament, log.CutMade)
    scores = overs(tournament, *range(1, after + 1))
    over = {no for no, score in scores.items() if score > made.what.to_par}
    assert set(made.what.out) == over
    assert over
    assert set(teams(tournament.groups[after + 1])) == set(scores) - over
    assert made.round == after
    assert all(no not in over for no in overs(tournament, after + 1))


def test_who_is_cut_after_the_second_cut_made_the_first() -> None:
    tournament = shipped("tournament/second-cut")
    assert [each.what.status for each in of(tournament, log.CutMade)] == [
        "Cut",
        "MadeCutButDidNotFinish",
    ]


def test_a_score_that_is_corrected_decides_who_is_cut() -> None:
    text = (
        "title: x\nfield: [{teams: 3}]\nrounds: [{holes: 1, advance: CUT_50, cut: 1}, {holes: 1}]\n"
        "course: [{team: 1, round: 1, hole: 1, score: 3}, {team: 2, round: 1, hole: 1, score: 4},"
        " {team: 3, round: 1, hole: 1, score: 5}]\n"
    )
    (made,) = of(staged(text), log.CutMade)
    assert made.what.out == (2, 3)
    late = "report: [{after: {team: 1, round: 1}, rescore: {hole: 1, strokes: 7}}]\n"
    (made,) = of(staged(text + late), log.CutMade)
    assert made.what.out == (1, 3)


# ── who comes and goes ─────────────────────────────────────────────────────────────────────────


def test_a_player_withdrawn_by_the_scorers_last_word_plays_no_further_round() -> None:
    text = (
        "title: x\nfield: [{teams: 2}]\nrounds: [{holes: 1}, {holes: 1}]\n"
        "report: [{after: {team: 1, round: 1}, resend: {hole: 1, shots: [drive, withdraw]}}]\n"
    )
    tournament = staged(text)
    assert {event.team for event in tournament.log if event.round == 2 and event.team} == {2}
    assert [teams(groups) for groups in drawn(tournament, 2)] == [[1, 2], [2]]


def test_who_does_not_start_stays_in_the_draw_and_sends_nothing() -> None:
    tournament = shipped("status/did-not-start")
    assert teams(tournament.groups[1]) == [1, 2, 3]
    assert {event.team for event in tournament.log} == {0, 1, 3}
    (status,) = of(tournament, log.TeamStatus)
    assert status.what == log.TeamStatus(2, "DidNotStart")


def test_an_alternate_plays_in_the_place_of_who_withdraws_in_all_rounds() -> None:
    tournament = shipped("status/alternate")
    before, after = drawn(tournament, 1)
    assert (teams(before), teams(after)) == ([1, 2, 3], [1, 4, 3])
    assert teams(tournament.groups[2]) == [1, 4, 3]
    assert {event.team for event in tournament.log} == {0, 1, 3, 4}


def test_a_team_that_is_gone_is_taken_out_of_the_next_draw() -> None:
    tournament = shipped("status/withdrawn-before-round")
    assert [teams(groups) for groups in drawn(tournament, 2)] == [[3, 4, 1, 2], [4, 1, 2]]


# ── late play ──────────────────────────────────────────────────────────────────────────────────


def test_a_round_that_ends_the_next_day_puts_off_the_one_after() -> None:
    tournament = shipped("suspension/next-round-late")
    before, after = drawn(tournament, 2)
    (closed,) = (each for each in of(tournament, log.RoundClosed) if each.round == 1)
    assert before[0].tee_time < closed.due < after[0].tee_time
    assert after[0].tee_time % (5 * MINUTE) == 0
    (stopped,) = of(tournament, log.PlaySuspended)
    assert stopped.what.overnight
    assert len(of(tournament, log.PlayResumed)) == 1


def test_a_shower_is_not_overnight() -> None:
    (stopped,) = of(shipped("suspension/weather"), log.PlaySuspended)
    assert not stopped.what.overnight


def test_the_log_is_in_order_and_told_as_it_is_read() -> None:
    tournament = stage(open_scenario("world/american-express"), lazily=True)
    first = tournament.log.at(0)
    assert first is not None
    assert isinstance(first.what, log.Drawn)
    assert not tournament.truth.strokes  # no round is over: hardly anything is told
    for name in ("tournament/four-rounds", "playoff/six-players", "tournament/three-courses"):
        events = shipped(name).log.whole()
        assert [event.id for event in events] == [*range(len(events))]
        assert all(one.due <= other.due for one, other in pairwise(events))
        assert isinstance(events[-1].what, log.TournamentClosed)


# ── playoffs ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "rounds", "count"),
    [("playoff/sudden-death", (1, 2), 2), ("playoff/six-players", (1,), 6)],
)
def test_a_playoff_is_of_all_who_share_the_lead(
    name: str, rounds: tuple[int, ...], count: int
) -> None:
    tournament = shipped(name)
    scores = overs(tournament, *rounds)
    level = {no for no, score in scores.items() if score == min(scores.values())}
    no = rounds[-1] * 100 + 1
    assert len(level) == count
    assert set(teams(tournament.groups[no])) == level
    (won,) = of(tournament, log.PlayoffWon)
    assert won.what.team in level


def test_who_has_more_strokes_than_the_best_is_out_of_the_playoff() -> None:
    tournament = shipped("playoff/six-players")
    strokes = {team: made for (no, team), made in tournament.truth.strokes.items() if no == 101}
    playing, order = set(strokes), 1
    while len(playing) > 1:
        assert {team for team, made in strokes.items() if order in made} == playing
        best = min(strokes[team][order] for team in playing)
        playing = {team for team in playing if strokes[team][order] == best}
        order += 1
    (won,) = of(tournament, log.PlayoffWon)
    assert {won.what.team} == playing
    assert max(len(made) for made in strokes.values()) == order - 1
    holes = tournament.rounds[101, won.what.team].holes
    assert [hole.no for hole in holes[:5]] == [18, 18, 17, 18, 18]


def test_a_hole_that_is_played_again_is_told_by_its_order() -> None:
    tournament = shipped("playoff/told-hole-by-hole")
    assert tournament.truth.strokes[101, 1] == {1: 5, 2: 6, 3: 4}
    assert tournament.truth.strokes[101, 2] == {1: 5, 2: 6, 3: 5}
    (won,) = of(tournament, log.PlayoffWon)
    assert won.what.team == 1


def test_each_hole_of_a_playoff_can_be_a_round_of_its_own() -> None:
    scenario = open_scenario("playoff/told-hole-by-hole")
    told = [each for each in scenario.strokes if each.round == 1]
    tournament = stage(replace(scenario, strokes=tuple(told)), {"playoff-rounds": "each-hole"})
    rounds = sorted({no for no, _ in tournament.truth.strokes if no > 100})
    assert rounds == [*range(101, 101 + len(rounds))]
    assert all(list(made) == [1] for (no, _), made in tournament.truth.strokes.items() if no > 100)


def _by_total(scores: tuple[str, str], *, aggregate: bool = True, **quirks: str) -> Tournament:
    """A playoff over holes 1, 2 and 3 in which two teams make these strokes."""
    told = [
        f"  - {{team: {team}, round: {no}, hole: {hole}, score: {made}, order: {order}}}"
        for team, line in enumerate(scores, 1)
        for place, made in enumerate(line, 1)
        for hole in [min(place, 3)]
        for no, order in [(100 + place, 1) if quirks else (101, place)]
    ]
    lines = (
        "title: x",
        "field: [{teams: 2}]",
        "rounds: [{holes: 1-3}]",
        f"playoff: {{holes: [1, 2, 3], teams: 2, aggregate: {str(aggregate).lower()}}}",
        "course:",
        *told,
    )
    return staged("\n".join(lines), **quirks)


def _made(tournament: Tournament, team: int) -> str:
    rounds = sorted(
        (no, made) for (no, who), made in tournament.truth.strokes.items() if who == team
    )
    return "".join(str(made[order]) for no, made in rounds if no > 100 for order in sorted(made))


@pytest.mark.parametrize("quirks", [{}, {"playoff-rounds": "each-hole"}], ids=str)
@pytest.mark.parametrize(
    ("first", "second", "winner"),
    [("446", "544", 2), ("544", "446", 1), ("4454", "5445", 1), ("44544", "54443", 2)],
)
def test_the_total_of_a_playoff_decides_and_sudden_death_after_it(
    first: str, second: str, winner: int, quirks: dict[str, str]
) -> None:
    tournament = _by_total((first, second), **quirks)
    assert (_made(tournament, 1), _made(tournament, 2)) == (first, second)
    (won,) = of(tournament, log.PlayoffWon)
    assert won.what.team == winner


def test_without_aggregate_the_first_hole_that_is_not_halved_decides() -> None:
    tournament = _by_total(("4", "5"), aggregate=False)
    assert _made(tournament, 1) == "4"
    with pytest.raises(ScenarioError, match="does not play hole 2; the playoff is over before"):
        _by_total(("446", "544"), aggregate=False)


def test_who_leaves_in_the_middle_of_a_playoff_by_total_is_out_of_it() -> None:
    text = (
        "title: x\nfield: [{teams: 2}]\nrounds: [{holes: 1-3}]\n"
        "playoff: {holes: [1, 2, 3], teams: 2, aggregate: true}\n"
        "course: [{team: 1, round: 101, hole: 2, shots: [drive ORO, withdraw]}]\n"
    )
    (won,) = of(tournament := staged(text), log.PlayoffWon)
    assert won.what.team == 2
    assert len(_made(tournament, 2)) == 2


def test_without_a_tie_there_is_no_playoff() -> None:
    text = (
        "title: x\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\nplayoff: {}\n"
        "course: [{team: 1, hole: 1, score: 3}, {team: 2, hole: 1, score: 4}]\n"
    )
    assert list(staged(text).groups) == [1]


def test_a_tie_that_the_scenario_makes_impossible_is_refused() -> None:
    text = (
        "title: x\nfield: [{teams: 2}]\nrounds: [{holes: 1}]\nplayoff: {teams: 2}\n"
        "course: [{team: 1, hole: 1, score: 3}, {team: 2, hole: 1, score: 4}]\n"
    )
    with pytest.raises(ScenarioError, match=r":4:1: what is told of team 1 in the last round"):
        staged(text)
    with pytest.raises(ScenarioError, match="the playoff is of 3 teams, and 2 finish"):
        staged(text.replace("{teams: 2}\ncourse", "{teams: 3}\ncourse"))


def test_the_order_does_not_depend_on_how_many_events_are_put_in_order_at_once(monkeypatch):
    # Here a directive waits for the end of a hole, and what it says comes after later things.
    logs = []
    for many in (0, 128, 10**9):
        monkeypatch.setattr("mockdde.telling.round._MANY", many)
        logs.append(stage(open_scenario("world/live-open")).log.whole())
    assert logs[0] == logs[1] == logs[2]


@pytest.mark.parametrize(
    "name",
    [
        "match/hole-correction-in-a-match",
        "match/ryder-cup-friday",
        "playoff/six-players",
        "suspension/next-round-late",
        "tournament/cut",
    ],
)
def test_what_is_told_ahead_is_told_as_ever(name: str) -> None:
    plain, ahead = (stage(open_scenario(name), lazily=True) for _ in range(2))
    chance, at, told = Random(name), 0, 0
    while ahead.log.at(at) is not None:
        at += 1
        groups = dict(ahead.groups)
        while chance.random() < 0.3 and ahead.log.ahead():
            told += 1
        assert ahead.groups == groups  # nothing of a draw is known before it comes
    assert told > 3
    assert ahead.log.whole() == plain.log.whole()
    assert ahead.truth == plain.truth


def test_no_more_is_told_ahead_than_a_bit() -> None:
    tournament = stage(open_scenario("tournament/cut"), lazily=True)
    assert not tournament.log.ahead()  # no round is played yet
    at = 0
    while not isinstance((event := tournament.log.at(at)) and event.what, log.RoundStarted):
        at += 1
    calls = 0
    while tournament.log.ahead():
        calls += 1
    assert 2 < calls < 100
    assert not tournament.truth.strokes


def read(tournament: Tournament, *, ahead: bool) -> tuple[int, str]:
    """How many events there are until something is wrong, and what that is."""
    at = 0
    try:
        while tournament.log.at(at) is not None:
            at += 1
            while ahead and tournament.log.ahead():
                pass
    except ScenarioError as error:
        return at, str(error)
    return at, ""


def test_what_is_wrong_is_raised_in_its_place_however_early_it_is_found() -> None:
    text = (
        "title: x\nfield: [{teams: 9}]\nrounds: [{}]\nreport:\n  - {after: {team: 2, hole: 9},"
        " of: {hole: 10, stroke: 1}, correct: {Penalty: {strokes: 1}}}\n"
    )
    scenario = load_text(text, "test.yaml")
    plain, ahead = (read(stage(scenario, lazily=True), ahead=each) for each in (False, True))
    assert "hole 10 has not been played by then" in ahead[1]
    assert ahead[1] == plain[1]
    assert ahead[0] >= plain[0] > 10  # nothing that was said before it is lost
