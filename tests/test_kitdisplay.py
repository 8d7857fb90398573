"""What a run of the kit shows on a terminal, and says where there is none."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from mockdde.kitdisplay import Terminal
from reporting import ALL, FIRST, NASTY, entry, evidence, report


def plain():
    out = io.StringIO()
    return Terminal(Console(file=out, highlight=False)), out


def on_a_terminal(width=100):
    out = io.StringIO()
    console = Console(
        file=out, highlight=False, force_terminal=True, width=width, color_system=None
    )
    return Terminal(console), out


def play(terminal, *entries):
    terminal.started(len(entries))
    for each in entries:
        terminal.case_started(each["id"])
        terminal.case_done(each)
    terminal.finished(report(*entries))


def test_without_a_terminal_each_case_is_a_line_as_it_ends():
    terminal, out = plain()
    terminal.started(2)
    terminal.case_started("dde/session/first")
    assert out.getvalue() == ""
    terminal.case_done(entry())
    assert out.getvalue().split() == [
        "1/2", "FAIL", "dde/session/first", "2.0", "s", "session/token-first",
    ]  # fmt: skip
    assert "\x1b" not in out.getvalue()


def test_in_the_end_come_the_families_then_what_is_wrong_then_the_verdict():
    terminal, out = plain()
    play(terminal, entry(), entry(evidence("dde/x/untestable", state=None)))
    text = out.getvalue()
    order = [
        "family",
        "FAIL session/token-first: it broke session/token-first",
        "MUST: The title of session/token-first (vendor, process for connecting)",
        "in dde/session/first",
        'expected "token"',
        'seen     "other"',
        "evidence cases/dde/session/first/evidence.json#/conduct/connections/1/first/what",
        "again    mockdde conform --client 'node app.js' --case dde/session/first",
        "WARN rates/backs-off",
        "What this run did not test",
        "UNTESTABLE state/agrees: the client tells nothing of what it holds",
        "no case came to delivery/never",
        "NONCONFORMANT for dialect dde",
        "and 1 requirement (MUST) could not be tested",
    ]
    places = [text.index(each) for each in order]
    assert places == sorted(places)


def test_the_table_has_the_numbers_of_the_report():
    terminal, out = plain()
    of = entry()
    play(terminal, of)
    rows = {line.split()[0]: line.split()[1:] for line in out.getvalue().splitlines() if line}
    assert rows["family"] == ["MUST", "SHOULD", "FAIL", "WARN", "PASS", "INFO"]
    assert rows["session"] == ["0/1", "-", "1"]
    assert rows["rates"] == ["-", "0/1", "1"]
    assert rows["all"] == ["1/2", "0/1", "1", "1", "1", "1"]


def test_on_a_terminal_it_shows_how_far_it_is_and_what_has_failed():
    terminal, out = on_a_terminal()
    terminal.started(3)
    terminal.case_started("dde/a/b")
    terminal.case_started("dde/session/first")
    terminal.case_done(entry())
    picture = out.getvalue().rsplit("\r", 1)[-1]
    assert "1/3" in picture
    assert "1 FAIL" in picture
    assert "running dde/a/b" in picture
    terminal.stop()


def test_on_a_terminal_cases_that_pass_leave_no_line():
    good = evidence("dde/x/good", conduct__connections=[{"first": {"what": "token"}}])
    terminal, out = on_a_terminal()
    play(terminal, entry(good, [FIRST]))
    lines = [each for each in out.getvalue().splitlines() if "1/1 PASS" in each]
    assert lines == []
    assert out.getvalue().endswith("\n")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_command_is_never_broken_into_lines(width):
    terminal, out = on_a_terminal(width)
    long = entry()
    for check in long["checks"]:
        check["repro"] = "x" * 300
    terminal.finished(report({**long, "repro": "mockdde " + "x" * 300}))
    assert "again    mockdde " + "x" * 300 in out.getvalue()


def test_many_cases_of_one_requirement_are_counted():
    terminal, out = plain()
    play(terminal, *(entry(evidence(f"dde/x/c{at:02}"), [FIRST]) for at in range(20)))
    text = out.getvalue()
    assert text.count("seen ") == 4
    assert "and in 16 more cases: dde/x/c04, " in text
    assert "and 8 more" in text


def test_nothing_that_a_client_says_steers_the_terminal():
    terminal, out = plain()
    strange = evidence(
        case__title=NASTY, kit__doubts=[NASTY], conduct__connections=[{"first": {"what": NASTY}}]
    )
    play(terminal, entry(strange, ALL))
    assert "\x1b" not in out.getvalue()


def test_brackets_are_no_markup():
    terminal, out = plain()
    strange = evidence(conduct__connections=[{"first": {"what": "[bold]x[/nothing]"}}])
    play(terminal, entry(strange, [FIRST]))
    assert '"[bold]x[/nothing]"' in out.getvalue()
