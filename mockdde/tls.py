"""TLS with a throw-away certificate, whose authority only those trust who are handed its file."""

from __future__ import annotations

import os
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mockdde.errors import UsageError
from mockdde.records import dataclass

__all__ = ["Certificate", "throw_away"]

_LOCAL = ("localhost", "127.0.0.1", "::1")
_ALL_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104  (nobody connects to a name like these)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a server needs, and the file that its clients need to trust it."""

    context: ssl.SSLContext
    ca: Path


@contextmanager
def throw_away(host: str) -> Iterator[Certificate]:
    """A certificate for this machine and the host's name; its authority's file is there meanwhile.

    UsageError where the package that makes it is missing, or it cannot be made.
    """
    try:
        import trustme  # noqa: PLC0415  (slow to import, and an extra)
    except ImportError:
        message = "--tls needs the package trustme; install it with: python -m pip install trustme"
        raise UsageError(message) from None
    authority = trustme.CA()
    try:
        certificate = authority.issue_cert(*_names(host))
    except UnicodeError:
        message = f"{host!r} cannot stand in a certificate; choose an address with --host"
        raise UsageError(message) from None
    # HTTP/2 is not served; a client that asks for both is told so within the handshake.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        certificate.configure_cert(context)
        path = _written(authority.cert_pem.bytes())
    except OSError as error:
        message = f"--tls cannot write in {tempfile.gettempdir()}: {error.strerror}"
        raise UsageError(message) from None
    try:
        yield Certificate(context, path)
    finally:
        path.unlink(missing_ok=True)


def _names(host: str) -> list[str]:
    """What the certificate is for; of an address with a zone the address alone."""
    host = host.partition("%")[0]
    return list(dict.fromkeys([*_LOCAL, *([] if host in _ALL_ADDRESSES else [host])]))


def _written(pem: bytes) -> Path:
    """A new temporary file that any client on this machine may read: it holds no secret."""
    number, name = tempfile.mkstemp(prefix="mockdde-ca-", suffix=".pem")
    with os.fdopen(number, "wb") as file:
        file.write(pem)
    path = Path(name)
    path.chmod(0o644)
    return path
