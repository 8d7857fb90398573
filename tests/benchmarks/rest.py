"""A document that is kept encoded, asked for by 32 clients on connections that stay open."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks._mockoon import environment, mockoon
from tests.benchmarks._wire import FOLDER, ROOT, missing, peer, pinned
from tests.benchmarks.table import Row, at_least, skipped

RUNS, SECONDS, CLIENTS = 5, 1.0, 32
PATH = "/golf/tournaments/7/entrylist"
REQUEST = (
    f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n"
    "Authorization: Bearer any\r\nUser-Agent: bench\r\n\r\n"
)
SCENARIO = "title: A field\ntournament: {{id: 7}}\nfield: [{}]\nrounds: [{{no: 1}}]\n"
# Fields that make entry lists of about 2 and 100 kB, and what we should be × aiohttp.
FIELDS = {"{teams: 7}": 2.0, "{teams: 200}, {teams: 150}": 1.6}
MOCKOON = 20.0


def rows() -> Iterator[Row]:
    """Answers a second, as ratios."""
    for field, aim in FIELDS.items():
        with TemporaryDirectory() as folder:
            yield from measured(Path(folder), field, aim)


def measured(folder: Path, field: str, aim: float) -> Iterator[Row]:
    """One size of document."""
    scenario, body = folder / "bench.yaml", folder / "body"
    scenario.write_text(SCENARIO.format(field))
    with peer("ours", scenario, "live") as (_, port):
        body.write_bytes(document(port))
    size = body.stat().st_size
    files = {
        "ours": scenario,
        "aiohttp": body,
        "mockoon": environment(folder, PATH, body.read_text()),
    }
    rates: dict[str, list[float]] = {}
    why = missing("Mockoon")
    for _ in range(RUNS):
        for name, file in files.items():
            if name == "mockoon" and why:
                continue
            with served(name, file) as port:
                rates.setdefault(name, []).append(asked(port))
    rate = {name: statistics.median(each) for name, each in rates.items()}
    what = f"REST, kept document of {size / 1000:.1f} kB, {CLIENTS} clients"
    for name, least in (("aiohttp", aim), ("mockoon", MOCKOON)):
        if name not in rate:
            yield skipped(f"{what}, beside Mockoon", why)
            continue
        detail = f"{rate['ours']:,.0f} answers/s; {rate[name]:,.0f} of it"
        called = "× plain aiohttp" if name == "aiohttp" else "× Mockoon"
        yield at_least(least, what, rate["ours"] / rate[name], called, detail)


def document(port: int) -> bytes:
    """The document, as ours answers it."""
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    client.request("GET", PATH, headers={"Authorization": "Bearer any", "Accept": "*/*"})
    body = client.getresponse().read()
    client.close()
    return body


@contextmanager
def served(name: str, file: Path) -> Iterator[int]:
    """A server, and its port."""
    if name == "mockoon":
        with mockoon(file) as port:
            yield port
    elif name == "ours":
        with peer("ours", file, "live") as (_, port):
            yield port
    else:
        command = [sys.executable, "-m", "tests.benchmarks._peers.rest", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, **pinned(0)) as server:
            assert server.stdout is not None
            try:
                yield json.loads(server.stdout.readline())["port"]
            finally:
                server.kill()


def asked(port: int) -> float:
    """Answers a second."""
    task = {
        "host": "127.0.0.1",
        "port": port,
        "count": CLIENTS,
        "request": REQUEST,
        "seconds": SECONDS,
    }
    ran = subprocess.run(
        [sys.executable, str(FOLDER / "_asker.py"), json.dumps(task)],
        stdout=subprocess.PIPE,
        check=False,
        **pinned(1),
    )
    if ran.returncode:
        raise OSError("the clients failed; see above")
    return float(json.loads(ran.stdout)["rate"])
