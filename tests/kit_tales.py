"""Transcripts by hand: a tale of one client, told in a line an event."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import Any

import orjson

from mockdde import schemas
from mockdde.frames import TEXT, close_frame, frame
from mockdde.kit.cases import Staged, load_case, stage_case
from mockdde.kit.conduct import conduct
from mockdde.kit.transcript import Transcript

Facts = dict[str, Any]
TOKEN = "eyJhbGciOi.token.of-the-case"  # noqa: S105  (nobody takes it)
ACCEPTED = b'{"message":"Authorisation accepted"}'
REFUSED = b'{"message":"The supplied authentication is invalid","level":"ERROR"}'
HEARTBEAT = b'{"eventElementType":"Heartbeat","timestamp":"2025-02-20T14:47:00.517484Z"}'
BEAT = b'{"type":"Server.Heartbeat"}'
CASE = """
title: by hand
why: by hand
dialect: {dialect}
scenario: hole-correction/finished-hole
requirements: [session/token-first]
"""


@cache
def staged(dialect: str) -> Staged:
    return stage_case(load_case(CASE.format(dialect=dialect), "by-hand.yaml", "by-hand"))


class Tale:
    """What passes between a client and the server; all that is sent is sent whole."""

    def __init__(self, dialect: str = "dde", quirks: Facts | None = None) -> None:
        self.staged = staged(dialect)
        self.quirks = quirks or {}
        self.target = self.staged.targets[0]
        self.path = self.target.path
        self.packets = self.staged.sent[self.path]
        self.transcript = Transcript()
        self.last = len(self.packets)  # the number of the last packet; all have one
        self._connections = self._requests = 0
        self.note(0.0, "client", event="launched", code=None, token=TOKEN)
        for place, each in enumerate(self.packets):
            more = {"seq": each.seq} if dialect == "dde" else {"seq": None, "id": str(place)}
            self.note(0.1, "told", path=self.path, kind=each.kind, **more)

    def note(self, at: float, what: str, **of: Any) -> None:
        self.transcript.note(at, what, **of)

    # ── the client ─────────────────────────────────────────────────────────────────────────────

    def ask(self, at: float, path: str = "", query: str = "", **headers: str) -> int:
        """A request; with a header Upgrade, a handshake."""
        self._requests += 1
        self.note(
            at,
            "request",
            request=self._requests,
            method="GET",
            path=path or self.path,
            query=query,
            headers=headers,
        )
        return self._requests

    def answer(self, at: float, request: int, status: int | None, **headers: str) -> None:
        if status is None:
            self.note(at, "answer", request=request)
            return
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.note(at, "answer", request=request, status=status, headers=headers, size=2)

    def fetch(self, at: float, path: str, status: int | None = 200, **headers: str) -> None:
        """A request with a good token, and its answer a moment later."""
        number = self.ask(at, path, authorization=f"Bearer {TOKEN}")
        self.answer(at + 0.01, number, status, **headers)

    def shake(self, at: float, status: int | None, **headers: str) -> None:
        """A handshake that leads to nothing."""
        self.answer(at + 0.01, self.ask(at, upgrade="websocket"), status, **headers)

    def open(self, at: float, path: str = "", authorization: str = "") -> int:
        """A connection; its number."""
        with_token = {"authorization": authorization} if authorization else {}
        request = self.ask(at, path or self.path, upgrade="websocket", **with_token)
        self.answer(at, request, 101)
        self._connections += 1
        self.note(
            at, "opened", connection=self._connections, request=request, path=path or self.path
        )
        return self._connections

    def say(self, at: float, link: int, message: object, kind: str = "text") -> None:
        text = message if isinstance(message, str) else orjson.dumps(message).decode()
        self.note(at, "heard", connection=link, kind=kind, data=text)

    def join(self, at: float, authorization: str = "") -> int:
        """A connection with a good token, which is accepted, or with Client.Init."""
        link = self.open(at, authorization=authorization)
        if self.staged.case.dialect == "live":
            self.say(at + 0.1, link, {"type": "Client.Init"})
            return link
        self.say(at + 0.1, link, {"authToken": TOKEN})
        self.send(at + 0.1, link, ACCEPTED)
        return link

    def leave(self, at: float, link: int, code: int | None = 1000, how: str = "left") -> None:
        """It closes, or with no code just goes."""
        if code is not None:
            self.note(at, "heard", connection=link, kind="close", data="", code=code)
            self.raw(at, link, close_frame(1000, ""))
        self.note(at + 0.01, "ended", connection=link, by="client", how=how, code=code)

    def exit(self, at: float, asked: bool = False) -> None:
        if asked:
            self.note(at - 0.5, "client", event="asked-to-stop", code=None)
        self.note(at, "client", event="exited", code=0)

    # ── the server ─────────────────────────────────────────────────────────────────────────────

    def raw(self, at: float, link: int, data: bytes) -> None:
        self.note(at, "sent", connection=link, data=b64encode(data).decode())

    def send(self, at: float, link: int, *messages: bytes) -> None:
        self.raw(at, link, b"".join(frame(TEXT, each) for each in messages))

    def deliver(self, at: float, link: int, first: int = 1, last: int = 0) -> None:
        """Packets of the story, by their numbers."""
        last = last or first
        self.send(at, link, *(each.payload for each in self.packets[first - 1 : last]))

    def close(self, at: float, link: int, code: int = 1011, echo: float | None = 0.05) -> None:
        self.raw(at, link, close_frame(code, ""))
        if echo is not None:
            self.note(at + echo, "heard", connection=link, kind="close", data="", code=code)
        self.note(at + 2, "ended", connection=link, by="server", how="it closed", code=code)

    def cut(self, at: float, link: int, how: str = "fin", seen: float = 1.0) -> None:
        more = {"cut": how, "since": at}
        self.note(at + seen, "ended", connection=link, by="server", how=how, code=None, **more)

    def strike(self, at: float, fault: str, link: int | None = None, path: str = "") -> None:
        self.note(at, "fault", fault=fault, rule=1, connection=link, path=path or self.path)

    # ── facts ──────────────────────────────────────────────────────────────────────────────────

    @property
    def facts(self) -> Facts:
        self.transcript.records.sort(key=lambda each: each.at)
        found = conduct(self.transcript, self.staged, self.quirks)
        problems = schemas.explain("kit/conduct", found)
        assert not problems, problems
        return found

    @property
    def stream(self) -> Facts:
        return next(each for each in self.facts["streams"] if each["path"] == self.path)

    def link(self, number: int = 1) -> Facts:
        found: Facts = self.facts["connections"][number - 1]
        return found
