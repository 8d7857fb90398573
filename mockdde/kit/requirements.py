"""Requirements: each a JSON Schema over evidence, a file below ``conformance/requirements``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mockdde import assets, schemas
from mockdde.errors import CatalogueError, UsageError, nearest

if TYPE_CHECKING:
    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

__all__ = ["FAMILIES", "Requirement", "find", "requirements"]

FAMILIES = ("session", "rates", "delivery", "state", "honesty", "tolerance")
_FOLDER, _SUFFIX = "requirements/", ".schema.json"


@dataclass(frozen=True)
class Requirement:
    """``id`` is the path of its file: ``session/token-first``; see ``schemas/kit/requirement``."""

    id: str
    schema: dict[str, Any]

    @property
    def family(self) -> str:
        """Its folder."""
        return self.id.partition("/")[0]

    @property
    def title(self) -> str:
        """What a client does that meets it."""
        return str(self.schema["title"])

    @property
    def severity(self) -> str:
        """MUST, SHOULD or MAY."""
        return str(self.schema["x-severity"])

    @property
    def lane(self) -> str:
        """What it needs: wire, or state."""
        return str(self.schema["x-lane"])

    @property
    def needs(self) -> list[str]:
        """Parts of the state document without which nothing can be said."""
        return [*self.schema.get("x-needs", [])]

    @property
    def is_of_time(self) -> bool:
        """Whether a slow machine can make a good client break it."""
        return bool(self.schema.get("x-timing", True))

    @property
    def otherwise(self) -> str:
        """What a client that breaks it did."""
        return str(self.schema["x-otherwise"])

    def is_of(self, dialect: str) -> bool:
        """Whether it speaks of a dialect."""
        return dialect in self.schema["x-dialects"]

    def applies(self, evidence: dict[str, Any]) -> bool:
        """Whether there is anything to judge."""
        return self._applies is None or self._applies.is_valid(evidence)

    def errors(self, evidence: dict[str, Any]) -> Iterator[ValidationError]:
        """Where evidence breaks it, deepest first; none where it is met."""
        for error in self._whole.iter_errors(evidence):
            yield from _leaves(error)

    @cached_property
    def _whole(self) -> Validator:
        from jsonschema import Draft202012Validator  # noqa: PLC0415  (it takes long to import)

        return Draft202012Validator(self.schema)

    @cached_property
    def _applies(self) -> Validator | None:
        from jsonschema import Draft202012Validator  # noqa: PLC0415

        definitions = self.schema.get("$defs", {})
        if "applies" not in definitions:
            return None
        # References in it lead where they do in the whole.
        return Draft202012Validator({"$defs": definitions, "$ref": "#/$defs/applies"})


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    if not error.context:
        yield error
    for each in error.context or ():
        yield from _leaves(each)


@cache
def requirements(own: Path | None = None) -> dict[str, Requirement]:
    """All that come with mockdde, by id, and those in a folder of somebody's own.

    CatalogueError where one is not what its file says, UsageError where one of his own is not.
    """
    found = {}
    for name, file in assets.walk("conformance", _SUFFIX):
        if name.startswith(_FOLDER):
            requirement = read(name.removeprefix(_FOLDER), file.read_text(encoding="utf-8"))
            found[requirement.id] = requirement
    for each in _own(own) if own is not None else ():
        if each.id in found:
            raise UsageError(f"{own}: there is a requirement {each.id} already; call it otherwise")
        found[each.id] = each
    return dict(sorted(found.items()))


def _own(folder: Path) -> Iterator[Requirement]:
    if not folder.is_dir():
        raise UsageError(f"--requirements {folder}: there is no such folder")
    files = sorted(folder.rglob(f"*{_SUFFIX}"))
    if not files:
        raise UsageError(f"--requirements {folder}: there are none (*{_SUFFIX}) in it")
    for file in files:
        id_ = file.relative_to(folder).as_posix().removesuffix(_SUFFIX)
        family = id_.rpartition("/")[0]
        if family not in FAMILIES:
            known = ", ".join(FAMILIES)
            raise UsageError(f"{file}: its folder has to be a family: {known}")
        try:
            yield read(id_, file.read_text(encoding="utf-8"))
        except (CatalogueError, ValueError) as error:
            raise UsageError(f"{file}: {error}") from None


def read(id_: str, text: str) -> Requirement:
    """A requirement from the text of its file."""
    schema = json.loads(text)
    problems = schemas.explain("kit/requirement", schema)
    if problems:
        raise CatalogueError(f"{id_}: {problems[0].path}: {problems[0].message}")
    if schema["$id"] != f"urn:mockdde:requirement:{id_}":
        raise CatalogueError(f"{id_} has the $id {schema['$id']}, which is not its path's")
    return Requirement(id_, schema)


def find(id_: str) -> Requirement:
    """One of them. UsageError where there is none."""
    known = requirements()
    if id_ not in known:
        raise UsageError(f"there is no requirement {id_}{nearest(id_, known)}")
    return known[id_]
