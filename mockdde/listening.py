"""The sockets that a server listens on, open before it knows what it will serve."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable

from mockdde.errors import UsageError

__all__ = ["BACKLOG", "again", "listen"]

BACKLOG = 1024


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets of one port on all addresses of a host; who connects is answered once it is served.

    Port 0 picks one. UsageError when the port is taken or the host is not ours.
    """
    sockets: list[socket.socket] = []
    refused: OSError | None = None
    # What reads names (IDNA) takes long to import, and an address is none.
    parts = host.split(".") if host.isascii() else [""]
    is_address = all(each.isdecimal() and len(each) < 4 for each in parts)
    name = host.encode() if is_address else host
    try:
        kinds = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        # Some resolvers give an address twice.
        for family, address in dict.fromkeys((kind[0], kind[4]) for kind in kinds):
            where = (address[0], port, *address[2:])
            try:
                opened = socket.create_server(where, family=family, backlog=BACKLOG)
            except OSError as error:
                # localhost may have an IPv6 address on a machine that has no IPv6.
                if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                    raise
                refused = error
                continue
            opened.setblocking(False)
            sockets.append(opened)
            port = opened.getsockname()[1]
        if refused is not None and not sockets:
            raise refused
    except (OSError, UnicodeError) as error:
        for each in sockets:
            each.close()
        raise UsageError(_sentence(host, port, error)) from None
    return sockets


def again(addresses: Iterable[tuple[int, tuple[str, int]]]) -> list[socket.socket]:
    """Sockets that listen where others did before; UsageError where another program does now."""
    sockets: list[socket.socket] = []
    for family, address in addresses:
        try:
            opened = socket.create_server(address, family=family, backlog=BACKLOG)
        except OSError as error:
            for each in sockets:
                each.close()
            host, port, *_ = address
            why = "another program took it" if error.errno == errno.EADDRINUSE else error.strerror
            message = (
                f"mockdde cannot listen again on {host}:{port} after an outage that a fault asked "
                f"for ({why or error}); leave that port to it"
            )
            raise UsageError(message) from None
        opened.setblocking(False)
        sockets.append(opened)
    return sockets


def _sentence(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return f"{host!r} is no name of a host; choose one with --host, such as 127.0.0.1"
    if error.errno == errno.EADDRINUSE:
        return f"port {port} on {host} is taken; choose another with --port, or --port 0 for any"
    if error.errno == errno.EACCES:
        return f"port {port} on {host} is not allowed; choose one above 1023 with --port"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine; choose one with --host, such as 127.0.0.1"
    return f"mockdde cannot listen on {host}:{port}: {error.strerror or error}"
