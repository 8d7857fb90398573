"""JSON Web Tokens (RFC 7519): the mock's own key, signing with it, and what others have signed.

PyJWT makes and checks signatures, and is imported for nothing else: it takes longer to import than
a server to start. What a token says is read here, and compared with times that are arguments.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import orjson

from mockdde.errors import TokenError
from mockdde.moments import iso_millis
from mockdde.records import dataclass

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

__all__ = [
    "LATEST",
    "Jwt",
    "jwk",
    "jwks",
    "opened",
    "public_key",
    "shown",
    "sign",
    "text_of",
]

LATEST: Final = 253_402_300_799  # seconds since 1970: the last that a year of four digits has
_FORM = r"([\w-]+)\.([\w-]+)\.([\w-]*)"
_PUBLIC = ("alg", "kty", "use", "n", "e", "kid")
_SHOWN = 60  # characters of what a token says


@dataclass(frozen=True, slots=True)
class Jwt:
    """What a token says of itself; ``what`` it is, as the subject of a sentence."""

    text: str
    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    what: str

    def check_algorithm(self, good: Collection[str]) -> None:
        """TokenError where it is signed in another way: no client chooses how it is checked."""
        found = self.header.get("alg")
        if found not in good:
            says = f"has the alg {shown(found)}" if found is not None else "has no alg"
            raise TokenError(f"{self.what} {says} in its header; it must be {' or '.join(good)}")

    def check_signature(self, key: RSAPublicKey, whose: str) -> None:
        """TokenError where it is not signed with this key; its algorithm is a good one."""
        import jwt  # noqa: PLC0415  (see above)

        try:
            jwt.PyJWS().decode(self.text, key, [str(self.header["alg"])])
        except jwt.InvalidSignatureError:
            raise TokenError(f"the signature of {self.what} was not made with {whose}") from None
        except (jwt.PyJWTError, RecursionError):  # such as a header that is critical and unknown
            raise TokenError(f"{self.what} has a header that cannot be followed") from None

    def check_times(self, now: float) -> float:
        """When it expires. TokenError where it has, or is not good yet (RFC 7519 §4.1)."""
        expires = self.time("exp")
        if expires is None:
            raise TokenError(f"{self.what} has no claim exp: it must say when it expires")
        if expires <= now:
            raise TokenError(f"{self.what} expired at {text_of(expires)}; it is {text_of(now)} now")
        begins = self.time("nbf")
        if begins is not None and begins > now:
            raise TokenError(
                f"{self.what} is not good before {text_of(begins)}; it is {text_of(now)} now"
            )
        return expires

    def time(self, name: str) -> float | None:
        """A claim that must be a time, None where it is not there. TokenError where it is none."""
        value = self.claims.get(name)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= LATEST
        ):
            says = f"the claim {name} of {self.what} is {shown(value)}"
            raise TokenError(f"{says}; it must be a number of seconds since 1970")
        return float(value)

    def word(self, name: str) -> str:
        """A claim that must be a text. TokenError where it is none."""
        value = self.claims.get(name)
        if value is None:
            raise TokenError(f"{self.what} has no claim {name}")
        if not isinstance(value, str) or not value:
            raise TokenError(
                f"the claim {name} of {self.what} is {shown(value)}; it must be a text"
            )
        return value

    def audiences(self) -> list[str]:
        """Whom it is for: one text, or several. TokenError where it does not say."""
        value = self.claims.get("aud")
        if not isinstance(value, list):
            return [self.word("aud")]
        if not value or not all(isinstance(each, str) for each in value):
            raise TokenError(f"the claim aud of {self.what} is {shown(value)}; it must be texts")
        return value


def opened(text: str, what: str) -> Jwt:
    """What a token says, whoever has signed it. TokenError where it is none."""
    found = re.fullmatch(_FORM, text, re.ASCII)
    if found is None:
        raise TokenError(f"{what} is no JWT: that is three words with a dot between them")
    header, claims = _object(found[1]), _object(found[2])
    if header is None or claims is None:
        which = "claims" if header is not None else "header"
        raise TokenError(f"{what} is no JWT: its {which} cannot be read as a JSON object")
    return Jwt(text, header, claims, what)


def _object(part: str) -> dict[str, Any] | None:
    try:
        found = orjson.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (binascii.Error, orjson.JSONDecodeError):
        return None
    return found if isinstance(found, dict) else None


def shown(value: object) -> str:
    """A value of a token as a sentence has it."""
    text = repr(value)
    if len(text) <= _SHOWN:
        return text
    return f"{text[:_SHOWN]}…{text[0] if isinstance(value, str) else ''}"


def text_of(seconds: float) -> str:
    """A time as a sentence has it."""
    stamp = iso_millis(int(min(seconds, LATEST) * 1000))
    return stamp.replace(".000Z", "Z")


# ── the key ───────────────────────────────────────────────────────────────────────────────────


@cache
def jwk() -> Mapping[str, str]:
    """The mock's key, its private part too; it is in every copy of mockdde, and no secret."""
    from importlib.resources import files  # noqa: PLC0415  (only who signs or reads waits for it)

    found: dict[str, str] = orjson.loads((files("mockdde.tokens") / "key.json").read_bytes())
    return found


def jwks() -> dict[str, list[dict[str, str]]]:
    """What verifies the mock's tokens, as a JSON Web Key Set (RFC 7517 §5)."""
    return {"keys": [{name: jwk()[name] for name in _PUBLIC}]}


@cache
def public_key() -> RSAPublicKey:
    """What verifies the mock's tokens."""
    import jwt  # noqa: PLC0415

    key: RSAPublicKey = jwt.PyJWK(jwks()["keys"][0]).key
    return key


@cache
def _private_key() -> RSAPrivateKey:
    import jwt  # noqa: PLC0415

    key: RSAPrivateKey = jwt.PyJWK(dict(jwk())).key
    return key


def sign(claims: Mapping[str, object]) -> str:
    """A token with these claims, signed with the mock's key: the same claims, the same bytes."""
    import jwt  # noqa: PLC0415

    headers = {"kid": jwk()["kid"]}
    return jwt.PyJWS().encode(
        orjson.dumps(claims), _private_key(), jwk()["alg"], headers, sort_headers=False
    )
