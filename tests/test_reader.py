"""What a client says on a WebSocket, read frame by frame (RFC 6455 §5 to §8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from mockdde.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT
from mockdde.reader import BROKEN, Message, Reader

LONGEST = 70_000


def framed(opcode: int, payload: bytes, *, final: bool = True, mask: bytes = b"\1\2\3\4") -> bytes:
    """A frame of a client."""
    size = len(payload)
    short = size if size < 126 else 126 if size < 1 << 16 else 127
    length = b"" if size < 126 else size.to_bytes(2 if short == 126 else 8, "big")
    masked = bytes(each ^ mask[place % 4] for place, each in enumerate(payload))
    return bytes((final << 7 | opcode, 0x80 | short)) + length + mask + masked


def read(data: bytes, *, at_once: bool = True) -> list[Message]:
    """All messages of these bytes, which come at once or one by one."""
    reader, found = Reader(LONGEST), list[Message]()
    for part in [data] if at_once else [data[at : at + 1] for at in range(len(data))]:
        reader.feed(part)
        while (message := reader.next()) is not None:
            found.append(message)
    return found


def test_messages_and_control_frames_in_their_order():
    data = (
        framed(TEXT, "né".encode())
        + framed(BINARY, b"\0\xff", final=False)
        + framed(PING, b"in between")
        + framed(CONTINUATION, b"", final=False)
        + framed(CONTINUATION, b"!")
        + framed(PONG, b"")
        + framed(CLOSE, b"\x03\xe8bye")
        + framed(TEXT, b"after the end")
    )
    expected = [
        Message(TEXT, "né"),
        Message(PING, b"in between"),
        Message(BINARY, b"\0\xff!"),
        Message(PONG, b""),
        Message(CLOSE, "bye", 1000),
    ]
    assert read(data) == expected
    assert read(data, at_once=False) == expected


def test_many_small_frames_at_once_are_read_one_by_one():
    many = 200_000  # to copy what follows each of them would take minutes
    assert len(read(framed(PING, b"") * many)) == many


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_every_form_of_a_length(size):
    payload = bytes(each % 251 for each in range(size))
    assert read(framed(BINARY, payload)) == [Message(BINARY, payload)]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (bytes((0xC1, 0x80)) + bytes(4), 1002, "reserved bit"),
        (framed(3, b""), 1002, "no opcode 3"),
        (framed(11, b""), 1002, "no opcode 11"),
        (framed(PING, b"", final=False), 1002, "control frame"),
        (framed(CLOSE, bytes(126)), 1002, "control frame"),
        (bytes((0x81, 2)) + b"ab", 1002, "masks"),
        (framed(CONTINUATION, b"x"), 1002, "continuation of nothing"),
        (framed(TEXT, b"a", final=False) + framed(TEXT, b"b"), 1002, "before the last one"),
        (framed(TEXT, b"\xff"), 1007, "not UTF-8"),
        (framed(CLOSE, b"\x03"), 1002, "no code"),
        (framed(CLOSE, (1005).to_bytes(2, "big")), 1002, "no code"),
        (framed(CLOSE, (5000).to_bytes(2, "big")), 1002, "no code"),
        (framed(CLOSE, b"\x03\xe8\xff"), 1007, "not UTF-8"),
        (framed(BINARY, bytes(LONGEST + 1))[:14], 1009, "more than 70000 bytes"),
        (
            framed(BINARY, bytes(LONGEST), final=False) + framed(CONTINUATION, b"x"),
            1009,
            "more than 70000 bytes",
        ),
    ],
)
def test_whoever_breaks_the_protocol_is_told_how_and_not_heard_again(data, code, words):
    *_, broken = read(data + framed(TEXT, b"after it"))
    assert (broken.opcode, broken.code) == (BROKEN, code)
    assert words in broken.data


def test_a_control_frame_is_no_part_of_the_message_around_it():
    long = bytes(LONGEST - 1)
    data = framed(BINARY, long, final=False) + framed(PING, bytes(125)) + framed(CONTINUATION, b"!")
    assert read(data) == [Message(PING, bytes(125)), Message(BINARY, long + b"!")]


SAID = st.one_of(
    st.tuples(st.just(TEXT), st.text(max_size=300).map(str.encode)),
    st.tuples(st.sampled_from((BINARY, PING, PONG)), st.binary(max_size=125)),
)


@given(said=st.lists(SAID, max_size=12), cuts=st.lists(st.integers(1, 400), max_size=12))
def test_what_another_library_sends_is_read_however_it_is_cut(said, cuts):
    client = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN)
    for opcode, payload in said:
        client.send_frame(Frame(Opcode(opcode), payload))
    data = b"".join(client.data_to_send())
    reader, found, at = Reader(LONGEST), list[Message](), 0
    for size in (*cuts, len(data) + 1):
        reader.feed(data[at : at + size])
        at += size
        while (message := reader.next()) is not None:
            found.append(message)
    expected = [
        Message(opcode, payload.decode() if opcode == TEXT else payload) for opcode, payload in said
    ]
    assert found == expected


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(data):
    assert read(data) == read(data, at_once=False)
