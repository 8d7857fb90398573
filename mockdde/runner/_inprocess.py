"""A client under test that is a coroutine of this process, on a thread and a loop of its own."""

from __future__ import annotations

import asyncio
import threading
import time
import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from mockdde.kit.evidence import Ending
from mockdde.runner._clients import STDERR, Running

__all__ = ["InProcess", "Main"]

Main: TypeAlias = Callable[[Mapping[str, str]], Awaitable[int]]

_GRACE = 2.0  # seconds until one that was asked to stop is left alone


class InProcess:
    """``main`` gets the launch contract as its argument, and gives an exit code.

    It has a thread, so that one that never awaits holds up nobody else. Asked to stop, it is
    cancelled; one that does not heed that is left to itself, for a thread cannot be killed.
    """

    def __init__(self, main: Main, name: str = "", grace: float = _GRACE) -> None:
        self._main, self._grace = main, grace
        self._name = name or f"{main.__module__}:{getattr(main, '__qualname__', 'main')}"

    @property
    def command(self) -> list[str]:
        """That it is of this process, and which it is."""
        return ["in-process", self._name]

    async def start(self, environ: Mapping[str, str], folder: Path) -> Running:
        """Begin its thread; a traceback of its goes to ``STDERR`` in ``folder``."""
        running = _Threaded(self._main, dict(environ), folder, self._grace)
        running.thread.start()
        return running


class _Threaded:
    def __init__(self, main: Main, environ: Mapping[str, str], folder: Path, grace: float) -> None:
        self.ended = asyncio.Event()
        self.thread = threading.Thread(target=self._work, name="client under test", daemon=True)
        self._main, self._environ, self._folder, self._grace = main, environ, folder, grace
        self._kit = asyncio.get_running_loop()
        self._own: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[int] | None = None
        self._begin = time.monotonic()
        self._asked = False
        self._ending: Ending | None = None

    async def stop(self) -> Ending:
        """Cancel it; or leave it to itself."""
        if self._ending is None and not self._asked:
            self._asked = True
            if self._own is not None and self._task is not None:
                with suppress(RuntimeError):  # its loop is closed by now
                    self._own.call_soon_threadsafe(self._task.cancel)
        if self._ending is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._grace):
                    await self.ended.wait()
        if self._ending is None:
            self._ending = Ending("killed", None, None, self._seconds, left_behind=1)
            self.ended.set()
        return self._ending

    @property
    def _seconds(self) -> float:
        return round(time.monotonic() - self._begin, 6)

    def _work(self) -> None:
        """The thread."""
        code: int | None = None
        try:
            code = asyncio.run(self._run())
        except asyncio.CancelledError:
            pass
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
        except BaseException:  # noqa: BLE001  (whatever a client does, it has ended)
            code = 1
            with suppress(OSError):
                (self._folder / STDERR).write_text(traceback.format_exc(), encoding="utf-8")
        with suppress(RuntimeError):  # nobody waits any more
            self._kit.call_soon_threadsafe(self._done, code)

    async def _run(self) -> int:
        self._own, self._task = asyncio.get_running_loop(), asyncio.current_task()
        return int(await self._main(self._environ))

    def _done(self, code: int | None) -> None:
        if self._ending is None:
            how = "stopped" if self._asked else "exited"
            self._ending = Ending(how, code, None, self._seconds)
            self.ended.set()
