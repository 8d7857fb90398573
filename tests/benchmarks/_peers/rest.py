"""A document that is kept encoded, from aiohttp as one would write it."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from tests.benchmarks._peers.common import ready

BODY = Path(sys.argv[1]).read_bytes()


async def document(request: web.Request) -> web.Response:
    """The document, for any token."""
    if not request.headers.get("Authorization", "").startswith("Bearer "):
        raise web.HTTPUnauthorized
    return web.Response(body=BODY, content_type="application/json")


async def main() -> None:
    """Serve until killed."""
    app = web.Application()
    app.router.add_get("/golf/tournaments/{tournament}/{document}", document)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    ready(runner.addresses[0][1])
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
