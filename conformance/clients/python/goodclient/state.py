"""What the client says that it holds: the whole document, after each change, the newest alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from goodclient.client import Client

__all__ = ["Reporter"]


class Reporter:
    """Posts the state document to who wants it; real time, for that is between us and the kit."""

    gather = 0.01  # seconds in which changes become one
    patience = 2.0

    session: aiohttp.ClientSession  # of its own: the wire's faults are none of its business

    def __init__(self, client: Client) -> None:
        self.client = client
        self.url = client.contract.state_url
        self.sent = b""
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Something is otherwise now."""
        self._changed.set()

    async def run(self) -> None:
        """For ever: one post at a time, so that they arrive in order."""
        while self.url:
            await self._changed.wait()
            await asyncio.sleep(self.gather)
            await self.flush()

    async def flush(self, attempts: int = 1) -> None:
        """Say it as it is now, if that is news."""
        for _ in range(attempts if self.url else 0):
            self._changed.clear()
            body = json.dumps(self.document()).encode()
            if body == self.sent or await self.send(body):
                self.sent = body
                return
            self._changed.set()  # the newest again, not this one
            await asyncio.sleep(self.gather)

    async def send(self, body: bytes) -> bool:
        """Post it; whether it was taken."""
        kind = {"Content-Type": "application/json"}
        try:
            async with (
                asyncio.timeout(self.patience),
                self.session.post(self.url, data=body, headers=kind) as answer,
            ):
                return answer.status < 300
        except (aiohttp.ClientError, OSError):
            return False

    def document(self) -> Mapping[str, Any]:
        """The whole of it."""
        rounds: dict[str, Any] = {}
        matches: dict[str, Any] = {}
        streams: dict[str, Any] = {}
        for each in self.client.streams:
            streams[each.target.path] = each.status()
            for key, value in each.book.documents():
                (rounds if key.count("/") == 2 else matches)[key] = value
        return {
            "schema": "mockdde.state/1",
            "streams": streams,
            "rounds": rounds,
            "matches": matches,
        }
