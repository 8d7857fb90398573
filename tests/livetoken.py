"""The token that tests show to the live dialect."""

from __future__ import annotations

from functools import cache

from mockdde.tokens import ready_made

__all__ = ["live_token"]


@cache
def live_token() -> str:
    """One that is good at any server, of both dialects where the DDE feed takes any."""
    return ready_made()
