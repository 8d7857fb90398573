"""Our dataclasses are the library's, to whoever uses them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import ClassVar

import pytest

from mockdde import records
from mockdde.records import field, replace

MAKERS = [dataclasses.dataclass, records.dataclass]


def classes(make):
    @make(frozen=True, slots=True)
    class Point:
        KIND: ClassVar[str] = "point"
        x: int
        y: int = 7
        seen: Counter[str] = field(default_factory=Counter)

        @property
        def sum(self):
            return self.x + self.y

    @make(frozen=True, slots=True)
    class Deep(Point):
        y: int = 8
        z: tuple[int, ...] = ()

        def __post_init__(self):
            if self.x < 0:
                raise ValueError("negative")

    @make(slots=True)
    class Book:
        page: int = 0

    @make(slots=True, eq=False)
    class Thing:
        name: str

    return Point, Deep, Book, Thing


@pytest.fixture(params=["library", "ours", "ours, once compiled"])
def made(request, monkeypatch):
    if request.param.endswith("compiled"):
        monkeypatch.setattr(records, "_FEW", 0)
    return classes(MAKERS[request.param != "library"])


def test_fields_arrive_and_have_defaults(made):
    point, deep, book, thing = made
    assert (point(1).x, point(1).y, point(1).seen, point(1).KIND) == (1, 7, Counter(), "point")
    assert point(x=1, seen=Counter("a")).seen == {"a": 1}
    assert point(1).seen is not point(1).seen
    assert (deep(1).y, deep(1, 2, z=(3,)).sum, deep(1, 2, z=(3,)).z) == (8, 3, (3,))
    assert (book().page, book(3).page, thing("a").name) == (0, 3, "a")
    for wrong in (point, lambda: point(1, 2, None, 4), lambda: point(1, w=2)):
        with pytest.raises(TypeError):
            wrong()


def test_what_does_not_fit_is_refused_as_by_the_library():
    """However many were made before."""
    for few in (0, 1, 5):
        for positional, named in [
            ((), {}),
            ((), {"y": 1}),
            ((1, 2, (), 4), {}),
            ((1,), {"x": 2}),
            ((1,), {"w": 2}),
            ((), {"x": 1, "w": 2}),
        ]:
            said = []
            for make in MAKERS:
                point = classes(make)[0]
                for _ in range(few):
                    point(1)
                with pytest.raises(TypeError) as error:
                    point(*positional, **named)
                said.append(str(error.value).rpartition(".")[2])
            assert said[0] == said[1]


def test_the_first_few_are_as_all_others_are():
    """They are made without compiling, which most classes are never worth."""
    point, deep, book, _ = classes(records.dataclass)
    made = [point(1, seen=()), point(x=1, seen=()), point(1, 7, ()), point(1, 7, seen=())]
    made += [point(1, seen=()) for _ in range(4)]
    assert {*map(repr, made)} == {repr(made[0])}
    assert all(each == made[0] for each in made)
    assert point.__init__.__code__.co_varnames[:4] == ("self", "x", "y", "seen")  # by now
    shelf = [book() for _ in range(8)]
    shelf[0].page = 3
    assert [each.page for each in shelf] == [3, *[0] * 7]
    for _ in range(8):
        with pytest.raises(ValueError, match="negative"):
            deep(-1)
        with pytest.raises(dataclasses.FrozenInstanceError):
            deep(1).y = 3


def test_equality_hash_and_text(made):
    point, deep, book, thing = made
    assert point(1, 2, ()) == point(1, 2, ())
    assert point(1, 2, ()) != point(1, 3, ())
    assert point(1) != deep(1)
    assert hash(point(1, 2, ())) == hash((1, 2, ()))
    assert book(1) == book(1)
    assert thing("a") != thing("a")
    assert hash(thing("a"))
    with pytest.raises(TypeError):
        hash(book(1))
    assert repr(point(1, seen=())).endswith("Point(x=1, y=7, seen=())")


def test_what_is_frozen_stays(made):
    point, deep, book, _ = made
    for each in (point(1), deep(1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            each.x = 2
        with pytest.raises(dataclasses.FrozenInstanceError):
            del each.x
    with pytest.raises(AttributeError):
        book().other = 1
    mine = book(1)
    mine.page = 2
    assert mine == book(2)


def test_the_check_after_making_runs(made):
    with pytest.raises(ValueError, match="negative"):
        made[1](-1)


def test_patterns(made):
    deep = made[1]
    match deep(1, 2, (), (4,)):
        case deep(x, y, _, z):
            assert (x, y, z) == (1, 2, (4,))
        case _:
            pytest.fail("it does not fit")


def test_what_the_library_does_with_them(made):
    point, deep, _, _ = made
    mine = deep(1, 2, z=(3,))
    assert replace(mine, y=5) == dataclasses.replace(mine, y=5) == deep(1, 5, z=(3,))
    assert dataclasses.asdict(mine) == {"x": 1, "y": 2, "seen": {}, "z": (3,)}
    assert dataclasses.is_dataclass(point)
    defaults = {each.name: each.default for each in dataclasses.fields(deep)}
    missing = dataclasses.MISSING
    assert [*defaults.items()] == [("x", missing), ("y", 8), ("seen", missing), ("z", ())]
    with pytest.raises(TypeError):
        replace(mine, w=1)
