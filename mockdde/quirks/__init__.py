"""Contested facts of the feed: each a switch with a default and the evidence behind it.

Where a sample and a table disagree the sample is the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from mockdde.errors import UsageError, nearest
from mockdde.quirks._quirk import SECONDS
from mockdde.quirks._table import QUIRKS, Quirk

__all__ = ["QUIRKS", "Quirk", "Quirks", "parse_settings"]

_DEFAULTS: Final = {name: quirk.default for name, quirk in QUIRKS.items()}


class Quirks:
    """Settings of all quirks; ``quirks["even-par"]`` is the chosen value."""

    __slots__ = ("_chosen",)

    def __init__(self, settings: Mapping[str, object] | None = None) -> None:
        """UsageError where a name or a value is not in the table."""
        self._chosen = dict(_DEFAULTS)
        self._choose(settings or {})

    def _choose(self, settings: Mapping[str, object]) -> None:
        for name, value in settings.items():
            self._chosen[name] = _checked(name, value)

    def __getitem__(self, name: str) -> str:
        return self._chosen[name]

    def over(self, settings: Mapping[str, object]) -> Quirks:
        """These quirks with ``settings`` on top."""
        made = Quirks()
        made._chosen.update(self._chosen)
        made._choose(settings)
        return made


def _checked(name: str, value: object) -> str:
    quirk = QUIRKS.get(name)
    if quirk is None:
        raise UsageError(f"there is no quirk {name!r}{nearest(name, QUIRKS)}")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if name in SECONDS:
        if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 86_400:
            raise UsageError(f"quirk {name}: {text!r} is no number of seconds from 1 to 86400")
    elif name == "refused-text":
        if not text.strip():
            raise UsageError(f"quirk {name}: it has no text; write what the server says")
    elif text not in quirk.choices:
        raise UsageError(f"quirk {name}: {text!r} is no choice{nearest(text, quirk.choices)}")
    return text


def parse_settings(texts: Iterable[str]) -> dict[str, str]:
    """Settings from ``name=value`` texts of a command line."""
    settings: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--quirk {text}: write name=value, such as heartbeat=20")
        settings[name.strip()] = value.strip()
        _checked(name.strip(), value.strip())
    return settings
