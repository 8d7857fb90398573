"""`mockdde play --dialect live`: its lines, its patterns, and what `validate` says of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matchrooms import EVERY_KIND
from mockdde.cli import main

HOLE = "world/sample-hole"
EVENTS = "/golf/stream/v1/tournaments/99999/round/5/events"
TEAM = "stroke-play-team-hole-by-hole/1999990012"


def run(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=stdin)


@cache
def play(scenario: str, *words: str) -> Result:
    return run("play", scenario, "--dialect", "live", *words)


@pytest.fixture(scope="module")
def match_play(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("play") / "matches.yaml"
    file.write_text(EVERY_KIND, encoding="utf-8")
    return str(file)


def streams(done: Result) -> set[str]:
    """The streams of the lines that are printed."""
    assert done.exit_code == 0, done.output
    return {json.loads(line)["stream"] for line in done.stdout.splitlines()}


def test_it_prints_the_events_of_rounds_or_of_matches(match_play: str) -> None:
    assert streams(play(HOLE)) == {EVENTS}
    assert streams(play(match_play)) == {"/golf/stream/v1/tournaments/7/match/1000070001/events"}
    lines = [json.loads(line) for line in play(HOLE).stdout.splitlines()]
    assert [each["t"] for each in lines] == sorted(each["t"] for each in lines)
    assert {each["packet"]["data"]["action"] for each in lines} == {"ADD", "UPDATE", "DELETE"}


@pytest.mark.parametrize("strict", [(), ("--strict",)])
@pytest.mark.parametrize(
    ("on", "schema"),
    [
        ("round/*/events", "live/round-events"),
        ("stroke-play-leaderboard", "live/stroke-play-leaderboard"),
        ("stroke-play-team-*", "live/stroke-play-team-hole-by-hole"),
        ("match/*/events", "live/match-events"),
        ("match-play-leaderboard", "live/match-play-leaderboard"),
        ("match-hole-by-hole/*", "live/match-hole-by-hole"),
    ],
)
def test_what_it_prints_is_valid(
    on: str, schema: str, strict: tuple[str, ...], match_play: str
) -> None:
    played = play(match_play if "match" in on else HOLE, "--on", on)
    checked = run("validate", *strict, "--schema", schema, "-", stdin=played.stdout)
    assert checked.exit_code == 0, checked.output
    count = len(played.stdout.splitlines())
    assert count
    assert f"stdin: {count} valid in {schema}{'.strict' if strict else ''}\n" in checked.stderr
    assert run("validate", "--schema", "kit/played", "-", stdin=played.stdout).exit_code == 0


def test_validate_says_what_is_wrong_with_a_message() -> None:
    line = json.loads(play(HOLE).stdout.splitlines()[0])
    line["packet"]["data"]["action"] = "CHANGE"
    checked = run("validate", "--schema", "live/round-events", "-", stdin=json.dumps(line))
    assert checked.exit_code == 1
    assert "data.action" in checked.stdout


def test_a_pattern_chooses_streams() -> None:
    everything = play(HOLE, "--on", "*").stdout.splitlines()
    below = "/golf/stream/v1/tournaments/99999"
    for on, of in (
        ("round/5/*", {EVENTS}),
        ("stroke-play-leaderboard", {f"{below}/stroke-play-leaderboard"}),
        (TEAM, {f"{below}/{TEAM}"}),
    ):
        done = play(HOLE, "--on", on)
        assert streams(done) == of
        wanted = [line for line in everything if json.loads(line)["stream"] in of]
        assert done.stdout.splitlines() == wanted


PLAYOFF = """
title: A playoff that is not needed
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1, holes: 1}]
playoff: {holes: [1]}
"""


def test_a_pattern_that_gives_nothing_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "playoff.yaml"
    file.write_text(PLAYOFF, encoding="utf-8")
    wrong = {
        ("live", "round/1/event"): "no stream is called so; did you mean round/1/events?",
        ("live", "leaderboard"): "that is of the other dialect; say --dialect dde",
        ("live", "round/1/team/1"): "that is of the other dialect; say --dialect dde",
        ("dde", "stroke-play-leaderboard"): "that is of the other dialect; say --dialect live",
        ("live", "round/101/events"): "nothing was sent there",
    }
    for (dialect, on), sentence in wrong.items():
        done = run("play", str(file), "--dialect", dialect, "--on", on)
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr == f"mockdde: --on {on}: {sentence}\n"
    done = run("play", HOLE, "--dialect", "lvie")
    assert (done.exit_code, "'lvie' is not one of 'dde', 'live'" in done.stderr) == (2, True)
