"""`mockdde conform` as a user runs it: with a client, files, signals, and mistakes."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mockdde import schemas
from mockdde.assets import folder
from mockdde.cli import main
from mockdde.kit.report.ndjson import read_lines
from running import environment
from test_keeper import comes, living, python

GOOD = shlex.join([sys.executable, str(folder("conformance") / "clients" / "python")])
FAST = ("--wire-speed", "20")
PLAIN = ("--case", "dde/session/plain")
PATIENCE = 90.0


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mockdde", "conform", *words],
        cwd=folder,
        env=environment(COLUMNS="200"),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def told(folder: Path) -> dict[str, Any]:
    """The report in a folder."""
    found: dict[str, Any] = json.loads((folder / "report.json").read_bytes())
    assert schemas.explain("kit/report", found) == []
    return found


def test_a_good_client_conforms_and_leaves_nothing(tmp_path: Path) -> None:
    """Exit 0, the verdict on stdout, no folder."""
    done = run(tmp_path, "--client", GOOD, *FAST, *PLAIN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\nCONFORMANT for dialect dde, lanes wire and state, 1 case" in done.stdout
    assert [*tmp_path.iterdir()] == []


def test_a_report_has_all_its_files(tmp_path: Path) -> None:
    """Each is what it should be, and the command in it is the one that was given."""
    folder, summary = tmp_path / "out", tmp_path / "summary"
    summary.write_text("before\n")
    words = ("--client", f"{GOOD} '{{case}}'", *FAST, "--seed", "5")
    more = ("--dialect", "dde", "--report", str(folder), "--summary", "summary", "--badge", "b")
    done = run(tmp_path, *words, *PLAIN, *more, "--junit", "j", "--html", "h")
    assert done.returncode == 0, done.stdout + done.stderr
    (case,) = told(folder)["cases"]
    assert case["level"] == "PASS"
    assert shlex.split(case["repro"]) == ["mockdde", "conform", *words[:4], *PLAIN, *words[4:]]
    assert (folder / "cases/dde/session/plain/repro.sh").read_text().endswith(case["repro"] + "\n")
    assert {Path(each).name for each in case["artifacts"]} == {
        "evidence.json", "wire.ndjson", "state.ndjson", "client.stdout", "client.stderr", "repro.sh"
    }  # fmt: skip
    evidence = json.loads((folder / case["artifacts"][0]).read_bytes())
    assert schemas.explain("kit/evidence", evidence) == []
    with (folder / "events.ndjson").open("rb") as lines:
        _, cases, footer = read_lines(lines, "events")
    assert [each["id"] for each in cases] == ["dde/session/plain"]
    assert footer
    assert footer["verdict"] == "CONFORMANT"
    assert summary.read_text() == "before\n" + (folder / "summary.md").read_text()
    for file, name in (("b", "badge.json"), ("j", "junit.xml"), ("h", "report.html")):
        assert (tmp_path / file).read_bytes() == (folder / name).read_bytes()
    # A second one takes the place of the first, and nothing else's.
    (folder / "mine").write_text("")
    run(tmp_path, "--client", "true", *FAST, *PLAIN, *more)
    assert told(folder)["cases"][0]["level"] != "PASS"
    assert (folder / "mine").exists()


def test_a_bad_client_does_not_and_the_report_is_kept(tmp_path: Path) -> None:
    """It exits at once: exit 1 or 2 by the verdict, and where to look is said."""
    done = run(tmp_path, "--client", "true", *FAST, *PLAIN)
    report = told(tmp_path / "mockdde-report")
    assert done.returncode == {"NONCONFORMANT": 1, "INCONCLUSIVE": 2}[report["verdict"]]
    assert "begin with mockdde-report/report.html" in done.stderr


def test_the_report_on_stdout_is_all_that_is_there(tmp_path: Path) -> None:
    """--json; how it goes is told on stderr."""
    done = run(tmp_path, "--client", GOOD, *FAST, *PLAIN, "--json", "--lane", "wire")
    report = json.loads(done.stdout)
    assert report["run"]["lanes"] == ["wire"]
    assert "wire only" in report["sentence"]
    assert "dde/session/plain" in done.stderr


def test_nothing_is_begun_after_the_first_failure(tmp_path: Path) -> None:
    """--fail-fast: what was not begun is said, and why."""
    client = python("import sys; sys.exit(7)")
    words = ("--case", "dde/session/plain", "--case", "dde/session/three-streams", "--jobs", "1")
    run(tmp_path, "--client", client, *FAST, *words, "--fail-fast", "--report", "out")
    first, second = told(tmp_path / "out")["cases"]
    assert first["level"] == "FAIL"
    assert second["level"] == "INCONCLUSIVE"
    assert "--fail-fast" in second["doubts"][0]


def test_what_a_baseline_expects_is_no_failure(tmp_path: Path) -> None:
    """Whatever a client gets wrong."""
    entry = "- {requirement: '*', expect: flaky, reason: it is young}\n"
    (tmp_path / "baseline.yaml").write_text(entry)
    client = python("import sys; sys.exit(7)")
    done = run(tmp_path, "--client", client, *FAST, *PLAIN, "--baseline", "baseline.yaml")
    report = told(tmp_path / "mockdde-report") if done.returncode else None
    assert done.returncode == 0, report and report["sentence"]


def test_own_cases_are_run_instead(tmp_path: Path) -> None:
    """--cases: their ids are their paths; what is wrong in one has its place in the file."""
    (tmp_path / "mine/dde").mkdir(parents=True)
    file = tmp_path / "mine/dde/short.yaml"
    text = "title: Short\nwhy: To try it.\ndialect: dde\nscenario: world/sample-hole\n"
    file.write_text(text + "requirements: [session/token-first]\nplays: 1s\n")
    done = run(tmp_path, "--client", GOOD, *FAST, "--cases", "mine", "--report", "out")
    assert [each["id"] for each in told(tmp_path / "out")["cases"]] == ["dde/short"]
    assert done.returncode in (0, 1, 2)
    file.write_text(text + "requirments: []\n")
    done = run(tmp_path, "--client", GOOD, "--cases", "mine")
    assert done.returncode == 64
    assert "mine/dde/short.yaml:" in done.stderr


@contextmanager
def going(folder: Path, mark: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run with one case that was judged, and clients that never come to an end."""
    # Of the first case the client gives up; of all others it must be stopped.
    text = (
        "import os, signal, sys, time; signal.signal(15, signal.SIG_IGN)\n"
        "if os.environ['MOCKDDE_CASE'].endswith('plain'): sys.exit(7)\n"
        "while True: signal.pause()"
    )
    client = f"{python(text)} {mark}"
    words = ["--client", client, *FAST, *PLAIN, "--case", "dde/session/three-streams"]
    with subprocess.Popen(
        [sys.executable, "-m", "mockdde", "conform", *words, "--report", str(folder)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as kit:
        events = folder / "events.ndjson"
        try:
            comes(lambda: events.is_file() and len(events.read_bytes().splitlines()) > 1, PATIENCE)
            comes(lambda: [each for each in living(mark) if each != kit.pid], PATIENCE)
            yield kit
        finally:
            kit.kill()


@pytest.fixture
def mark(request: pytest.FixtureRequest) -> str:
    """A word for the command line of clients."""
    return f"conform-{os.getpid()}-{abs(hash(request.node.nodeid))}"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
def test_a_kit_that_is_killed_leaves_what_it_judged_and_no_client(
    tmp_path: Path, mark: str
) -> None:
    """SIGKILL in the middle."""
    with going(tmp_path / "out", mark) as kit:
        kit.kill()
    comes(lambda: not living(mark))
    with (tmp_path / "out/events.ndjson").open("rb") as lines:
        header, cases, footer = read_lines(lines, "events")
    assert header["schema"] == "mockdde.report/1"
    assert cases[0]["checks"]
    assert footer is None


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_reports_what_it_judged(
    tmp_path: Path, mark: str, number: int, code: int
) -> None:
    """Ctrl-C: the report is whole, and says of the rest that the run was stopped."""
    with going(tmp_path / "out", mark) as kit:
        kit.send_signal(number)
        assert kit.wait(PATIENCE) == code
    assert not living(mark)
    report = told(tmp_path / "out")
    problems = [each["problem"] for each in report["cases"] if not each["checks"]]
    assert problems
    assert all(signal.Signals(number).name in each for each in problems)
    assert any(each["checks"] for each in report["cases"])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "mockdde: --client is missing: the command that starts it, such as 'node app.js'"),
        ("--client no-such", "mockdde: --client: there is no program no-such on the PATH"),
        ("--client true --case dde/session/plian", "there is no case 'dde/session/plian'; did you"),
        ("--client true --tag nonsense", "no case has the tag 'nonsense'"),
        ("--client true --requirement session/token", "did you mean session/token"),
        ("--client true --dialect golf", "'golf' is not one of"),
        ("--client true --nonsense", "No such option"),
        ("--client true --wire-speed 0", "0 is not between 0.01 and 1000"),
        ("--client true --wire-speed 9 --realtime", "exclude each other"),
        ("--client true --state-cmd a --state-url b", "exclude each other"),
        ("--client true --cases no-such", "--cases no-such: there is no such folder"),
        ("--client true --cwd no-such", "--cwd no-such: there is no such folder"),
        ("--client true --baseline no-such", "no-such cannot be read"),
        ("--client true --junit no/such", "--junit no/such: there is no folder for it"),
        ("--client true --report full", "there is something in it that is no report"),
        ("--client true --dialect live --case dde/session/plain", "no case fits --dialect live"),
    ],
)
def test_a_mistake_is_one_sentence_and_exits_with_64(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    """1 and 2 are verdicts."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter").write_text("dear")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["conform", *words.split()])
    assert (done.exit_code, done.stdout) == (64, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert {each.name for each in tmp_path.iterdir()} == {"full"}


def test_cases_are_listed() -> None:
    """For people and for programs; patterns and tags choose among them."""
    listed = CliRunner().invoke(main, ["conform", "--list", *PLAIN])
    assert listed.exit_code == 0
    assert listed.stdout.startswith("dde/session/plain  ")
    words = ["conform", "--list", "--json", "--dialect", "live", "--case", "*/session/*"]
    found = json.loads(CliRunner().invoke(main, words).stdout)
    assert len(found) > 1
    assert all(each["id"].startswith("live/session/") for each in found)
    tag = next(each["tags"][0] for each in found if each["tags"])
    fewer = json.loads(CliRunner().invoke(main, [*words, "--tag", tag]).stdout)
    assert {each["id"] for each in fewer} == {each["id"] for each in found if tag in each["tags"]}
    id_ = found[0]["requirements"][0]
    tried = json.loads(CliRunner().invoke(main, [*words, "--requirement", id_]).stdout)
    assert found[0]["id"] in {each["id"] for each in tried}


def test_requirements_are_listed_and_told() -> None:
    """All in lines, one whole, and as JSON."""
    listed = CliRunner().invoke(main, ["requirements"])
    assert "session/token-first" in listed.stdout
    one = CliRunner().invoke(main, ["requirements", "session/token-first"]).stdout
    assert one.startswith("session/token-first   (MUST, lane wire, dde")
    assert "Basis: vendor" in one
    whole = json.loads(
        CliRunner().invoke(main, ["requirements", "session/token-first", "--json"]).stdout
    )
    assert whole["$id"] == "urn:mockdde:requirement:session/token-first"
    wrong = CliRunner().invoke(main, ["requirements", "session/token-frist"])
    assert wrong.exit_code == 64
    assert "did you mean session/token-first?" in wrong.stderr
