"""What `mockdde serve` shows on a terminal: what is in the picture, and when it is drawn."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO, StringIO, TextIOWrapper
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import websockets
from rich.cells import cell_len
from rich.console import Console

from mockdde import display
from mockdde.dashboard import draw
from mockdde.display import Display, is_possible, pause
from mockdde.journal import Entry
from mockdde.printer import Printer
from mockdde.snapshot import BEGINS, OVER, PAUSED, PLAYS, Playing, Snapshot
from running import FAULTY, ONE_HOLE, PATIENCE, TEAM, TWO_TEES, environment, house, staged

NOON = 1_740_052_800.0
STREAM = "/golf/tournaments/99999/round/5/team/12"
ADDRESSES = (
    ("open", "http://127.0.0.1:8080"),
    ("stream", f"ws://127.0.0.1:8080{STREAM}"),
    ("token", "any"),
)
TOURNAMENTS = (
    Playing(638, "Open de Madrid", "world/finished-open", OVER, "", 1.0),
    Playing(1092, "The American Express", "world/express", PLAYS, "2025-01-16T18:31:05", 60.0),
    Playing(99999, "Sample Tournament", "world/sample", BEGINS, "2025-02-20T12:09:00", 0.5),
    Playing(1250, "Grün ⛳ Cup", "world/cup", PAUSED, "2025-09-26T08:40:00", 2.5),
)
EVENTS = "/golf/stream/v1/tournaments/1971/round/1/events"
STREAMS = (
    ("/golf/tournaments/1092/leaderboard", 1412),
    ("/multiplexer/", 7),
    (EVENTS, 2),
    (STREAM, 1),
)
ENTRIES = tuple(
    Entry(NOON + second, event, connection, path, detail)
    for second, (event, connection, path, detail) in enumerate(
        [
            ("opened", 1, STREAM, ""),
            ("accepted", 1, STREAM, ""),
            ("request", None, "/golf/nothing", "404 nothing is served at /golf/nothing"),
            ("fault", 1, STREAM, "close, asked for at test.yaml:5:8"),
            ("closed", 1, STREAM, "the server closed with 1011"),
            ("request", None, EVENTS.replace("stream", "rest"), "200"),
        ]
    )
)
BUSY = Snapshot(
    addresses=ADDRESSES,
    tournaments=TOURNAMENTS,
    connections=1420,
    streams=STREAMS,
    delivered=123_456,
    rates=(0.0, 12.0, 50.0, 100.0, 25.4),
    fired=3,
    faults=(ENTRIES[3],),
    entries=ENTRIES,
)
CALM = Snapshot(addresses=ADDRESSES, tournaments=TOURNAMENTS)
CROWDED = Snapshot(
    addresses=(*ADDRESSES, ("trust", "/tmp/mockdde-ca-1.pem")),  # noqa: S108
    tournaments=TOURNAMENTS * 40,
    connections=90_000,
    streams=tuple((f"/golf/tournaments/1092/round/1/team/{each}", 300) for each in range(300)),
    delivered=10**9,
    rates=(1e6,) * 30,
    fired=1000,
    faults=(ENTRIES[3],) * 5,
    entries=ENTRIES * 20,
)


def lines(snapshot: Snapshot, width: int, height: int | None = None) -> list[str]:
    """The picture as text."""
    console = Console(
        file=StringIO(), width=width, color_system=None, markup=False, highlight=False, emoji=False
    )
    with console.capture() as captured:
        console.print(draw(snapshot, width, height), end="")
    return [each.rstrip() for each in captured.get().rstrip("\n").split("\n")]


# ── the picture ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("width", [60, 80, 140])
def test_it_has_all_there_is_to_see(width: int) -> None:
    """Each tournament, stream, fault and line of the journal, a line each."""
    shown = lines(BUSY, width)
    text = "\n".join(shown)
    for each in (*ADDRESSES, "Tournaments  4", "Faults  3 fired", "Journal"):
        assert (each if isinstance(each, str) else each[1][:45]) in text
    assert re.search(r"(?m)^  1092  The A.* plays ×60 .*01-16 18:31:05$", text)
    assert re.search(r"(?m)^ 99999  Sampl.* begins when opened .*02-20 12:09:00$", text)
    assert re.search(r"(?m)^  1250  Grün ⛳.* paused ×2.5 .*09-26 08:40:00$", text)
    assert re.search(r"(?m)^   638  Open .* over$", text)
    assert re.search(r"Connections  1,420 on 4 streams +.*25 packets/s", text)
    assert re.search(r"(?m)^ 1,412  .*/1092/leaderboard( |$)", text)
    assert re.search(r"(?m)^     7  /multiplexer/( |$)", text)
    assert re.search(r"(?m)^     2  …v1/1971/round/1/events( |$)", text)
    rest = EVENTS.replace("stream", "rest") if width == 140 else "…v1/1971/round/1/events"
    assert re.search(rf"(?m)^\d\d:\d\d:05         request   {rest}  200$", text)
    assert re.search(r"\d\d:\d\d:03     #1  close, asked for at test.yaml:5:8", text)
    assert re.search(r"(?m)^\d\d:\d\d:04     #1  closed    .*99999/round/5/team/12  the ", text)
    assert re.search(r"(?m)^\d\d:\d\d:02         request   /golf/nothing  404", text)
    assert ("123,456 so far" in text) == (width >= 80)
    assert "▅█▃" in text or width < 80
    assert ("world/sample" in text) == (width >= 100)
    # Columns are aligned: the states of all tournaments begin at the same place.
    states = (OVER, PLAYS, BEGINS, PAUSED)
    begin = {
        cell_len(each[: each.rindex(state)])
        for state in states
        for each in shown
        if re.match(rf" +\d+  .*  {state}", each)
    }
    assert len(begin) == 1


@pytest.mark.parametrize("snapshot", [BUSY, CALM, CROWDED], ids=["busy", "calm", "crowded"])
def test_it_fits(snapshot: Snapshot) -> None:
    """No line is longer than the terminal is wide, and there are no more of them than it has."""
    for width, height in product((40, 60, 75, 76, 80, 100, 111, 112, 140, 300), (20, 24, 50, 90)):
        shown = lines(snapshot, width, height)
        assert len(shown) <= height
        assert max(map(cell_len, shown)) <= width
        for title in ("Tournaments", "Connections", "Journal"):
            assert sum(each.startswith(title) for each in shown) == 1


@pytest.mark.parametrize("width", [80, 140])
def test_a_high_terminal_is_filled(width: int) -> None:
    """What the other sections leave is the journal's."""
    assert len(lines(CROWDED, width, 60)) == 60


def test_what_is_left_out_is_counted() -> None:
    """And what is over is left out first."""
    text = "\n".join(lines(CROWDED, 80, 30))
    assert "Tournaments  160" in text
    (played, streams) = (int(each) for each in re.findall(r"… and ([0-9]+) more", text))
    assert played + len(re.findall(r"(?m) (?:plays|paused|begins) .*:", text)) == 160
    assert streams + len(re.findall("(?m)^   300  …/1092", text)) == 300
    assert f" {OVER}" not in text


def test_nothing_yet() -> None:
    """A server that has just begun."""
    text = "\n".join(lines(CALM, 80, 24))
    assert re.search("Connections  none +0 packets/s  0 so far", text)
    assert "Faults" not in text
    assert len(lines(Snapshot(addresses=()), 80, 24)) < 24


def test_a_client_s_words_do_not_steer_the_terminal() -> None:
    """Nor do names, and none of them is markup."""
    bad = "\x1b[2J\x07[bold red]\u202e\n:smile:"
    entry = Entry(NOON, "ignored\x1b", 1, f"/{bad}", bad)
    playing = Playing(7, bad, bad, PLAYS, "2025-01-16T18:31:05", 1.0)
    snapshot = Snapshot((("open", bad),), (playing,), 1, ((bad, 1),), 1, (), 1, (entry,), (entry,))
    for width in (60, 140):
        text = "\n".join(lines(snapshot, width))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert r"\x1b[2J\x07[bold red]\u202e\n:smi" in text


# ── when it is drawn ──────────────────────────────────────────────────────────────────────────


class Pictures:
    """A printer that prints nothing; it keeps what it was to show."""

    def __init__(self) -> None:
        self.shown: list[Callable[[], str]] = []

    def show(self, picture: Callable[[], str]) -> None:
        """Keep it."""
        self.shown.append(picture)


async def test_it_is_drawn_when_something_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client, a second of a clock that runs, the terminal's size; and nothing else."""
    size = os.terminal_size((80, 24))
    monkeypatch.setattr(display, "_size", lambda: size)
    pictures = Pictures()
    async with house(staged(ONE_HOLE + "play: {starts: connection}\n")) as home:
        monkeypatch.setattr(display, "monotonic", lambda: home.clock.at)
        seen = Display(home.engine, home.clock, pictures, {"open": "x"}, 1.0)  # type: ignore[arg-type]

        def drawn() -> int:
            for _ in range(3):
                seen._look()
            count = len(pictures.shown)
            pictures.shown.clear()
            return count

        assert drawn() == 1
        home.clock.at += 10
        assert drawn() <= 1  # packets were counted for the first time
        home.clock.at += 10
        assert drawn() == 0, "play has not begun"
        client = await home.open(TEAM.format(1))
        await client.enter()
        await client.so_far()
        assert drawn() == 1
        home.clock.at += 0.2
        assert drawn() == 0, "a fifth of a second is not shown"
        home.clock.at += 0.9
        assert drawn() == 1
        size = os.terminal_size((60, 20))
        assert drawn() == 1
        seen._look()
        assert seen.snapshot().tournaments[0].state == PLAYS
        await home.wait(3600)
        assert drawn() == 1
        assert seen.snapshot().tournaments[0].state == OVER
        await client.so_far()
        for _ in range(40):
            home.clock.at += 1
            drawn()
        assert drawn() == 0, "what is over stands still"


async def test_packets_are_counted_as_they_are_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    """To each client what it got; not what was there before it came and was not for it."""
    async with house(staged(TWO_TEES)) as home:
        monkeypatch.setattr(display, "monotonic", lambda: home.clock.at)
        seen = Display(home.engine, home.clock, Pictures(), {}, 1.0)  # type: ignore[arg-type]
        await home.wait(1200)
        got = 0
        for path in (TEAM.format(1), TEAM.format(1), "/multiplexer/?sport=golf"):
            client = await home.open(path)
            await client.enter()
            got += len(await client.so_far())
        assert got > 10
        assert seen.snapshot().delivered == got
        assert seen.snapshot().streams == ((TEAM.format(1), 2), ("/multiplexer/", 1))
        await home.wait(9)  # a second less than until a heartbeat
        got += sum([len(await each.so_far()) for each in home.clients])
        snapshot = seen.snapshot()
        assert snapshot.delivered == got
        assert sum(snapshot.rates) == pytest.approx(got / 1209, abs=0.1)
        await home.clients[0].leave()
        while len(home.engine.subscribers) > 2:
            await home.wait(0)
        assert seen.snapshot().delivered == got
        assert seen.snapshot().connections == 2


async def test_a_tournament_tells_its_own_clock() -> None:
    """Whether it is paused and how fast it is, where it says so; else what all were told."""
    standing: dict[str, object] = {
        "tournament": 7, "name": "n", "scenario": "s", "now": "2025-02-20T12:09:59.324000Z"
    }  # fmt: skip
    running, over = {"running": True, "over": False}, {"running": True, "over": True}
    async with house(staged(ONE_HOLE)) as home:
        seen = Display(home.engine, home.clock, Pictures(), {}, 2.0)  # type: ignore[arg-type]
        moment = "2025-02-20T12:09:59"
        for more, state, shown, speed in (
            (running, PLAYS, moment, 2.0),
            (running | {"paused": False, "speed": 60.0}, PLAYS, moment, 60.0),
            (running | {"paused": True, "speed": 60.0}, PAUSED, moment, 60.0),
            ({"running": False, "over": False}, BEGINS, moment, 2.0),
            (over | {"paused": True}, OVER, "", 2.0),
        ):
            assert seen._playing(standing | more) == Playing(7, "n", "s", state, shown, speed)


def test_it_takes_little_of_the_server_s_time() -> None:
    """Four times a second at most; a hundredth of the time is for looking, 5 % for drawing."""
    assert pause(0.0001, 0.001) == 0.25
    assert pause(0.01, 0.001) == pytest.approx(1.0)
    assert pause(0.0001, 0.05) == pytest.approx(1.0)


def test_a_picture_that_was_not_drawn_in_time_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The newest one is; lines come before it, in order."""
    out, started, go_on = StringIO(), threading.Event(), threading.Event()
    monkeypatch.setattr(sys, "stdout", out)

    def slow() -> str:
        started.set()
        assert go_on.wait(PATIENCE)
        return "first "

    printer = Printer(str)
    printer.show(slow)
    assert started.wait(PATIENCE)
    for text in ("second ", "third "):
        printer.show(lambda text=text: text)  # type: ignore[misc]
    printer.print("a line")
    go_on.set()
    printer.close()
    assert out.getvalue() == "first a line\nthird "


# ── on a terminal ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "tty", "variables", "possible"),
    [
        ("utf-8", True, {"TERM": "xterm"}, True),
        ("UTF-8", True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        ("utf-8", False, {"TERM": "xterm"}, False),
        ("ascii", True, {"TERM": "xterm"}, False),
        ("utf-8", True, {"TERM": "dumb"}, False),
        ("utf-8", True, {}, False),
        ("utf-8", True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
    ],
)
def test_where_it_is_possible(
    encoding: str, tty: bool, variables: dict[str, str], possible: bool
) -> None:
    """A terminal that can, of somebody who has not said no."""
    stream = TextIOWrapper(BytesIO(), encoding=encoding)
    stream.isatty = lambda: tty  # type: ignore[method-assign]
    assert is_possible(stream, variables) is possible


@dataclass
class Terminal:
    """A program on a terminal of its own."""

    process: subprocess.Popen[bytes]
    master: int
    slave: int
    text: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, pattern: str, after: int = 0, *, raw: bool = False) -> re.Match[str]:
        """Until a pattern is in what was printed after so many characters, escapes left out."""
        deadline = time.monotonic() + PATIENCE
        seen = str if raw else plain
        with self._changed:
            while (found := re.search(pattern, seen(self.text[after:]))) is None:
                left = deadline - time.monotonic()
                assert left > 0, f"no {pattern!r} in {seen(self.text[after:])[-3000:]!r}"
                self._changed.wait(left)
        return found

    def resize(self, width: int, height: int) -> None:
        """As a window is."""
        import termios  # noqa: PLC0415  (there is none on Windows)

        termios.tcsetwinsize(self.slave, (height, width))

    def settings(self) -> list[Any]:
        """All that a program could leave in disorder."""
        import termios  # noqa: PLC0415

        return termios.tcgetattr(self.slave)

    def stop(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0

    def _read(self) -> None:
        data = b""
        while True:
            try:
                piece = os.read(self.master, 65536)
            except OSError:  # the other end is closed
                return
            data += piece
            with self._changed:
                self.text = data.decode(errors="replace")
                self._changed.notify_all()


def plain(text: str) -> str:
    """Without escapes."""
    return re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", text)


@contextmanager
def terminal(*words: str, **variables: str) -> Iterator[Terminal]:
    """`mockdde serve` on a terminal of 100 by 30."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    started = environment(**{"TERM": "xterm", "NO_COLOR": "", "PYTHONUTF8": "1"} | variables)
    command = [sys.executable, "-m", "mockdde", "serve", "--port", "0", *words]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=started) as process:
        screen = Terminal(process, master, slave)
        screen.resize(100, 30)
        reader = threading.Thread(target=screen._read, daemon=True)
        reader.start()
        try:
            yield screen
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            os.close(slave)
            reader.join(PATIENCE)
            os.close(master)


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    """A scenario of which the first fault will strike, and the second one cannot."""
    file = tmp_path / "faulty.yaml"
    never = ", {on: round/1/team/1, at: {seq: 5000}, close: {code: 1012}}]"
    file.write_text(FAULTY.replace("}}]", f"}}}}{never}"), encoding="utf-8")
    return str(file)


async def test_a_terminal_shows_it_and_is_left_in_order(faulty: str) -> None:
    """A client comes, a fault strikes, the window is resized, Ctrl-C."""
    with terminal(faulty, "--speed", "600") as screen:
        before = screen.settings()
        url = screen.wait_for(r"serves http(://\S+)")[1]
        screen.wait_for("Connections  none")
        screen.wait_for(r"     7  \w.* ×600 ")
        async with websockets.connect(f"ws{url}{TEAM.format(1)}") as client:
            await client.send('{"authToken": "any"}')
            screen.wait_for(r"Connections  1 on 1 stream ")
            screen.wait_for(r"\d\d:\d\d:\d\d     #1  accepted  …/7/round/1/team/1")
            with suppress(websockets.ConnectionClosedError):
                async for _ in client:
                    pass
            assert client.close_code == 4321
        screen.wait_for(r"Faults  1 fired\s+\d\d:\d\d:\d\d     #1  close, asked for at ")
        screen.wait_for(r"[1-9]\d* so far")
        so_far = len(screen.text)
        screen.resize(60, 22)
        screen.wait_for(r"(?m)^mockdde [0-9.]+ {32,34}Ctrl-C stops it", so_far)
        screen.stop()
        screen.wait_for("the fault close never fired")
        assert screen.settings() == before
        text = screen.text
    for enter, leave in (("\x1b[?1049h", "\x1b[?1049l"), ("\x1b[?25l", "\x1b[?25h")):
        assert (text.count(enter), text.count(leave)) == (1, 1)
        assert text.index(enter) < text.index(leave)
    stands = text.partition("\x1b[?1049l")[2]
    assert re.search("Tournaments  1\r\n.*Faults  1 fired.*Journal\r\n", plain(stands), re.DOTALL)
    assert not re.search(r"\x1b\[[?0-9;]*[^m?0-9;]", stands), "nothing but colours"
    assert plain(stands).endswith("the fault close never fired\r\n")


def test_ctrl_z_and_fg() -> None:
    """The shell has its terminal meanwhile, and then all is there again."""
    with terminal("tgl/hammer") as screen:
        screen.wait_for("Journal")
        screen.process.send_signal(signal.SIGTSTP)
        _, status = os.waitpid(screen.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        screen.wait_for(re.escape("\x1b[?25h\x1b[?1049l") + "$", raw=True)
        so_far = len(screen.text)
        screen.process.send_signal(signal.SIGCONT)
        screen.wait_for("Tournaments  1", so_far)
        assert screen.text[so_far:].startswith("\x1b[?1049h\x1b[?25l")
        screen.stop()
        assert screen.text.count("\x1b[?1049h") == screen.text.count("\x1b[?1049l") == 2


@pytest.mark.parametrize(
    ("words", "variables"),
    [(["--plain"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"}), (["--json"], {})],
    ids=["plain", "NO_COLOR", "dumb", "json"],
)
def test_plain_lines_on_a_terminal(words: list[str], variables: dict[str, str]) -> None:
    """For who wants them, and where nothing else can be shown."""
    with terminal("tgl/hammer", *words, **variables) as screen:
        screen.wait_for('"ready"' if words == ["--json"] else "Ctrl-C stops it\\.")
        screen.stop()
        assert "\x1b" not in screen.text


def test_a_pipe_has_plain_lines(faulty: str) -> None:
    """Whatever TERM says; and neither rich nor trustme is imported for nothing."""
    program = (
        "import sys, threading, signal, os\n"
        "from mockdde.cli import main\n"
        "from mockdde import serve\n"
        "from mockdde.server import Server\n"
        "start = Server.start\n"
        "async def started(self, *more):\n"
        "    await start(self, *more)\n"
        "    assert not {'rich', 'trustme', 'mockdde.dashboard'} & set(sys.modules)\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "Server.start = started\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", faulty, "--port", "0"],
        capture_output=True,
        env=environment(TERM="xterm", NO_COLOR=""),
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Ctrl-C stops it.\n" in done.stdout
    assert b"\x1b" not in done.stdout
