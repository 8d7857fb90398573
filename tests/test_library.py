"""The shipped scenarios: each explains itself, plays to its end, and shows what its name says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

import test_chaos_scenarios
import test_match_truth
import test_packets
import test_truth
from client_fold import Tournament as Fold
from library import SHOWS, shown, word
from mockdde import schemas
from mockdde.broadcast import Broadcast, name_of
from mockdde.quirks import QUIRKS
from mockdde.scenario import open_scenario, shipped
from mockdde.show import Show
from mockdde.world import stage
from quickly import check
from running import CLOSE, FEW_MATCHES, LONG, MATCH_PLAY, Client, House, at_defaults, house

NAMES = [name for name, _ in shipped()]
DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
FOLDERS = {name.split("/")[0] for name in SHOWS}
# Scenarios of these folders that are asked about elsewhere.
ELSEWHERE = {
    "status/alternate": "test_telling",
    "status/withdrawn-before-round": "test_telling",
    "suspension/next-round-late": "test_telling",
    "playoff/told-hole-by-hole": "test_telling",
}
BEAT = 10.0  # seconds
LEVELS = ("INFO", "WARN", "ERROR")


# ── all of them ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_it_explains_itself(name: str) -> None:
    scenario = open_scenario(name)
    assert 10 < len(scenario.title) < 100
    assert not scenario.title.endswith(".")
    assert scenario.about.endswith(".")
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", scenario.about)) <= 4


def test_one_that_is_in_play_when_a_server_begins_has_begun_by_then() -> None:
    """So that it need not be told for its clock to be set, which stands as if it were."""
    begun = []
    for name in NAMES:
        scenario = open_scenario(name)
        lazily = Show(stage(scenario, lazily=True), 1.0)
        if lazily.behind:
            begun.append(name)
            assert not lazily.tournament.log.told(0, 1)
            told = stage(scenario, lazily=True)
            assert told.begins <= scenario.tournament.start + scenario.play_at
            assert lazily.first == Show(stage(scenario), 1.0).first
    assert {"world/american-express", "world/live-open", "world/ryder-cup"} <= {*begun}


def asked_of(test: Any) -> set[str]:
    """The names that a test is parametrized with."""
    (mark,) = [each for each in test.pytestmark if each.name == "parametrize"]
    return {*mark.args[1]}


def test_an_independent_client_is_held_against_the_truth_of_every_scenario() -> None:
    """And every packet of it against the schemas, here or there."""
    every = "test_a_client_of_packets_has_every_document_of_a_shipped"
    matches = asked_of(getattr(test_match_truth, f"{every}_match_scenario"))
    strokes = asked_of(getattr(test_truth, f"{every}_scenario"))
    weather = asked_of(test_chaos_scenarios.test_a_good_client_ends_with_the_truth_and_twice_alike)
    elsewhere = {"world/american-express", "world/live-open"}  # test_tournament has these
    assert strokes | matches | weather == {*NAMES} - elsewhere
    assert strokes == asked_of(test_packets.test_every_packet_is_valid_in_both_schemas)
    assert strokes == asked_of(test_packets.test_an_independent_client_has_every_score)
    assert strokes == asked_of(test_packets.test_a_stream_is_in_order)
    assert {*LONG} < {*NAMES}


@pytest.mark.parametrize("name", [name for name in MATCH_PLAY if name not in FEW_MATCHES])
def test_a_long_match_scenario_is_valid_and_ends(name: str) -> None:
    """Of the shorter ones test_catalogues says so."""
    tournament = at_defaults(name)
    broadcast = Broadcast(tournament)
    broadcast.states.clear()  # test_match_truth has their documents
    ended, streams = set(), set()
    while broadcast.next_due is not None:
        step = broadcast.advance()
        for sent in step.packets:
            assert sent.stream not in ended
            streams.add(sent.stream)
            check(sent.feed.NAME, sent.payload)
        ended.update(step.ended)
    mine = {path for path in broadcast.streams if name_of(path).dialect == "dde"}
    assert ended & mine == streams == mine, "the others sleep"


# ── the name says what is in it ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", SHOWS)
def test_the_name_says_what_is_in_it(name: str) -> None:
    assert SHOWS[name](shown(name))


def others(name: str) -> Iterator[str]:
    """The folder's other scenarios, and a round in which nothing happens."""
    folder = name.split("/", maxsplit=1)[0]
    yield from (each for each in SHOWS if each != name and each.split("/")[0] == folder)
    if folder != "round":
        yield "round/quiet-round"


@pytest.mark.parametrize("name", SHOWS)
def test_no_other_scenario_of_the_folder_shows_that(name: str) -> None:
    """So the question can be answered with no, and two names are never one thing."""

    def answer(other: str) -> bool:
        try:
            return SHOWS[name](shown(other))
        except (IndexError, StopIteration, ValueError):  # what it asks about is not there at all
            return False

    assert [other for other in others(name) if answer(other)] == []


def test_every_scenario_of_these_folders_is_asked_about() -> None:
    asked = {name for name in NAMES if name.split("/")[0] in FOLDERS}
    assert asked == SHOWS.keys() | ELSEWHERE.keys()


# ── every packet ───────────────────────────────────────────────────────────────────────────────

# What the PGA tour alone has: surfaces by the Corrections page, and these keys.
PGA_ONLY = {"OCA", "OPT", "ORK", "OWL"}
PGA_KEYS = {"isWaterProbable", "zoneCode"}
OF_A_SOCKET = {("eventElementType", "Heartbeat"), *(("level", each) for each in LEVELS)}


def legal(schema: Any, root: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that a schema names, by the keys that lead to it."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema and (ref := schema["$ref"]).startswith("#/$defs/"):
        yield from legal(root["$defs"][ref.removeprefix("#/$defs/")], root, path)
    for value in [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]:
        yield path, value
    if schema.get("type") == "boolean":
        yield from ((path, value) for value in (True, False))
    for key, inner in schema.get("properties", {}).items():
        yield from legal(inner, root, f"{path}.{key}".lstrip("."))
    for key in ("then", "else", "items", "not"):
        yield from legal(schema.get(key), root, path)
    for key in ("allOf", "anyOf", "oneOf"):
        for inner in schema.get(key, ()):
            yield from legal(inner, root, path)


def values(document: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a packet, by the keys that lead to it."""
    if isinstance(document, dict):
        for key, inner in document.items():
            yield from values(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(document, list):
        for inner in document:
            yield from values(inner, path)
    else:
        yield path, document


def test_every_packet_has_every_word_of_the_schema() -> None:
    """Types, states, modes, reasons, clubs, surfaces, drops: all but what only the PGA tour has."""
    schema = schemas.load("dde/events.strict")
    streams = shown("round/every-packet").streams.values()
    said = {each for stream in streams for packet in stream.packets for each in values(packet)}
    assert len({path for path, _ in said}) > 80
    missing = {
        (path, value)
        for path, value in {*legal(schema, schema)} - said - OF_A_SOCKET
        if value not in PGA_ONLY and path.rpartition(".")[2] not in PGA_KEYS
        # A correction repeats what it corrects, so each word of it is met there.
        if not path.startswith("corrections.")
    }
    assert sorted(missing, key=str) == []


# ── on a socket ────────────────────────────────────────────────────────────────────────────────


def path_of(name: str) -> str:
    """Its only stream."""
    (key,) = shown(name).streams
    return f"/golf/tournaments/{open_scenario(name).tournament.id}/round/{key[0]}/team/{key[1]}"


async def beats(home: House, client: Client, seconds: float) -> list[str]:
    """The types of what comes while wire time passes, a heartbeat's length at a time."""
    found: list[bytes] = []
    for _ in range(int(seconds // BEAT)):
        await home.wait(BEAT)
        found += await client.so_far()
    return [word(json.loads(each)) for each in found]


async def test_half_an_hour_of_heartbeats_only() -> None:
    """And the hole goes on, on the same socket, with the next seqNum."""
    name = "round/heartbeats-only"
    stream = shown(name).only
    silent = max((gap, at) for at, (gap, _, _) in enumerate(stream.gaps()))
    assert silent[0] > 1800
    async with house(stage(open_scenario(name))) as home:
        home.clock.at += stream.sent[silent[1]] + 1
        client = await home.open(path_of(name))
        await client.enter()
        assert len(await client.so_far()) == silent[1] + 1
        heard = await beats(home, client, silent[0] - 2)
        assert heard == ["Heartbeat"] * int((silent[0] - 2) // BEAT)
        rest = await beats(home, client, stream.sent[-1] - stream.sent[silent[1] + 1] + 2 * BEAT)
        said = [each for each in rest if each != "Heartbeat"]
        assert said == [word(each) for each in stream.packets[silent[1] + 1 :]]


async def test_official_and_then_nothing_but_heartbeats() -> None:
    """For longer than the tournament takes to be closed; no close, and nobody is in play."""
    name = "ending/official-then-nothing"
    stream = shown(name).only
    async with house(stage(open_scenario(name))) as home:
        client = await home.open(path_of(name))
        await client.enter()
        heard = await beats(home, client, stream.sent[-1] + BEAT)
        assert [each for each in heard if each != "Heartbeat"][-1] == "RoundOfficial"
        assert await beats(home, client, 3600) == ["Heartbeat"] * 360
        assert await home.live() == []


async def test_a_hole_correction_that_is_interrupted_ends_right() -> None:
    """The socket is closed amid the mode, and the next one has the whole story."""
    name = "hole-correction/interrupted"
    stream, tournament = shown(name).only, stage(open_scenario(name))
    begun = stream.place("BeginHoleCorrection")
    async with house(tournament) as home:
        home.clock.at += stream.sent[begun] + 1
        first = await home.open(path_of(name))
        await first.enter()
        got, (opcode, payload) = [], await first.read()
        while opcode != CLOSE:
            got.append(word(json.loads(payload)))
            opcode, payload = await first.read()
        assert int.from_bytes(payload[:2]) == 1011
        assert "BeginHoleCorrection" in got
        assert not {"EndHoleCorrection", "Disconnected"} & {*got}
        second = await home.open(path_of(name))
        await second.enter()
        fold = Fold()
        for each in await second.so_far():
            fold.feed(1, 1, json.loads(each))
        assert fold.rounds[1, 1].correcting
        home.clock.at += stream.sent[-1]
        await home.wait(0)
        for each in await second.so_far():
            fold.feed(1, 1, json.loads(each))
    assert fold.rounds[1, 1].status == "RoundOfficial"
    assert fold.rounds[1, 1].strokes() == tournament.truth.strokes[1, 1]
    assert fold.rounds[1, 1].strokes()[1] == 5
