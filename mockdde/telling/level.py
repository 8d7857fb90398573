"""A last round that ends level: the story lets leaders drop strokes on the way in."""

from __future__ import annotations

from collections.abc import Sequence

from mockdde.errors import ScenarioError
from mockdde.golf import TeamRound
from mockdde.scenario.model import PlayoffSpec
from mockdde.story import Story
from mockdde.story.acts import Act, strokes_of
from mockdde.story.parties import Plan
from mockdde.telling.ranking import Ranking

__all__ = ["level_plan"]

_WORST = 9  # strokes on a hole; nobody is made to play more


def level_plan(
    story: Story, spec: PlayoffSpec, ranking: Ranking, rounds: Sequence[TeamRound]
) -> Plan:
    """The last round of all its teams, played so that as many as ``spec`` says share the lead.

    ScenarioError where too few finish, or what the scenario tells of their holes forbids it.
    """
    assert spec.teams is not None
    cards = {facts.team.no: _card(story, facts) for facts in rounds}
    facts_of = {facts.team.no: facts for facts in rounds}
    whole = {no: card for no, card in cards.items() if len(card) == len(facts_of[no].holes)}
    total = {no: ranking.to_par[no] + _over(facts_of[no], card) for no, card in whole.items()}
    order = sorted((no for no in whole if not whole[no][-1][1]), key=lambda no: total[no])
    if len(order) < spec.teams:
        message = f"the playoff is of {spec.teams} teams, and {len(order)} finish the last round"
        raise ScenarioError(spec.mark, message)
    level = total[order[spec.teams - 1]]
    for place, no in enumerate(order):
        missing = level - total[no] if place < spec.teams else int(total[no] == level)
        _drop_strokes(story, spec, facts_of[no], cards[no], missing)
    return lambda facts, at: _planned(cards, facts, at)


def _planned(
    cards: dict[int, list[tuple[list[Act], bool]]], facts: TeamRound, order: int
) -> tuple[list[Act], bool] | None:
    card = cards.get(facts.team.no, [])
    return card[order - 1] if order <= len(card) else None


def _card(story: Story, facts: TeamRound) -> list[tuple[list[Act], bool]]:
    card: list[tuple[list[Act], bool]] = []
    for order in range(1, len(facts.holes) + 1):
        card.append(story.play(facts, order))
        if card[-1][1]:
            break
    return card


def _over(facts: TeamRound, card: list[tuple[list[Act], bool]]) -> int:
    return sum(
        strokes_of(acts) - hole.par for (acts, _), hole in zip(card, facts.holes, strict=False)
    )


def _drop_strokes(
    story: Story,
    spec: PlayoffSpec,
    facts: TeamRound,
    card: list[tuple[list[Act], bool]],
    missing: int,
) -> None:
    """Play as many of the last holes again, each in a stroke more."""
    while missing:
        before = missing
        for order in range(len(card), 0, -1):
            made = strokes_of(card[order - 1][0])
            if missing and made < _WORST and story.said(facts, order) is None:
                in_play = story.open_hole(facts, order, "level", made)
                card[order - 1] = (in_play.score(made + 1, spec.mark), False)
                missing -= 1
        if missing == before:
            message = f"what is told of team {facts.team.no} in the last round leaves no tie"
            raise ScenarioError(spec.mark, f"{message}; tell less of it, or leave out teams")
