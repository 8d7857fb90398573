"""Ids of the live dialect: numbers that are the tails of SR ids, and UUIDs from the seed.

In the samples a number is the tail of its SR id (``1224619``, ``sr:stage:1224619``), and one kind
of SR id is of several things: a stage is a tour, a tournament or a round, a competitor a team, a
player or a squad. The DDE feed counts teams, rounds, matches and squads from 1 in each tournament,
so they get numbers of their own here, below 2**31 and beyond all that a scenario can number
itself: 1, then five digits of the tournament, then four of the thing. Tournaments, players, courses
and groups have the same numbers in both dialects (quirk ``live-ids``).

Two tournaments whose ids have the same last five digits would share the rest.
"""

from __future__ import annotations

from hashlib import sha1
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from mockdde.golf import Group
from mockdde.world import Tournament

__all__ = ["Ids", "urn"]

_FIRST, _OF_TOURNAMENT, _TOURNAMENTS = 1_000_000_000, 10_000, 100_000
_SQUADS = 9_000  # of the last four digits: squads by their place
_ODD_TEAMS = 8_000  # teams by their place in the field, where their numbers are that large
# The PGA tour is that of the sample; no page has the others.
_TOURS = {"PGA tour": 306_287, "European Tour": 306_288, "LPGA Tour": 306_289}
# The first hexadecimal digit of the fourth group, whose upper two bits are 10 (RFC 9562 §4.1).
_VARIANT: Final = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}


def urn(kind: str, number: int) -> str:
    """An SR id: ``sr:stage:1971``."""
    return f"sr:{kind}:{number}"


class Ids:
    """The ids of one tournament."""

    def __init__(self, tournament: Tournament) -> None:
        self.tournament = tournament.id
        self.tour = _TOURS[tournament.tour]
        own = tournament.quirks["live-ids"] == "own"
        self._block = _FIRST + tournament.id % _TOURNAMENTS * _OF_TOURNAMENT if own else 0
        self._teams = {
            no: self._block + (_ODD_TEAMS + place if own and no >= _ODD_TEAMS else no)
            for place, no in enumerate(tournament.teams)
        }
        self._team_nos = {id_: no for no, id_ in self._teams.items()}
        self._squads = {
            each.no: self._block + _SQUADS + place if own else each.no
            for place, each in enumerate(tournament.squads, 1)
        }
        self._namespace = uuid5(
            NAMESPACE_URL, f"mockdde:{tournament.id}:{tournament.scenario.seed}"
        ).bytes

    # ── numbers ───────────────────────────────────────────────────────────────────────────────

    def team(self, no: int) -> int:
        """The ``team_id`` of a team number."""
        return self._teams[no]

    def squad(self, no: int) -> int:
        """The ``squad_id`` of a squad number."""
        return self._squads[no]

    def round(self, no: int) -> int:
        """The ``round_id`` of a round number."""
        return self._block + no

    def match(self, no: int) -> int:
        """The ``match_id`` of a match number."""
        return self._block + no

    def team_no(self, number: int) -> int:
        """The team of a ``team_id``; a number that is none is taken for a team's own."""
        return self._team_nos.get(number, number)

    def round_no(self, number: int) -> int:
        """The round of a ``round_id``; a smaller number is taken for a round's own (§13.1)."""
        return number - self._block if number > self._block else number

    def match_no(self, number: int) -> int:
        """The match of a ``match_id``; a smaller number is taken for a match's own."""
        return number - self._block if number > self._block else number

    @staticmethod
    def group(group: Group) -> str:
        """``sr_group_id``."""
        return urn("group_match", group.id)

    # ── UUIDs ─────────────────────────────────────────────────────────────────────────────────

    def uuid(self, *what: object) -> str:
        """A UUID of version 5; the same from run to run, for the same scenario and seed."""
        return self.uuid_of("/".join(map(str, what)))

    def uuid_of(self, name: str) -> str:
        """The UUID of a name.

        It is what ``uuid.uuid5`` makes, in a fifth of the time; a round has some fifty thousand.
        """
        text = sha1(self._namespace + name.encode(), usedforsecurity=False).hexdigest()
        fourth = _VARIANT[text[16]] + text[17:20]
        return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{fourth}-{text[20:32]}"
