"""Drop a module in the folder and it is known; duplicates are refused, naming both owners."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from mockdde.errors import CatalogueError

__all__ = ["collect", "modules"]

T = TypeVar("T")


def modules(package: ModuleType) -> list[ModuleType]:
    """Every module below ``package``, imported, in order of name; ``_private`` ones are helpers."""
    found: list[ModuleType] = []
    for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
        if entry.name.startswith("_"):
            continue
        module = import_module(f"{package.__name__}.{entry.name}")
        found.append(module)
        if entry.ispkg:
            found.extend(modules(module))
    return found


def collect(package: ModuleType, attribute: str, key: Callable[[T], str]) -> dict[str, T]:
    """What each module below ``package`` declares as ``attribute``, by ``key`` of it."""
    values: dict[str, T] = {}
    owners: dict[str, str] = {}
    for module in modules(package):
        if not hasattr(module, attribute):
            if hasattr(module, "__path__"):  # a sub-package only groups its modules
                continue
            raise CatalogueError(
                f"{module.__name__} declares no {attribute}; every module of {package.__name__} "
                f"must, and a helper's name begins with an underscore"
            )
        value: T = getattr(module, attribute)
        name = key(value)
        if name in values:
            raise CatalogueError(
                f"{name!r} is declared twice in {package.__name__}: "
                f"in {owners[name]} and in {module.__name__}"
            )
        values[name], owners[name] = value, module.__name__
    return values
