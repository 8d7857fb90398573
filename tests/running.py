"""Servers for tests: `mockdde serve` as a user starts it, and one in this process with a clock
that the test moves; a client that shows every frame; what `play` prints."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp

from livetoken import live_token
from mockdde.broadcast import Broadcast, name_of
from mockdde.engine import Engine
from mockdde.listening import listen
from mockdde.quirks import QUIRKS
from mockdde.scenario import load_text, open_scenario, shipped
from mockdde.server import Server
from mockdde.tls import Certificate
from mockdde.tokens import ANYBODY, Clients
from mockdde.world import Tournament, stage, stage_all

__all__ = [
    "ACCEPTED",
    "BINARY",
    "CHAOS",
    "CLOSE",
    "FAULTY",
    "FEW_MATCHES",
    "LATE",
    "LIVE",
    "MATCH_PLAY",
    "ONE_HOLE",
    "PATIENCE",
    "PREFIXES",
    "SOON",
    "TEAM",
    "TEXT",
    "TWO_TEES",
    "WHOLE",
    "Client",
    "House",
    "Running",
    "environment",
    "frames",
    "house",
    "mockdde",
    "packets_of",
    "payloads",
    "played",
    "serve",
    "staged",
    "upgrade",
]

# The shipped scenarios less three that are too long to be played to their end again and again (what
# is said of them is in test_tournament.py and in test_example_urls.py), and less the weather.
LONG = ("world/american-express", "world/match-play", "world/live-open")
CHAOS = [name for name, _ in shipped() if name.startswith("chaos/")]  # test_chaos_scenarios.py
_PLAYED = [name for name, _ in shipped() if name not in (*LONG, *CHAOS)]
MATCH_PLAY = [name for name in _PLAYED if open_scenario(name).tournament.is_match_play]
WHOLE = [name for name in _PLAYED if name not in MATCH_PLAY]  # of stroke play
# Of match play those that are soon over; test_match_truth.py looks at all of them.
FEW_MATCHES = [name for name in MATCH_PLAY if not re.search("whole|decider|64|world/", name)]

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}


@cache
def at_defaults(name: str) -> Tournament:
    """A shipped scenario with every switch at its default, told to its end.

    Telling takes as long as reading, so tests that only read it have one between them.
    """
    (tournament,) = stage_all([name], DEFAULTS)
    tournament.log.whole()
    return tournament


@cache
def as_shipped(name: str) -> Tournament:
    """The same with the switches that it sets itself."""
    scenario = open_scenario(name)
    return stage(scenario) if scenario.quirks else at_defaults(name)


PATIENCE = 20.0  # seconds until something that must happen is said not to have happened

LIVE = "/golf/tournaments/liveevents"
TEAM = "/golf/tournaments/7/round/1/team/{}"  # of the scenarios below
PREFIXES = ("", "/media", "/golf")
ACCEPTED = {"message": "Authorisation accepted"}  # what a good token gets

# One team, one hole: about a quarter of an hour of play.
ONE_HOLE = """
title: One hole
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1, holes: 1}]
"""
# The same, with a connection cut after the fourth packet.
FAULTY = (
    ONE_HOLE + "wire: [{on: round/1/team/1, at: {seq: 4}, close: {code: 4321, reason: oops}}]\n"
)

# Two groups at once on two tees, a third one 11 minutes later: about an hour of play.
TWO_TEES = """
title: Two tees
tournament: {id: 7, name: Two Tees Open}
field: [{teams: 6}]
rounds: [{no: 1, holes: 1-3, tees: [1, 3], groups: 2}]
"""


def environment(**more: str) -> dict[str, str]:
    """Ours, with the module path of a checkout still right in another folder."""
    ours = dict(os.environ)
    if path := ours.get("PYTHONPATH"):
        ours["PYTHONPATH"] = os.pathsep.join(str(Path(each).resolve()) for each in path.split(":"))
    return ours | more


def mockdde(
    *words: str, folder: Path | None = None, **more: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of mockdde to its end in a folder; ``more`` goes into its environment."""
    return subprocess.run(
        [sys.executable, "-m", "mockdde", *words],
        cwd=folder or tempfile.gettempdir(),
        env=environment(**more),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@cache
def played(scenario: str, *words: str) -> dict[str, list[bytes]]:
    """What `mockdde play` prints of a scenario: the bytes of its packets, by stream, in order."""
    done = mockdde("play", scenario, *words)
    assert done.returncode == 0, done.stderr.decode()
    streams: dict[str, list[bytes]] = {}
    for line in done.stdout.splitlines():
        # Not read as JSON and written again: these are the bytes themselves.
        head, packet = line.removesuffix(b"}").split(b',"packet":', 1)
        streams.setdefault(head.split(b'"stream":"')[1][:-1].decode(), []).append(packet)
    return streams


@dataclass
class Running:
    """A server that listens. ``lines`` are the events it has printed, the ready one first."""

    process: subprocess.Popen[str]
    rest: str = ""
    ws: str = ""
    control: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _ended: bool = False

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.rest.rpartition(":")[2])

    def wait_for(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first line that is wanted, as soon as it is there."""

        def found() -> dict[str, Any] | None:
            return next((line for line in self.lines if wanted(line)), None)

        with self._changed:
            self._changed.wait_for(lambda: self._ended or found() is not None, PATIENCE)
            line = found()
        assert line is not None, f"not printed in {PATIENCE:.0f} s: {self.lines[-20:]}"
        return line

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Ask it to stop, and hold it to exit code 0."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        assert self.process.wait(PATIENCE) == 0, f"exit code {self.process.returncode}"

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._changed:
                self.lines.append(json.loads(line))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()


@contextmanager
def serve(*args: str) -> Iterator[Running]:
    """A server on a port of its own; it must have nothing to complain of, and end with 0."""
    words = [sys.executable, "-m", "mockdde", "serve", "--port", "0", "--json", *args]
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            words,
            cwd=tempfile.gettempdir(),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        server = Running(process)
        reader = threading.Thread(target=server._read, daemon=True)
        reader.start()
        try:
            ready = server.wait_for(lambda line: line["event"] == "ready")
            server.rest, server.ws, server.control = (
                ready[key] for key in ("rest", "ws", "control")
            )
            yield server
            server.stop()
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            reader.join(PATIENCE)
            errors.seek(0)
            said = errors.read()
        assert not said, said


# ── in this process ───────────────────────────────────────────────────────────────────────────

TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
ANY = "t"  # a token of the DDE feed; without --token any is good
GOOD = live_token()  # good for REST of both dialects, and for handshakes
_NOON = 1_740_052_800.0  # when the clock of a house starts


def staged(text: str, **quirks: str) -> Tournament:
    """A scenario ready to be played; a name with a hyphen is given as ``**{name: choice}``."""
    return stage(load_text(text, "test.yaml"), quirks)


def packets_of(tournament: Tournament) -> dict[str, list[tuple[float, bytes]]]:
    """Every DDE packet by stream, with the seconds of play after which it is sent."""
    broadcast = Broadcast(tournament)
    for documents in (broadcast.states, broadcast._hear_all):  # which no packet depends on
        documents.clear()
    paths = (path for path in broadcast.streams if name_of(path).dialect == "dde")
    streams: dict[str, list[tuple[float, bytes]]] = {path: [] for path in paths}
    while broadcast.next_due is not None:
        step = broadcast.advance()
        for sent in step.packets:
            seconds = (step.event.due - tournament.begins) / 1000
            streams[sent.stream].append((seconds, sent.payload))
    return streams


def frames(data: bytes) -> list[bytes]:
    """Payloads of the text frames in these bytes (RFC 6455 §5.2)."""
    found, at = [], 0
    while at < len(data):
        assert data[at] == 0x81
        size, at = data[at + 1], at + 2
        if size > 125:
            wide = 2 if size == 126 else 8
            size, at = int.from_bytes(data[at : at + wide]), at + wide
            assert size > (125 if wide == 2 else 65535), "the shortest form is used"
        found.append(data[at : at + size])
        at += size
    assert at == len(data)
    return found


def payloads(path: str, text: str) -> list[bytes]:
    """The packets of a stream, in order."""
    return [payload for _, payload in packets_of(staged(text))[path]]


_STARTS = {path: sent[0][0] for path, sent in packets_of(staged(TWO_TEES)).items()}
SOON = next(path for path, at in _STARTS.items() if at == 0)  # its round starts at once
LATE = next(path for path, at in _STARTS.items() if at > 0)


class HandClock:
    """Wire time that stands still until a test moves it."""

    speed = 1.0

    def __init__(self) -> None:
        self.at = _NOON

    def now(self) -> float:
        """The wire time now."""
        return self.at

    wall = now

    def wire_of(self, wall: float) -> float:
        """The wire time at a real time: both are one here."""
        return wall


def upgrade(path: str, token: str = "") -> bytes:
    """A request to open a WebSocket (RFC 6455 §4.1), with a token where there is one."""
    key = base64.b64encode(bytes(16)).decode()
    header = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
        f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {key}\r\n{header}\r\n"
    ).encode()


class Client:
    """A WebSocket client that hides nothing: every frame as it came, also those in between."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.status = 0

    @classmethod
    async def connect(
        cls, port: int, path: str, trust: ssl.SSLContext | None = None, token: str = ""
    ) -> Client:
        """Connect and shake hands; ``status`` is the answer, 101 when it is a WebSocket.

        The live dialect has its ``token`` here.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=trust)
        client = cls(reader, writer)
        writer.write(upgrade(path, token))
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        client.status = int(head.split()[1])
        return client

    def send(self, opcode: int, payload: bytes) -> None:
        """Send one frame, masked with nothing but zeros."""
        size = len(payload)
        if size < 126:
            head = bytes((0x80 | opcode, 0x80 | size))
        else:
            assert size < 1 << 16
            head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big")
        self.writer.write(head + bytes(4) + payload)

    async def read(self) -> tuple[int, bytes]:
        """The next frame: its opcode and its payload (RFC 6455 §5.2)."""
        async with asyncio.timeout(PATIENCE):
            first, second = await self.reader.readexactly(2)
            assert first & 0xF0 == 0x80, "a frame is whole, and has no reserved bit set"
            assert second < 0x80, "a server masks nothing"
            if second > 125:
                second = int.from_bytes(await self.reader.readexactly(2 if second == 126 else 8))
            return first & 0x0F, await self.reader.readexactly(second)

    async def enter(self, token: str = ANY) -> dict[str, Any]:
        """Send the token; the answer to it."""
        self.send(TEXT, json.dumps({"authToken": token}).encode())
        opcode, payload = await self.read()
        assert opcode == TEXT
        answer: dict[str, Any] = json.loads(payload)
        return answer

    async def so_far(self) -> list[bytes]:
        """All text frames that were sent before the server answers a ping."""
        self.send(PING, b"so far")
        texts = []
        while (frame := await self.read()) != (PONG, b"so far"):
            assert frame[0] == TEXT, frame
            texts.append(frame[1])
        return texts

    async def closed(self) -> tuple[int, str]:
        """The code and reason of the close frame, which must be next; it is answered."""
        opcode, payload = await self.read()
        assert opcode == CLOSE, payload
        self.send(CLOSE, payload[:2])
        assert await asyncio.wait_for(self.reader.read(), PATIENCE) == b""
        return int.from_bytes(payload[:2]), payload[2:].decode()

    async def leave(self) -> None:
        """Go away without a word."""
        self.writer.close()
        with suppress(ConnectionError, ssl.SSLError):
            await self.writer.wait_closed()


@dataclass
class House:
    """A server in this process, whose clock the test moves."""

    engine: Engine
    server: Server
    clock: HandClock
    port: int
    session: aiohttp.ClientSession
    trust: ssl.SSLContext | None = None  # of its clients, where it is served with TLS
    clients: list[Client] = field(default_factory=list)

    @property
    def rest(self) -> str:
        """What REST paths follow."""
        return f"http{'s' if self.trust else ''}://127.0.0.1:{self.port}"

    async def get(self, path: str, token: str = GOOD, **headers: str) -> tuple[int, bytes]:
        """The status and body of a GET; without a token where it is empty."""
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with self.session.get(self.rest + path, headers=headers) as answer:
            return answer.status, await answer.read()

    async def live(self) -> list[int]:
        """The teams that are in liveevents."""
        status, body = await self.get("/golf/tournaments/liveevents")
        assert status == 200
        return [team["teamNo"] for live in json.loads(body) for team in live["group"]["teams"]]

    async def wait(self, seconds: float) -> None:
        """Let wire time pass; a request makes the server look at the clock."""
        self.clock.at += seconds
        await self.get("/golf/tournaments/liveevents")

    async def open(self, path: str, token: str = "") -> Client:
        """A client on this path; it leaves with the house at the latest."""
        client = await Client.connect(self.port, path, self.trust, token)
        self.clients.append(client)
        return client

    def journal(self, event: str) -> list[tuple[str, str]]:
        """Path and detail of the journal's entries of a kind."""
        return [(each.path, each.detail) for each in self.engine.journal if each.event == event]


@asynccontextmanager
async def house(
    *tournaments: Tournament,
    speed: float = 1.0,
    tokens: tuple[str, ...] = (),
    certificate: Certificate | None = None,
    clients: Clients = ANYBODY,
) -> AsyncIterator[House]:
    """Serve tournaments in this process; the quirks are those of the first one."""
    clock = HandClock()
    engine = Engine(
        tournaments,
        quirks=tournaments[0].quirks,
        wire=clock.now(),
        speed=speed,
        tokens=tokens,
    )
    server = Server(engine, clock)  # type: ignore[arg-type]
    server.clients = clients
    (listening,) = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    await server.start([listening], certificate.context if certificate else None)
    trust = ssl.create_default_context(cafile=certificate.ca) if certificate else None
    connector = aiohttp.TCPConnector(ssl=trust or True)
    async with aiohttp.ClientSession(connector=connector) as session:
        home = House(engine, server, clock, port, session, trust)
        try:
            yield home
        finally:
            for client in home.clients:
                await client.leave()
            await server.stop()
