"""The control API under /_mockdde: for this machine only, never for a web page elsewhere.

What it does is done by the engine; here are its doors. ``describe.control`` tells of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockdde.control import _clock, _connections, _faults, _ids, _journal, _scenarios
from mockdde.control._gate import only_here
from mockdde.paths import Paths

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["add_routes", "only_here"]


def add_routes(paths: Paths, server: Server) -> None:
    """Serve all of it."""
    for module in (_clock, _connections, _faults, _ids, _journal, _scenarios):
        for method, path, handler in module.routes(server):
            if method == "GET":
                paths.add_get(f"/_mockdde/{path}", handler)
            else:
                paths.add(method, f"/_mockdde/{path}", handler)
