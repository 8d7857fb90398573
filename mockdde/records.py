"""Dataclasses with slots whose methods are compiled when they are called, and not before.

The library compiles six methods of each class as it is imported: that takes longer than all else
that starting does, and most of them are never called, or once. ``dataclass`` and ``replace`` are
spelt as the library's and mean the same, and its functions know these classes, too.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

__all__ = ["dataclass", "field", "frozen", "replace"]

T = TypeVar("T")

_UNKEPT = ("__dict__", "__weakref__")  # of the class without slots
_UNSET = object()  # an argument that is not given, and has no value as its default
_FEW = 3  # records that are made by hand: to compile takes longer than to make ten


def _dataclass(
    *, slots: bool, frozen: bool = False, eq: bool = True
) -> Callable[[type[T]], type[T]]:
    assert slots, "a dataclass without slots is the library's"
    return lambda cls: _made(cls, frozen=frozen, eq=eq)


def _frozen(cls: type[T]) -> type[T]:
    return _made(cls, frozen=False, eq=True, hashes=True)


def _replace(record: T, /, **changes: Any) -> T:
    known: Any = record
    for name in known.__match_args__:
        if name not in changes:
            changes[name] = getattr(record, name)
    return type(record)(**changes)


def _made(cls: type[T], *, frozen: bool, eq: bool, hashes: bool = False) -> type[T]:
    """The class again, with slots and the methods that it does not define itself."""
    own = [name for name, kind in cls.__annotations__.items() if not kind.startswith("ClassVar")]
    above: Mapping[str, Any] = getattr(cls, "_record", {})  # that of the class above
    space = {key: value for key, value in vars(cls).items() if key not in _UNKEPT}
    # By name, whatever has no default is unset.
    fields = {**above, **{name: space.pop(name, _UNSET) for name in own}}
    space |= {
        "__slots__": tuple(name for name in own if name not in above),
        "__qualname__": cls.__qualname__,
        "__match_args__": tuple(fields),
        "__dataclass_fields__": _Fields(),
        "_record": fields,
    }
    if frozen:
        space |= {"__setattr__": _refuse, "__delattr__": _refuse}
    kind: Any = type(cls)
    made = kind(cls.__name__, cls.__bases__, space)
    writers: dict[str, Callable[[Any, bool], str]] = {"__init__": _init, "__repr__": _repr}
    if eq:
        writers["__eq__"] = _eq
        if frozen or hashes:
            writers["__hash__"] = _hash
        else:
            made.__hash__ = None
    for name, write in writers.items():
        if name not in space:
            first = _later(made, name, write, frozen=frozen)
            setattr(made, name, _few(made, first, frozen) if name == "__init__" else first)
    return made  # type: ignore[no-any-return]


def _later(
    cls: Any, name: str, write: Callable[[Any, bool], str], *, frozen: bool
) -> Callable[..., Any]:
    """A method that is compiled when it is first called, and stands for itself from then on."""

    def first(self: Any, *args: Any, **more: Any) -> Any:
        known: dict[str, Any] = {"_unset": _UNSET}
        for each, default in cls._record.items():
            known[f"_set_{each}"] = getattr(cls, each).__set__
            made = isinstance(default, dataclasses.Field)
            known[f"_default_{each}"] = default.default_factory if made else default
        exec(write(cls, frozen), known)  # noqa: S102  (of names that stand in a class of ours)
        setattr(cls, name, known[name])
        return known[name](self, *args, **more)

    return first


def _few(cls: Any, compile_: Callable[..., Any], frozen: bool) -> Callable[..., None]:
    """An ``__init__`` that makes the first few by hand, and is compiled then."""
    put = object.__setattr__ if frozen else setattr
    left = _FEW

    def init(self: Any, *args: Any, **more: Any) -> None:
        nonlocal left
        left -= 1
        values = _values(cls._record, args, more) if left >= 0 else None
        if values is None:  # or the arguments do not fit: the compiled one says why
            compile_(self, *args, **more)
            return
        for name, value in values.items():
            put(self, name, value)
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    return init


def _values(
    fields: Mapping[str, Any], args: tuple[Any, ...], more: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The value of each field; None where these arguments cannot be meant."""
    given = dict(zip(fields, args, strict=False))
    if len(given) < len(args) or not given.keys().isdisjoint(more):
        return None
    given.update(more)
    values: dict[str, Any] = {}
    for name, default in fields.items():
        if name in given:
            values[name] = given.pop(name)
        elif default is _UNSET:
            return None
        else:
            made = isinstance(default, dataclasses.Field)
            values[name] = default.default_factory() if made else default
    return None if given else values


def _init(cls: Any, frozen: bool) -> str:
    arguments, lines = ["self"], []
    for name, default in cls._record.items():
        value = name
        if isinstance(default, dataclasses.Field):
            arguments.append(f"{name}=_unset")
            value = f"_default_{name}() if {name} is _unset else {name}"
        else:
            arguments.append(name if default is _UNSET else f"{name}=_default_{name}")
        # The slot's own way in is the only one into what is frozen, and a quick one.
        lines.append(f" _set_{name}(self, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    return "\n".join([f"def __init__({', '.join(arguments)}):", *(lines or [" pass"])])


def _repr(cls: Any, _: bool) -> str:
    shown = ", ".join(f"{name}={{self.{name}!r}}" for name in cls._record)
    return f"def __repr__(self): return f'{{self.__class__.__qualname__}}({shown})'"


def _tuple(cls: Any, of: str) -> str:
    return f"({''.join(f'{of}.{name}, ' for name in cls._record)})"


def _eq(cls: Any, _: bool) -> str:
    equal = f"{_tuple(cls, 'self')} == {_tuple(cls, 'other')}"
    same = "other.__class__ is self.__class__"
    return f"def __eq__(self, other): return {equal} if {same} else NotImplemented"


def _hash(cls: Any, _: bool) -> str:
    return f"def __hash__(self): return hash({_tuple(cls, 'self')})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


class _Fields:
    """What the library's functions know a dataclass by, made when they ask for it."""

    def __get__(self, _: object, cls: Any) -> Mapping[str, Any]:
        specs = [
            (
                name,
                object,
                default
                if isinstance(default, dataclasses.Field)
                else field()
                if default is _UNSET
                else field(default=default),
            )
            for name, default in cls._record.items()
        ]
        twin: Any = dataclasses.make_dataclass(cls.__name__, specs)
        cls.__dataclass_fields__ = twin.__dataclass_fields__
        return cls.__dataclass_fields__  # type: ignore[no-any-return]


# Whoever checks types knows the library's, and holds what is ``frozen`` to be so.
if TYPE_CHECKING:
    from dataclasses import dataclass, replace

    @dataclass_transform(frozen_default=True)
    def frozen(cls: type[T]) -> type[T]:
        """What never changes once it is made, and is made a million times in a tournament.

        ``dataclass(frozen=True)`` makes sure of it when it runs, too, which takes its time.
        """
        return cls

else:
    dataclass, frozen, replace = _dataclass, _frozen, _replace
