import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from kit_evidence import evidence
from mockdde import assets, schemas
from mockdde.errors import CatalogueError, UsageError
from mockdde.faults import faults
from mockdde.kit.judge import judge
from mockdde.kit.requirements import FAMILIES, Requirement, find, read, requirements
from wire_requirements import WIRE

Facts = dict[str, Any]
ALL = requirements()
WIRE_LANE = [each for each in ALL.values() if each.lane == "wire"]
EVIDENCE = schemas.load("kit/evidence")
WITHIN = ("if", "then", "else", "not")

each_of_all = pytest.mark.parametrize("each", ALL.values(), ids=[*ALL])
each_of_wire = pytest.mark.parametrize("each", WIRE_LANE, ids=lambda each: each.id)
each_id = pytest.mark.parametrize("id_", WIRE)


@each_of_all
def test_a_requirement_is_a_schema(each: Requirement) -> None:
    jsonschema.Draft202012Validator.check_schema(each.schema)
    jsonschema_rs.validator_for(each.schema)
    assert each.family in FAMILIES


@each_of_all
def test_a_requirement_reads_well(each: Requirement) -> None:
    for text in (each.otherwise, each.schema["x-clause"]["words"], each.title):
        assert not text.endswith(".")
    assert each.schema["description"].endswith(".")


def walk(judges: object, base: Facts, facts: Facts) -> Iterator[str]:
    """What a schema speaks of and evidence, whose schema is ``facts`` of ``base``, cannot have."""
    while "$ref" in facts:
        name, _, pointer = facts["$ref"].partition("#")
        base = schemas.load(name.removeprefix("urn:mockdde:schema:")) if name else base
        facts = base
        for each in pointer.split("/")[1:]:
            facts = facts[each]
    if not isinstance(judges, dict):
        return
    own = facts.get("properties", {})
    for name, each in judges.get("properties", {}).items():
        if name in own:
            yield from walk(each, base, own[name])
        else:
            yield name
    yield from set(judges.get("required", ())) - own.keys()
    for name in ("items", "contains"):
        if name in judges:
            yield from walk(judges[name], base, facts["items"])
    for each in [judges[name] for name in WITHIN if name in judges]:
        yield from walk(each, base, facts)
    for each in [part for name in ("allOf", "anyOf") for part in judges.get(name, ())]:
        yield from walk(each, base, facts)
    values = [*judges.get("enum", ()), *([judges["const"]] if "const" in judges else [])]
    bare = {key: facts[key] for key in ("type", "enum", "const") if key in facts}
    yield from (str(each) for each in values if not jsonschema_rs.is_valid(bare, each))


@each_of_wire
def test_a_requirement_speaks_of_what_evidence_can_have(each: Requirement) -> None:
    assert not [*walk(each.schema, EVIDENCE, EVIDENCE)]
    assert not [*walk(each.schema["$defs"]["applies"], EVIDENCE, EVIDENCE)]


def test_the_walk_finds_what_evidence_cannot_have() -> None:
    wrong = {"close": {"properties": {"by": {"const": "nature"}, "bye": True}}}
    items = {"items": {"properties": wrong, "required": ["closed"]}}
    schema = {"properties": {"conduct": {"properties": {"connections": items}}}}
    assert {*walk(schema, EVIDENCE, EVIDENCE)} == {"nature", "bye", "closed"}


@each_of_wire
def test_a_requirement_names_faults_that_there_are(each: Requirement) -> None:
    if each.id.startswith("tolerance/stays"):
        words = re.findall(r'"(?:enum|const)": \[?([^]}]*)', json.dumps(each.schema["$defs"]))
        named = {word for group in words for word in re.findall('"([a-z_0-9]+)"', group)}
        assert named
        assert named <= faults().keys()


def test_there_are_enough() -> None:
    assert len(WIRE_LANE) >= 48
    assert {each.family for each in WIRE_LANE} == {"session", "rates", "delivery", "tolerance"}


def test_no_two_are_the_same() -> None:
    bodies = Counter(
        json.dumps([each.schema.get(key) for key in ("properties", "allOf", "$defs")])
        for each in WIRE_LANE
    )
    assert set(bodies.values()) == {1}


# ── by hand ────────────────────────────────────────────────────────────────────────────────────

# What cannot be broken alone.
ALSO: dict[str, set[str]] = {
    "delivery/reconnects-after-outage": {"delivery/reconnects-after-1001"},
    "rates/refused-no-loop": {"rates/refused-waits"},
    "rates/handshake-refused-no-loop": {"rates/refused-waits"},
}


def broken(document: Facts) -> dict[str, str]:
    """By requirement: how it is judged, of those that are not met."""
    found = {each.requirement.id: each.level for each in judge(document)}
    return {id_: level for id_, level in found.items() if level in ("FAIL", "WARN")}


def test_each_requirement_of_the_wire_has_evidence_that_meets_and_breaks_it() -> None:
    assert {each.id for each in WIRE_LANE} == WIRE.keys()


@each_id
def test_the_evidence_is_evidence(id_: str) -> None:
    for each in WIRE[id_]:
        assert not schemas.explain("kit/evidence", each)
        assert ALL[id_].is_of(each["case"]["dialect"])


@each_id
def test_evidence_that_meets_it(id_: str) -> None:
    good, _ = WIRE[id_]
    assert ALL[id_].applies(good)
    assert not [*ALL[id_].errors(good)]
    assert not broken(good)


@each_id
def test_evidence_that_breaks_it(id_: str) -> None:
    _, bad = WIRE[id_]
    assert ALL[id_].applies(bad)
    level = {"MUST": "FAIL", "SHOULD": "WARN"}[ALL[id_].severity]
    assert broken(bad)[id_] == level
    # A client with one sin is not blamed for others.
    assert broken(bad).keys() <= {id_} | ALSO.get(id_, set())


@each_id
def test_it_does_not_apply_where_nothing_happened(id_: str) -> None:
    assert not ALL[id_].applies(evidence(dialect=WIRE[id_][0]["case"]["dialect"]))


@each_id
def test_two_implementations_agree(id_: str) -> None:
    schema = ALL[id_].schema
    applies = {"$defs": schema["$defs"], "$ref": "#/$defs/applies"}
    whole, when = jsonschema_rs.validator_for(schema), jsonschema_rs.validator_for(applies)
    others = [bad for place, (_, bad) in enumerate(WIRE.values()) if place % 8 == 0]
    for each in (*WIRE[id_], *others):
        assert whole.is_valid(each) == (not [*ALL[id_].errors(each)])
        assert when.is_valid(each) == ALL[id_].applies(each)


# ── files ──────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_is_no_requirement_is_refused() -> None:
    with pytest.raises(CatalogueError, match="session/nothing"):
        read("session/nothing", "{}")


def test_a_file_says_its_own_name() -> None:
    text = json.dumps(find("session/token-first").schema)
    with pytest.raises(CatalogueError, match="not its path's"):
        read("session/another", text)


def test_a_requirement_is_found_by_its_id() -> None:
    assert find("session/token-first").title == "The first message is the token"
    with pytest.raises(UsageError, match="token-first"):
        find("session/token-frist")


def test_the_readme_has_every_fact() -> None:
    """And no other."""
    text = next(file for name, file in assets.walk("conformance", "requirements/README.md"))
    rows = re.findall(r"^\| `([a-z_\[\].]+)` \| (.*) \|$", text.read_text("utf-8"), re.MULTILINE)
    told = {where: set(re.findall("`([a-z_]+)`", facts)) for where, facts in rows}
    schema = schemas.load("kit/conduct")
    there = {}
    for name, part in schema["properties"].items():
        place = f"{name}[]" if part["type"] == "array" else name
        items = part.get("items", part)
        of = schema["$defs"][items["$ref"].rpartition("/")[2]] if "$ref" in items else items
        there[place] = of["properties"]
    for name, part in [*there["connections[]"].items()]:
        if "properties" in part:
            there[f"connections[].{name}"] = part["properties"]
            del there["connections[]"][name]
    assert told == {where: set(facts) for where, facts in there.items()}
