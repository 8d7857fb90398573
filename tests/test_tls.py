"""`serve --tls`: https and wss by a throw-away certificate, and sockets as good as without."""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import re
import signal
import socket
import ssl
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import test_sockets
from mockdde.errors import UsageError
from mockdde.tls import Certificate, throw_away
from running import (
    ACCEPTED,
    LIVE,
    PATIENCE,
    Running,
    environment,
    house,
    mockdde,
    played,
    serve,
    staged,
)

SAMPLE = "world/sample-hole"
STREAM = "/golf/tournaments/99999/round/5/team/12"
BEARER = {"Authorization": "Bearer any"}
PROTOCOL_VERSION = b"\x15\x03\x03\x00\x02\x02\x46"  # a fatal alert (RFC 5246 §7.2)


@pytest.fixture(params=["uvloop", "asyncio"])
def loop_of_servers(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Servers that are started run on this loop."""
    if request.param == "asyncio":
        hide("uvloop", tmp_path, monkeypatch)
    else:
        pytest.importorskip("uvloop")
    return str(request.param)


def hide(package: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs that are started find no such package."""
    (folder / f"{package}.py").write_text("raise ImportError\n", encoding="utf-8")
    found = [str(folder), os.environ.get("PYTHONPATH", "")]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, found)))


def trust(server: Running) -> ssl.SSLContext:
    """What a client needs to believe a server."""
    return ssl.create_default_context(cafile=server.lines[0]["ca"])


@pytest.mark.usefixtures("loop_of_servers")
async def test_all_is_served_with_tls() -> None:
    """Documents, what the server says of itself, and a stream that is cut as without."""
    with serve(SAMPLE, "--tls", "--speed", "3600") as server:
        ca = Path(server.lines[0]["ca"])
        assert server.rest.startswith("https://127.0.0.1:")
        assert server.ws == server.rest.replace("https", "wss")
        assert server.control == f"{server.rest}/_mockdde"
        connector = aiohttp.TCPConnector(ssl=trust(server))
        async with aiohttp.ClientSession(server.rest, connector=connector) as session:
            async with session.get(LIVE, headers=BEARER) as answer:
                assert answer.status == 200
                assert [live["tournamentId"] for live in await answer.json()] == [99999]
            async with session.get("/", headers={"Accept": "application/json"}) as answer:
                facts = await answer.json()
                assert (facts["rest"], facts["ws"]) == (server.rest, server.ws)
            async with session.get("/_mockdde/openapi.json") as answer:
                urls = [each["url"] for each in (await answer.json())["servers"]]
                assert urls == [server.rest, f"{server.rest}/media", f"{server.rest}/golf"]
            async with session.get("/_mockdde/asyncapi.json") as answer:
                servers = (await answer.json())["servers"].values()
                assert {each["protocol"] for each in servers} == {"wss"}
            async with session.ws_connect(STREAM) as client:
                await client.send_json({"authToken": "any"})
                assert await client.receive_json() == ACCEPTED
                packets = played(SAMPLE)[STREAM]
                got: list[bytes] = []
                while len(got) < len(packets):
                    said = (await client.receive(PATIENCE)).data.encode()
                    got += [] if b'"Heartbeat"' in said else [said]
                assert got == packets
                server.process.send_signal(signal.SIGTERM)
                last = await client.receive(PATIENCE)
                assert (last.type, last.data) == (aiohttp.WSMsgType.CLOSE, 1001)
        assert await asyncio.to_thread(server.process.wait, PATIENCE) == 0
        gone = not ca.exists()  # noqa: ASYNC240  (a look at a file)
    assert gone


@pytest.mark.usefixtures("loop_of_servers")
async def test_what_is_no_tls_of_today_is_refused_in_silence() -> None:
    """Plain HTTP, noise, half a greeting, TLS 1.1, who does not trust us; then a good client.

    `serve` holds the server to have printed nothing.
    """
    with serve(SAMPLE, "--tls") as server:
        plain = answer_to(server, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert not plain.startswith(b"HTTP")
        answer_to(server, bytes(100))
        answer_to(server, hello(0x0303)[:20])
        # The loops of Python hang up without the alert that says why.
        assert answer_to(server, hello(0x0302)) in (b"", PROTOCOL_VERSION)
        assert answer_to(server, hello(0x0303))[5] == 2, "TLS 1.2 gets a ServerHello"
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientConnectorCertificateError):
                await session.get(server.rest)
            async with session.get(f"{server.control}/health", ssl=trust(server)) as answer:
                assert (await answer.json())["status"] == "ok"


def answer_to(server: Running, said: bytes) -> bytes:
    """What the server says to these bytes, and to no more, until it is done."""
    with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as client:
        client.sendall(said)
        client.shutdown(socket.SHUT_WR)
        found = b""
        try:
            while data := client.recv(65536):
                found += data
        except ConnectionResetError:
            pass
        return found


def hello(version: int) -> bytes:
    """A ClientHello that offers this version at most (RFC 5246 §7.4.1.2), without TLS 1.3's own."""
    ciphers = struct.pack(">4H", 0xC02B, 0xC02F, 0xC009, 0xC013)
    extensions = b"".join(
        struct.pack(">2H", kind, len(body)) + body
        for kind, body in (
            (10, struct.pack(">2H", 2, 23)),  # the curve secp256r1
            (11, b"\x01\x00"),  # points are not compressed
            (13, struct.pack(">3H", 4, 0x0403, 0x0401)),  # signatures: ECDSA and RSA with SHA-256
        )
    )
    body = struct.pack(">H", version) + bytes(32) + b"\x00"
    body += struct.pack(">H", len(ciphers)) + ciphers + b"\x01\x00"
    body += struct.pack(">H", len(extensions)) + extensions
    message = b"\x01" + len(body).to_bytes(3, "big") + body
    return b"\x16\x03\x01" + struct.pack(">H", len(message)) + message


def test_without_it_nothing_is_said_of_it() -> None:
    """A program that reads the first line is told of no file."""
    with serve(SAMPLE) as server:
        assert server.lines[0].keys() == {"event", "rest", "ws", "control", "live"}


def test_the_lines_for_people_name_the_file() -> None:
    """What they are to type is right."""
    words = [sys.executable, "-m", "mockdde", "serve", SAMPLE, "--port", "0", "--tls"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(5)]
        url, ca = re.findall(r"serves (https://\S+); clients are to trust (\S+)\n", lines[0])[0]
        assert Path(ca).is_file()
        assert lines[2] == (
            f"try  curl --cacert {ca} -H 'Authorization: Bearer any' "
            f"{url}/golf/tournaments/liveevents\n"
        )
        assert lines[3].startswith(f"and  {url.replace('https', 'wss')}{STREAM}, first message ")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0


def test_without_the_package_it_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which says what to install."""
    hide("trustme", tmp_path, monkeypatch)
    done = mockdde("serve", SAMPLE, "--port", "0", "--tls", "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == (
        b"mockdde: --tls needs the package trustme; install it with: "
        b"python -m pip install trustme\n"
    )


# ── the certificate ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certificate() -> Iterator[Certificate]:
    """One for this machine."""
    with throw_away("127.0.0.1") as made:
        yield made


@pytest.mark.parametrize(
    ("host", "names"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1", "::1"]),
        ("0.0.0.0", ["localhost", "127.0.0.1", "::1"]),  # noqa: S104
        ("feeds.example", ["localhost", "127.0.0.1", "::1", "feeds.example"]),
        ("fe80::1%eth0", ["localhost", "127.0.0.1", "::1", "fe80::1"]),
    ],
)
def test_it_is_for_this_machine_and_the_host(host: str, names: list[str]) -> None:
    """A client that trusts the authority's file believes these names, and no other."""
    with throw_away(host) as made:
        for name in names:
            assert handshake(made, name)
        with pytest.raises(ssl.SSLCertVerificationError):
            handshake(made, "other.example")
        ca = made.ca
    assert not ca.exists()


def handshake(made: Certificate, name: str) -> str | None:
    """The version that a client who asks for this name agrees on, without a network."""
    trusting = ssl.create_default_context(cafile=made.ca)
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname=name)
    server = made.context.wrap_bio(to_server, to_client, server_side=True)
    done: set[ssl.SSLObject] = set()
    while len(done) < 2:
        for side in (client, server):
            try:
                side.do_handshake()
                done.add(side)
            except ssl.SSLWantReadError:
                pass
    return client.version()


def test_the_private_key_is_nowhere(certificate: Certificate) -> None:
    """The file is for clients: the authority's certificate and nothing else."""
    text = certificate.ca.read_text()
    assert text.count("BEGIN CERTIFICATE") == 1
    assert "KEY" not in text


def test_a_name_that_no_certificate_can_have() -> None:
    """One sentence with a way out."""
    with pytest.raises(UsageError, match="'my_host' cannot stand in a certificate"):
        throw_away("my_host").__enter__()


def test_a_folder_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One sentence with the folder in it."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match=r"--tls cannot write in .*/nowhere: No such file"):
        throw_away("localhost").__enter__()


# ── the sockets ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "test",
    [
        test_sockets.test_a_close_loses_nothing_of_a_client_that_is_still_talking,
        test_sockets.test_a_close_that_is_not_answered_ends_all_the_same,
        test_sockets.test_a_client_that_never_reads_cannot_keep_the_server_from_stopping,
        test_sockets.test_who_never_reads_delays_nobody_and_is_closed_at_last,
        test_sockets.test_who_reads_slowly_but_reads_is_not_cut_off,
        test_sockets.test_connections_that_are_gone_leave_nothing_in_the_server,
        test_sockets.test_who_goes_while_it_lags_is_forgotten,
    ],
    ids=lambda test: test.__name__.removeprefix("test_"),
)
async def test_sockets_are_as_faithful_with_tls(
    test: Callable[..., Any], certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of sockets holds of those with TLS."""
    monkeypatch.setattr(test_sockets, "house", partial(house, certificate=certificate))
    wanted = inspect.signature(test).parameters
    await test(**({"monkeypatch": monkeypatch} if "monkeypatch" in wanted else {}))


async def test_a_house_with_tls_has_no_plain_client(certificate: Certificate) -> None:
    """Or the tests above would prove nothing."""
    async with house(staged(test_sockets.ONE_HOLE), certificate=certificate) as home:
        status, body = await home.get("/_mockdde/health", token="")
        assert (status, json.loads(body)["status"]) == (200, "ok")
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientError):
                await session.get(f"http://127.0.0.1:{home.port}/_mockdde/health")
