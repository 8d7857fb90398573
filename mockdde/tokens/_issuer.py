"""The issuer of tokens: OAuth 2.0 client credentials by secret or by private-key JWT."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_plus

from mockdde.errors import RequestError, TokenError
from mockdde.quirks import Quirks
from mockdde.records import dataclass
from mockdde.tokens._claims import AUDIENCE, ISSUER, claims_of
from mockdde.tokens._clients import Clients
from mockdde.tokens._jwt import Jwt, opened, shown, sign, text_of

__all__ = ["ALGORITHMS", "BEARER", "GrantError", "Granted", "Issuer"]

# The real ones: a client's configuration can stay as it is.
_REAL: Final = ("https://auth.sportradar.com/", "https://stg-auth.sportradar.com/")
ALGORITHMS: Final = ("RS256", "RS384", "PS256")  # of assertions
BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
# Seconds ahead: the known client says 60, and no page says how many are too many.
_FURTHEST: Final = 300
_WAYS: Final = "client_id and client_secret, or client_assertion and client_assertion_type"


class GrantError(RequestError):
    """A request for a token is refused; ``code`` is its word for it (RFC 6749 §5.2)."""

    def __init__(self, status: int, code: str, message: str) -> None:
        # HTTP wants to hear how to do better with every 401; there is a scheme only for a secret.
        headers = {"WWW-Authenticate": 'Basic realm="mockdde"'} if status == 401 else None
        super().__init__(status, message, headers)
        self.code = code


@dataclass(frozen=True, slots=True)
class Granted:
    """A token that was given: to whom, how it was known, and for how many seconds."""

    token: str
    client: str
    by: str
    seconds: int

    def as_json(self) -> dict[str, object]:
        """The answer, in the order in which the real issuer has it."""
        return {
            "access_token": self.token,
            "expires_in": self.seconds,
            "token_type": "Bearer",
        }


class Issuer:
    """Gives tokens; it remembers which assertions were used, and counts what it gives."""

    def __init__(self, clients: Clients, quirks: Quirks) -> None:
        self._clients, self._quirks = clients, quirks
        self._used: dict[tuple[str, str], float] = {}  # client and jti: when it expires
        self._given = 0

    def grant(self, asked: Mapping[str, str], header: str, url: str, now: float) -> Granted:
        """What a request gets that was made at this ``url``; ``header`` is its Authorization.

        GrantError where it gets none.
        """
        asked = {name: value for name, value in asked.items() if value}  # RFC 6749 §3.2
        kind = asked.get("grant_type")
        if kind is None:
            message = "there is no grant_type; send grant_type=client_credentials"
            raise GrantError(400, "invalid_request", message)
        if kind != "client_credentials":
            message = f"the grant_type is {shown(kind)}; only client_credentials is served"
            raise GrantError(400, "unsupported_grant_type", message)
        client, by = self._known(asked, header, url, now)
        audience = asked.get("audience", "")
        if not audience and self._quirks["live-token-audience"] == "required":
            message = f"there is no audience; send the one that you were given, or {AUDIENCE}"
            raise GrantError(403, "access_denied", message)
        # Each customer is given an audience; whichever it is, its token is good here.
        audiences = dict.fromkeys((audience or AUDIENCE, AUDIENCE))
        self._given += 1
        seconds, issued = int(self._quirks["live-token-lifetime"]), int(now)
        claims = claims_of(
            client,
            (issued, issued + seconds),
            issuer=url,
            audiences=audiences,
            number=self._given,
        )
        return Granted(sign(claims), client, by, seconds)

    def _known(
        self, asked: Mapping[str, str], header: str, url: str, now: float
    ) -> tuple[str, str]:
        """Which client it is, and how that is known."""
        asserts = {"client_assertion", "client_assertion_type"} & asked.keys()
        ways = [bool(header), "client_secret" in asked, bool(asserts)]
        if sum(ways) > 1:
            message = "a client says in one way who it is, and this one in several"
            raise GrantError(400, "invalid_request", f"{message}; send {_WAYS}")
        if asserts:
            return self._asserted(asked, url, now), "its assertion"
        client, secret = asked.get("client_id", ""), asked.get("client_secret", "")
        if header:
            client, secret = _basic(header, client)
        if not client or not secret:
            raise GrantError(
                401, "invalid_client", f"this does not say which client asks; send {_WAYS}"
            )
        if not self._clients.knows(client, secret):
            message = "the client is not known, or its secret is another"
            hint = "name it with mockdde serve --client ID:SECRET"
            raise GrantError(401, "invalid_client", f"{message}; {hint}")
        return client, "its secret"

    def _asserted(self, asked: Mapping[str, str], url: str, now: float) -> str:
        """The client that an assertion is of (RFC 7523 §3)."""
        kind = asked.get("client_assertion_type")
        if kind != BEARER:
            says = f"is {shown(kind)}" if kind else "is missing"
            message = f"the client_assertion_type {says}; it must be {BEARER}"
            raise GrantError(400, "invalid_request", message)
        if "client_assertion" not in asked:
            message = "there is no client_assertion; send a JWT that the client has signed"
            raise GrantError(400, "invalid_request", message)
        try:
            return self._verified(asked, url, now)
        except TokenError as error:
            raise GrantError(401, "invalid_client", str(error)) from None

    def _verified(self, asked: Mapping[str, str], url: str, now: float) -> str:
        """The same. TokenError where the assertion is not good."""
        token = opened(asked["client_assertion"], "the client_assertion")
        token.check_algorithm(ALGORITHMS)
        client = token.word("sub")
        if token.word("iss") != client:
            says = f"its iss is {shown(token.claims['iss'])}, its sub is {shown(client)}"
            raise TokenError(f"{token.what} is not of one client: {says}; both are the client's id")
        if asked.get("client_id", client) != client:
            message = f"the client_id is {shown(asked['client_id'])}"
            raise TokenError(f"{message}, and {token.what} is of {shown(client)}; they must agree")
        key = self._clients.keys.get(client)
        if key is None:
            message = f"no key of the client {shown(client)} is known here"
            raise TokenError(f"{message}; give it with mockdde serve --client-key ID=FILE.pem")
        token.check_signature(key, "the private key of this client")
        _check_audience(token, url)
        expires = token.check_times(now)
        if expires > now + _FURTHEST:
            says = f"{token.what} expires at {text_of(expires)}"
            raise TokenError(f"{says}; that may be {_FURTHEST} s ahead at most")
        self._use(token, client, expires, now)
        return client

    def _use(self, token: Jwt, client: str, expires: float, now: float) -> None:
        """TokenError where it was used before."""
        name = (client, token.word("jti"))
        self._used = {each: until for each, until in self._used.items() if until > now}
        if name in self._used:
            raise TokenError(f"{token.what} was used before; make one with another jti each time")
        self._used[name] = expires


def _check_audience(token: Jwt, url: str) -> None:
    """TokenError where an assertion is for another issuer than this."""
    good = {each.rstrip("/") for each in (url, ISSUER, *_REAL)}
    names = token.audiences()
    # With or without its slash; with two it is another.
    if not good & {each.removesuffix("/") for each in names}:
        says = f"{token.what} is for the audience {shown(', '.join(names))}"
        raise TokenError(f"{says}; it must be for {url}, or for the real issuer's URL")


def _basic(header: str, named: str) -> tuple[str, str]:
    """The id and secret of an Authorization header (RFC 6749 §2.3.1)."""
    scheme, _, said = header.partition(" ")
    message = "the Authorization header is no HTTP Basic authentication of a client"
    try:
        text = b64decode(said.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        text = ""
    client, colon, secret = text.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise GrantError(401, "invalid_client", f"{message}; send {_WAYS}")
    client = unquote_plus(client)
    if named not in ("", client):
        says = "the client_id is another than that of the Authorization header"
        raise GrantError(400, "invalid_request", f"{says}; they must agree")
    return client, unquote_plus(secret)
