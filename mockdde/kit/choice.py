"""Which cases and which requirements are meant by patterns; what fits nothing is a mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path

from mockdde import assets
from mockdde.errors import UsageError, nearest
from mockdde.kit.cases import Case, check_requirements, load_case
from mockdde.kit.requirements import Requirement, requirements
from mockdde.records import dataclass

__all__ = ["Choice", "case_ids", "chosen_cases", "chosen_requirements", "fitting"]

DIALECTS = ("dde", "live")
_CASES = "cases/"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for; nothing in a field is all."""

    cases: tuple[str, ...] = ()  # patterns of ids
    tags: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()  # patterns
    dialects: tuple[str, ...] = DIALECTS
    folder: Path | None = None  # of own cases, instead of those that are shipped
    own: Path | None = None  # of own requirements, beside those that are shipped


def chosen_cases(choice: Choice) -> list[Case]:
    """Those that fit all that was asked for, by id. UsageError where none does, or a word is wrong.

    A case fits a tag by having it, and a requirement by trying it.
    """
    known = _known(choice.folder)
    names = fitting(choice.cases, known, "case") if choice.cases else [*known]
    found = [known[name]() for name in names]
    for each in found:
        check_requirements(each, requirements(choice.own))
    wanted = {each.id for each in chosen_requirements(choice.requirements, choice.own)}
    if choice.tags:
        _check_tags(choice.tags, found)
    left = [
        each
        for each in found
        if each.dialect in choice.dialects
        and (not choice.tags or {*each.tags} & {*choice.tags})
        and (not choice.requirements or wanted & {*each.requirements})
    ]
    if not left:
        raise UsageError(_nothing(choice, found))
    return left


def chosen_requirements(patterns: Sequence[str], own: Path | None = None) -> list[Requirement]:
    """Those that fit any pattern, or all; ``own`` has more. UsageError where one fits none."""
    known = requirements(own)
    names = fitting(patterns, known, "requirement") if patterns else sorted(known)
    return [known[name] for name in names]


def fitting(patterns: Iterable[str], known: Iterable[str], what: str) -> list[str]:
    """The names that fit any of the patterns, sorted. UsageError where one fits none."""
    names = sorted(known)
    found: set[str] = set()
    for pattern in patterns:
        fits = [name for name in names if fnmatchcase(name, pattern)]
        if not fits:
            raise UsageError(f"there is no {what} {pattern!r}{nearest(pattern, names)}")
        found.update(fits)
    return sorted(found)


def case_ids(folder: Path | None = None) -> list[str]:
    """The ids of all cases that there are: that are shipped, or in a folder."""
    return [*_known(folder)]


def _known(folder: Path | None) -> dict[str, Callable[[], Case]]:
    """How each case is loaded, by its id."""
    if folder is None:
        walk = assets.walk("conformance", ".yaml")
        names = {name.removeprefix(_CASES): file for name, file in walk if name.startswith(_CASES)}
        return {name: partial(_load, file, f"{name}.yaml", name) for name, file in names.items()}
    if not folder.is_dir():
        raise UsageError(f"--cases {folder}: there is no such folder")
    files = sorted(folder.rglob("*.yaml"))
    if not files:
        raise UsageError(f"--cases {folder}: there are no cases (*.yaml) in it")
    named = {each.relative_to(folder).with_suffix("").as_posix(): each for each in files}
    return {name: partial(_load, file, str(file), name) for name, file in named.items()}


def _load(file: Traversable, label: str, id_: str) -> Case:
    return load_case(file.read_text(encoding="utf-8"), label, id_)


def _check_tags(tags: Iterable[str], cases: Iterable[Case]) -> None:
    known = sorted({tag for each in cases for tag in each.tags})
    for tag in tags:
        if tag not in known:
            raise UsageError(f"no case has the tag {tag!r}{nearest(tag, known)}")


def _nothing(choice: Choice, found: Sequence[Case]) -> str:
    if not found:
        return "there are no cases"
    said = {
        "--dialect": choice.dialects if choice.dialects != DIALECTS else (),
        "--tag": choice.tags,
        "--requirement": choice.requirements,
        "--case": choice.cases,
    }
    words = [f"{option} {' '.join(values)}" for option, values in said.items() if values]
    return f"no case fits {', and '.join(words)}" if words else "no case fits"
