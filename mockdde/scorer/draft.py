"""What a scorer says, before all of the tournament is in order: events that have no place yet.

A draft is the event that stands in the log in the end: another object for each of some hundred
thousand would cost as much as all that is told of it. These functions alone change one.
"""

from __future__ import annotations

from mockdde import log
from mockdde.records import frozen

__all__ = ["Correcting", "put_off", "take_place"]

_set = object.__setattr__


@frozen
class Correcting(log.Correction):
    """A correction of a draft: it has no id before it has its place."""

    target: log.Event


def put_off(draft: log.Event, due: int) -> None:
    """It is sent then, not sooner."""
    _set(draft, "due", due)
    _set(draft, "received", due)


def take_place(draft: log.Event, place: int) -> None:
    """It is the event of this id."""
    _set(draft, "id", place)
    if draft.what.__class__ is Correcting:
        assert isinstance(draft.what, Correcting)
        _set(draft, "what", log.Correction(draft.what.target.id, draft.what.content))
