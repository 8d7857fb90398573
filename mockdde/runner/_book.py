"""The report of a run in its folder: lines while it goes on, every other form at the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from mockdde.errors import UsageError
from mockdde.kit.cases import Case
from mockdde.kit.expectations import NONE, Expectations
from mockdde.kit.report import document, ndjson
from mockdde.kit.report.forms import FILES, forms
from mockdde.kit.report.timeline import pack
from mockdde.runner._calm import apart
from mockdde.runner._clients import STDERR, STDOUT
from mockdde.runner._schedule import Result

__all__ = ["Book", "report_folder"]

EVENTS: Final = "events.ndjson"
CASES: Final = "cases"
_OF_A_CASE: Final = ("evidence.json", "wire.ndjson", "state.ndjson", STDOUT, STDERR, "problem.txt",
                     "repro.sh")  # fmt: skip
_UNBROKEN: Final = ("PASS", "INFO", "SKIP")


def report_folder(path: Path | None, default: Path) -> Path:
    """An empty folder for a report, in place of one that is there; None: any, ``default`` first.

    UsageError where there is something else, or where it cannot be written.
    """
    wanted = path or default
    try:
        if wanted.exists():
            _clear(wanted)
        wanted.mkdir(parents=True, exist_ok=True)
        (wanted / CASES).mkdir()
    except OSError as error:
        if path is not None:
            reason = error.strerror or error
            raise UsageError(f"--report {path}: it cannot be written: {reason}") from None
        wanted = Path(tempfile.mkdtemp(prefix="mockdde-report-"))
        (wanted / CASES).mkdir()
    return wanted


def _clear(folder: Path) -> None:
    """Take an earlier report away, and nothing else."""
    if not folder.is_dir():
        raise UsageError(f"--report {folder}: that is a file; it is to be a folder")
    found = {each.name for each in folder.iterdir()}
    if found and EVENTS not in found:
        raise UsageError(f"--report {folder}: there is something in it that is no report")
    for name in (EVENTS, *FILES.values()):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / CASES, ignore_errors=True)


class Book:
    """Takes results as they come; ``repro`` is the command that runs a case alone."""

    def __init__(
        self,
        folder: Path,
        header: Mapping[str, Any],
        repro: Callable[[Case, int | None], str],
        expectations: Expectations = NONE,
    ) -> None:
        self.folder = folder
        self.entries: dict[str, dict[str, Any]] = {}
        self.timelines: dict[str, str] = {}
        self.forms: dict[str, bytes] = {}  # of the report, once it is closed
        self._header, self._repro, self._expectations = header, repro, expectations
        self._events: BinaryIO = (folder / EVENTS).open("wb", buffering=0)
        self._events.write(ndjson.header_line(header))

    async def take(self, result: Result) -> dict[str, Any]:
        """A case is over: write down all of it; its entry."""
        entry = await apart(self._entry, result)
        self._keep(entry)
        return entry

    def never_begun(self, case: Case, why: str) -> None:
        """A case that was to be run and is not, because the run was stopped."""
        repro = self._repro(case, case.seed)
        entry = document.entry_without_evidence(case, "INCONCLUSIVE", why, repro=repro)
        self._keep({**entry, "doubts": [why]})

    def _keep(self, entry: dict[str, Any]) -> None:
        self.entries[entry["id"]] = entry
        self._events.write(ndjson.case_line(entry))

    def _entry(self, result: Result) -> dict[str, Any]:
        seed = result.evidence["case"]["seed"] if result.evidence else result.case.seed
        repro = self._repro(result.case, seed)
        artifacts = self._artifacts(result, repro) if result.level != "SKIP" else []
        if result.evidence is not None:
            return document.case_entry(
                result.evidence,
                result.judgements,
                repro=repro,
                seconds=result.seconds,
                artifacts=artifacts,
                expectations=self._expectations,
            )
        entry = document.entry_without_evidence(
            result.case, result.level, result.problem,
            repro=repro, seconds=result.seconds, artifacts=artifacts,
        )  # fmt: skip
        doubts = [result.problem] if result.level == "INCONCLUSIVE" else []
        return {**entry, "doubts": doubts}

    def _artifacts(self, result: Result, repro: str) -> list[str]:
        """Write what there is of a case; the paths, from the folder on."""
        own = self.folder / CASES / result.case.id
        own.mkdir(parents=True, exist_ok=True)
        _program(own / "repro.sh", repro)
        if result.details:
            (own / "problem.txt").write_text(result.details, encoding="utf-8")
        if result.evidence is not None:
            whole = orjson.dumps(result.evidence, option=orjson.OPT_INDENT_2)
            (own / "evidence.json").write_bytes(whole + b"\n")
        if result.outcome is not None:
            transcript = result.outcome.transcript
            (own / "wire.ndjson").write_bytes(transcript.as_ndjson())
            lines = [orjson.dumps(each.as_json()) + b"\n" for each in transcript.of("state")]
            (own / "state.ndjson").write_bytes(b"".join(lines))
            self.timelines[result.case.id] = pack(transcript)
        there = [own / name for name in _OF_A_CASE if (own / name).is_file()]
        return [each.relative_to(self.folder).as_posix() for each in there]

    def close(self, seconds: float) -> dict[str, Any]:
        """All forms of the report, which is the answer."""
        report = document.whole(
            self._header,
            self.entries.values(),
            seconds=seconds,
            expectations=self._expectations,
        )
        self._events.write(ndjson.footer_line(report))
        self._events.close()
        made = forms(report, self.timelines)
        self.forms = {name: made[file] for name, file in FILES.items()}
        for file, data in made.items():
            (self.folder / file).write_bytes(data)
        return report

    def abandon(self) -> None:
        """Take the folder away: nobody asked for it, and nothing is wrong."""
        self._events.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_spotless(self) -> bool:
        """Whether nothing was found that one would want to look at."""
        return all(each["level"] in _UNBROKEN for each in self.entries.values())


def _program(file: Path, command: str) -> None:
    file.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    file.chmod(0o755)
