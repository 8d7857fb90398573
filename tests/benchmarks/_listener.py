"""Clients that note when each frame came.

A process of its own, on a core of its own. Reads its task as JSON from the command line, prints
``ready`` once all are connected, listens for so many seconds after a line was said to it, and
prints for each connection when its frames came, on the monotonic clock of the machine.
"""

from __future__ import annotations

import json
import select
import socket
import sys
import time

_BUFFER = 1 << 20


class Client:
    """One connection, and the part of a frame that came last."""

    def __init__(self, host: str, port: int, request: str, first: bytes) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.sendall(request.encode())
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.socket.recv(4096)
        if b" 101 " not in data:
            raise ConnectionError(data.decode())
        self.rest = data.partition(b"\r\n\r\n")[2]
        self.socket.sendall(first)
        self.socket.setblocking(False)
        self.came: list[float] = []

    def take(self, data: bytes, now: float) -> None:
        """Note each whole frame that is no heartbeat and no answer of the server's own."""
        data = self.rest + data
        at = 0
        while len(data) - at >= 4:
            size, head = data[at + 1], 2
            if size == 126:
                size, head = int.from_bytes(data[at + 2 : at + 4], "big"), 4
            elif size == 127:
                raise ValueError("a frame of more than 64 KiB")
            if len(data) - at < head + size:
                break
            payload = data[at + head : at + head + size]
            if b"Heartbeat sent" not in payload and b"Authorisation" not in payload:
                self.came.append(now)
            at += head + size
        self.rest = data[at:]


def main() -> None:
    """Do the task."""
    task = json.loads(sys.argv[1])
    first = bytes.fromhex(task["first"])
    poll = select.epoll()
    clients: dict[int, Client] = {}
    for request in task["requests"]:
        client = Client(task["host"], task["port"], request, first)
        clients[client.socket.fileno()] = client
        poll.register(client.socket.fileno(), select.EPOLLIN)
    poll.poll(5)
    print("ready", flush=True)
    sys.stdin.readline()
    end = time.monotonic() + task["seconds"]
    while (left := end - time.monotonic()) > 0:
        for number, _ in poll.poll(left):
            client = clients[number]
            data = client.socket.recv(_BUFFER)
            if not data:
                raise ConnectionError("the server closed")
            client.take(data, time.monotonic())
    print(json.dumps([each.came for each in clients.values()]), flush=True)


if __name__ == "__main__":
    main()
