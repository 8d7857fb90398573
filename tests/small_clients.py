"""Small clients of the DDE feed for tests of the runner: each a coroutine that has the launch
contract as its argument. One is good; the others have one thing wrong with them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import aiohttp

from client_fold import Round

__all__ = ["Good", "Stream", "good", "never_comes", "silent"]

GAP = 5.0  # seconds that a missing packet may come late
WATCHDOG = 45.0


class Stream:
    def __init__(self, target: dict[str, Any]) -> None:
        self.target = target
        self.round = Round()
        self.transport = "connecting"
        self.later: dict[int, dict[str, Any]] = {}

    @property
    def final(self) -> bool:
        return self.round.status == "RoundOfficial"

    def take(self, message: dict[str, Any]) -> None:
        seq = message.get("seqNum")
        if seq is None:
            self.round.feed(message)
        elif seq > self.round.seq:
            self.later[seq] = message
        while (packet := self.later.pop(self.round.seq + 1, None)) is not None:
            self.round.feed(packet)

    def state(self) -> dict[str, Any]:
        mine = self.round
        link = {"Connected": "connected", "Disconnected": "disconnected"}.get(mine.connection)
        trusted = self.transport == "open" and not self.later and link == "connected"
        return {
            "transport": self.transport,
            "source_link": link or "partially_disconnected",
            "last_applied": mine.seq or None,
            "mode": "hole_correction" if mine.correcting else "normal",
            "trusted": trusted and not mine.correcting,
            "final": self.final,
        }


class Good:
    """Who is wrong somewhere overrides that; ``main`` is what the runner starts."""

    tells = True

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.env = environ
        self.speed = float(environ["MOCKDDE_WIRE_SPEED"])
        self.streams = [Stream(each) for each in json.loads(environ["MOCKDDE_TARGETS"])]

    @classmethod
    async def main(cls, environ: Mapping[str, str]) -> int:
        return await cls(environ).run()

    async def run(self) -> int:
        async with aiohttp.ClientSession() as session:
            self.session = session
            await asyncio.gather(*(self.follow(each) for each in self.streams))
        return 0

    async def follow(self, stream: Stream) -> None:
        failures = 0
        while not stream.final:
            before = stream.round.seq
            with suppress(aiohttp.ClientError, ConnectionError, TimeoutError):
                await self.read(stream)
            if stream.final:
                break
            stream.transport = "reconnecting"
            await self.tell()
            failures = 0 if stream.round.seq > before else failures + 1
            await asyncio.sleep(min(2.0 ** max(failures, 0), 30.0) / self.speed)
        stream.transport = "closed"
        await self.tell()

    async def read(self, stream: Stream) -> None:
        url = self.env["MOCKDDE_WS_URL"] + stream.target["path"]
        async with self.session.ws_connect(url) as ws:
            await ws.send_json({"authToken": self.env["MOCKDDE_TOKEN"]})
            while not stream.final:
                patience = GAP if stream.later else WATCHDOG
                message = await ws.receive(patience / self.speed)
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                stream.transport = "open"
                stream.take(json.loads(message.data))
                await self.tell()

    async def tell(self) -> None:
        if not self.tells or not self.env["MOCKDDE_STATE_URL"]:
            return
        url = self.env["MOCKDDE_STATE_URL"]
        async with self.session.post(url, json=self.document()) as answer:
            assert answer.status == 204, await answer.text()

    def document(self) -> dict[str, Any]:
        document = {"schema": "mockdde.state/1", "streams": {}, "rounds": {}}
        for each in self.streams:
            target = each.target
            document["streams"][target["path"]] = each.state()
            key = f"{target['tournament']}/{target['round']}/{target['teams'][0]}"
            if each.round.holes:
                document["rounds"][key] = self.card(each)
        return document

    def card(self, stream: Stream) -> dict[str, Any]:
        return {
            "to_par": stream.round.to_par,
            "holes": {
                str(order): {"no": each.no, "strokes": each.strokes, "holed": each.holed}
                for order, each in stream.round.holes.items()
            },
        }


class Silent(Good):
    tells = False


async def good(environ: Mapping[str, str]) -> int:
    """Does what it should."""
    return await Good(environ).run()


async def silent(environ: Mapping[str, str]) -> int:
    """The same, but tells nothing of it."""
    return await Silent(environ).run()


async def never_comes(environ: Mapping[str, str]) -> int:
    """Never connects, and never ends."""
    await asyncio.Event().wait()
    return 0
