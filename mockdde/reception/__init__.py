"""How connections are received, by dialect: handshakes that go on in messages, heartbeats, ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockdde.reception._house import House, Reception
from mockdde.reception.dde import DdeReception
from mockdde.reception.live import LiveReception

__all__ = ["House", "Reception", "receptions"]


def receptions(house: House, is_token: Callable[[str], bool]) -> Mapping[str, Reception]:
    """A reception for each dialect."""
    return {"dde": DdeReception(house, is_token), "live": LiveReception(house)}
