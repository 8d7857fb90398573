"""The command line: output, exit codes, and one sentence for whatever is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mockdde.cli import main
from mockdde.faults import faults
from mockdde.quirks import QUIRKS
from mockdde.scenario import shipped
from running import PATIENCE, environment

GOOD = "title: Short\nrounds: [{holes: 4}]\n"


def run(*words: str, stdin: bytes | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, list(words), input=stdin)


def test_play_prints_a_line_a_packet_in_order(tmp_path: Path) -> None:
    """Each line of play is valid in kit/played, and time never goes back."""
    file = tmp_path / "short.yaml"
    file.write_text(GOOD, encoding="utf-8")
    done = run("play", str(file))
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["t"] == 0.0
    assert [line["t"] for line in lines] == sorted(line["t"] for line in lines)
    assert {line["stream"] for line in lines} == {"/golf/tournaments/99999/round/1/team/1"}
    assert lines[-1]["packet"]["state"] == "RoundOfficial"
    checked = run("validate", "--schema", "kit/played", "-", stdin=done.stdout_bytes)
    assert checked.exit_code == 0, checked.output


def test_what_play_prints_is_valid_in_the_strict_schema() -> None:
    """`play | validate --strict` finds nothing."""
    played = run("play", "world/sample-hole")
    checked = run("validate", "--strict", "--schema", "dde/events", "-", stdin=played.stdout_bytes)
    assert checked.exit_code == 0, checked.output
    count = len(played.stdout.splitlines())
    assert checked.stderr == f"stdin: {count} valid in dde/events.strict\n"


def test_validate_says_which_packet_which_path_and_what_was_expected() -> None:
    """A wrong packet among good ones is found by its number."""
    good = {"timestamp": "2025-02-20T05:17:36.000Z", "eventElementType": "ConnectionStateChanged"}
    packets = [{**good, "state": "Connected"}, {**good, "state": 7}]
    done = run("validate", "--schema", "dde/events", "-", stdin=json.dumps(packets).encode())
    assert done.exit_code == 1
    assert done.stdout.startswith("stdin: packet 2: state: ")
    assert done.stderr == "stdin: 1 of 2 not valid in dde/events\n"


def test_play_prints_the_streams_that_a_pattern_fits(tmp_path: Path) -> None:
    """--on is the scenario's on; a pattern that fits nothing is a sentence."""
    file = tmp_path / "short.yaml"
    file.write_text(GOOD + "field: [{teams: 2}]\n", encoding="utf-8")
    everything = run("play", str(file), "--on", "*").stdout.splitlines()
    for on in ("round/*", "round/1/team/2", "round/?/team/[2-9]"):
        done = run("play", str(file), "--on", on)
        name = "/golf/tournaments/99999/round/1/team/2"
        wanted = [each for each in everything if f'"stream":"{name}"' in each]
        if on == "round/*":
            wanted = [each for each in everything if "/round/" in each]
            assert done.stdout == run("play", str(file)).stdout
        assert done.stdout.splitlines() == wanted
        assert wanted
    done = run("play", str(file), "--on", "round/1/taem/2")
    assert (done.exit_code, done.stdout) == (1, "")
    sentence = (
        "mockdde: --on round/1/taem/2: no stream is called so; did you mean round/1/team/2?\n"
    )
    assert done.stderr == sentence


def test_seed_changes_the_packets_and_the_same_seed_does_not() -> None:
    """--seed wins over the scenario's own seed, and repeats."""
    one, again, other = (
        run("play", "world/sample-hole", "--seed", seed).stdout for seed in ("3", "3", "4")
    )
    assert one == again != other


def test_lint_checks_every_file_and_tells_of_each(tmp_path: Path) -> None:
    """One mistake does not hide the next file's."""
    files = []
    for name, text in (("good", GOOD), ("bad", "titel: x\n"), ("worse", "title: [")):
        files.append(tmp_path / f"{name}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    done = run("lint", *map(str, files))
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{files[0]}: good: ")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        str(file) for file in files[1:]
    ]


def test_lint_counts_matches(tmp_path: Path) -> None:
    for teams, has in ((2, "1 match"), (4, "3 matches")):
        file = tmp_path / f"{teams}.yaml"
        field = f"field: [{{teams: {teams}}}]"
        file.write_text(f"title: x\ntournament: {{format: Match}}\n{field}\n", encoding="utf-8")
        assert run("lint", str(file)).stdout.endswith(f" events, {has}\n")


def test_lint_knows_faults_and_their_parameters(tmp_path: Path) -> None:
    """An unknown fault, an unknown stream and a wrong parameter are found without serving."""
    cases = {
        "{on: round/1/team/1, at: {seq: 2}, clos: {}}": "there is no fault 'clos'; ",
        "{on: round/1/team/2, at: {seq: 2}, close: {}}": "no stream is called 'round/1/team/2'; ",
        "{on: '*', at: {seq: 2}, close: {cod: 1011}}": "close: cod is no parameter of it; ",
        "{on: '*', at: {seq: 2}, close: {code: no}}": "close: code is 'no'; it must be of type int",
        "{on: '*', at: {seq: 2}, close: {code: 1005}}": "close: code 1005 is in no close frame; ",
        "{on: '*', close: {}}": "close: it does not say when; write at: {seq: 14}",
    }
    file = tmp_path / "wire.yaml"
    for entry, sentence in cases.items():
        file.write_text(f"{GOOD}wire:\n  - {entry}\n", encoding="utf-8")
        done = run("lint", str(file))
        assert done.exit_code == 1
        place = done.stderr.removeprefix(f"{file}:")
        assert place.startswith("4:"), done.stderr
        assert sentence in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["play", "penalty/fre-drop"], "there is no scenario 'penalty/fre-drop'"),
        (["play", "world/sample-hole", "--quirk", "hartbeat=20"], "did you mean heartbeat?"),
        (["play", "world/sample-hole", "--quirk", "heartbeat=11"], "'11' is no choice"),
        (["play", "world/sample-hole", "--quirk", "heartbeat"], "write name=value"),
        (["schema", "dde/event"], "did you mean dde/events?"),
        (["serve", "world/sample-hole", "world/sample-hole"], "are both tournament 99999"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_1(words: list[str], sentence: str) -> None:
    """A wrong name is told with the nearest right one."""
    done = run(*words)
    assert done.exit_code == 1
    assert done.stderr.startswith("mockdde: ")
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_lists_list_everything() -> None:
    """scenarios, schema and quirks name all there is, for people and for programs."""
    names = [name for name, _ in shipped()]
    assert [line.split()[0] for line in run("scenarios").stdout.splitlines()] == names
    assert [each["name"] for each in json.loads(run("scenarios", "--json").stdout)] == names
    assert all(each["about"] for each in json.loads(run("scenarios", "--json").stdout))
    assert "dde/events.strict" in run("schema").stdout
    assert json.loads(run("schema", "dde/error").stdout)["$id"] == "urn:mockdde:schema:dde/error"
    assert [each["name"] for each in json.loads(run("quirks", "--json").stdout)] == list(QUIRKS)
    for quirk in QUIRKS.values():
        assert f"{quirk.name} = {quirk.default}" in run("quirks").stdout


def test_a_reader_that_has_enough_is_no_error() -> None:
    """`mockdde play … | head -1` ends quietly."""
    command = [sys.executable, "-m", "mockdde", "play", "world/sample-hole"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serve", "--speed", "nan"], "nan is no number"),
        (["serve", "--speed", "0"], "0 is not in the range"),
        (["serve", "--token", " "], "a token cannot be blank"),
        (["serve", "--port", "70000"], "70000 is not in the range"),
        (["play", "--seed", str(2**63), "tgl/hammer"], "is not in the range"),
    ],
)
def test_a_command_line_that_is_none_exits_2(words: list[str], sentence: str) -> None:
    """And says what is wrong with it."""
    done = run(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_a_scenario_is_read_from_stdin() -> None:
    """With - for its name."""
    done = run("lint", "-", stdin=GOOD.encode())
    assert (done.exit_code, done.stdout[:8]) == (0, "-: good:")
    done = run("play", "-", stdin=b"titel: x\n")
    assert done.exit_code == 1
    assert done.stderr == "stdin:1:1: titel is not a known key; did you mean title?\n"


def test_lint_tells_all_that_is_wrong_with_a_shape() -> None:
    """In the order of the file; what does not fit together is told one at a time."""
    done = run("lint", "-", stdin=b"titel: x\nseed: y\nrounds: []\n")
    assert done.stderr.splitlines() == [
        "stdin:1:1: titel is not a known key; did you mean title?",
        'stdin:2:1: seed is "y", a string; expected an integer',
        "stdin:3:1: rounds has no items; expected at least 1",
    ]
    assert done.exit_code == 1


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    """A missing file, a folder, a shipped name misspelt."""
    missing = tmp_path / "missing.yaml"
    assert run("lint", str(missing)).stderr == f"there is no file {missing}\n"
    assert run("lint", str(tmp_path)).stderr == f"{tmp_path} is a folder; name a scenario in it\n"
    assert "did you mean tgl/hammer?" in run("lint", "tgl/hamer").stderr


def test_lint_finds_a_fault_that_can_never_strike(tmp_path: Path) -> None:
    """Its packet is beyond the last one."""
    file = tmp_path / "late.yaml"
    file.write_text(
        f"{GOOD}wire:\n  - on: round/1/*\n    at: {{seq: 9999}}\n    close: {{}}\n",
        encoding="utf-8",
    )
    done = run("lint", str(file))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{file}:6:5: close never strikes: the last packet there has seq")


def test_validate_into_a_closed_pipe_is_wrong_all_the_same(tmp_path: Path) -> None:
    """`| head` hides no exit code."""
    file = tmp_path / "many.ndjson"
    file.write_text('{"seqNum": 1}\n' * 5000, encoding="utf-8")
    words = [sys.executable, "-m", "mockdde", "validate", "--schema", "dde/events", str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(PATIENCE) == 1


def test_a_file_that_cannot_be_read_is_no_fault_of_the_output(tmp_path: Path) -> None:
    """The sentence is about the file."""
    unreadable = Path("/proc/self/mem")  # whose beginning nobody has
    if not unreadable.exists():
        pytest.skip("no /proc here")
    done = run("validate", "--schema", "dde/events", str(unreadable))
    assert done.exit_code == 1
    assert done.stderr == f"mockdde: {unreadable} cannot be read: Input/output error\n"


def test_a_schema_without_a_strict_form_is_said() -> None:
    """Not as a schema that nobody asked for."""
    done = run("validate", "--strict", "--schema", "dde/auth", "-", stdin=b"{}")
    assert done.exit_code == 1
    assert done.stderr == "mockdde: dde/auth has no strict form; leave out --strict\n"


def test_faults_are_listed_with_what_they_do() -> None:
    """All, or one by its name; for programs the same as JSON."""
    listed = json.loads(run("faults", "--json").stdout)
    assert {each["name"] for each in listed} == set(faults())
    plain = run("faults", "close").stdout
    assert plain.startswith(
        'close: {code: 1011, reason: ""}   (strikes a stream)\n    On the wire:'
    )
    assert "A good client" in plain
    done = run("faults", "clos")
    assert (done.exit_code, done.stderr) == (
        1,
        "mockdde: there is no fault 'clos'; did you mean close?\n",
    )
