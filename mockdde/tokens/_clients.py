"""The clients that the issuer knows: by a secret, or by the key with which they sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mockdde.errors import UsageError
from mockdde.records import dataclass, field

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

__all__ = ["ANYBODY", "Clients", "parse_clients"]

_LEAST_BITS = 2048  # RFC 7518 §3.3


@dataclass(frozen=True, slots=True)
class Clients:
    """Secrets and keys by client id; where no secret is named, any but an empty one is good."""

    secrets: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, RSAPublicKey] = field(default_factory=dict)

    def knows(self, client: str, secret: str) -> bool:
        """Whether this is the client's secret."""
        return self.secrets.get(client) == secret if self.secrets else bool(client and secret)


ANYBODY: Final = Clients()


def parse_clients(secrets: Iterable[str], keys: Iterable[str]) -> Clients:
    """Clients from ``ID:SECRET`` and ``ID=FILE.pem``. UsageError where one is none."""
    known: dict[str, str] = {}
    for text in secrets:
        client, _, secret = text.partition(":")
        if not client.strip() or not secret:
            raise UsageError("--client: write ID:SECRET, such as me:open-sesame")
        _once("--client", client, known)
        known[client] = secret
    found: dict[str, RSAPublicKey] = {}
    for text in keys:
        client, _, file = text.partition("=")
        if not client.strip() or not file:
            raise UsageError(f"--client-key {text}: write ID=FILE.pem, such as me=public.pem")
        _once("--client-key", client, found)
        found[client] = _key(f"--client-key {text}", Path(file))
    return Clients(known, found)


def _once(option: str, client: str, known: Mapping[str, object]) -> None:
    if client in known:
        raise UsageError(f"{option}: the client {client!r} is named twice; name it once")


def _key(option: str, file: Path) -> RSAPublicKey:
    """The public key in a file, or that of the private key in it."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415  (slow to import)
    from cryptography.hazmat.primitives import serialization as pem  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415

    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{option}: the file cannot be read: {error.strerror}") from None
    try:
        if b"PRIVATE KEY-----" in data:
            key: object = pem.load_pem_private_key(data, None).public_key()
        else:
            key = pem.load_pem_public_key(data)
    except TypeError:
        message = "the private key needs a password; give the public key, which is all that is used"
        raise UsageError(f"{option}: {message}") from None
    except (ValueError, UnsupportedAlgorithm):
        message = "the file has no PEM of a key; `openssl rsa -pubout` makes one of a private key"
        raise UsageError(f"{option}: {message}") from None
    if not isinstance(key, rsa.RSAPublicKey):
        raise UsageError(f"{option}: the key is not of RSA; only RS256, RS384 and PS256 are known")
    if key.key_size < _LEAST_BITS:
        message = f"the key has {key.key_size} bits; it must have {_LEAST_BITS} or more"
        raise UsageError(f"{option}: {message}")
    return key
