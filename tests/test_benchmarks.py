"""The benchmarks' one command; how fast anything is, no test says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).parents[1]
# What each aim of ours is shown by.
NAMES = {
    "boards": "a leaderboard update",
    "catchup": "catch-up of a finished round",
    "fixture": "the pytest fixture",
    "idle": "an idle subscriber",
    "lateness": "lateness of packets",
    "live": "live packets, one by one",
    "rest": "a document that is kept",
    "stalled": "one stalled subscriber",
    "start": "serve to the first answer",
    "tournament": "a whole tournament",
    "validate": "a whole tournament's packets validated",
    "ways": "a connection that faults may strike",
}


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *words],
        cwd=HOME,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_whoever_asks_for_another_benchmark_is_told_which_there_are():
    done = command("nothing")
    assert done.returncode == 2
    known = done.stderr.split("there are ")[1].replace("\n", " ").split(", ")
    assert [each.strip(" │") for each in known] == sorted(NAMES)


def test_a_table_says_what_is_met_and_what_is_missed():
    text = (
        "from rich.console import Console\n"
        "from tests.benchmarks.table import *\n"
        "rows = [at_least(2, 'one', 3, '×'), at_least(2, 'two', 1.5, '×'),\n"
        "        at_most(2, 'three', 1, 'ms'), at_most(2, 'four', 3, 'ms'),\n"
        "        skipped('five', 'not here'), measured('six', 1234.5, 'MB')]\n"
        "Console(width=120).print(show(rows))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], cwd=HOME, capture_output=True, text=True, check=True
    )
    lines = {each.split()[1]: each for each in done.stdout.splitlines() if each.startswith("│")}
    assert {name for name, line in lines.items() if "met" in line.split()} == {"one", "three"}
    assert {name for name, line in lines.items() if "missed" in line} == {"two", "four"}
    assert "not here" in lines["five"]
    assert "1,234" in lines["six"] or "1,235" in lines["six"]
