"""Rounding is the library's, whatever is rounded."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde.decimals import rounded

PLACES = st.integers(0, 3)


def is_same(one: float, other: float) -> bool:
    return one == other and math.copysign(1, one) == math.copysign(1, other)


@given(st.floats(allow_nan=False, allow_infinity=False), PLACES)
def test_of_any_number(value: float, places: int) -> None:
    assert is_same(rounded(value, places), round(value, places))


@given(st.integers(-10_000_000, 10_000_000), st.integers(-3, 3), PLACES)
def test_of_what_is_half_way_and_next_to_it(whole: int, beside: int, places: int) -> None:
    value = (whole + 0.5) / 10**places
    for _ in range(abs(beside)):
        value = math.nextafter(value, math.inf if beside > 0 else -math.inf)
    assert is_same(rounded(value, places), round(value, places))


@pytest.mark.parametrize("value", [0.0, -0.0, 0.0004, -0.0004, 1e9, -1e15, 0.0005, 2.675])
@pytest.mark.parametrize("places", range(4))
def test_of_nothing_and_of_large_numbers(value: float, places: int) -> None:
    assert is_same(rounded(value, places), round(value, places))


def test_of_what_is_no_number() -> None:
    assert math.isnan(rounded(math.nan, 2))
    assert rounded(math.inf, 2) == math.inf
