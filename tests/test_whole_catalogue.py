"""The Node client passes every case of both dialects in both lanes, whoever judges it.

.ci/run has had `mockdde conform` play all cases to it, with the machine to itself, and left the
report where MOCKDDE_CATALOGUE says. tests/test_whole_catalogue_python.py is about the other client.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from junitparser import JUnitXml

from browsing import Look, matrix_of, open_browser  # noqa: F401  (a fixture)
from mockdde.assets import folder
from mockdde.kit.cases import shipped
from mockdde.kit.requirements import requirements
from skipping import skip

IDS = [name.removeprefix("cases/") for name in shipped()]
SLOW = "but this machine was too slow to tell"


@pytest.fixture(scope="module")
def catalogue() -> Path:
    """The folder of the Node client's report."""
    if not os.environ.get("MOCKDDE_CATALOGUE"):
        skip("MOCKDDE_CATALOGUE names no report of all cases")
    return Path(os.environ["MOCKDDE_CATALOGUE"])


@pytest.fixture(scope="module")
def report(catalogue):
    return json.loads((catalogue / "report.json").read_bytes())


def test_the_node_client_passes_every_case(report):
    assert sorted(each["id"] for each in report["cases"]) == sorted(IDS)
    wrong = [
        (case["id"], check["requirement"], check["level"], check["message"])
        for case in report["cases"]
        for check in case["checks"]
        if check["level"] != "PASS" and SLOW not in check["message"]
    ]
    assert wrong == []
    assert [(each["id"], each["doubts"]) for each in report["cases"] if each["doubts"]] == []
    assert {each["level"] for each in report["cases"]} <= {"PASS", "INCONCLUSIVE"}


def test_every_requirement_is_judged(report):
    judged = {check["requirement"] for case in report["cases"] for check in case["checks"]}
    assert sorted(requirements().keys() - judged) == []


def test_ajv_says_the_same_of_all_evidence(report, catalogue):
    """Another implementation, in another language, over all that was saved."""
    if not os.environ.get("MOCKDDE_NODE_MODULES"):
        skip("MOCKDDE_NODE_MODULES names no folder with ajv in its node_modules")
    files = {str(catalogue / "cases" / each / "evidence.json"): each for each in IDS}
    judge = Path(__file__).parent / "ajv" / "judge.mjs"
    known = str(folder("conformance") / "requirements")
    words = ["node", str(judge), known, *files]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    theirs = {}
    for line in done.stdout.splitlines():
        file, requirement, level = line.rsplit(" ", 2)
        theirs[files[file], requirement] = level
    mine = {
        (case["id"], check["requirement"]): check["level"]
        for case in report["cases"]
        for check in case["checks"]
    }
    assert theirs == mine


def test_the_evidence_judged_again_is_as_it_was(report, catalogue):
    words = [sys.executable, "-m", "mockdde", "judge", str(catalogue), "--json"]
    done = subprocess.run(words, capture_output=True, check=False, timeout=240)
    again = json.loads(done.stdout)
    assert again["verdict"] == report["verdict"]
    assert again["summary"] == report["summary"]


def test_junit_has_all_of_it(report, catalogue):
    found = JUnitXml.fromfile(str(catalogue / "junit.xml"))
    assert sum(suite.tests for suite in found) == sum(
        len(case["checks"]) for case in report["cases"]
    )
    assert found.failures == 0


def test_the_page_shows_all_of_it(browser, report, catalogue):
    look = Look(browser, catalogue / "report.html")
    shown, wanted = matrix_of(look, report)
    look.close()
    assert shown == wanted
