"""``mockdde judge``: evidence that was kept is judged again, with nothing else."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import orjson

from mockdde.errors import CatalogueError, DocumentError, MockddeError, ScenarioError, UsageError
from mockdde.records import dataclass

__all__ = ["FAULT", "USAGE", "VerdictCommand", "expectations_of", "judge"]

# Commands import what they need when they run.
# ruff: noqa: PLC0415

FAULT, USAGE = 3, 64  # exit codes beside those of verdicts: the kit's own fault, and the caller's
_EVIDENCE, _TRANSCRIPT = "evidence.json", "wire.ndjson"
_REPORT, _LINES = "report.json", "events.ndjson"
_SCHEMA = "mockdde.evidence/1"


class VerdictCommand(click.Command):
    """A command whose exit code is a verdict: what was asked for wrongly is neither 1 nor 2."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except click.UsageError as error:
            raise _misused(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _misused(error) from None
        except ScenarioError as error:
            for each in (error, *error.more):
                click.echo(each, err=True)  # it begins with file:line:column, as editors read it
            ctx.exit(USAGE)
        except MockddeError as error:
            click.echo(f"mockdde: {error}", err=True)
            ctx.exit(FAULT if isinstance(error, CatalogueError) else USAGE)
        except (click.exceptions.Exit, click.ClickException, click.Abort, OSError):
            raise
        except Exception:  # noqa: BLE001  (a traceback exits with 1, which is a verdict)
            traceback.print_exc()
            ctx.exit(FAULT)


def _misused(error: click.UsageError) -> click.UsageError:
    """The same with the exit code of a mistake in what was asked for."""
    vars(error)["exit_code"] = USAGE
    return error


@dataclass(frozen=True, slots=True)
class _Kept:
    """Evidence in a file; ``home`` is the folder of the report that it is of, if it is of one."""

    file: Path
    evidence: dict[str, Any]
    home: Path | None


@click.command(cls=VerdictCommand)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--lane",
    "lanes",
    multiple=True,
    type=click.Choice(["wire", "state"]),
    help="Judge only requirements of this lane; without it those of the report, or both.",
)
@click.option(
    "--requirements",
    "own",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Your own requirements beside those that come with mockdde.",
)
@click.option("--baseline", metavar="FILE", help="What is expected to fail (YAML).")
@click.option("--report", "folder", metavar="FOLDER", help="Write all forms of the report there.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def judge(
    paths: tuple[str, ...],
    lanes: tuple[str, ...],
    own: Path | None,
    baseline: str | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Judge evidence again: files, folders of them, or the folder of a report.

    Nothing is run, and nothing else is asked. The exit code is that of `mockdde conform`: 0
    conformant, 1 not, 2 nothing proved, 3 the kit's own fault, 64 a mistake in what was asked for.
    """
    from mockdde.kit.report.document import exit_code
    from mockdde.lists import print_json

    kept = [each for path in paths for each in _found(Path(path))]
    now = datetime.now(UTC)
    report = _judged(kept, lanes, own, expectations_of(baseline, now.date().isoformat()), now)
    if folder is not None:
        _write(Path(folder), report, _timelines(kept))
    if as_json:
        print_json(report)
    else:
        from mockdde.kitdisplay import Terminal

        Terminal().finished(report)
    sys.stdout.flush()
    click.get_current_context().exit(exit_code(report))


def _judged(
    kept: Sequence[_Kept],
    lanes: Sequence[str],
    own: Path | None,
    expected: Any,
    now: datetime,
) -> dict[str, Any]:
    from mockdde.kit.judge import LANES
    from mockdde.kit.judge import judge as judged
    from mockdde.kit.report.document import case_entry, heading, whole
    from mockdde.kit.requirements import requirements

    told = {each.home: _report(each.home) for each in kept}
    first = next((each for each in told.values() if each), None)
    known = requirements(own)
    asked = [each for each in LANES if each in (lanes or (first or {}).get("lanes", LANES))]
    evidence = kept[0].evidence
    header = heading(
        command=evidence["client"]["command"],
        started=(first or {}).get("started", now.isoformat(timespec="seconds")),
        wire_speed=evidence["kit"]["wire_speed"],
        dialects=sorted({each.evidence["case"]["dialect"] for each in kept}),
        lanes=asked,
        requirements=known.values(),
        seed=(first or {}).get("seed"),
    )
    entries = [
        case_entry(
            each.evidence,
            judged(each.evidence, known.values(), lanes=asked),
            repro=_repro(each, told[each.home]),
            seconds=each.evidence["client"]["seconds"],
            artifacts=[_seen(each)],
            expectations=expected,
        )
        for each in kept
    ]
    took = sum(float(each["seconds"]) for each in entries)
    return whole(header, entries, seconds=took, expectations=expected)


def _repro(kept: _Kept, report: Mapping[str, Any] | None) -> str:
    """The command that shows it again: the report's, if there is one."""
    known: dict[str, str] = (report or {}).get("repro", {})
    return known.get(kept.evidence["case"]["id"], f"mockdde judge {kept.file}")


def _seen(kept: _Kept) -> str:
    """The file as the report names it."""
    if kept.home is None:
        return kept.file.as_posix()
    return kept.file.relative_to(kept.home).as_posix()


def _report(home: Path | None) -> dict[str, Any] | None:
    """What the report of a run knows that evidence does not."""
    if home is None:
        return None
    from mockdde.kit.report.ndjson import read_lines

    file = home / _REPORT
    try:
        if file.is_file():
            of = orjson.loads(file.read_bytes())
            run, cases = of["run"], of["cases"]
        else:  # a run that was killed has said what it judged
            file = home / _LINES
            with file.open("rb") as lines:
                header, cases, _ = read_lines(lines, str(file))
            run = header["run"]
        return {**run, "repro": {each["id"]: each["repro"] for each in cases}}
    except (OSError, ValueError, KeyError, TypeError):
        raise DocumentError(f"{file} is no report of mockdde conform") from None


def _found(path: Path) -> Iterator[_Kept]:
    """Evidence in a file, or in all files below a folder. UsageError where there is none."""
    if not path.is_dir():
        yield _Kept(path, _evidence(path), None)
        return
    home = path if any((path / each).is_file() for each in (_REPORT, _LINES)) else None
    files = sorted(path.rglob(_EVIDENCE)) or sorted(path.rglob("*.json"))
    if not files:
        raise UsageError(f"there is no evidence in {path}")
    for file in files:
        yield _Kept(file, _evidence(file), home)


def _evidence(file: Path) -> dict[str, Any]:
    from mockdde import schemas

    try:
        found: Any = orjson.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise DocumentError(f"{file} is no JSON: {error}") from None
    if not isinstance(found, dict) or found.get("schema") != _SCHEMA:
        raise DocumentError(f"{file} is no evidence; its schema would be {_SCHEMA}")
    problems = schemas.explain("kit/evidence", found)
    if problems:
        where = f"{problems[0].path}: " if problems[0].path else ""
        raise DocumentError(f"{file} is no evidence: {where}{problems[0].message}")
    return found


def _timelines(kept: Sequence[_Kept]) -> dict[str, str]:
    """Of those whose transcript lies beside their evidence."""
    from mockdde.kit.report.timeline import pack
    from mockdde.kit.transcript import Transcript

    found = {}
    for each in kept:
        file = each.file.with_name(_TRANSCRIPT)
        if file.is_file():
            with file.open("rb") as lines:
                transcript = Transcript.from_ndjson(lines, str(file))
            found[each.evidence["case"]["id"]] = pack(transcript)
    return found


def _write(folder: Path, report: dict[str, Any], timelines: dict[str, str]) -> None:
    from mockdde.kit.report.forms import forms

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in forms(report, timelines).items():
            (folder / name).write_bytes(text)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}") from None


def expectations_of(baseline: str | None, today: str, cases: Collection[str] | None = None) -> Any:
    """Those of a file, or none. ScenarioError where it is wrong, UsageError: it cannot be read.

    ``cases`` are the ids that there are; those that are shipped, if not said.
    """
    from mockdde.kit.choice import case_ids
    from mockdde.kit.expectations import NONE, read_expectations
    from mockdde.kit.requirements import requirements

    if baseline is None:
        return NONE
    try:
        text = Path(baseline).read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{baseline} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{baseline} is no text in UTF-8") from None
    known = case_ids() if cases is None else cases
    return read_expectations(text, baseline, today, requirements=requirements(), cases=known)
