"""What the four states share: the envelope of a document, moments, players (§3.2, §7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from mockdde.feeds import Packet
from mockdde.feeds.live._envelope import pieces
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._people import player
from mockdde.golf import STATUSES, Player
from mockdde.moments import encoded_millis, iso_millis
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook
from mockdde.world import Tournament

__all__ = [
    "ABSENT",
    "STATUS_WORDS",
    "Envelopes",
    "board_players",
    "card_players",
    "present",
    "timestamps",
]

ABSENT: Final[Any] = object()  # in place of a value: the key is not there

_UNKNOWN: Final[Packet] = dict.fromkeys(("display_name", "first_name", "last_name"), "Unknown")
_WORD: Final = re.compile("(?<=[a-z])(?=[A-Z])")
# Of a team: no page that was read has it; the DDE feed's words, spelt as all others are (§10).
STATUS_WORDS: Final = {key: _WORD.sub("_", word).upper() for key, word in STATUSES.items()}


def present(keys: Packet) -> Packet:
    """The keys that are there."""
    return {key: value for key, value in keys.items() if value is not ABSENT}


def timestamps(quirks: Quirks) -> Callable[[int], str]:
    """How payloads spell a moment, of milliseconds since 1970; envelopes have milliseconds."""
    if quirks["live-state-moments"] == "milliseconds":
        return iso_millis
    return lambda moment: f"{iso_millis(moment)[:-5]}Z"


def board_players(team: TeamBook) -> list[Packet]:
    """``players`` of leaderboards, in the order of the sample of that of stroke play."""
    return [_board_player(each) | _names(team) for each in team.team.players]


def card_players(team: TeamBook) -> list[Packet]:
    """``players`` of hole by hole, in the order of its sample, which is that of strokes."""
    return [player(each, gender="last") | _names(team) for each in team.team.players]


def _names(team: TeamBook) -> Packet:
    """Who awaits verification is called Unknown, as in the DDE feed."""
    return _UNKNOWN if team.pending else {}


def _board_player(of: Player) -> Packet:
    return {
        "player_id": of.id,
        "sr_player_id": urn("competitor", of.id),
        "first_name": of.first_name,
        "last_name": of.last_name,
        "display_name": of.display_name,
        "country": of.country,
        "is_amateur": of.is_amateur,
    }


class Envelopes:
    """CloudEvents around the states of one kind; message and state have one id (§3.3)."""

    def __init__(self, tournament: Tournament, ids: Ids, kind: str) -> None:
        """``kind`` is the type of the envelope."""
        self._ids = ids
        self._begin, self._source, self._data = pieces(kind, tournament.id)

    def around(self, path: str, seq: int, sent: int, payload: Iterable[bytes]) -> bytes:
        """A message; the state is as old as the message (§13.10)."""
        id_, moment = self._ids.uuid("state", path, seq).encode(), encoded_millis(sent)
        around = [self._begin, id_, self._source, moment, self._data, b'{"id":"', id_]
        around += (b'","created_at":"', moment, b'","payload":', *payload, b"}}")
        return b"".join(around)
