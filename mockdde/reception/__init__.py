"""How connections are received, by dialect: handshakes that go on in messages, heartbeats, ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockdde.reception._house import House, Reception

__all__ = ["House", "Reception", "receptions"]


def receptions(house: House, is_token: Callable[[str], bool]) -> Mapping[str, Reception]:
    """A reception for each dialect."""
    return _Receptions(house, is_token)


class _Receptions(dict[str, Reception]):
    """Each is made, and imported, when the first connection of its dialect comes."""

    def __init__(self, house: House, is_token: Callable[[str], bool]) -> None:
        super().__init__()
        self._house, self._is_token = house, is_token

    def __missing__(self, dialect: str) -> Reception:
        self[dialect] = made = self._made(dialect)
        return made

    def _made(self, dialect: str) -> Reception:
        if dialect == "dde":
            from mockdde.reception.dde import DdeReception  # noqa: PLC0415

            return DdeReception(self._house, self._is_token)
        from mockdde.reception.live import LiveReception  # noqa: PLC0415

        return LiveReception(self._house)
