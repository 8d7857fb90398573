"""What scorers cannot send while all devices are away: it waits for the first that is back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mockdde import log
from mockdde.scorer.draft import put_off

__all__ = ["Held"]


class Held:
    """What a team's scorer could send, and what waits until it can.

    What happened while the state was Disconnected follows the next state, all at once. Where none
    comes it precedes RoundOfficial, which no device sends.
    """

    def __init__(self) -> None:
        self._away = False
        self._waiting: list[log.Event] = []

    def sent(self, drafts: Iterable[log.Event]) -> Iterator[log.Event]:
        """Of these drafts, and of what waited, what can be sent now, in order."""
        for draft in drafts:
            match draft.what:
                case log.ConnectionState(state):
                    yield draft
                    self._away = state == "Disconnected"
                    yield from self._released(draft.due + 1)
                case log.RoundOfficial():
                    yield from self._released(draft.due)
                    yield draft
                case _ if self._away:
                    self._waiting.append(draft)
                case _:
                    yield draft

    def _released(self, due: int) -> Iterator[log.Event]:
        waiting, self._waiting = self._waiting, []
        for draft in waiting:
            put_off(draft, max(due, draft.due))
            yield draft
