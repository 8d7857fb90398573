"""The README runs: its commands, its client, its scenario, and its tables are those of the code."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mockdde import describe, faults
from mockdde.assets import folder
from mockdde.books import Books
from mockdde.broadcast import Broadcast, name_of
from mockdde.conform import conform
from mockdde.errors import Mark
from mockdde.feeds import dialect_of, document_feeds, state_feeds, stream_feeds
from mockdde.kit.targets import Served, launch
from mockdde.reception import _live_legal as live_legal
from mockdde.scenario import load_text, shipped
from mockdde.scenario.shots import read_shot
from mockdde.subscriber import LEGAL
from mockdde.world import stage
from running import environment, mockdde, serve

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [
    line.removeprefix("$ ")
    for language, text in BLOCKS
    if language == "console"
    for line in text.splitlines()
    if line.startswith("$ ")
]


def block(language: str) -> str:
    """The first block in this language."""
    return next(text for each, text in BLOCKS if each == language)


def test_its_first_commands_install_and_serve() -> None:
    """The two commands on a fresh machine come first; .ci/run is what runs them for real."""
    assert COMMANDS[:2] == ["python -m pip install .", "mockdde serve"]
    assert COMMANDS[2:4] == ["python -m pip install '.[test]'", "python -m pytest"]


_OF_A_SERVER = ("mockdde serve", "mockdde ctl")
_OF_THE_KIT = ("mockdde conform", "mockdde judge")


@pytest.mark.parametrize(
    "command",
    [
        each
        for each in COMMANDS
        if each.startswith("mockdde ") and not each.startswith((*_OF_A_SERVER, *_OF_THE_KIT))
    ],
)
def test_each_command_exits_zero(command: str, tmp_path: Path) -> None:
    """Every other mockdde command does what it says."""
    (tmp_path / "my-scenario.yaml").write_text(block("yaml"), encoding="utf-8")
    (tmp_path / "liveevents.json").write_text("[]", encoding="utf-8")
    done = mockdde(*shlex.split(command)[1:], folder=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout or done.stderr


def test_the_commands_to_a_server_do_what_they_say() -> None:
    """In their order, while it serves what the README serves."""
    commands = [each for each in COMMANDS if each.startswith("mockdde ctl")]
    assert len(commands) > 5
    with serve("round/quiet-round", "tournament/four-rounds") as server:
        for command in commands:
            done = mockdde(*shlex.split(command)[1:], MOCKDDE_URL=server.rest)
            assert done.returncode == 0, f"{command}: {done.stderr.decode()}"


def test_the_client_in_ten_lines_reads_a_round_to_its_end(tmp_path: Path) -> None:
    """The client of the README follows the sample hole until it is official."""
    client = block("python")
    inside = client[client.index("async def") : client.index("asyncio.run")]
    assert len([line for line in inside.splitlines() if line.strip()]) <= 10
    # Of the world only its tournament: so fast the others fall behind, and sockets wait for them.
    with serve("--speed", "1200", "world/sample-hole") as server:
        program = tmp_path / "client.py"
        program.write_text(client.replace("ws://127.0.0.1:8080", server.ws), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(program)], capture_output=True, check=True, text=True, timeout=60
        )
    lines = done.stdout.splitlines()
    assert lines[-1].endswith("RoundStatusUpdate RoundOfficial")
    numbers = [int(line.split()[0]) for line in lines if line.split()[0].isdecimal()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_client_of_the_successor_reads_a_round(tmp_path: Path) -> None:
    """The other client of the README follows 1971 until the first team has finished its round."""
    client = [text for language, text in BLOCKS if language == "python"][1]
    inside = client[client.index("async def") : client.index("token = ")]
    assert len([line for line in inside.splitlines() if line.strip()]) <= 10
    with serve("--speed", "4000", "world/live-open") as server:
        program = tmp_path / "client.py"
        text = client.replace("ws://127.0.0.1:8080", server.ws)
        text = text.replace('"mockdde"', 'sys.executable, "-m", "mockdde"')
        program.write_text(text.replace("subprocess,", "subprocess, sys,"), encoding="utf-8")
        words, lines = [sys.executable, "-u", str(program)], list[str]()
        with subprocess.Popen(
            words, stdout=subprocess.PIPE, text=True, env=environment()
        ) as follow:
            assert follow.stdout is not None
            for line in follow.stdout:
                lines.append(line)
                if "SportEventEnded" in line:  # it would follow all the others, too
                    break
            follow.kill()
    assert lines[0] == "ADD Event.Sport.Golf.SportEventStarted 1\n"
    assert lines[-1].startswith("ADD Event.Sport.Golf.SportEventEnded ")
    assert {line.split()[0] for line in lines} == {"ADD", "UPDATE", "DELETE"}
    there = sum({"ADD": 1, "DELETE": -1}.get(line.split()[0], 0) for line in lines)
    assert lines[-1].split()[2] == str(there)


# ── the kit ───────────────────────────────────────────────────────────────────────────────────


def saved_as(name: str) -> str:
    """The first block behind the words that say what it is saved as."""
    return README[README.index(f"`{name}`") :].split("```")[1].partition("\n")[2]


@pytest.fixture(scope="module")
def kit_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody has saved all that the README says, beside the clients."""
    there = tmp_path_factory.mktemp("kit")
    for name in (
        "my_client.py",
        "my-cases/dde/cut-after-the-penalty.yaml",
        "my-requirements/session/few-connections.schema.json",
    ):
        file = there / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(saved_as(name), encoding="utf-8")
    shutil.copytree(str(folder("conformance") / "clients"), there / "conformance" / "clients")
    return there


def test_the_commands_of_the_kit_end_as_they_are_said_to(kit_folder: Path) -> None:
    """In their order: the second one fails, and what it leaves behind is judged again."""
    commands = [each for each in COMMANDS if each.startswith(_OF_THE_KIT)]
    assert len(commands) == 6
    # `python` is the one that has what the clients need.
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    codes, said, pages = [], [], []
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "mockdde", *shlex.split(command)[1:]],
            cwd=kit_folder,
            env=environment(PATH=path),
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        codes.append(done.returncode)
        said.append(done.stdout + done.stderr)
        pages.append((kit_folder / "mockdde-report" / "report.html").is_file())
    assert codes == [0, 1, 1, 0, 0, 0], "\n".join(said)
    assert "delivery/reconnects-after-1011" in said[1]
    # It is kept where anything is wrong.
    assert pages == [False, True, True, False, False, False], "\n".join(said)


def test_a_requirement_of_somebodys_own_is_judged(kit_folder: Path) -> None:
    """The one of the README, made so strict that nobody meets it."""
    strict = kit_folder / "strict" / "session"
    strict.mkdir(parents=True)
    text = saved_as("my-requirements/session/few-connections.schema.json")
    file = strict / "few-connections.schema.json"
    file.write_text(text.replace('"maximum": 3', '"maximum": 0'), encoding="utf-8")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    client = "python conformance/clients/python"
    words = ["conform", "--client", client, "--wire-speed", "20", "--requirements", "strict"]
    done = mockdde(*words, "--case", "dde/session/plain", folder=kit_folder, PATH=path)
    assert done.returncode == 0, done.stderr.decode()
    assert b"WARN" in done.stdout
    assert b"a stream was opened more than three times" in done.stdout


def test_what_is_said_of_levels_and_options_is_so() -> None:
    """The table has every level; every option that it names is one."""
    table = README[README.index("| level | means |") :].split("\n\n")[0]
    assert re.findall(r"^\| ([A-Z]+) \|", table, re.MULTILINE) == [
        "PASS", "WARN", "FAIL", "INFO", "SKIP", "UNTESTABLE", "INCONCLUSIVE", "ERROR",
    ]  # fmt: skip
    chapter = README[README.index("## Test your client") : README.index("## Develop")]
    known = {word for option in conform.params for word in option.opts}
    assert {*re.findall(r"`(--[a-z-]+)", chapter)} - known == set()
    contract = {*re.findall(r"`(MOCKDDE_[A-Z_]+)`", chapter)}
    served = Served(1, "", "", 1.0)
    assert contract == set(launch("", "dde", (), 1, served))


def test_the_scenario_is_one() -> None:
    """The scenario of the README can be staged, and its fault is known."""
    tournament = stage(load_text(block("yaml"), "my-scenario.yaml"))
    assert tournament.id == 4711
    assert len(Broadcast(tournament).faults) == 1


def test_the_whole_tournament_is_one() -> None:
    """With its cut, its playoff of three and its alternate."""
    text = [text for language, text in BLOCKS if language == "yaml"][1]
    tournament = stage(load_text(text, "whole.yaml"))
    assert list(tournament.groups) == [1, 2, 3, 4, 401]
    assert [len(group.teams) for group in tournament.groups[401]] == [3]
    assert 7 not in {no for group in tournament.groups[1] for no in group.teams}


def test_the_cup_is_one() -> None:
    """With the match that is turned back, the one that is halved and the one that is conceded."""
    text = [text for language, text in BLOCKS if language == "yaml"][2]
    tournament = stage(load_text(text, "cup.yaml"))
    books = Books(tournament)
    scores: dict[int, list[str | None]] = {}
    for event in tournament.log:
        books.apply(event)
        if event.match:
            score = books.matches.all[event.match].final_score(0)
            if score not in scores.setdefault(event.match, [score]):
                scores[event.match].append(score)
    assert scores[1][:2] == [None, "3 & 2"]
    assert scores[1][2:] not in ([], ["3 & 2"])
    assert (scores[5][-1], scores[8][-1]) == ("T", "C")
    assert [line.result for line in books.matches.all[2].lines.values()][:5] == [1, -1, 0, 0, 1]


def test_the_words_of_shots_are_read() -> None:
    """Each shot in the table of shots is one."""
    table = README[README.index("| a shot | is |") :].split("\n\n")[0]
    rows = [row.split(" | ") for row in table.splitlines()[2:]]
    said = [
        (text, "in match play" in about)
        for shots, about in rows
        for text in re.findall("`([^`]+)`", shots)
    ]
    assert len(said) > 15
    for text, in_match in said:
        read_shot(text, Mark("README.md", 1, 1), in_match=in_match)


def test_the_mistake_gets_that_sentence(tmp_path: Path) -> None:
    """The sentence shown is the one that a stroke after the hole gets, place and all."""
    (shown,) = [text for language, text in BLOCKS if language == ""]
    text = block("yaml").replace("putt in]", "putt in, putt in]", 1)
    (tmp_path / "my-scenario.yaml").write_text(text, encoding="utf-8")
    done = mockdde("lint", "my-scenario.yaml", folder=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (1, shown)


def test_the_table_of_states_is_the_code_s() -> None:
    """What the README says a connection may do is what the table in the code says."""
    rows = [
        f"| {state.value} | {heard.value} | {then.value} | {act.value} |"
        for (state, heard), (then, act) in LEGAL.items()
    ]
    shown = README[README.index("<!-- legal:") :].split("\n\n")[1].splitlines()[2:]
    assert shown == rows


def test_the_table_of_live_connections_is_the_code_s() -> None:
    """Likewise of the live dialect."""
    rows = [
        f"| {state.value} | {heard.value} | {act.value} |"
        for (state, heard), act in live_legal.LEGAL.items()
    ]
    shown = README[README.index("<!-- live legal:") :].split("\n\n")[1].splitlines()[2:]
    assert shown == rows


def test_every_feed_and_fault_is_named() -> None:
    """What is served and what can be broken stands in the README."""
    for path in [
        *(feed.PATH for feed in document_feeds()),
        *(feed.PATH for feed in stream_feeds()),
        *(name_of(feed.PATH).name for feed in state_feeds() if dialect_of(feed) == "live"),
    ]:
        assert path in README
    for name in faults.faults():
        assert f"`{name}`" in README


def test_the_entries_of_wire_are_read() -> None:
    """Each in the table can stand in a scenario that has such streams, and so can its fault."""
    shown = README[README.index("<!-- wire:") :].split("\n\n")[1].splitlines()[2:]
    entries = [re.findall("`([^`]+)`", row)[0] for row in shown]
    assert len(entries) == 10
    wire = "".join(f"  - {each}\n" for each in entries)
    text = f"title: x\nfield: [{{teams: 12}}]\nrounds: [{{no: 1, holes: 1}}]\nwire:\n{wire}"
    assert len(Broadcast(stage(load_text(text, "readme.yaml"))).faults) == 10


def test_the_weather_is_told_of() -> None:
    """Each chaos scenario, and no other."""
    told = re.findall("^\\| `(chaos/[a-z-]+)`", README, re.MULTILINE)
    assert sorted(told) == [name for name, _ in shipped() if name.startswith("chaos/")]


def test_the_table_of_control_is_what_is_served() -> None:
    """Every operation of the control API, but for the description itself."""
    shown = README[README.index("<!-- control:") :].split("\n\n")[1].splitlines()[2:]
    told = {
        (method, path.partition("?")[0])
        for row in shown
        for method, path in re.findall(r"`(GET|POST|DELETE) ([^`]+)`", row.split(" | ")[0])
    }
    served = {
        (method.upper(), path.removeprefix("/"))
        for path, operations in describe.control("http://x")["paths"].items()
        for method in operations
        if method in ("get", "post", "delete")
    }
    assert told == served - {("GET", "control.json")}
