"""What a live display knows of a server at one moment."""

from __future__ import annotations

from typing import Final

from mockdde.journal import Entry
from mockdde.records import dataclass

__all__ = ["BEGINS", "OVER", "PAUSED", "PLAYS", "Playing", "Snapshot"]

BEGINS: Final = "begins when opened"
PLAYS: Final = "plays"
PAUSED: Final = "paused"
OVER: Final = "over"


@dataclass(frozen=True, slots=True)
class Playing:
    """A tournament and its clock; ``moment`` is ISO 8601, empty where it says nothing."""

    number: int
    name: str
    scenario: str
    state: str  # BEGINS, PLAYS, PAUSED or OVER
    moment: str
    speed: float


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that is shown; two that are equal look the same."""

    addresses: tuple[tuple[str, str], ...]  # what it is, and the address
    tournaments: tuple[Playing, ...] = ()
    connections: int = 0
    streams: tuple[tuple[str, int], ...] = ()  # the path and its connections, most of them first
    delivered: int = 0  # packets, of all streams and connections
    rates: tuple[float, ...] = ()  # packets a second, newest last
    fired: int = 0  # faults that struck
    faults: tuple[Entry, ...] = ()  # the last of them, newest last
    entries: tuple[Entry, ...] = ()  # the journal's last, newest last
