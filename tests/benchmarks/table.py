"""What the benchmarks say: a row for each measure, beside what it is to reach."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table

__all__ = ["Row", "at_least", "at_most", "measured", "show", "skipped"]


@dataclass(frozen=True)
class Row:
    """``value`` is what the aim is about: a ratio to ``than`` of the same run, or a quantity.

    None where it could not be measured; ``detail`` then says why.
    """

    what: str
    value: float | None
    unit: str  # "of the raw transport", "× naive aiohttp", "ms"
    aim: str = ""  # "≥ 0.85"; nothing where none is set
    met: bool | None = None
    detail: str = ""  # the two numbers of a ratio, with their units

    def as_json(self) -> dict[str, object]:
        """All of it."""
        return dataclasses.asdict(self)


def at_least(aim: float, what: str, value: float, unit: str, detail: str = "") -> Row:
    """A measure that should be as large or larger."""
    return Row(what, value, unit, f"≥ {aim:,g}", value >= aim, detail)


def at_most(aim: float, what: str, value: float, unit: str, detail: str = "") -> Row:
    """A measure that should be as small or smaller."""
    return Row(what, value, unit, f"≤ {aim:,g}", value <= aim, detail)


def measured(what: str, value: float, unit: str, detail: str = "") -> Row:
    """A measure without an aim."""
    return Row(what, value, unit, detail=detail)


def skipped(what: str, why: str) -> Row:
    """A measure whose peer is not here."""
    return Row(what, None, "", detail=why)


def show(rows: Iterable[Row]) -> Table:
    """The table at the end."""
    table = Table(title="mockdde, measured", title_justify="left")
    table.add_column("what", overflow="fold")
    table.add_column("measured", justify="right")
    table.add_column("", overflow="fold")
    table.add_column("aim", justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("", style="dim", overflow="fold")
    for row in rows:
        met = {True: "[green]met[/]", False: "[red]missed[/]", None: ""}[row.met]
        value = "skipped" if row.value is None else _number(row.value)
        table.add_row(row.what, value, row.unit, row.aim, met, row.detail)
    return table


def _number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
