"""`mockdde ctl` against a real server: what it prints, and one sentence for what is wrong."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner, Result

from mockdde.cli import main
from running import ONE_HOLE, PATIENCE, Running, serve

PATH = "/golf/tournaments/7/round/1/team/1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One hole, which waits for its first client."""
    file = tmp_path_factory.mktemp("ctl") / "one.yaml"
    file.write_text(ONE_HOLE, encoding="utf-8")
    with serve(str(file)) as running:
        yield running


@pytest.fixture(autouse=True)
def _as_at_the_start(server: Running) -> None:
    assert ctl(server, "reset").exit_code == 0


def ctl(server: Running, *words: str, stdin: str | None = None) -> Result:
    """Run a command of ctl in this process."""
    return CliRunner(env={"MOCKDDE_URL": server.rest}).invoke(main, ["ctl", *words], input=stdin)


def good(server: Running, *words: str) -> str:
    """What a command prints that must be carried out."""
    done = ctl(server, *words)
    assert done.exit_code == 0, done.output
    return done.stdout


def wrong(server: Running, *words: str) -> str:
    """The sentence of a command that must be refused."""
    done = ctl(server, *words)
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.count("\n") == 1
    return done.stderr


def get(server: Running, path: str) -> int:
    """The status of a request."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers={"Authorization": "Bearer t"})
        with connection.getresponse() as answer:
            return answer.status


def test_health_and_clock_are_tables(server: Running) -> None:
    told = good(server, "health").splitlines()
    assert told[0].startswith("ok: mockdde ")
    assert told[1].split() == ["id", "now", "is", "speed", "scenario", "name"]
    assert told[2].startswith("7   2025-02-20T07:00:")
    assert good(server, "clock").splitlines()[0] == told[1]


def test_clocks_are_set(server: Running) -> None:
    assert " paused " in good(server, "pause")
    assert " paused " in good(server, "speed", "60", "--tournament", "7")
    stepped = good(server, "step", "round/1/team/1").splitlines()[0]
    assert stepped.startswith("RoundStatusUpdate ")
    assert " on round/1/team/1 of 7, 2025-02-20T07:00:" in stepped
    good(server, "seek", "10m")
    (told,) = json.loads(good(server, "clock", "--json"))["tournaments"]
    assert told["now"].startswith("2025-02-20T07:10:02")
    assert told["speed"] == 60
    assert " plays " in good(server, "resume")
    assert " 1  " in good(server, "restart") or " 60 " in good(server, "restart", "7")


def test_ids_are_a_table(server: Running) -> None:
    table = [line.split() for line in good(server, "ids").splitlines()]
    assert table[0] == ["tournament", "what", "dde", "live", "sr", "about"]
    assert table[1][:5] == ["7", "tournament", "7", "7", "sr:stage:7"]
    assert ["7", "teams", "1", "1000070001", "sr:competitor:1000070001"] in table
    assert good(server, "ids", "--tournament", "7").splitlines()[1].split() == table[1]
    assert json.loads(good(server, "ids", "--json"))["tournaments"][0]["rounds"][0]["dde"] == 1
    assert "there is no tournament 8 here" in wrong(server, "ids", "--tournament", "8")


def test_faults_come_strike_and_go(server: Running) -> None:
    table = good(server, "fault", "{on: entrylist, http_status: {status: 418}}").splitlines()
    assert table[0].split() == ["id", "fault", "on", "at", "fired", "times", "asked"]
    number, *told = table[1].split()
    assert told == ["http_status", "entrylist", "now", "0", "1", "body:1:17"]
    assert get(server, "/golf/tournaments/7/entrylist") == 418
    assert json.loads(good(server, "faults", "--json"))[0]["fired"] == 1
    assert good(server, "clear", number) == "1 removed\n"
    assert good(server, "faults") == "none\n"
    good(server, "fault", "on: squads\nat: {signal: go now}\nhttp_status: {}")
    assert good(server, "signal", "go now") == "1 faults wait for it\n"
    assert get(server, "/golf/tournaments/7/squads") == 503
    assert good(server, "clear") == "1 removed\n"


async def test_connections_are_listed_and_closed(server: Running) -> None:
    async with aiohttp.ClientSession() as session:
        ws = await session.ws_connect(server.ws + PATH, headers={"User-Agent": "me\x1b[2J"[:2]})
        await ws.send_json({"authToken": "t"})
        await ws.receive()
        (told,) = json.loads(good(server, "connections", "--json"))
        assert (told["path"], told["client"]) == (PATH, "me")
        assert good(server, "connections").splitlines()[1].endswith(f"{PATH}  me")
        done = good(server, "close", str(told["id"]), "--code", "4000", "--reason", "bye")
        assert done == f"{told['id']} is closed with 4000\n"
        while (message := await ws.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
        assert (ws.close_code, message.extra) == (4000, "bye")


def test_the_journal_is_printed_and_waited_for(server: Running) -> None:
    get(server, "/golf/tournaments/7/entrylist")
    get(server, "/golf/tournaments/7/entrylist")
    table = good(server, "journal", "--event", "request", "--path", "entrylist").splitlines()
    assert table[0].split() == ["number", "time", "event", "who", "path", "detail"]
    assert " request x2 " in table[1]
    assert good(server, "journal", "--event", "request", "--wait", "2") == "\n".join(table) + "\n"
    sentence = "mockdde: 2 of 3 came within 100ms\n"
    done = ctl(server, "journal", "--event", "request", "--wait", "3", "--timeout", "100ms")
    assert (done.exit_code, done.stderr, done.stdout) == (1, sentence, "\n".join(table) + "\n")
    assert good(server, "journal", "--last", "0") == "none\n"
    assert "do not go together" in wrong(server, "journal", "--last", "1", "--wait", "1")


def test_a_scenario_is_loaded_by_name_by_file_and_from_stdin(
    server: Running, tmp_path: Path
) -> None:
    assert "penalty/free-drop" in good(server, "scenarios")
    assert "penalty/free-drop" in good(server, "load", "penalty/free-drop")
    file = tmp_path / "own.yaml"
    file.write_text(ONE_HOLE.replace("id: 7", "id: 71"), encoding="utf-8")
    assert good(server, "load", str(file)).splitlines()[1].startswith("71  ")
    done = ctl(server, "load", "-", stdin=ONE_HOLE.replace("id: 7", "id: 72"))
    assert (done.exit_code, done.stdout.splitlines()[1][:4]) == (0, "72  ")
    assert "there is a tournament 71 here already" in wrong(server, "load", str(file))
    assert "cannot be read" in wrong(server, "load", "nowhere.yaml")
    assert "did you mean penalty/free-drop?" in wrong(server, "load", "penalty/free-drp")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["pause", "--tournament", "9"], "there is no tournament 9 here"),
        (["speed", "0"], "speed is 0"),
        (["step", "round/9"], "no stream is called 'round/9'"),
        (["fault", "{on: entrylist}"], "body:1:1: an entry of wire names exactly one fault"),
        (["fault", "{"], "this is not YAML"),
        (["clear", "999"], "there is no fault 999 here"),
        (["close", "999"], "there is no connection 999 here"),
        (["restart", "999"], "there is no tournament 999 here"),
        (["journal", "--wait", "1", "--timeout", "soon"], "timeout is 'soon'"),
    ],
)
def test_what_the_server_refuses_is_its_sentence(
    server: Running, words: list[str], sentence: str
) -> None:
    told = wrong(server, *words)
    assert told.startswith("mockdde: ")
    assert sentence in told


# ── servers that are none ─────────────────────────────────────────────────────────────────────


@contextmanager
def strange(body: bytes) -> Iterator[str]:
    """A server of another kind."""

    class Strange(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Strange) as other:
        thread = threading.Thread(target=other.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{other.server_port}"
        other.shutdown()
        thread.join(PATIENCE)


def refusal(url: str, *words: str) -> str:
    """The one sentence where the server is none."""
    done = CliRunner().invoke(main, ["ctl", "--server", url, *(words or ("health",))])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and does not listen
        url = f"http://127.0.0.1:{held.getsockname()[1]}"
        told = refusal(url)
    assert told.startswith(f"mockdde: no server answers at {url}: ")
    assert "refused" in told


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "no server answers at"),
        (b"SSH-2.0-x\r\n", "no server answers at"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "is no mockdde: status 200, no JSON"),
        (b"HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nhi", "is no mockdde: status 404, no JSON"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", "is no mockdde of this"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "is no mockdde"),
    ],
)
def test_a_server_of_another_kind_is_one_sentence(body: bytes, sentence: str) -> None:
    with strange(body) as url:
        assert sentence in refusal(url)


@pytest.mark.parametrize("url", ["localhost:8080", "file:///etc/passwd", "http://", "http://[", ""])
def test_a_url_that_is_none_is_one_sentence(url: str) -> None:
    assert refusal(url).startswith("mockdde: ")


def test_a_proxy_is_not_asked(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert ctl(server, "health").exit_code == 0


def test_ctl_is_listed_and_says_what_it_can() -> None:
    listed = CliRunner().invoke(main, ["--help"]).stdout
    assert "  ctl " in listed
    shown = CliRunner().invoke(main, ["ctl", "--help"]).stdout
    for word in ("health", "pause", "fault", "journal", "load", "reset", "MOCKDDE_URL"):
        assert word in shown
