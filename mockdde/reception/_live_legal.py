"""What is legal on a connection of the live dialect: what can come, and what is done about it."""

from __future__ import annotations

import enum
from typing import Final

from mockdde.subscriber import State

__all__ = ["LEGAL", "Act", "Heard"]


class Heard(enum.Enum):
    """What can come: from a client, from the wire's clock, from the stream.

    Of what comes from the clock at one time, the first here is the first.
    """

    INIT = "Client.Init"
    HEARTBEAT = "a heartbeat of the client"
    OTHER = "any other message"
    READY = "nothing need be said before"
    LATE = "no Client.Init in time"
    EXPIRY = "the end of its token"
    SILENCE = "no heartbeat of the client in time"
    TURN = "the time of the server's heartbeat"
    END = "the end of the stream"


class Act(enum.Enum):
    """What the server does about it; where a quirk has a say in that, it is named."""

    BEGIN = "send what the stream has, from where the client left off"  # live-unknown-id
    AGAIN = "hear it once more"  # live-second-init
    HEED = "know that it is there"  # live-client-heartbeat
    WAIT = "wait for Client.Init on"  # live-bad-init
    IGNORE = "ignore it, and note it"
    LAPSE = "close for want of Client.Init"
    EXPIRE = "note that its token has expired"  # live-expiry
    MISS = "note that its heartbeats are missing"  # live-client-silence
    BEAT = "send a heartbeat"  # live-heartbeat
    END = "leave it at that"  # live-end


# All that is legal. CONNECTED waits for Client.Init, or to be looked at first.
LEGAL: Final[dict[tuple[State, Heard], Act]] = {
    (State.CONNECTED, Heard.INIT): Act.BEGIN,
    (State.CONNECTED, Heard.HEARTBEAT): Act.HEED,
    (State.CONNECTED, Heard.OTHER): Act.WAIT,
    (State.CONNECTED, Heard.READY): Act.BEGIN,
    (State.CONNECTED, Heard.LATE): Act.LAPSE,
    (State.CONNECTED, Heard.EXPIRY): Act.EXPIRE,
    (State.CONNECTED, Heard.TURN): Act.BEAT,
    (State.STREAMING, Heard.INIT): Act.AGAIN,
    (State.STREAMING, Heard.HEARTBEAT): Act.HEED,
    (State.STREAMING, Heard.OTHER): Act.IGNORE,
    (State.STREAMING, Heard.EXPIRY): Act.EXPIRE,
    (State.STREAMING, Heard.SILENCE): Act.MISS,
    (State.STREAMING, Heard.TURN): Act.BEAT,
    (State.STREAMING, Heard.END): Act.END,
    (State.CLOSING, Heard.INIT): Act.IGNORE,
    (State.CLOSING, Heard.HEARTBEAT): Act.IGNORE,
    (State.CLOSING, Heard.OTHER): Act.IGNORE,
}
