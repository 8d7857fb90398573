"""Tapes: frames, blocks, and places on them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockdde.frames import close_frame, text_frame
from mockdde.tape import Tape
from running import frames

SIZES = st.sampled_from([0, 1, 125, 126, 127, 1000]) | st.integers(0, 300)


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65535, b"\x81\x7e\xff\xff"),
        (65536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_the_header_is_the_shortest_one(size: int, head: bytes) -> None:
    """RFC 6455 §5.2: seven bits, then two bytes, then eight."""
    payload = b"x" * size
    assert text_frame(payload) == head + payload
    assert frames(text_frame(payload)) == [payload]
    tape = Tape("/x")
    tape.append(payload, None)
    assert tape.payloads() == [payload]


def test_a_close_frame_has_a_code_and_a_reason() -> None:
    """RFC 6455 §5.5.1."""
    assert close_frame(1001, "") == b"\x88\x02\x03\xe9"
    assert close_frame(4321, "é" * 61) == b"\x88\x7c\x10\xe1" + ("é" * 61).encode()


@given(
    st.lists(SIZES, max_size=40),
    st.integers(0, 700),
    st.lists(st.sampled_from([65535, 65536]), max_size=3),
    st.data(),
)
def test_a_walk_over_a_tape_gives_its_frames(
    sizes: list[int], more: int, large: list[int], data: st.DataObject
) -> None:
    """From any start to any stop, before and after blocks are joined."""
    tape, sent = Tape("/x"), []
    for number, size in enumerate([*sizes, *large, *([3] * more)]):
        sent.append((b"%d" % number).ljust(size, b".")[:size])
        tape.append(sent[-1], number + 1)
    assert len(tape) == len(sent)
    assert tape.payloads() == sent
    start = data.draw(st.integers(0, len(sent)))
    stop = data.draw(st.integers(start, len(sent)))
    at, got = start, b""
    while at < stop:
        piece, then = tape.slice(at, stop)
        assert at < then <= stop
        assert frames(bytes(piece)) == sent[at:then]
        got, at = got + bytes(piece), then
    assert frames(got) == sent[start:stop]


@given(st.lists(st.booleans(), max_size=600))
def test_a_tape_finds_the_place_after_a_seq_num(numbered: list[bool]) -> None:
    """Packets without a seqNum, such as ConnectionStateChanged, do not shift it."""
    tape, seq = Tape("/x"), 0
    for has in numbered:
        seq += has
        tape.append(b"{}", seq if has else None)
    places = [at for at, has in enumerate(numbered, 1) if has]
    assert [tape.after(number) for number in range(1, seq + 1)] == places
    assert tape.after(seq + 1) is None
