"""Scenarios: what comes with mockdde, what is played, one more, and all as at the start."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING

from aiohttp import web

from mockdde import meddling
from mockdde.control._gate import Routes, body, gated, json_answer, looked, members
from mockdde.errors import RequestError, ScenarioError, nearest
from mockdde.scenario import Scenario, load_text, shipped
from mockdde.scenario.load import load_shipped
from mockdde.world import Tournament, stage

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["routes"]

_EXAMPLE = '{name: penalty/free-drop} or {yaml: "title: …"}'


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Scenarios(server)
    yield "GET", "scenarios", gated(handlers.shown)
    yield "POST", "scenarios", gated(handlers.add)
    yield "POST", "scenarios/{tournament:9}/restart", gated(handlers.restart)
    yield "POST", "reset", gated(handlers.reset)


class _Scenarios:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def shown(self, request: web.Request) -> web.Response:  # noqa: ARG002
        known = await asyncio.to_thread(_shipped)
        now = looked(self._server)
        return json_answer({"shipped": known, "loaded": self._server.engine.standing(now)})

    async def add(self, request: web.Request) -> web.Response:
        source = await body(request)
        said = members(source, ("name", "yaml"), _EXAMPLE)
        if len(said) != 1 or not all(isinstance(each, str) for each in said.values()):
            message = f"say exactly one of name and yaml, as text: {_EXAMPLE}"
            raise ScenarioError(source.mark(()), message)
        scenario = await asyncio.to_thread(_scenario, said)
        engine = self._server.engine
        number = scenario.tournament.id
        if number not in engine.shows.numbers:
            tournament = await asyncio.to_thread(self._staged, scenario, "yaml" in said)
            engine.conductor.add(tournament, await self._server.moment())
        else:
            message = f"there is a tournament {number} here already"
            raise RequestError(409, f"{message}; give this one another tournament.id")
        self._server.wake()
        now = self._server.clock.now()
        (added,) = (each for each in engine.standing(now) if each["tournament"] == number)
        return json_answer(added, 201)

    def _staged(self, scenario: Scenario, own: bool) -> Tournament:
        # What comes with mockdde is known to be right and told as it is read.
        tournament = stage(scenario, self._server.settings, lazily=not own)
        if scenario.wire:
            tournament.log.whole()  # its faults are held against all its streams
        return tournament

    async def restart(self, request: web.Request) -> web.Response:
        engine, number = self._server.engine, int(request.match_info["tournament"])
        engine.conductor.restart(await self._server.moment(), (number,))
        return self._answer()

    async def reset(self, request: web.Request) -> web.Response:  # noqa: ARG002
        meddling.reset(self._server.engine, await self._server.moment())
        return self._answer()

    def _answer(self) -> web.Response:
        self._server.wake()
        engine = self._server.engine
        return json_answer({"tournaments": engine.standing(self._server.clock.now())})


@cache
def _shipped() -> list[dict[str, str]]:
    scenarios = [load_shipped(name, file) for name, file in shipped()]
    return [{"name": each.name, "title": each.title, "about": each.about} for each in scenarios]


def _scenario(said: dict[str, str]) -> Scenario:
    """The scenario of a body; a name is of those that come with mockdde, and no file's."""
    if "yaml" in said:
        return load_text(said["yaml"], "yaml")
    files, name = dict(shipped()), said["name"]
    if name not in files:
        raise RequestError(
            404, f"no scenario {name[:60]!r} comes with mockdde{nearest(name, files)}"
        )
    return load_shipped(name, files[name])
