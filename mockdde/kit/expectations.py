"""The baseline: what a client is expected to get wrong, so that a run can be held to the rest.

A YAML list, see ``schemas/kit/expectations``. Every mistake in it is one sentence with file, line
and column. A check that is expected to fail and does is XFAIL; where an entry's checks all pass it
is stale and they are XPASS, which fails the run; FLAKY is neutral either way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase
from typing import Any

from mockdde import schemas
from mockdde.errors import Mark, ScenarioError, nearest
from mockdde.records import dataclass
from mockdde.scenario.source import Source
from mockdde.scenario.yamltext import read_yaml

__all__ = ["NONE", "Expectation", "Expectations", "read_expectations"]

_WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Expectation:
    """An entry; ``expires`` is a date, or empty."""

    mark: Mark
    case: str
    requirement: str
    expect: str  # fail or flaky
    reason: str
    issue: str = ""
    expires: str = ""

    def means(self, case: str, requirement: str) -> bool:
        """Whether it speaks of a check."""
        return fnmatchcase(case, self.case) and fnmatchcase(requirement, self.requirement)

    def as_json(self) -> dict[str, Any]:
        """As a report has it."""
        more = {"issue": self.issue, "expires": self.expires}
        return {
            "at": str(self.mark),
            "case": self.case,
            "requirement": self.requirement,
            "expect": self.expect,
            "reason": self.reason,
            **{key: value for key, value in more.items() if value},
        }


@dataclass(frozen=True, slots=True)
class Expectations:
    """All entries of a file, on a day: such as 2026-11-21."""

    file: str
    entries: tuple[Expectation, ...]
    today: str

    def has_expired(self, entry: Expectation) -> bool:
        """Whether an entry no longer excuses anything."""
        return bool(entry.expires) and entry.expires < self.today

    def of(self, case: str, requirement: str) -> Expectation | None:
        """The first entry that speaks of a check and has not expired."""
        fitting = (each for each in self.entries if each.means(case, requirement))
        return next((each for each in fitting if not self.has_expired(each)), None)


NONE = Expectations("", (), "")


def read_expectations(
    text: str,
    file: str,
    today: str,
    *,
    requirements: Iterable[str],
    cases: Collection[str] = (),
) -> Expectations:
    """Those of a file's text. ScenarioError with all that is wrong.

    A pattern that fits none of the ``requirements`` there are is a mistake, and so is one that fits
    none of the ``cases``, where these are given.
    """
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return Expectations(file, (), today)
    source = read_yaml(text, file)
    problems = schemas.explain("kit/expectations", source.value)
    marked = [(source.key_mark(each.location), each.message) for each in problems]
    marked += [] if marked else _strangers(source, "requirement", [*requirements])
    marked += _strangers(source, "case", [*cases]) if cases and not problems else []
    marked.sort(key=lambda each: (each[0].line, each[0].column))
    if marked:
        more = [ScenarioError(mark, message) for mark, message in marked[1:]]
        raise ScenarioError(*marked[0], more)
    of: Any = source.value
    return Expectations(file, tuple(_entry(source, at, each) for at, each in enumerate(of)), today)


def _strangers(source: Source, key: str, known: list[str]) -> list[tuple[Mark, str]]:
    """Patterns that fit nothing there is."""
    entries: Any = source.value
    found = []
    for place, each in enumerate(entries):
        pattern = each.get(key, "*")
        if not any(fnmatchcase(name, pattern) for name in known):
            clause = "" if _WILD & set(pattern) else nearest(pattern, known)
            what = f"no {key} is called {pattern}" if clause else f"no {key} fits {pattern}"
            found.append((source.mark((place, key)), what + clause))
    return found


def _entry(source: Source, place: int, of: dict[str, str]) -> Expectation:
    return Expectation(
        mark=source.mark((place,)),
        case=of.get("case", "*"),
        requirement=of["requirement"],
        expect=of["expect"],
        reason=" ".join(of["reason"].split()),
        issue=of.get("issue", ""),
        expires=of.get("expires", ""),
    )
