"""Keep-alive clients that ask for one document again and again, each as soon as it has it.

A process of its own, on a core of its own. Reads its task as JSON from the command line; prints
answers a second and the seconds of its processor as JSON.
"""

from __future__ import annotations

import json
import resource
import select
import socket
import sys
import time

_BUFFER = 1 << 20


def first(host: str, port: int, request: bytes) -> tuple[socket.socket, int]:
    """A connection, and the size of a whole answer on it. ConnectionError where it is no 200."""
    own = socket.create_connection((host, port))
    own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    own.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += own.recv(_BUFFER)
    head, _, body = data.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise ConnectionError(data[:300].decode())
    lengths = [each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:")]
    size = int(lengths[0].split(b":")[1])
    left = size - len(body)
    while left > 0:
        left -= len(own.recv(left))
    return own, len(head) + 4 + size


def main() -> None:
    """Do the task."""
    task = json.loads(sys.argv[1])
    request = task["request"].encode()
    poll = select.epoll()
    left: dict[int, int] = {}
    sockets: dict[int, socket.socket] = {}
    size = 0
    for _ in range(task["count"]):
        own, size = first(task["host"], task["port"], request)
        own.setblocking(False)
        sockets[own.fileno()] = own
        poll.register(own.fileno(), select.EPOLLIN)
    buffer = memoryview(bytearray(_BUFFER))
    begin, answers = time.perf_counter(), 0
    end = begin + task["seconds"]
    used = resource.getrusage(resource.RUSAGE_SELF)
    for number, own in sockets.items():
        left[number] = size
        own.send(request)
    while time.perf_counter() < end:
        for number, _ in poll.poll(5):
            own = sockets[number]
            got = own.recv_into(buffer)
            if got == 0:
                raise ConnectionError("the server closed")
            left[number] -= got
            if left[number] <= 0:
                assert left[number] == 0, "an answer is longer than the first one was"
                answers += 1
                left[number] = size
                own.send(request)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    cpu = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
    seconds = time.perf_counter() - begin
    print(json.dumps({"rate": answers / seconds, "cpu": cpu / seconds, "size": size}))


if __name__ == "__main__":
    main()
