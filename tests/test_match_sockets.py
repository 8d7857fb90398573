"""A whole team match over real sockets: a client for each match, all of them at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

import aiohttp
import websockets

from match_client import Match, MatchFacts
from match_facts import match_facts, rounds_of
from running import ACCEPTED, LIVE, Running, serve

RYDER_CUP = "match/ryder-cup-whole"
MATCHES = 28  # two days of foursomes and fourballs, four matches each, and twelve in singles
ALL = "tournamentDataStatus=All"
TEAM_KEYS = ("currentMatchScore", "finalMatchScore", "matchWinner", "thru")
LONG = 240.0  # seconds; at this speed three days take about a quarter of a minute


async def ask(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(url, headers={"Authorization": "Bearer t"}) as answer:
        assert answer.status == 200, (url, await answer.text())
        return await answer.json()


async def follow(url: str, client: Match) -> list[bytes]:
    """Open a stream and read it until RoundOfficial; its packets."""
    packets = []
    async with websockets.connect(url, max_size=None) as socket:
        await socket.send(json.dumps({"authToken": "t"}))
        assert json.loads(await socket.recv()) == ACCEPTED
        while not client.official:
            data = await socket.recv(decode=False)
            client.packet(packet := json.loads(data))
            if "seqNum" in packet:
                packets.append(data)
    return packets


class Follower:
    """Somebody who opens a stream for every match as soon as liveevents has it."""

    def __init__(self, server: Running, session: aiohttp.ClientSession, tournament: int) -> None:
        self.session, self.live = session, f"{server.rest}{LIVE}"
        self.rest = f"{server.rest}/golf/tournaments/{tournament}"
        self.ws = f"{server.ws}/golf/tournaments/{tournament}"
        self.clients: dict[int, Match] = {}

    async def facts(self) -> dict[int, tuple[MatchFacts, str]]:
        """The matches that are drawn, each with its status."""
        rounds = rounds_of(await ask(self.session, self.rest))
        drawn = await ask(self.session, f"{self.rest}/schedule")
        return {
            facts.no: (facts, each["status"])
            for each in drawn
            for facts in [match_facts(each, rounds)]
        }

    def open(self, facts: MatchFacts) -> Coroutine[Any, Any, list[bytes]]:
        client = self.clients[facts.no] = Match(facts)
        return follow(f"{self.ws}/matchdetails/{facts.no}", client)

    async def as_they_start(self) -> dict[int, list[bytes]]:
        """Every match from when it is live; the packets by match."""
        reading: dict[int, asyncio.Task[list[bytes]]] = {}
        async with asyncio.TaskGroup() as group:
            while len(reading) < MATCHES:
                live = {each["matchNo"] for each in await ask(self.session, self.live)}
                for no, (facts, status) in (await self.facts()).items():
                    # On a busy machine a match may be over before anybody asked what is live.
                    if no not in reading and (no in live or status == "Finished"):
                        reading[no] = group.create_task(self.open(facts))
                await asyncio.sleep(0.1)
        return {no: task.result() for no, task in reading.items()}

    async def all_at_once(self) -> dict[int, list[bytes]]:
        """Every match from its first packet, after they are over."""
        drawn = await self.facts()
        found = await asyncio.gather(*(self.open(facts) for facts, _ in drawn.values()))
        return dict(zip(drawn, found, strict=True))

    async def until_official(self) -> None:
        """Streams can be asked for by REST once the tournament is closed."""
        headers = {"Authorization": "Bearer t"}
        url = f"{self.rest}/matchplayleaderboard?rest=true"
        while True:
            async with self.session.get(url, headers=headers) as answer:
                if answer.status == 200:
                    return
                assert answer.status == 404, await answer.text()
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
    """At --speed 14400 a client for each of 28 matches arrives at what REST says in the end: who
    was there as it began, and who comes when all is over, for all of them at once.
    """
    with serve(RYDER_CUP, "--speed", "14400") as server:
        async with asyncio.timeout(LONG), aiohttp.ClientSession() as session:
            (tournament,) = await ask(session, f"{server.rest}/golf/tournaments?{ALL}")
            follower = Follower(server, session, tournament["id"])
            early = await follower.as_they_start()
            await follower.until_official()
            await follower.check()
            assert await follower.all_at_once() == early
            await follower.check()
    assert len(early) == MATCHES
