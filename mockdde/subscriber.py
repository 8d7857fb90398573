"""One connection to a stream: what it may do next, and what it is owed."""

from __future__ import annotations

import enum
from collections import deque
from typing import Final

from mockdde.faults import Rule
from mockdde.tape import Tape

__all__ = ["LEGAL", "Act", "Heard", "State", "Subscriber"]


class State(enum.Enum):
    """Where a connection is in its life."""

    CONNECTED = "connected"  # waiting for the token
    STREAMING = "streaming"
    CLOSING = "closing"  # a close frame is due; nothing else is sent


class Heard(enum.Enum):
    """What can come from a client."""

    GOOD = "a token that is good"
    BAD = "a token that is not"
    OTHER = "a first message of another form"
    SILENCE = "no message in time"


class Act(enum.Enum):
    """What the server does about it."""

    ACCEPT = "accept"
    REFUSE = "refuse the token"
    REFUSE_FORM = "refuse the message"
    EXPIRE = "close for want of a token"
    IGNORE = "ignore it, and note it"


# All that is legal. After the token whatever a client sends is ignored (dde-events §1.1).
LEGAL: Final[dict[tuple[State, Heard], tuple[State, Act]]] = {
    (State.CONNECTED, Heard.GOOD): (State.STREAMING, Act.ACCEPT),
    (State.CONNECTED, Heard.BAD): (State.CLOSING, Act.REFUSE),
    (State.CONNECTED, Heard.OTHER): (State.CLOSING, Act.REFUSE_FORM),
    (State.CONNECTED, Heard.SILENCE): (State.CLOSING, Act.EXPIRE),
    (State.STREAMING, Heard.GOOD): (State.STREAMING, Act.IGNORE),
    (State.STREAMING, Heard.BAD): (State.STREAMING, Act.IGNORE),
    (State.STREAMING, Heard.OTHER): (State.STREAMING, Act.IGNORE),
    (State.CLOSING, Heard.GOOD): (State.CLOSING, Act.IGNORE),
    (State.CLOSING, Heard.BAD): (State.CLOSING, Act.IGNORE),
    (State.CLOSING, Heard.OTHER): (State.CLOSING, Act.IGNORE),
}


class Subscriber:
    """A cursor on a tape, and the frames of its own that go in between."""

    __slots__ = (
        "_own",
        "close",
        "cursor",
        "cut",
        "deadline",
        "id",
        "path",
        "state",
        "struck",
        "tape",
    )

    def __init__(self, number: int, path: str, tape: Tape) -> None:
        self.id = number
        self.path = path  # as the client asked for it
        self.tape = tape
        self.state = State.CONNECTED
        self.cursor = 0
        self.cut: Rule | None = None  # a fault that awaits this connection
        self.struck: Rule | None = None  # the fault that cut it
        self.deadline: float | None = None  # wire time
        self.close: tuple[int, str] | None = None  # code and reason, once all is written
        self._own: deque[tuple[int, bytes]] = deque()  # (tape position before it, frame)

    def tell(self, frame: bytes) -> None:
        """Send a frame of its own, after all that the tape holds now."""
        after = len(self.tape) if self.state is State.STREAMING else self.cursor
        self._own.append((max(after, self.cursor), frame))

    def await_fault(self, rule: Rule) -> None:
        """Meet this fault, unless the packet that it follows is not to be sent any more."""
        self.cut = rule
        cut = self._cut_at()
        if cut is not None and cut <= self.cursor:
            self.cut = None

    def skip_to_end(self) -> None:
        """Pass over all that the tape holds now."""
        self.cursor = len(self.tape)
        self._own = deque((self.cursor, frame) for _, frame in self._own)

    def take(self) -> bytes | memoryview | None:
        """The next bytes to write, whole frames; None when all that is due is taken.

        When a fault cuts the connection here, ``close`` is set and nothing more is due.
        """
        if self._own and self._own[0][0] <= self.cursor:
            return self._own.popleft()[1]
        stop = self._stop()
        if self.cursor < stop:
            data, self.cursor = self.tape.slice(self.cursor, stop)
            return data
        return None

    def _stop(self) -> int:
        if self.state is not State.STREAMING:
            return self.cursor
        stop = self._own[0][0] if self._own else len(self.tape)
        cut = self._cut_at()
        if cut is not None and cut <= stop:
            if self.cursor >= cut:
                self._strike()
                return self.cursor
            return cut
        return stop

    def _cut_at(self) -> int | None:
        # Another connection may have met the rule's last strike while this one awaited it.
        if self.cut is None or self.cut.spec.at_seq is None or self.cut.spent:
            return None
        return self.tape.after(self.cut.spec.at_seq)

    def _strike(self) -> None:
        assert self.cut is not None
        self.cut.fired += 1
        self.struck = self.cut
        self.close = self.cut.fault.close
        self.cut = None
        self.state = State.CLOSING
        self._own.clear()
