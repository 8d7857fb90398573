"""Moments are spelt as the library spells them, in text and in bytes alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from mockdde.moments import encoded_millis, iso_millis

LAST = 253_402_300_799_999  # of the year 9999, in milliseconds


@given(st.integers(0, LAST))
@example(0)
@example(59_999)
@example(60_000)
@example(1_737_041_400_000)
def test_to_the_millisecond(moment: int) -> None:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=moment)
    text = f"{when:%Y-%m-%dT%H:%M:%S}.{moment % 1000:03d}Z"
    assert iso_millis(moment) == text
    assert encoded_millis(moment) == text.encode()
