"""The judge is judged: those impostors whose sin is in what they make of what came."""

from __future__ import annotations

import pytest

from impostor_runs import NAMES, broken, results_of, wrong
from test_impostors import MINE as OTHERS

MINE = [name for name in NAMES if name not in OTHERS]


@pytest.fixture(scope="module")
def results():
    return results_of(MINE)


@pytest.mark.parametrize("name", MINE)
def test_an_impostor_is_caught_for_its_sin_and_for_no_other(name, results):
    assert wrong(name, results[name]) == {}, f"it broke {sorted(broken(results[name]))}"
