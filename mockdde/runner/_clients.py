"""A client under test as the runner sees it: what is started, ends, and can be stopped."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from mockdde.kit.evidence import Ending

__all__ = ["STDERR", "STDOUT", "Client", "Running", "fill", "placeholders"]

STDOUT, STDERR = "client.stdout", "client.stderr"  # in the folder of a run: what it printed
_BEFORE = "MOCKDDE_"
_NAME = re.compile(r"\{([a-z_]+)\}")


class Running(Protocol):
    """A client that was started."""

    ended: asyncio.Event  # set once it has ended, however it did

    async def stop(self) -> Ending:
        """Ask it to stop, wait for a while, kill it; how it ended. Of one that has, just that.

        It never takes long, and may be called again: the answer is the same.
        """
        ...


class Client(Protocol):
    """A client that can be started, again and again; each run of a case starts one."""

    @property
    def command(self) -> list[str]:
        """What it is in a report: the words of its command, with their placeholders."""
        ...

    async def start(self, environ: Mapping[str, str], folder: Path) -> Running:
        """Start it with ``environ`` (of the launch contract alone) over our own environment.

        What it prints goes to ``STDOUT`` and ``STDERR`` in ``folder``, which there is. UsageError
        where it cannot be started: no such program.
        """
        ...


def placeholders(environ: Mapping[str, str]) -> dict[str, str]:
    """The same values by the names that they have in a command: ``rest_url``."""
    return {
        name.removeprefix(_BEFORE).lower(): value
        for name, value in environ.items()
        if name.startswith(_BEFORE)
    }


def fill(text: str, environ: Mapping[str, str]) -> str:
    """A text with its ``{placeholders}``; other words in braces are left as they are."""
    known = placeholders(environ)
    return _NAME.sub(lambda found: known.get(found[1], found[0]), text)
