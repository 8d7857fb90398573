"""What a client says on a WebSocket, frame by frame as it comes (RFC 6455, §5 to §8)."""

from __future__ import annotations

from typing import Final, NamedTuple

from mockdde.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT

__all__ = ["BROKEN", "Message", "Reader"]

BROKEN: Final = -1  # in place of an opcode: the client breaks the protocol
_WRONG, _BAD_TEXT, _TOO_LONG = 1002, 1007, 1009  # codes of a close frame, §7.4.1
_CONTROLS = (CLOSE, PING, PONG)
_CODES = (range(1000, 1004), range(1007, 1015), range(3000, 5000))  # that may be sent


class Message(NamedTuple):
    """A whole message, or a control frame.

    ``data`` is text of TEXT, of CLOSE (its reason) and of BROKEN (what is wrong), else bytes.
    ``code`` is that of CLOSE, if it has one, and the one to close with of BROKEN.
    """

    opcode: int
    data: str | bytes
    code: int | None = None


class _Wrong(Exception):  # noqa: N818  (it never leaves this module)
    """What a client does wrong, and the code to close with."""


class Reader:
    """Bytes go in as they come, messages come out; after BROKEN nothing does."""

    __slots__ = ("_at", "_buffer", "_longest", "_opcode", "_over", "_part")

    def __init__(self, longest: int) -> None:
        """A message may have so many bytes."""
        self._longest = longest
        self._buffer = b""
        self._at = 0  # all before it is read; to cut each frame off would copy all that follows
        self._opcode = CONTINUATION  # that of the message that is being sent in fragments
        self._part: bytearray | None = None  # what was sent of it
        self._over = False

    def feed(self, data: bytes) -> None:
        """More bytes."""
        if self._over:
            self._buffer, self._at = b"", 0  # nothing is kept of them
        elif data:
            self._buffer, self._at = self._buffer[self._at :] + data, 0

    def next(self) -> Message | None:
        """The next message; None where not all of it is there."""
        while not self._over:
            try:
                frame = self._frame()
                if frame is None:
                    return None
                message = self._message(*frame)
            except _Wrong as wrong:
                self._over = True
                reason, code = wrong.args
                return Message(BROKEN, reason, code)
            if message is not None:
                return message
        return None

    def _frame(self) -> tuple[bool, int, bytes] | None:
        """The next frame: whether it is final, its opcode, and what is in it."""
        buffer, begin = self._buffer, self._at
        there = len(buffer) - begin
        if there < 2:
            return None
        first, second = buffer[begin], buffer[begin + 1]
        final, opcode, size = bool(first & 0x80), first & 0x0F, second & 0x7F
        self._check(first, second, opcode)
        head = {126: 4, 127: 10}.get(size, 2)
        if there < head:
            return None
        if head > 2:
            size = int.from_bytes(buffer[begin + 2 : begin + head], "big")
        before = b"" if opcode in _CONTROLS else self._part or b""
        if size + len(before) > self._longest:
            raise _Wrong(f"a message of more than {self._longest} bytes", _TOO_LONG)
        if there < head + 4 + size:
            return None
        mask, end = begin + head, begin + head + 4 + size
        self._at = end
        return final, opcode, _unmasked(buffer[mask + 4 : end], buffer[mask : mask + 4])

    def _check(self, first: int, second: int, opcode: int) -> None:
        if first & 0x70:
            raise _Wrong("a reserved bit is set, and no extension was agreed on", _WRONG)
        if opcode not in (CONTINUATION, TEXT, BINARY, *_CONTROLS):
            raise _Wrong(f"there is no opcode {opcode}", _WRONG)
        if opcode in _CONTROLS and not (first & 0x80 and second & 0x7F < 126):
            raise _Wrong("a control frame is whole and has 125 bytes at most", _WRONG)
        if not second & 0x80:
            raise _Wrong("a client masks its frames", _WRONG)
        if opcode == CONTINUATION and self._opcode == CONTINUATION:
            raise _Wrong("a continuation of nothing", _WRONG)
        if opcode in (TEXT, BINARY) and self._opcode != CONTINUATION:
            raise _Wrong("a new message before the last one was whole", _WRONG)

    def _message(self, final: bool, opcode: int, payload: bytes) -> Message | None:
        """What a frame completes."""
        if opcode == CLOSE:
            self._over = True
            return _closing(payload)
        if opcode in _CONTROLS:
            return Message(opcode, payload)
        if not final:
            self._opcode = self._opcode or opcode
            self._part = self._part or bytearray()
            self._part += payload
            return None
        opcode = self._opcode or opcode
        whole = payload if self._part is None else bytes(self._part) + payload
        self._opcode, self._part = CONTINUATION, None
        return Message(opcode, _text(whole) if opcode == TEXT else whole)


def _closing(payload: bytes) -> Message:
    if not payload:
        return Message(CLOSE, "")
    code = int.from_bytes(payload[:2], "big")
    if len(payload) == 1 or not any(code in each for each in _CODES):
        raise _Wrong(f"no code of a close frame: {payload[:2].hex()}", _WRONG)
    return Message(CLOSE, _text(payload[2:]), code)


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise _Wrong("a text that is not UTF-8", _BAD_TEXT) from None


def _unmasked(data: bytes, mask: bytes) -> bytes:
    """§5.3; as one number, for Python has no other quick way."""
    size = len(data)
    stretched = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stretched, "big")).to_bytes(size, "big")
