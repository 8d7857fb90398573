"""Shipped scenarios are kept as they were read, and what is kept never wins over the text."""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest

from mockdde import assets
from mockdde.errors import Mark
from mockdde.scenario import compiled, shipped
from mockdde.scenario.compiled import read_shipped
from mockdde.scenario.yamltext import read_yaml

TEXT = "title: one\nfield: [{teams: 2}]\nwire:\n  - {on: '*', close: {code: 1011}}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A scenario in a folder where bytecode may be kept."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    path = tmp_path / "one.yaml"
    path.write_text(TEXT)
    return path


def kept(file: Path) -> Path:
    return Path(cache_from_source(str(file)))


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Whoever reads YAML fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("YAML was read again")

    monkeypatch.setattr("mockdde.scenario.yamltext.read_yaml", refuse)
    return monkeypatch


def test_every_shipped_scenario_is_kept_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    files = dict(shipped())
    read = {name: read_yaml(file.read_text("utf-8"), name) for name, file in files.items()}
    assert {name: read_shipped(file, name) for name, file in files.items()} == read
    monkeypatch.setattr(compiled, "_read", None)
    again = {name: read_shipped(file, name) for name, file in files.items()}
    assert again == read
    for name, source in again.items():
        assert [*source.values.items()] == [*read[name].values.items()]
        assert repr(source.value) == repr(read[name].value)  # 1 is no 1.0, and no True
        assert source.mark(("title",)) == read[name].mark(("title",))


@pytest.mark.usefixtures("no_reader")
def test_what_is_kept_has_its_marks(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as reads:
        reads.setattr("mockdde.scenario.yamltext.read_yaml", read_yaml)
        read_shipped(file, "before.yaml")
    found = read_shipped(file, "one.yaml")
    assert found.mark(("wire", 0, "close", "code")) == Mark("one.yaml", 4, 29)
    assert found.key_mark(("wire", 0, "close")) == Mark("one.yaml", 4, 15)
    assert found.mark(("wire", 0, "nowhere", "at", "all")) == Mark("one.yaml", 4, 5)


def test_another_text_of_the_same_length_and_age_is_read(file: Path) -> None:
    read_shipped(file, "one.yaml")
    before = file.stat()
    file.write_text(TEXT.replace("one", "two"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_shipped(file, "one.yaml").value == read_yaml(file.read_text(), "one.yaml").value


def test_what_another_reader_has_read_is_read_again(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "yamltext.py"
    other.write_text("# of tomorrow\n")
    monkeypatch.setattr(compiled, "_READER", other)
    read_shipped(file, "one.yaml")
    data = marshal.loads(kept(file).read_bytes())  # noqa: S302
    kept(file).write_bytes(marshal.dumps((data[0], "of tomorrow", *data[2:])))
    assert read_shipped(file, "one.yaml").value == "of tomorrow"
    monkeypatch.undo()
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    assert read_shipped(file, "one.yaml") == read_yaml(TEXT, "one.yaml")


@pytest.mark.parametrize("data", [b"", b"\0", b"nonsense", marshal.dumps(3), marshal.dumps(())])
def test_what_is_broken_is_read_again_and_mended(file: Path, data: bytes) -> None:
    read_shipped(file, "one.yaml")
    good = kept(file).read_bytes()
    kept(file).write_bytes(data)
    assert read_shipped(file, "one.yaml") == read_yaml(TEXT, "one.yaml")
    assert kept(file).read_bytes() == good


def test_half_of_what_is_kept_is_read_again(file: Path) -> None:
    read_shipped(file, "one.yaml")
    good = kept(file).read_bytes()
    for size in range(0, len(good), 7):
        kept(file).write_bytes(good[:size])
        assert read_shipped(file, "one.yaml") == read_yaml(TEXT, "one.yaml")


def test_it_is_kept_where_bytecode_is_and_nothing_else_is_left(file: Path) -> None:
    read_shipped(file, "one.yaml")
    assert [*kept(file).parent.iterdir()] == [kept(file)]
    assert {each.name for each in file.parent.iterdir()} == {"kept", "one.yaml"}


def test_nothing_is_kept_where_no_bytecode_may_be(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_shipped(file, "one.yaml") == read_yaml(TEXT, "one.yaml")
    assert not kept(file).exists()


def test_where_nothing_can_be_kept_it_is_read(file: Path) -> None:
    Path(str(sys.pycache_prefix)).write_text("no folder")
    assert read_shipped(file, "one.yaml") == read_yaml(TEXT, "one.yaml")


def test_in_a_zip_it_is_read(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("one.yaml", TEXT)
    inside = ZipPath(tmp_path / "all.zip", "one.yaml")
    assert read_shipped(inside, "one.yaml") == read_yaml(TEXT, "one.yaml")


# What takes long to import, and is not needed for a first answer.
LATE = {
    "encodings.idna": "an address is no name",
    "jsonschema": "only a user's own scenario is held against a schema",
    "jwt": "signatures are of the live dialect",
    "mockdde.control": "until somebody asks it",
    "mockdde.describe": "until somebody asks for a description",
    "mockdde.frontpage": "until somebody asks for the page",
    "mockdde.issuer": "until somebody asks for a token",
    "mockdde.recorder": "only the kit records",
    "rich": "until there is a terminal",
    "yaml": "shipped scenarios are kept as they were read",
}
STARTED = """
import sys
from mockdde.cli import main
from mockdde.clock import WireClock
from mockdde.listening import listen
from mockdde.serve import Engine, Quirks, Server, stage_all

listen("127.0.0.1", 0)[0].close()
told = stage_all(sys.argv[1:], {})
Server(Engine(told, quirks=Quirks({}), wire=0.0), WireClock())._app()
print(*sorted(set(sys.modules)))
"""


@pytest.mark.parametrize("scenarios", [["round/one-hole-sample"], []])
def test_a_server_imports_nothing_that_a_first_answer_does_not_need(
    scenarios: list[str], tmp_path: Path
) -> None:
    home = Path(assets.__file__).parents[1]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", STARTED, *scenarios]
    found: set[str] = set()
    for _ in range(2):  # the first run keeps what it has read
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found = set(done.stdout.split())
    assert "mockdde.server" in found
    assert {name: why for name, why in LATE.items() if name in found} == {}
