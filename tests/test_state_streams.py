"""Streams of whole documents, documents with queries, shows that are over, and long jumps."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

import mockdde.server
from mockdde import latest
from mockdde.broadcast import Broadcast
from mockdde.control import _gate
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import stream_feeds
from mockdde.latest import KEPT
from mockdde.quirks import QUIRKS
from mockdde.subscriber import State, Subscriber
from running import ACCEPTED, FAULTY, LIVE, ONE_HOLE, PATIENCE, SOON, TEAM, TWO_TEES, house, staged
from running import frames as texts
from tiny import BOARD, CARD, Board, Card, Field, Named, feeds

__all__ = ["feeds"]  # a fixture

ROUND = stream_feeds()[0]
TOKEN = '{"authToken": "t"}'  # noqa: S105
OVER = ONE_HOLE.replace("id: 7", "id: 8") + "play: {at: 9d}\n"


def engine_of(*scenarios: str, speed: float = 1.0, **quirks: str) -> Engine:
    """An engine that starts at wire time 1000."""
    tournaments = [staged(text, **quirks) for text in scenarios]
    return Engine(tournaments, quirks=tournaments[0].quirks, wire=1000.0, speed=speed)


def join(engine: Engine, wire: float, feed: Any = Board, **params: int) -> Subscriber:
    """A client that opens a stream and sends its token, both now."""
    params = {"tournament": 7} | params
    subscriber = engine.open(feed, params, feed.PATH.format(**params), wire)
    engine.hear(subscriber, TOKEN, wire)
    return subscriber


def take(subscriber: Subscriber) -> list[bytes]:
    """All texts that are due but for heartbeats."""
    data = b"".join(bytes(each) for each in iter(subscriber.take, None))
    return [each for each in texts(data) if b"Heartbeat" not in each]


def documents(text: str, path: str) -> list[tuple[float, bytes]]:
    """Every document of a stream with the seconds of play after which it is sent."""
    tournament = staged(text)
    name = Broadcast(tournament).name(path)
    return [
        ((due - tournament.begins) / 1000, payload)
        for due, _, payload in Broadcast(tournament).play(name)
    ]


# ── streams ───────────────────────────────────────────────────────────────────────────────────


def test_a_reader_gets_the_document_and_then_each_change() -> None:
    """At whatever moment it comes: the latest at once, then all that follow, as play has them."""
    sent = documents(TWO_TEES, BOARD)
    assert len(sent) > 12
    assert [json.loads(each)["seqNum"] for _, each in sent] == list(range(1, len(sent) + 1))
    engine = engine_of(TWO_TEES)
    readers: list[tuple[Subscriber, int, list[bytes]]] = []
    for at, _ in sent:
        wire = 1000 + max(0.0, at) + 0.0005
        engine.run_until(wire)
        for reader, _, got in readers[::2]:
            got.extend(take(reader))
        now = sum(before <= max(0.0, at) for before, _ in sent)
        readers.append((join(engine, wire), now - 1, []))
    engine.run_until(9000.0)
    for reader, first, got in readers:
        got.extend(take(reader))
        assert json.loads(got[0]) == ACCEPTED
        assert got[1:] == [payload for _, payload in sent[first:]]
        assert reader.skipped == 0


def test_documents_are_encoded_for_readers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for all of them, and not at all without."""
    monkeypatch.setattr(Board, "encoded", 0)
    engine = engine_of(TWO_TEES)
    engine.run_until(2000.0)
    assert Board.encoded == 0
    first, second = join(engine, 2000.0), join(engine, 2000.0)
    engine.run_until(9000.0)
    assert take(first) == take(second)
    sent = documents(TWO_TEES, BOARD)
    assert Board.encoded == 1 + sum(at > 1000 for at, _ in sent) + len(sent)  # and those of play
    engine.leave(first, 9000.0, "gone")
    engine.leave(second, 9000.0, "gone")
    assert not second.source._frames  # type: ignore[attr-defined]


def test_who_reads_nothing_skips_and_delays_nobody() -> None:
    """It goes on with the oldest document that is kept."""
    text = TWO_TEES.replace("1-3", "1-18")
    sent = [payload for _, payload in documents(text, BOARD)]
    engine = engine_of(text)
    lazy, busy = join(engine, 1000.0), join(engine, 1000.0)
    got: list[bytes] = []
    while (deadline := engine.next_deadline()) is not None and deadline < 60_000:
        engine.run_until(deadline)
        got += take(busy)
    assert got[1:] == sent[1 - len(got) :]
    assert len(got) > KEPT + 20
    late = take(lazy)
    assert json.loads(late[0]) == ACCEPTED
    assert late[1:] == got[-KEPT:]
    assert lazy.skipped == len(got) - 1 - KEPT
    assert busy.skipped == 0


def test_a_stream_of_a_team_is_its_own() -> None:
    """Each gets what changes for it; before its first hole there is a first document."""
    engine = engine_of(TWO_TEES)
    readers = {team: join(engine, 1000.0, Card, team=team) for team in range(1, 7)}
    engine.run_until(9000.0)
    for team, reader in readers.items():
        _, first, *rest = take(reader)
        begins = next(iter(staged(TWO_TEES).log)).due
        assert json.loads(first) == {"seqNum": 1, "sent": begins, "strokes": 0}
        assert rest == [payload for _, payload in documents(TWO_TEES, CARD.format(team))]
        assert [json.loads(each)["seqNum"] for each in rest] == [2, 3, 4]


async def test_over_a_socket_it_is_the_same() -> None:
    """Acceptance, document, changes; under every prefix."""
    sent = documents(TWO_TEES, BOARD)
    async with house(staged(TWO_TEES)) as home:
        clients = [await home.open(prefix + BOARD) for prefix in ("", "/media", "/golf")]
        now = [payload for at, payload in sent if at <= 0]
        for client in clients:
            assert await client.enter() == ACCEPTED
            assert await client.so_far() == now[-1:]
        await home.wait(9000)
        for client in clients:
            got = [each for each in await client.so_far() if b"Heartbeat" not in each]
            assert got == [payload for _, payload in sent[len(now) :]]


async def test_who_reads_too_slowly_is_noted_once() -> None:
    """In the journal; it gets the newest documents, and all others get all."""
    async with house(staged(TWO_TEES)) as home:
        client = await home.open(BOARD)
        await client.enter()
        await client.so_far()
        client.writer.transport.pause_reading()  # type: ignore[attr-defined]
        (source,) = {each.source for each in home.engine.subscribers.values()}
        seq = len(source)
        for _ in range(2):
            for _ in range(30):
                for _ in range(10):
                    seq += 1
                    document = (b"%06d" % seq).ljust(100_000)
                    source._render = lambda each=document: each  # type: ignore[attr-defined]
                    source.change(seq, keep=True)  # type: ignore[attr-defined]
                home.engine.ready |= home.engine.subscribers
                home.server._wake.set()
                await asyncio.sleep(0.001)
        client.writer.transport.resume_reading()  # type: ignore[attr-defined]
        got = []
        async with asyncio.timeout(PATIENCE):
            while not got or got[-1] != seq:
                got.append(int((await client.read())[1]))
        assert got == sorted(set(got))
        assert len(got) < 600
        details = home.journal("skipped")
        assert details == [(BOARD, "reads too slowly for every document; it gets the newest")]


def test_a_fault_strikes_a_stream_of_documents() -> None:
    """The document with that seqNum, and then the close; also where many follow at once."""
    fault = "wire: [{on: tinyboard, at: {seq: 6}, close: {code: 4321, reason: oops}}]\n"
    engine = engine_of(TWO_TEES + fault)
    reader = join(engine, 1000.0)
    engine.run_until(1800.0)
    got = take(reader)
    assert json.loads(got[-1])["seqNum"] == 6
    assert reader.close == (4321, "oops")
    assert engine.never_fired() == []
    engine = engine_of(TWO_TEES + fault)
    engine.run_until(9000.0)
    assert join(engine, 9000.0).close is None


def test_join_with_changes_only() -> None:
    """Quirk state-join."""
    engine = engine_of(TWO_TEES, **{"state-join": "changes-only"})
    reader = join(engine, 1000.0)
    assert len(take(reader)) == 1
    engine.run_until(9000.0)
    now = [payload for at, payload in documents(TWO_TEES, BOARD) if at > 0]
    assert take(reader) == now


# ── twins ─────────────────────────────────────────────────────────────────────────────────────


async def test_the_twin_of_a_state_stream_comes_when_the_tournament_is_official() -> None:
    """The last document; before that as for rounds."""
    last = documents(TWO_TEES, BOARD)[-1][1]
    for quirk, before in (("404", 404), ("204", 204), ("so-far", 200)):
        async with house(staged(TWO_TEES, **{"rest-before-end": quirk})) as home:
            status, body = await home.get(BOARD + "?rest=true")
            assert status == before
            if status == 404:
                assert "Two Tees Open is not official yet" in json.loads(body)["error"]
            if status == 200:
                assert body == home.engine.answers.state(BOARD, home.clock.at)
            home.clock.at += 9 * 86_400
            assert await home.get("/media" + BOARD + "?rest=true") == (200, last)


async def test_the_twin_of_a_state_stream_can_be_an_array() -> None:
    """Quirk rest-state-body."""
    assert QUIRKS["rest-state-body"].default == "object"
    last = documents(TWO_TEES, BOARD)[-1][1]
    async with house(staged(TWO_TEES, **{"rest-state-body": "array"})) as home:
        home.clock.at += 9 * 86_400
        assert await home.get(BOARD + "?rest=true") == (200, b"[" + last + b"]")


async def test_state_streams_that_are_not_there() -> None:
    """404 by REST, a warning on a socket; the same sentence as elsewhere."""
    async with house(staged(TWO_TEES)) as home:
        for path, sentence in (
            (BOARD.replace("7", "9"), "no tournament 9 here; it can only be 7"),
            (CARD.format(99), "there is no team 99"),
        ):
            status, body = await home.get(path + "?rest=true")
            assert (status, json.loads(body)["error"].endswith(sentence)) == (404, True)
            client = await home.open(path)
            assert await client.enter() == ACCEPTED
            (warning,) = await client.so_far()
            assert json.loads(warning)["level"] == "WARN"
            await client.leave()


def test_the_document_without_a_socket() -> None:
    """As it is now; a sentence where there is none."""
    engine = engine_of(TWO_TEES)
    for at, payload in dict(documents(TWO_TEES, BOARD)).items():  # the last one of a moment
        if at > 0:
            assert engine.answers.state(BOARD, 1000 + at + 0.0005) == payload
    for path in (SOON, "/golf/tournaments/9/tinyboard", CARD.format(99), "/x", BOARD + "/"):
        with pytest.raises(RequestError) as refused:
            engine.answers.state(path, 9000.0)
        assert refused.value.status == 404


# ── documents ─────────────────────────────────────────────────────────────────────────────────


async def test_documents_have_numbers_in_their_path_and_a_query() -> None:
    """Static paths win; a key that is there twice, and whatever the feed refuses, are sentences."""
    path = "/golf/tournaments/7/tinyfield"
    async with house(staged(TWO_TEES)) as home:
        assert list(json.loads((await home.get(path))[1])) == ["1", "2", "3", "4", "5", "6"]
        for prefix in ("", "/media", "/golf"):
            assert list(json.loads((await home.get(f"{prefix}{path}?from=5"))[1])) == ["5", "6"]
        for question, status, sentence in (
            ("?from=5&from=6", 400, "'from' is there twice in the query; say it once"),
            ("?from=x", 400, "from is no number"),
        ):
            got, body = await home.get(path + question)
            assert (got, json.loads(body)["error"]) == (status, sentence)
        assert (await home.get(path.replace("7", "9")))[0] == 404
        assert (await home.get(path, token=""))[0] == 401
        assert await home.get(Named.PATH) == (200, b'{"7":"InProgress"}')


def test_a_document_is_encoded_until_an_event_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its numbers and query; and only so many are kept."""
    monkeypatch.setattr(Field, "rendered", 0)
    engine = engine_of(TWO_TEES)
    for number in range(3):
        for query in ({}, {"from": "2"}):
            engine.answers.document(Field, {"tournament": 7}, query, 1000.0 + number / 1e6)
    assert Field.rendered == 2
    engine.answers.document(Field, {"tournament": 7}, {}, 9000.0)
    assert Field.rendered == 3
    for number in range(1000):
        engine.answers.document(Field, {"tournament": 7}, {"from": str(number)}, 9000.0)
    (kept,) = [len(each) for feed, each in engine._documents._encoded.items() if feed is Field]
    assert kept <= 256


# ── tournaments that are over ─────────────────────────────────────────────────────────────────


def test_a_tournament_that_is_over_is_told_when_it_is_asked_about() -> None:
    """By a path of its own, or by a document of all tournaments; never by the others'."""
    asks = {
        "state": lambda engine: engine.answers.state(BOARD.replace("7", "8"), 1000.0),
        "twin": lambda engine: engine.answers.recorded(TEAM.format(1).replace("7", "8"), 1000.0),
        "socket": lambda engine: join(engine, 1000.0, tournament=8),
        "document": lambda engine: engine.answers.document(Field, {"tournament": 8}, {}, 1000.0),
        "world": lambda engine: engine.answers.document(Named, {}, {}, 1000.0),
    }
    for ask in asks.values():
        engine = engine_of(ONE_HOLE, OVER)
        playing, over = engine.shows
        engine.run_until(1000.0)
        engine.answers.document(Field, {"tournament": 7}, {}, 1000.0)
        live = next(each for each in engine._documents._feeds if "liveevents" in each.PATH)
        assert json.loads(engine.answers.document(live, {}, {}, 1000.0))
        assert playing.broadcast.events > 0
        assert over.broadcast.events == 0
        assert [each["over"] for each in engine.standing(1000.0)] == [False, True]
        ask(engine)
        assert over.broadcast.events == len(over.tournament.log.whole())
        assert not over.cold
        assert [each["over"] for each in engine.standing(1000.0)] == [False, True]


def test_an_answer_about_one_tournament_does_not_wait_until_another_is_told() -> None:
    """While somebody waits for the one that is over, and its telling is worked off in slices."""
    engine = engine_of(ONE_HOLE, OVER.replace("holes: 1}", "holes: 1-18}"))
    _, over = engine.shows
    assert not engine.reach(1000.0, (8,), budget=1)
    begun = over.broadcast.events
    engine.answers.document(Field, {"tournament": 7}, {}, 1000.0)
    engine.answers.state(BOARD, 1000.0)
    join(engine, 1000.0)
    assert over.broadcast.events <= begun + 64  # a slice, which who opens a stream may do
    assert over.cold


def test_who_asks_about_one_tournament_does_not_wait_until_another_has_caught_up() -> None:
    """The other was in play before the server began; who asks what is live waits for it."""
    begun = ONE_HOLE.replace("id: 7", "id: 8").replace("holes: 1}", "holes: 1-18}")
    begun += "play: {at: 2h}\n"
    engine = engine_of(ONE_HOLE, begun)
    playing, behind = engine.shows
    live = next(each for each in engine._documents._feeds if "liveevents" in each.PATH)
    assert engine.reach(1000.0, (7,))
    engine.answers.document(Field, {"tournament": 7}, {}, 1000.0)
    join(engine, 1000.0)
    assert playing.broadcast.events > 0
    assert behind.broadcast.events <= 64  # a slice, which who opens a stream may do
    assert behind.behind
    assert engine.next_deadline() == 0.0
    answers = [engine.answers.document(live, {}, {}, 1000.0)]
    assert not behind.behind
    whole = engine_of(ONE_HOLE, begun)
    whole.run_until(1000.0)
    answers.append(whole.answers.document(live, {}, {}, 1000.0))
    assert json.loads(answers[0])
    assert answers[0] == answers[1]


def test_a_cold_tournament_answers_as_one_that_was_played() -> None:
    """The same bytes, whenever it is told."""
    path = TEAM.format(1).replace("7", "8")
    played = engine_of(OVER.replace("9d", "30m"))
    played.run_until(99_000.0)
    cold = engine_of(ONE_HOLE, OVER)
    assert cold.answers.recorded(path, 5000.0) == played.answers.recorded(path, 99_000.0)
    board = BOARD.replace("7", "8")
    assert cold.answers.state(board, 5000.0) == played.answers.state(board, 99_000.0)
    assert cold.answers.document(Named, {}, {}, 5000.0) == b'{"7":"Official","8":"Official"}'


def test_waking_one_delays_no_other() -> None:
    """With a budget, what is due in play comes first."""
    engine = engine_of(ONE_HOLE, OVER)
    reader = join(engine, 1000.0, ROUND, round=1, team=1)
    take(reader)
    wire, slices = 1000.0, 0
    while not engine.reach(wire, (8,), 3):
        wire, slices = wire + 60, slices + 1
        assert engine.next_deadline() == 0.0
        if slices == 5:
            assert take(reader)
    assert slices > 5
    assert engine.reach(wire, (), 1)


# ── long jumps ────────────────────────────────────────────────────────────────────────────────


def test_heartbeats_do_not_wait_for_play_that_is_late() -> None:
    """A jump of an hour, worked off step by step while a minute passes."""
    engine = engine_of(TWO_TEES, speed=100_000.0)
    team = int(SOON.rpartition("/")[2])
    reader, board = join(engine, 1000.0, ROUND, round=1, team=team), join(engine, 1000.0)
    boards = [take(each) for each in (reader, board)][1]
    now = len(boards) - 1
    wire = 1001.0
    beats: list[tuple[float, str]] = []
    got: list[bytes] = []
    while not engine.run_until(wire, 5):
        for text in texts(b"".join(bytes(each) for each in iter(reader.take, None))):
            if b"Heartbeat" in text:
                beats.append((wire, json.loads(text)["timestamp"][14:]))
            else:
                got.append(text)
        boards += take(board)
        wire += 1.0
    minutes = ("16:50", "17:00", "17:10", "17:20", "17:30", "17:40", "17:50")
    assert len(beats) > 2
    assert beats == [(1010.0 + 10 * n, f"{minutes[n]}.000000Z") for n in range(len(beats))]
    got += take(reader)
    boards += take(board)
    assert (
        boards[2:] == [payload for _, payload in documents(TWO_TEES, BOARD)][1 - len(boards) + 1 :]
    )
    assert now == 1
    packets = json.loads(engine.answers.recorded(SOON, wire))
    assert [json.loads(text) for text in got] == packets[-len(got) :]


def test_a_token_is_heard_in_the_middle_of_a_jump() -> None:
    """And its client gets all there is and will be, once."""
    engine = engine_of(TWO_TEES, speed=100_000.0)
    params = {"tournament": 7, "round": 1, "team": int(SOON.rpartition("/")[2])}
    reader = engine.open(ROUND, params, SOON, 1000.0)
    assert not engine.run_until(1001.0, 1)
    engine.hear(reader, TOKEN, 1001.0)
    assert not engine.run_until(1001.0, 1)
    assert reader.state is State.STREAMING
    engine.run_until(9000.0)
    accepted, *packets = take(reader)
    assert json.loads(accepted) == ACCEPTED
    assert b"[" + b",".join(packets) + b"]" == engine.answers.recorded(SOON, 9000.0)


async def test_a_long_jump_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Health answers in the middle of it, REST waits for its end, a client gets everything."""
    monkeypatch.setattr(mockdde.server, "_SLICE", 0.0001)
    monkeypatch.setattr(mockdde.server, "_STEPS", 4)
    monkeypatch.setattr(_gate, "_STEPS", 1)
    monkeypatch.setattr(latest, "KEPT", 6)
    sent = [payload for _, payload in documents(TWO_TEES.replace("1-3", "1-9"), BOARD)]
    async with house(staged(TWO_TEES.replace("1-3", "1-9")), speed=100_000.0) as home:
        client = await home.open(BOARD)
        await client.enter()
        before = await client.so_far()
        home.clock.at += 1
        asked = [asyncio.create_task(home.get(LIVE)) for _ in range(60)]
        answers = 0
        while not all(each.done() for each in asked):
            status, body = await home.get("/_mockdde/health", token="")
            assert status == 200
            answers += not json.loads(body)["tournaments"][0]["over"]
        assert answers > 0
        assert {each.result() for each in asked} == {(200, b"[]")}
        got = before + [each for each in await client.so_far() if b"Heartbeat" not in each]
        assert got == sent[-len(got) :]
        assert len(got) > KEPT


async def test_who_connected_while_all_was_staged_is_answered_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before a tournament is told that nobody has asked about; who asks about it has its answer."""
    monkeypatch.setattr(mockdde.server, "_FIRST", 3600.0)
    begun = ONE_HOLE.replace("id: 7", "id: 8").replace("holes: 1}", "holes: 1-18}")
    begun += "play: {at: 2h}\n"
    async with house(staged(ONE_HOLE), staged(begun)) as home:
        _, behind = home.engine.shows
        status, body = await home.get("/golf/tournaments/7/tinyfield")
        assert (status, behind.broadcast.events) == (200, 0), body
        status, body = await home.get("/golf/tournaments/8/tinyfield")
        assert status == 200, body
        assert behind.broadcast.events > 100
        assert not behind.behind


async def test_what_nobody_asks_about_is_told_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mockdde.server, "_FIRST", 0.01)
    begun = ONE_HOLE.replace("id: 7", "id: 8").replace("holes: 1}", "holes: 1-18}")
    async with house(staged(ONE_HOLE), staged(begun + "play: {at: 2h}\n")) as home:
        _, behind = home.engine.shows
        async with asyncio.timeout(PATIENCE):
            while behind.behind:
                assert (await home.get("/golf/tournaments/7/tinyfield"))[0] == 200
        assert behind.broadcast.events > 100


async def test_who_waits_for_a_long_jump_when_the_server_stops_is_told_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """503, and nobody waits for ever."""
    async with house(staged(TWO_TEES)) as home:
        waits = asyncio.Event()
        monkeypatch.setattr(home.engine, "reach", lambda *_: waits.set())  # false: not yet
        asked = asyncio.create_task(home.get(LIVE))
        async with asyncio.timeout(PATIENCE):
            await waits.wait()
            assert not asked.done()
            await home.server.stop()
            status, body = await asked
        assert (status, json.loads(body)["error"]) == (503, "the server stops")


def test_a_stream_of_packets_is_there_with_its_first_packet() -> None:
    """Quirk before-start; and a fault that waits for it is found in a stream nobody opened."""
    engine = engine_of(FAULTY, **{"before-start": "wait"})
    assert engine.standing(1000.0)[0]["streams"] == 0
    engine.run_until(1000.0)
    tape = engine.shows._all[7].tapes
    assert list(tape) == [TEAM.format(1)]
