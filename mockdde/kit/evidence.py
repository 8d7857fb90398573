"""Evidence: all that one run of a case has shown, as the one document that is judged."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Ending"]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a client came to its end; ``seconds`` are real ones, from its start."""

    how: str  # exited: by itself; stopped: when it was asked to; killed: only when it was killed
    code: int | None  # None after a signal
    signal: int | None
    seconds: float
    left_behind: int = 0  # processes of its that outlived it
