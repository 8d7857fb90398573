"""Findings: what a client's state documents have beside what the story has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from mockdde.kit.cases import Staged
from mockdde.kit.claims import SLACK, SLACK_REAL, Watched, claims, watch
from mockdde.kit.comparing import Difference, agrees, apart, compare, covered
from mockdde.kit.features import Features
from mockdde.kit.oracle import Oracle
from mockdde.kit.transcript import Record, Transcript

__all__ = ["END", "agrees", "findings"]

END: Final = "end"  # the name of the sample at the end of a run
_MOST: Final = 200  # differences of one document
_LONGEST: Final = 20  # sentences about documents that are none
_HOLES = ("holes", "matches.holes")  # aspects that begin with these are of one hole
_SUMS = ("rounds.to_par", "matches.played", "matches.leader", "matches.up", "matches.complete",
         "matches.winner")  # fmt: skip

Document = Mapping[str, Any]


def findings(
    staged: Staged,
    oracle: Oracle,
    transcript: Transcript,
    samples: Iterable[tuple[str, Document | None]],
    *,
    clean: Document | None = None,
    wire_speed: float = 1.0,
) -> dict[str, Any] | None:
    """What ``schemas/kit/findings`` describes; None where the client has told nothing at all.

    ``samples`` are what it held at each checkpoint, by name, and at the ``END``; ``clean`` is what
    it held at the end of a run without faults, where there was one.
    """
    told = [*transcript.of("state")]
    if not told:
        return None
    by_name = dict(samples)
    documents = [each.of["document"] for each in told if each.of.get("document") is not None]
    watched = watch(staged, transcript)
    story, last = oracle.story, by_name.get(END)
    slack = max(SLACK, SLACK_REAL * wire_speed)
    return {
        "lane": told[-1].of["lane"],
        "documents": len(documents),
        "invalid": [*_invalid(told)],
        "covered": sorted(set[str]().union(*map(covered, documents))),
        "checkpoints": [*_checkpoints(staged, oracle, by_name, transcript, watched)],
        "differences": [*_at_end(staged, oracle, last, clean)],
        "clean": _clean(story, last, clean),
        "claims": [*claims(staged, transcript, watched, slack)],
    }


def _invalid(told: Iterable[Record]) -> Iterator[str]:
    """Sentences about what was no state document, each once."""
    found = (str(each.of["problem"]) for each in told if each.of.get("document") is None)
    yield from [*dict.fromkeys(found)][:_LONGEST]


# ── at checkpoints, and in the end ────────────────────────────────────────────────────────────


def _checkpoints(
    staged: Staged,
    oracle: Oracle,
    samples: Mapping[str, Document | None],
    transcript: Transcript,
    watched: Mapping[str, Watched],
) -> Iterator[dict[str, Any]]:
    """In the order of play. Only streams are compared of which the client had all by then."""
    faulted = bool(staged.tournament.scenario.wire)
    released = {each.of["checkpoint"]: each.at for each in transcript.of("released")}
    for moment, checkpoint in staged.holds:
        document = samples.get(checkpoint.name)
        if checkpoint.name not in released:  # play never came so far
            continue
        at = released[checkpoint.name]
        whole = {path for path, of in watched.items() if of.whole(at)}
        expected = oracle.at(moment)
        found = _told(oracle.story, compare(document or {}, _only(expected, staged, whole)))
        yield {
            "name": checkpoint.name,
            "at": round(at, 3),
            "told": document is not None,
            "settled": document is not None and agrees(document, expected),
            "whole": sorted(whole),
            "differences": [{**each, "faulted": faulted} for each in found],
        }


def _only(expected: Document, staged: Staged, whole: Iterable[str]) -> dict[str, Any]:
    """What is expected, without all that is of other streams than these."""
    paths = {*whole}
    keys: set[str] = set()
    for target in staged.targets:
        if target.path in paths:
            if target.round is None:
                keys.add(f"{target.tournament}/{target.match}")
            keys |= {f"{target.tournament}/{target.round}/{team}" for team in target.teams}
    return {
        "streams": {key: of for key, of in expected["streams"].items() if key in paths},
        "rounds": {key: of for key, of in expected.get("rounds", {}).items() if key in keys},
        "matches": {key: of for key, of in expected.get("matches", {}).items() if key in keys},
    }


def _at_end(
    staged: Staged, oracle: Oracle, last: Document | None, clean: Document | None
) -> Iterator[dict[str, Any]]:
    if last is None or not staged.case.delivers:
        return
    expected = oracle.final()
    struck = bool(staged.tournament.scenario.wire)
    before = {each.path for each in compare(clean or {}, expected)}
    for difference, told in _pairs(oracle.story, compare(last, expected)):
        yield {**told, "faulted": struck and difference.path not in before}


def _clean(story: Features, last: Document | None, clean: Document | None) -> Any:
    if clean is None or last is None:
        return None
    found = _told(story, apart(last, clean))
    return {"differences": [{**each, "faulted": True} for each in found]}


# ── differences ───────────────────────────────────────────────────────────────────────────────


def _told(story: Features, found: Iterable[Difference]) -> Iterator[dict[str, Any]]:
    return (told for _, told in _pairs(story, found))


def _pairs(
    story: Features, found: Iterable[Difference]
) -> Iterator[tuple[Difference, dict[str, Any]]]:
    """Differences as findings tell them: what is a sum follows from a hole that differs."""
    differences = [*found][:_MOST]
    wrong = {each.path[1] for each in differences if each.aspect.startswith(_HOLES)}
    for each in differences:
        yield (
            each,
            {
                "path": each.pointer,
                "aspect": each.aspect,
                "features": _features(story, each),
                "follows": each.aspect in _SUMS and each.path[1] in wrong,
                "expected": each.expected,
                "seen": each.seen,
            },
        )


def _features(story: Features, difference: Difference) -> list[str]:
    part, key, *rest = difference.path
    if part == "streams":
        return story.of_stream(key)
    if len(rest) > 1 and rest[1].isdecimal():  # holes, and the order of one
        return story.of_hole(key, int(rest[1]))
    return story.of_whole(key)
