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
gimme                         match play: the next stroke is given, and counts as holed
pick up                       match play: the ball is picked up; a partner may play on
concede                       match play: the side gives up the hole
concede match                 match play: the side gives up the match
lose                          match play: the penalty that is the loss of the hole
withdraw                      the player leaves the course
retire                        the player leaves it hurt or ill (status Retired)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from mockdde.errors import Mark, ScenarioError, nearest
from mockdde.golf import CLUBS, DROPS, PENALTY_REASONS, SURFACES
from mockdde.records import dataclass

__all__ = [
    "Choose",
    "Concede",
    "Drop",
    "Gimme",
    "Hammer",
    "Hit",
    "Lose",
    "Penalise",
    "PickUp",
    "Referee",
    "Shot",
    "Withdraw",
    "read_shot",
]


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
    status: str = "Withdrawn"  # or Retired


@dataclass(frozen=True, slots=True)
class Gimme:
    """Match play: the other side gives the next stroke, which counts as holed."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class PickUp:
    """Match play: the ball is picked up, and does not count on this hole."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Concede:
    """Match play: the side gives up the hole, or (``match``) the match."""

    mark: Mark
    match: bool = False


@dataclass(frozen=True, slots=True)
class Lose:
    """Match play: the side is penalised with the loss of the hole."""

    mark: Mark


Shot: TypeAlias = (
    Hit | Penalise | Drop | Choose | Referee | Hammer | Withdraw | Gimme | PickUp | Concede | Lose
)

_LONGEST_SLIP = 5  # letters of a code of three, mistyped
_METRES = r"[0-9]{1,3}(\.[0-9])?"
_WHOLE = r"[0-9]{1,2}"


def read_shot(text: str, mark: Mark, *, in_match: bool = False) -> Shot:
    """Read one string of ``shots``, of a match or of stroke play.

    ScenarioError at ``mark`` where a word is wrong.
    """
    words = iter(text.split())
    verb = next(words, "")
    if not verb:
        raise ScenarioError(mark, "a shot is blank; write what happened, such as putt in")
    reader = _VERBS.get(verb)
    if reader is None:
        others = _OF_STROKE_PLAY if in_match else _OF_MATCH_PLAY
        legal = [each for each in _VERBS if each not in others]
        raise ScenarioError(mark, f"{_said(verb)} begins no shot{nearest(verb, legal)}")
    if verb in _OF_MATCH_PLAY and not in_match:
        message = f"{_OF_MATCH_PLAY[verb]} is of match play"
        raise ScenarioError(mark, f"{message}; in stroke play the ball is played until it is in")
    shot = reader(verb, words, mark)
    leaves = isinstance(shot, Penalise) and shot.disqualified
    if in_match and (leaves or verb in _OF_STROKE_PLAY):
        said = f"{verb} disqualified" if leaves else verb
        message = f"{said} is of stroke play; who gives up a match writes concede match"
        raise ScenarioError(mark, message)
    return shot


def _read_hit(verb: str, words: Iterator[str], mark: Mark) -> Hit:
    said: dict[str, object] = {}
    for word in words:
        name, value = _hit_word(verb, word, words, mark)
        if name in said:
            raise ScenarioError(mark, f"{verb}: {_PARTS[name]} is there twice; keep one of the two")
        said[name] = value
    if said.get("holed") and said.keys() & {"surface", "went", "to"}:
        message = f"{verb}: a ball that is in has no surface and no distances; leave them out"
        raise ScenarioError(mark, message)
    return Hit(mark, verb, **said)  # type: ignore[arg-type]


_PARTS = {
    "surface": "the surface",
    "club": "the club",
    "holed": "in",
    **{word: word for word in ("went", "to", "provisional", "obstructed", "blind")},
}


def _hit_word(verb: str, word: str, words: Iterator[str], mark: Mark) -> tuple[str, object]:
    if word in SURFACES:
        return "surface", word
    if word in CLUBS:
        return "club", word
    if word in ("went", "to"):
        return word, _metres(verb, word, words, mark)
    if word == "provisional":
        return "provisional", _ball(verb, words, mark, first=1)
    if word in ("in", "obstructed", "blind"):
        return ("holed" if word == "in" else word), True
    raise ScenarioError(mark, f"{verb}: {_said(word)} is not known here{_meant(word)}")


def _meant(word: str) -> str:
    """What was probably meant by a word of a stroke."""
    metres = word.removesuffix("m")
    if re.fullmatch(_METRES, metres):
        return f"; write went {metres} (from where it lay) or to {metres} (from the pin)"
    if word.upper() in SURFACES or word.upper() in CLUBS:
        return f"; did you mean {word.upper()}?"
    if word.isupper() and len(word) <= _LONGEST_SLIP:
        codes = CLUBS if word.startswith("C") else SURFACES
        alike = [code for code in codes if code[:2] == word[:2]] or [*codes]
        return nearest(word, alike if codes is CLUBS else alike[:4])
    spelt = {name.casefold(): code for code, name in SURFACES.items()}
    if word.casefold() in spelt:
        return f"; did you mean {spelt[word.casefold()]}?"
    return nearest(word, ["went", "to", "in", "provisional", "obstructed", "blind"])


def _read_penalty(verb: str, words: Iterator[str], mark: Mark) -> Penalise:
    said: dict[str, str] = {}
    for word in words:
        if word.isdecimal():
            name = "number"
        elif word in PENALTY_REASONS:
            name = "reason"
        elif word == "disqualified":
            name = word
        else:
            legal = [*PENALTY_REASONS, "disqualified"]
            message = f"{verb}: {_said(word)} is not known here{nearest(word, legal)}"
            raise ScenarioError(mark, message)
        if name in said:
            message = (
                f"{verb}: {said[name][:20]} and {word[:20]} cannot both be; keep one of the two"
            )
            raise ScenarioError(mark, message)
        said[name] = word
    if "disqualified" in said:
        if "number" in said:
            message = f"{verb}: who is disqualified gets no strokes; leave out the number"
            raise ScenarioError(mark, message)
        return Penalise(mark, 0, said.get("reason"), disqualified=True)
    number = said.get("number", "1")
    if number not in ("1", "2", "3", "4", "5"):
        raise ScenarioError(mark, f"{verb}: {number[:9]} is too many or too few; write 1 to 5")
    return Penalise(mark, int(number), said.get("reason"))


def _read_drop(verb: str, words: Iterator[str], mark: Mark) -> Drop:
    said: dict[str, str] = {}
    to: float | None = None
    for word in words:
        if word in DROPS:
            name = "kind"
        elif word in SURFACES:
            name = "surface"
        elif word == "to" and to is None:
            to = _metres(verb, word, words, mark)
            continue
        else:
            legal = [*DROPS, "to", *SURFACES]
            message = f"{verb}: {_said(word)} is not known here{nearest(word, legal)}"
            raise ScenarioError(mark, message)
        if name in said:
            message = f"{verb}: {said[name]} and {word} cannot both be; keep one of the two"
            raise ScenarioError(mark, message)
        said[name] = word
    if "kind" not in said:
        raise ScenarioError(mark, f"{verb}: it does not say how{nearest('', DROPS)}")
    return Drop(mark, said["kind"], said.get("surface"), to)


def _read_choose(verb: str, words: Iterator[str], mark: Mark) -> Choose:
    ball = _ball(verb, words, mark, first=0)
    _end(verb, words, mark)
    return Choose(mark, ball)


def _read_hammer(verb: str, words: Iterator[str], mark: Mark) -> Hammer:
    answer = next(words, "")
    if answer not in ("accepted", "declined"):
        raise ScenarioError(mark, f"{verb}: write hammer accepted or hammer declined")
    _end(verb, words, mark)
    return Hammer(mark, answer == "accepted")


def _read_referee(verb: str, words: Iterator[str], mark: Mark) -> Referee:
    _end(verb, words, mark)
    return Referee(mark)


def _read_withdraw(verb: str, words: Iterator[str], mark: Mark) -> Withdraw:
    _end(verb, words, mark)
    return Withdraw(mark, "Retired" if verb == "retire" else "Withdrawn")


def _read_gimme(verb: str, words: Iterator[str], mark: Mark) -> Gimme:
    _end(verb, words, mark)
    return Gimme(mark)


def _read_pick_up(verb: str, words: Iterator[str], mark: Mark) -> PickUp:
    if next(words, "") != "up":
        raise ScenarioError(mark, f"{verb}: write pick up")
    _end("pick up", words, mark)
    return PickUp(mark)


def _read_concede(verb: str, words: Iterator[str], mark: Mark) -> Concede:
    what = next(words, None)
    if what not in (None, "match"):
        message = f"{verb}: {_said(what)} cannot be conceded; write concede (the hole)"
        raise ScenarioError(mark, f"{message} or concede match")
    _end("concede match", words, mark)
    return Concede(mark, what is not None)


def _read_lose(verb: str, words: Iterator[str], mark: Mark) -> Lose:
    _end(verb, words, mark)
    return Lose(mark)


def _end(verb: str, words: Iterator[str], mark: Mark) -> None:
    word = next(words, None)
    if word is not None:
        raise ScenarioError(mark, f"{verb}: nothing can follow it, so leave out {_said(word)}")


def _metres(verb: str, word: str, words: Iterator[str], mark: Mark) -> float:
    text = next(words, "")
    if re.fullmatch("[0-9]{4,9}", text):
        raise ScenarioError(mark, f"{verb}: {word} {text} is further than any hole is long")
    if not re.fullmatch(_METRES, text):
        said = f"{_said(text)} after {word} is no distance" if text else f"{word} has no distance"
        raise ScenarioError(mark, f"{verb}: {said}; write metres such as 251 or 2.1")
    return float(text)


def _ball(verb: str, words: Iterator[str], mark: Mark, *, first: int) -> int:
    text = next(words, "")
    if not re.fullmatch(_WHOLE, text) or int(text) < first:
        said = (
            f"{_said(text)} is no number of a ball" if text else "the number of the ball is missing"
        )
        legal = "provisional 1, or provisional 2 for a second one"
        if not first:
            legal = "choose 0 for the original or choose 1 for the provisional ball"
        raise ScenarioError(mark, f"{verb}: {said}; write {legal}")
    return int(text)


def _said(word: str) -> str:
    """A word of the scenario's, as it may stand in a sentence."""
    return repr(word if len(word) <= 40 else f"{word[:39]}…")


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
    "retire": _read_withdraw,
    "gimme": _read_gimme,
    "pick": _read_pick_up,
    "concede": _read_concede,
    "lose": _read_lose,
}
_OF_STROKE_PLAY = ("withdraw", "retire")
_OF_MATCH_PLAY = {"gimme": "gimme", "pick": "pick up", "concede": "concede", "lose": "lose"}
