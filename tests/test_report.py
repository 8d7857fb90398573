"""The report of a run: its document, its verdict, the baseline, and the forms made from it."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from mockdde import schemas
from mockdde.errors import DocumentError, ScenarioError
from mockdde.kit.cases import load_case
from mockdde.kit.expectations import read_expectations
from mockdde.kit.report import ndjson
from mockdde.kit.report.badge import badge
from mockdde.kit.report.document import entry_without_evidence, exit_code
from mockdde.kit.report.junit import junit
from mockdde.kit.report.markdown import markdown
from reporting import (
    ALL,
    FIRST,
    MAY,
    NASTY,
    NEVER,
    SHOULD,
    STATE,
    entry,
    evidence,
    header,
    report,
    requirement,
)

GOOD = evidence(
    conduct__connections=[{"connection": 1, "first": {"what": "token"}}], client__seconds=1
)
CASE = load_case(
    "{title: A case, why: Because., dialect: dde, scenario: basics/one-hole, "
    "requirements: [session/token-first]}",
    "x.yaml",
    "dde/session/none",
)


def baseline(text, *, today="2026-11-21"):
    known = [each.id for each in ALL]
    return read_expectations(text, "baseline.yml", today, requirements=known)


def valid(made):
    assert [str(each) for each in schemas.explain("kit/report", made)] == []
    return made


# The verdict.


def test_a_client_that_meets_all_is_conformant_and_the_sentence_says_for_what():
    live = evidence("live/session/first", conduct=GOOD["conduct"], client__seconds=1)
    made = valid(report(entry(GOOD), entry(live), dialects=["dde", "live"]))
    assert made["verdict"] == "CONFORMANT"
    assert made["sentence"] == (
        "CONFORMANT for dialects dde and live, lanes wire and state, 2 cases, at wire speed 20"
    )
    assert exit_code(made) == 0
    assert made["reasons"] == []


@pytest.mark.parametrize(
    ("by", "more", "verdict", "code", "why"),
    [
        ([FIRST], {}, "NONCONFORMANT", 1, "1 requirement (MUST) is broken in 1 case"),
        ([SHOULD], {}, "CONFORMANT_WITH_WARNINGS", 0, "1 requirement (SHOULD) is broken"),
        ([MAY], {}, "CONFORMANT", 0, ""),
        ([STATE], {"state": None}, "INCONCLUSIVE", 2, "could not be tested: the client tells"),
        ([SHOULD, STATE], {"state": None}, "INCONCLUSIVE", 2, "could not be tested"),
        ([STATE], {"kit__doubts": ["x"]}, "INCONCLUSIVE", 2, "proved nothing: x"),
        ([FIRST, STATE], {"state": None}, "NONCONFORMANT", 1, "is broken"),
        ([NEVER], {}, "INCONCLUSIVE", 2, "nothing was judged"),
        ([FIRST], {"client__code": 89}, "INCONCLUSIVE", 2, "nothing was judged"),
        (
            [requirement("state/x", {}, severity="SHOULD", lane="state")],
            {"state": None}, "CONFORMANT_WITH_WARNINGS", 0, "could not be tested",
        ),
    ],
)  # fmt: skip
def test_the_verdict_is_that_of_the_worst(by, more, verdict, code, why):
    made = valid(report(entry(evidence(**more), by), requirements=by))
    assert (made["verdict"], exit_code(made)) == (verdict, code)
    assert why in made["sentence"]
    assert why in " ".join(made["reasons"])


def test_a_dialect_of_which_every_case_was_skipped_is_not_said_to_be_judged():
    live = entry(evidence("live/session/first", client__code=89))
    made = valid(report(entry(GOOD), live, dialects=["dde", "live"]))
    assert made["sentence"].startswith(
        "CONFORMANT for dialect dde, lanes wire and state, 1 case (1"
    )


def test_an_error_of_the_kit_is_no_fault_of_the_client():
    broken = entry_without_evidence(CASE, "ERROR", "the port was taken", repro="mockdde conform")
    made = valid(report(broken, entry()))
    assert (made["verdict"], exit_code(made)) == ("ERROR", 3)
    assert made["reasons"][0] == (
        "the kit itself failed at 1 case (dde/session/none): the port was taken"
    )


def test_a_run_in_the_wire_lane_alone_says_so():
    made = valid(report(entry(GOOD, lanes=["wire"]), lanes=["wire"]))
    assert (made["verdict"], exit_code(made)) == ("CONFORMANT", 0)
    assert "lane wire only" in made["sentence"]
    (gap,) = made["untested"]["skipped"]
    assert (gap["requirement"], gap["why"]) == ("state/agrees", "the lane state was not asked for")
    assert made["untested"]["never_applied"] == ["delivery/never"]
    assert "wire only" in badge(made)["label"]


def test_a_skipped_case_is_counted_apart():
    skipped = entry_without_evidence(CASE, "SKIP", "it needs --realtime", repro="x")
    made = valid(report(entry(GOOD), skipped, wire_speed=1))
    assert "1 case (1 skipped), in real time" in made["sentence"]
    assert made["untested"]["skipped"][0]["cases"] == ["dde/session/none"]
    assert made["summary"]["cases"] == {"PASS": 1, "SKIP": 1}


def test_the_summary_counts_checks_by_level_and_requirements_by_their_worst():
    made = valid(report(entry(), entry(evidence("dde/x/good", conduct=GOOD["conduct"]))))
    assert made["summary"]["must"] == {"passed": 1, "total": 2}
    assert made["summary"]["should"] == {"passed": 0, "total": 1}
    assert made["summary"]["levels"] == {"FAIL": 1, "WARN": 1, "PASS": 4, "INFO": 2}
    session = made["summary"]["families"]["session"]
    assert (session["level"], session["levels"]) == ("FAIL", {"FAIL": 1, "PASS": 1})
    assert made["cases"][0]["families"] == {
        "session": "FAIL",
        "rates": "WARN",
        "state": "PASS",
        "tolerance": "INFO",
    }


def test_a_failing_check_has_all_that_a_person_needs():
    made = entry()
    check = next(each for each in made["checks"] if each["level"] == "FAIL")
    assert check["title"] == "The title of session/token-first"
    assert check["clause"] == {"page": "process for connecting", "words": "the words"}
    assert check["message"] == "it broke session/token-first"
    assert check["repro"] == "mockdde conform --client 'node app.js' --case dde/session/first"
    assert check["findings"][0]["evidence"] == (
        "cases/dde/session/first/evidence.json#/conduct/connections/1/first/what"
    )


def test_many_findings_are_cut_and_counted():
    many = [{"connection": at, "first": {"what": "other"}} for at in range(40)]
    check = next(each for each in entry(evidence(conduct__connections=many), [FIRST])["checks"])
    assert len(check["findings"]) + check["more"] == 40


def test_the_schema_is_strict():
    made = report(entry())
    for place in (made, made["run"], made["cases"][0], made["cases"][0]["checks"][0]):
        place["unheard_of"] = 1
        assert schemas.explain("kit/report", made)
        del place["unheard_of"]
    del made["cases"][0]["checks"][0]["message"]
    assert schemas.explain("kit/report", made)


# The baseline.


def test_what_is_expected_to_fail_and_does_is_neutral():
    known = baseline("- {requirement: session/*, expect: fail, reason: not yet}")
    made = valid(report(entry(by=[FIRST, STATE], expectations=known), expectations=known))
    assert (made["verdict"], exit_code(made)) == ("CONFORMANT", 0)
    check = made["cases"][0]["checks"][0]
    assert (check["level"], check["expectation"], check["reason"]) == ("FAIL", "XFAIL", "not yet")
    assert made["baseline"]["entries"][0]["state"] == "met"
    assert made["summary"]["must"] == {"passed": 1, "total": 2}


def test_a_lane_that_is_missing_can_be_put_up_with():
    known = baseline("- {requirement: state/*, expect: fail, reason: no state}")
    made = report(entry(evidence(state=None), [STATE], expectations=known), expectations=known)
    assert made["verdict"] == "CONFORMANT"
    assert made["untested"]["untestable"] == []


def test_what_is_left_open_can_be_put_up_with_and_is_no_proof_that_it_is_still_broken():
    open_ = requirement("session/token-first", {}, applies=False)
    known = baseline("- {requirement: session/*, expect: fail, reason: not reached}")
    made = valid(report(entry(GOOD, [open_, STATE], expectations=known), expectations=known))
    assert made["verdict"] == "CONFORMANT"
    assert made["baseline"]["entries"][0]["state"] == "unclear"


def test_an_entry_whose_checks_all_pass_is_stale_and_fails_the_run():
    known = baseline("\n- {case: dde/*, requirement: state/agrees, expect: fail, reason: old}")
    made = valid(report(entry(GOOD, expectations=known), expectations=known))
    assert (made["verdict"], exit_code(made)) == ("NONCONFORMANT", 1)
    assert made["reasons"][0] == (
        "baseline.yml:2:3: state/agrees in dde/* is expected to fail, and passes;"
        " take the entry out"
    )
    check = next(each for each in made["cases"][0]["checks"] if "expectation" in each)
    assert (check["level"], check["expectation"]) == ("PASS", "XPASS")
    assert made["cases"][0]["level"] == "FAIL"


def test_an_entry_is_not_stale_while_any_of_its_checks_fails():
    known = baseline("- {requirement: session/token-first, expect: fail, reason: some}")
    good = evidence("dde/x/good", conduct=GOOD["conduct"])
    both = [entry(each, [FIRST], expectations=known) for each in (evidence(), good)]
    made = valid(report(*both, expectations=known))
    assert made["verdict"] == "CONFORMANT"
    assert (made["baseline"]["entries"][0]["state"], made["baseline"]["entries"][0]["checks"]) == (
        "met",
        2,
    )


def test_an_entry_that_has_expired_excuses_nothing_and_fails_the_run():
    known = baseline("- {requirement: state/*, expect: fail, reason: old, expires: 2026-11-20}")
    made = valid(report(entry(GOOD, expectations=known), expectations=known))
    assert exit_code(made) == 1
    assert "was put up with until 2026-11-20, which is over" in made["reasons"][0]
    same_day = baseline(
        "- {requirement: session/*, expect: fail, reason: old, expires: 2026-11-21}"
    )
    assert exit_code(report(entry(by=[FIRST], expectations=same_day), expectations=same_day)) == 0


def test_what_is_flaky_never_counts():
    known = baseline("- {requirement: '*/*', expect: flaky, reason: small runner}")
    for of in (evidence(), GOOD):
        made = valid(report(entry(of, expectations=known), expectations=known))
        assert made["verdict"] == "CONFORMANT"
        assert all(each["expectation"] == "FLAKY" for each in made["cases"][0]["checks"])


def test_an_entry_that_meant_no_check_of_the_run_is_unused_and_does_no_harm():
    known = baseline("- {case: live/*, requirement: state/agrees, expect: fail, reason: old}")
    made = valid(report(entry(GOOD, expectations=known), expectations=known))
    assert made["verdict"] == "CONFORMANT"
    assert made["baseline"]["entries"][0]["state"] == "unused"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- {requirement: session/token-frist, expect: fail, reason: x}",
         "b.yml:1:17: no requirement is called session/token-frist; did you"),
        ("- {requirement: nothing/*, expect: fail, reason: x}",
         "b.yml:1:17: no requirement fits nothing/*"),
        ("- {case: live/*, requirement: '*', expect: fail, reason: x}",
         "b.yml:1:10: no case fits live/*"),
        ("- {requirement: state/agrees, expect: fial, reason: x}",
         "b.yml:1:31: expect is \"fial\"; did you mean fail?"),
        ("- {requirement: state/agrees, expect: fail}",
         "b.yml:1:3: the key reason is missing"),
        ("- {requirement: state/agrees, expect: fail, reason: x, expires: 2026-13-01}",
         "b.yml:1:56: "),
        ("a: 1", "b.yml:1:1: "),
    ],
)  # fmt: skip
def test_a_mistake_in_a_baseline_is_told_with_its_place(text, sentence):
    with pytest.raises(ScenarioError) as error:
        read_expectations(
            text, "b.yml", "2026-11-21", requirements=[each.id for each in ALL], cases=["dde/a/b"]
        )
    assert str(error.value).startswith(sentence), str(error.value)


def test_an_empty_baseline_is_none():
    assert baseline("# nothing\n\n").entries == ()
    assert baseline("[]").entries == ()


# The forms.


def test_the_lines_say_all_that_the_report_does():
    entries = [entry(), entry(evidence("dde/x/y"))]
    made = report(*entries)
    lines = [
        ndjson.header_line(header()),
        *map(ndjson.case_line, entries),
        ndjson.footer_line(made),
    ]
    assert all(line.count(b"\n") == 1 and line.endswith(b"\n") for line in lines)
    head, cases, footer = ndjson.read_lines(lines, "x")
    assert footer is not None
    assert {**head, **footer, "cases": cases} == made


def test_the_lines_of_a_run_that_was_killed_are_read_as_far_as_they_go():
    lines = [ndjson.header_line(header()), ndjson.case_line(entry()), b'{"what": "ca']
    head, cases, footer = ndjson.read_lines(lines, "x")
    assert (head["tool"]["name"], len(cases), footer) == ("mockdde", 1, None)
    with pytest.raises(DocumentError, match=r"^x:1: this is no line of a report$"):
        ndjson.read_lines([b"[]\n"], "x")
    with pytest.raises(DocumentError, match="no header"):
        ndjson.read_lines([], "x")


def everything():
    known = baseline(
        "- {case: dde/y/*, requirement: session/token-first, expect: fail, reason: known}\n"
        "- {requirement: tolerance/*, expect: fail, reason: old, expires: 2020-01-01}\n"
    )
    skipped = entry_without_evidence(CASE, "SKIP", f"it needs --realtime {NASTY}", repro="x")
    return valid(
        report(
            entry(evidence(case__title=NASTY), expectations=known),
            entry(evidence("dde/x/untestable", state=None), expectations=known),
            entry(evidence("dde/x/doubt", conduct=GOOD["conduct"], kit__doubts=[NASTY])),
            entry(evidence("dde/y/known"), expectations=known),
            skipped,
            expectations=known,
        )
    )


def test_junit_loads_in_a_parser_and_counts_what_the_report_counts():
    junitparser = pytest.importorskip("junitparser")
    made = everything()
    text = junit(made)
    suites = list(junitparser.JUnitXml.fromstring(text))
    assert [each.name for each in suites] == ["session", "rates", "state", "tolerance", "cases"]
    checks = {
        (case["id"].replace("/", "."), check["requirement"]): check
        for case in made["cases"]
        for check in case["checks"]
    }
    seen = set()
    for suite in suites[:-1]:
        for test in suite:
            check = checks[test.classname, test.name]
            seen.add((test.classname, test.name))
            kinds = [type(each).__name__.lower() for each in test.result]
            wanted = {"FAIL": ["failure"], "UNTESTABLE": ["error"]}.get(check["level"], [])
            if check.get("expectation") == "XFAIL":
                wanted = ["skipped"]
            assert kinds == wanted, (test.name, check)
            assert bool(test.system_out) == (check["level"] in ("WARN", "INFO"))
        results = [type(of).__name__ for test in suite for of in test.result]
        counts = (suite.failures, suite.errors, suite.skipped)
        assert counts == tuple(results.count(each) for each in ("Failure", "Error", "Skipped"))
    assert seen == set(checks)
    of_cases = {each.name: [type(r).__name__ for r in each.result] for each in suites[-1]}
    assert of_cases == {
        "dde/session/none": ["Skipped"],
        "dde/x/doubt": ["Error"],
        "baseline.yml:2:3": ["Failure"],
    }


def test_junit_of_a_report_is_xml_whatever_a_client_says():
    said = NASTY + "\x00\ud800"
    made = report(entry(evidence(conduct__connections=[{"first": {"what": said}}])))
    root = ET.fromstring(junit(made))  # noqa: S314  (it is our own)
    (failure,) = root.iter("failure")
    assert "</script>" in (failure.text or "")
    assert "\x1b" not in (failure.text or "")


def test_markdown_says_what_failed_before_what_was_not_tested():
    text = markdown(everything())
    broken, untested = text.index("### What is wrong"), text.index("### What this run did not test")
    assert broken < untested
    assert "**FAIL** `session/token-first` in `dde/session/first`" in text[broken:untested]
    assert "**FAIL** `session/token-first` in `dde/y/known`" not in text
    assert "could not be tested: `state/agrees`" in text[untested:]
    assert "`delivery/never`" in text[untested:]


def test_markdown_lets_no_markup_of_a_client_through():
    strange = evidence(conduct__connections=[{"first": {"what": f"`` {NASTY} ``"}}])
    text = markdown(report(entry(strange, [FIRST])))
    outside = re.sub(r"(`+) ?.*?[^`]\1(?!`)", "", text)
    assert "<" not in outside.replace("&lt;", "")
    assert "\x1b" not in text


def test_markdown_stays_small():
    many = [entry(evidence(f"dde/x/c{at}")) for at in range(120)]
    assert len(markdown(report(*many)).encode()) < 100_000


@pytest.mark.parametrize(
    ("of", "colour", "message"),
    [(evidence(), "red", "1/2 MUST · 0/1 SHOULD"), (GOOD, "brightgreen", "2/2 MUST · 1/1 SHOULD")],
)
def test_the_badge_is_what_shields_reads(of, colour, message):
    made = badge(report(entry(of)))
    assert made == {
        "schemaVersion": 1,
        "label": "golf feed · dde",
        "message": message,
        "color": colour,
    }
    json.dumps(made)
