"""Ids: which of the DDE feed is which of the live dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mockdde.control._gate import Routes, gated, json_answer, looked, query, whole
from mockdde.idmap import id_map

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["routes"]

_MOST = 999_999_999  # an id of a tournament


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Ids(server)
    yield "GET", "ids", gated(handlers.shown)


class _Ids:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def shown(self, request: web.Request) -> web.Response:
        said = query(request, ("tournament",))
        number = whole(said, "tournament", 0, _MOST, 0) if "tournament" in said else None
        shows = self._server.engine.shows.named(number)
        looked(self._server)
        return json_answer({"tournaments": [id_map(each.broadcast.books) for each in shows]})
