"""REPORT: truth into an event log: what the scorers sent, mistakes and corrections among it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mockdde import log
from mockdde.errors import ScenarioError
from mockdde.scorer.draft import Draft
from mockdde.scorer.held import held
from mockdde.scorer.scorer import Scorer
from mockdde.story import Outing, Story

__all__ = ["Truth", "report"]


@dataclass(frozen=True, slots=True)
class Truth:
    """The scorer's final word: strokes by (round, team) and hole number, of holes holed out."""

    strokes: dict[tuple[int, int], dict[int, int]]


def report(story: Story, *, holds: bool = True) -> tuple[tuple[log.Event, ...], Truth]:
    """The log of a tournament, sorted by the time each event is sent, and the scorer's final word.

    ``holds``: what happens while a team's state is Disconnected is sent when that is over.

    ScenarioError where a directive speaks of what was never played.
    """
    scorers = [Scorer(story, outing) for outing in story.outings]
    _refuse_unheard(story)
    drafts: list[tuple[int, int, Draft]] = []
    for place, scorer in enumerate(scorers):
        told = scorer.tell()
        drafts += [(draft.due, place, draft) for draft in (held(told) if holds else told)]
    drafts += [(due, place, Draft(due, due, 0, what)) for due, place, what in _frame(story, drafts)]
    drafts.sort(key=lambda each: each[:2])
    ids = {id(draft): number for number, (_, _, draft) in enumerate(drafts)}
    events = tuple(
        _event(number, story.outings[place], draft, ids)
        if place >= 0
        else log.Event(number, due, due, due, -place % 1000, 0, 0, 0, draft.what)
        for number, (due, place, draft) in enumerate(drafts)
    )
    truth = {(s.outing.facts.round, s.outing.facts.team.no): s.truth() for s in scorers}
    return events, Truth(truth)


def _frame(
    story: Story, drafts: list[tuple[int, int, Draft]]
) -> list[tuple[int, int, log.OfTournament]]:
    found: list[tuple[int, int, log.OfTournament]] = []
    first = min(due for due, _, _ in drafts)
    for index, (no, groups) in enumerate(story.groups.items()):
        of = [(due, d) for due, p, d in drafts if story.outings[p].facts.round == no]
        if not of:
            continue
        due = first - 172_800_000 if index < 2 else min(d for d, _ in of) - 3_600_000
        found.append((due, -no, log.Drawn(groups)))
        ended = max(d for d, draft in of if isinstance(draft.what, log.RoundFinished))
        found.append((ended + 1, -no, log.PlayComplete()))
        closed = max(d for d, _ in of) + 1
        found.append((max(closed, ended + 2), -no, log.RoundClosed()))
    found.append((max(due for due, _, _ in found) + 1, -1000, log.TournamentClosed()))
    return found


def _refuse_unheard(story: Story) -> None:
    """A directive about a team that left the tournament before is never heeded; say so."""
    playing = {(each.facts.round, each.facts.team.no) for each in story.outings}
    for each in story.scenario.report:
        if (each.after.round, each.after.team) not in playing:
            message = f"team {each.after.team} does not play round {each.after.round}; it has left"
            raise ScenarioError(each.after.mark, message)


def _event(number: int, outing: Outing, draft: Draft, ids: dict[int, int]) -> log.Event:
    what = draft.what
    if isinstance(what, log.Correction):
        what = replace(what, of=ids[id(draft.target)])
    facts = outing.facts
    return log.Event(
        number,
        draft.due,
        draft.at,
        draft.due,
        facts.round,
        facts.team.no,
        draft.order,
        facts.team.players[0].id,
        what,
    )
