"""Every error mockdde raises on purpose; anything else that escapes is a bug.

MockddeError                one sentence: what is wrong, where, what would be right
├── ScenarioError           the scenario's author wrote something impossible (has a mark)
├── DocumentError           a document handed to ``mockdde validate`` cannot be read
├── UsageError              a command or an option that cannot be carried out
├── CatalogueError          two shipped files claim the same name
├── TokenError              a token is not good; whoever has read it answers
└── RequestError            a client of the mock asked for what is not there (has an HTTP status)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mockdde.records import dataclass

__all__ = [
    "CatalogueError",
    "DocumentError",
    "Mark",
    "MockddeError",
    "RequestError",
    "ScenarioError",
    "TokenError",
    "UsageError",
    "nearest",
]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class MockddeError(Exception):
    """The root of the tree; ``str()`` of it is the sentence a person reads."""


class ScenarioError(MockddeError):
    """Something in a scenario is wrong, at ``mark``; ``more`` is what is wrong besides."""

    def __init__(self, mark: Mark, message: str, more: Iterable[ScenarioError] = ()) -> None:
        super().__init__(f"{mark}: {message}")
        self.mark = mark
        self.message = message
        self.more = tuple(more)


class DocumentError(MockddeError):
    """A document cannot be read as JSON or YAML."""


class UsageError(MockddeError):
    """A command cannot be carried out as it was given."""


class CatalogueError(MockddeError):
    """Two files of a catalogue claim the same name."""


class TokenError(MockddeError):
    """A token is not good, for this reason."""


class RequestError(MockddeError):
    """A client asked for something this server cannot give; ``status`` is the HTTP status.

    ``headers`` are those of the answer that only this error has.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers or {}


def nearest(word: object, legal: Iterable[object]) -> str:
    """A clause naming the legal word nearest to ``word``, or the few there are, or nothing.

    >>> nearest("Corection", ["Correction", "Penalty"])
    '; did you mean Correction?'
    """
    words = [str(each) for each in legal]
    if isinstance(word, int) or re.fullmatch("[-+]?[0-9.]+", str(word)):
        return _few(words)  # that a number looks like another means nothing
    import difflib  # noqa: PLC0415  (only who has made a mistake waits for it)

    folded = {each.casefold(): each for each in words}
    close = difflib.get_close_matches(str(word).casefold(), list(folded), n=1, cutoff=0.5)
    if close:
        return f"; did you mean {folded[close[0]]}?"
    return _few(words)


def _few(words: list[str]) -> str:
    if not words:
        return ""
    shown = ", ".join(words[:12]) + (" …" if len(words) > 12 else "")
    return f"; it can be {shown}" if len(words) > 1 else f"; it can only be {shown}"
