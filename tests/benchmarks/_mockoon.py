"""Mockoon's command line as a peer: one document at one path."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks._wire import pinned

__all__ = ["command", "environment", "mockoon"]


def command(file: Path, port: int) -> list[str]:
    """The command that serves an environment."""
    cli = Path(os.environ["MOCKDDE_NODE_MODULES"]) / "node_modules/@mockoon/cli/bin/run.js"
    return [
        "node",
        str(cli),
        "start",
        "--data",
        str(file),
        "--port",
        str(port),
        "--disable-log-to-file",
    ]


def environment(folder: Path, path: str, body: str) -> Path:
    """An environment of Mockoon's with one document."""
    response = {
        "uuid": "00000000-0000-4000-8000-000000000003",
        "body": body,
        "statusCode": 200,
        "headers": [{"key": "Content-Type", "value": "application/json"}],
        "bodyType": "INLINE",
        "disableTemplating": True,
        "default": True,
    }
    route = {
        "uuid": "00000000-0000-4000-8000-000000000002",
        "type": "http",
        "method": "get",
        "endpoint": path.lstrip("/"),
        "responses": [response],
    }
    whole = {
        "uuid": "00000000-0000-4000-8000-000000000001",
        "lastMigration": 33,
        "name": "bench",
        "endpointPrefix": "",
        "hostname": "127.0.0.1",
        "routes": [route],
        "rootChildren": [{"type": "route", "uuid": route["uuid"]}],
    }
    file = folder / "mockoon.json"
    file.write_text(json.dumps(whole))
    return file


@contextmanager
def mockoon(file: Path) -> Iterator[int]:
    """Mockoon, once it accepts connections, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    with subprocess.Popen(
        command(file, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **pinned(0)
    ) as server:
        try:
            until = time.monotonic() + 60
            while time.monotonic() < until:
                if server.poll() is not None:
                    raise OSError("Mockoon ended")
                if _accepts(port):
                    break
                time.sleep(0.01)  # it says nothing when it is ready
            yield port
        finally:
            server.kill()


def _accepts(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port)) as own:
            # A port that is free for all may be given to who connects to it: to itself.
            return bool(own.getsockname() != own.getpeername())
    except OSError:
        return False
