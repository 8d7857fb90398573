"""The judge is judged: every impostor is caught, for its own sin and for no other.

Here are those who sin on the wire; tests/test_impostors_of_state.py has those whose sin is in what
they make of it.
"""

from __future__ import annotations

import pytest

from impostor_runs import NAMES, broken, family, impostor, results_of, wrong
from mockdde.kit.requirements import requirements

ON_THE_WIRE = ("delivery", "rates", "session")
MINE = [name for name in NAMES if family(impostor(name).FAILS[0]) in ON_THE_WIRE]


@pytest.fixture(scope="module")
def results():
    return results_of(MINE)


@pytest.mark.parametrize("name", MINE)
def test_an_impostor_is_caught_for_its_sin_and_for_no_other(name, results):
    assert wrong(name, results[name]) == {}, f"it broke {sorted(broken(results[name]))}"


def test_there_is_no_requirement_that_nobody_breaks():
    """That each breaks what it says is tested by all others here and in the other file."""
    claimed = {sin for name in NAMES for sin in impostor(name).FAILS}
    assert sorted(requirements().keys() - claimed) == []


def test_every_impostor_breaks_what_there_is():
    known = requirements().keys()
    unknown = {name: {*impostor(name).FAILS} - known for name in NAMES}
    assert {name: ids for name, ids in unknown.items() if ids} == {}


def test_an_impostor_may_break_the_families_of_its_sins():
    narrow = [
        name
        for name in NAMES
        if not {family(sin) for sin in impostor(name).FAILS} <= impostor(name).FAMILIES
    ]
    assert narrow == []


def test_there_are_forty_of_them_and_no_two_are_alike():
    assert len(NAMES) >= 40
    assert len({impostor(name).__doc__ for name in NAMES}) == len(NAMES)
    assert all(impostor(name).__doc__ for name in NAMES)
