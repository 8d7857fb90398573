"""The tables that ``mockdde ctl`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mockdde.moments import iso_millis
from mockdde.printer import printable

__all__ = ["entries", "ids", "rules", "standing", "table"]


def table(heads: str, rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows in columns; nothing but a word where there are none."""
    cells = [[printable(str("-" if each is None else each)) for each in row] for row in rows]
    if not cells:
        return ["none"]
    listed = [heads.split(), *cells]
    widths = [max(len(row[at]) for row in listed) for at in range(len(listed[0]))]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in listed
    ]


def standing(told: dict[str, Any]) -> list[str]:
    """Where each tournament is."""

    def state(each: dict[str, Any]) -> str:
        if each["over"]:
            return "over"
        if each["paused"]:
            return "paused"
        return "hurries" if each["hurrying"] else "plays" if each["running"] else "waits"

    return table(
        "id now is speed scenario name",
        [
            (
                each["tournament"],
                each["now"],
                state(each),
                f"{each['speed']:g}",
                each["scenario"],
                each["name"],
            )
            for each in told["tournaments"]
        ],
    )


def rules(listed: Iterable[dict[str, Any]]) -> list[str]:
    """The faults."""

    def at(each: dict[str, Any]) -> str:
        said = [str(each["at"][key]) for key in ("what", "number", "word") if each["at"][key]]
        return " ".join(said)

    return table(
        "id fault on at fired times asked",
        [
            (
                each["id"],
                each["fault"],
                each["on"] + (f" of {each['tournament']}" if each["tournament"] else ""),
                at(each),
                each["fired"],
                each["times"] or "always",
                each["asked"],
            )
            for each in listed
        ],
    )


def entries(listed: Iterable[dict[str, Any]]) -> list[str]:
    """The journal."""
    return table(
        "number time event who path detail",
        [
            (
                each["number"],
                iso_millis(round(each["at"] * 1000)),
                each["event"] + (f" x{each['times']}" if "times" in each else ""),
                f"#{each['connection']}" if "connection" in each else "-",
                each.get("path", "-"),
                each.get("detail", ""),
            )
            for each in listed
        ],
    )


def ids(told: dict[str, Any]) -> list[str]:
    """Ids in both dialects."""
    rows = [
        (whole["tournament"]["dde"], what, each["dde"], each["live"], each["sr"], _about(each))
        for whole in told["tournaments"]
        for what, things in whole.items()
        for each in (things if isinstance(things, list) else [things])
    ]
    return table("tournament what dde live sr about", rows)


def _about(each: dict[str, Any]) -> str:
    if "number" in each:
        return f"{each['number']} of round {each['round']}"
    return str(each.get("name", ""))
