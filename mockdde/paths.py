"""All paths of a server as one resource of aiohttp's: found by their segments, cheap to begin with.

``{tournament}`` is a whole number of ten digits at most, ``{id:15}`` one of fifteen, and
``{name:text}`` anything that has no slash.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import cache
from typing import Any, NoReturn, TypeAlias

from aiohttp import web

__all__ = ["Handler", "Paths"]

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

_DIGITS = 10
_LONGEST = 200  # characters of a text


class _Place:
    """What begins with some segments: what is answered there, and what goes on from there."""

    __slots__ = ("handlers", "literal", "parameters", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.handlers: dict[str, Handler] = {}  # by method
        self.literal: dict[str, _Place] = {}
        self.parameters: dict[str, _Place] = {}

    def next(self, segment: str) -> _Place:
        """The place one segment on, made where there is none."""
        places = self.parameters if segment.startswith("{") else self.literal
        if segment not in places:
            places[segment] = _Place(f"{self.path}/{segment}")
        return places[segment]

    def find(self, segments: Sequence[str], found: dict[str, str]) -> _Place | None:
        """The place of these segments, where something is answered; ``found`` gets the values."""
        if not segments:
            return self if self.handlers else None
        first, rest = segments[0], segments[1:]
        if first in self.literal:
            return self.literal[first].find(rest, found)
        for segment, place in self.parameters.items():
            name, pattern = _parameter(segment)
            if pattern.fullmatch(first) and (there := place.find(rest, found)) is not None:
                found[name] = first.replace("%2F", "/").replace("%25", "%")
                return there
        return None


@cache
def _parameter(segment: str) -> tuple[str, re.Pattern[str]]:
    name, _, kind = segment[1:-1].partition(":")
    if kind == "text":
        return name, re.compile(f"[^/]{{1,{_LONGEST}}}")
    return name, re.compile(f"[0-9]{{1,{kind or _DIGITS}}}")


class Paths(web.AbstractResource):
    """``add`` them, then give this to a router."""

    def __init__(self) -> None:
        super().__init__()
        self._root = _Place("")
        self._more: Callable[[Paths], None] | None = None
        self._routes: dict[tuple[str, str], web.ResourceRoute] = {}  # of what was asked for

    def add(self, method: str, path: str, handler: Handler) -> None:
        """This is answered at a path; where there is an answer already that one stays."""
        place = self._root
        for segment in path.split("/")[1:]:
            place = place.next(segment)
        place.handlers.setdefault(method, handler)

    def add_get(self, path: str, handler: Handler) -> None:
        """HEAD, too."""
        self.add("GET", path, handler)
        self.add("HEAD", path, handler)

    def later(self, more: Callable[[Paths], None]) -> None:
        """``more`` adds paths, none of which hides one that is there; called once it matters."""
        self._more = more

    def _complete(self) -> bool:
        """Add what was to be added later; false where nothing was."""
        more, self._more = self._more, None
        if more is not None:
            more(self)
        return more is not None

    def all(self) -> Iterator[tuple[str, str]]:
        """Every method and path."""
        self._complete()
        places = [self._root]
        for place in places:
            places += [*place.literal.values(), *place.parameters.values()]
            yield from ((method, place.path) for method in place.handlers)

    # ── what a router asks ────────────────────────────────────────────────────────────────────

    async def resolve(
        self, request: web.Request
    ) -> tuple[web.UrlMappingMatchInfo | None, set[str]]:
        """The handler of a request; without one, the methods for which there are some."""
        values: dict[str, str] = {}
        segments = request.rel_url.path_safe.split("/")[1:]
        place = self._root.find(segments, values)
        if place is None and self._complete():
            place = self._root.find(segments, values)
        if place is None:
            return None, set()
        method, handlers = request.method, place.handlers
        if method not in handlers:
            return None, {*handlers}
        route = self._routes.get((method, place.path))
        if route is None:
            route = web.ResourceRoute(method, handlers[method], self)
            self._routes[method, place.path] = route
        return web.UrlMappingMatchInfo(values, route), {*handlers}

    @property
    def canonical(self) -> str:
        """That of what all paths begin with."""
        return "/"

    def raw_match(self, path: str) -> bool:  # noqa: ARG002
        """Nothing else is added to it by the router."""
        return False

    def get_info(self) -> Any:
        """As a prefix has it."""
        return {"prefix": "/"}

    def url_for(self, **_: str) -> NoReturn:
        """Nobody asks."""
        raise NotImplementedError

    def add_prefix(self, prefix: str) -> NoReturn:
        """Nobody does."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._routes)

    def __iter__(self) -> Iterator[web.AbstractRoute]:
        return iter(self._routes.values())
