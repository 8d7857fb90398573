"""Drop a module in the folder and it is known; what two claim is refused, naming both."""

from __future__ import annotations

import importlib
import itertools
import sys

import pytest

from mockdde.catalogue import collect, modules
from mockdde.errors import CatalogueError

_numbers = itertools.count(1)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Makes a package of the given files; what it imports is forgotten afterwards."""
    names = []

    def make(files):
        name = f"sample_catalogue_{next(_numbers)}"
        names.append(name)
        for path, text in {"__init__.py": "", **files}.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return importlib.import_module(name)

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for module in list(sys.modules):
        if module.split(".")[0] in names:
            del sys.modules[module]


def test_a_module_dropped_in_the_folder_is_known(package):
    feeds = package({"round.py": "FEED = 'round'", "stats.py": "FEED = 'stats'"})
    assert collect(feeds, "FEED", str) == {"round": "round", "stats": "stats"}


def test_modules_come_in_order_of_name_with_those_of_sub_packages(package):
    sample = package(
        {"b.py": "", "a/__init__.py": "", "a/z.py": "", "a/c.py": "", "_private.py": "1 / 0"}
    )
    found = [module.__name__.removeprefix(sample.__name__) for module in modules(sample)]
    assert found == [".a", ".a.c", ".a.z", ".b"]


def test_values_come_in_the_order_of_their_modules(package):
    sample = package({"b.py": "X = 1", "c/__init__.py": "", "c/a.py": "X = 3", "a.py": "X = 2"})
    assert list(collect(sample, "X", str).values()) == [2, 1, 3]


def test_a_name_claimed_twice_is_refused_naming_both_owners(package):
    sample = package(
        {"one.py": "FEED = 'Round'", "deep/__init__.py": "", "deep/two.py": "FEED = 'ROUND'"}
    )
    with pytest.raises(CatalogueError) as caught:
        collect(sample, "FEED", str.casefold)
    message = str(caught.value)
    assert "'round'" in message
    assert f"{sample.__name__}.one" in message
    assert f"{sample.__name__}.deep.two" in message


def test_a_module_that_declares_nothing_is_refused_by_name(package):
    sample = package({"one.py": "FEED = 1", "two.py": "FEEED = 2"})
    with pytest.raises(CatalogueError, match=rf"{sample.__name__}\.two declares no FEED"):
        collect(sample, "FEED", str)


def test_a_sub_package_may_declare_nothing_or_something(package):
    sample = package({"a/__init__.py": "", "b/__init__.py": "FEED = 'b'", "b/c.py": "FEED = 'c'"})
    assert list(collect(sample, "FEED", str)) == ["b", "c"]


def test_an_empty_folder_is_an_empty_catalogue(package):
    assert collect(package({}), "FEED", str) == {}
