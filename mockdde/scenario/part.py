"""A mapping of a scenario file, with readers for its durations, moments and shots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mockdde.errors import Mark, ScenarioError
from mockdde.moments import HOUR, parse_duration, parse_moment
from mockdde.scenario.shots import Shot, read_shot
from mockdde.scenario.source import Path, Source

__all__ = ["Part"]

_LONGEST = 30 * 24 * HOUR
# Far from the ends of datetime's range, so that no delay or time zone leads out of it.
_EARLIEST, _LATEST = 24 * HOUR, 1028 * 365 * 24 * HOUR


class Part:
    """A mapping of the file: its values by key, and its marks."""

    __slots__ = ("path", "source", "values")

    def __init__(self, source: Source, path: Path, values: Any) -> None:
        self.source, self.path, self.values = source, path, values

    @property
    def mark(self) -> Mark:
        """Where the mapping begins."""
        return self.source.mark(self.path)

    def mark_of(self, *path: str | int) -> Mark:
        """Where a value of the mapping stands."""
        return self.source.mark((*self.path, *path))

    def key_mark(self, key: str) -> Mark:
        """Where a key of the mapping stands."""
        return self.source.key_mark((*self.path, key))

    def refuse(self, message: str, *keys: str) -> None:
        """ScenarioError at the first of these keys that is there; ``{}`` is the key."""
        for key in keys:
            if key in self.values:
                raise ScenarioError(self.key_mark(key), message.format(key))

    def get(self, key: str, default: Any = None) -> Any:
        """A value of the mapping."""
        return self.values.get(key, default)

    def part(self, key: str) -> Part:
        """A mapping in the mapping; empty where it is not there."""
        return Part(self.source, (*self.path, key), self.values.get(key) or {})

    def parts(self, key: str) -> Iterator[Part]:
        """The mappings of a list in the mapping."""
        for at, values in enumerate(self.values.get(key) or ()):
            yield Part(self.source, (*self.path, key, at), values)

    def duration(self, key: str, default: int = 0) -> int:
        """Milliseconds."""
        text = self.values.get(key)
        if text is None:
            return default
        parsed = parse_duration(text)
        if parsed is None or parsed > _LONGEST:
            message = f"{key} is {_short(text)}; a scenario's durations are 30 days at most"
            raise ScenarioError(self.mark_of(key), message)
        return parsed

    def moment(self, key: str) -> int | None:
        """Milliseconds since 1970."""
        text = self.values.get(key)
        if text is None:
            return None
        parsed = parse_moment(text)
        if parsed is None:
            message = f"{key} is {_short(text)}, which is on no calendar or clock"
            raise ScenarioError(self.mark_of(key), message)
        if not _EARLIEST <= parsed <= _LATEST:
            message = f"{key} is {_short(text)}; a tournament is played from 1970 to 2997"
            raise ScenarioError(self.mark_of(key), message)
        return parsed

    def words(self, key: str) -> str | None:
        """Text without the blanks around it."""
        text = self.values.get(key)
        if text is None:
            return None
        if not text.strip():
            raise ScenarioError(self.mark_of(key), f"{key} is blank; write it out or leave it out")
        return str(text.strip())

    def shots(self, *, in_match: bool = False) -> tuple[Shot, ...]:
        """What a player did on a hole, of a match or of stroke play."""
        texts: Iterable[str] = self.values.get("shots") or ()
        return tuple(
            read_shot(text, self.mark_of("shots", at), in_match=in_match)
            for at, text in enumerate(texts)
        )


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
