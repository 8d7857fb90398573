from __future__ import annotations

import hashlib
import json
import re
import time

import aiohttp
import jwt
import pytest
from click.testing import CliRunner, Result

from jwts import made, mock_key, other_key
from mockdde.tokencli import token as command
from running import mockdde, serve

EVENTS = "/golf/rest/v1/tournaments/99999/round/5/events"
STREAM = "/golf/stream/v1/tournaments/99999/round/5/events"


def run(*words: str) -> Result:
    """The command, without a process of its own."""
    return CliRunner().invoke(command, words)


def token(*words: str) -> str:
    """What `mockdde token` prints: one line."""
    done = run(*words)
    assert (done.exit_code, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    return line


def claims(text: str) -> dict[str, object]:
    found: dict[str, object] = jwt.decode(text, options={"verify_signature": False})
    return found


def refused(*words: str) -> str:
    """The last line of a complaint about the words of a command."""
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr.splitlines()[-1]


def decoded(text: str) -> tuple[int, dict[str, dict[str, object]], str]:
    """The exit code of `--decode`, what the token says, and what is said of it."""
    done = run("--decode", text)
    assert done.stderr == ""
    *document, verdict = done.stdout.splitlines()
    return done.exit_code, json.loads("".join(document) or "{}"), verdict


def test_it_is_always_the_same_text() -> None:
    """In every process and on every machine; whoever has copied it need not copy it again."""
    done = [mockdde("token") for _ in range(2)]
    assert [(each.returncode, each.stderr) for each in done] == [(0, b"")] * 2
    text = token()
    assert [each.stdout.decode() for each in done] == [f"{text}\n"] * 2
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert digest == "7c09aecca1ca074437167eba52c26e15ee2e3ba59c67b5dd57c27d9abcd33750"


async def test_it_is_good_at_once_at_a_server() -> None:
    """Which knows nothing of whoever printed it, and may know tokens by name besides."""
    with serve("world/sample-hole", "--token", "sesame") as server:
        good, only, header = token(), token("--tournament", "1971"), token("--header")
        name, value = header.split(": ")
        async with aiohttp.ClientSession(server.rest) as session:
            for wanted, headers in (
                (200, {name: value}),
                (200, {"Authorization": f"Bearer {good}"}),
                (200, {"Authorization": "Bearer sesame"}),
                (403, {"Authorization": f"Bearer {only}"}),
                (401, {"Authorization": f"Bearer {token('--expired')}"}),
                (401, {"Authorization": "Bearer other"}),
                (401, {}),
            ):
                async with session.get(EVENTS, headers=headers) as answer:
                    assert answer.status == wanted
            async with session.ws_connect(STREAM, headers={name: value}) as socket:
                await socket.send_json({"type": "Client.Init"})
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(STREAM, headers={"Authorization": "Bearer other"})
            assert caught.value.status == 401


def test_it_is_printed_as_a_header() -> None:
    assert token("--header") == f"Authorization: Bearer {token()}"


def test_it_expires_in_so_long() -> None:
    before = int(time.time())
    found = claims(token("--expires-in", "1m30s"))
    assert before <= int(str(found["iat"])) <= time.time()
    assert int(str(found["exp"])) - int(str(found["iat"])) == 90


def test_one_that_expired_is_always_the_same_too() -> None:
    text = token("--expired")
    assert text == token("--expired")
    assert int(str(claims(text)["exp"])) < time.time()


def test_what_else_it_says_can_be_asked_for() -> None:
    words = ("--tournament", "9", "--tournament", "7", "--client-id", "me", "--audience", "x")
    found = claims(token(*words))
    assert found["tournaments"] == [7, 9]
    assert (found["sub"], found["azp"], found["aud"]) == ("me@clients", "me", "x")
    assert claims(token())["aud"] == "live-data-golf"
    assert "tournaments" not in claims(token())


def test_a_token_of_ours_is_read() -> None:
    code, told, verdict = decoded(token("--tournament", "7", "--tournament", "1971"))
    assert (code, verdict) == (0, "good: for tournaments 7, 1971, until 2100-01-01T00:00:00Z")
    assert told["header"] == {"typ": "JWT", "alg": "RS256", "kid": "mockdde-known-to-all"}
    assert told["claims"]["tournaments"] == [7, 1971]
    verdict = "good: for all tournaments, until 2100-01-01T00:00:00Z"
    for text in (token(), token("--header"), f"Bearer {token()}"):
        assert decoded(text)[::2] == (0, verdict)
    assert decoded(token("--tournament", "7"))[2].startswith("good: for tournament 7, until")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (made(), "not good: this token expired at 2025-02-20T12:05:00Z; it is 20"),
        (made(other_key()), "not good: the signature of this token was not made with the key"),
        (made(kid="2024"), "not good: this token has the kid '2024' in its header; the key of"),
        (made(mock_key(), "RS384"), "not good: this token has the alg 'RS384' in its header; it"),
        (made(exp=4_000_000_000, aud="x"), "not good: this token is for the audience 'x'; it must"),
    ],
)
def test_a_token_that_is_not_good_is_read_all_the_same(text: str, says: str) -> None:
    """Whoever's it is."""
    code, told, verdict = decoded(text)
    assert (code, told["claims"]["azp"]) == (1, "k3mEr0aZ")
    assert verdict.startswith(says)


def test_what_is_no_token_is_one_sentence() -> None:
    code, told, verdict = decoded("sesame")
    assert (code, told) == (1, {})
    assert verdict == "not good: this token is no JWT: that is three words with a dot between them"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--expired", "--expires-in", "5m"], "--expired and --expires-in contradict each other"),
        (["--expires-in", "soon"], "'soon' is no duration of a second or more; write 5m, 90s or"),
        (["--expires-in", "0s"], "'0s' is no duration of a second or more; write 5m, 90s or"),
        (["--expires-in", "300ms"], "'300ms' is no duration of a second or more; write 5m,"),
        (["--tournament", "x"], "'x' is not a valid integer range"),
        (["--decode", "x", "--header"], "--decode TOKEN says what a token says; it goes with no"),
        (["--decode", "x", "--expired"], "--decode TOKEN says what a token says; it goes with no"),
    ],
)
def test_words_that_make_no_sense(words: list[str], says: str) -> None:
    assert says in refused(*words)


def test_a_token_cannot_outlive_the_calendar() -> None:
    text = token("--expires-in", "99999999h")
    assert decoded(text)[2] == "good: for all tournaments, until 9999-12-31T23:59:59Z"


def test_its_help_is_for_a_newcomer() -> None:
    """It names every option, and a command that can be typed."""
    text = run("--help").stdout
    for option in ("expires-in", "expired", "tournament", "client-id", "audience", "header"):
        assert re.search(f"  --{option} .*[A-Z]", text)
    assert 'curl -H "$(mockdde token --header)" http://127.0.0.1:8080/golf/rest/v1/' in text
    assert "token " in mockdde("--help").stdout.decode()
