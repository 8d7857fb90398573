"""Which id of the DDE feed is which of the live dialect, as a server is asked."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

import pytest

from livetoken import live_token
from matchrooms import EVERY_KIND, FOURBALLS
from mockdde.books import Books
from mockdde.golf import Group
from mockdde.idmap import id_map
from running import TWO_TEES, House, house, packets_of, staged

KINDS = {
    "tournament": "stage",
    "rounds": "stage",
    "teams": "competitor",
    "squads": "competitor",
    "players": "competitor",
    "matches": "match",
    "courses": "venue",
    "groups": "group_match",
}
COLD = EVERY_KIND.replace("id: 7", "id: 70") + "play: {at: 9d}\n"


async def ids(home: House, query: str = "") -> list[dict[str, Any]]:
    """What is answered: each tournament."""
    status, body = await home.get(f"/_mockdde/ids{query}", token="")
    assert status == 200, body
    told: list[dict[str, Any]] = json.loads(body)["tournaments"]
    return told


def things(told: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """All that is told of a tournament, with what it is."""
    listed = chain.from_iterable(
        ((what, each) for each in (of if isinstance(of, list) else [of]))
        for what, of in told.items()
    )
    return list(listed)


def by_dde(listed: list[dict[str, Any]]) -> dict[int, int]:
    return {each["dde"]: each["live"] for each in listed}


async def test_each_thing_has_its_ids_and_none_has_another_s() -> None:
    async with house(staged(TWO_TEES), staged(FOURBALLS)) as home:
        told = await ids(home)
    assert [each["tournament"]["dde"] for each in told] == [7, 8]
    of_kind: dict[tuple[str, int], tuple[str, int]] = {}
    for no, whole in enumerate(told):
        assert whole.keys() == KINDS.keys()
        for what, each in things(whole):
            assert each["sr"] == f"sr:{KINDS[what]}:{each['live']}"
            # A player is the same one in every tournament.
            me = (what, 0 if what == "players" else no)
            assert of_kind.setdefault((KINDS[what], each["live"]), me) == me, each
    stroke, match = told
    assert list(by_dde(stroke["rounds"])) == [1]
    assert list(by_dde(stroke["teams"])) == [1, 2, 3, 4, 5, 6]
    assert [each["number"] for each in stroke["groups"]] == [1, 2, 3]
    assert (stroke["matches"], stroke["squads"], match["groups"]) == ([], [], [])
    assert [each["name"] for each in match["squads"]] == ["Here", "There"]
    assert list(by_dde(match["rounds"])) == [1, 2]
    assert len(match["players"]) == 4


async def test_events_have_these_ids() -> None:
    async with house(staged(TWO_TEES), staged(FOURBALLS), speed=600.0) as home:
        for path in ("/golf/tournaments/7/leaderboard", "/golf/tournaments/8/matchplayleaderboard"):
            client = await home.open(path)
            await client.enter()
        await home.wait(60)
        stroke, match = await ids(home)
        where = "/golf/rest/v1/tournaments"
        # A round and a match are asked for by either of their numbers.
        for whole, at, what in ((stroke, "7/round", "rounds"), (match, "8/match", "matches")):
            no, id_ = next(iter(by_dde(whole[what]).items()))
            answers = [
                await home.get(f"{where}/{at}/{each}/events", token=live_token())
                for each in (no, id_)
            ]
            assert answers[0] == answers[1]
            events = json.loads(answers[0][1])
            (sr,) = {each["sport_event"]["id"] for each in events}
            assert sr in [each["sr"] for each in whole[what] if each["dde"] == no]
            payloads = [each["payload"] for each in events if each["action"] != "DELETE"]
            teams = by_dde(whole["teams"])
            assert {each["team_id"] for each in payloads} <= {*teams.values()}
            courses = {each["sr"] for each in whole["courses"]}
            assert {each.get("sr_course_id") for each in payloads} <= {*courses, None}
            groups = {(each["sr"], each["number"]) for each in whole["groups"]}
            told = {(each.get("sr_group_id"), each.get("group_number")) for each in payloads}
            assert told <= (groups or {(None, None)})


async def test_one_tournament_is_asked_for() -> None:
    async with house(staged(TWO_TEES), staged(FOURBALLS)) as home:
        (told,) = await ids(home, "?tournament=8")
        assert told["tournament"]["dde"] == 8


async def test_nobody_waits_for_a_tournament_that_is_over() -> None:
    async with house(staged(TWO_TEES), staged(COLD)) as home:
        both = await ids(home)
        assert both[1] in await ids(home, "?tournament=70")
        assert len(both[1]["teams"]) == 2
        cold = home.engine.shows.named(70)[0]
        assert (cold.cold, cold.broadcast.events) == (True, 0)


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?tournament=9", 404, "there is no tournament 9 here"),
        ("?tournament=x", 400, "tournament is 'x'; it can be 0 to 999999999"),
        ("?turnament=7", 400, "there is no query parameter 'turnament'; did you mean tournament?"),
    ],
)
async def test_what_is_not_there_is_told(query: str, status: int, sentence: str) -> None:
    async with house(staged(TWO_TEES)) as home:
        told, body = await home.get(f"/_mockdde/ids{query}", token="")
        assert told == status
        assert sentence in json.loads(body)["error"]


def test_groups_are_told_as_they_are_drawn() -> None:
    tournament = staged(TWO_TEES)
    books = Books(tournament)
    assert id_map(books)["groups"] == []
    for event in tournament.log:
        books.apply(event)
    drawn: tuple[Group, ...] = tournament.groups[1]
    assert [each["dde"] for each in id_map(books)["groups"]] == [each.id for each in drawn]


@pytest.mark.parametrize("choice", ["changes", "stable"])
def test_every_group_id_of_the_packets_is_there(choice: str) -> None:
    """Also the one that a group has from its tenth hole on."""
    text = "title: Eleven holes\nfield: [{teams: 2}]\nrounds: [{holes: 1-11}]\n"
    tournament = staged(text, **{"group-id": choice})
    sent = [json.loads(each) for path in packets_of(tournament).values() for _, each in path]
    books = Books(tournament)
    for event in tournament.log:
        books.apply(event)
    (group,) = id_map(books)["groups"]
    told = {each["groupId"] for each in sent if "groupId" in each}
    assert told == {group["dde"], group["turned"]}
    assert len(told) == (2 if choice == "changes" else 1)


def test_where_the_numbers_are_those_of_the_dde_feed_they_are() -> None:
    told = id_map(Books(staged(FOURBALLS, **{"live-ids": "dde"})))
    assert all(each["dde"] == each["live"] for _, each in things(told))
