"""Questions by HTTP, asked politely: one after another, few a second, and never again at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp

from goodclient.stream import retry_after_of

if TYPE_CHECKING:
    from goodclient.client import Client

__all__ = ["Rest"]


class Rest:
    """All requests of the client: the limit is one for all of them."""

    apart = 0.25  # seconds between two requests; five a second are allowed
    patience = 10.0  # seconds for an answer
    pauses = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
    refused_pauses = (5.0, 10.0, 20.0, 30.0)

    def __init__(self, client: Client) -> None:
        self.client = client
        self.contract = client.contract
        self.turn = asyncio.Lock()
        self.next_at = 0.0

    async def get(self, path: str) -> bytes:
        """The body of an answer, however often that must be asked for."""
        failures = 0
        while (body := await self.once(path)) is None:
            row = self.refused_pauses if self.refused else self.pauses
            wait = max(row[min(failures, len(row) - 1)], self.retry_after)
            failures += 1
            await asyncio.sleep(self.contract.real(wait) + 0.005)
        return body

    async def once(self, path: str) -> bytes | None:
        """The body, or None where there is no good answer; ``retry_after`` is how long to wait."""
        async with self.turn:
            await self.wait_turn()
            self.refused, self.retry_after = False, 0.0
            try:
                async with (
                    asyncio.timeout(self.contract.real(self.patience)),
                    self.client.session.get(
                        self.contract.rest_url + path, headers=self.headers()
                    ) as answer,
                ):
                    body = await answer.read()
                    if answer.status == 200:
                        return body
                    self.refused = answer.status in (401, 403)
                    self.retry_after = retry_after_of(answer.headers)
                    # From the answer on: the question may have been long on its way.
                    now = asyncio.get_running_loop().time()
                    self.next_at = max(self.next_at, now + self.contract.real(self.retry_after))
            except (aiohttp.ClientError, OSError):  # TimeoutError is an OSError
                pass
            return None

    def headers(self) -> dict[str, str]:
        """Of every request."""
        return {**self.contract.bearer, "Accept": "application/json"}

    async def wait_turn(self) -> None:
        """Not sooner than allowed."""
        loop = asyncio.get_running_loop()
        if (wait := self.next_at - loop.time()) > 0:
            await asyncio.sleep(wait)
        self.next_at = loop.time() + self.contract.real(self.apart)
