"""Evidence: all that one run of a case has shown, as the one document that is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mockdde import __version__
from mockdde.kit.cases import Staged
from mockdde.kit.conduct import conduct
from mockdde.kit.findings import END, findings
from mockdde.kit.oracle import Oracle
from mockdde.kit.transcript import Transcript
from mockdde.quirks import QUIRKS
from mockdde.records import dataclass

__all__ = ["END", "Ending", "Fired", "Lag", "Outcome", "assemble"]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a client came to its end; ``seconds`` are real ones, from its start."""

    how: str  # exited: by itself; stopped: when it was asked to; killed: only when it was killed
    code: int | None  # None after a signal
    signal: int | None
    seconds: float
    left_behind: int = 0  # processes of its that outlived it


@dataclass(frozen=True, slots=True)
class Lag:
    """How late the kit itself was, in seconds of wire time."""

    p99: float
    max: float
    budget: float


@dataclass(frozen=True, slots=True)
class Fired:
    """A fault of the case, and how often it struck."""

    fault: str
    on: str
    fired: int
    min_fired: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of a case has shown.

    ``samples`` are what the client said that it holds, by checkpoint and at the ``END``; None where
    it had said nothing.
    """

    staged: Staged
    transcript: Transcript
    samples: tuple[tuple[str, dict[str, Any] | None], ...]
    command: Sequence[str]
    ending: Ending
    lag: Lag
    fired: tuple[Fired, ...]
    doubts: tuple[str, ...]
    wire_speed: float

    @property
    def last(self) -> dict[str, Any] | None:
        """What it held in the end."""
        return self.samples[-1][1]


def assemble(
    outcome: Outcome, *, probe: str = "not-asked", clean: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The evidence of a run; see ``schemas/kit/evidence``.

    ``clean`` is what the client held in the end of a run without faults, where there was one.
    """
    staged = outcome.staged
    oracle = Oracle(staged)
    return {
        "schema": "mockdde.evidence/1",
        "kit": {
            "version": __version__,
            "wire_speed": outcome.wire_speed,
            "lag": asdict(outcome.lag),
            "doubts": [*outcome.doubts],
        },
        "case": _case(outcome),
        "client": {"command": [*outcome.command], **asdict(outcome.ending), "probe": probe},
        "story": _story(staged, oracle),
        "conduct": conduct(outcome.transcript, staged, staged.tournament.quirks),
        "state": findings(
            staged,
            oracle,
            outcome.transcript,
            outcome.samples,
            clean=clean,
            wire_speed=outcome.wire_speed,
        ),
    }


def _case(outcome: Outcome) -> dict[str, Any]:
    staged = outcome.staged
    case = staged.case
    return {
        "id": case.id,
        "title": case.title,
        "why": case.why,
        "dialect": case.dialect,
        "scenario": case.scenario,
        "seed": staged.tournament.scenario.seed,
        "tags": [*case.tags],
        "requirements": [*case.requirements],
        "delivers": case.delivers,
        "may_fail": case.may_fail,
        "asks": case.asks,
        "checkpoints": [each.name for _, each in staged.holds],
        "quirks": {name: staged.tournament.quirks[name] for name in QUIRKS},
        "targets": [each.as_json() for each in staged.targets],
        "faults": [asdict(each) for each in outcome.fired],
    }


def _story(staged: Staged, oracle: Oracle) -> dict[str, Any]:
    return {
        "streams": {path: {"packets": len(sent)} for path, sent in staged.sent.items()},
        "features": oracle.features(),
    }
