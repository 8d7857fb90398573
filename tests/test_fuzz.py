"""Rubbish from clients: the server answers or closes, lives on, and lets nobody else notice."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
import websockets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from running import PATIENCE, Running, played, serve

PATH = "/golf/tournaments/7/round/1/team/1"
# Slow enough to be still going on while the others talk rubbish, and over soon after.
SCENARIO = """
title: Among rubbish
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1, holes: 1-9}]
"""
SPEED = "1200"
HANDSHAKE = (
    f"GET {PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
).encode()
TOKEN = b'{"authToken": "t"}'
few = settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def read_round(url: str) -> list[bytes]:
    """The well-behaved client: all packets until RoundOfficial."""

    async def read() -> list[bytes]:
        packets: list[bytes] = []
        async with asyncio.timeout(60), websockets.connect(url, max_size=None) as client:
            await client.send(TOKEN.decode())
            await client.recv()
            while True:
                data = await client.recv(decode=False)
                packet = json.loads(data)
                if packet["eventElementType"] != "Heartbeat":
                    packets.append(data)
                if packet.get("state") == "RoundOfficial":
                    return packets

    return asyncio.run(read())


@pytest.fixture(name="server", scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all, a well-behaved client on it throughout; it must end with 0, silent."""
    file: Path = tmp_path_factory.mktemp("fuzz") / "rubbish.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    expected = played(str(file))[PATH]
    with serve(str(file), "--speed", SPEED) as server, ThreadPoolExecutor(1) as threads:
        good: Future[list[bytes]] = threads.submit(read_round, server.ws + PATH)
        server.wait_for(lambda line: line["event"] == "accepted")
        yield server
        assert good.result(60) == expected
        assert read_round(server.ws + PATH) == expected
        assert not [line for line in server.lines if line["event"] == "failed"]


def connect(server: Running) -> socket.socket:
    """A connection to the server, and nothing more."""
    return socket.create_connection(("127.0.0.1", server.port), PATIENCE)


def say(client: socket.socket, *pieces: bytes) -> bytes:
    """Send pieces of bytes, then no more; what is answered until the server hangs up."""
    answer = b""
    with suppress(OSError):  # it may hang up whenever it has heard enough
        for piece in pieces:
            client.sendall(piece)
        client.shutdown(socket.SHUT_WR)
        while piece := client.recv(65536):
            answer += piece
    return answer


def shake_hands(client: socket.socket) -> None:
    """Become a WebSocket."""
    client.sendall(HANDSHAKE)
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += client.recv(1)
    assert answer.startswith(b"HTTP/1.1 101 ")


def frame(opcode: int, payload: bytes, *, mask: bytes = b"\x00\x00\x00\x00") -> bytes:
    """A whole frame from a client."""
    size = len(payload)
    head = bytes((0x80 | opcode,))
    if size < 126:
        head += bytes((0x80 | size,))
    else:
        head += b"\xfe" + size.to_bytes(2, "big")
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


payloads = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=50).map(str.encode),
    st.sampled_from(
        [TOKEN, b"", b"\xff\xfe", b'"\\ud800"', b'{"authToken": "\\ud800"}', b"[" * 999]
    ),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=9,
    ).map(lambda value: json.dumps({"authToken": value}).encode()),
)
masks = st.binary(min_size=4, max_size=4)
frames = st.builds(
    frame, st.sampled_from([0x1, 0x2, 0x0, 0x8, 0x9, 0xA, 0x3, 0xF]), payloads, mask=masks
)


@few
@given(opcode=st.sampled_from([0x1, 0x2]), payload=payloads, mask=masks)
def test_any_first_message(server: Running, opcode: int, payload: bytes, mask: bytes) -> None:
    """It is accepted, refused with a sentence and a close frame, or closed at once: no UTF-8."""
    with closing(connect(server)) as client:
        shake_hands(client)
        client.sendall(frame(opcode, payload, mask=mask))
        answer = client.recv(1) + client.recv(65536)
        if answer.startswith(b"\x88"):
            assert opcode == 0x1
            with pytest.raises(UnicodeDecodeError):
                payload.decode()
        else:
            assert answer[2:].startswith(
                (b'{"message":"Authorisation accepted"', b'{"message":"Authentication message had',
                 b'{"message":"The supplied authentication')
            )  # fmt: skip
        say(client, frame(0x8, b"\x03\xe8"))


@few
@given(then=st.lists(frames, max_size=5), token=st.booleans())
def test_frames_of_any_kind_and_order(server: Running, then: list[bytes], token: bool) -> None:
    """Before the token and after it."""
    with closing(connect(server)) as client:
        shake_hands(client)
        say(client, *([frame(0x1, TOKEN)] if token else []), *then)


@few
@given(raw=st.binary(min_size=1, max_size=300), token=st.booleans())
def test_bytes_that_are_no_frames(server: Running, raw: bytes, token: bool) -> None:
    """Reserved bits, lengths that never come, frames without a mask."""
    with closing(connect(server)) as client:
        shake_hands(client)
        say(client, *([frame(0x1, TOKEN)] if token else []), raw)


@pytest.mark.parametrize("abort", [False, True])
def test_a_connection_cut_at_any_byte(server: Running, abort: bool) -> None:
    """Of the handshake and of the token, by an end or by a reset."""
    whole = HANDSHAKE + frame(0x1, TOKEN)
    for end in range(len(whole)):
        with closing(connect(server)) as client:
            if abort:
                client.sendall(whole[:end])
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                say(client, whole[:end])


@few
@given(data=st.binary(min_size=1, max_size=300))
def test_garbage_instead_of_http(server: Running, data: bytes) -> None:
    """Bytes that begin no request."""
    with closing(connect(server)) as client:
        say(client, data)


heads = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b"Host: \xff\xfe", b"Host: [", b"Host:", b"Content-Length: -1",
                b"Content-Length: 9",
                b"Transfer-Encoding: chunked", b"Authorization: Bearer \xff", b"Upgrade: websocket",
                b"Connection: Upgrade", b"Sec-WebSocket-Version: 99", b"Sec-WebSocket-Key: x",
                b"Expect: 100-continue", b"Origin: \xff", b"Accept-Encoding: \xff",
            ]
        ),
        st.binary(max_size=40),
    ),
    max_size=6,
)  # fmt: skip
targets = st.one_of(
    st.sampled_from(
        [
            b"/golf/tournaments/liveevents", PATH.encode(), PATH.encode() + b"?rest=true",
            b"/_mockdde/health", b"/_mockdde/journal", b"*", b"/", b"//", b"/%", b"/\xff", b"/%ff",
            b"/_mockdde/\xed\xa0\x80", PATH.encode() + b"?rest=%ff", PATH.encode() + b"?\xff=\xff",
            b"http://[/", b"http://x:y/", b"/golf/tournaments/\xd9\xa7/round/1/team/1",
        ]
    ),
    st.binary(min_size=1, max_size=40).map(lambda path: b"/" + path),
)  # fmt: skip


@few
@given(
    method=st.sampled_from(
        [b"GET", b"GET", b"GET", b"HEAD", b"POST", b"OPTIONS", b"CONNECT", b"G T"]
    ),
    target=targets,
    lines=heads,
    body=st.binary(max_size=40),
)
def test_requests_that_are_nearly_http(
    server: Running, method: bytes, target: bytes, lines: list[bytes], body: bytes
) -> None:
    """Wrong methods, targets, headers and bodies: never a 500."""
    head = b"\r\n".join([method + b" " + target + b" HTTP/1.1", *lines])
    with closing(connect(server)) as client:
        answer = say(client, head + b"\r\n\r\n" + body)
    assert not answer.startswith(b"HTTP/1.1 500"), answer
