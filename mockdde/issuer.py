"""The issuer of tokens over HTTP, at the paths that Auth0 has (live-data-golf-api §2.2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from mockdde.errors import RequestError
from mockdde.paths import Paths
from mockdde.session import shown
from mockdde.tokens import ALGORITHMS, GrantError, Issuer, jwks, plain

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["PATHS", "add_routes"]

TOKEN: Final = "/oauth/token"  # noqa: S105  (a path)
JWKS: Final = "/.well-known/jwks.json"
CONFIGURATION: Final = "/.well-known/openid-configuration"
PATHS: Final = (TOKEN, JWKS, CONFIGURATION)

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"
_NOT_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}  # RFC 6749 §5.1
_HOST = re.compile(r"[\w.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?", re.ASCII)
_QUOTED = re.compile("'[^']*'|\"[^\"]*\"")  # what a sentence has of a client


def add_routes(paths: Paths, server: Server) -> None:
    """Serve all of it; which clients there are is known by now."""
    doors = _Doors(server)
    paths.add("POST", TOKEN, doors.token)
    paths.add_get(JWKS, doors.jwks)
    paths.add_get(CONFIGURATION, doors.configuration)


class _Doors:
    """What is asked of the issuer."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._issuer = Issuer(server.clients, server.engine.quirks)

    async def token(self, request: web.Request) -> web.Response:
        """A token, or why there is none."""
        try:
            status, answer, detail = 200, *await self._granted(request)
            headers = _NOT_STORED
        except GrantError as error:
            status, headers = error.status, {**_NOT_STORED, **error.headers}
            answer = {"error": error.code, "error_description": plain(str(error))}
            told = _QUOTED.sub(lambda found: shown(found[0]), str(error))
            detail = f"{error.code}: {told}"
        engine, now = self._server.engine, self._server.clock.now()
        engine.journal.note(now, "request", request.path, f"{status} {detail}")
        return _answer(answer, status, headers)

    async def _granted(self, request: web.Request) -> tuple[dict[str, object], str]:
        """The answer with a token, and what the journal has of it."""
        url, asked = _url(request), await _asked(request)
        header = request.headers.get("Authorization", "")
        granted = self._issuer.grant(asked, header, url, self._server.clock.wall())
        self._server.engine.tokens.trust(url)
        detail = f"a token of {granted.seconds} s for {shown(granted.client)}, by {granted.by}"
        return granted.as_json(), detail

    async def jwks(self, request: web.Request) -> web.Response:
        """The key that verifies them."""
        self._note(request)
        return _answer(jwks())

    async def configuration(self, request: web.Request) -> web.Response:
        """OpenID Connect Discovery 1.0 §3, as far as there is something to discover."""
        url = _url(request)
        self._note(request)
        return _answer(
            {
                "issuer": url,
                "token_endpoint": url.rstrip("/") + TOKEN,
                "jwks_uri": url.rstrip("/") + JWKS,
                "grant_types_supported": ["client_credentials"],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_basic",
                    "client_secret_post",
                    "private_key_jwt",
                ],
                "token_endpoint_auth_signing_alg_values_supported": [*ALGORITHMS],
                "claims_supported": ["iss", "sub", "aud", "iat", "exp", "azp", "gty", "jti"],
            }
        )

    def _note(self, request: web.Request) -> None:
        self._server.engine.journal.note(self._server.clock.now(), "request", request.path, "200")


def _answer(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, headers=headers, content_type=_JSON)


def _url(request: web.Request) -> str:
    """The issuer's URL as the client has it: with a slash at its end, as Auth0 has it."""
    if not _HOST.fullmatch(request.host):
        raise RequestError(400, "the Host header is no host; send that of the server")
    return f"{request.scheme}://{request.host}/"


async def _asked(request: web.Request) -> dict[str, str]:
    """What a request says, as a form or in JSON. GrantError where it cannot be read."""
    body = await request.read()
    kind = request.content_type
    if kind == _FORM:
        return _form(body)
    if kind == _JSON:
        return _object(body)
    message = f"the body must be of the type {_FORM}, or {_JSON}"
    raise GrantError(400, "invalid_request", message)


def _form(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        raise GrantError(400, "invalid_request", "the body cannot be read as a form") from None
    asked = dict(pairs)
    if len(asked) < len(pairs):  # RFC 6749 §3.2
        twice = next(name for name, _ in pairs if [each for each, _ in pairs].count(name) > 1)
        message = f"{twice[:40]!r} is there twice in the form; say it once"
        raise GrantError(400, "invalid_request", message)
    return asked


def _object(body: bytes) -> dict[str, str]:
    try:
        asked = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise GrantError(400, "invalid_request", "the body is no JSON") from None
    if not isinstance(asked, dict) or not all(isinstance(each, str) for each in asked.values()):
        message = "the body must be a JSON object with nothing but texts in it"
        raise GrantError(400, "invalid_request", message)
    return asked
