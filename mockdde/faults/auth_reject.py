"""auth_reject: a good token is refused."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "AuthReject"]

_THEN = ("close", "stay")


@dataclass(frozen=True, slots=True)
class AuthReject(StreamFault):
    """On the wire: after a token that would be good ``{"message": …, "level": "ERROR"}`` with this
    message; then the close frame of a refused token (``then: close``), or nothing (``then: stay``):
    the client may send a token again, until it is closed for want of a good one.

    Who speaks the live dialect sends no such message: its token is in the handshake, and refused
    there (handshake_status, 401). It does not strike there.

    A good client reads the answer before it believes that it is in; it says so to a person, and
    does not send the same token again and again.
    """

    NAME: ClassVar[str] = "auth_reject"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    TRIGGERS: ClassVar[tuple[str, ...]] = ("connection", "connect", "scenario", "signal", "now")
    message: str = "The supplied authentication is invalid"
    then: str = "close"

    def __post_init__(self) -> None:
        wire.check_choice("then", self.then, _THEN)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Until the connection ends."""
        effect = Effect()
        effect.refusal = wire.Refusal(self.message, closes=self.then == "close")
        return effect


FAULT = AuthReject
