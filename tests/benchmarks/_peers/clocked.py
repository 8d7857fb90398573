"""mockdde's own server on the real clock, and where its play stands on it."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.listening import listen
from mockdde.quirks import Quirks
from mockdde.scenario import load_text
from mockdde.server import Server
from mockdde.world import stage
from tests.benchmarks._peers.common import on_go, ready, run


async def main() -> None:
    """Serve until killed."""
    scenario, speed = Path(sys.argv[1]).read_text(), float(sys.argv[2])  # noqa: ASYNC240
    tournament = stage(load_text(scenario, "bench.yaml"))
    clock = WireClock()
    engine = Engine([tournament], quirks=Quirks({}), wire=clock.now(), speed=speed, tokens=["any"])
    server = Server(engine, clock)
    engine.conductor.pause(clock.now())
    gc.set_threshold(50_000, 20, 100)  # as every command does
    gc.freeze()  # as serve does with what is staged
    sockets = listen("127.0.0.1", 0)
    await server.start(sockets)

    def go(_: str) -> None:
        show = next(iter(engine.shows))
        engine.conductor.seek(clock.now(), sys.argv[3])
        engine.run_until(clock.now())
        engine.conductor.resume(clock.now())
        server.wake()
        offset = min(clock.now() - time.monotonic() for _ in range(100))
        begin = show.clock.moment_of(clock.now()) + 1000
        due = show.clock.wire_of(begin)
        assert due is not None
        told = {"moment": begin, "at": due - offset, "speed": speed}
        print(json.dumps(told), flush=True)

    on_go(go)
    ready(sockets[0].getsockname()[1])
    await server.stopping.wait()


if __name__ == "__main__":
    run(main())
