"""What pytest has with mockdde installed: the fixture ``mockdde``, and single cases of the kit.

    def test_my_client(mockdde):
        with mockdde.play("hole-correction/finished-hole") as dde:
            rounds = follow(dde.ws_url, dde.paths[0], dde.token)
            assert rounds == dde.expected()["rounds"]

Sync and async tests both use it, because the server is on a thread of its own. Nothing heavy is
imported until a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockdde.double import Double, Thread

__all__ = ["Mockdde", "mockdde"]

# Imports are where they are used: every run of pytest has this module.
# ruff: noqa: PLC0415


class _Threads:
    """The one thread that all servers of a session are on, once there is one."""

    def __init__(self) -> None:
        self._thread: Thread | None = None

    def get(self) -> Thread:
        """Started with the first server."""
        if self._thread is None:
            from mockdde.double import Thread

            self._thread = Thread()
        return self._thread

    def stop(self) -> None:
        """At the end of the session."""
        if self._thread is not None:
            self._thread.stop()


class Mockdde:
    """What the fixture is: fakes for a test, each on a port of its own."""

    def __init__(self, threads: _Threads) -> None:
        self._threads = threads

    def play(self, *scenarios: str, **how: Any) -> AbstractContextManager[Double]:
        """Serve scenarios as long as the context lasts; see ``mockdde.double.play``."""
        from mockdde.double import play

        return play(*scenarios, thread=self._threads.get(), **how)


@pytest.fixture(scope="session", name="_mockdde_threads")
def _threads() -> Iterator[_Threads]:
    threads = _Threads()
    yield threads
    threads.stop()


@pytest.fixture
def mockdde(_mockdde_threads: _Threads) -> Mockdde:
    """The fake of the feed: ``with mockdde.play("penalty/free-drop") as dde: …``."""
    return Mockdde(_mockdde_threads)
