"""What the faults of requests share: the platform's error body, and which answers are documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from mockdde.wire import Answer

__all__ = ["BODILESS", "error", "has_body", "is_document", "members", "retry_after"]

BODILESS = (204, 304)  # statuses that have no body (RFC 9110)


def error(status: int, message: str) -> bytes:
    """An error as the platform has it; of a status that has no body, nothing."""
    if status in BODILESS:
        return b""
    return orjson.dumps({"error": message, "status": status})


def has_body(answer: Answer) -> bool:
    """Whether there is anything after the headers."""
    return bool(answer.body) and answer.status not in BODILESS


def is_document(answer: Answer) -> bool:
    """Whether a document is answered, and no error."""
    return answer.status == 200 and has_body(answer)


def members(value: Any) -> Iterable[tuple[Any, Any]]:
    """What is in a mapping or list, by key or position; nothing is in anything else."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def retry_after(seconds: int) -> dict[str, str]:
    """The header; none of 0 seconds."""
    return {"Retry-After": str(seconds)} if seconds else {}
