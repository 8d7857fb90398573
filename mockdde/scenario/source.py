"""The values of a scenario file, each with where it stands; whoever reads the file fills it."""

from __future__ import annotations

from typing import TypeAlias

from mockdde.errors import Mark
from mockdde.records import dataclass, field

__all__ = ["Path", "Place", "Source"]

Path: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]  # line and column, from 1


@dataclass(slots=True)
class Source:
    """The values of one file, and the places of every value and key by their path."""

    name: str
    value: object = None
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def mark(self, path: Path) -> Mark:
        """Where the value at ``path`` stands, or the nearest value around it."""
        while path not in self.values:
            path = path[:-1]
        return Mark(self.name, *self.values[path])

    def key_mark(self, path: Path) -> Mark:
        """Where the key at the end of ``path`` stands."""
        place = self.keys.get(path)
        return self.mark(path) if place is None else Mark(self.name, *place)
