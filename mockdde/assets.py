"""Where the shipped folders are: in the wheel under ``_data``, in a checkout beside the package."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

__all__ = ["folder", "walk"]


def folder(name: str) -> Traversable:
    """The shipped folder called ``name``: schemas, scenarios or conformance."""
    packaged = files("mockdde") / "_data" / name
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).parent.parent / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"mockdde was installed without its {name!r} folder")


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
