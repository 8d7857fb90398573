"""A server as one would write it with aiohttp in an afternoon: each message encoded for each."""

from __future__ import annotations

import asyncio
import json
import sys

from aiohttp import web

from tests.benchmarks._peers.common import ACCEPTED, messages, on_go, ready

CATCH_UP = sys.argv[2] == "catchup"
DOCUMENTS = [json.loads(each) for each in messages()]
READERS: list[web.WebSocketResponse] = []


async def serve(request: web.Request) -> web.WebSocketResponse:
    """One client."""
    ws = web.WebSocketResponse(compress=False)
    await ws.prepare(request)
    await ws.receive_str()
    await ws.send_str(ACCEPTED.decode())
    if CATCH_UP:
        for each in DOCUMENTS:
            await ws.send_str(json.dumps(each, separators=(",", ":"), ensure_ascii=False))
    else:
        READERS.append(ws)
    async for _ in ws:
        pass
    return ws


async def send() -> None:
    """One by one, to all."""
    for each in DOCUMENTS:
        for ws in READERS:
            await ws.send_str(json.dumps(each, separators=(",", ":"), ensure_ascii=False))


async def main() -> None:
    """Serve until killed."""
    app = web.Application()
    app.router.add_get("/", serve)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    tasks = []
    on_go(lambda _: tasks.append(asyncio.ensure_future(send())))
    ready(runner.addresses[0][1])
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
