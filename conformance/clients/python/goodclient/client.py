"""All together: a client that follows its targets to their ends, and then returns 0."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import suppress
from typing import Any

import aiohttp

from goodclient.contract import Contract
from goodclient.dde import DdeStream
from goodclient.rest import Rest
from goodclient.rounds import Book, Round
from goodclient.state import Reporter
from goodclient.stream import Stream

__all__ = ["UNSUPPORTED", "Client", "main", "program"]

UNSUPPORTED = 89


class Client:
    """Everything is made of the classes named here; another client names others."""

    dde_stream: type[Stream] = DdeStream
    round_book: type[Book] = Round
    match_book: type[Book] = Round
    reporter_class: type[Reporter] = Reporter
    rest_class: type[Rest] = Rest

    session: aiohttp.ClientSession

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.contract = Contract.of(environ)
        self.reporter = self.reporter_class(self)
        self.rest = self.rest_class(self)
        self.streams: list[Stream] = []
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
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=None)
        ) as self.session:
            make = self.dde_stream
            self.streams = [make(self, each) for each in self.contract.targets]
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
        return self.contract.dialect == "dde"

    async def facts(self) -> None:
        """What REST says of the tournament."""
        for number in sorted({each.tournament for each in self.contract.targets}):
            await self.rest.get(f"/golf/tournaments/{number}")

    def books(self, stream: Stream) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The rounds and matches of a stream, by their keys in a state document."""
        target = stream.target
        assert isinstance(stream, DdeStream)
        if target.match is None:
            yield f"{target.tournament}/{target.round}/{target.teams[0]}", stream.book.document()
        else:
            yield f"{target.tournament}/{target.match}", stream.book.document()


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
            return 0

    return asyncio.run(run())
