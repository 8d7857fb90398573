"""The sections ``course`` and ``report`` of match play, held against the matches there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from mockdde.errors import Mark, ScenarioError
from mockdde.golf import in_order, is_playoff
from mockdde.matchplay import is_decided
from mockdde.records import dataclass, replace
from mockdde.scenario.incidents import Cast, check_event, directive, span, suspension
from mockdde.scenario.matches import rounds_by_match
from mockdde.scenario.model import Anchor, MatchHoleSpec, MatchSpec, RoundSpec, Scenario
from mockdde.scenario.part import Part

__all__ = ["told"]

_OF_A_MATCH = ("RoundStarted", "RoundFinished", "HoleStarted", "HoleFinished")  # of both sides
_STEPS = {"W": 1, "L": -1, "H": 0}
_EARLY = re.compile("([0-9]+) & ([0-9]+)")
_LAST = re.compile("([0-9]+)up")
_LONG = re.compile("([0-9]+) HOLES")


def told(top: Part, scenario: Scenario) -> Scenario:
    """The scenario with what happened in its matches and was reported of them."""
    cast = _MatchCast(rounds_by_match(scenario))
    play = Cast((), {spec.no: spec.holes for spec in (*scenario.rounds, *cast.matches.values())})
    course = list(top.parts("course"))
    for part in course:
        _refuse_strokes(part)
    return replace(
        scenario,
        suspensions=tuple(suspension(part, play) for part in course if "suspend" in part.values),
        matches=tuple(_matches(course, cast)),
        match_holes=tuple(_holes(course, cast)),
        report=tuple(directive(part, cast) for part in top.parts("report")),
    )


def _refuse_strokes(part: Part) -> None:
    """ScenarioError at a key of course that only stroke play has."""
    message = "nobody {} before a match; write ends: C and the side that wins"
    part.refuse(message, "leaves")
    part.refuse("nobody {} another in match play; enter who plays in the field", "replaces")
    _refuse_teams(part)


def _refuse_teams(part: Part) -> None:
    part.refuse("in match play {} says nothing; name the match and the side", "team")
    if "suspend" not in part.values:
        part.refuse("in match play {} says nothing; name the match", "round")


@dataclass(frozen=True, slots=True)
class _MatchCast:
    """What an entry can speak of: the matches by number, each with its round."""

    in_matches: ClassVar[bool] = True

    matches: Mapping[int, RoundSpec]

    def match_of(self, part: Part) -> int:
        """The match a part is about; it can be left out where there is only one."""
        match: int | None = part.get("match")
        if match is None:
            if len(self.matches) > 1:
                message = f"which of {len(self.matches)} matches? add one, such as match: 1"
                raise ScenarioError(part.mark, message)
            return 1
        if match not in self.matches:
            last = max(self.matches)
            there = f"there are the matches 1-{last}" if last > 1 else "there is only match 1"
            raise ScenarioError(part.mark_of("match"), f"match {match} is not played; {there}")
        return match

    def hole_of(self, part: Part, match: int) -> int | None:
        """The hole a part names, if it does."""
        hole: int | None = part.get("hole")
        holes = self.matches[match].holes
        if hole is not None and hole not in holes:
            message = f"hole {hole} is not played; match {match} has {span(holes)}"
            raise ScenarioError(part.mark_of("hole"), message)
        return hole

    def ball_of(self, part: Part, match: int) -> tuple[int, int]:
        """The side, and the player where it has two balls: whose ball a part is about."""
        side: int | None = part.get("side")
        player: int | None = part.get("player")
        if side is None:
            raise ScenarioError(part.mark, f"which side of match {match}? add side: 1 or side: 2")
        if self.matches[match].play != "FOUR_BALL":
            one = f"in match {match} a side has one ball"
            part.refuse(f"{one}; {{}} is for fourballs, so leave it out", "player")
            return side, 0
        if player is None:
            message = f"whose ball? match {match} is fourballs; add player: 1 or player: 2"
            raise ScenarioError(part.mark, message)
        return side, player

    def anchor(self, part: Part) -> Anchor:
        """What an entry of report comes after."""
        _refuse_teams(part)
        match = self.match_of(part)
        hole = self.hole_of(part, match)
        stroke, event = part.get("stroke"), part.get("event")
        check_event(part, event, hole, stroke)
        side = player = 0
        if event in _OF_A_MATCH or (event is None and stroke is None):
            said = event or ("HoleFinished" if hole else "RoundFinished")
            part.refuse(f"{said} is of the whole match; leave out {{}}", "side", "player")
        else:
            side, player = self.ball_of(part, match)
        return Anchor(part.mark, 0, 0, hole, stroke, event, match, side, player)

    def hole_in(self, part: Part, anchor: Anchor) -> int | None:
        """The hole a part names, or else the anchor's."""
        return self.hole_of(part, anchor.match) or anchor.hole

    def ball_in(self, part: Part, anchor: Anchor) -> tuple[int, int]:
        """The side and the player of whose ball a part is, or else the anchor's."""
        if "side" in part.values or "player" in part.values or not anchor.side:
            return self.ball_of(part, anchor.match)
        return anchor.side, anchor.player


# ── holes ────────────────────────────────────────────────────────────────────────────────────────


def _holes(course: list[Part], cast: _MatchCast) -> Iterator[MatchHoleSpec]:
    """The entries of course that tell how a ball was played on a hole."""
    known: dict[tuple[int, int, int | None, int, int], Mark] = {}
    for part in course:
        if "shots" not in part.values and "score" not in part.values:
            continue
        match, order = cast.match_of(part), part.get("order")
        hole = cast.hole_of(part, match)
        assert hole is not None, "the schema requires it"
        side, player = cast.ball_of(part, match)
        if order is not None:
            _check_order(part, cast.matches[match], match, hole, order)
        key = (match, hole, order, side, player)
        if key in known:
            message = f"hole {hole} of match {match} is told twice for one ball, first on line"
            raise ScenarioError(part.mark, f"{message} {known[key].line}; tell it in one entry")
        known[key] = part.mark
        shots, score = part.shots(in_match=True), part.get("score")
        yield MatchHoleSpec(part.mark, match, hole, side, player, shots, score, order)


def _check_order(part: Part, spec: RoundSpec, match: int, hole: int, order: int) -> None:
    """ScenarioError where a hole cannot be the one that comes so late in a match."""
    over = _over(spec)
    if not spec.knocks_out:
        message = f"match {match} may be halved, so no hole is played again; leave out order"
        raise ScenarioError(part.key_mark("order"), message)
    if order <= over:
        message = f"of the first {over} holes none is played again; leave out order"
        raise ScenarioError(part.key_mark("order"), message)
    if len(spec.tees) == 1:
        holes = in_order(spec.holes, spec.tees[0])
        due = holes[(order - 1) % len(holes)]
        if due != hole:
            message = f"order {order} is on hole {due}, not on hole {hole}"
            raise ScenarioError(part.mark_of("order"), message)


def _over(spec: RoundSpec) -> int:
    """The holes a match is over; 0 in sudden death."""
    return 0 if is_playoff(spec.no) else len(spec.holes)


# ── whole matches ────────────────────────────────────────────────────────────────────────────────


def _matches(course: list[Part], cast: _MatchCast) -> Iterator[MatchSpec]:
    """The entries of course that tell how a match went."""
    known: dict[int, Mark] = {}
    for part in course:
        if "holes" not in part.values and "ends" not in part.values:
            continue
        match = cast.match_of(part)
        if match in known:
            message = f"match {match} is told twice, first on line {known[match].line}"
            raise ScenarioError(part.mark, f"{message}; tell it in one entry")
        known[match] = part.mark
        if "holes" in part.values:
            yield _by_holes(part, match, cast.matches[match])
        else:
            yield _by_end(part, match, cast.matches[match])


def _by_holes(part: Part, match: int, spec: RoundSpec) -> MatchSpec:
    message = "holes is about both sides: W side 1 wins, L side 2 wins; leave out {}"
    part.refuse(message, "side")
    letters: str = part.get("holes")
    up = 0
    for played, letter in enumerate(letters, 1):
        up += _STEPS[letter]
        decided = is_decided(up, played, _over(spec), to_a_winner=spec.knocks_out)
        if decided and played < len(letters):
            message = f"match {match} is over after hole {played} of these {len(letters)}"
            raise ScenarioError(part.mark_of("holes"), f"{message}; leave out the rest")
    return MatchSpec(part.mark, match, holes=letters)


def _by_end(part: Part, match: int, spec: RoundSpec) -> MatchSpec:
    ends: str = part.get("ends")
    side: int | None = part.get("side")
    if ends == "T":
        part.refuse("T is a match that nobody wins; leave out {}", "side")
    elif side is None:
        message = f"which side of match {match} wins? add side: 1 or side: 2"
        raise ScenarioError(part.mark, message)
    why = _why_not(ends, spec)
    if why:
        raise ScenarioError(part.mark_of("ends"), f"match {match} cannot end {ends}: {why}")
    return MatchSpec(part.mark, match, ends=ends, winner=side or 0)


def _why_not(ends: str, spec: RoundSpec) -> str | None:
    """Why a match of a round does not end so; None where it may."""
    over = _over(spec)
    if ends == "T":
        return "it goes on until somebody wins" if spec.knocks_out else None
    if long := _LONG.fullmatch(ends):
        if not spec.knocks_out:
            return "it may be halved, so it has no more holes"
        played, most = int(long[1]), over + 2 * len(spec.holes)
        return None if over < played <= most else f"it has {over + 1} to {most} holes then"
    if early := _EARLY.fullmatch(ends):
        return _why_not_early(int(early[1]), int(early[2]), over)
    if last := _LAST.fullmatch(ends):
        most = min(2, over)
        if not most:
            return "who is ahead after a hole has won; write 1 HOLES, 2 HOLES …"
        return None if int(last[1]) <= most else f"nobody is more than {most} up on the last hole"
    return None


def _why_not_early(up: int, left: int, over: int) -> str | None:
    if left >= over:
        return f"it is over {over} holes" if over else "who is ahead after a hole has won"
    if up <= left:
        return f"with {left} to play {up} up does not decide it; write {left + 1} & {left}"
    if up > left + 2:
        return f"it was over before; with {left} to play write {left + 1} & {left}"
    if up > over - left:
        return f"nobody is {up} up after {over - left} holes"
    return None
