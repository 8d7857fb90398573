"""http_inconsistent: a document that contradicts the streams."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import orjson

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "HttpInconsistent"]

_NUMBER = re.compile(r"[-+]?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class HttpInconsistent(RestFault):
    """On the wire: each number under ``key``, anywhere in the document, is greater by ``by``; a
    number in a string stays one. A document without such a number is no occasion.

    A good client trusts the stream for what the stream says, whatever it asked for by REST.
    """

    NAME: ClassVar[str] = "http_inconsistent"
    key: str = "holeNo"
    by: int = 1

    def __post_init__(self) -> None:
        wire.check_range("by", self.by, -1_000_000, 1_000_000)
        if not self.key or not self.by:
            raise ValueError("it needs a key, and a number by that is not 0")

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether there is such a number."""
        return self._changed(answer) is not None

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The document with other numbers."""
        return replace(answer, body=self._changed(answer) or answer.body)

    def _changed(self, answer: Answer) -> bytes | None:
        if not _http.is_document(answer) or self.key.encode() not in answer.body:
            return None
        try:
            document = orjson.loads(answer.body)
        except orjson.JSONDecodeError:  # lines, or broken by another fault
            return None
        return orjson.dumps(document) if self._change(document) else None

    def _change(self, value: Any) -> bool:
        """Change all such numbers; whether there was any."""
        found = False
        for key, inner in _http.members(value):
            if key == self.key and (other := self._greater(inner)) is not None:
                value[key] = other
                found = True
            else:
                found = self._change(inner) or found
        return found

    def _greater(self, value: object) -> object:
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            signed = "+" if value.startswith("+") else ""
            return f"{int(value) + self.by:{signed}d}"
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value + self.by
        return None


FAULT = HttpInconsistent
