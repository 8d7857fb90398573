"""Chance that repeats: one generator per purpose, from a seed, with arithmetic exact everywhere."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Chance"]

T = TypeVar("T")


class Chance:
    """A generator of its own for one purpose; two purposes never disturb each other.

    Only ``random()`` is drawn, and only ``+ - * /`` applied to it: these are exact in IEEE 754, so
    the same seed gives the same bytes on every machine and Python, which ``gauss`` or ``sample``
    need not.
    """

    __slots__ = ("_draw",)

    def __init__(self, seed: int, *purpose: object) -> None:
        # A string seed is hashed with SHA-512 by `random`, never with the process's own hash seed.
        self._draw = random.Random("/".join(str(part) for part in (seed, *purpose))).random

    def between(self, low: float, high: float) -> float:
        """A number from ``low`` up to ``high``, all alike."""
        return low + (high - low) * self._draw()

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + int((high - low + 1) * self._draw())

    def happens(self, probability: float) -> bool:
        """True with this probability; 0 means never and 1 always."""
        return self._draw() < probability

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, all alike."""
        return options[int(len(options) * self._draw())]

    def normal(self, mean: float, deviation: float) -> float:
        """About a normal distribution: six uniform draws, never beyond 4.2 deviations."""
        draw = self._draw
        total = draw() + draw() + draw() + draw() + draw() + draw() - 3.0
        return mean + deviation * total * 1.4142135623730951
