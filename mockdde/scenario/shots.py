"""The words of ``shots``: one string is one act on a hole.

    drive OFW went 251 CDR        a stroke from the tee: to the fairway, 251 m far, with a driver
    hit OGR to 2.1                a stroke that ends on the green, 2.1 m from the pin
    putt in                       a stroke that ends in the hole
    hit ORO provisional 1         a first provisional ball
    choose 1                      the first provisional ball counts from here (0: the original)
    penalty 1 WaterHazard         penalty strokes, with or without a reason
    penalty disqualified          the player is disqualified
    drop DropBehind ORO to 120    a ball is dropped
    referee                       a referee is called
    hammer accepted               TGL: the hammer is thrown (or: hammer declined)
    withdraw                      the player leaves the course
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mockdde.errors import Mark, ScenarioError, nearest
from mockdde.golf import CLUBS, DROPS, PENALTY_REASONS, SURFACES

__all__ = ["Choose", "Drop", "Hammer", "Hit", "Penalise", "Referee", "Shot", "Withdraw", "read_shot"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A stroke; None is what the seed decides."""

    mark: Mark
    verb: str = "hit"  # drive, hit, putt
    surface: str | None = None
    club: str | None = None
    went: float | None = None  # metres
    to: float | None = None  # metres from the pin
    holed: bool = False
    provisional: int = 0
    obstructed: bool = False
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Penalise:
    """Penalty strokes, or a disqualification."""

    mark: Mark
    strokes: int = 1
    reason: str | None = None
    disqualified: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """A ball is dropped."""

    mark: Mark
    drop: str
    surface: str | None = None
    to: float | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    """The ball that counts after provisional balls."""

    mark: Mark
    ball: int


@dataclass(frozen=True, slots=True)
class Referee:
    """A referee is called."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Hammer:
    """TGL: the hammer is thrown."""

    mark: Mark
    accepted: bool


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The player leaves the course."""

    mark: Mark


Shot: TypeAlias = Hit | Penalise | Drop | Choose | Referee | Hammer | Withdraw

_METRES = re.compile(r"\d+(\.\d)?")


def read_shot(text: str, mark: Mark) -> Shot:
    """Read one string of ``shots``. ScenarioError at ``mark`` where a word is wrong."""
    words = iter(text.split())
    verb = next(words, "")
    reader = _VERBS.get(verb)
    if reader is None:
        raise ScenarioError(mark, f"{verb or 'nothing'!r} is no act on a hole{nearest(verb, _VERBS)}")
    return reader(verb, words, mark)


def _read_hit(verb: str, words: Iterator[str], mark: Mark) -> Hit:
    said: dict[str, object] = {}
    for word in words:
        name, value = _hit_word(verb, word, words, mark)
        if name in said:
            raise ScenarioError(mark, f"{verb}: the {name} is said twice; keep one of the two")
        said[name] = value
    if said.get("holed") and said.keys() & {"surface", "went", "to"}:
        raise ScenarioError(mark, f"{verb}: a ball that is in the hole lies nowhere else")
    return Hit(mark, verb, **said)  # type: ignore[arg-type]


def _hit_word(verb: str, word: str, words: Iterator[str], mark: Mark) -> tuple[str, object]:
    if word in SURFACES:
        return "surface", word
    if word in CLUBS:
        return "club", word
    if word in ("went", "to"):
        return word, _metres(verb, word, words, mark)
    if word == "provisional":
        return "provisional", _whole(verb, word, words, mark)
    if word in ("in", "obstructed", "blind"):
        return ("holed" if word == "in" else word), True
    legal = ["went", "to", "in", "provisional", "obstructed", "blind", *SURFACES, *CLUBS]
    raise ScenarioError(mark, f"{verb}: {word!r} is not known here{nearest(word, legal)}")


def _read_penalty(verb: str, words: Iterator[str], mark: Mark) -> Penalise:
    strokes, reason = 1, None
    for word in words:
        if word == "disqualified":
            return Penalise(mark, 0, reason, disqualified=True)
        if word.isdecimal():
            strokes = int(word)
        elif word in PENALTY_REASONS:
            reason = word
        else:
            legal = [*PENALTY_REASONS, "disqualified"]
            raise ScenarioError(mark, f"{verb}: {word!r} is not known here{nearest(word, legal)}")
    if not 1 <= strokes <= 5:
        raise ScenarioError(mark, f"{verb}: {strokes} strokes; a penalty has 1 to 5 of them")
    return Penalise(mark, strokes, reason)


def _read_drop(verb: str, words: Iterator[str], mark: Mark) -> Drop:
    kind, surface, to = "", None, None
    for word in words:
        if word in DROPS:
            kind = word
        elif word in SURFACES:
            surface = word
        elif word == "to":
            to = _metres(verb, word, words, mark)
        else:
            legal = [*DROPS, "to", *SURFACES]
            raise ScenarioError(mark, f"{verb}: {word!r} is not known here{nearest(word, legal)}")
    if not kind:
        raise ScenarioError(mark, f"{verb}: it does not say how{nearest('', DROPS)}")
    return Drop(mark, kind, surface, to)


def _read_choose(verb: str, words: Iterator[str], mark: Mark) -> Choose:
    ball = _whole(verb, verb, words, mark)
    _end(verb, words, mark)
    return Choose(mark, ball)


def _read_hammer(verb: str, words: Iterator[str], mark: Mark) -> Hammer:
    answer = next(words, "")
    if answer not in ("accepted", "declined"):
        legal = nearest(answer, ["accepted", "declined"])
        raise ScenarioError(mark, f"{verb}: {answer!r} is no answer to it{legal}")
    _end(verb, words, mark)
    return Hammer(mark, answer == "accepted")


def _read_referee(verb: str, words: Iterator[str], mark: Mark) -> Referee:
    _end(verb, words, mark)
    return Referee(mark)


def _read_withdraw(verb: str, words: Iterator[str], mark: Mark) -> Withdraw:
    _end(verb, words, mark)
    return Withdraw(mark)


def _end(verb: str, words: Iterator[str], mark: Mark) -> None:
    word = next(words, None)
    if word is not None:
        raise ScenarioError(mark, f"{verb}: nothing follows here, not {word!r}")


def _metres(verb: str, word: str, words: Iterator[str], mark: Mark) -> float:
    text = next(words, "")
    if not _METRES.fullmatch(text):
        raise ScenarioError(
            mark, f"{verb}: {word} {text!r} is no distance; write metres such as 251 or 2.1"
        )
    return float(text)


def _whole(verb: str, word: str, words: Iterator[str], mark: Mark) -> int:
    text = next(words, "")
    if not text.isdecimal():
        raise ScenarioError(mark, f"{verb}: {word} {text!r} is no number of a ball; write 0, 1 or 2")
    return int(text)


_VERBS: dict[str, Callable[[str, Iterator[str], Mark], Shot]] = {
    "drive": _read_hit,
    "hit": _read_hit,
    "putt": _read_hit,
    "penalty": _read_penalty,
    "drop": _read_drop,
    "choose": _read_choose,
    "referee": _read_referee,
    "hammer": _read_hammer,
    "withdraw": _read_withdraw,
}
