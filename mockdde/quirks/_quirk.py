"""What a quirk is."""

from __future__ import annotations

from typing import Final

from mockdde.records import dataclass

__all__ = ["SECONDS", "Quirk"]

SECONDS: Final = ("token-deadline", "live-init-deadline", "live-client-silence-seconds")


@dataclass(frozen=True, slots=True)
class Quirk:
    """One contested fact; the first choice is the default.

    ``refused-text`` and ``SECONDS`` list only that: they take any text and any seconds.
    """

    name: str
    choices: tuple[str, ...]
    about: str
    evidence: str

    @property
    def default(self) -> str:
        """What the mock does unless it is told otherwise."""
        return self.choices[0]
