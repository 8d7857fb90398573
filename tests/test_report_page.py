"""The report as a page in a real browser: no network, no error, and nothing but the report."""

from __future__ import annotations

import json
import re

import pytest

from browsing import Look, matrix_of, open_browser  # noqa: F401  (a fixture)
from mockdde.kit.expectations import read_expectations
from mockdde.kit.judge import LEVELS
from mockdde.kit.report.html import page
from mockdde.kit.report.timeline import pack, timeline
from reporting import ALL, NASTY, entry, evidence, report, requirement, transcript

PACKETS = [
    json.dumps({"seqNum": at, "eventElementType": "HitBall", "says": NASTY}).encode()
    for at in range(1, 11)
]
MORE = [requirement(f"{family}/x", {}) for family in ("delivery", "honesty", "tolerance")]


def made():
    known = read_expectations(
        "- {case: dde/y/*, requirement: session/token-first, expect: fail, reason: known}\n"
        "- {requirement: tolerance/*, expect: fail, reason: old, expires: 2020-01-01}\n",
        "b.yml",
        "2026-11-21",
        requirements=[each.id for each in ALL],
    )
    more = {"expectations": known, "by": [*ALL, *MORE]}
    good = [{"connection": 1, "first": {"what": "token"}}]
    return report(
        entry(evidence(case__title=NASTY, case__why=NASTY), **more),
        entry(evidence("dde/x/good", conduct__connections=good), **more),
        entry(evidence("dde/x/untestable", state=None), **more),
        entry(evidence("live/x/doubt", conduct__connections=good, kit__doubts=[NASTY]), **more),
        entry(evidence("dde/y/known", conduct__connections=[{"first": {"what": NASTY}}]), **more),
        entry(evidence("live/y/unsupported", client__code=89), **more),
        expectations=known,
        requirements=[*ALL, *MORE],
        dialects=["dde", "live"],
    )


# Without a browser.


def test_nothing_that_a_client_says_is_markup():
    text = page(made(), {"dde/session/first": pack(transcript(PACKETS, said=NASTY))})
    assert "alert('x')</script>" not in text
    assert text.count("</script>") == 3  # the report, the sequences, the program
    for each in re.findall(r'type="application/json" id="\w+">(.*?)</script>', text):
        json.loads(each)
        assert not set(each) & set("<>&")


def test_the_page_holds_the_report_as_it_is():
    of = made()
    text = page(of)
    found = re.search(r'id="report">(.*?)</script>', text)
    assert found
    assert json.loads(found[1]) == of


def test_the_page_asks_for_nothing():
    text = page(made())
    without_data = re.sub(r'<script type="application/json".*?</script>', "", text, flags=re.DOTALL)
    links = re.findall(r"https?://[^\s\"')]+", without_data)
    assert set(links) <= {"http://www.w3.org/2000/svg"}  # a name, not an address
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=\"(?!data:)", without_data)
    assert "default-src 'none'" in text


def test_a_mark_of_the_template_in_the_report_stays_what_it_is():
    of = report(entry(evidence(case__title="<!--DATA--> <!--TITLE--> /*STYLE*/ /*SCRIPT*/")))
    text = page(of)
    found = re.search(r'id="report">(.*?)</script>', text)
    assert found
    assert json.loads(found[1]) == of


def test_the_page_of_a_large_run_is_small():
    of = report(*(entry(evidence(f"dde/x/c{at}")) for at in range(120)))
    each = pack(transcript(PACKETS * 30, faults=30))
    assert len(page(of, {f"dde/x/c{at}": each for at in range(120)})) < 6_000_000


# In a browser.


@pytest.fixture(name="of")
def make_report():
    """A report with all there can be in one."""
    return made()


@pytest.fixture(name="look")
def look_at(browser, of, tmp_path):
    """Its page."""
    file = tmp_path / "report.html"
    packed = pack(transcript(PACKETS, said=NASTY))
    timelines = {each["id"]: packed for each in of["cases"][:-1]}
    file.write_text(page(of, timelines), encoding="utf-8")
    look = Look(browser, file)
    yield look
    look.close()


def test_the_matrix_is_that_of_the_report(look, of):
    shown, wanted = matrix_of(look, of)
    assert shown == wanted
    assert len(of["summary"]["families"]) == 6


def test_the_families_are_those_of_the_report(look, of):
    shown = look.page.eval_on_selector_all(
        "#families tr[data-family]",
        """rows => rows.map(row => [row.dataset.family,
             [...row.querySelectorAll("[data-ratio]")].map(cell => cell.textContent),
             Object.fromEntries([...row.querySelectorAll("[data-level]")]
               .map(cell => [cell.dataset.level, Number(cell.textContent)]))])""",
    )
    used = [each for each in LEVELS if each in of["summary"]["levels"]]

    def row(name, each):
        ratios = [each[key] for key in ("must", "should")]
        told = [f"{r['passed']}/{r['total']}" if r["total"] else "–" for r in ratios]
        return [name, told, {level: each["levels"].get(level, 0) for level in used}]

    wanted = [row(name, each) for name, each in of["summary"]["families"].items()]
    assert shown == [*wanted, row("all", of["summary"])]


def test_the_head_is_the_verdict_and_all_reasons(look, of):
    assert look.page.text_content("#verdict") == of["verdict"].replace("_", " ")
    assert look.page.text_content("#sentence") == of["sentence"]
    told = look.page.eval_on_selector_all("header li", "each => each.map(one => one.textContent)")
    assert told == of["reasons"][1:]


def test_every_case_opens_and_shows_its_checks(look, of):
    look.page.click("text=open all")
    for case in of["cases"]:
        inside = look.page.locator(f"tr[data-case='{case['id']}'] + tr td.inside")
        text = " ".join(inside.text_content().split())
        assert case["repro"] in text
        assert " ".join(case["why"].split()) in text
        for check in case["checks"]:
            assert check["requirement"] in text
            if check["level"] == "FAIL":
                assert check["message"] in text
                assert check["clause"]["words"] in text
            for each in check.get("findings", []):
                assert " ".join(each["expected"].split()) in text
                assert " ".join(each["seen"].split()) in text
                assert each["evidence"] in text
    look.page.wait_for_selector("svg.drawing >> nth=4")


def test_the_sequence_is_drawn_and_tells_of_each_mark(look):
    look.page.click("[data-case='dde/session/first'] button")
    look.page.wait_for_selector("svg.drawing")
    drawn = timeline(transcript(PACKETS, said=NASTY))
    marks = look.page.eval_on_selector_all(
        "svg.drawing [data-mark]", "each => each.map(one => one.classList[1])"
    )
    assert marks == [each[1] for each in drawn["marks"]]
    assert look.page.locator("svg.drawing .link").count() == 2
    assert look.page.text_content("svg.drawing .hold-text") == "mid-round"
    said = next(at for at, each in enumerate(drawn["marks"]) if each[1] == "said")
    look.page.locator(f"[data-mark='{said}']").dispatch_event("click")
    told = look.page.text_content(".told")
    assert "authToken" in told
    assert "</script>" in told
    look.page.focus("svg.drawing")
    look.page.keyboard.press("ArrowRight")
    assert f"{drawn['marks'][said + 1][0]:.3f} s" in look.page.text_content(".told")
    look.page.click("text=As a list")
    rows = look.page.locator(".sequence tbody tr")
    assert rows.count() == len(drawn["marks"])


def test_zooming_draws_the_same_wider(look):
    look.page.click("[data-case='dde/session/first'] button")
    look.page.wait_for_selector("svg.drawing")
    width = "Number(document.querySelector('svg.drawing').getAttribute('width'))"
    before, marks = look.page.evaluate(width), look.page.locator("[data-mark]").count()
    look.page.click("[aria-label='Zoom in']")
    assert look.page.evaluate(width) == 2 * before
    assert look.page.locator("[data-mark]").count() == marks
    look.page.click("[aria-label='Zoom out']")
    assert look.page.evaluate(width) == before


def visible(look):
    return look.page.eval_on_selector_all(
        "tr.case:not([hidden])", "rows => rows.map(row => row.dataset.case)"
    )


def test_cases_are_found_by_words_and_by_level(look, of):
    look.page.fill("input[type=search]", "it broke rates")
    broken = [c["id"] for c in of["cases"] if c["families"].get("rates") == "WARN"]
    assert visible(look) == broken
    look.page.fill("input[type=search]", "no such thing")
    assert visible(look) == []
    assert look.page.is_visible("#none")
    look.page.fill("input[type=search]", "")
    look.page.click("[data-filter=FAIL]")
    assert visible(look) == [c["id"] for c in of["cases"] if c["level"] == "FAIL"]
    look.page.click("[data-filter=SKIP]")
    assert visible(look) == [c["id"] for c in of["cases"] if c["level"] in ("FAIL", "SKIP")]
    look.page.click("[data-filter=FAIL]")
    look.page.click("[data-filter=SKIP]")
    look.page.select_option("select", "live")
    assert visible(look) == [c["id"] for c in of["cases"] if c["dialect"] == "live"]


def test_what_was_not_tested_and_the_baseline_are_told(look, of):
    text = look.page.text_content("#untested")
    gap = of["untested"]
    for each in [*gap["untestable"], *gap["skipped"]]:
        assert each["why"] in text
    for each in gap["never_applied"]:
        assert each in text
    told = look.page.text_content("#baseline")
    for each in of["baseline"]["entries"]:
        assert each["state"] in told
        assert each["reason"] in told


def test_a_link_opens_its_case(browser, of, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page(of), encoding="utf-8")
    look = Look(browser, file)
    look.page.goto(f"{look.file}#dde/y/known")
    look.page.reload()
    assert look.page.locator("td.inside").count() == 1
    assert "No transcript of this case was kept." in look.page.text_content("td.inside")
    look.close()


CONTRAST = """() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const of = parse(getComputedStyle(each).backgroundColor);
      if (of.length < 4 || of[3] > 0.99) return of;
    }
    return [255, 255, 255];
  };
  const poor = [];
  const texts = "h1, p, dd, dt, th, td, code, .chip, .sign, summary, button, b";
  for (const node of document.querySelectorAll(texts)) {
    if (!node.textContent.trim() || node.closest(".zero, .NONE, svg")) continue;
    if (node.querySelector(".zero") || !node.offsetParent) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(ground(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const what = `${node.tagName}.${node.className} ${node.textContent.slice(0, 30)}`;
    if (ratio < 4.5) poor.push(`${what}: ${ratio.toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_day_and_by_night(browser, of, tmp_path, scheme):
    file = tmp_path / "report.html"
    file.write_text(page(of, {"dde/session/first": pack(transcript(PACKETS))}), encoding="utf-8")
    look = Look(browser, file, color_scheme=scheme)
    look.page.click("text=open all")
    look.page.wait_for_selector("svg.drawing")
    assert look.page.evaluate(CONTRAST) == []
    look.close()


def test_it_fits_a_telephone(browser, of, tmp_path):
    file = tmp_path / "report.html"
    file.write_text(page(of, {"dde/session/first": pack(transcript(PACKETS))}), encoding="utf-8")
    look = Look(browser, file, viewport={"width": 390, "height": 800})
    look.page.click("[data-case='dde/session/first'] button")
    look.page.wait_for_selector("svg.drawing")
    assert look.page.evaluate("document.documentElement.scrollWidth") <= 390
    look.close()


def test_everything_has_a_name_for_who_does_not_see_it(look):
    look.page.click("[data-case='dde/session/first'] button")
    look.page.wait_for_selector("svg.drawing")
    nameless = look.page.evaluate(
        """[...document.querySelectorAll("button, input, select, a, table, svg[role]")]
             .filter(each => !(each.textContent.trim() || each.getAttribute("aria-label")))
             .map(each => each.outerHTML.slice(0, 80))"""
    )
    assert nameless == []
    heads = look.page.evaluate(
        "[...document.querySelectorAll('th')].filter(each => !each.scope).length"
    )
    assert heads == 0
    assert (
        look.page.get_attribute("[data-case='dde/session/first'] button", "aria-expanded") == "true"
    )


def test_a_page_that_does_not_show_the_report_is_found_out(browser, of, tmp_path):
    """The guard itself: a report with another level gives another matrix."""
    other = json.loads(json.dumps(of))
    other["cases"][0]["families"]["session"] = "PASS"
    file = tmp_path / "report.html"
    file.write_text(page(other), encoding="utf-8")
    look = Look(browser, file)
    with pytest.raises(AssertionError):
        test_the_matrix_is_that_of_the_report(look, of)
    look.close()


def test_the_report_above_has_every_level():
    """So that no change of the requirements leaves a test here without its point."""
    of = made()
    levels = {check["level"] for case in of["cases"] for check in case["checks"]}
    assert levels >= {"PASS", "WARN", "FAIL", "UNTESTABLE", "SKIP", "INFO"}
    assert {each["level"] for each in of["cases"]} >= {"FAIL", "INCONCLUSIVE", "SKIP"}
