"""Clients that do no more than count bytes, so that they do not bound what is measured.

A process of its own, on a core of its own: one epoll, one buffer for all connections. Reads its
task as JSON from the command line, prints ``ready`` once all are connected, waits for a line, and
prints what it saw as JSON.
"""

from __future__ import annotations

import json
import resource
import select
import socket
import sys
import time
from pathlib import Path

_BUFFER = 1 << 20
_WARM = 3  # clients before those that are timed: what is done once is not what is measured


class Peer:
    """One connection: how many bytes it still waits for."""

    def __init__(self, host: str, port: int, request: bytes, small: bool) -> None:
        self.socket = socket.socket()
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head = b""
        while b"\r\n\r\n" not in head:
            more = self.socket.recv(4096)
            if not more:
                raise ConnectionError("the server ended the handshake")
            head += more
        status = head.split(b"\r\n", 1)[0]
        if b" 101 " not in status:
            raise ConnectionError(status.decode())
        self.early = len(head) - head.index(b"\r\n\r\n") - 4
        self.left = 0

    def take(self, size: int) -> None:
        """Read so many bytes, waiting for them."""
        size -= self.early
        while size > 0:
            got = len(self.socket.recv(min(size, _BUFFER)))
            if not got:
                raise ConnectionError("the server closed")
            size -= got
        self.early = 0


def main() -> None:
    """Do the task."""
    task = json.loads(sys.argv[1])
    request, first = task["request"].encode(), bytes.fromhex(task["first"])
    for _ in range(0 if task["live"] else _WARM):
        before = Peer(task["host"], task["port"], request, small=False)
        before.socket.sendall(first)
        before.take(task["bytes"])
        before.socket.close()
    peers = []
    for number in range(task["count"]):
        stalls = task.get("stalled", 0) and number < task["stalled"]
        peers.append(Peer(task["host"], task["port"], request, bool(stalls)))
    if task["live"]:
        for peer in peers:
            peer.socket.sendall(first)
        for peer in peers:
            peer.take(task["ack"])
    print("ready", flush=True)
    sys.stdin.readline()
    stalled, moving = peers[: task.get("stalled", 0)], peers[task.get("stalled", 0) :]
    begin = time.perf_counter()
    if not task["live"]:
        for peer in peers:
            peer.socket.sendall(first)
    told = receive(moving, task["bytes"], task.get("sample"), begin)
    if stalled:
        print(json.dumps(told), flush=True)
        sys.stdin.readline()  # and now they read, too
        told = receive(stalled, task["bytes"], task.get("sample"), time.perf_counter())
    print(json.dumps(told), flush=True)


def receive(
    peers: list[Peer], size: int, sample: str | None, begin: float
) -> dict[str, float | int]:
    """Read until each has had so many bytes; those of the first are written to ``sample``."""
    poll = select.epoll()
    by_number: dict[int, Peer] = {}
    kept = bytearray()
    for peer in peers:
        peer.left = size - peer.early
        peer.socket.setblocking(False)
        number = peer.socket.fileno()
        by_number[number] = peer
        poll.register(number, select.EPOLLIN)
    buffer = memoryview(bytearray(_BUFFER))
    reads, first, cpu = 0, 0.0, _cpu()
    open_ = len(peers)
    sampled = peers[0]
    while open_:
        found = poll.poll(30)
        if not found:
            behind = max(peer.left for peer in peers)
            raise TimeoutError(f"nothing came for 30 s; {open_} wait, one for {behind} bytes")
        first = first or time.perf_counter()
        for number, _ in found:
            peer = by_number[number]
            got = peer.socket.recv_into(buffer)
            reads += 1
            if got == 0:
                raise ConnectionError(f"the server closed with {peer.left} bytes to come")
            if peer is sampled:
                kept += buffer[:got]
            peer.left -= got
            if peer.left <= 0:
                poll.unregister(number)
                open_ -= 1
    end = time.perf_counter()
    if sample:
        Path(sample).write_bytes(kept)
    surplus = -min(peer.left for peer in peers)
    return {
        "seconds": end - begin,
        "flow": end - first,
        "reads": reads,
        "cpu": _cpu() - cpu,
        "surplus": surplus,
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
