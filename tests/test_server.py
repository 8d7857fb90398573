"""REST, control, and what a server does when something of its own goes wrong."""

from __future__ import annotations

import asyncio
import itertools
import json

import aiohttp
import pytest
import websockets

from mockdde import log
from mockdde.control._gate import is_loopback
from mockdde.journal import Journal
from mockdde.moments import iso_micros
from mockdde.scenario import open_scenario
from mockdde.telling.round import RoundTelling
from mockdde.world import stage
from running import (
    ACCEPTED,
    CLOSE,
    LATE,
    LIVE,
    ONE_HOLE,
    PATIENCE,
    PREFIXES,
    SOON,
    TEAM,
    TEXT,
    TWO_TEES,
    house,
    packets_of,
    staged,
)


async def test_a_team_is_live_from_round_started_to_round_official() -> None:
    """It comes and goes in the very millisecond of these packets."""
    tournament = staged(TWO_TEES)
    turns = []
    for path, packets in packets_of(tournament).items():
        team = int(path.rpartition("/")[2])
        turns += [(packets[0][0], team, True), (packets[-1][0], team, False)]
    live: set[int] = set()
    async with house(tournament) as home:
        begin = home.clock.at
        for at, turn in itertools.groupby(sorted(turns), key=lambda each: each[0]):
            if at:
                home.clock.at = begin + at - 0.0005
                assert set(await home.live()) == live
            for _, team, comes in turn:
                live ^= {team}
                assert (team in live) is comes
            home.clock.at = begin + at + 0.0005
            assert set(await home.live()) == live
        assert await home.get(LIVE) == (200, b"[]")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_rest_needs_a_bearer_token(prefix: str) -> None:
    """Without one it is 401 and a body of two keys, on all that is REST."""
    async with house(staged(TWO_TEES)) as home:
        for path in (LIVE, SOON + "?rest=true"):
            for header in (None, "Basic dDp0", "Bearer", "Bearer  "):
                headers = {"Authorization": header} if header else {}
                status, body = await home.get(prefix + path, token="", **headers)
                answer = json.loads(body)
                assert (status, list(answer)) == (401, ["error", "status"])
                assert answer["status"] == 401
                assert "Authorization: Bearer" in answer["error"]
        assert (await home.get(prefix + LIVE))[0] == 200
        assert (await home.get(prefix + LIVE, token="", Authorization="bearer x"))[0] == 200


async def test_tokens_can_be_restricted() -> None:
    """With --token only these tokens are good, by REST and on a socket."""
    async with house(staged(TWO_TEES), tokens=("one", "two")) as home:
        for token, status in (("one", 200), ("two", 200), ("three", 401), ("On", 401)):
            assert (await home.get(LIVE, token))[0] == status
        client = await home.open(SOON)
        assert await client.enter("two") == ACCEPTED
        client = await home.open(SOON)
        assert (await client.enter("three"))["level"] == "ERROR"
        assert await client.closed() == (1008, "")


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_round_by_rest_once_it_is_official(prefix: str) -> None:
    """404 until RoundOfficial, from there on an array of the very packets."""
    packets = packets_of(staged(TWO_TEES))[SOON]
    path = prefix + SOON + "?rest=true"
    async with house(staged(TWO_TEES)) as home:
        for ahead in (packets[-1][0], 0.001):
            status, body = await home.get(path)
            assert status == json.loads(body)["status"] == 404
            assert "official" in json.loads(body)["error"]
            home.clock.at += ahead - 0.0005
        status, body = await home.get(path)
        assert status == 200
        assert body == b"[" + b",".join(payload for _, payload in packets) + b"]"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/golf/tournaments/8/round/1/team/1", "no tournament 8 here; it can only be 7"),
        ("/golf/tournaments/71/round/1/team/1", "no tournament 71 here; it can only be 7"),
        ("/golf/tournaments/7/round/2/team/1", "no round 2; it can only be 1"),
        (
            "/golf/tournaments/7/round/1/team/99",
            "no team 99 in round 1; it can be 1, 2, 3, 4, 5, 6",
        ),
    ],
)
async def test_what_is_not_there(path: str, sentence: str) -> None:
    """REST says so and names the nearest; a socket gets a warning and stays open."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(path + "?rest=true")
        assert status == json.loads(body)["status"] == 404
        assert sentence in json.loads(body)["error"]
        client = await home.open(path)
        assert await client.enter() == ACCEPTED
        topic = path.removeprefix("/golf/")
        (warning,) = await client.so_far()
        message = f"Could not find fixture topic {topic}"
        assert json.loads(warning) == {"message": message, "level": "WARN"}
        await home.wait(10)
        (beat,) = await client.so_far()
        assert json.loads(beat)["eventElementType"] == "Heartbeat"


async def test_the_journal_has_every_request() -> None:
    """Those that were answered as asked, and those that were not, the token or the time missing."""
    async with house(staged(TWO_TEES)) as home:
        await home.get(LIVE)
        await home.get(LIVE, token="")
        assert (await home.open(LATE)).status == 204
        details = home.journal("request")
        assert details[0] == (LIVE, "200")
        assert details[1][1].startswith("401 permission denied")
        assert details[2] == (LATE, "204 the round has not started yet")


async def test_a_round_that_has_not_started_has_no_socket() -> None:
    """204 to the handshake until RoundStarted."""
    packets = packets_of(staged(TWO_TEES))
    async with house(staged(TWO_TEES)) as home:
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with websockets.connect(f"ws://127.0.0.1:{home.port}{LATE}"):
                pass
        assert refused.value.response.status_code == 204
        home.clock.at += packets[LATE][0][0] + 0.001
        client = await home.open(LATE)
        assert client.status == 101
        assert await client.enter() == ACCEPTED
        assert await client.so_far() == [packets[LATE][0][1]]


async def test_play_that_starts_with_a_connection() -> None:
    """It is live at once, and stands still until the first client opens one of its streams."""
    tournament = staged(ONE_HOLE + "play: {starts: connection}\n")
    packets = packets_of(tournament)[TEAM.format(1)]
    async with house(tournament) as home:
        home.clock.at += 86_400
        assert await home.live() == [1]
        client = await home.open(TEAM.format(1))
        await client.enter()
        due = [payload for at, payload in packets if at <= 0]
        assert await client.so_far() == due
        await home.wait(packets[len(due)][0] + 0.001)
        got = [text for text in await client.so_far() if b"Heartbeat" not in text]
        assert got == [packets[len(due)][1]]
        assert home.journal("play")


@pytest.mark.parametrize(
    ("method", "path", "status", "sentence"),
    [
        ("GET", TEAM.format(1), 426, "open it as a WebSocket"),
        ("GET", TEAM.format(1) + "?rest=no", 426, "open it as a WebSocket"),
        ("GET", "/golf", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/liveevent", 404, "/_mockdde/health"),
        ("GET", "/media/media/tournaments/liveevents", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/one", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/12345678901", 404, "/_mockdde/health"),
        ("GET", "/golf/tournaments/7/round/1/team/%ff%ed%a0%80%0a", 404, "/_mockdde/health"),
        ("POST", LIVE, 405, "only GET"),
        ("DELETE", TEAM.format(1), 405, "only GET"),
    ],
)
async def test_other_requests_get_a_sentence(
    method: str, path: str, status: int, sentence: str
) -> None:
    """Every error is {"error", "status"} and says what would be right."""
    async with house(staged(TWO_TEES)) as home:
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = (await asyncio.wait_for(reader.read(), PATIENCE)).partition(b"\r\n\r\n")
        writer.close()
        await writer.wait_closed()
        assert int(head.split()[1]) == status
        answer = json.loads(body)
        assert list(answer) == ["error", "status"]
        assert answer["status"] == status
        assert sentence in answer["error"]
        assert str(status) in home.journal("request")[-1][1]


async def test_a_handshake_that_is_none() -> None:
    """An Upgrade header alone makes no WebSocket."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(SOON, Upgrade="websocket")
        assert status == json.loads(body)["status"] == 400
        assert "handshake" in json.loads(body)["error"]


async def test_a_pump_that_dies_stops_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rather than leaving every client waiting; ``failure`` says why."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        monkeypatch.setattr(home.engine, "next_deadline", lambda **_: 1 / 0)
        await home.wait(1)
        await asyncio.wait_for(home.server.stopping.wait(), PATIENCE)
        assert isinstance(home.server.failure, ZeroDivisionError)


async def test_idle_time_is_used_to_tell_what_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = asyncio.Event()
    ahead = RoundTelling.ahead
    told = []

    def heard(self: RoundTelling) -> bool:
        told.append(ahead(self))
        if not told[-1]:
            enough.set()
        return told[-1]

    monkeypatch.setattr(RoundTelling, "ahead", heard)
    whole = stage(open_scenario("tournament/cut")).log.whole()
    begins = next(event.due for event in whole if isinstance(event.what, log.RoundStarted))
    async with house(stage(open_scenario("tournament/cut"), lazily=True)) as home:
        home.clock.at += (begins - whole[0].due) / 1000 + 60
        assert await home.live()
        async with asyncio.timeout(PATIENCE):
            await enough.wait()
    assert any(told)


async def test_two_tournaments_on_one_server_do_not_mix() -> None:
    """Each stream is its own tournament's."""
    one, two = staged(ONE_HOLE), staged(ONE_HOLE.replace("id: 7", "id: 8"))
    async with house(one, two) as home:
        await home.wait(3600)
        for each in (one, two):
            for path, packets in packets_of(each).items():
                client = await home.open(path)
                await client.enter()
                assert await client.so_far() == [payload for _, payload in packets]


async def test_a_bug_of_ours_is_said_and_the_next_request_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """500 with a sentence, and a line in the journal."""
    async with house(staged(TWO_TEES)) as home:
        with monkeypatch.context() as patch:
            patch.setattr(home.engine.answers, "document", lambda *_: 1 / 0)
            status, body = await home.get(LIVE)
        assert status == json.loads(body)["status"] == 500
        assert "bug in mockdde" in json.loads(body)["error"]
        assert home.journal("failed")
        assert (await home.get(LIVE))[0] == 200
        async with aiohttp.ClientSession() as session, session.head(home.rest + LIVE) as answer:
            assert answer.status == 401


# ── control ───────────────────────────────────────────────────────────────────────────────────


async def test_health_says_what_is_served_and_how_it_stands() -> None:
    """Without a token: it is the machine's own."""
    async with house(staged(TWO_TEES), speed=60) as home:
        await home.open(SOON)
        home.clock.at += 10
        status, body = await home.get("/_mockdde/health", token="")
        health = json.loads(body)
        assert status == 200
        assert health["status"] == "ok"
        assert health["connections"] == 1
        assert LIVE in health["endpoints"]
        (standing,) = health["tournaments"]
        assert standing["tournament"] == 7
        assert standing["name"] == "Two Tees Open"
        assert standing["running"]
        assert not standing["over"]
        assert standing["now"] == iso_micros((staged(TWO_TEES).begins + 600_000) * 1000)
        home.clock.at += 3600
        status, body = await home.get("/_mockdde/health", token="", Host="[::1]:8080")
        assert json.loads(body)["tournaments"][0]["over"]


async def test_the_journal_tells_a_connection_s_life() -> None:
    """opened, accepted, ignored, closed: in order, by the number of the connection."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        client.send(TEXT, b"hello")
        client.send(CLOSE, (1001).to_bytes(2))
        assert b"\x88\x02" in await asyncio.wait_for(client.reader.read(), PATIENCE)
        status, body = await home.get("/_mockdde/journal", token="", Host="localhost")
        assert status == 200
        told = [(each["event"], each.get("detail")) for each in json.loads(body)]
        assert told == [
            ("opened", None),
            ("said", '{"authToken": "t…"}'),
            ("accepted", None),
            ("ignored", "hello"),
            ("closed", "the client closed with 1001"),
        ]
        assert {each["connection"] for each in json.loads(body)} == {1}


@pytest.mark.parametrize("path", ["/_mockdde/health", "/_mockdde/journal"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "localhost.evil.example:80"},
        {"Host": "evil.example:127.0.0.1"},
        {"Host": "127.0.0.1.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Host": "localhost", "Origin": "http://localhost"},
    ],
)
async def test_control_is_refused_to_other_hosts_and_web_pages(
    path: str, headers: dict[str, str]
) -> None:
    """403, whether it is by a rebound name or from a page."""
    async with house(staged(TWO_TEES)) as home:
        status, body = await home.get(path, token="", **headers)
        assert status == json.loads(body)["status"] == 403
        assert "control" in json.loads(body)["error"]


async def test_control_is_for_this_machine_by_any_of_its_addresses() -> None:
    """The address it listens on is as good as localhost; another machine's is not."""
    async with house(staged(TWO_TEES)) as home:
        for host in ("127.0.0.1", "[::1]:80", "192.0.2.7:8080", "localhost:9"):
            assert (await home.get("/_mockdde/health", token="", Host=host))[0] == 200
    assert is_loopback("::ffff:127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("192.0.2.7")
    assert not is_loopback("")


async def test_http_has_the_headers_that_go_with_its_statuses() -> None:
    """RFC 9110: what to send with 401, 405 and 426."""
    async with house(staged(TWO_TEES)) as home, aiohttp.ClientSession() as session:
        async with session.get(home.rest + LIVE) as answer:
            assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        async with session.get(home.rest + SOON) as answer:
            assert (answer.status, answer.headers["Upgrade"]) == (426, "websocket")
        async with session.post(home.rest + LIVE) as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, "GET,HEAD")
        async with session.head(home.rest + SOON) as answer:
            assert answer.status == 405
        async with session.get(home.rest + SOON.replace("/7/", "/%D9%A7/")) as answer:
            assert answer.status == 404


def test_the_journal_keeps_the_last_ten_thousand() -> None:
    """And tells listeners all of them."""
    journal, heard = Journal(), []
    journal.listeners.append(heard.append)
    for number in range(10_005):
        journal.note(float(number), "ignored", "/x", str(number))
    assert [each.detail for each in journal] == [str(number) for number in range(5, 10_005)]
    assert len(heard) == 10_005


async def test_polls_do_not_push_the_rest_out_of_the_journal() -> None:
    """Of the same answer again and again the last one is kept."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(SOON)
        await client.enter()
        for _ in range(50):
            await home.get(LIVE)
        assert home.journal("opened")
        assert home.journal("request") == [(LIVE, "200")]
