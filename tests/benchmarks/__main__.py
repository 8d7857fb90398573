"""All that is fast about mockdde, measured: ``python -m tests.benchmarks [NAME …] [--json FILE]``.

Each module of this folder that has ``rows`` is a benchmark. Ratios are of two things measured in
turns in one run; what is measured beside us and is not installed is skipped with a word. On an idle
machine all of it takes some ten minutes.
"""

from __future__ import annotations

import importlib
import json
import os
import platform
import sys
from pathlib import Path

import click
from rich.console import Console

from tests.benchmarks.table import Row, show, skipped

FOLDER = Path(__file__).parent


def known() -> list[str]:
    """The names of the benchmarks."""
    files = sorted(each.stem for each in FOLDER.glob("[a-z]*.py"))
    return [each for each in files if hasattr(_module(each), "rows")]


def _module(name: str) -> object:
    return importlib.import_module(f"tests.benchmarks.{name}")


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the rows here, too.")
def main(names: tuple[str, ...], file: Path | None) -> None:
    """Measure all benchmarks, or those with these NAMES; a table at the end."""
    console = Console(stderr=True)
    every = known()
    for name in names:
        if name not in every:
            raise click.UsageError(f"there is no benchmark {name!r}; there are {', '.join(every)}")
    rows: list[Row] = []
    for name in names or every:
        with console.status(f"{name} …"):
            try:
                for row in _module(name).rows():  # type: ignore[attr-defined]
                    rows.append(row)
                    value = row.detail if row.value is None else f"{row.value:.4g} {row.unit}"
                    console.print(f"{name}: {row.what}: {value}")
            except OSError as error:
                rows.append(skipped(name, str(error)))
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    wide = Console(width=None if sys.stdout.isatty() else 160)
    wide.print(show(rows))
    if file is not None:
        file.write_text(json.dumps([each.as_json() for each in rows], indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
