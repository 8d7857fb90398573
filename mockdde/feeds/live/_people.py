"""Players as the live dialect tells them: in events, in states, in static documents (§6, §8)."""

from __future__ import annotations

from mockdde.feeds import Packet
from mockdde.feeds._static import person
from mockdde.feeds.live._ids import urn
from mockdde.golf import Player

__all__ = ["listed", "player"]


def player(of: Player, *, gender: str) -> Packet:
    """A player of a live event: ``gender`` stands ``first``, before the ids, as in the sample of
    Sport Event Started, or ``last``, as the page of strokes lists them.
    """
    ids = {"player_id": of.id, "sr_player_id": urn("competitor", of.id)}
    names = {
        "display_name": of.display_name,
        "first_name": of.first_name,
        "last_name": of.last_name,
    }
    if gender == "first":
        named = {"country": of.country, **names, "gender": of.gender}
        return {**named, **ids, "is_amateur": of.is_amateur}
    return {
        **ids,
        "country": of.country,
        **names,
        "is_amateur": of.is_amateur,
        "gender": of.gender,
    }


def listed(of: Player, *, known: bool = True) -> Packet:
    """A player of a static document; ``known``: it is verified who it is."""
    whole, first, last = person(of, known=known)
    keys = {
        "player_id": of.id,
        "sr_player_id": urn("competitor", of.id),
        "country": of.country,
        "display_name": whole,
        "first_name": first,
        "last_name": last,
        "is_amateur": of.is_amateur,
    }
    return keys | ({"player_pga_tour_id": of.pga_id} if of.pga_id else {})
