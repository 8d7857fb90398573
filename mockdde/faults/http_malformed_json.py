"""http_malformed_json: a document that is no JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpMalformedJson"]

_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[,\]}]')
_PAGE = b"<!DOCTYPE html><title>502</title><h1>Bad gateway</h1>\n"


def _without_comma(body: bytes) -> bytes:
    """Without the first comma between two values, as a sample of the documentation is."""
    for found in _TOKENS.finditer(body):
        if found[0] == b",":
            return body[: found.start()] + body[found.end() :]
    return body[:-1]


def _with_comma(body: bytes) -> bytes:
    """With a comma before the last bracket."""
    last = max(body.rfind(b"]"), body.rfind(b"}"))
    return body[:last] + b"," + body[last:]


_HOW: dict[str, Callable[[bytes], bytes]] = {
    "missing_comma": _without_comma,
    "trailing_comma": _with_comma,
    "truncated": lambda body: body[: max(1, len(body) // 2)],
    "two_documents": lambda body: body + b"\n" + body,
    "empty": lambda _: b"",
    "html": lambda _: _PAGE,
}


@dataclass(frozen=True, slots=True)
class HttpMalformedJson(RestFault):
    """On the wire: 200, ``application/json``, a Content-Length that is right, and a body that is no
    JSON: without its first comma (or, where there is none, its last bracket), with a comma before
    the last bracket, the first half of it, the document twice, nothing, or a page of HTML. An error
    is no occasion.

    A good client keeps what it holds, says what it could not read, and asks again.
    """

    NAME: ClassVar[str] = "http_malformed_json"
    how: str = "missing_comma"

    def __post_init__(self) -> None:
        wire.check_choice("how", self.how, _HOW)

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it is a document."""
        return _http.is_document(answer)

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The document, broken."""
        return replace(answer, body=_HOW[self.how](answer.body))


FAULT = HttpMalformedJson
