"""The front page: what this server is, what is in play, and links to all of it.

A browser sends no bearer token with a link, so documents are linked as ``/_mockdde/look/…``: the
same documents without a token, for this machine only.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any, Final, TypeAlias, cast

import orjson
from aiohttp import web

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.control import only_here
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import (
    DocumentFeed,
    StateFeed,
    StreamFeed,
    dialect_of,
    document_feeds,
    is_of,
    state_feeds,
    stream_feeds,
)
from mockdde.paths import Paths
from mockdde.shows import match

__all__ = ["LOOK", "add_routes"]

# What only the page and the descriptions need is imported with the first of them.
# ruff: noqa: PLC0415

LOOK: Final = "/_mockdde/look"

_Stream: TypeAlias = type[StreamFeed] | type[StateFeed]
_Feed: TypeAlias = type[DocumentFeed] | _Stream
_Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Moment: TypeAlias = Callable[[Collection[int]], Awaitable[float]]
_Answer: TypeAlias = Callable[[Mapping[str, int], Mapping[str, str]], bytes]
_LIVE_TOKEN: Final = "$(mockdde token)"  # noqa: S105  (a shell makes one of it)


# ── all that is asked of the engine ───────────────────────────────────────────────────────────


class _Play:
    """What is in play, as the documents have it: the page knows no more than a client does."""

    def __init__(self, engine: Engine, clock: WireClock) -> None:
        self._engine, self._clock = engine, clock

    def tournaments(self) -> list[dict[str, Any]]:
        """Each tournament as ``Engine.standing`` tells of it."""
        return [dict(each) for each in self._engine.standing(self._clock.now())]

    def token(self) -> str:
        """A token that is good, if any is; else a word that says to use one's own."""
        return "any" if self._engine.tokens.is_good("any") else "YOUR-TOKEN"

    def document(
        self, feed: type[DocumentFeed], params: Mapping[str, int], query: Mapping[str, str]
    ) -> bytes:
        """What GET answers. RequestError where it is none."""
        return self._engine.answers.document(feed, params, query, self._clock.now())

    def state(self, path: str) -> bytes:
        """The document of a stream of documents as it is now. RequestError where it is none."""
        return self._engine.answers.state(path, self._clock.now())

    def so_far(self, path: str) -> bytes:
        """The packets of a stream by now. RequestError where it is none."""
        return self._engine.answers.so_far(path, self._clock.now())

    def bare(self, feed: _Stream, params: Mapping[str, int]) -> bytes:
        """What GET answers of a stream at its path of its own. RequestError where it is none."""
        return self._engine.answers.bare(feed, params, self._clock.now())

    def path(self, feed: _Feed, params: Mapping[str, int]) -> str:
        """The path that a document or a stream goes by; nothing that sleeps wakes for it."""
        if feed.KIND == "document":
            return feed.PATH.format(**params)
        return self._engine.shows.path(cast("_Stream", feed), params)

    def numbers(self, tournament: int) -> _Numbers:
        """The rounds, teams and matches of a tournament that are drawn."""
        (schedule,) = (each for each in document_feeds() if each.NAME == "dde/schedule")
        found = _Numbers(tournament)
        for slot in orjson.loads(self.document(schedule, {"tournament": tournament}, {})):
            if slot["matchType"] == "Matchplay":
                found.matches[slot["group"]["groupNo"]] = None  # a match's number is its group's
            for team in slot["group"]["teams"]:
                found.teams[team["teamNo"]] = None
                found.outings[slot["round"], team["teamNo"]] = None
        return found


@dataclass
class _Numbers:
    """What stands for the parameters of paths; dicts are sets that keep their order."""

    tournament: int
    outings: dict[tuple[int, int], None] = field(default_factory=dict)
    teams: dict[int, None] = field(default_factory=dict)
    matches: dict[int, None] = field(default_factory=dict)

    def first(self) -> dict[str, int]:
        """One value of each parameter."""
        outing, match_no = next(iter(self.outings), None), next(iter(self.matches), None)
        found = {"tournament": self.tournament}
        found |= {"round": outing[0], "team": outing[1]} if outing else {}
        return found | ({"match": match_no} if match_no is not None else {})

    def of(self, feed: _Feed) -> Iterator[dict[str, int]]:
        """The parameters of each document or stream of a feed."""
        names = set(re.findall(r"{(\w+)}", feed.PATH))
        base = {"tournament": self.tournament} if "tournament" in names else {}
        if {"round", "team"} <= names:
            yield from (base | {"round": no, "team": team} for no, team in sorted(self.outings))
            return
        known: dict[str, Iterable[int]] = {
            "round": {no for no, _ in self.outings},
            "team": self.teams,
            "match": self.matches,
        }
        rest = sorted(names - {"tournament"})
        for values in product(*(sorted(known.get(name, ())) for name in rest)):
            yield base | dict(zip(rest, values, strict=True))


# ── routes ────────────────────────────────────────────────────────────────────────────────────


def add_routes(paths: Paths, engine: Engine, clock: WireClock, moment: Moment) -> None:
    """Serve the page, the documents without a token, and the two descriptions.

    ``moment`` is awaited before the engine is asked about tournaments.
    """
    play = _Play(engine, clock)

    async def front(request: web.Request) -> web.Response:
        await moment([each["tournament"] for each in play.tournaments()])
        accept = request.headers.get("Accept", "")
        only = _asked(request, play)
        if "application/json" in accept and "text/html" not in accept:
            return _json(_as_json(request, play, only))
        from mockdde._page import page

        return web.Response(text=page(_as_json(request, play, only)), content_type="text/html")

    async def openapi(request: web.Request) -> web.Response:
        from mockdde import describe

        only_here(request)
        # Of what is over everything is answered.
        over = {
            each["play"]: each["tournament"]
            for each in reversed(play.tournaments())
            if each["over"]
        }
        await moment(over.values())
        url = f"{request.scheme}://{request.host}"
        examples = {kind: play.numbers(no).first() for kind, no in over.items()}
        return _json(describe.openapi(url, examples))

    paths.add_get("/", front)
    paths.add_get("/_mockdde/openapi.json", openapi)
    paths.add_get("/_mockdde/asyncapi.json", _asyncapi)
    for feed in _feeds():
        look = _look(_answer(play, feed), partial(_about, engine, feed), moment)
        paths.add_get(LOOK + _answered_at(feed), look)


async def _asyncapi(request: web.Request) -> web.Response:
    from mockdde import describe

    only_here(request)
    return _json(describe.asyncapi(request.host, secure=request.secure))


def _answered_at(feed: _Feed) -> str:
    """The pattern of the paths where GET answers."""
    path: str = getattr(feed, "REST", feed.PATH)
    return path


def _answer(play: _Play, feed: _Feed) -> _Answer:
    """How a document or the stream at some numbers is looked at."""
    if feed.KIND == "document":
        return partial(play.document, cast("type[DocumentFeed]", feed))
    if hasattr(feed, "REST"):
        return lambda params, _: play.bare(cast("_Stream", feed), params)
    look = play.state if feed.KIND == "state" else play.so_far
    return lambda params, _: look(feed.PATH.format(**params))


def _about(engine: Engine, feed: _Feed, params: Mapping[str, int]) -> Collection[int]:
    """The tournaments that a document is about."""
    if feed.KIND == "document":
        return engine.answers.about(cast("type[DocumentFeed]", feed), params)
    return (params["tournament"],)


def _look(
    answer: _Answer, about: Callable[[Mapping[str, int]], Collection[int]], moment: Moment
) -> _Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        only_here(request)
        params = {name: int(value) for name, value in request.match_info.items()}
        await moment(about(params))
        body = answer(params, dict(request.query))
        return web.Response(body=body, content_type="application/json")

    return handle


def _json(value: Any) -> web.Response:
    return web.Response(body=orjson.dumps(value), content_type="application/json")


def _feeds() -> list[_Feed]:
    return [*document_feeds(), *state_feeds(), *stream_feeds()]


def _asked(request: web.Request, play: _Play) -> int | None:
    """The tournament whose documents and streams are all to be listed."""
    text = request.query.get("tournament")
    if text is None:
        return None
    ids = [each["tournament"] for each in play.tournaments()]
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) not in ids:
        known = ", ".join(str(each) for each in ids)
        raise RequestError(404, f"there is no tournament {text[:40]!r} here; it can be {known}")
    return int(text)


# ── what the page says ────────────────────────────────────────────────────────────────────────


def _as_json(request: web.Request, play: _Play, only: int | None) -> dict[str, Any]:
    """All that the page says; ``only``: every link of this tournament, else one of each kind."""
    tournaments = [
        each | {"feeds": list(_links(play, each, every=only is not None))}
        for each in play.tournaments()
        if only in (None, each["tournament"])
    ]
    return {
        "name": "mockdde",
        "version": __version__,
        "rest": f"{request.scheme}://{request.host}",
        "ws": f"{'wss' if request.scheme == 'https' else 'ws'}://{request.host}",
        "token": play.token(),
        "live_token": _LIVE_TOKEN,
        "look": LOOK,
        "only": only,
        "documents": [
            {"name": each.NAME, "about": each.ABOUT, "path": each.PATH}
            for each in document_feeds()
            if "{" not in each.PATH
        ],
        "tournaments": tournaments,
        "control": [
            "/_mockdde/health",
            "/_mockdde/journal",
            "/_mockdde/control.json",
            "/_mockdde/openapi.json",
            "/_mockdde/asyncapi.json",
        ],
    }


def _links(play: _Play, tournament: Mapping[str, Any], *, every: bool) -> Iterator[dict[str, Any]]:
    """Each feed of a tournament with the paths of its documents or streams."""
    numbers = play.numbers(tournament["tournament"])
    for feed in _feeds():
        if "{" not in feed.PATH or not is_of(feed, tournament["play"]):
            continue
        paths = [play.path(feed, params) for params in numbers.of(feed)]
        shown = paths if every else paths[:1]
        rest = {"rest": [_rest(feed, path) for path in shown]} if hasattr(feed, "REST") else {}
        yield {
            "name": feed.NAME,
            "dialect": dialect_of(feed),
            "about": feed.ABOUT,
            "kind": feed.KIND,
            "count": len(paths),
            "paths": shown,
            **rest,
        }


def _rest(feed: _Feed, path: str) -> str:
    """Where GET answers what the stream at a path has."""
    found = match(path, [feed])
    assert found is not None, "it is a path of this feed"
    return _answered_at(feed).format(**found[1])
