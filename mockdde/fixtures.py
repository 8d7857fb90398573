"""The rounds and matches of a tournament that there may be: a playoff may not be needed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mockdde.books import Books
from mockdde.world import Tournament

__all__ = ["no_match", "round_numbers"]

_PLAYOFFS = 8  # rounds of a playoff that a stream can be named of before it is played


def round_numbers(tournament: Tournament) -> list[int]:
    """The rounds of stroke play that there may be."""
    scenario = tournament.scenario
    numbers = [spec.no for spec in scenario.rounds]
    if scenario.playoff is None:
        return numbers
    each = tournament.quirks["playoff-rounds"] == "each-hole"
    first = numbers[-1] * 100 + 1
    return [*numbers, *range(first, first + (_PLAYOFFS if each else 1))]


def no_match(books: Books, number: int) -> str | None:
    """Why there is no match of this number, one sentence; None where there may be one.

    A play-off match of a pool may be until who has won the pools is drawn to play on, and any other
    until the tournament is over.
    """
    numbers: Sequence[int] = books.tournament.match_numbers
    drawn_on = any(
        book.groups and no in books.specs and books.specs[no].knocks_out
        for no, book in books.rounds.items()
    )
    if books.phase == "Official":
        numbers = sorted(books.matches.all)
    elif drawn_on:
        planned = sum(spec.matches for spec in books.specs.values())
        numbers = [no for no in numbers if no <= planned or no in books.matches.all]
    if number in numbers:
        return None
    where = f"tournament {books.tournament.id}"
    return f"{where} has no match {number}; its matches are {_spans(numbers)}"


def _spans(numbers: Sequence[int]) -> str:
    """``1 to 96, 98``."""
    found = []
    for _, run in groupby(enumerate(numbers), key=lambda each: each[1] - each[0]):
        first, *rest = (no for _, no in run)
        found.append(f"{first} to {rest[-1]}" if rest else str(first))
    return ", ".join(found)
