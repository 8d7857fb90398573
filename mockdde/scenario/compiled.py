"""Scenarios that come with mockdde, as they were read before: kept where Python keeps bytecode.

To import a reader of YAML takes longer than all else that is done with a scenario. What is kept is
taken only for the very text that it was made of, by the very reader; it is kept under the same
rules as bytecode (``PYTHONDONTWRITEBYTECODE``, ``PYTHONPYCACHEPREFIX``), and may be deleted.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockdde import __version__
from mockdde.scenario.source import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["read_shipped"]

_READER = Path(__file__).with_name("yamltext.py")


def read_shipped(file: Traversable, name: str) -> Source:
    """The values of a shipped file, and where they stand; ``name`` stands in the marks."""
    text = file.read_bytes()
    kept = Path(cache_from_source(str(file))) if isinstance(file, Path) else None
    if kept is None:  # in a zip
        return _read(text, name)
    key = _key(text)
    with suppress(OSError, ValueError, EOFError, TypeError):  # none, or none that can be read
        of, *found = marshal.loads(kept.read_bytes())  # noqa: S302  (no more is trusted than bytecode is)
        if of == key:
            return Source(name, *found)
    source = _read(text, name)
    if not sys.dont_write_bytecode:
        whole: Any = (key, source.value, source.values, source.keys)
        _keep(kept, marshal.dumps(whole))
    return source


def _read(text: bytes, name: str) -> Source:
    from mockdde.scenario.yamltext import read_yaml  # noqa: PLC0415  (see above)

    return read_yaml(text.decode(), name)


def _key(text: bytes) -> bytes:
    """What a result depends on: the text, and the reader."""
    reader = _READER.read_bytes() if _READER.exists() else b""
    return sha256(b"\0".join((__version__.encode(), reader, text))).digest()


def _keep(place: Path, data: bytes) -> None:
    """Write it whole or not at all; where nothing can be written, it is read again next time."""
    own = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(data)
        own.replace(place)
