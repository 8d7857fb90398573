"""A client that is a command, and the process that keeps all of its runs (`_keeper.py`)."""

from __future__ import annotations

import asyncio
import atexit
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from mockdde.errors import MockddeError, UsageError
from mockdde.kit.evidence import Ending
from mockdde.runner._clients import STDERR, STDOUT, fill

__all__ = ["GRACE", "ROOM", "Command"]

GRACE = 5.0  # seconds of real time that a client has to end when it is asked to
ROOM = 8 << 20  # bytes of each output that are kept; besides them only its end
_SHELL = "/bin/sh"
_SLOW = 15.0  # seconds beyond the grace within which a keeper has done all it can


class Command:
    """A command line, with placeholders of the launch contract in its words."""

    def __init__(self, line: str, *, shell: bool = False, cwd: Path | None = None) -> None:
        """UsageError where it cannot be run: found before anything else is done.

        ``shell`` has /bin/sh read the line as a whole, with placeholders quoted for it.
        """
        if os.name == "nt":
            raise UsageError("a client can be started on Linux and macOS only, and in a container")
        self._line, self._shell = line, shell
        self._cwd = (cwd or Path.cwd()).absolute()
        if not self._cwd.is_dir():
            raise UsageError(f"--cwd {cwd}: there is no such folder")
        try:
            self._words = [line] if shell else shlex.split(line)
        except ValueError as error:
            message = f"--client {line!r} cannot be split into words: {str(error).lower()}"
            raise UsageError(message) from None
        if not "".join(self._words).strip():
            raise UsageError("--client is empty; it is a command such as 'node app.js'")
        if not shell:
            _check(self._words[0], self._cwd)

    @property
    def command(self) -> list[str]:
        """The words of the command, with their placeholders."""
        return [_SHELL, "-c", self._line] if self._shell else [*self._words]

    async def start(self, environ: Mapping[str, str], folder: Path) -> _Kept:
        """Start it; see `Client`."""
        if self._shell:
            quoted = {name: shlex.quote(value) for name, value in environ.items()}
            argv = [_SHELL, "-c", fill(self._line, quoted)]
        else:
            argv = [fill(each, environ) for each in self._words]
        request = {
            "argv": argv,
            "cwd": str(self._cwd),
            "env": {**os.environ, **environ},
            "stdout": str((folder / STDOUT).absolute()),
            "stderr": str((folder / STDERR).absolute()),
            "room": ROOM,
            "grace": GRACE,
        }
        reader, writer = await asyncio.open_unix_connection(sock=_HOUSE.pair())
        kept = _Kept(reader, writer)
        await kept.start(request)
        return kept


def _check(program: str, cwd: Path) -> None:
    """UsageError where there is no such program, or where it is none."""
    # With a slash in it, it is a path from the folder in which it runs.
    path = str(cwd / program) if "/" in program else program
    if shutil.which(path):
        return
    if "/" not in program:
        here = " (with ./ before it, it is the file in this folder)" * (cwd / program).is_file()
        raise UsageError(f"--client: there is no program {program} on the PATH{here}")
    if not Path(path).exists():
        raise UsageError(f"--client: there is no program {program} in {cwd}")
    if Path(path).is_dir():
        raise UsageError(f"--client: {program} is a folder, no program")
    raise UsageError(f"--client: {program} is not executable (chmod +x)")


class _Kept:
    """A client that was started, by a keeper."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.ended = asyncio.Event()
        self._reader, self._writer = reader, writer
        self._asked = False
        self._told: dict[str, Any] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self, request: dict[str, Any]) -> None:
        """Have the keeper start it. UsageError where it cannot be."""
        try:
            self._writer.write(json.dumps(request).encode() + b"\n")
            told = json.loads(await self._reader.readline() or b"{}")
        except (OSError, ValueError):
            told = {}
        except BaseException:
            self._writer.close()  # so that the keeper kills it
            raise
        if "started" in told:
            self._task = asyncio.create_task(self._listen())
            return
        self._writer.close()
        if "failed" in told:
            raise UsageError(f"--client: {request['argv'][0]} cannot be run: {told['failed']}")
        raise MockddeError("the process that starts clients has died")

    async def _listen(self) -> None:
        try:
            while line := await self._reader.readline():
                self._told |= json.loads(line)
                if "ended" in self._told:
                    self.ended.set()
                if "gone" in self._told:
                    break
        except (OSError, ValueError):
            pass  # as if it had ended there
        finally:
            self.ended.set()
            self._writer.close()

    async def stop(self) -> Ending:
        """How it ended; see `Running`."""
        assert self._task is not None
        if not self.ended.is_set():
            self._asked = True
            with suppress(OSError):
                self._writer.write(b"stop\n")
        try:
            await asyncio.wait_for(asyncio.shield(self._task), GRACE + _SLOW)
        except TimeoutError:
            self._writer.close()
        return self._ending()

    def _ending(self) -> Ending:
        if "ended" not in self._told:
            raise MockddeError("the process that keeps the client was killed, and the client by it")
        code = self._told["ended"]
        how = "exited"
        if self._asked:
            how = "killed" if self._told["killed"] else "stopped"
        return Ending(
            how=how,
            code=code if code >= 0 else None,
            signal=-code if code < 0 else None,
            seconds=self._told["seconds"],
            left_behind=self._told.get("left", 0),
        )


class _House:
    """The process that forks the keepers; it is started when it is first needed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._owner = 0

    def pair(self) -> socket.socket:
        """One end of a pair; the other has a keeper."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            for _ in range(2):  # somebody may have killed it
                if self._control is None or self._owner != os.getpid():
                    self._start()
                assert self._control is not None
                try:
                    socket.send_fds(self._control, [b"."], [theirs.fileno()])
                    break
                except OSError:
                    self._close()
        return ours

    def _start(self) -> None:
        self._owner = os.getpid()
        self._control, theirs = socket.socketpair()
        program = Path(__file__).with_name("_keeper.py")
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", str(program)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # ctrl-C is for the kit
            )

    def _close(self) -> None:
        if self._control is not None:
            self._control.close()
        self._control = None
        if self._process is not None:
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGKILL)
                self._process.wait()
        self._process = None

    def close(self) -> None:
        """At the end of the kit; whoever was not stopped is killed."""
        if self._owner == os.getpid():
            self._close()


_HOUSE = _House()
atexit.register(_HOUSE.close)
