"""Where the shipped folders are: in the wheel under ``_data``, in a checkout beside the package."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["find", "folder", "walk"]

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Traversable:
    """The shipped folder called ``name``: schemas, scenarios or conformance."""
    for place in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    from importlib.resources import files  # noqa: PLC0415  (takes long, and few live in a zip)

    zipped = files("mockdde") / "_data" / name
    if zipped.is_dir():
        return zipped
    raise FileNotFoundError(f"mockdde was installed without its {name!r} folder")


def find(name: str, path: str) -> Traversable | None:
    """The file at a path inside a shipped folder, spelt just so; None where there is none."""
    place = folder(name)
    for part in path.split("/"):
        inside = place.iterdir() if place.is_dir() else ()
        found = next((entry for entry in inside if entry.name == part), None)
        if found is None:
            return None
        place = found
    return place if place.is_file() else None


def walk(name: str, suffix: str) -> Iterator[tuple[str, Traversable]]:
    """Every file of a shipped folder that ends in ``suffix``, sorted by name.

    The name is the path inside the folder without the suffix: ``penalty/free-drop``.
    """
    found = dict(_files(folder(name), ""))
    for path in sorted(path.removesuffix(suffix) for path in found if path.endswith(suffix)):
        yield path, found[path + suffix]


def _files(directory: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in directory.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry
