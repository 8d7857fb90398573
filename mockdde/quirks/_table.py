"""The table of quirks, from its parts.

Evidence: *sample*, a real packet shows it; *table*, the golf documentation says it; *sibling*, the
documentation of another sport on the same platform does; *none*, nothing public says it.
"""

from __future__ import annotations

from typing import Final

from mockdde.quirks._boards import BOARDS
from mockdde.quirks._documents import DOCUMENTS
from mockdde.quirks._events import EVENTS
from mockdde.quirks._live import LIVE
from mockdde.quirks._live_documents import LIVE_DOCUMENTS
from mockdde.quirks._live_states import LIVE_STATES
from mockdde.quirks._live_streams import LIVE_STREAMS
from mockdde.quirks._live_tokens import LIVE_TOKENS
from mockdde.quirks._matchdetails import MATCH_DETAILS
from mockdde.quirks._matches import MATCHES
from mockdde.quirks._quirk import Quirk
from mockdde.quirks._statistics import STATISTICS
from mockdde.quirks._streams import STREAMS

__all__ = ["QUIRKS", "Quirk"]


def _table(quirks: tuple[Quirk, ...]) -> dict[str, Quirk]:
    table = {quirk.name: quirk for quirk in quirks}
    assert len(table) == len(quirks), "two quirks have one name"
    return table


QUIRKS: Final = _table(
    (
        *EVENTS,
        *STREAMS,
        *BOARDS,
        *STATISTICS,
        *DOCUMENTS,
        *MATCHES,
        *MATCH_DETAILS,
        *LIVE,
        *LIVE_DOCUMENTS,
        *LIVE_STATES,
        *LIVE_STREAMS,
        *LIVE_TOKENS,
    )
)
