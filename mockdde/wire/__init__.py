"""WIRE: what a fault is made of: its family, what it sees, what it does to a connection, as data.

A fault is a frozen dataclass of one of four families; its fields are its parameters, whose types
are those of their defaults. It does nothing itself: it says what is to be done.

``StreamFault``     strikes one connection: ``begin`` gives an ``Effect``, which sees all that the
                    connection is sent from then on
``HandshakeFault``  strikes a handshake: ``handshake`` says how it is answered instead
``RestFault``       strikes a request: ``answer`` changes what it is answered
``ServerFault``     strikes all of the server: ``order`` says what it does

What is due to a struck connection goes through its effects in the order of the scenario, in three
stages: messages (``Effect.message``), their frames (``Effect.frames``), bytes (``Effect.send``).
All times are seconds of wire time.
"""

from mockdde.wire.acts import FOREVER, Act, Close, Ending, Fin, Freeze, Order, Reset, Restart, Shut
from mockdde.wire.effects import (
    Effect,
    Frame,
    Message,
    Once,
    Piece,
    Refusal,
    Thing,
    as_pieces,
    made,
)
from mockdde.wire.families import (
    Fault,
    HandshakeFault,
    RestFault,
    ServerFault,
    StreamFault,
    check_choice,
    check_close,
    check_range,
)
from mockdde.wire.seen import Answer, Asked, Context, Handshake, Memory, Readable

__all__ = [
    "FOREVER",
    "Act",
    "Answer",
    "Asked",
    "Close",
    "Context",
    "Effect",
    "Ending",
    "Fault",
    "Fin",
    "Frame",
    "Freeze",
    "Handshake",
    "HandshakeFault",
    "Memory",
    "Message",
    "Once",
    "Order",
    "Piece",
    "Readable",
    "Refusal",
    "Reset",
    "RestFault",
    "Restart",
    "ServerFault",
    "Shut",
    "StreamFault",
    "Thing",
    "as_pieces",
    "check_choice",
    "check_close",
    "check_range",
    "made",
]
