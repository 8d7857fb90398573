"""Cases: a scenario, what is done to the wire, and which requirements that is to try.

A case is a YAML file below ``conformance/cases``, whose path there is its name. Every mistake in it
is one sentence with file, line and column. ``conformance/cases/README.md`` tells how to write one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import orjson

from mockdde import assets, schemas
from mockdde.broadcast import Broadcast
from mockdde.errors import Mark, ScenarioError, UsageError, nearest
from mockdde.faults import family, faults
from mockdde.feeds import Sent, dialect_of
from mockdde.kit.requirements import Requirement, requirements
from mockdde.kit.targets import Target, targets_of
from mockdde.moments import parse_duration
from mockdde.quirks import Quirks
from mockdde.scenario import Scenario, open_scenario
from mockdde.scenario.envelope import fault
from mockdde.scenario.model import FaultSpec
from mockdde.scenario.part import Part
from mockdde.scenario.source import Source
from mockdde.scenario.yamltext import read_yaml
from mockdde.wire import Fault, RestFault
from mockdde.world import Tournament, stage

__all__ = [
    "Case",
    "Checkpoint",
    "Staged",
    "check_case",
    "check_requirements",
    "load_case",
    "open_case",
    "shipped",
    "stage_case",
    "staged",
]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Play stands still when this packet was sent, until the client has said what it holds.

    ``seq`` is the number of the packet in its stream, of the live dialect its place from 1; else it
    is the ``nth`` of those whose kind is ``event``.
    """

    mark: Mark
    name: str
    on: str  # the name of the stream
    seq: int | None
    event: str
    nth: int


@dataclass(frozen=True, slots=True)
class Case:
    """What its file says; times in seconds of wire time. See ``schemas/kit/case``."""

    mark: Mark
    id: str
    title: str
    why: str
    dialect: str
    scenario: str
    seed: int | None  # None: the scenario's own
    quirks: Mapping[str, object]
    follow: tuple[str, ...]  # patterns of names of streams
    wire: tuple[FaultSpec, ...]
    requirements: tuple[str, ...]  # what it is to try; all others that apply are judged besides
    tags: tuple[str, ...]
    checkpoints: tuple[Checkpoint, ...]
    alone: bool  # a timing case: no other beside it
    waits: bool  # for timers of the client: only with --wire-speed or --realtime
    plays: float  # how long the whole of play takes
    patience: float  # how long the client may take once play is over
    delivers: bool  # whether a client can get all packets; else its state is not compared
    may_fail: bool  # whether it may exit with another code than 0
    asks: bool  # it is about what is asked for by HTTP: a client that never asks skips it
    source: Source = field(repr=False, compare=False)  # where each of this stands


@dataclass(frozen=True, slots=True)
class Staged:
    """A case ready to be played; moments are milliseconds since 1970."""

    case: Case
    tournament: Tournament  # with the faults of the case, or with none
    targets: tuple[Target, ...]
    begins: int  # the first and the last moment at which anything is sent on targets
    ends: int
    holds: tuple[tuple[int, Checkpoint], ...]  # by moment
    sent: Mapping[str, tuple[Sent, ...]]  # all packets of each target, by path
    moments: Mapping[str, tuple[int, ...]]  # at which each of them is sent


def shipped() -> Iterator[str]:
    """The names of the cases that come with mockdde, sorted."""
    walk = assets.walk("conformance", ".yaml")
    return (name.removeprefix("cases/") for name, _ in walk if name.startswith("cases/"))


def open_case(name: str) -> Case:
    """A case by the name of a shipped one, or by its path. UsageError where there is none."""
    files = {
        each.removeprefix("cases/"): file
        for each, file in assets.walk("conformance", ".yaml")
        if each.startswith("cases/")
    }
    if name in files:
        return load_case(files[name].read_text(encoding="utf-8"), f"{name}.yaml", name)
    path = Path(name)
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        return load_case(text, name, path.with_suffix("").as_posix())
    raise UsageError(f"there is no case {name!r}, neither shipped nor a file{nearest(name, files)}")


def load_case(text: str, file: str, id_: str) -> Case:
    """A case from YAML; ``file`` stands in the marks. ScenarioError with all that is wrong."""
    source = read_yaml(text, file)
    problems = schemas.explain("kit/case", source.value)
    marked = [(source.key_mark(each.location), each.message) for each in problems]
    marked.sort(key=lambda each: (each[0].line, each[0].column))
    if marked:
        more = [ScenarioError(mark, message) for mark, message in marked[1:]]
        raise ScenarioError(*marked[0], more)
    of: Any = source.value
    top = Part(source, (), of)
    return Case(
        mark=source.mark(()),
        id=id_,
        title=of["title"],
        why=" ".join(of["why"].split()),
        dialect=of["dialect"],
        scenario=of["scenario"],
        seed=of.get("seed"),
        quirks=of.get("quirks", {}),
        follow=tuple(of.get("follow", ["*"])),
        wire=tuple(fault(part) for part in top.parts("wire")),
        requirements=tuple(of["requirements"]),
        tags=tuple(of.get("tags", [])),
        checkpoints=tuple(_checkpoints(source)),
        alone=of.get("alone", False),
        waits=of.get("waits", False),
        plays=_seconds(of.get("plays", "20s")),
        patience=_seconds(of.get("patience", "60s")),
        delivers=of.get("delivers", True),
        may_fail=of.get("may_fail", False),
        asks=of.get("asks", False),
        source=source,
    )


def _seconds(text: str) -> float:
    return (parse_duration(text) or 0) / 1000


def _checkpoints(source: Source) -> Iterator[Checkpoint]:
    entries: Any = source.value
    known: Counter[str] = Counter()
    for place, each in enumerate(entries.get("checkpoints", [])):
        at, name = each["at"], each["name"]
        known[name] += 1
        if known[name] > 1:
            mark = source.mark(("checkpoints", place, "name"))
            raise ScenarioError(mark, f"there are two checkpoints {name}; name one otherwise")
        if "nth" in at and "event" not in at:
            mark = source.key_mark(("checkpoints", place, "at", "nth"))
            raise ScenarioError(mark, "nth belongs to event, not to seq")
        yield Checkpoint(
            mark=source.mark(("checkpoints", place)),
            name=name,
            on=each["on"],
            seq=at.get("seq"),
            event=at.get("event", ""),
            nth=at.get("nth", 1),
        )


def check_requirements(case: Case, known: Mapping[str, Requirement]) -> None:
    """ScenarioError where it is to try a requirement that there is not, or of another dialect."""
    for place, each in enumerate(case.requirements):
        if each not in known:
            mark = case.source.mark(("requirements", place))
            raise ScenarioError(mark, f"there is no requirement {each!r}{nearest(each, known)}")
        if not known[each].is_of(case.dialect):
            mark = case.source.mark(("requirements", place))
            raise ScenarioError(mark, f"{each} is not of the dialect {case.dialect}")


def check_case(case: Case) -> None:
    """ScenarioError where it cannot be played as it is meant.

    That is where it cannot be staged, a fault of its can never strike, or it is to try a
    requirement that there is not.
    """
    check_requirements(case, requirements())
    Broadcast(stage_case(case).tournament).check_faults()


def stage_case(case: Case, *, clean: bool = False, seed: int | None = None) -> Staged:
    """A case ready to be played, with its faults or ``clean``. ScenarioError: it cannot be."""
    return staged(case, stage(_scenario(case, clean, seed)))


def staged(case: Case, tournament: Tournament) -> Staged:
    """A case of a tournament that is told.

    Of the faults of the scenario itself those are left out that strike only streams which the
    client does not follow; streams on which nothing is ever sent it is not told of.
    """
    broadcast = Broadcast(tournament)
    sent = _sent(broadcast, case.dialect)
    targets = [
        each for each in targets_of(broadcast, case.dialect, case.follow) if each.path in sent
    ]
    if not targets:
        known = [each.name for each in targets_of(broadcast, case.dialect)]
        message = (
            f"no stream of packets is called {case.follow[0]!r}{nearest(case.follow[0], known)}"
        )
        raise ScenarioError(case.source.mark(("follow", 0)), message)
    sent = {each.path: sent[each.path] for each in targets}
    names = {each.name: each.path for each in targets}
    moments = [moment for packets in sent.values() for moment, _ in packets]
    holds = [(_moment(each, names, sent), each) for each in case.checkpoints]
    return Staged(
        case=case,
        tournament=_struck(tournament, case, names),
        targets=tuple(targets),
        begins=min(moments),
        ends=max(moments),
        holds=tuple(sorted(holds, key=lambda each: each[0])),
        sent={path: tuple(each for _, each in packets) for path, packets in sent.items()},
        moments={path: tuple(due for due, _ in packets) for path, packets in sent.items()},
    )


def _scenario(case: Case, clean: bool, seed: int | None) -> Scenario:
    try:
        scenario = open_scenario(case.scenario)
    except UsageError as error:
        raise ScenarioError(case.source.mark(("scenario",)), str(error)) from None
    for name, value in case.quirks.items():
        try:
            Quirks({name: value})
        except UsageError as error:
            raise ScenarioError(case.source.key_mark(("quirks", name)), str(error)) from None
    chosen = seed if seed is not None else case.seed
    return replace(
        scenario,
        seed=scenario.seed if chosen is None else chosen,
        quirks={**scenario.quirks, **case.quirks},
        wire=() if clean else (*scenario.wire, *case.wire),
    )


def _sent(broadcast: Broadcast, dialect: str) -> dict[str, list[tuple[int, Sent]]]:
    """All packets of a dialect by the path of their stream, each with the moment it is sent."""
    broadcast.rouse()
    sent: dict[str, list[tuple[int, Sent]]] = {}
    while broadcast.next_due is not None:
        step = broadcast.advance()
        for each in step.packets:
            if dialect_of(each.feed) == dialect:
                sent.setdefault(each.stream, []).append((step.event.due, each))
    return sent


def _struck(tournament: Tournament, case: Case, names: Mapping[str, str]) -> Tournament:
    """The tournament less faults of its scenario that strike nothing which a client asks for."""
    known = faults()
    wire = [
        each
        for each in tournament.scenario.wire
        if each in case.wire or _can_strike(each, known[each.fault], case.dialect, names)
    ]
    return replace(tournament, scenario=replace(tournament.scenario, wire=tuple(wire)))


def _can_strike(spec: FaultSpec, kind: type[Fault], dialect: str, names: Mapping[str, str]) -> bool:
    if spec.dialect not in ("*", dialect) or dialect not in kind.DIALECTS:
        return False
    return family(kind) is RestFault or any(fnmatchcase(name, spec.on) for name in names)


def _moment(
    checkpoint: Checkpoint, names: Mapping[str, str], sent: Mapping[str, list[tuple[int, Sent]]]
) -> int:
    """When the packet of a checkpoint is sent."""
    if checkpoint.on not in names:
        message = f"no stream that is followed is called {checkpoint.on!r}"
        raise ScenarioError(checkpoint.mark, message + nearest(checkpoint.on, names))
    of = sent[names[checkpoint.on]]
    if checkpoint.seq is not None:
        found = [moment for moment, each in of if each.seq == checkpoint.seq]
    else:
        found = [moment for moment, each in of if _is(each, checkpoint.event)][checkpoint.nth - 1 :]
    if not found:
        message = f"the checkpoint {checkpoint.name} never comes: no such packet is sent there"
        raise ScenarioError(checkpoint.mark, message)
    return found[0]


def _is(sent: Sent, event: str) -> bool:
    """By its type, or by the state or the mode that it says."""
    if sent.kind == event:
        return True
    packet = orjson.loads(sent.payload)
    return event in (packet.get("state"), packet.get("mode"))
