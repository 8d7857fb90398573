"""``mockdde judge``: evidence that was kept, judged again; and judged by Ajv under Node."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner

from evidence_samples import FOLDER, SAMPLES
from mockdde import assets, schemas
from mockdde.cli import main
from mockdde.kit.judge import judge
from mockdde.kit.report import ndjson
from mockdde.kit.report.forms import forms
from mockdde.kit.requirements import requirements
from reporting import requirement, transcript, under
from skipping import skip

FILES = sorted(FOLDER.glob("*.json"))
AJV = Path(__file__).parent / "ajv" / "judge.mjs"


def run(*args):
    return CliRunner().invoke(main, ["judge", *map(str, args)])


def sample(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_are_evidence_still(name):
    problems = [str(each) for each in schemas.explain("kit/evidence", sample(name))]
    assert problems == [], "run python tests/evidence_samples.py"


def test_evidence_of_a_good_client_is_conformant_again():
    done = run(FOLDER / "good-dde.json", FOLDER / "good-live.json")
    assert done.exit_code == 0, done.output
    last = done.output.strip().splitlines()[-1]
    assert last.startswith("CONFORMANT for dialects dde and live, lanes wire and state, 2 cases")


def test_evidence_of_a_bad_client_is_told_with_what_was_expected_and_seen():
    done = run(FOLDER / "crashes.json")
    assert done.exit_code == 1
    words = " ".join(done.output.split())
    assert "FAIL session/exits-zero" in words
    assert "where client.code expected 0 seen 3" in words
    assert f"again mockdde judge {FOLDER / 'crashes.json'}" in words


def test_a_folder_is_all_evidence_in_it_and_json_is_the_report():
    done = run(FOLDER, "--json")
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert schemas.explain("kit/report", report) == []
    assert len(report["cases"]) == len(FILES)
    assert report["verdict"] == "NONCONFORMANT"
    assert [each["level"] for each in report["cases"]].count("SKIP") == 1


def test_the_same_levels_come_of_the_library():
    report = json.loads(run(FOLDER / "crashes.json", "--json").stdout)
    mine = {each.requirement.id: each.level for each in judge(sample("crashes"))}
    assert {each["requirement"]: each["level"] for each in report["cases"][0]["checks"]} == mine


def test_a_client_without_a_state_is_judged_by_the_lane_that_it_has():
    done = run(FOLDER / "no-state.json", "--lane", "wire", "--json")
    report = json.loads(done.stdout)
    assert report["run"]["lanes"] == ["wire"]
    assert "lane wire only" in report["sentence"]
    levels = {each["level"] for each in report["cases"][0]["checks"]}
    assert "UNTESTABLE" not in levels
    assert done.exit_code == 0, report["reasons"]


def kept(folder, *names):
    """A folder as a run leaves it, with these samples."""
    done = run(*(FOLDER / f"{name}.json" for name in names), "--report", folder)
    assert done.exit_code in (0, 1), done.output
    report = json.loads((folder / "report.json").read_bytes())
    for name in names:
        evidence = sample(name)
        own = folder / "cases" / evidence["case"]["id"]
        own.mkdir(parents=True)
        (own / "evidence.json").write_bytes(orjson.dumps(evidence))
        (own / "wire.ndjson").write_bytes(transcript().as_ndjson())
    for each in report["cases"]:
        each["repro"] = f"again {each['id']}"
    report["run"]["lanes"] = ["wire"]
    (folder / "report.json").write_bytes(orjson.dumps(report))
    return folder


def test_the_folder_of_a_report_says_how_it_was_asked_and_how_a_case_is_run_again(tmp_path):
    folder = kept(tmp_path, "no-reconnect", "good-live")
    again = tmp_path / "again"
    done = run(folder, "--json", "--report", again)
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert report["run"]["lanes"] == ["wire"]
    assert {each["repro"] for each in report["cases"]} == {
        "again dde/delivery/close-1011",
        "again live/delivery/close-1011",
    }
    checks = [each for case in report["cases"] for each in case["checks"]]
    findings = [each for check in checks for each in check.get("findings", [])]
    name = "cases/dde/delivery/close-1011/evidence.json"
    assert findings
    assert all(each["evidence"].startswith(f"{name}#/") for each in findings)
    assert sorted(each.name for each in again.iterdir()) == sorted(forms(report))
    assert json.loads((again / "report.json").read_bytes()) == report
    page = (again / "report.html").read_text(encoding="utf-8")
    assert re.search('"live/delivery/close-1011":"[A-Za-z0-9+/]{99}', page)  # its timeline


def test_the_folder_of_a_run_that_was_killed_is_judged_as_far_as_it_came(tmp_path):
    folder = kept(tmp_path, "no-reconnect", "good-live")
    report = json.loads((folder / "report.json").read_bytes())
    (folder / "report.json").unlink()
    lines = [ndjson.header_line(report), ndjson.case_line(report["cases"][0]), b'{"what": "ca']
    (folder / "events.ndjson").write_bytes(b"".join(lines))
    again = json.loads(run(folder, "--json").stdout)
    assert again["run"]["lanes"] == ["wire"]
    repro = {each["id"]: each["repro"] for each in again["cases"]}
    assert repro["dde/delivery/close-1011"] == "again dde/delivery/close-1011"
    assert repro["live/delivery/close-1011"].startswith("mockdde judge ")


def test_an_evidence_pointer_leads_to_what_was_seen(tmp_path):
    folder = kept(tmp_path, "crashes")
    report = json.loads(run(folder, "--json").stdout)
    for check in report["cases"][0]["checks"]:
        for each in check.get("findings", []):
            file, _, pointer = each["evidence"].partition("#")
            value = json.loads((folder / file).read_bytes())
            for step in pointer.split("/")[1:]:
                key = step.replace("~1", "/").replace("~0", "~")
                value = value[int(key)] if isinstance(value, list) else value[key]
            if not isinstance(value, dict | list):
                assert json.dumps(value) == each["seen"]


def test_a_baseline_holds_here_too(tmp_path):
    file, bad = tmp_path / "baseline.yml", FOLDER / "no-reconnect.json"
    failing = [
        each["requirement"]
        for each in json.loads(run(bad, "--json").stdout)["cases"][0]["checks"]
        if each["level"] != "PASS"
    ]
    lines = [f"- {{requirement: {each}, expect: fail, reason: not yet}}\n" for each in failing]
    file.write_text("".join(lines), encoding="utf-8")
    assert run(bad, "--baseline", file).exit_code == 0
    stale = run(FOLDER / "good-dde.json", "--baseline", file)
    assert stale.exit_code == 1
    assert "take the entry out" in stale.output


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is no JSON"),
        ("[]", "is no evidence; its schema would be mockdde.evidence/1"),
        ('{"schema": "mockdde.evidence/1"}', "is no evidence: the key case is missing"),
    ],
)
def test_what_is_no_evidence_is_told_in_a_sentence(tmp_path, text, sentence):
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    done = run(file)
    assert done.exit_code == 64
    assert f"mockdde: {file} {sentence}" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    "args", [[], ["--lane", "x", "y"], ["nowhere.json"], ["--baseline", "no", "x"]]
)
def test_a_mistake_in_what_is_asked_for_is_no_verdict(args):
    done = run(*args)
    assert done.exit_code == 64, done.output


def test_an_empty_folder_and_a_report_that_is_none(tmp_path):
    assert "there is no evidence in" in run(tmp_path).output
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    shutil.copy(FILES[0], tmp_path / "evidence.json")
    done = run(tmp_path)
    assert done.exit_code == 64
    assert "is no report of mockdde conform" in done.output


def test_a_fault_of_the_kit_is_no_verdict_either(monkeypatch):
    monkeypatch.setattr("mockdde.judging._judged", lambda *_: 1 / 0)
    assert run(FILES[0]).exit_code == 3


# Another implementation of JSON Schema, in another language.


@pytest.fixture(name="ajv", scope="session")
def find_ajv(tmp_path_factory):
    """Judges files by requirements in a folder: {(file, requirement): level}."""
    if not shutil.which("node"):
        skip("there is no node here")
    modules = os.environ.get("MOCKDDE_NODE_MODULES")
    if not modules or not (Path(modules) / "node_modules" / "ajv").is_dir():
        skip("MOCKDDE_NODE_MODULES names no folder with ajv in its node_modules")

    def judged(folder, files):
        words = ["node", AJV, folder, *files]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        lines = [line.rsplit(" ", 2) for line in done.stdout.splitlines()]
        return {(Path(file), id_): level for file, id_, level in lines}

    return judged


def by_python(files, known=None):
    return {
        (file, each.requirement.id): each.level
        for file in files
        for each in judge(json.loads(file.read_bytes()), known)
    }


@pytest.fixture(name="folder", scope="session")
def copy_requirements(tmp_path_factory):
    """The requirements that are shipped, as files."""
    folder = tmp_path_factory.mktemp("requirements")
    for name, file in assets.walk("conformance", ".schema.json"):
        target = folder / f"{name.removeprefix('requirements/')}.schema.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    return folder


def test_ajv_comes_to_the_same_verdicts_on_all_samples(ajv, folder):
    assert len(requirements()) > 1
    mine = by_python(FILES)
    assert ajv(folder, FILES) == mine
    assert {"PASS", "FAIL"} <= set(mine.values())


def test_ajv_comes_to_the_same_verdicts_on_damaged_samples(ajv, folder, tmp_path):
    """Evidence in which each fact is another one in turn: many requirements break."""
    files = []
    for name in ("good-dde", "good-live", "no-reconnect"):
        for at, changed in enumerate(damaged(sample(name))):
            file = tmp_path / f"{name}-{at}.json"
            file.write_bytes(orjson.dumps(changed))
            files.append(file)
    mine = by_python(files)
    assert ajv(folder, files) == mine
    assert len({id_ for (_, id_), level in mine.items() if level == "FAIL"}) > 5


def damaged(evidence):
    """Some of it changed: numbers grow, words are others, what is true is not."""
    for salt in range(8):
        yield _other(evidence, "conduct", salt)
    for key, value in (("code", 89), ("probe", "ran"), ("left_behind", 2)):
        yield {**evidence, "client": {**evidence["client"], "code": 89, key: value}}
    yield {**evidence, "state": None}
    lag = {"p99": 9, "max": 99, "budget": 1}
    yield {**_other(evidence, "conduct", 3), "kit": {**evidence["kit"], "lag": lag}}


def _other(value, key, salt, depth=0):
    if isinstance(value, dict):
        return {
            name: _other(each, key, salt, depth + 1) if depth or name == key else each
            for name, each in value.items()
        }
    if isinstance(value, list):
        return [_other(each, key, salt + at, depth + 1) for at, each in enumerate(value)]
    if (salt + depth) % 3:
        return value
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 7
    return f"{value}x" if isinstance(value, str) else value


def test_ajv_reads_every_level_as_python_does(ajv, tmp_path):
    wrong, timeless = under("client/code", {"const": 17}), {"x-timing": False}
    all_ = [
        requirement("session/must", wrong, **timeless),
        requirement("session/should", wrong, severity="SHOULD", **timeless),
        requirement("session/may", wrong, severity="MAY", **timeless),
        requirement("session/timed", wrong),
        requirement("session/never", {}, applies=False),
        requirement("state/needs", {}, lane="state", **{"x-needs": ["nothing.such"]}),
        requirement("state/lane", {}, lane="state"),
    ]
    folder = tmp_path / "requirements"
    for each in all_:
        file = folder / f"{each.id}.schema.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(orjson.dumps(each.schema))
    slow = sample("good-dde")
    slow["kit"]["lag"]["max"] = 99
    slow["case"]["requirements"] = ["session/never"]
    stateless = {**slow, "state": None}
    files = []
    for name, each in (("slow", slow), ("stateless", stateless)):
        file = tmp_path / f"{name}.json"
        file.write_bytes(orjson.dumps(each))
        files.append(file)
    mine = by_python(files, all_)
    assert ajv(folder, files) == mine
    assert set(mine.values()) == {"FAIL", "WARN", "INFO", "INCONCLUSIVE", "UNTESTABLE", "PASS"}
