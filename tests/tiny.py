"""Feeds as small as their contracts allow, so that what carries them is tested on its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import orjson
import pytest

import mockdde.feeds
from mockdde.books import Books, Change
from mockdde.errors import RequestError
from mockdde.feeds import Parameter, document_feeds, stream_feeds
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.quirks import Quirks

__all__ = ["BOARD", "CARD", "Board", "Card", "Field", "Named", "feeds"]

BOARD = "/golf/tournaments/7/tinyboard"
CARD = "/golf/tournaments/7/tinycard/{}"


class Board:
    """Who has how many strokes: another document with every finished hole, and much else."""

    NAME: ClassVar[str] = "dde/tiny-board"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/tinyboard"
    KIND: ClassVar[str] = "state"
    hears_all = False
    ABOUT: ClassVar[str] = "Strokes by team."
    FEED_TYPE: ClassVar[str] = "leaderboard"
    encoded: ClassVar[int] = 0  # how often a document was asked for

    def __init__(self, books: Books) -> None:
        self._books = books
        self._path = self.PATH.format(tournament=books.tournament.id)

    def streams(self) -> Iterator[str]:
        """One."""
        yield self._path

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """It is always there."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """Whatever a leaderboard shows."""
        return [self._path] if change.board else []

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """Strokes by team."""
        assert path == self._path
        type(self).encoded += 1
        strokes = {str(no): team.strokes for no, team in self._books.teams.items()}
        return orjson.dumps({"seqNum": seq, "timestamp": iso_millis(sent), "strokes": strokes})


class Card:
    """A team's own: another document with every finished hole of it."""

    NAME: ClassVar[str] = "dde/tiny-card"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/tinycard/{team}"
    KIND: ClassVar[str] = "state"
    hears_all = False
    ABOUT: ClassVar[str] = "Strokes of a team."
    FEED_TYPE: ClassVar[str] = "holebyhole"

    def __init__(self, books: Books) -> None:
        self._books = books

    def _path(self, team: int) -> str:
        return self.PATH.format(tournament=self._books.tournament.id, team=team)

    def streams(self) -> Iterator[str]:
        """One a team."""
        return (self._path(team) for team in self._books.teams)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """There are those of its teams."""
        team = params["team"]
        return None if team in self._books.teams else f"there is no team {team}"

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """Whatever changes a line."""
        return [self._path(change.hole[1])] if change.hole else []

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """Strokes so far."""
        team = self._books.teams[int(path.rpartition("/")[2])]
        return orjson.dumps({"seqNum": seq, "sent": sent, "strokes": team.strokes})


class Field:
    """Who plays, a page of it."""

    NAME: ClassVar[str] = "dde/tiny-field"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/tinyfield"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "Who plays."
    QUERY: ClassVar[tuple[Parameter, ...]] = (
        Parameter("from", "The first team.", {"type": "integer"}),
    )
    rendered: ClassVar[int] = 0

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:  # noqa: ARG002
        self._world = {books.tournament.id: books for books in world}

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Only who comes and goes."""
        return bool(change.team)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> Any:
        """The teams from a number on, each with its status."""
        type(self).rendered += 1
        if params["tournament"] not in self._world:
            raise RequestError(404, f"there is no tournament {params['tournament']} here")
        if not query.get("from", "1").isdecimal():
            raise RequestError(400, "from is no number")
        first = int(query.get("from", "1"))
        teams = self._world[params["tournament"]].teams
        return {str(no): team.status for no, team in teams.items() if no >= first}


class Named:
    """A path that a parameter of another one could be, and all tournaments in it."""

    NAME: ClassVar[str] = "dde/tiny-named"
    PATH: ClassVar[str] = "/golf/tournaments/tinyworld"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "All tournaments."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:  # noqa: ARG002
        self._world = world

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Whatever a tournament is."""
        return change.board

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> Any:  # noqa: ARG002
        """The status of each."""
        return {str(books.tournament.id): books.status for books in self._world}


@pytest.fixture(autouse=True)
def feeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve these instead of the state feeds and documents there are, but for liveevents."""
    live = next(each for each in document_feeds() if each.PATH.endswith("/liveevents"))

    class Live(live):  # type: ignore[valid-type,misc]
        LIVE = True

    kinds: dict[str, list[Any]] = {
        "stream": list(stream_feeds()),
        "state": [Board, Card],
        "document": [Live, Field, Named],
    }
    monkeypatch.setattr(mockdde.feeds, "_of_kind", kinds.__getitem__)
