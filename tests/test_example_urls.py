"""Every example URL of the vendor's documentation answers on the built-in world, host swapped."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

from livetoken import live_token
from mockdde.scenario import open_scenario
from mockdde.world import stage
from running import ACCEPTED, PATIENCE, Running, house, serve

TABLE = Path(__file__).with_name("example-urls.txt")


@dataclass(frozen=True)
class Example:
    """A line of the table."""

    kind: str
    path: str
    value: str
    where: str


def examples() -> Iterator[Example]:
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            request, _, shows = line.partition("|")
            kind, path = request.split()
            value, _, where = shows.strip().partition(" in ")
            yield Example(kind, path, value, where)


EXAMPLES = list(examples())


def values(document: Any, where: str) -> Iterator[str]:
    """What stands at a path such as ``standings[].teamNo``."""
    if not where:
        yield str(document)
        return
    if where.startswith("[]"):
        for each in document:
            yield from values(each, where[2:].removeprefix("."))
        return
    key, dot, rest = where.partition(".")
    name = key.removesuffix("[]")
    if name in document:
        below = "[]" if key != name else ""
        yield from values(document[name], f"{below}{dot if below else ''}{rest}")


@pytest.fixture(scope="module")
def world() -> Iterator[Running]:
    with serve("--speed", "20") as server:
        yield server


def asked(world: Running, path: str) -> tuple[int, Any]:
    token = live_token() if path.startswith("/golf/rest/v1/") else "t"
    request = urllib.request.Request(  # noqa: S310
        world.rest + path, headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request, timeout=2 * PATIENCE) as answer:  # noqa: S310
        return answer.status, json.loads(answer.read())


def following(client: ClientConnection) -> dict[str, Any]:
    """The next message that is no heartbeat."""
    while True:
        message: dict[str, Any] = json.loads(client.recv(2 * PATIENCE))
        beat = "Heartbeat" in (message.get("eventElementType"), message.get("type", "")[-9:])
        if not beat and message.get("dataType") != "heartbeats":
            return message


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.kind == "GET"], ids=lambda each: each.path
)
def test_a_document_of_the_documentation_is_answered(world: Running, example: Example) -> None:
    status, document = asked(world, example.path)
    assert status == 200
    if example.value:
        assert example.value in set(values(document, example.where))


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.kind == "WS"], ids=lambda each: each.path
)
def test_a_stream_of_the_documentation_is_open(world: Running, example: Example) -> None:
    # It leaves much unread, so its close would not be answered before that is sent.
    with connect(
        world.ws + example.path, open_timeout=2 * PATIENCE, close_timeout=0.1, max_size=None
    ) as client:
        client.send(json.dumps({"authToken": "t"}))
        assert json.loads(client.recv(PATIENCE)) == ACCEPTED
        first = following(client)
    if example.value:
        assert example.value in set(values(first, example.where))


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES if each.kind == "LIVE"], ids=lambda each: each.path
)
def test_a_live_stream_of_the_documentation_is_open(world: Running, example: Example) -> None:
    header = {"Authorization": f"Bearer {live_token()}"}
    with connect(
        world.ws + example.path,
        additional_headers=header,
        open_timeout=2 * PATIENCE,
        close_timeout=0.1,
        max_size=None,
    ) as client:
        if example.path.endswith("/events"):
            client.send(json.dumps({"type": "Client.Init"}))
        first = following(client)
    assert first["specversion"] == "1.0"
    assert example.value in set(values(first, example.where))


async def test_tournament_1971_has_every_action_before_and_after_somebody_connects() -> None:
    """Within five minutes of its first client, so that nobody has to wait for a correction."""
    async with house(stage(open_scenario("world/live-open"))) as home:
        path = "/golf/rest/v1/tournaments/1971/round/1/events"
        before = json.loads((await home.get(path, live_token()))[1])
        await home.wait(330)
        after = json.loads((await home.get(path, live_token()))[1])
    assert after[: len(before)] == before
    for events in (before, after[len(before) :]):
        assert len(events) > 50
        assert {each["action"] for each in events} == {"ADD", "UPDATE", "DELETE"}


def test_the_second_page_of_players_is_another_hundred(world: Running) -> None:
    one, two = (asked(world, f"/golf/players?results=100&offset={page}")[1] for page in (1, 2))
    assert len(one) == 100
    assert two
    assert not {each["playerId"] for each in one} & {each["playerId"] for each in two}


async def test_the_sample_leaderboard_has_three_players_and_changes_with_each() -> None:
    """Tournament 99999: three updates, one for each of three players who end a hole."""
    async with house(stage(open_scenario("world/sample-hole"))) as home:
        client = await home.open("/golf/tournaments/99999/leaderboard")
        assert client.status == 101
        await client.enter()
        seen: dict[int, list[dict[str, Any]]] = {}
        for _ in range(80):
            await home.wait(60)
            for text in await client.so_far():
                document = json.loads(text)
                for row in document.get("standings", ()):
                    history = seen.setdefault(row["teamNo"], [])
                    if not history or history[-1] != row["holesThrough"]:
                        history.append(row["holesThrough"])
    assert sorted(seen) == [1, 2, 12]
    for history in seen.values():
        assert [each["value"] for each in history] == [0, 1]
