"""A whole team match over real sockets: a client for each match, all of them at once."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import websockets

from match_client import Match
from match_facts import match_facts, rounds_of
from running import ACCEPTED, Running, serve

RYDER_CUP = "match/ryder-cup"
MATCHES = 28  # two days of foursomes and fourballs, four matches each, and twelve in singles
TEAM_KEYS = ("currentMatchScore", "finalMatchScore", "matchWinner", "thru")
LONG = 240.0  # seconds; at this speed three days take about one minute


async def ask(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(url, headers={"Authorization": "Bearer t"}) as answer:
        assert answer.status == 200, (url, await answer.text())
        return await answer.json()


async def follow(url: str, client: Match) -> list[Any]:
    """Open a stream and read it until RoundOfficial; its seqNums."""
    numbers = []
    async with websockets.connect(url, max_size=None) as socket:
        await socket.send(json.dumps({"authToken": "t"}))
        assert json.loads(await socket.recv()) == ACCEPTED
        while not client.official:
            packet = json.loads(await socket.recv())
            client.packet(packet)
            numbers.append(packet.get("seqNum"))
    return [each for each in numbers if each is not None]


class Follower:
    """Somebody who opens a stream for every match as soon as the schedule has it."""

    def __init__(self, server: Running, session: aiohttp.ClientSession, tournament: int) -> None:
        self.session, self.tournament = session, tournament
        self.rest = f"{server.rest}/golf/tournaments/{tournament}"
        self.ws = f"{server.ws}/golf/tournaments/{tournament}"
        self.clients: dict[int, Match] = {}

    async def run(self) -> None:
        rounds = rounds_of(await ask(self.session, self.rest))
        async with asyncio.TaskGroup() as group:
            while len(self.clients) < MATCHES:
                for element in await ask(self.session, f"{self.rest}/schedule"):
                    facts = match_facts(element, rounds)
                    if facts.no not in self.clients:
                        client = self.clients[facts.no] = Match(facts)
                        group.create_task(follow(f"{self.ws}/matchdetails/{facts.no}", client))
                await asyncio.sleep(0.1)

    async def check(self) -> None:
        """Every client has arrived at what REST says of its match, and so has the leaderboard."""
        board = await ask(self.session, f"{self.rest}/matchplayleaderboard?rest=true")
        rows = {each["matchNo"]: each for each in board["matches"]}
        assert rows.keys() == self.clients.keys()
        for no, client in self.clients.items():
            score = await ask(self.session, f"{self.rest}/matchscore/{no}?rest=true")
            winner = client.winner
            assert score["isOfficial"]
            assert score["winningTeamNo"] == (
                None if winner is None else client.facts.teams[winner]
            )
            for side, (mine, row) in enumerate(
                zip(score["teamScores"], rows[no]["teams"], strict=True)
            ):
                assert mine["teamNo"] == row["teamNo"] == client.facts.teams[side]
                finished = [each for each in mine["holeScores"] if each["holeFinished"]]
                last = client.lines[max(client.lines)]
                assert len(finished) == client.played == last.order
                assert finished[-1]["holeNo"] == last.no
                assert finished[-1]["cumulativeHolesAdvantage"] == client.current(side)
                assert {key: row[key] for key in TEAM_KEYS} == {
                    "currentMatchScore": client.current(side),
                    "finalMatchScore": client.final(side),
                    "matchWinner": winner == side,
                    "thru": "F",
                }


async def test_a_whole_ryder_cup_by_its_packets_over_sockets() -> None:
    """At --speed 3600, 28 clients at once, each until its RoundOfficial."""
    with serve(RYDER_CUP, "--speed", "3600") as server:
        async with asyncio.timeout(LONG), aiohttp.ClientSession() as session:
            (tournament,) = await ask(
                session, f"{server.rest}/golf/tournaments?tournamentDataStatus=All"
            )
            follower = Follower(server, session, tournament["id"])
            await follower.run()
            await follower.check()
    assert len(follower.clients) == MATCHES
    assert all(client.complete for client in follower.clients.values())
