"""partial_list: a list from which something is missing."""

from __future__ import annotations

from typing import Any, ClassVar

import orjson

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _http
from mockdde.records import dataclass, replace
from mockdde.wire import Answer, Asked, Memory, RestFault

__all__ = ["FAULT", "PartialList"]


@dataclass(frozen=True, slots=True)
class PartialList(RestFault):
    """On the wire: the document as ever, valid, without the ``first`` or ``last`` elements of its
    list, ``drop`` of them; with ``key`` of each list under that key. A document without such a
    list, or with an empty one, is no occasion.

    In the live dialect, whose documents are no lists, it is the one list that a document has by
    name, such as teams.

    A good client does not take what is missing once for what has ended: a team that is not in
    liveevents for one answer is still followed.
    """

    NAME: ClassVar[str] = "partial_list"
    drop: int = 1
    which: str = "last"
    key: str = ""

    def __post_init__(self) -> None:
        wire.check_range("drop", self.drop, 1, 1_000_000)
        wire.check_choice("which", self.which, ("first", "last"))

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether there is anything to leave out."""
        return self._shorter(answer, asked) is not None

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:  # noqa: ARG002
        """The document, shorter."""
        return replace(answer, body=self._shorter(answer, asked) or answer.body)

    def _shorter(self, answer: Answer, asked: Asked) -> bytes | None:
        if not _http.is_document(answer):
            return None
        try:
            document = orjson.loads(answer.body)
        except orjson.JSONDecodeError:  # lines, or broken by another fault
            return None
        where = document
        if asked.dialect == "live" and isinstance(document, dict) and len(document) == 1:
            (where,) = document.values() if not self.key else (document,)
        lists = list(self._lists(where, self.key))
        for each in lists:
            del each[slice(self.drop) if self.which == "first" else slice(-self.drop, None)]
        return orjson.dumps(document) if lists else None

    def _lists(self, value: Any, key: str) -> list[list[Any]]:
        """The lists that are meant and not empty, the inner ones first."""
        if not key:
            return [value] if isinstance(value, list) and value else []
        found: list[list[Any]] = []
        for name, inner in _http.members(value):
            found += self._lists(inner, key)
            if name == key and isinstance(inner, list) and inner:
                found.append(inner)
        return found


FAULT = PartialList
