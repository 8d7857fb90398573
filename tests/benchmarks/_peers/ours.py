"""mockdde's own server, on a clock that the benchmark moves: once all is sent, the next is due.

``live``: a round stands before its first packet until we are told to go, and each packet is due
alone. ``catchup``: the round is over.
"""

from __future__ import annotations

import asyncio
import gc
import socket
import sys

from mockdde.engine import Engine
from mockdde.listening import listen
from mockdde.quirks import Quirks
from mockdde.scenario import load_text
from mockdde.server import Server
from mockdde.world import stage
from tests.benchmarks._peers.common import on_go, ready, run

BEGIN = 1_750_000_000.0
SPEED = 2500.0  # a round is over before the first heartbeat is due


class Clock:
    """Wire time as the benchmark has it."""

    speed = 1.0
    at = BEGIN

    def now(self) -> float:
        """The wire time now."""
        return self.at

    wall = now

    def wire_of(self, wall: float) -> float:
        """The wire time at a real time."""
        return wall


async def send(server: Server, clock: Clock) -> None:
    """Play to the end, event by event."""
    engine = server.engine
    engine.conductor.resume(clock.at)
    show = next(iter(engine.shows))
    while not show.is_over:
        clock.at = max(clock.at, engine.next_deadline() or clock.at)
        events = show.broadcast.events
        server.wake()
        while show.broadcast.events == events:  # noqa: ASYNC110  (the pump has its turn)
            await asyncio.sleep(0)


async def main() -> None:
    """Serve until killed."""
    with open(sys.argv[1]) as file:  # noqa: ASYNC230, PTH123
        tournament = stage(load_text(file.read(), "bench.yaml"))
    clock = Clock()
    engine = Engine([tournament], quirks=Quirks({}), wire=BEGIN, speed=SPEED, tokens=["any"])
    server = Server(engine, clock)  # type: ignore[arg-type]  # it looks like a clock
    engine.conductor.pause(BEGIN)
    if sys.argv[2] == "catchup":
        engine.conductor.resume(BEGIN)
        next(iter(engine.shows)).start(BEGIN)
        clock.at += 9.5
        engine.run_until(clock.at)
        for path in sys.argv[3:]:
            next(iter(engine.shows)).rouse(path)  # whoever is first would have all wait for it
    gc.set_threshold(50_000, 20, 100)  # as every command does
    gc.freeze()  # as serve does with what is staged
    sockets = listen("127.0.0.1", 0)
    if sys.argv[2] == "stalled":  # else the system would keep for a client all that it is sent
        sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
    await server.start(sockets)
    tasks = []

    def hear(line: str) -> None:
        if line == "go":
            tasks.append(asyncio.ensure_future(send(server, clock)))
        elif line == "held":
            sizes = [each.transport.get_write_buffer_size() for each in server.connections.values()]
            print(max(sizes), flush=True)

    on_go(hear)
    ready(sockets[0].getsockname()[1])
    await server.stopping.wait()


if __name__ == "__main__":
    run(main())
