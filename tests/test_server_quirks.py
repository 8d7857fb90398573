"""The server's quirks: every choice of each shows its own effect on the wire."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mockdde.quirks import QUIRKS
from running import CLOSE, TEXT, TWO_TEES, House, house, packets_of, staged

PACKETS = packets_of(staged(TWO_TEES))
SOON = next(path for path, sent in PACKETS.items() if sent[0][0] == 0)
LATE = next(path for path, sent in PACKETS.items() if sent[0][0] > 0)
SENT = [payload for _, payload in PACKETS[SOON]]
OVER = 86_400.0  # seconds after which all is official
REFUSED = "The supplied authentication is invalid"

Observer = Callable[[House], Awaitable[Any]]


async def heartbeat(home: House) -> list[bool]:
    """Whether there was a heartbeat in each of four times 5 seconds."""
    client = await home.open(SOON)
    await client.enter()
    await client.so_far()
    seen = []
    for _ in range(4):
        await home.wait(5)
        seen.append(any(b'"Heartbeat"' in text for text in await client.so_far()))
    return seen


async def late_join(home: House) -> list[bytes]:
    """What who joins in the middle gets: at once, and with the next packet."""
    at = PACKETS[SOON][9][0]
    await home.wait(at + 0.001)
    client = await home.open(SOON)
    await client.enter()
    got = await client.so_far()
    await home.wait(PACKETS[SOON][10][0] - at)
    got += await client.so_far()
    return [each for each in got if b'"Heartbeat"' not in each]


async def accepted_level(home: House) -> dict[str, Any]:
    """The answer to a good token."""
    return await (await home.open(SOON)).enter()


async def refused_text(home: House) -> dict[str, Any]:
    """The answer to a bad token."""
    return await (await home.open(SOON)).enter("")


async def refused_code(home: House) -> tuple[int, str]:
    """The close frame after it."""
    client = await home.open(SOON)
    await client.enter("")
    return await client.closed()


async def token_deadline(home: House) -> tuple[int, tuple[int, str]]:
    """After how many seconds of silence the socket is closed, and how."""
    client = await home.open(SOON)
    for seconds in (5, 90):
        await home.wait(seconds - 0.5 if seconds == 5 else 84.5)
        assert await client.so_far() == []
        await home.wait(0.5)
        if home.journal("refused"):
            return seconds, await client.closed()
    raise AssertionError("it stays open")


async def unknown_stream(home: House) -> object:
    """A team that is not there: the handshake's status, then what comes."""
    client = await home.open("/golf/tournaments/7/round/1/team/99")
    if client.status != 101:
        return client.status
    await client.enter()
    return [json.loads(each)["level"] for each in await client.so_far()]


async def before_start(home: House) -> object:
    """A round that has not started: the handshake's status, then what comes when it starts."""
    client = await home.open(LATE)
    if client.status != 101:
        return client.status
    await client.enter()
    before = await client.so_far()
    await home.wait(PACKETS[LATE][0][0] + 0.001)
    return before, [each for each in await client.so_far() if b'"Heartbeat"' not in each]


async def rest_before_end(home: House) -> tuple[int, object]:
    """?rest=true in the middle of a round."""
    await home.wait(PACKETS[SOON][3][0] + 0.001)
    status, body = await home.get(SOON + "?rest=true")
    return status, list(json.loads(body)) if body else body


async def rest_body(home: House) -> bytes:
    """?rest=true of a round that is official."""
    await home.wait(OVER)
    return (await home.get(SOON + "?rest=true"))[1]


async def nothing_live(home: House) -> tuple[int, bytes]:
    """Liveevents when all is over."""
    await home.wait(OVER)
    return await home.get("/golf/tournaments/liveevents")


async def missing_token(home: House) -> list[int]:
    """Both kinds of REST request without a token."""
    statuses = []
    for path in ("/golf/tournaments/liveevents", SOON + "?rest=true"):
        status, body = await home.get(path, token="")
        assert json.loads(body)["status"] == status
        statuses.append(status)
    return statuses


async def accept_header(home: House) -> list[int]:
    """Liveevents without an Accept header and with the documented one."""
    url = home.rest + "/golf/tournaments/liveevents"
    statuses = []
    for accept in (None, "application/vnd.imggaming.dde.api+json;version=1"):
        headers = {"Authorization": "Bearer t"} | ({"Accept": accept} if accept else {})
        async with home.session.get(url, headers=headers, skip_auto_headers=["Accept"]) as answer:
            statuses.append(answer.status)
            if answer.status != 200:
                message = "Request is missing required HTTP header 'Accept'"
                assert await answer.json() == {"error": message, "status": 400}
    return statuses


async def after_official(home: House) -> list[object]:
    """What follows RoundOfficial, for who was there and for who comes later."""
    there = await home.open(SOON)
    await there.enter()
    await home.wait(PACKETS[SOON][-1][0] + 0.001)
    late = await home.open(SOON)
    await late.enter()
    await home.wait(10)
    ends: list[object] = []
    for client in (there, late):
        got = []
        while len(got) < len(SENT):
            opcode, payload = await client.read()
            assert opcode == TEXT
            if b'"Heartbeat"' not in payload:
                got.append(payload)
        assert got == SENT
        opcode, payload = await client.read()
        if opcode == CLOSE:
            ends.append(int.from_bytes(payload[:2]))
        else:
            ends.append(json.loads(payload)["eventElementType"])
    return ends


# What each observer sees, by choice: the default first.
EXPECTED: dict[str, tuple[Observer, dict[str, object]]] = {
    "heartbeat": (
        heartbeat,
        {"10": [False, True, False, True], "20": [False, False, False, True]},
    ),
    "late-join": (late_join, {"replay": SENT[:11], "live-only": SENT[10:11]}),
    "accepted-level": (
        accepted_level,
        {
            "absent": {"message": "Authorisation accepted"},
            "INFO": {"message": "Authorisation accepted", "level": "INFO"},
        },
    ),
    "refused-text": (
        refused_text,
        {text: {"message": text, "level": "ERROR"} for text in (REFUSED, "Go away")},
    ),
    "refused-code": (
        refused_code,
        {code: (int(code), "") for code in ("1008", "1000", "1003", "1011", "4001", "4401")},
    ),
    "token-deadline": (
        token_deadline,
        {text: (int(text), (1000, f"no token within {text} s")) for text in ("90", "5")},
    ),
    "unknown-stream": (unknown_stream, {"warn": ["WARN"], "404": 404}),
    "before-start": (
        before_start,
        {"204": 204, "wait": ([], [PACKETS[LATE][0][1]]), "404": 404},
    ),
    "rest-before-end": (
        rest_before_end,
        {
            "404": (404, ["error", "status"]),
            "204": (204, b""),
            "so-far": (200, [json.loads(each) for each in SENT[:4]]),
        },
    ),
    "rest-body": (
        rest_body,
        {"array": b"[" + b",".join(SENT) + b"]", "lines": b"\n".join(SENT) + b"\n"},
    ),
    "nothing-live": (
        nothing_live,
        {"array": (200, b"[]"), "empty": (200, b""), "204": (204, b"")},
    ),
    "missing-token": (missing_token, {"401": [401, 401], "403": [403, 403]}),
    "accept-header": (accept_header, {"ignored": [200, 200], "required": [400, 200]}),
    "after-official": (
        after_official,
        {"stay": ["Heartbeat", "Heartbeat"], "close": [1000, 1000]},
    ),
}


@pytest.mark.parametrize(
    ("name", "choice"), [(name, choice) for name, (_, each) in EXPECTED.items() for choice in each]
)
async def test_a_choice_shows_its_effect(name: str, choice: str) -> None:
    """With the quirk so, and all others as they are, this is what a client sees."""
    observe, expected = EXPECTED[name]
    async with house(staged(TWO_TEES, **{name: choice})) as home:
        assert await observe(home) == expected[choice]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_choice_is_shown_and_no_two_look_alike(name: str) -> None:
    """The first one shown is the default; where any text will do, one other is shown."""
    _, expected = EXPECTED[name]
    choices = QUIRKS[name].choices
    assert tuple(expected)[: len(choices)] == choices
    assert len(expected) > 1
    assert len({repr(each) for each in expected.values()}) == len(expected)


async def test_a_scenario_s_own_quirks_rule_its_streams() -> None:
    """Two tournaments on one server can differ."""
    strict = staged(TWO_TEES + "quirks: {accepted-level: INFO, before-start: 404}\n")
    plain = staged(TWO_TEES.replace("id: 7", "id: 8"))
    async with house(plain, strict) as home:
        answers = [await (await home.open(SOON.replace("7", each, 1))).enter() for each in "78"]
        assert ["level" in answer for answer in answers] == [True, False]
        statuses = [(await home.open(LATE.replace("7", each, 1))).status for each in "78"]
        assert statuses == [404, 204]
