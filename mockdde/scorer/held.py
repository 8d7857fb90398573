"""What scorers cannot send while all devices are away: it waits for the first that is back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mockdde import log
from mockdde.scorer.draft import Draft

__all__ = ["held"]


def held(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts of a round in the order in which they can be sent; ``due`` is changed in place.

    What happened while the state was Disconnected follows the next state, all at once. Where none
    comes it precedes RoundOfficial, which no device sends.
    """
    away = False
    waiting: list[Draft] = []
    for draft in drafts:
        match draft.what:
            case log.ConnectionState(state):
                yield draft
                away = state == "Disconnected"
                yield from _released(waiting, draft.due + 1)
                waiting = []
            case log.RoundOfficial():
                yield from _released(waiting, draft.due)
                yield draft
            case _ if away:
                waiting.append(draft)
            case _:
                yield draft


def _released(waiting: list[Draft], due: int) -> Iterator[Draft]:
    for draft in waiting:
        draft.due = max(due, draft.due)
        yield draft
