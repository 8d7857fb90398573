"""handshake_status: a handshake is answered with a status."""

from __future__ import annotations

import re
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "HandshakeStatus"]

_LONGEST_RETRY = 86_400  # seconds
_BODILESS = (204, 205, 304)  # statuses that have no body (RFC 9110)
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # what a header can be called, ibid. §5.6.2
_OURS = ("connection", "content-length", "transfer-encoding")


@dataclass(frozen=True, slots=True)
class HandshakeStatus(HandshakeFault):
    """On the wire: an HTTP answer with this status instead of the 101; with ``retry_after``
    (seconds) that header, with ``headers`` (a list of ``Name: value``) those, with ``body`` that.

    A good client keeps what it holds, and waits as long as Retry-After says, or longer and longer,
    until it tries again; with 401, 403 and 404 it says so to a person, and does not try on for
    ever.
    """

    NAME: ClassVar[str] = "handshake_status"
    status: int = 503
    retry_after: int = 0
    headers: tuple[str, ...] = ()
    body: str = ""

    def __post_init__(self) -> None:
        wire.check_range("status", self.status, 200, 599)
        wire.check_range("retry_after", self.retry_after, 0, _LONGEST_RETRY)
        for each in self.headers:
            _check_header(each)
        if self.body and self.status in _BODILESS:
            raise ValueError(f"status {self.status} has no body; leave body out")

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """The answer."""
        headers = {}
        if self.body:
            headers["Content-Type"] = "text/plain; charset=utf-8"
        if self.status == 401:
            headers["Www-Authenticate"] = "Bearer"  # RFC 9110 asks for it
        if self.retry_after:
            headers["Retry-After"] = str(self.retry_after)
        for each in self.headers:
            name, _, value = each.partition(":")
            headers[name.title()] = value.strip()
        return Handshake(status=self.status, headers=headers, body=self.body.encode())


def _check_header(header: object) -> None:
    name, colon, value = str(header).partition(":")
    if not (colon and _TOKEN.fullmatch(name) and value.isprintable() and value.isascii()):
        raise ValueError(f"{header!r} is no header; write 'Name: value'")
    if name.lower() in _OURS:
        raise ValueError(f"the header {name} is the server's own; leave it out")


FAULT = HandshakeStatus
