"""The honest client, of which each impostor changes one thing; and how one is run as a program.

An impostor is a module of this folder whose name has no underscore before it:

    its docstring   the sin, in one sentence
    FAILS           ids of requirements that it must break, one at least
    FAMILIES        families of requirements that may break in consequence, those of FAILS included
    client()        a coroutine function of the environment (conformance/clients/README.md)
    CASES           ids of cases, where those that are to try what it breaks are not enough
    WIRE_SPEED      that of its runs, where it is not that of all others
    IS_PROGRAM      there, if it does what only a program can

`python tests/impostors/no_reconnect.py` runs it by the launch contract.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from mockdde.assets import folder

sys.path.insert(0, str(folder("conformance") / "clients" / "python"))

from goodclient.client import Client
from goodclient.dde import DdeStream
from goodclient.live import LiveStream

__all__ = ["Client", "DdeStream", "LiveStream", "Main", "both", "dde", "drop", "live", "program"]

Main = Callable[[Mapping[str, str]], Coroutine[Any, Any, int]]


def both(sin: type) -> Main:
    """A client whose streams of either dialect have the methods of this class before their own."""
    return Client.of(dde_stream=_with(sin, DdeStream), live_stream=_with(sin, LiveStream))


def dde(sin: type) -> Main:
    """The same of the DDE dialect alone."""
    return Client.of(dde_stream=_with(sin, DdeStream))


def live(sin: type) -> Main:
    """The same of the live dialect alone."""
    return Client.of(live_stream=_with(sin, LiveStream))


def _with(sin: type, stream: type) -> type:
    return type(sin.__name__, (sin, stream), {})


def drop(socket: Any) -> None:
    """End a connection without a word."""
    connection = socket._conn
    if connection is not None and connection.transport is not None:
        connection.transport.abort()


def program(main: Main) -> None:
    """Run it and exit; SIGTERM ends it as it ends any program."""
    sys.exit(asyncio.run(main(os.environ)))
