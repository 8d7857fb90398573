"""A program that starts programs, and leaves nothing behind of any of them.

The kit runs this file by itself (``python -I -S``), so it stands on the standard library alone. Its
stdin is a socket over which come sockets, one for each program to start; each gets a keeper, a fork
of this process, which reads from that socket

    JSON, one line: argv, cwd, env, stdout and stderr (paths), room (bytes of each), grace (seconds)
    "stop", one line: end it, with SIGTERM to its process group, and SIGKILL when grace is over

and answers with JSON lines: ``started`` or ``failed``, ``ended`` when the program has, ``gone``
when nothing is left of it. Once the socket is closed at the other end, as it is when the kit dies
in any way, the keeper kills the program and all that descends from it.

On Linux orphans come to the keeper (PR_SET_CHILD_SUBREAPER), whatever they did to get away; should
a keeper be killed, they come to this process. Elsewhere only the process group is known.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
_LINGER = 0.5  # seconds that what a program has started may take to end after it
_PERSISTENCE = 5.0  # seconds of killing what does not die
_CHUNK = 1 << 16
_TAIL = 1 << 16  # bytes of the end of an output that are kept beyond its room


# ── processes ─────────────────────────────────────────────────────────────────────────────────────


def adopt() -> bool:
    """Become the parent of all orphans among the descendants; whether this system can."""
    try:
        import ctypes  # noqa: PLC0415  (not everywhere)

        return bool(ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0)
    except (ImportError, OSError, AttributeError, TypeError):
        return False


def descendants(of: int, but: frozenset[int] = frozenset()) -> dict[int, int]:
    """The living processes below one, each with its process group; none where there is no /proc.

    Those in ``but`` are left out, with all below them.
    """
    children: dict[int, list[tuple[int, int, bool]]] = {}
    with suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208  (a scan that is to be quick)
            if name.isdigit():
                with suppress(OSError, ValueError):
                    text = Path(f"/proc/{name}/stat").read_bytes().rpartition(b")")[2].split()
                    at = (int(name), int(text[2]), text[0] not in (b"Z", b"X"))
                    children.setdefault(int(text[1]), []).append(at)
    found, ahead = {}, [of]
    while ahead:
        for pid, group, alive in children.pop(ahead.pop(), ()):
            if pid not in but:
                ahead.append(pid)
                if alive:
                    found[pid] = group
    return found


def slay(below: dict[int, int]) -> None:
    """Kill processes, by their groups: whoever forks meanwhile is in one, too."""
    own = {0, 1, os.getpgrp()}
    for group in {*below.values()} - own:
        with suppress(OSError):
            os.killpg(group, signal.SIGKILL)
    for pid, group in below.items():
        if group in own:
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def reaped() -> list[tuple[int, int]] | None:
    """Children that have ended, with their status; None where there are no children any more."""
    found: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return found or None
        if not pid:
            return found
        found.append((pid, status))


def wakes() -> int:
    """A file that is readable when a child has ended; other signals do nothing here."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    # Handlers, for programs would inherit that signals are ignored.
    for each in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda *_: None)
    return reading


def _emptied(file: int) -> None:
    with suppress(BlockingIOError):
        while os.read(file, _CHUNK):
            pass


# ── one program ───────────────────────────────────────────────────────────────────────────────────


class Output:
    """What a program prints, in a file: all of it as far as there is room, then its end."""

    def __init__(self, path: str, room: int) -> None:
        """``room`` is in bytes."""
        self.reading, self.writing = os.pipe()
        os.set_blocking(self.reading, False)
        self._file: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        self._room = room
        self._lost, self._tail = 0, b""

    def pump(self) -> bool:
        """Take what there is, a little at a time; False at its end."""
        try:
            data = os.read(self.reading, _CHUNK)
        except BlockingIOError:
            return True
        fits, rest = data[: self._room], data[self._room :]
        self._room -= len(fits)
        self._write(fits)
        self._lost += len(rest)
        self._tail = (self._tail + rest)[-_TAIL:] if len(rest) < _TAIL else rest[-_TAIL:]
        return bool(data)

    def close(self) -> None:
        """Write what is left in the pipe, and the end of what there was no room for."""
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline and select.select([self.reading], [], [], 0)[0]:
            if not self.pump():
                break
        os.close(self.reading)
        left_out = self._lost - len(self._tail)
        if left_out > 0:
            self._write(b"\n... %d bytes left out here by mockdde ...\n" % left_out)
        self._write(self._tail)
        if self._file is not None:
            os.close(self._file)

    def _write(self, data: bytes) -> None:
        try:
            while data and self._file is not None:
                data = data[os.write(self._file, data) :]
        except OSError:  # the disk is full: the program runs on all the same
            self._file = None


class Keeper:
    """One program from its start until nothing is left of it."""

    def __init__(self, asked: socket.socket) -> None:
        """``asked`` is where the one who asked for it listens."""
        self._asked = asked
        self._adopts = adopt()
        self._wake = wakes()
        self._outputs: dict[int, Output] = {}
        self._leader = 0
        self._status: int | None = None
        self._begun = time.monotonic()
        self._stops: float | None = None  # when patience with a program that was asked to stop ends
        self._killed = False
        self._heard = True  # whether anybody is there to be told

    def keep(self) -> None:
        """Start it, wait for its end, and clear up."""
        request = self._request()
        if request is None:
            return
        outputs = [Output(request[name], request["room"]) for name in ("stdout", "stderr")]
        self._outputs = {each.reading: each for each in outputs}
        try:
            # It is held, for where nobody does it waits for the program by itself.
            self._program = subprocess.Popen(  # noqa: S603
                request["argv"],
                cwd=request["cwd"],
                env=request["env"],
                stdin=subprocess.DEVNULL,
                stdout=outputs[0].writing,
                stderr=outputs[1].writing,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            self._tell(failed=getattr(error, "strerror", None) or str(error))
            self._part()
            return
        self._leader = self._program.pid
        for each in outputs:
            os.close(each.writing)
        self._tell(started=self._leader)
        self._attend(request["grace"])
        seconds = time.monotonic() - self._begun
        code = os.waitstatus_to_exitcode(self._status) if self._status is not None else -9
        self._tell(ended=code, seconds=seconds, killed=self._killed)
        left = self._clear()
        for each in outputs:
            each.close()
        self._tell(gone=True, left=left, stuck=self._is_any())
        self._part()

    def _request(self) -> dict[str, Any] | None:
        """None where whoever asked for it is gone already."""
        text = b""
        while not text.endswith(b"\n"):
            data = self._asked.recv(_CHUNK)
            if not data:
                return None
            text += data
        request: dict[str, Any] = json.loads(text)
        return request

    def _tell(self, **what: object) -> None:
        with suppress(OSError):  # nobody listens any more
            self._asked.sendall(json.dumps(what).encode() + b"\n")

    def _part(self) -> None:
        """Wait until the other end is closed: whoever writes to a closed one reads no more."""
        with suppress(OSError):
            self._asked.settimeout(_PERSISTENCE)
            while self._asked.recv(_CHUNK):
                pass

    def _attend(self, grace: float) -> None:
        """Until the program has ended, by itself or by us."""
        while self._status is None:
            wait = None if self._stops is None else self._stops - time.monotonic()
            if not self._heard or (wait is not None and wait <= 0):
                self._kill()
                return
            ready = self._turn(wait)
            if self._asked.fileno() in ready:
                self._obey(grace)

    def _obey(self, grace: float) -> None:
        try:
            said = self._asked.recv(_CHUNK)
        except OSError:
            said = b""
        if not said:
            self._heard = False
        elif self._stops is None:
            self._stops = time.monotonic() + grace
            with suppress(OSError):
                os.killpg(self._leader, signal.SIGTERM)

    def _turn(self, wait: float | None) -> list[int]:
        """Wait for anything, print what is printed, and take those who have ended."""
        watched: list[int] = [self._wake, *self._outputs]
        if self._heard:
            watched.append(self._asked.fileno())
        ready = select.select(watched, [], [], wait)[0]
        if self._wake in ready:
            _emptied(self._wake)
        for each in [each for each in self._outputs if each in ready]:
            if not self._outputs[each].pump():
                del self._outputs[each]
        self._reap()
        return ready

    def _reap(self) -> bool:
        """Whether there are children still."""
        ended = reaped()
        self._status = next((s for pid, s in ended or () if pid == self._leader), self._status)
        return ended is not None

    def _kill(self) -> None:
        """Kill the program and whatever there is of it."""
        self._killed = True
        self._slay()

    def _slay(self) -> None:
        deadline = time.monotonic() + _PERSISTENCE
        while self._is_any() and time.monotonic() < deadline:
            with suppress(OSError):
                os.killpg(self._leader, signal.SIGKILL)
            slay(descendants(os.getpid()))
            self._turn(0.01)

    def _is_any(self) -> bool:
        """Whether anything is left of the program."""
        if self._reap() or self._adopts:
            return self._reap()
        try:
            os.killpg(self._leader, 0)
        except OSError:
            return False
        return True

    def _clear(self) -> int:
        """Wait a little for what the program has started, then kill it; how many that were."""
        deadline = time.monotonic() + _LINGER * (self._heard and not self._killed)
        while self._is_any() and (wait := deadline - time.monotonic()) > 0:
            ready = self._turn(min(wait, _LINGER if self._adopts else 0.02))
            if self._asked.fileno() in ready:
                self._obey(0)
                deadline = deadline if self._heard else 0
        if not self._is_any():
            return 0
        below = descendants(os.getpid()) if self._adopts else {self._leader: self._leader}
        self._slay()
        return len(below)


# ── all of them ───────────────────────────────────────────────────────────────────────────────────


def serve(control: socket.socket) -> None:
    """Fork a keeper for each socket that comes; end when there come no more, and all have."""
    adopt()
    wake = wakes()
    keepers: set[int] = set()
    open_ = True
    while open_ or keepers:
        watched = [wake, control.fileno()] if open_ else [wake]
        ready = select.select(watched, [], [])[0]
        if control.fileno() in ready:
            fds = _received(control)
            open_ = bool(fds)
            for each in fds:
                keepers.add(_fork(each, control))
                os.close(each)
        if wake in ready:
            _emptied(wake)
        while ended := reaped():
            keepers -= {pid for pid, _ in ended}
            slay(descendants(os.getpid(), frozenset(keepers)))  # of keepers that were killed


def _received(control: socket.socket) -> list[int]:
    try:
        return socket.recv_fds(control, 1, 1)[1]
    except OSError:
        return []


def _fork(asked: int, control: socket.socket) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        control.close()
        os.setsid()
        # A keeper may outlive this process, and must not hold the other end of its socket.
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        with socket.socket(fileno=asked) as sock:
            Keeper(sock).keep()
    except BaseException:  # noqa: BLE001  (a fork must not come back into the loop above)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    with socket.socket(fileno=os.dup(sys.stdin.fileno())) as stdin:
        serve(stdin)
