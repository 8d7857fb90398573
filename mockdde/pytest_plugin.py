"""What pytest has with mockdde installed: the fixture ``mockdde``, and single cases of the kit.

    def test_my_client(mockdde):
        with mockdde.play("hole-correction/finished-hole") as dde:
            rounds = follow(dde.ws_url, dde.paths[0], dde.token)
            assert rounds == dde.expected()["rounds"]

Sync and async tests both use it, because the server is on a thread of its own. A case of the
conformance kit is a test, too:

    @pytest.mark.mockdde_case("dde/delivery/close-1*", wire_speed=20)
    def test_my_client_comes_back(mockdde_case):
        mockdde_case.run(main)  # async def main(environ) -> int, or a command

Nothing heavy is imported until a test asks for it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockdde.double import Double, Thread

__all__ = ["Mockdde", "MockddeCase", "mockdde", "mockdde_case"]

_MARK = (
    "mockdde_case(*patterns, wire_speed=1, lane=None, seed=None): run the test once for each case "
    "of the conformance kit that fits, with the fixture mockdde_case"
)

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


# ── cases of the conformance kit ──────────────────────────────────────────────────────────────


class MockddeCase:
    """One case; ``run`` plays it to a client and fails the test where the client does."""

    def __init__(self, case: str, wire_speed: float, lane: str | None, seed: int | None) -> None:
        self.case, self.wire_speed, self.lane, self.seed = case, wire_speed, lane, seed

    def run(self, client: str | Callable[[Mapping[str, str]], Any]) -> None:
        """Play it. ``client`` is ``main(environ) -> int``, sync or async, or a command.

        AssertionError with all that is wrong; a SHOULD that is broken is a warning. Where the
        client tells no state, only ``lane="wire"`` proves anything.
        """
        from mockdde.double import Thread
        from mockdde.runner._single import client_of, plan_of, run_single, sentences

        plan = plan_of(self.wire_speed, self.lane, self.seed)
        thread = Thread()  # for as long as it takes: the run has its own bounds
        try:
            result = thread.do(run_single(self.case, client_of(client), plan), None)
        finally:
            thread.stop()
        level, wrong, warned = sentences(result)
        for each in warned:
            warnings.warn(f"{self.case}: {each}", stacklevel=2)
        if level == "SKIP":
            pytest.skip(result.problem or "the client does not support this case (exit code 89)")
        if wrong:
            again = f"mockdde conform --case {self.case} --client …"
            pytest.fail("\n".join([f"{self.case}: {level}", *wrong, again]), pytrace=False)


@pytest.fixture
def mockdde_case(request: pytest.FixtureRequest) -> MockddeCase:
    """A case of the conformance kit; which one, the mark ``mockdde_case`` says."""
    mark = request.node.get_closest_marker("mockdde_case")
    if mark is None or not hasattr(request, "param"):
        message = "say which case it is to be: @pytest.mark.mockdde_case('dde/delivery/close-1000')"
        raise pytest.UsageError(message)
    how = {"wire_speed": 1.0, "lane": None, "seed": None} | mark.kwargs
    return MockddeCase(request.param, **how)


def pytest_configure(config: pytest.Config) -> None:
    """The mark is known."""
    config.addinivalue_line("markers", _MARK)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each case that fits its mark."""
    mark = metafunc.definition.get_closest_marker("mockdde_case")
    if mark is None or "mockdde_case" not in metafunc.fixturenames:
        return
    from mockdde.errors import MockddeError
    from mockdde.kit.choice import case_ids, fitting

    try:
        cases = fitting(mark.args, case_ids(), "case")
    except MockddeError as error:
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: {error}") from None
    metafunc.parametrize("mockdde_case", cases, indirect=True)
