"""JWTs that tests make themselves: with PyJWT, or byte by byte where PyJWT would not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import rsa

__all__ = [
    "CLAIMS",
    "NOW",
    "assertion",
    "by_hand",
    "key_file",
    "made",
    "mock_key",
    "other_key",
    "public_pem",
    "without",
]

NOW = 1_740_052_800  # of the clock of a house, too
KID = "mockdde-known-to-all"
# As Auth0 has them for a machine.
CLAIMS: dict[str, Any] = {
    "iss": "http://127.0.0.1:8080/",
    "sub": "k3mEr0aZ@clients",
    "aud": "live-data-golf",
    "iat": NOW - 10,
    "exp": NOW + 300,
    "gty": "client-credentials",
    "azp": "k3mEr0aZ",
}


@cache
def mock_key() -> Any:
    """The private key of the mock, from its file."""
    return jwt.PyJWK(json.loads((files("mockdde.tokens") / "key.json").read_bytes())).key


@cache
def other_key() -> Any:
    """A key that the mock does not know."""
    return rsa.generate_private_key(65537, 2048)


def made(key: Any = None, alg: str = "RS256", kid: str | None = KID, **claims: Any) -> str:
    """A token as Auth0 makes it, with other claims; one that is None is left out."""
    told = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    headers = {"kid": kid} if kid is not None else None
    return jwt.encode(told, key or mock_key(), alg, headers)


def without(token: str, name: str) -> str:
    """The same claims but one, signed again."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return made(**{**claims, name: None})


def assertion(key: Any, alg: str = "RS256", **claims: Any) -> str:
    """What a client signs to say who it is, as the vendor's own Java client has it."""
    told = {
        "iss": "machine",
        "sub": "machine",
        "aud": "https://auth.sportradar.com/",
        "iat": NOW,
        "exp": NOW + 60,
        "jti": "one",
    } | claims
    told = {name: value for name, value in told.items() if value is not None}
    return jwt.encode(told, key, alg, {"kid": "of-the-client"})


def public_pem(key: Any) -> bytes:
    """The public part of a private key."""
    found: bytes = key.public_key().public_bytes(
        pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo
    )
    return found


def key_file(folder: Path, key: Any, *, private: bool = False, password: bytes = b"") -> Path:
    """A PEM file of a key."""
    hidden = pem.BestAvailableEncryption(password) if password else pem.NoEncryption()
    data = public_pem(key)
    if private:
        data = key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, hidden)
    path = folder / f"{'private' if private else 'public'}.pem"
    path.write_bytes(data)
    return path


def by_hand(header: object, claims: object, secret: bytes | None = None) -> str:
    """A token of any header and claims, signed by HMAC or not at all."""
    text = b".".join(map(_part, (header, claims)))
    signed = hmac.new(secret, text, hashlib.sha256).digest() if secret is not None else b""
    return (text + b"." + base64.urlsafe_b64encode(signed).rstrip(b"=")).decode()


def _part(value: object) -> bytes:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=")
