"""What is asked of documents, in both dialects: of which tournament, and with which query."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from mockdde.books import Books
from mockdde.errors import RequestError, nearest
from mockdde.feeds import Parameter
from mockdde.quirks import Quirks

__all__ = ["absent", "check_names", "day_of", "find", "word_of"]


def find(world: Sequence[Books], tournament: int, quirks: Quirks) -> Books:
    """The books of a tournament. RequestError where there is none of this id."""
    for books in world:
        if books.tournament.id == tournament:
            return books
    ids = [books.tournament.id for books in world]
    raise absent(quirks, f"there is no tournament {tournament} here{nearest(tournament, ids)}")


def absent(quirks: Quirks, sentence: str) -> RequestError:
    """The error of an id that is none (quirk unknown-id)."""
    return RequestError(int(quirks["unknown-id"]), sentence)


def check_names(query: Mapping[str, str], parameters: Iterable[Parameter], quirks: Quirks) -> None:
    """RequestError where there is a parameter that the endpoint has not."""
    if quirks["unknown-query"] == "ignored":
        return
    known = [each.name for each in parameters]
    for name in query:
        if name not in known:
            tail = nearest(name, known) or "; this endpoint has none"
            raise RequestError(400, f"there is no query parameter {name!r}{tail}")


def day_of(query: Mapping[str, str], name: str) -> str | None:
    """The day YYYY-MM-DD that a parameter has; None where it is not there."""
    text = query.get(name)
    if text is None:
        return None
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = f"{name}={text!r} is no day; write YYYY-MM-DD, such as 2025-04-15"
        raise RequestError(400, message) from None


def word_of(query: Mapping[str, str], name: str, words: Sequence[str]) -> str | None:
    """The word that a parameter has, one of ``words``; None where it is not there."""
    word = query.get(name)
    if word is not None and word not in words:
        raise RequestError(400, f"there is no {name} {word!r}{nearest(word, words)}")
    return word
