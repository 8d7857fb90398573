from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import pairwise, takewhile

import pytest

from mockdde import log
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.moments import HOUR, MINUTE, SECOND
from mockdde.scenario import load_text, open_scenario, shipped
from mockdde.scenario.model import Scenario
from mockdde.story import Outing
from mockdde.story.acts import (
    Act,
    Chosen,
    Dropped,
    Penalised,
    Played,
    Stroke,
    Withdrawn,
    strokes_of,
)
from mockdde.world import stage
from running import WHOLE
from running import as_shipped as staged

NAMES = WHOLE
GREEN = "OGR"


class Story:
    """What happened, team by team and round by round."""

    def __init__(self, scenario: Scenario) -> None:
        self.outings: list[Outing] = []
        self.tournament = stage(scenario, witness=self.outings.append)


def tell(scenario: Scenario) -> Story:
    return Story(scenario)


@cache
def told(name: str) -> Story:
    return tell(open_scenario(name))


@cache
def field_of(teams: int, seed: int) -> Story:
    return tell(load_text(f"title: x\nseed: {seed}\nfield: [{{teams: {teams}}}]\n", "s.yaml"))


def holes_of(story: Story) -> Iterator[Played]:
    for outing in story.outings:
        yield from outing.holes


def acts_of(played: Played) -> list[Act]:
    return [timed.act for timed in played.acts]


def metres(one: Point, other: Point) -> float:
    return round(distance(one, other), 1)


# ── distances ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_every_stroke_starts_where_the_ball_lies(name: str) -> None:
    for played in holes_of(told(name)):
        lie, before = Lie(played.hole.tee, "OTB"), Lie(played.hole.tee, "OTB")
        provisional: list[Lie] = []
        for act in acts_of(played):
            match act:
                case Stroke(provisional=0):
                    assert act.start == lie
                    before, lie = lie, act.lie or lie
                case Stroke(lie=Lie() as at):
                    assert act.start == before
                    provisional.append(at)
                case Chosen(ball=ball):
                    lie = provisional[ball - 1] if ball else lie
                    assert (act.start, act.lie) == (before, lie)
                case Dropped():
                    lie = act.lie


class Ball:
    """Where the ball of a hole lies by what is reported, and where each stroke began."""

    def __init__(self, hole: Hole) -> None:
        self.hole, self.at = hole, hole.tee
        self.starts: dict[int, Point] = {}
        self.dropped: set[int] = set()

    def check(self, what: object) -> None:
        """The distances of an event are those between its coordinates."""
        match what:
            case log.HitBall(provisional=0):
                self.starts[what.stroke] = self.at
            case log.ProvisionalBallSelected(lie=None):
                pass  # a walking scorer measures nothing
            case log.LieReport() | log.BallDrop() | log.ProvisionalBallSelected():
                assert what.to_pin == metres(what.lie.point, self.hole.pin)
                if not isinstance(what, log.BallDrop):
                    start = self.starts[what.stroke]
                    assert what.shot_distance == metres(start, what.lie.point)
                self._move(what)
            case log.Correction(content=log.LieReport() | log.BallDrop() as content):
                self.check(content)

    def _move(self, what: log.LieReport | log.BallDrop | log.ProvisionalBallSelected) -> None:
        if isinstance(what, log.BallDrop):
            self.dropped.add(what.stroke)
        elif isinstance(what, log.LieReport) and (
            not what.detailed or what.provisional or what.stroke in self.dropped
        ):
            return
        if what.stroke == max(self.starts):
            self.at = what.lie.point


@pytest.mark.parametrize("name", NAMES)
def test_reported_distances_are_those_between_the_coordinates(name: str) -> None:
    tournament = staged(name)
    holes = {key: facts.holes for key, facts in tournament.rounds.items()}
    balls: dict[tuple[int, ...], Ball] = {}
    for event in tournament.log:
        key = (event.round, event.team, event.order)
        if isinstance(event.what, log.HoleStarted):
            balls[key] = Ball(holes[event.round, event.team][event.order - 1])
        if key in balls:
            balls[key].check(event.what)


def test_what_the_scenario_says_of_a_stroke_is_so() -> None:
    text = """\
title: x
tournament: {course: {holes: [{no: 1, par: 5, metres: 512}]}}
rounds: [{holes: 1}]
course:
  - hole: 1
    shots:
      - drive OFW went 251 CDR
      - hit OWA to 61
      - penalty 1 WaterHazard
      - drop DropBehind ORO to 74
      - hit OGS went 61 to 14 obstructed
      - drop FreeDrop
      - hit OGR to 2.1
      - putt in
"""
    for seed in range(20):
        story = tell(load_text(text.replace("x\n", f"x\nseed: {seed}\n", 1), "s.yaml"))
        (played,) = holes_of(story)
        pin = played.hole.pin
        drive, second, _, drop, third, free, fourth, putt = acts_of(played)
        assert isinstance(drive, Stroke)
        assert drive.lie is not None
        assert metres(drive.start.point, drive.lie.point) == 251.0
        assert (drive.lie.surface, drive.club) == ("OFW", "CDR")
        assert isinstance(second, Stroke)
        assert second.lie is not None
        assert metres(second.lie.point, pin) == 61.0
        assert isinstance(drop, Dropped)
        assert metres(drop.lie.point, pin) == 74.0
        # Behind in golf's sense: further from the pin on the same line, 13 metres away.
        assert distance(drop.lie.point, second.lie.point) == pytest.approx(13, abs=0.1)
        assert isinstance(third, Stroke)
        assert third.lie is not None
        assert third.lie.obstructed
        assert metres(third.start.point, third.lie.point) == pytest.approx(61, abs=0.05)
        assert metres(third.lie.point, pin) == pytest.approx(14, abs=0.05)
        assert isinstance(free, Dropped)
        assert distance(free.lie.point, third.lie.point) < 1.5
        assert isinstance(fourth, Stroke)
        assert fourth.lie is not None
        assert (metres(fourth.lie.point, pin), fourth.lie.surface) == (2.1, "OGR")
        assert isinstance(putt, Stroke)
        assert putt.lie is None


# ── strokes and scores ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_strokes_are_numbered_from_one_without_gaps(name: str) -> None:
    for played in holes_of(told(name)):
        made = pending = 0
        for act in acts_of(played):
            match act:
                case Stroke(provisional=0):
                    made += 1
                    assert act.no == made
                    pending = 0
                case Stroke():
                    pending += 1
                    assert (act.no, act.provisional) == (made, pending)
                case Penalised() | Dropped():
                    assert act.no == made
                case Chosen():
                    assert act.no == made
                    assert act.ball <= pending
                    made += act.ball
                    pending = 0


@pytest.mark.parametrize("name", NAMES)
def test_every_hole_ends_with_a_holed_ball_or_a_player_who_leaves(name: str) -> None:
    for played in holes_of(told(name)):
        match acts_of(played)[-1]:
            case Stroke(lie=lie):
                assert lie is None
            case Penalised(disqualified=disqualified):
                assert disqualified
            case last:
                assert isinstance(last, Withdrawn)


def test_a_score_is_met_exactly() -> None:
    for strokes in range(1, 21):
        text = f"title: x\nrounds: [{{holes: 3-4}}]\ncourse:\n  - {{hole: 4, score: {strokes}}}\n"
        outing = tell(load_text(text, "s.yaml")).outings[0]
        assert strokes_of(acts_of(outing.holes[1])) == strokes


def scores(story: Story) -> list[int]:
    return [sum(strokes_of(acts_of(played)) for played in each.holes) for each in story.outings]


def test_a_field_scores_as_professionals_do() -> None:
    fields = [scores(field_of(110, seed)) for seed in range(4)]
    for rounds in fields:
        assert 69.5 < statistics.mean(rounds) < 73.5
    every = sorted(score for rounds in fields for score in rounds)
    assert 60 <= every[0] <= 66
    assert 78 <= every[-1] <= 88
    assert 2.4 < statistics.stdev(every) < 3.8


def test_holes_are_played_as_professionals_play_them() -> None:
    played = [each for seed in range(3) for each in holes_of(field_of(110, seed))]
    greens = putts = 0
    over: dict[int, list[int]] = {3: [], 4: [], 5: []}
    for each in played:
        acts = acts_of(each)
        strokes = strokes_of(acts)
        on_green = sum(isinstance(act, Stroke) and act.start.surface == GREEN for act in acts)
        putts += on_green
        greens += strokes - on_green <= each.hole.par - 2
        over[each.hole.par].append(strokes - each.hole.par)
        assert strokes <= 16
    assert 27.5 < 18 * putts / len(played) < 31
    assert 0.58 < greens / len(played) < 0.72
    assert statistics.mean(over[5]) < statistics.mean(over[4]) < statistics.mean(over[3])


# ── pace ──────────────────────────────────────────────────────────────────────────────────────────


def turns(outing: Outing) -> Iterator[tuple[int, float]]:
    """Minutes between the strokes of a player on a hole, with its par."""
    for played in outing.holes:
        hit = [
            timed.at
            for timed in played.acts
            if isinstance(timed.act, Stroke) and not timed.act.provisional
        ]
        for one, other in pairwise(hit):
            yield played.hole.par, (other - one) / MINUTE


def test_the_strokes_of_a_player_are_three_to_four_minutes_apart() -> None:
    outings = [each for seed in range(3) for each in field_of(30, seed).outings]
    usual = [gap for each in outings for par, gap in turns(each) if par < 5]
    long = [gap for each in outings for par, gap in turns(each) if par == 5]
    assert 3 <= statistics.mean(usual) <= 4
    assert statistics.mean(usual) + 0.3 < statistics.mean(long) <= 5
    assert min(usual + long) > 1.2
    # The group ahead keeps some waiting, on a bad hole of its for a quarter of an hour.
    assert sum(gap > 6 for gap in usual + long) < 0.1 * len(usual + long)
    assert max(usual + long) < 20


@pytest.mark.parametrize("tees", ["[1]", "[1, 10]"])
def test_no_group_plays_into_another_or_overtakes_it(tees: str) -> None:
    """On each hole the groups tee off, and are done, one after the other."""
    for seed in range(2):
        text = f"title: x\nseed: {seed}\nfield: [{{teams: 60}}]\nrounds: [{{tees: {tees}}}]\n"
        on_hole: dict[int, dict[int, list[int]]] = {}
        for outing in tell(load_text(text, "s.yaml")).outings:
            for played in outing.holes:
                groups = on_hole.setdefault(played.hole.no, {})
                groups.setdefault(outing.facts.group.no, []).extend(at.at for at in played.acts)
        for groups in on_hole.values():
            spans = sorted((min(times), max(times)) for times in groups.values())
            for (begun, done), (begins, ends) in pairwise(spans):
                assert begins > begun + 3 * MINUTE
                assert ends > done


@pytest.mark.parametrize("strokes", [3, 4, 5, 7, 9])
def test_a_score_that_is_said_is_golf_too(strokes: int) -> None:
    """A par 5 in so many: three putts at most, and no miracle from far away."""
    for seed in range(20):
        text = f"title: x\nseed: {seed}\nrounds: [{{holes: 2}}]\n"
        text += f"course: [{{hole: 2, score: {strokes}}}]\n"
        (outing,) = tell(load_text(text, "s.yaml")).outings
        hit = [act for act in acts_of(outing.holes[0]) if isinstance(act, Stroke)]
        assert len(hit) == strokes
        assert sum(act.start.surface == GREEN for act in hit) <= 3
        last = distance(hit[-1].start.point, outing.holes[0].hole.pin)
        assert last < (200 if strokes == 3 else 60)  # as far as two strokes leave it


def test_a_shipped_scenario_can_be_told_with_other_seeds() -> None:
    """What it says fits whatever golf is drawn around it."""
    for name in NAMES:
        scenario = open_scenario(name)
        for seed in range(4 if len(scenario.field) < 10 else 1):
            stage(replace(scenario, seed=seed))


def test_a_three_ball_is_round_in_four_to_five_and_a_half_hours() -> None:
    for seed in range(3):
        for outing in field_of(30, seed).outings:
            length = outing.holes[-1].acts[-1].at - outing.started
            assert 4 * HOUR < length < 5.5 * HOUR


@pytest.mark.parametrize("name", NAMES)
def test_time_never_runs_backwards(name: str) -> None:
    for outing in told(name).outings:
        moments = [outing.started]
        for played in outing.holes:
            moments += [played.started, *(timed.at for timed in played.acts)]
        assert moments == sorted(moments)


def test_a_suspension_moves_all_that_comes_after_it_and_nothing_before() -> None:
    text = "title: x\nfield: [{teams: 9}]\nrounds: [{holes: 1-4}]\n"
    plain = tell(load_text(text, "s.yaml"))
    stopped = tell(load_text(text + "course:\n  - {suspend: 2h, at: 40m}\n", "s.yaml"))
    begin = plain.tournament.groups[1][0].tee_time + 40 * MINUTE
    end = begin + 2 * HOUR
    for one, other in zip(plain.outings, stopped.outings, strict=True):
        assert other.pauses == ((begin, end),)
        before = [timed for played in one.holes for timed in played.acts]
        after = [timed for played in other.holes for timed in played.acts]
        assert [timed.act for timed in before] == [timed.act for timed in after]
        for was, now in zip(before, after, strict=True):
            assert now.at == (was.at if was.at < begin else was.at + 2 * HOUR + 30 * SECOND)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("suspension/")])
def test_no_stroke_is_reported_while_play_is_suspended(name: str) -> None:
    suspended: set[int] = set()
    stopped = 0
    for event in staged(name).log:
        match event.what:
            case log.Suspension(resumed):
                (suspended.discard if resumed else suspended.add)(event.team)
                stopped += not resumed
            case log.AddressingBall() | log.HitBall() | log.HoleStarted():
                assert event.team not in suspended
    assert stopped
    assert not suspended


# ── the same again ────────────────────────────────────────────────────────────────────────────────

DIGEST = """\
import sys
from hashlib import sha256
from mockdde.scenario import open_scenario
from mockdde.world import stage
for name in sys.argv[1:]:
    print(sha256(repr(stage(open_scenario(name)).log.whole()).encode()).hexdigest())
"""


@pytest.mark.parametrize("name", NAMES)
def test_the_same_scenario_has_the_same_log(name: str) -> None:
    assert stage(open_scenario(name)).log.whole() == staged(name).log.whole()


def test_the_log_does_not_depend_on_the_process() -> None:
    here = [sha256(repr(staged(name).log.whole()).encode()).hexdigest() for name in NAMES]
    for hash_seed in ("4711",):
        ran = subprocess.run(
            [sys.executable, "-c", DIGEST, *NAMES],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout.split() == here


def test_another_seed_is_another_story() -> None:
    assert scores(field_of(30, 0)) != scores(field_of(30, 1))


# ── the library ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_scenario_has_the_right_shape_and_explains_itself(name: str) -> None:
    text = dict(shipped())[name].read_text(encoding="utf-8")
    scenario = load_text(
        text, f"{name}.yaml"
    )  # which, unlike open_scenario, holds it to the schema
    assert scenario == open_scenario(name)
    assert 10 < len(scenario.title) < 100
    assert not scenario.title.endswith(".")
    assert len(scenario.about) > 80
    assert scenario.about.endswith(".")


def test_the_built_in_world_has_a_tournament_in_full_swing() -> None:
    tournament = stage(open_scenario("world/american-express"), lazily=True)
    now = tournament.planned(1) + tournament.scenario.play_at
    assert len(tournament.teams) == 156
    coming = takewhile(lambda event: event.due < now + 2 * HOUR, tournament.log)
    kinds = {type(event.what) for event in coming if event.due > now}
    assert {log.Correction, log.HoleScore, log.Mode, log.Penalty, log.BallDrop} <= kinds
    assert {log.ProvisionalBallSelected, log.ConnectionState, log.RefereeCalled} <= kinds


def test_the_sample_hole_has_every_kind_of_event() -> None:
    kinds = {type(event.what) for event in staged("world/sample-hole").log}
    assert kinds >= set(log.OfTeam.__args__) - {log.MatchConceded}
