"""Whether a token is good, and what a client may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from mockdde.errors import RequestError, TokenError
from mockdde.quirks import Quirks
from mockdde.records import dataclass
from mockdde.tokens._claims import AUDIENCE, ISSUER, TOURNAMENTS
from mockdde.tokens._jwt import Jwt, jwk, opened, public_key, shown

__all__ = ["Pass", "Tokens", "plain"]

# What any mock on this machine issues is good at any other.
_HERE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?/"
_ISSUERS = 1000  # names of this server's issuer that are remembered; a client makes them up
_THIS: Final = "this token"
_HOW: Final = "`mockdde token` prints one"
_FEW: Final = 5  # tournaments in a sentence


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token allows; ``expires`` in seconds since 1970, None where it never does."""

    client: str = ""
    expires: float | None = None
    tournaments: frozenset[int] | None = None  # None: all


class Tokens:
    """The tokens that are good here."""

    def __init__(self, named: Iterable[str], quirks: Quirks) -> None:
        """``named`` are good as they are; without any, of the DDE feed any but an empty one is."""
        self._named = frozenset(named)
        self._quirks = quirks
        self._issuers = {ISSUER}

    def trust(self, issuer: str) -> None:
        """This server has issued a token under this URL: what it issues there is good here."""
        if len(self._issuers) < _ISSUERS:
            self._issuers.add(issuer)

    def is_good(self, token: str) -> bool:
        """Whether a token is good for the DDE feed."""
        return token in self._named if self._named else bool(token.strip())

    def read(self, header: str, tournament: int | None, now: float) -> Pass:
        """What the Authorization header of a request for the live dialect allows.

        RequestError (401) where it is none or not good, and (403) not for this tournament.
        """
        token = self._bearer(header)
        if token in self._named or self._quirks["live-token"] == "any":
            return Pass()
        try:
            allowed = self._checked(_signed(token), now)
        except TokenError as error:
            sentence = f"{error}; {_HOW}"
            raise self._refusal("live-refused-status", "invalid_token", sentence) from None
        only = allowed.tournaments
        if only is not None and tournament is not None and tournament not in only:
            some = ", ".join(map(str, sorted(only)[:_FEW])) + (" …" if len(only) > _FEW else "")
            sentence = f"{_THIS} is not for tournament {tournament}; it is for {some or 'none'}"
            raise self._refusal("live-unentitled-status", "insufficient_scope", sentence)
        return allowed

    def _bearer(self, header: str) -> str:
        scheme, _, token = header.strip().partition(" ")
        is_bearer = scheme.lower() == "bearer"
        if is_bearer and token.strip():
            return token.strip()
        # Another first word may be the token itself, which nobody is to read in a journal.
        says = "has no token" if is_bearer else "does not begin with Bearer"
        found = f"the Authorization header {says}" if scheme else "there is no Authorization header"
        sentence = f"{found}; send Authorization: Bearer {{token}}; {_HOW}"
        raise self._refusal("live-missing-status", "", sentence)

    def _refusal(self, quirk: str, error: str, sentence: str) -> RequestError:
        """RFC 6750 §3: who has sent no token is told of no error in it."""
        told = f' error="{error}", error_description="{plain(sentence)}"' if error else ""
        headers = {"WWW-Authenticate": f"Bearer{told}"}
        return RequestError(int(self._quirks[quirk]), sentence, headers)

    def _checked(self, token: Jwt, now: float) -> Pass:
        """What a JWT allows. TokenError where it is not good."""
        client = token.word("sub").removesuffix("@clients")
        expires = token.check_times(now)
        if token.time("iat") is None:
            raise TokenError(f"{_THIS} has no claim iat: it must say when it was issued")
        names = token.audiences()
        if AUDIENCE not in names:
            says = f"is for the audience {shown(', '.join(names))}"
            raise TokenError(f"{_THIS} {says}; it must be for {AUDIENCE!r}")
        issuer = token.word("iss")
        if issuer not in self._issuers and not re.fullmatch(_HERE, issuer, re.ASCII):
            says = f"was issued by {shown(issuer)}"
            raise TokenError(f"{_THIS} {says}, which is no issuer of a mock on this machine")
        return Pass(client, expires, _tournaments(token.claims))


@lru_cache(maxsize=256)
def _signed(text: str) -> Jwt:
    """A JWT of the mock's own. TokenError where it is none.

    To check a signature takes as long as to answer a request; a client has one token for many.
    """
    token = opened(text, _THIS)
    token.check_algorithm((jwk()["alg"],))
    kid, ours = token.header.get("kid"), jwk()["kid"]
    if kid != ours:
        says = "has no kid" if kid is None else f"has the kid {shown(kid)}"
        raise TokenError(f"{_THIS} {says} in its header; the key of this issuer has {ours!r}")
    token.check_signature(public_key(), "the key of the mock's issuer")
    return token


def _tournaments(claims: Mapping[str, object]) -> frozenset[int] | None:
    """The tournaments that a token is for alone. TokenError where nobody could say."""
    told = claims.get(TOURNAMENTS)
    if told is None:
        return None
    if not isinstance(told, list) or not all(type(each) is int for each in told):
        says = f"the claim {TOURNAMENTS} of {_THIS} is {shown(told)}"
        raise TokenError(f"{says}; it must be a list of numbers, such as [1971]")
    return frozenset(told)


def plain(sentence: str) -> str:
    """A sentence as an ``error_description`` may have it (RFC 6749 §5.2, RFC 6750 §3)."""
    told = sentence.replace('"', "'").replace("\\", "/").replace("…", "...")
    return "".join(each if " " <= each <= "~" else "?" for each in told)
