"""All together: a client that follows its targets to their ends, and then returns 0."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

import aiohttp

from goodclient.contract import Contract, Target
from goodclient.dde import DdeStream
from goodclient.live import LiveStream
from goodclient.matches import LiveMatch, Match
from goodclient.objects import LiveRound, Objects
from goodclient.rest import Rest
from goodclient.rounds import Book, Round
from goodclient.state import Reporter

__all__ = ["UNSUPPORTED", "Client", "main", "program"]

UNSUPPORTED = 89


class Client:
    """Everything is made of the classes named here; another client names others."""

    dde_stream: type[DdeStream] = DdeStream
    live_stream: type[LiveStream] = LiveStream
    round_book: type[Book] = Round
    match_book: type[Book] = Match
    live_round: type[Objects] = LiveRound
    live_match: type[Objects] = LiveMatch
    reporter_class: type[Reporter] = Reporter
    rest_class: type[Rest] = Rest

    session: aiohttp.ClientSession

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.contract = Contract.of(environ)
        self.reporter = self.reporter_class(self)
        self.rest = self.rest_class(self)
        self.streams: list[DdeStream | LiveStream] = []
        self.name = ""  # of the tournament

    @classmethod
    def of(cls, **others: type) -> Callable[[Mapping[str, str]], Coroutine[Any, Any, int]]:
        """A main with other classes: ``Client.of(dde_stream=Deaf)``."""
        made = type(cls.__name__, (cls,), others)

        async def main(environ: Mapping[str, str]) -> int:
            return await made(environ).run()

        return main

    async def run(self) -> int:
        """Follow all targets; the exit code. Whoever cancels it finds everything closed."""
        if not self.supports():
            return UNSUPPORTED
        patient = aiohttp.ClientTimeout(total=None)  # everybody has timeouts of his own
        async with (
            # Each stream has a connection of its own, and no question waits for another's.
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, force_close=True), timeout=patient
            ) as self.session,
            aiohttp.ClientSession(timeout=patient) as self.reporter.session,
        ):
            self.streams = [self.stream(each) for each in self.contract.targets]
            aside = [asyncio.ensure_future(each) for each in (self.reporter.run(), self.facts())]
            following = [asyncio.ensure_future(each.run()) for each in self.streams]
            self.reporter.changed()
            try:
                await asyncio.gather(*following)
                aside[0].cancel()
                with suppress(asyncio.CancelledError):
                    await aside[0]
                await self.reporter.flush(5)
            finally:
                await _ended([*aside, *following])
        return 0

    def supports(self) -> bool:
        """Whether we do such a case at all."""
        return self.contract.dialect in ("dde", "live")

    def stream(self, target: Target) -> DdeStream | LiveStream:
        """Who follows a target."""
        make = self.dde_stream if self.contract.dialect == "dde" else self.live_stream
        return make(self, target)

    @property
    def about(self) -> str:
        """Where REST tells of a tournament."""
        is_dde = self.contract.dialect == "dde"
        return "/golf/tournaments/{}" if is_dde else "/golf/rest/v1/tournaments/{}"

    async def facts(self) -> None:
        """What REST says of the tournament: its name. Nothing else waits for it."""
        for number in sorted({each.tournament for each in self.contract.targets}):
            body = await self.rest.get(self.about.format(number))
            with suppress(ValueError, TypeError):
                self.name = json.loads(body)["name"]


async def _ended(tasks: list[asyncio.Future[Any]]) -> None:
    """Cancel what still runs, and wait until it has gone."""
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def main(environ: Mapping[str, str]) -> int:
    """The launch contract, in-process: no globals, no signals, nothing left open."""
    return await Client(environ).run()


def program() -> int:
    """The same as a program; SIGTERM and SIGINT ask it to stop."""

    async def run() -> int:
        task = asyncio.ensure_future(main(os.environ))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            return 143  # as of who is ended by SIGTERM: not all is final

    return asyncio.run(run())
