"""What ships: the three folders, whole, in the wheel; the licence and the command with them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from email.parser import HeaderParser
from importlib.metadata import distribution
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from mockdde import assets

FOLDERS = ("conformance", "scenarios", "schemas")
HERE = Path(__file__).parent.parent


def checkout() -> Path | None:
    """The checkout under test: named by .ci/run, or the one these tests are in, or none."""
    if named := os.environ.get("MOCKDDE_CHECKOUT"):
        return Path(named)
    return HERE if (HERE / "mockdde" / "__init__.py").is_file() else None


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> dict[str, str]:
    """What a user gets: path to text, from the wheel, or as installed where there is no checkout.

    The text is kept of the metadata only.
    """
    wheel = os.environ.get("MOCKDDE_WHEEL")
    if wheel is None and (root := checkout()):
        wheel = str(_build(root, tmp_path_factory.mktemp("dist")))
    if wheel is None:
        installed = distribution("mockdde")
        return {
            path.as_posix(): path.read_text() if _metadata(path.as_posix()) else ""
            for path in installed.files or []
        }
    with zipfile.ZipFile(wheel) as archive:
        return {
            path: archive.read(path).decode() if _metadata(path) else ""
            for path in archive.namelist()
        }


def _build(root: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out)]
    done = subprocess.run([*command, str(root)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("*.whl")
    return wheel


def _metadata(path: str) -> bool:
    return path.split("/", maxsplit=1)[0].endswith(".dist-info")


def _one(shipped: dict[str, str], end: str) -> str:
    (path,) = [path for path in shipped if _metadata(path) and path.endswith(end)]
    return shipped[path]


def _files(folder: Path | Traversable, prefix: str) -> set[str]:
    found = set()
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            found |= _files(entry, f"{prefix}/{entry.name}")
        elif entry.is_file():
            found.add(f"{prefix}/{entry.name}")
    return found


@pytest.mark.parametrize("name", FOLDERS)
def test_the_wheel_has_each_folder_as_the_checkout_has_it(shipped, name):
    root = checkout()
    source = root / name if root else assets.folder(name)
    expected = _files(source, f"mockdde/_data/{name}")
    assert expected
    assert {path for path in shipped if path.startswith(f"mockdde/_data/{name}/")} == expected


def test_the_wheel_has_no_other_folder(shipped):
    found = {path.split("/")[2] for path in shipped if path.startswith("mockdde/_data/")}
    assert found == set(FOLDERS)


def test_the_checkout_has_no_copy_of_its_folders():
    root = checkout()
    assert root is None or not (root / "mockdde" / "_data").exists()


def test_the_package_under_test_finds_every_folder():
    for name in FOLDERS:
        assert list(assets.folder(name).iterdir())


def test_a_folder_that_is_not_there_is_named():
    with pytest.raises(FileNotFoundError, match="without its 'nowhere' folder"):
        assets.folder("nowhere")


@pytest.mark.parametrize(("name", "suffix"), [("schemas", ".schema.json"), ("scenarios", ".yaml")])
def test_a_walk_gives_the_files_sorted_by_name_without_the_suffix(name, suffix):
    found = list(assets.walk(name, suffix))
    paths = [path for path, _ in found]
    expected = {path for path in _files(assets.folder(name), name) if path.endswith(suffix)}
    assert {f"{name}/{path}{suffix}" for path in paths} == expected
    assert paths == sorted(paths)
    assert all(file.name == path.split("/")[-1] + suffix for path, file in found)


def test_the_licence_is_mit_and_is_in_the_wheel(shipped):
    metadata = HeaderParser().parsestr(_one(shipped, ".dist-info/METADATA"))
    assert metadata["License-Expression"] == "MIT"
    assert metadata["License-File"] == "LICENSE"
    assert "mockdde contributors" in _one(shipped, "/LICENSE")


def test_the_command_is_installed(shipped):
    assert "mockdde = mockdde.__main__:main" in _one(shipped, ".dist-info/entry_points.txt")


def test_the_tests_are_not_in_the_wheel(shipped):
    assert not [path for path in shipped if path.startswith("tests/")]


def test_what_a_terminal_and_tls_need_is_asked_for(shipped):
    metadata = HeaderParser().parsestr(_one(shipped, ".dist-info/METADATA"))
    wanted = [each.replace("'", '"') for each in metadata.get_all("Requires-Dist")]
    assert any(each.startswith("rich>=") and "extra" not in each for each in wanted)
    for extra in ("tls", "test"):
        assert [each for each in wanted if re.match(f'trustme>=.* extra == "{extra}"', each)]
    assert not [each for each in wanted if each.startswith("trustme") and "extra" not in each]
