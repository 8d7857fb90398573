"""Clients that behave badly: none outlives the kit, none fills the disk, each has its ending."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mockdde.errors import UsageError
from mockdde.kit.evidence import Ending
from mockdde.runner import STDERR, STDOUT, _command
from mockdde.runner._command import Command
from running import PATIENCE, environment

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")

ENVIRON = {
    "MOCKDDE_REST_URL": "http://127.0.0.1:1",
    "MOCKDDE_WS_URL": "ws://127.0.0.1:1",
    "MOCKDDE_CASE": "dde/it's a case",
    "MOCKDDE_TARGETS": '[{"path": "/golf"}]',
}


def python(text: str) -> str:
    """A command that runs a program in Python."""
    import shlex  # noqa: PLC0415

    return shlex.join([sys.executable, "-I", "-S", "-c", text])


def living(mark: str) -> list[int]:
    """The processes that have a word in their command line, and are no zombies."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                words = (each / "cmdline").read_bytes()
                state = (each / "stat").read_bytes().rpartition(b")")[2].split()[0]
            except OSError:
                continue
            if mark.encode() in words and state != b"Z" and int(each.name) != os.getpid():
                found.append(int(each.name))
    return found


def parent(pid: int) -> int:
    """Of a process."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def comes(what: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for what must come."""
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.005)


async def becomes(what: Callable[[], object]) -> None:
    """The same, without standing in the loop's way."""
    await asyncio.to_thread(comes, what)


@pytest.fixture
def mark(request: pytest.FixtureRequest) -> Iterator[str]:
    """A word for command lines of a test; nothing with it may live on."""
    word = f"mark-{os.getpid()}-{abs(hash(request.node.nodeid))}"
    yield word
    left = living(word)
    for each in left:
        os.kill(each, signal.SIGKILL)
    assert not left


async def ended(command: Command, folder: Path) -> Ending:
    """Start it, and wait for its end."""
    running = await command.start(ENVIRON, folder)
    await asyncio.wait_for(running.ended.wait(), PATIENCE)
    return await running.stop()


async def test_an_exit_code_and_both_outputs_are_kept(tmp_path: Path) -> None:
    """A client that says something and exits."""
    text = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)"
    ending = await ended(Command(python(text)), tmp_path)
    assert (ending.how, ending.code, ending.signal, ending.left_behind) == ("exited", 7, None, 0)
    assert 0 < ending.seconds < PATIENCE
    assert (tmp_path / STDOUT).read_text() == "out\n"
    assert (tmp_path / STDERR).read_text() == "err\n"


async def test_a_client_that_crashes_has_its_signal(tmp_path: Path) -> None:
    """By a signal of its own."""
    ending = await ended(Command(python("import os; os.abort()")), tmp_path)
    assert (ending.how, ending.code, ending.signal) == ("exited", None, signal.SIGABRT)


async def test_the_contract_is_in_the_environment_and_in_the_words(tmp_path: Path) -> None:
    """Placeholders are filled, word by word; other braces are the client's own."""
    text = "import os, sys; print(os.environ['MOCKDDE_CASE'], os.environ['PATH'], *sys.argv[1:])"
    command = Command(python(text) + " {case} x{rest_url}y {targets} '{\"a\": {b}}' {nobody}")
    await ended(command, tmp_path)
    said = (tmp_path / STDOUT).read_text()
    assert said == (
        f"dde/it's a case {os.environ['PATH']} dde/it's a case xhttp://127.0.0.1:1y"
        ' [{"path": "/golf"}] {"a": {b}} {nobody}\n'
    )
    assert command.command[-1] == "{nobody}"
    assert "{targets}" in command.command


async def test_a_shell_reads_the_line_as_a_whole_with_values_quoted(tmp_path: Path) -> None:
    """Pipes work, and no value is read as shell."""
    command = Command("echo {case} {targets} | tr a-z A-Z; exit 3", shell=True)  # noqa: S604
    ending = await ended(command, tmp_path)
    assert ending.code == 3
    assert (tmp_path / STDOUT).read_text() == 'DDE/IT\'S A CASE [{"PATH": "/GOLF"}]\n'
    assert command.command[:2] == ["/bin/sh", "-c"]


async def test_it_runs_in_its_folder_and_reads_nothing(tmp_path: Path) -> None:
    """``--cwd``, and stdin at its end."""
    (tmp_path / "home").mkdir()
    text = "import os, sys; print(os.getcwd(), repr(sys.stdin.read()))"
    await ended(Command(python(text), cwd=tmp_path / "home"), tmp_path)
    assert (tmp_path / STDOUT).read_text() == f"{tmp_path / 'home'} ''\n"


async def test_one_that_was_asked_to_stop_is_stopped(tmp_path: Path) -> None:
    """SIGTERM comes to it, and what it then does is how it ended."""
    text = (
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(5));"
        "print('ready', flush=True); signal.pause()"
    )
    running = await Command(python(text)).start(ENVIRON, tmp_path)
    await becomes((tmp_path / STDOUT).read_text)
    assert not running.ended.is_set()
    ending = await running.stop()
    assert (ending.how, ending.code) == ("stopped", 5)
    assert await running.stop() == ending


async def test_one_that_ignores_sigterm_is_killed(
    tmp_path: Path, mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all that it has started, once the time for it is over."""
    monkeypatch.setattr(_command, "GRACE", 0.2)
    text = (
        "import os, signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork();"
        "print('ready', flush=True)\nwhile True: signal.pause()"
    )
    running = await Command(python(text) + f" {mark}").start(ENVIRON, tmp_path)
    await becomes(lambda: len((tmp_path / STDOUT).read_text().split()) == 2)
    assert len(living(mark)) == 2
    ending = await running.stop()
    assert (ending.how, ending.code, ending.signal) == ("killed", None, signal.SIGKILL)
    assert living(mark) == []


AWAY = (
    "import os, time\n"
    "if not os.fork():\n"
    "    os.setsid()\n"
    "    if os.fork(): os._exit(0)\n"
    "    os.setsid()\n"
    "    while True: time.sleep(60)\n"
    "os.wait()\n"
)


async def test_what_a_client_leaves_behind_is_counted_and_killed(tmp_path: Path, mark: str) -> None:
    """A daemon: forked twice, in a session of its own."""
    ending = await ended(Command(python(AWAY) + f" {mark}"), tmp_path)
    assert (ending.how, ending.code, ending.left_behind) == ("exited", 0, 1)


async def test_twenty_children_that_fork_again_are_all_killed(tmp_path: Path, mark: str) -> None:
    """They outlive their parent, in the same group."""
    text = (
        "import os, time\n"
        "for _ in range(20):\n"
        "    if not os.fork():\n"
        "        while True: time.sleep(60)\n"
    )
    ending = await ended(Command(python(text) + f" {mark}"), tmp_path)
    assert (ending.code, ending.left_behind) == (0, 20)


async def test_children_that_end_soon_after_are_not_left_behind(tmp_path: Path) -> None:
    """As a shell's do that was its own end of the pipe."""
    text = "import os, time\nif not os.fork(): time.sleep(0.1)"
    ending = await ended(Command(python(text)), tmp_path)
    assert (ending.code, ending.left_behind) == (0, 0)


async def test_one_that_prints_without_end_neither_blocks_nor_fills_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What there is room for is kept, and the end."""
    monkeypatch.setattr(_command, "ROOM", 100_000)
    text = (
        "import os\n"
        "for _ in range(200): os.write(1, b'x' * 100_000); os.write(2, b'y' * 1000)\n"
        "os.write(1, b'the end')"
    )
    ending = await ended(Command(python(text)), tmp_path)
    assert ending.code == 0
    said = (tmp_path / STDOUT).read_bytes()
    assert len(said) < 300_000
    assert said.startswith(b"x" * 100_000 + b"\n... ")
    assert said.endswith(b"xthe end")
    # What is beyond its room by less than the end that is kept is kept as a whole.
    monkeypatch.setattr(_command, "ROOM", 199_000)
    await ended(Command(python(text)), tmp_path)
    assert (tmp_path / STDERR).read_bytes() == b"y" * 200_000


async def test_one_that_prints_while_it_is_stopped_is_stopped(tmp_path: Path, mark: str) -> None:
    """Garbage for ever."""
    text = "import os\nwhile True: os.write(1, bytes(range(256)))"
    running = await Command(python(text) + f" {mark}").start(ENVIRON, tmp_path)
    await becomes((tmp_path / STDOUT).read_bytes)
    ending = await running.stop()
    assert (ending.how, ending.signal) == ("stopped", signal.SIGTERM)


async def test_one_that_closes_its_outputs_lives_on(tmp_path: Path) -> None:
    """Nobody takes that for its end, nor turns in a circle."""
    text = "import os, signal; os.closerange(0, 3); signal.pause()"
    running = await Command(python(text)).start(ENVIRON, tmp_path)
    ending = await running.stop()
    assert (ending.how, ending.signal) == ("stopped", signal.SIGTERM)


async def test_many_at_once(tmp_path: Path) -> None:
    """Each with its own code and its own outputs."""

    async def one(number: int) -> tuple[int | None, str]:
        folder = tmp_path / str(number)
        folder.mkdir()
        ending = await ended(Command(f"sh -c 'echo {number}; exit {number}'"), folder)
        return ending.code, (folder / STDOUT).read_text()

    found = await asyncio.gather(*(one(number) for number in range(24)))
    assert found == [(number, f"{number}\n") for number in range(24)]


async def test_a_keeper_that_is_killed_takes_its_client_with_it(tmp_path: Path, mark: str) -> None:
    """It is the kit's own fault then, and said so; the next client starts all the same."""
    command = Command(python(AWAY + "signal = __import__('signal'); signal.pause()") + f" {mark}")
    running = await command.start(ENVIRON, tmp_path)
    await becomes(lambda: len(living(mark)) == 2)
    leader = running._told.get("started") or min(living(mark))
    os.kill(parent(leader), signal.SIGKILL)
    with pytest.raises(Exception, match="was killed"):
        await running.stop()
    await becomes(lambda: not living(mark))
    assert (await ended(Command("true"), tmp_path)).code == 0


async def test_the_house_of_keepers_may_be_killed(tmp_path: Path, mark: str) -> None:
    """Another is built; clients that run go on."""
    command = Command(python("import signal; signal.pause()") + f" {mark}")
    running = await command.start(ENVIRON, tmp_path)
    house = _command._HOUSE._process
    assert house is not None
    house.kill()
    house.wait()
    assert (await ended(Command("true"), tmp_path)).code == 0
    assert living(mark)
    assert (await running.stop()).how == "stopped"


KIT = """
import asyncio, pathlib, sys
from mockdde.runner._command import Command
async def main():
    folder = pathlib.Path(sys.argv[1])
    for line in sys.argv[2:]:
        await Command(line).start({}, folder)
    print("ready", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_client_outlives_a_kit_that_dies(tmp_path: Path, mark: str, number: int) -> None:
    """However it does, and whatever they did to get away."""
    deaf = "import signal; signal.signal(15, signal.SIG_IGN)\nwhile True: signal.pause()"
    stays = AWAY + "signal = __import__('signal'); signal.pause()"
    lines = [f"{python(each)} {mark}" for each in (deaf, stays, AWAY + deaf)]
    words = [sys.executable, "-c", KIT, str(tmp_path), *lines]
    with subprocess.Popen(
        words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as kit:
        assert kit.stdout
        assert kit.stdout.readline() == b"ready\n"
        clients = lambda: [each for each in living(mark) if each != kit.pid]  # noqa: E731
        comes(lambda: len(clients()) == 5)
        kit.send_signal(number)
        kit.wait(PATIENCE)
    comes(lambda: not living(mark))


async def test_a_client_is_started_fast(tmp_path: Path) -> None:
    """A dozen in a row, each with a keeper of its own: the best of them within its 10 ms."""
    await ended(Command("true"), tmp_path)
    best = PATIENCE
    for _ in range(12):
        begun = time.perf_counter()
        await ended(Command("true"), tmp_path)
        best = min(best, time.perf_counter() - begun)
    assert best < 0.03


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("no-such-program --x", "--client: there is no program no-such-program on the PATH"),
        ("./gone", "--client: there is no program ./gone in {cwd}"),
        ("./plain", "--client: ./plain is not executable (chmod +x)"),
        ("./folder", "--client: ./folder is a folder, no program"),
        (
            "plain",
            (
                "--client: there is no program plain on the PATH "
                "(with ./ before it, it is the file in this folder)"
            ),
        ),
        (
            "node 'app.js",
            '--client "node \'app.js" cannot be split into words: no closing quotation',
        ),
        ("  ", "--client is empty; it is a command such as 'node app.js'"),
    ],
)
def test_what_cannot_be_run_is_found_before_anything_runs(
    tmp_path: Path, line: str, sentence: str
) -> None:
    """One sentence."""
    (tmp_path / "plain").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError) as caught:
        Command(line, cwd=tmp_path)
    assert str(caught.value) == sentence.format(cwd=tmp_path)


def test_a_folder_that_there_is_not_is_found_before_anything_runs(tmp_path: Path) -> None:
    """One sentence."""
    with pytest.raises(UsageError, match="there is no such folder"):
        Command("true", cwd=tmp_path / "gone")


async def test_what_the_system_will_not_run_is_a_sentence(tmp_path: Path) -> None:
    """A file that is executable, and no program."""
    (tmp_path / "odd").write_bytes(b"\x00\x01\x02")
    (tmp_path / "odd").chmod(0o755)
    with pytest.raises(UsageError, match=r"\./odd cannot be run: Exec format error"):
        await ended(Command("./odd", cwd=tmp_path), tmp_path)


async def test_one_that_ends_as_it_is_asked_to_stop_has_its_ending(tmp_path: Path) -> None:
    """What was said of its end is not lost when the request to stop crosses it."""
    running = await Command("sh -c 'sleep 0.2; exit 6'").start(ENVIRON, tmp_path)
    sock = running._writer.get_extra_info("socket")  # nothing is read from it meanwhile
    waiting = array("i", [0])

    def said() -> bool:
        fcntl.ioctl(sock.fileno(), termios.FIONREAD, waiting)
        return waiting[0] > 90  # how it ended, and that nothing is left

    comes(said)
    time.sleep(0.05)  # noqa: ASYNC251  (a keeper that does not wait would be gone)
    assert not running.ended.is_set()
    assert (await running.stop()).code == 6
