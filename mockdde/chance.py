"""Chance that repeats: one generator per purpose, from a seed, with arithmetic exact everywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Chance"]

T = TypeVar("T")
_LN2 = 0.6931471805599453  # the natural logarithm of 2
_TERMS = 18  # of the series of e**x; below ln 2 more change nothing


class Chance:
    """A generator of its own for one purpose; two purposes never disturb each other.

    Only ``random()`` is drawn, and only ``+ - * /`` applied to it: these are exact in IEEE 754, so
    the same seed gives the same bytes on every machine and Python, which ``gauss`` or ``sample``
    need not. ``draw`` gives a number from 0 up to 1, for what is too often done to be a method.
    """

    __slots__ = ("draw",)

    def __init__(self, seed: int, *purpose: object) -> None:
        # A string seed is hashed with SHA-512 by `random`, never with the process's own hash seed.
        self.draw = random.Random("/".join(map(str, (seed, *purpose)))).random

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``, all alike."""
        return low + (high - low) * self.draw()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int((high - low + 1) * self.draw())

    def happens(self, probability: float) -> bool:
        """True with this probability; 0 means never and 1 always."""
        return self.draw() < probability

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all alike."""
        return options[int(len(options) * self.draw())]

    def normal(self, mean: float, deviation: float) -> float:
        """About a normal distribution: six uniform draws, never beyond 4.2 deviations."""
        draw = self.draw
        total = draw() + draw() + draw() + draw() + draw() + draw() - 3.0
        return mean + deviation * total * 1.4142135623730951

    def lognormal(self, median: float, sigma: float) -> float:
        """About a log-normal distribution: its logarithm is normal with the deviation ``sigma``.

        Half of all are below ``median``; 1 in 6 is beyond ``median * e**sigma``.
        """
        return median * _exp(self.normal(0.0, sigma))


def _exp(x: float) -> float:
    """e**x by ``+ - * /`` alone, for `math.exp` is another library's on each machine.

    x is so many times ln 2 and a rest: powers of 2 are exact, the rest is a short series.
    """
    twos = int(x / _LN2)
    rest = x - twos * _LN2
    total = 1.0
    for n in range(_TERMS, 0, -1):
        total = 1.0 + total * rest / n
    for _ in range(abs(twos)):
        total = total * 2.0 if twos > 0 else total / 2.0
    return total
