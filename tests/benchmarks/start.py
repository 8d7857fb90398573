"""How long `mockdde serve` takes to accept connections, beside importing aiohttp, in one run."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
import time

RUNS = 9
BASE = 'python -c "import aiohttp.web"'


def time_import() -> float:
    """Seconds of ``python -c "import aiohttp.web"``."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import aiohttp.web"], check=True)
    return time.perf_counter() - begin


def time_start(*arguments: str) -> tuple[float, float]:
    """Seconds until `mockdde serve` has accepted a connection, and until it has answered on it."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "mockdde", "serve", "--port", "0", "--json", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["rest"].removeprefix("http://")
        client = http.client.HTTPConnection(address, timeout=20)
        client.connect()
        accepted = time.perf_counter() - begin
        client.request("GET", "/golf/tournaments/liveevents", headers={"Authorization": "Bearer t"})
        body = client.getresponse().read()
        answered = time.perf_counter() - begin
        assert body.startswith(b"["), body
        client.close()
        server.terminate()
    return accepted, answered


def main() -> None:
    """Measure in turns, so that a busy moment of the machine hits all alike."""
    taken: dict[str, list[float]] = {}
    for number in range(RUNS):
        print(f"\rrun {number + 1} of {RUNS}", end="", file=sys.stderr, flush=True)
        taken.setdefault(BASE, []).append(time_import())
        for scenario, name in (("round/quiet-round", "a round"), ("", "the built-in world")):
            accepted, answered = time_start(*scenario.split())
            taken.setdefault(f"{name}: a connection accepted", []).append(accepted)
            taken.setdefault(f"{name}: liveevents answered", []).append(answered)
    print(file=sys.stderr)
    base = statistics.median(taken[BASE])
    print(f"{'':<44}{'median s':>9}{'least s':>9}{'ratio':>7}")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<44}{median:>9.3f}{min(times):>9.3f}{median / base:>7.2f}")


if __name__ == "__main__":
    main()
