"""How a match goes that is to end with a certain score: who wins which hole."""

from __future__ import annotations

import re
from functools import cache

from mockdde.chance import Chance
from mockdde.matchplay import advantage, final_score, is_decided

__all__ = ["course_of"]

_MOVES = ((1, "W", 0.3), (-1, "L", 0.3), (0, "H", 0.4))


def course_of(ends: str, winner: int, holes: int, chance: Chance) -> str:
    """A letter a hole: W where the first side wins it, L where it loses it, H where it is halved.

    ``ends`` is the finalMatchScore of the ``winner`` (side 1 or 2): ``3 & 1``, ``2up``,
    ``20 HOLES``; ``T`` is a halved match. ``C``, conceded before the start, is the letter ``c``
    where the first side concedes and ``C`` where the second does.
    """
    if ends == "C":
        return "C" if winner == 1 else "c"
    extra = re.fullmatch(r"(\d+) HOLES", ends)
    if extra is not None:
        level = _walk("T", holes, chance)
        return level + "H" * (int(extra[1]) - holes - 1) + ("W" if winner == 1 else "L")
    walk = _walk(ends, holes, chance)
    return walk if winner != 2 else walk.translate(str.maketrans("WL", "LW"))


def _walk(ends: str, holes: int, chance: Chance) -> str:
    """Holes that lead the first side to this score, none before them having decided the match."""

    @cache
    def leads(up: int, played: int) -> bool:
        """Whether the score can still be reached."""
        if played == holes or (played and is_decided(up, played, holes, to_a_winner=False)):
            return up >= 0 and (final_score(up, played, holes) == ends)
        return any(leads(up + step, played + 1) for step, _, _ in _MOVES)

    found, up = "", 0
    while len(found) < holes and not is_decided(up, len(found), holes, to_a_winner=False):
        moves = [each for each in _MOVES if leads(up + each[0], len(found) + 1)]
        assert moves, f"no match of {holes} holes ends {ends}; the scenario was checked"
        draw = chance.between(0, sum(weight for _, _, weight in moves))
        while draw > moves[0][2] and len(moves) > 1:
            draw -= moves.pop(0)[2]
        found, up = found + moves[0][1], up + moves[0][0]
    assert ends in (advantage(up), final_score(up, len(found), holes))
    return found
