"""The clerk: answers at once a request that it has seen before, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Collection
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, NamedTuple

from aiohttp import HttpVersion11, web

from mockdde.records import dataclass
from mockdde.tap import Tap
from mockdde.wire import Answer

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["Clerk", "Question"]

_KNOWN = 1024  # requests that are remembered
_LONGEST = 4096  # bytes of one
_END = b"\r\n\r\n"
# A request with any of these is more than its head.
_MORE = (b"content-length:", b"transfer-encoding:", b"upgrade:", b"expect:")
# aiohttp ends a connection that it takes for idle (an hour long); it has to be told now and then.
_OLD = 600.0  # seconds


class Question(NamedTuple):
    """A request that was read: the tournaments it is about now, and its answer at a wire time.

    ``admit`` looks whether it may be asked, at any time. RequestError where it may not, or where
    there is no answer. ``stream`` is the path of one of theirs that may sleep, if it is about that.
    """

    about: Callable[[], Collection[int]]
    admit: Callable[[], None]
    answer: Callable[[float], Answer]
    stream: str = ""


@dataclass(slots=True)
class _Known:
    """A request that was answered before, and what it was answered last."""

    question: Question
    path: str
    headers: tuple[tuple[str, str], ...]
    head: bytes = b""
    size: int = -1  # of the body that the head is of; bodies themselves are not kept here
    second: int = 0  # the head is of this one


class Clerk:
    """Clients of documents ask the same again and again, in the same bytes.

    All that a request means was found out when aiohttp read it, and is the same for the same bytes.
    The answer is made anew, by the same question; only it is written without aiohttp. A connection
    is the clerk's while aiohttp has answered all that it was given and each request came alone;
    ``Tap.asked`` has the one that aiohttp has now, nothing (None) where there is none, and an empty
    one for good where the clerk cannot tell.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._known: dict[bytes, _Known] = {}

    def takes(self, tap: Tap, data: bytes) -> bool:
        """Answer what a client has sent; false where aiohttp has to."""
        if tap.asked is not None:
            tap.asked = b""  # it did not wait for its answer, or this is the rest of a request
            return False
        known = self._known.get(data)
        now = self._server.clock.wall()
        tap.given = tap.given or now
        if known is not None and now < tap.given + _OLD and self._answer(tap, known, int(now)):
            return True
        tap.asked, tap.given = data if _is_whole(data) else b"", now
        return False

    def _answer(self, tap: Tap, known: _Known, second: int) -> bool:
        server, transport = self._server, tap.transport
        if server.recorder is not None or server.engine.chaos.rules or transport is None:
            return False
        if transport.get_write_buffer_size():
            return False  # it reads nothing of what it asks for; aiohttp waits until it does
        try:
            now = server.reached(known.question.about(), known.question.stream)
            if now is None:
                return False  # it has to wait
            known.question.admit()
            answer = known.question.answer(now)
        except Exception:  # noqa: BLE001  (a refusal, or a bug of ours: aiohttp's way says which)
            return False
        if answer.status != 200 or answer.headers:
            return False
        if (known.size, known.second) != (len(answer.body), second):
            known.size, known.second = len(answer.body), second
            known.head = _head(known.headers, known.size, second)
        server.engine.journal.note(now, "request", known.path, "200")
        transport.writelines((known.head, answer.body))
        return True

    def told(self, request: web.Request, question: Question | None, told: Told) -> None:
        """A request was answered by aiohttp, and all of the answer is written."""
        if request.transport is None:
            return
        tap = Tap.on(request.transport)
        if not tap.asked:
            return
        data, tap.asked = tap.asked, None
        if (
            question is not None
            and (told.status, request.method) == (200, "GET")
            and request.version == HttpVersion11
            and told.keep_alive
        ):
            if len(self._known) >= _KNOWN:
                del self._known[next(iter(self._known))]
            self._known[data] = _Known(question, request.path, (*told.headers.items(),))


class Told(web.Response):
    """An answer that says when it is written."""

    def __init__(self, then: Callable[[Told], None], **how: Any) -> None:
        super().__init__(**how)
        self._then = then

    async def write_eof(self, data: bytes = b"") -> None:
        """The last of it is written."""
        await super().write_eof(data)
        self._then(self)


def _is_whole(data: bytes) -> bool:
    """Whether this is one request without a body, from its beginning to its end."""
    if len(data) > _LONGEST or not data.startswith(b"GET ") or data.find(_END) != len(data) - 4:
        return False
    lower = data.lower()
    return not any(b"\r\n" + each in lower for each in _MORE)


def _head(headers: tuple[tuple[str, str], ...], size: int, second: int) -> bytes:
    """The head of an answer, as aiohttp has written it for this request before."""
    now = {"Content-Length": str(size), "Date": formatdate(second, usegmt=True)}
    lines = [f"{name}: {now.get(name, value)}" for name, value in headers]
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()
