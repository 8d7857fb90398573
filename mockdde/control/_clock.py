"""Health, and the clocks of play."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from aiohttp import web

from mockdde import __version__, issuer
from mockdde.control._gate import Routes, body, gated, json_answer, looked, members, shown
from mockdde.errors import ScenarioError
from mockdde.feeds import document_feeds, state_feeds, stream_feeds
from mockdde.multiplexer import MULTIPLEXER
from mockdde.scenario.source import Source
from mockdde.show import Feed

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["number_of", "routes"]

_HANDS = ("pause", "resume", "speed", "step", "seek")
_EXAMPLE = "{pause: true}, {speed: 60}, {step: round/1/team/12} or {seek: 2h30m}"


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Clock(server)
    yield "GET", "health", gated(handlers.health)
    yield "GET", "clock", gated(handlers.stand)
    yield "POST", "clock", gated(handlers.set)
    yield "GET", "control.json", gated(handlers.described)


class _Clock:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def health(self, request: web.Request) -> web.Response:  # noqa: ARG002
        streams: list[Feed] = [*stream_feeds(), *state_feeds()]
        return json_answer(
            {
                "status": "ok",
                "version": __version__,
                "tournaments": self._standing(),
                "connections": len(self._server.engine.subscribers),
                "endpoints": [
                    *(each.PATH for each in document_feeds()),
                    *(each.PATH for each in streams),
                    *(each.REST for each in streams if hasattr(each, "REST")),
                    MULTIPLEXER,
                    *issuer.PATHS,
                ],
            }
        )

    async def described(self, request: web.Request) -> web.Response:
        from mockdde import describe  # noqa: PLC0415  (a server need not wait for it)

        return json_answer(describe.control(f"{request.scheme}://{request.host}"))

    def _standing(self) -> list[dict[str, object]]:
        return self._server.engine.standing(looked(self._server))

    async def stand(self, request: web.Request) -> web.Response:  # noqa: ARG002
        return json_answer({"tournaments": self._standing()})

    async def set(self, request: web.Request) -> web.Response:
        source = await body(request)
        said = members(source, (*_HANDS, "tournament"), _EXAMPLE)
        hands = [each for each in _HANDS if each in said]
        if len(hands) != 1:
            what = " and ".join(hands) or "none"
            message = f"say exactly one of {', '.join(_HANDS)}, not {what}"
            raise ScenarioError(source.mark(()), message)
        number = number_of(source)
        numbers = () if number is None else (number,)
        sent = await self._set(source, hands[0], said[hands[0]], numbers)
        self._server.wake()
        told = {"tournaments": self._standing()}
        return json_answer(told if sent is None else {"sent": sent, **told})

    async def _set(
        self, source: Source, hand: str, value: Any, numbers: tuple[int, ...]
    ) -> dict[str, object] | None:
        """Turn one hand; of a step, what was sent."""
        conductor, now = self._server.engine.conductor, await self._server.moment(numbers)
        match hand, value:
            case "pause", True:
                conductor.pause(now, numbers)
            case "resume", True:
                conductor.resume(now, numbers)
            case "speed", int() | float() if not isinstance(value, bool):
                conductor.set_speed(now, float(value), numbers)
            case "seek", str():
                conductor.seek(now, value, numbers)
            case "step", str():
                for sent in conductor.stepping(now, value, numbers):
                    if sent is not None:
                        return sent
                    await asyncio.sleep(0)  # others have their turn
            case _:
                wanted = {"pause": "true", "resume": "true", "speed": "a number"}.get(hand, "text")
                message = f"{hand} is {shown(value)}; it must be {wanted}"
                raise ScenarioError(source.mark((hand,)), message)
        return None


def number_of(source: Source) -> int | None:
    """The tournament that a body names, if it does. ScenarioError where that is no id."""
    assert isinstance(source.value, dict)
    number = source.value.get("tournament")
    if number is None or (isinstance(number, int) and not isinstance(number, bool)):
        return number
    message = f"tournament is {shown(number)}; it must be a tournament's id"
    raise ScenarioError(source.mark(("tournament",)), message)
