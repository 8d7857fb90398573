"""Rounding as ``round`` does it, in a quarter of the time: a stroke is a dozen roundings."""

from __future__ import annotations

from typing import Final

__all__ = ["rounded"]

_UNITS: Final = (1.0, 10.0, 100.0, 1000.0)
_LARGE: Final = 1e9  # below, a product is off by so little that it does not matter
_SURE: Final = 0.499  # from half way between two on it may


def rounded(value: float, places: int) -> float:
    """``round(value, places)``, to at most three.

    That is the float that is nearest to a decimal, and so is a whole number through 10, 100 or
    1000. Which number it is the library finds out by spelling the decimal; it is plain, but where
    the value is half way between two. Of nothing it has to say which sign it has.
    """
    scaled = value * _UNITS[places]
    if -_LARGE < scaled < _LARGE:
        whole = int(scaled + 0.5) if scaled > 0 else int(scaled - 0.5)
        if whole and -_SURE < scaled - whole < _SURE:
            return whole / _UNITS[places]
    return round(value, places)
