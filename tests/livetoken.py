"""The token that tests show to the live dialect."""

from __future__ import annotations

from functools import cache

from mockdde.tokens import ready_made

__all__ = ["live_token"]


@cache
def live_token() -> str:
    """One that is good at any server: what ``mockdde token`` prints."""
    return ready_made()
