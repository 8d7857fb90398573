"""Live events: what each thing that a scorer says becomes, and what becomes of it later."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from textwrap import dedent
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from examples import told
from live_client import Objects, kind_of
from live_streams import Story, live_feed, opened
from match_scenarios import CASES
from mockdde import broadcast, log, schemas
from mockdde.books import Books
from mockdde.broadcast import Broadcast
from mockdde.errors import ScenarioError
from mockdde.feeds.live._envelope import data_of
from mockdde.feeds.live._ids import Ids
from mockdde.quirks import QUIRKS
from mockdde.quirks._live import LIVE
from mockdde.scenario import load_text, open_scenario
from mockdde.show import Show
from mockdde.world import stage
from quickly import quick
from random_matches import scenario as match_scenario
from random_scenarios import scenario_text
from running import environment, staged

SAMPLES = Path(__file__).parent / "samples"
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
ROUND, MATCH = "live/round-events", "live/match-events"
HEAD = """
title: One team
tournament: {{id: 7, tour: European Tour, course: {{scoring: {}}}}}
field: [{{teams: 1}}]
rounds: [{{no: 1, holes: 1-3}}]
"""
PLAYED = """
course:
  - {team: 1, hole: 1, shots: [
      drive OWA went 200, penalty 1 WaterHazard, drop DropBehind ORO, hit OGR to 5, putt in]}
  - {team: 1, hole: 2, shots: [drive OFW, hit OGR to 4, putt OGR to 1, putt in]}
"""
LIES = ("ApproximateLie", "DetailedLie")


def story(report, played=PLAYED, scoring="ShotlinkWithLaser", **quirks):
    return Story(staged(f"{HEAD.format(scoring)}{played}report:\n{report}", **quirks))


def short(counts):
    """Actions and how many of each kind; what was estimated anew is no matter here."""
    found = {}
    for (action, kind), count in sorted(counts.items()):
        if (action, kind) != ("UPDATE", "ApproximateLie"):
            found.setdefault(action, {})[kind] = count
    return found


# ── what becomes what (reference §10) ──────────────────────────────────────────────────────────

BECOMES = {
    log.RoundStarted: ["SportEventStarted"],
    log.RoundFinished: ["SportEventEnded"],
    log.HoleStarted: ["HoleStarted"],
    log.HoleFinished: ["HoleEnded"],
    log.AddressingBall: ["StrokePreparation"],
    log.HitBall: ["StrokeExecuted"],
    log.BallHoled: ["BallHoled"],
    log.BallDrop: ["BallDropped"],
    log.Penalty: ["Penalty"],
    log.ProvisionalBallSelected: ["ProvisionalBallSelected"],
    log.RoundOfficial: [],
    log.Suspension: [],
    log.ConnectionState: [],
    log.RefereeCalled: [],
    log.TglHammerThrown: [],
}
OF_BOTH = (log.RoundStarted, log.RoundFinished, log.HoleStarted)  # of a match: one for each side


@pytest.mark.parametrize("name", ["world/sample-hole", "round/every-packet", "match/mixed-team"])
def test_what_is_said_once_is_added_once(name):
    seen = set()
    corrected = False
    for event, messages in Story(stage(open_scenario(name), DEFAULTS)).steps:
        what = event.what
        corrected |= what == log.Mode(begins=True)
        if not event.team or corrected or isinstance(what, log.Correction | log.HoleScore):
            corrected &= what != log.Mode(begins=False)
            continue
        kinds = [(each["data"]["action"], kind_of(each["data"])) for _, each in messages]
        if isinstance(what, log.LieReport):
            wanted = ["DetailedLie" if what.detailed else "ApproximateLie"]
        else:
            wanted = BECOMES[type(what)]
        sides = 2 if event.match and isinstance(what, OF_BOTH) else 1
        assert kinds == [("ADD", kind) for kind in wanted] * sides
        seen.add(type(what))
        for _, message in messages:
            assert message["id"] == message["data"]["id"]  # (sample)
    assert len(seen) >= 8


# ── what is said again ─────────────────────────────────────────────────────────────────────────

AFTER_2 = "{after: {team: 1, hole: 2}"
OF_1 = "of: {hole: 1, stroke: 1}"


@pytest.mark.parametrize(
    ("what", "wanted"),
    [
        ("DetailedLie: {distanceToPin: 100}", ["DetailedLie"]),
        ("ApproximateLie: {surfaceTypeCode: ORO}", ["ApproximateLie"]),
        ("BallDrop: {distanceToPin: 50}", ["BallDropped"]),
        ("BallDrop: {dropType: FreeDrop}", []),  # of which BallDropped says nothing
        ("Penalty: {reason: Grounding}", ["Penalty"]),
        # The hole has another score, and so has the round after the next hole.
        ("Penalty: {strokes: 2}", ["Penalty", "HoleEnded", "HoleEnded"]),
        ("Penalty: {strokes: 1}", []),
    ],
)
def test_a_correction_updates_what_is_different(what, wanted):
    mine = story(f"  - {AFTER_2}, {OF_1}, correct: {{{what}}}}}")
    assert mine.said_by(log.Correction) == [("UPDATE", kind) for kind in wanted]


def test_a_score_put_right_updates_the_end_of_the_hole_and_of_those_after_it():
    report = "  - {after: {team: 1, hole: 3}, rescore: {hole: 2, strokes: 7}}"
    assert story(report).said_by(log.HoleScore) == [("UPDATE", "HoleEnded")] * 2
    kept = story(report, **{"live-running-score": "kept"})
    assert kept.said_by(log.HoleScore) == [("UPDATE", "HoleEnded")]


def test_a_score_that_was_right_already_says_nothing():
    report = "  - {after: {team: 1, hole: 3}, rescore: {hole: 2, strokes: 4}}"
    assert story(report).said_by(log.HoleScore) == []


def test_a_hole_that_is_sent_again_as_it_was_is_estimated_anew_and_nothing_else():
    mine = story(f"  - {AFTER_2}, resend: {{hole: 1}}}}")
    assert short(mine.corrected()) == {}
    walking = story(f"  - {AFTER_2}, resend: {{hole: 1}}}}", scoring="ScoredWithWalkingScorer")
    assert walking.corrected() == {}


GONE = {"StrokePreparation": 1, "StrokeExecuted": 1, "ApproximateLie": 1, "DetailedLie": 1}
SHORTER = "[drive OFW, hit OGR to 4, putt in]"
LONGER = "[drive OFW, hit OGR to 4, putt OGR to 1, putt OGR to 1, putt in]"


@pytest.mark.parametrize(
    ("after", "hole", "shots", "wanted"),
    [
        # The ball is in with the stroke before: its lies are gone, and so is the last stroke.
        (2, 2, SHORTER, {
            "DELETE": GONE | {"BallHoled": 1},
            "ADD": {"BallHoled": 1},
            "UPDATE": {"DetailedLie": 2, "HoleEnded": 1},
        }),
        (2, 2, LONGER, {
            "DELETE": {"BallHoled": 1},
            "ADD": GONE | {"BallHoled": 1},
            "UPDATE": {"DetailedLie": 3, "HoleEnded": 1},
        }),
        # An earlier hole: the holes after it have another score to par.
        (3, 1, SHORTER, {
            "DELETE": {"Penalty": 1, "BallDropped": 1},
            "UPDATE": {"DetailedLie": 2, "HoleEnded": 3},
        }),
    ],
)  # fmt: skip
def test_a_hole_that_is_sent_again_otherwise_changes_what_is_different(after, hole, shots, wanted):
    report = f"  - {{after: {{team: 1, hole: {after}}}, resend: {{hole: {hole}, shots: {shots}}}}}"
    assert short(story(report).corrected()) == wanted


def test_a_hole_in_progress_that_is_sent_again_has_no_end():
    after = "{after: {team: 1, hole: 2, stroke: 2}"
    same = story(f"  - {after}, resend: {{hole: 2, shots: [drive OFW, hit ORO to 30]}}}}")
    assert short(same.corrected()) == {"UPDATE": {"DetailedLie": 2}}
    fewer = story(f"  - {after}, resend: {{hole: 2, shots: [drive OFW]}}}}")
    assert short(fewer.corrected()) == {"DELETE": GONE, "UPDATE": {"DetailedLie": 1}}


def test_nothing_is_said_of_a_hole_before_all_of_it_was_sent_again():
    """The devices go away in the middle of it, and are back on the next hole."""
    report = f"""
  - {AFTER_2}, resend: {{hole: 1, interrupted: true, shots: {SHORTER}}}}}
  - {{after: {{team: 1, hole: 3}}, connection: Connected}}"""
    mine = story(report)
    begun = [event.what for event, _ in mine.steps].index(log.Mode(begins=True))
    ended = [event.what for event, _ in mine.steps].index(log.Mode(begins=False))
    assert not any(messages for _, messages in mine.steps[begun:ended])
    states = [event.what for event, _ in mine.steps[begun:ended]]
    assert log.ConnectionState("Disconnected") in states
    assert log.ConnectionState("Connected") in states
    assert short(mine.corrected())["DELETE"] == {"Penalty": 1, "BallDropped": 1}


def test_a_hole_can_be_sent_again_and_again():
    report = f"""
  - {AFTER_2}, resend: {{hole: 1, shots: [drive OFW, hit in]}}}}
  - {{after: {{team: 1, hole: 3}}, resend: {{hole: 1, shots: {SHORTER}}}}}"""
    mine = story(report)
    assert short(mine.corrected(0))["DELETE"] == GONE | {
        "Penalty": 1, "BallDropped": 1, "BallHoled": 1
    }  # fmt: skip
    assert short(mine.corrected(1)) == {
        "DELETE": {"BallHoled": 1},
        "ADD": GONE | {"BallHoled": 1},
        "UPDATE": {"DetailedLie": 1, "HoleEnded": 3},
    }


def test_a_hole_that_is_sent_again_has_the_score_of_its_strokes_again():
    report = f"""
  - {AFTER_2}, rescore: {{hole: 1, strokes: 3}}}}
  - {{after: {{team: 1, hole: 3}}, resend: {{hole: 1}}}}"""
    assert short(story(report).corrected()) == {"UPDATE": {"HoleEnded": 3}}


def test_who_withdrew_on_a_hole_that_is_sent_again_has_not():
    played = "course: [{team: 1, hole: 3, shots: [drive OFW, withdraw]}]\n"
    report = "  - {after: {team: 1, hole: 3, event: HoleFinished}, resend: {shots: [hit in]}}"
    mine = story(report, played)
    reasons = [
        message["data"]["payload"]["end_reason"]
        for _, message in mine.messages()
        if kind_of(message["data"]) == "HoleEnded"
    ]
    assert reasons[-2:] == ["WITHDRAWN", "BALL_HOLED"]
    assert ("UPDATE", "HoleEnded") in mine.corrected()


PROVISIONAL = """course:
  - {team: 1, hole: 1, shots: [drive OUK, drive OFW provisional 1, choose 1, hit in]}
"""


def test_a_provisional_ball_and_what_is_gone_without_it():
    mine = story(f"  - {AFTER_2}, resend: {{hole: 1, shots: [drive OFW, hit in]}}}}", PROVISIONAL)
    strokes = [
        (
            message["data"]["payload"]["stroke_number"],
            message["data"]["payload"]["provisional_number"],
        )
        for _, message in mine.messages()
        if kind_of(message["data"]) == "StrokeExecuted" and message["data"]["action"] == "ADD"
    ]
    assert strokes[:3] == [(1, 0), (1, 1), (3, 0)]
    gone = short(mine.corrected())["DELETE"]
    assert gone["ProvisionalBallSelected"] == 1
    assert gone["StrokeExecuted"] == 2  # the provisional one, and the third is the second now


def test_a_stroke_and_distance_that_was_none():
    played = """course:
  - {team: 1, hole: 1, shots: [drive OOB, penalty 1 OutOfBounds, drop StrokeAndDistance, hit in]}
"""
    mine = story(f"  - {AFTER_2}, resend: {{hole: 1, shots: [drive OFW, hit in]}}}}", played)
    assert short(mine.corrected())["DELETE"] == {"Penalty": 1, "BallDropped": 1}


@pytest.mark.parametrize(
    ("scoring", "wanted"),
    [
        ("ScoredWithWalkingScorer", {
            "DELETE": {"StrokePreparation": 1, "StrokeExecuted": 1, "BallHoled": 1},
            "ADD": {"BallHoled": 1},
            "UPDATE": {"HoleEnded": 1},
        }),
        ("HoleScoresOnly", {"UPDATE": {"HoleEnded": 1}}),
    ],
)  # fmt: skip
def test_where_less_is_reported_less_is_different(scoring, wanted):
    report = f"  - {AFTER_2}, resend: {{hole: 2, shots: {SHORTER}}}}}"
    mine = story(report, scoring=scoring)
    assert short(mine.corrected()) == wanted
    kinds = {kind_of(message["data"]) for _, message in mine.messages()}
    assert not kinds & {*LIES, "BallDropped"}


def case(name, **quirks):
    text = f"title: {name.capitalize()}\n{dedent(CASES[name][0])}"
    return stage(load_text(text, "case.yaml"), {**DEFAULTS, **quirks})


def test_a_match_that_goes_on_has_not_ended():
    """Its end is taken back when the next hole begins, and not before: until then another word of
    the scorer's may end it again.
    """
    mine = Story(case("a hole re-scored after the end, and they go on"))
    ends = [
        (type(event.what), message["data"]["action"])
        for event, messages in mine.steps
        for _, message in messages
        if kind_of(message["data"]) == "SportEventEnded"
    ]
    again = [(log.HoleStarted, "DELETE")] * 2
    assert again == [each for each in ends if each[1] == "DELETE"][:2]
    assert Counter(ends)[log.RoundFinished, "ADD"] == len(ends) - ends.count(again[0])


def test_who_gives_up_a_match_resigns():
    name = "conceded before a ball is struck, by who is behind, by who is ahead"
    reasons = Counter(
        message["data"]["payload"]["end_reason"]
        for _, message in Story(case(name)).messages()
        if kind_of(message["data"]) == "HoleEnded"
    )
    assert reasons["RESIGNED"] == 3


# ── a fresh start ──────────────────────────────────────────────────────────────────────────────

ABOUT_ALL = (log.RoundStarted, log.RoundFinished, log.RoundOfficial)


def of_hole(event):
    whose = event.match or (event.round, event.team)
    return None if isinstance(event.what, ABOUT_ALL) else (whose, event.order)


def as_if_right_at_once(events):
    """What is left of a log when all that was said again is said where it belongs; and which holes
    were sent again.
    """
    kept, again, renewed = [], {}, set()
    for event in events:
        hole, what = of_hole(event), event.what
        match what:
            case log.ConnectionState() | log.Suspension():
                pass
            case log.Mode(begins=True):
                again[hole] = []
            case log.Mode():
                place = next(at for at, each in enumerate(kept) if of_hole(each) == hole)
                others = [each for each in kept if of_hole(each) != hole]
                kept = [*others[:place], *again.pop(hole), *others[place:]]
                renewed.add(hole)
            case _ if hole in again:
                again[hole].append(event)
            case log.Correction(of, content):
                for at, each in enumerate(kept):
                    if each.id == of:
                        # A live event has no dropType, and strokes keep their numbers.
                        drop = {"drop": each.what.drop} if isinstance(content, log.BallDrop) else {}
                        kept[at] = replace(each, what=replace(content, **drop))
            case log.HoleStarted():
                kept = [
                    each
                    for each in kept
                    if not (event.match and each.match == event.match)
                    or not isinstance(each.what, log.RoundFinished)
                ]
                kept.append(event)
            case _:
                kept.append(event)
    return kept, renewed


def woken(feed, path, events):
    """What a stream has had of these events, told a few at a time."""
    some = (events[at : at + 7] for at in range(0, len(events), 7))
    return [each for sent in feed.wake(path, some) for each in opened(sent)]


def fresh(books, path, events):
    """The live events of a stream that is told of these events alone: none is taken back."""
    found = {}
    for _, message in woken(live_feed(books), path, events):
        assert message["data"]["action"] != "DELETE"
        found[message["data"]["id"]] = message["data"]
    return found


def contents(by_id, renewed, numbers):
    """What there is; what was sent again has the id, and the moment, of its first version."""
    found = []
    for data in by_id.values():
        payload = data["payload"]
        whose = numbers[payload["team_id"]]
        mine = {(each, payload["hole_sequence"]) for each in whose}
        payload = {key: value for key, value in payload.items() if key != "event_time"}
        id_ = (data["id"], data["payload"]["event_time"]) if not mine & renewed else None
        found.append(json.dumps([data["type"], payload, id_], sort_keys=True))
    return sorted(found)


def check_every_turn(tournament):
    """With every event that says something again, and in the end."""
    tournament.log.whole()
    steps = Story(tournament).steps
    books = Books(tournament)
    for event, _ in steps:
        books.apply(event)
    ids, numbers = Ids(tournament), {}
    for event, _ in steps:
        if event.team:
            sides = books.matches.all[event.match].teams if event.match else (event.team,)
            for team in sides:
                whose = event.match or (event.round, team)
                numbers.setdefault(ids.team(team), set()).add(whose)
    streams, so_far, turns = {}, {}, 0
    for event, messages in steps:
        for path, message in messages:
            streams.setdefault(path, Objects()).take(message)
            so_far.setdefault(path, [])
        if not event.team:
            continue
        kind, no = ("match", ids.match(event.match)) if event.match else ("round", event.round)
        path = f"/golf/stream/v1/tournaments/{tournament.id}/{kind}/{no}/events"
        so_far.setdefault(path, []).append(event)
        again = isinstance(
            event.what, log.Mode | log.Correction | log.HoleScore | log.RoundOfficial
        )
        if again:
            kept, renewed = as_if_right_at_once(so_far[path])
            mine = contents(streams[path].by_id, renewed, numbers)
            assert mine == contents(fresh(books, path, kept), renewed, numbers), event
            turns += 1
    return turns


# A seed that is nearer to 0 is no simpler, so there is nothing to shrink.
@settings(max_examples=15, phases=[Phase.generate])
@given(st.integers(0, 10**6))
def test_who_takes_in_all_actions_has_what_a_fresh_start_would_say(seed):
    try:
        tournament = stage(load_text(scenario_text(seed, 0.1), "drawn.yaml"), DEFAULTS)
    except ScenarioError:
        assume(False)
    assert check_every_turn(tournament)


@settings(max_examples=8, phases=[Phase.generate])
@given(st.integers(0, 10**6))
def test_who_takes_in_all_actions_of_matches_has_what_a_fresh_start_would_say(seed):
    text = json.dumps(match_scenario(seed))
    assert check_every_turn(stage(load_text(text, "drawn.yaml"), DEFAULTS))


@pytest.mark.parametrize("name", ["world/sample-hole", "round/every-packet", "match/mixed-team"])
def test_who_wakes_late_is_told_the_same(name):
    tournament = stage(open_scenario(name), DEFAULTS)
    mine = Story(tournament)
    wanted = {}
    for path, message in mine.messages():
        wanted.setdefault(path, []).append(message)
    events = [event for event, _ in mine.steps]
    for late in range(0, len(events), max(len(events) // 12, 1)):
        books = Books(tournament)
        feed = live_feed(books)
        for event in events[:late]:
            books.apply(event)
            assert not event.team or [*feed.apply(event)] == []
        found = {
            path: [message for _, message in woken(feed, path, events[:late])] for path in wanted
        }
        for path in wanted:
            assert woken(feed, path, events[:late]) == []  # it is awake
        for event in events[late:]:
            books.apply(event)
            for path, message in opened(feed.apply(event)) if event.team else ():
                found[path].append(message)
        assert found == wanted, late


@pytest.mark.parametrize("name", ["round/every-packet", "match/mixed-team"])
def test_a_long_stream_is_woken_bit_by_bit_while_play_goes_on(name, monkeypatch):
    """Nothing is lost or doubled, and nobody sees half of it."""
    monkeypatch.setattr(broadcast, "_SOME", 4)
    tournament = stage(open_scenario(name), DEFAULTS)
    spoken = [(path, payload) for _, path, payload in Broadcast(tournament).play("*", "live")]
    path = next(path for path, _ in spoken if path.endswith("/events"))
    show = Show(tournament, 1.0)
    for _ in range(24):
        show.advance()
    calls = 0
    while not show.rouse(path, at_once=False):
        calls += 1
        assert path not in show.tapes
        if show.broadcast.next_due is not None:
            assert path not in {sent.stream for sent in show.advance().packets}
    assert calls > 6
    tape = show.tapes[path]
    found = tape.payloads()
    while show.broadcast.next_due is not None:
        found += [each.payload for each in show.advance().packets if each.stream == path]
    assert found == [payload for of, payload in spoken if of == path]


# ── ids ────────────────────────────────────────────────────────────────────────────────────────


def test_ids_are_uuids_of_version_5_of_the_tournament_and_the_seed():
    one, other = (Ids(staged(f"seed: {seed}{HEAD.format('HoleScoresOnly')}")) for seed in (1, 2))
    mine = uuid5(uuid5(NAMESPACE_URL, "mockdde:7:1"), "event/3/12")
    assert one.uuid("event", 3, 12) == str(mine)
    assert other.uuid("event", 3, 12) != str(mine)
    assert {one.uuid(no) for no in range(300)} == {
        str(uuid5(uuid5(NAMESPACE_URL, "mockdde:7:1"), str(no))) for no in range(300)
    }


@pytest.mark.parametrize("seed", ["0", "12345"])
def test_another_process_says_the_same_bytes(seed):
    code = (
        "import sys; from mockdde.cli import main; "
        "sys.argv = ['mockdde', 'play', 'round/every-packet', '--dialect', 'live']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(PYTHONHASHSEED=seed),
        capture_output=True,
        check=True,
    )
    assert done.stdout
    assert done.stdout == other_process()


@cache
def other_process():
    words = ["play", "round/every-packet", "--dialect", "live"]
    done = subprocess.run(
        [sys.executable, "-m", "mockdde", *words],
        env=environment(PYTHONHASHSEED="1"),
        capture_output=True,
        check=True,
    )
    return done.stdout


# ── switches ───────────────────────────────────────────────────────────────────────────────────

SHOWING = ["round/every-packet", "match/suspended-match", "match/gimme"]
CONCEDED = "conceded before a ball is struck, by who is behind, by who is ahead"
CHOICES = [(quirk.name, choice) for quirk in LIVE for choice in quirk.choices[1:]]
SEEN = {
    "live-ids",
    "live-lies",
    "live-provisional",
    "live-suspension",
    "live-asides",
    "live-started-ids",
    "live-hole-sequence",
    "live-fairway-wood",
    "live-gimme",
    "live-match-conceded",
    "live-event-time",
    "live-running-score",
}


def all_of(settings):
    found = [Story(stage(open_scenario(name), {**DEFAULTS, **settings})) for name in SHOWING]
    found.append(Story(case(CONCEDED, **settings)))
    return [message for each in found for _, message in each.messages()]


@cache
def plain():
    return [json.dumps(each) for each in all_of({})]


def test_every_switch_of_events_is_looked_at():
    assert {quirk.name for quirk in LIVE} == SEEN


@pytest.mark.parametrize(("quirk", "choice"), CHOICES)
def test_a_choice_changes_some_message_and_all_stay_valid(quirk, choice):
    changed, before = all_of({quirk: choice}), set(plain())
    others = [each for each in changed if json.dumps(each) not in before]
    assert others or len(changed) < len(before)
    for message in others:
        group = "match" if ":match:" in message["data"]["sport_event"]["id"] else "round"
        name = f"live/{group}-events"
        assert quick(name).is_valid(message), schemas.explain(name, message)


@pytest.mark.parametrize("choice", ["stroke", "absent"])
def test_lies_may_be_of_their_strokes_or_nowhere(choice):
    mine = story(f"  - {AFTER_2}, {OF_1}, correct: {{DetailedLie: {{distanceToPin: 100}}}}}}",
                 **{"live-lies": choice})  # fmt: skip
    kinds = {kind_of(message["data"]) for _, message in mine.messages()}
    assert not kinds & set(LIES)
    wanted = [("UPDATE", "StrokeExecuted")] if choice == "stroke" else []
    assert mine.said_by(log.Correction) == wanted
    strokes = [m["data"] for _, m in mine.messages() if kind_of(m["data"]) == "StrokeExecuted"]
    lies = [each["payload"].get("ball_lie") for each in strokes]
    assert any(lies) == (choice == "stroke")
    if choice == "stroke":  # it is hit, it rests about there, it rests there, it was put right
        first = [each for each in strokes if each["id"] == strokes[0]["id"]]
        assert [each["action"] for each in first] == ["ADD", "UPDATE", "UPDATE", "UPDATE"]
        assert first[-1]["payload"]["ball_lie"]["distance_to_pin"] == 100


def test_a_hole_that_is_sent_again_may_have_other_moments():
    report = f"  - {AFTER_2}, resend: {{hole: 1, shots: {SHORTER}}}}}"
    times = {}
    for choice in ("kept", "moved"):
        mine = story(report, **{"live-event-time": choice})
        (end,) = (event for event, _ in mine.steps if event.what == log.Mode(begins=False))
        (ended,) = (
            message["data"]["payload"]
            for event, messages in mine.steps
            for _, message in messages
            if event is end and message["data"]["action"] == "UPDATE"
            if kind_of(message["data"]) == "DetailedLie"
            if message["data"]["payload"]["stroke_number"] == 1
        )
        times[choice] = ended["event_time"]
    assert times["kept"] < times["moved"]


def valid(feed, message):
    for name in (f"{feed}.strict", feed):
        if not quick(name).is_valid(message):
            pytest.fail(f"{name}: {schemas.explain(name, message)} in {message}")


# ── the samples ────────────────────────────────────────────────────────────────────────────────


def sample(name):
    return json.loads((SAMPLES / f"live--{name}--1.json").read_text(encoding="utf-8"))


def messages_of(name):
    return [message for _, message in Story(stage(open_scenario(name), DEFAULTS)).messages()]


def test_a_message_has_the_keys_of_its_sample_in_their_order():
    real, mine = sample("ws-event-envelope"), messages_of("world/sample-hole")[0]
    assert list(mine) == list(real)
    assert told(ROUND, real) == [
        f"data: the key {key} is missing"
        for key in ("action", "created_at", "id", "payload", "sport_event", "type")
    ]  # the page leaves them out
    assert told(ROUND, {**real, "data": mine["data"]}) == []


def test_the_start_has_the_keys_of_its_sample_in_their_order():
    real, mine = sample("event-sport-event-started")["data"], messages_of("world/sample-hole")[0]
    assert mine["data"]["type"] == real["type"]
    assert list(mine["data"]["payload"]) == list(real["payload"])
    assert list(mine["data"]["payload"]["players"][0]) == list(real["payload"]["players"][0])
    bent = {**mine, "data": {**mine["data"], "payload": real["payload"]}}
    valid(ROUND, bent)


def test_client_init_is_that_of_its_sample():
    real = sample("client-init")
    for name in ("live/client-init", "live/client-init.strict"):
        assert told(name, real) == []
        assert told(name, {"type": "Client.Init"}) == []
        assert told(name, {"type": "Client.Int"}) == [
            'type: type is "Client.Int"; did you mean Client.Init?'
        ]
        assert told(name, {**real, "last_seen_event_id": "12"})
    assert told("live/client-init", {**real, "last_seen_event_id": None}) == []
    assert told("live/client-init.strict", {**real, "last_seen_event_id": None})


def test_heartbeats_have_the_form_of_client_init():
    for name in ("live/heartbeat", "live/heartbeat.strict"):
        assert told(name, {"type": "Server.Heartbeat"}) == []
        assert told(name, {"type": "Server.Heartbeet"}) == [
            'type: type is "Server.Heartbeet"; did you mean Server.Heartbeat?'
        ]


# ── schemas ────────────────────────────────────────────────────────────────────────────────────


@cache
def by_kind(name):
    """The first message of each kind."""
    found = {}
    for message in messages_of(name):
        found.setdefault(kind_of(message["data"]), message)
    return found


def bend(message, *keys, **changes):
    """A message with other keys in a part of it; None takes a key away."""
    bent = json.loads(json.dumps(message))
    part = bent
    for key in keys:
        part = part[key]
    for key, value in changes.items():
        if value is None:
            del part[key]
        else:
            part[key] = value
    return bent


PAYLOAD = ("data", "payload")


@pytest.mark.parametrize(
    ("kind", "keys", "changes", "sentence"),
    [
        ("HoleEnded", PAYLOAD, {"end_reason": "HOLED"}, "data.payload.end_reason: end_reason is "),
        ("HoleEnded", (*PAYLOAD, "score"), {"hole_par": None}, "the key hole_par is missing"),
        ("HoleStarted", PAYLOAD, {"team_id": "12"}, 'team_id is "12", a string; expected an int'),
        ("HoleStarted", ("data",), {"action": "DELETE"}, "payload must not be here: a DELETE has "),
        ("HoleStarted", ("data",), {"payload": None}, "data: the key payload is missing"),
        ("HoleStarted", (), {"type": "Event.Golf"}, "type: type is "),
        ("HoleStarted", (), {"specversion": "0.3"}, "specversion: specversion is "),
        ("HoleStarted", ("data",), {"type": "HoleStarted"}, "expected a type of live events"),
        ("DetailedLie", PAYLOAD, {"ball_lie": None}, "data.payload: the key ball_lie is missing"),
        ("StrokePreparation", PAYLOAD, {"club_type": "iron"}, "club_type is "),
    ],
)
def test_a_mistake_is_told_in_a_sentence_by_both_schemas(kind, keys, changes, sentence):
    bent = bend(by_kind("world/sample-hole")[kind], *keys, **changes)
    for name in (ROUND, f"{ROUND}.strict"):
        found = told(name, bent)
        if sentence != "expected a type of live events" or name == ROUND:
            assert any(sentence in each for each in found), found


@pytest.mark.parametrize(
    ("kind", "keys", "changes"),
    [
        ("StrokePreparation", PAYLOAD, {"club_type": "FAIRWAY_WOOD"}),
        ("StrokePreparation", PAYLOAD, {"club_type": None}),
        ("HoleStarted", PAYLOAD, {"sr_team_id": None, "sr_course_id": None}),
        ("HoleStarted", PAYLOAD, {"sr_group_id": None, "group_number": None}),
        ("HoleStarted", PAYLOAD, {"weather": "fine"}),
        ("HoleStarted", ("data",), {"type": "Event.Sport.Golf.BallLost"}),
        ("HoleEnded", (*PAYLOAD, "score"), {"tournament_score_to_par": -3}),
        ("HoleEnded", PAYLOAD, {"end_reason": "OTHER"}),
        ("DetailedLie", (*PAYLOAD, "ball_lie"), {"zone": "LAVA"}),
        ("Penalty", PAYLOAD, {"penalty_strokes": None, "penalty_type": None}),
    ],
)
def test_what_is_documented_or_unknown_is_taken_and_not_sent(kind, keys, changes):
    message = by_kind("world/sample-hole")[kind]
    assert told(f"{ROUND}.strict", message) == []
    bent = bend(message, *keys, **changes)
    assert told(ROUND, bent) == []
    assert told(f"{ROUND}.strict", bent)


def test_a_group_is_of_stroke_play():
    message = by_kind("match/mixed-team")["HoleStarted"]
    assert told(f"{MATCH}.strict", message) == []
    bent = bend(message, *PAYLOAD, group_number=3)
    wanted = "data.payload.group_number: group_number must not be here: groups are of stroke play"
    assert wanted in told(f"{MATCH}.strict", bent)


def test_rest_has_the_data_of_a_message():
    message = by_kind("world/sample-hole")["HoleEnded"]
    text = json.dumps(message, separators=(",", ":")).encode()
    data = json.loads(data_of(text))
    assert data == message["data"]
    assert told("live/event", data) == told("live/event.strict", data) == []
