from __future__ import annotations

import base64
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import aiohttp
import jwt
import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from examples import told
from jwts import NOW, assertion, by_hand, key_file, made, mock_key, other_key, public_pem
from mockdde.errors import UsageError
from mockdde.quirks import Quirks
from mockdde.tls import throw_away
from mockdde.tokens import ANYBODY, Clients, GrantError, Issuer, Tokens, parse_clients
from running import TWO_TEES, House, house, mockdde, serve, staged

EVENTS = "/golf/rest/v1/tournaments/7/round/1/events"
URL = "http://127.0.0.1:8080/"
SECRET = {
    "grant_type": "client_credentials",
    "client_id": "me",
    "client_secret": "open sesame & more",
    "audience": "https://golf.example/api",
}
ASSERTS = {
    "grant_type": "client_credentials",
    "audience": "https://golf.example/api",
    "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
}


def issuer(clients: Clients = ANYBODY, **quirks: str) -> Issuer:
    return Issuer(clients, Quirks(quirks))


def machine(key: Any = None) -> Clients:
    """One client whose key is known."""
    return Clients(keys={"machine": (key or other_key()).public_key()})


def signed(**claims: Any) -> dict[str, str]:
    return ASSERTS | {"client_assertion": assertion(other_key(), **claims)}


def refused(
    asked: Mapping[str, str], clients: Clients = ANYBODY, header: str = "", **quirks: str
) -> tuple[int, str, str]:
    with pytest.raises(GrantError) as caught:
        issuer(clients, **quirks).grant(asked, header, URL, NOW)
    has_way = caught.value.headers == {"WWW-Authenticate": 'Basic realm="mockdde"'}
    assert has_way == (caught.value.status == 401)
    return caught.value.status, caught.value.code, str(caught.value)


def basic(client: str, secret: str) -> str:
    """As RFC 6749 §2.3.1 has it: encoded as in a form, then as in HTTP."""
    words = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
    return f"Basic {base64.b64encode(words).decode()}"


def but(asked: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name not in names}


# ── by a secret ───────────────────────────────────────────────────────────────────────────────


def test_a_client_with_a_secret_gets_a_token() -> None:
    """As Auth0 makes it, and good for the live dialect whatever audience it was asked for."""
    granted = issuer().grant(SECRET, "", URL, NOW + 0.75)
    assert [*granted.as_json().items()] == [
        ("access_token", granted.token),
        ("expires_in", 300),
        ("token_type", "Bearer"),
    ]
    claims = jwt.decode(granted.token, options={"verify_signature": False})
    assert claims.pop("jti")
    assert claims == {
        "iss": URL,
        "sub": "me@clients",
        "aud": ["https://golf.example/api", "live-data-golf"],
        "iat": NOW,
        "exp": NOW + 300,
        "gty": "client-credentials",
        "azp": "me",
    }
    allowed = Tokens((), Quirks()).read(f"Bearer {granted.token}", 1971, NOW + 1)
    assert (allowed.client, allowed.expires) == ("me", NOW + 300)
    assert told("live/token", granted.as_json()) == []


@pytest.mark.parametrize("seconds", ["300", "600", "86400"])
def test_its_lifetime_is_a_quirk(seconds: str) -> None:
    granted = issuer(**{"live-token-lifetime": seconds}).grant(SECRET, "", URL, NOW)
    claims = jwt.decode(granted.token, options={"verify_signature": False})
    assert claims["exp"] - claims["iat"] == granted.as_json()["expires_in"] == int(seconds)


@pytest.mark.parametrize("asked", [but(SECRET, "audience"), SECRET | {"audience": ""}])
def test_an_audience_may_be_left_out(asked: dict[str, str]) -> None:
    granted = issuer().grant(asked, "", URL, NOW)
    claims = jwt.decode(granted.token, options={"verify_signature": False})
    assert claims["aud"] == "live-data-golf"
    status, code, message = refused(asked, **{"live-token-audience": "required"})
    assert (status, code) == (403, "access_denied")
    assert "there is no audience" in message
    assert issuer(**{"live-token-audience": "required"}).grant(SECRET, "", URL, NOW).token


def test_every_token_is_another_and_every_run_gives_the_same() -> None:
    def three() -> list[str]:
        here = issuer()
        return [here.grant(SECRET, "", URL, NOW).token for _ in range(3)]

    assert len(set(three())) == 3
    assert three() == three()


def test_a_secret_may_come_in_the_header() -> None:
    """RFC 6749 §2.3.1: every server must take it."""
    asked = {"grant_type": "client_credentials"}
    only = Clients(secrets={"m:e+": "s% s"})
    assert issuer(only).grant(asked, basic("m:e+", "s% s"), URL, NOW).client == "m:e+"
    assert issuer(only).grant(asked | {"client_id": "m:e+"}, basic("m:e+", "s% s"), URL, NOW)
    assert refused(asked, only, basic("m:e+", "other"))[:2] == (401, "invalid_client")
    said = refused(asked | {"client_id": "you"}, only, basic("m:e+", "s% s"))
    assert said[:2] == (400, "invalid_request")
    for header in ("Basic", "Basic !!!", "Basic bm90aGluZw==", "Basic /w==", f"Bearer {made()}"):
        assert refused(asked, only, header)[:2] == (401, "invalid_client")


def test_only_those_that_are_named() -> None:
    only = parse_clients(["me:open sesame & more", "you:a:b"], [])
    assert issuer(only).grant(SECRET, "", URL, NOW).client == "me"
    assert (
        issuer(only)
        .grant(SECRET | {"client_id": "you", "client_secret": "a:b"}, "", URL, NOW)
        .token
    )
    said = "the client is not known, or its secret is another; "
    for changed in ({"client_id": "they"}, {"client_secret": "x"}):
        assert refused(SECRET | changed, only) == (
            401,
            "invalid_client",
            said + "name it with mockdde serve --client ID:SECRET",
        )


@pytest.mark.parametrize(
    ("asked", "status", "code", "says"),
    [
        ({}, 400, "invalid_request", "there is no grant_type; send grant_type=client_credentials"),
        (
            SECRET | {"grant_type": "password"},
            400,
            "unsupported_grant_type",
            "the grant_type is 'password'; only client_credentials is served",
        ),
        (but(SECRET, "client_id"), 401, "invalid_client", "this does not say which client asks"),
        (but(SECRET, "client_secret"), 401, "invalid_client", "this does not say which client"),
        (SECRET | {"client_secret": ""}, 401, "invalid_client", "this does not say which client"),
        (SECRET | signed(), 400, "invalid_request", "a client says in one way who it is"),
        (
            but(signed(), "client_assertion"),
            400,
            "invalid_request",
            "there is no client_assertion; send a JWT that the client has signed",
        ),
        (
            but(signed(), "client_assertion_type"),
            400,
            "invalid_request",
            "the client_assertion_type is missing; it must be urn:ietf:params:oauth",
        ),
        (
            signed() | {"client_assertion_type": "saml2"},
            400,
            "invalid_request",
            "the client_assertion_type is 'saml2'; it must be urn:ietf:params:oauth",
        ),
    ],
)
def test_a_request_that_is_wrong(asked: dict[str, str], status: int, code: str, says: str) -> None:
    found = refused(asked)
    assert found[:2] == (status, code)
    assert found[2].startswith(says)


def test_two_ways_at_once_are_refused() -> None:
    for asked in (SECRET, signed()):
        assert refused(asked, machine(), basic("me", "x"))[:2] == (400, "invalid_request")


# ── by an assertion ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("alg", ["RS256", "RS384", "PS256"])
@pytest.mark.parametrize(
    "audience",
    [
        URL,
        URL.rstrip("/"),
        "https://auth.sportradar.com/",
        "https://auth.sportradar.com",
        "https://stg-auth.sportradar.com/",
        ["https://elsewhere/", URL],
    ],
)
def test_a_client_that_signs_gets_a_token(alg: str, audience: object) -> None:
    granted = issuer(machine()).grant(signed(alg=alg, aud=audience), "", URL, NOW)
    assert (granted.client, granted.by) == ("machine", "its assertion")
    assert Tokens((), Quirks()).read(f"Bearer {granted.token}", 7, NOW).client == "machine"


def test_an_assertion_as_the_vendors_java_client_makes_it() -> None:
    """With a client_id beside it, too, as other clients have it."""
    asked = signed() | {"client_id": "machine"}
    assert issuer(machine()).grant(asked, "", URL, NOW).client == "machine"
    status, code, message = refused(asked | {"client_id": "other"}, machine())
    assert (status, code) == (401, "invalid_client")
    assert message == (
        "the client_id is 'other', and the client_assertion is of 'machine'; they must agree"
    )


def test_an_assertion_is_used_once() -> None:
    """As long as it would be good; another client may have the same jti."""
    keys = {name: other_key().public_key() for name in ("machine", "engine")}
    here = issuer(Clients(keys=keys))
    assert here.grant(signed(), "", URL, NOW).token
    with pytest.raises(GrantError, match="was used before; make one with another jti each time"):
        here.grant(signed(), "", URL, NOW + 59.9)
    assert here.grant(signed(jti="two"), "", URL, NOW).token
    assert here.grant(signed(iss="engine", sub="engine"), "", URL, NOW).token
    assert here.grant(signed(exp=NOW + 120), "", URL, NOW + 60).token, "the first one has expired"
    assert len(here._used) == 1, "what has expired is forgotten"


def test_an_assertion_that_was_refused_was_not_used() -> None:
    here = issuer(machine())
    with pytest.raises(GrantError, match="may be 300 s ahead at most"):
        here.grant(signed(exp=NOW + 301), "", URL, NOW)
    assert here.grant(signed(), "", URL, NOW).token


WHAT = "the client_assertion"


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"exp": None}, f"{WHAT} has no claim exp: it must say when it expires"),
        ({"exp": NOW}, f"{WHAT} expired at 2025-02-20T12:00:00Z; it is 2025-02-20T12:00:00Z now"),
        (
            {"exp": NOW + 301},
            f"{WHAT} expires at 2025-02-20T12:05:01Z; that may be 300 s ahead at most",
        ),
        (
            {"nbf": NOW + 1},
            f"{WHAT} is not good before 2025-02-20T12:00:01Z; it is 2025-02-20T12:00:00Z now",
        ),
        ({"jti": None}, f"{WHAT} has no claim jti"),
        ({"jti": ""}, f"the claim jti of {WHAT} is ''; it must be a text"),
        ({"sub": None}, f"{WHAT} has no claim sub"),
        ({"iss": None}, f"{WHAT} has no claim iss"),
        ({"aud": None}, f"{WHAT} has no claim aud"),
        (
            {"iss": "me"},
            (
                f"{WHAT} is not of one client: its iss is 'me', its sub is 'machine'; both are the "
                "client's id"
            ),
        ),
        (
            {"iss": "me", "sub": "me"},
            (
                "no key of the client 'me' is known here; give it with mockdde serve --client-key "
                "ID=FILE.pem"
            ),
        ),
        *(
            (
                {"aud": audience},
                (
                    f"{WHAT} is for the audience '{audience}'; it must be for {URL}, "
                    "or for the real issuer's URL"
                ),
            )
            for audience in (f"{URL}oauth/token", f"{URL}/", "https://auth.sportradar.com//", "")
            if audience
        ),
    ],
)
def test_an_assertion_that_is_not_good(claims: dict[str, Any], says: str) -> None:
    assert refused(signed(**claims), machine()) == (401, "invalid_client", says)


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("x", f"{WHAT} is no JWT: that is three words with a dot between them"),
        (assertion("x" * 32, "HS256"), f"{WHAT} has the alg 'HS256' in its header; it must be "),
        (by_hand({"alg": "none"}, {"sub": "machine"}), f"{WHAT} has the alg 'none' in its header"),
        (
            by_hand({"alg": "HS256"}, {"iss": "machine"}, public_pem(other_key())),
            f"{WHAT} has the alg 'HS256' in its header; it must be RS256 or RS384 or PS256",
        ),
        (
            assertion(other_key(), "RS512"),
            f"{WHAT} has the alg 'RS512' in its header; it must be RS256 or RS384 or PS256",
        ),
        (
            assertion(mock_key()),
            f"the signature of {WHAT} was not made with the private key of this client",
        ),
        (
            assertion(other_key())[:-8] + "AAAAAAAA",
            f"the signature of {WHAT} was not made with the private key of this client",
        ),
    ],
    ids=["no-jwt", "secret", "none", "public-key-as-secret", "other-algorithm", "other-key", "cut"],
)
def test_an_assertion_that_is_not_signed_by_the_client(token: str, says: str) -> None:
    status, code, message = refused(ASSERTS | {"client_assertion": token}, machine())
    assert (status, code) == (401, "invalid_client")
    assert message.startswith(says)


# ── who is known ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("private", [True, False])
def test_a_key_is_that_of_its_file(private: bool, tmp_path: Path) -> None:
    """Public, or private: what is used of that is its public part."""
    file = key_file(tmp_path, other_key(), private=private)
    assert parse_clients([], [f"machine={file}"]).keys["machine"] == other_key().public_key()


def elliptic(folder: Path) -> Path:
    return key_file(folder, ec.generate_private_key(ec.SECP256R1()))


def short(folder: Path) -> Path:
    return key_file(folder, rsa.generate_private_key(65537, 1024))  # noqa: S505  (to be refused)


def locked(folder: Path) -> Path:
    return key_file(folder, other_key(), private=True, password=b"x")


def text(folder: Path) -> Path:
    path = folder / "text.pem"
    path.write_text("-----BEGIN PUBLIC KEY-----\nnothing\n-----END PUBLIC KEY-----\n")
    return path


def binary(folder: Path) -> Path:
    path = folder / "key.der"
    path.write_bytes(
        other_key()
        .public_key()
        .public_bytes(pem.Encoding.DER, pem.PublicFormat.SubjectPublicKeyInfo)
    )
    return path


@pytest.mark.parametrize(
    ("makes", "says"),
    [
        (elliptic, "the key is not of RSA; only RS256, RS384 and PS256 are known"),
        (short, "the key has 1024 bits; it must have 2048 or more"),
        (
            locked,
            "the private key needs a password; give the public key, which is all that is used",
        ),
        (text, "the file has no PEM of a key; `openssl rsa -pubout` makes one of a private key"),
        (binary, "the file has no PEM of a key; `openssl rsa -pubout` makes one of a private key"),
        (lambda folder: folder / "nowhere", "the file cannot be read: No such file or directory"),
        (lambda folder: folder, "the file cannot be read: Is a directory"),
    ],
)
def test_a_file_that_is_no_key_is_one_sentence(makes: Any, says: str, tmp_path: Path) -> None:
    file = makes(tmp_path)
    with pytest.raises(UsageError) as caught:
        parse_clients([], [f"machine={file}"])
    assert str(caught.value) == f"--client-key machine={file}: {says}"


@pytest.mark.parametrize(
    ("secrets", "keys", "says"),
    [
        (["me"], [], "--client: write ID:SECRET, such as me:open-sesame"),
        (["me:"], [], "--client: write ID:SECRET, such as me:open-sesame"),
        ([":x"], [], "--client: write ID:SECRET, such as me:open-sesame"),
        (["me:x", "me:y"], [], "--client: the client 'me' is named twice; name it once"),
        ([], ["me"], "--client-key me: write ID=FILE.pem, such as me=public.pem"),
        ([], ["me="], "--client-key me=: write ID=FILE.pem, such as me=public.pem"),
        ([], ["=x"], "--client-key =x: write ID=FILE.pem, such as me=public.pem"),
    ],
)
def test_a_client_that_is_none(secrets: list[str], keys: list[str], says: str) -> None:
    """And a secret is not said again."""
    with pytest.raises(UsageError) as caught:
        parse_clients(secrets, keys)
    assert str(caught.value) == says


def test_a_client_cannot_have_two_keys(tmp_path: Path) -> None:
    key = f"me={key_file(tmp_path, other_key())}"
    with pytest.raises(UsageError, match="the client 'me' is named twice"):
        parse_clients([], [key, key])


def test_serve_says_it_before_it_serves() -> None:
    done = mockdde(
        "serve", "world/sample-hole", "--port", "0", "--json", "--client-key", "me=no.pem"
    )
    assert (done.returncode, done.stdout) == (1, b"")
    said = b"mockdde: --client-key me=no.pem: the file cannot be read: No such file or directory\n"
    assert done.stderr == said
    done = mockdde("serve", "world/sample-hole", "--port", "0", "--json", "--client", "hush")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr == b"mockdde: --client: write ID:SECRET, such as me:open-sesame\n"


# ── over HTTP ─────────────────────────────────────────────────────────────────────────────────


async def ask(
    home: House, body: Any, kind: str = "application/x-www-form-urlencoded", **headers: str
) -> tuple[int, dict[str, Any], Mapping[str, str]]:
    """What POST /oauth/token answers; every answer is JSON, and not to be stored."""
    data = urlencode(body).encode() if isinstance(body, dict) else body
    headers |= {"Content-Type": kind} if kind else {}
    skips = () if kind else ("Content-Type",)
    async with home.session.post(
        f"{home.rest}/oauth/token", data=data, headers=headers, skip_auto_headers=skips
    ) as answer:
        assert answer.content_type == "application/json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Pragma"] == "no-cache"
        return answer.status, await answer.json(), answer.headers


async def test_a_client_gets_a_token_and_uses_it_until_it_expires() -> None:
    async with house(staged(TWO_TEES)) as home:
        status, answer, _ = await ask(home, SECRET)
        assert (status, [*answer]) == (200, ["access_token", "expires_in", "token_type"])
        token = answer["access_token"]
        assert (await home.get(EVENTS, token))[0] == 200
        home.clock.at += answer["expires_in"] - 0.001
        assert (await home.get(EVENTS, token))[0] == 200
        home.clock.at += 0.001
        assert (await home.get(EVENTS, token))[0] == 401
        status, answer, _ = await ask(home, SECRET)
        assert (await home.get(EVENTS, answer["access_token"]))[0] == 200


async def test_a_form_and_json_are_the_same() -> None:
    async with house(staged(TWO_TEES), clients=parse_clients(["mé:é&=+ "], [])) as home:
        asked = SECRET | {"client_id": "mé", "client_secret": "é&=+ "}
        assert (await ask(home, asked))[0] == 200
        kind = "application/x-www-form-urlencoded; charset=utf-8"
        assert (await ask(home, asked, kind))[0] == 200
        assert (await ask(home, json.dumps(asked), "application/json"))[0] == 200
        only = but(asked, "client_id", "client_secret")
        assert (await ask(home, only, Authorization=basic("mé", "é&=+ ")))[0] == 200


async def test_an_assertion_over_http() -> None:
    """For the URL under which this server is known to the client."""
    async with house(staged(TWO_TEES), clients=machine()) as home:
        asked = signed(aud=f"{home.rest}/")
        status, answer, _ = await ask(home, asked)
        assert status == 200
        assert (await home.get(EVENTS, answer["access_token"]))[0] == 200
        status, answer, headers = await ask(home, asked)
        assert (status, answer["error"]) == (401, "invalid_client")
        assert headers["WWW-Authenticate"] == 'Basic realm="mockdde"'


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "says"),
    [
        (b"", FORM, "there is no grant_type; send grant_type=client_credentials"),
        (b"{}", "application/json", "there is no grant_type; send grant_type=client_credentials"),
        (b"grant_type=%ff", FORM, "the body cannot be read as a form"),
        (b"\xff", FORM, "the body cannot be read as a form"),
        (b"a=1&" * 60, FORM, "the body cannot be read as a form"),
        (b"scope=a&scope=b", FORM, "'scope' is there twice in the form; say it once"),
        (b"{", "application/json", "the body is no JSON"),
        (b"[]", "application/json", "the body must be a JSON object with nothing but texts in it"),
        (b'{"a": 1}', "application/json", "the body must be a JSON object with nothing but texts"),
        (urlencode(SECRET).encode(), "", "the body must be of the type application/x-www-form"),
        (urlencode(SECRET).encode(), "text/plain", "the body must be of the type application/x"),
    ],
)
async def test_a_body_that_cannot_be_read(body: bytes, kind: str, says: str) -> None:
    async with house(staged(TWO_TEES)) as home:
        status, answer, _ = await ask(home, body, kind)
        assert (status, answer["error"]) == (400, "invalid_request")
        assert answer["error_description"].startswith(says)


async def test_a_description_has_only_what_it_may_have() -> None:
    """RFC 6749 §5.2: no quotation mark, no backslash, nothing beyond ASCII."""
    async with house(staged(TWO_TEES)) as home:
        status, answer, _ = await ask(home, SECRET | {"grant_type": 'a"\\\u2028é\n'})
        assert status == 400
        assert answer.keys() == {"error", "error_description"}
        found = answer["error_description"]
        assert found.isascii()
        assert found.isprintable()
        assert not {'"', "\\"} & {*found}


async def test_it_is_posted_to() -> None:
    async with (
        house(staged(TWO_TEES)) as home,
        home.session.get(f"{home.rest}/oauth/token") as answer,
    ):
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_the_journal_tells_who_got_a_token_and_no_secret() -> None:
    clients = parse_clients(["a-long-name-of-a-client:a-long-secret-of-a-client"], [])
    async with house(staged(TWO_TEES), clients=clients) as home:
        asked = SECRET | {
            "client_id": "a-long-name-of-a-client",
            "client_secret": "a-long-secret-of-a-client",
        }
        await ask(home, asked)
        await ask(home, asked | {"client_secret": "some-other-long-secret"})
        await ask(home, signed(sub="a-long-name-of-a-machine", iss="a-long-name-of-a-machine"))
        assert home.journal("request") == [
            ("/oauth/token", "200 a token of 300 s for a-lo…, by its secret"),
            (
                "/oauth/token",
                (
                    "401 invalid_client: the client is not known, or its secret is another; "
                    "name it with mockdde serve --client ID:SECRET"
                ),
            ),
            (
                "/oauth/token",
                (
                    "401 invalid_client: no key of the client 'a-lo…' is known here; give it with "
                    "mockdde serve --client-key ID=FILE.pem"
                ),
            ),
        ]
        written = repr([*home.engine.journal])
        assert "eyJ" not in written
        assert "secret-of" not in written


async def test_the_key_set_and_the_configuration_verify_a_token() -> None:
    """As a resource server does that is told nothing but the issuer's URL (RFC 8414, OIDC)."""
    async with house(staged(TWO_TEES)) as home:
        _, granted, _ = await ask(home, SECRET)
        status, body = await home.get("/.well-known/openid-configuration", token="")
        found = json.loads(body)
        assert (status, found["issuer"]) == (200, f"{home.rest}/")
        assert found["token_endpoint"] == f"{home.rest}/oauth/token"
        assert "private_key_jwt" in found["token_endpoint_auth_methods_supported"]
        async with home.session.get(found["jwks_uri"]) as answer:
            keys = jwt.PyJWKSet.from_dict(await answer.json())
        token = granted["access_token"]
        claims = jwt.decode(
            token,
            keys[jwt.get_unverified_header(token)["kid"]],
            ["RS256"],
            audience=SECRET["audience"],
            issuer=found["issuer"],
            options={"verify_exp": False},  # the house's clock is of another year
        )
        assert claims["azp"] == "me"


async def test_it_is_the_issuer_of_the_name_by_which_it_is_known() -> None:
    """And takes back what it has issued under any."""
    async with house(staged(TWO_TEES)) as home:
        status, answer, _ = await ask(home, SECRET, Host="mock:8080")
        claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
        assert (status, claims["iss"]) == (200, "http://mock:8080/")
        assert (await home.get(EVENTS, answer["access_token"]))[0] == 200
        for host in ("a b", "x/y", "[::1", "<script>", "a" * 300):
            headers = {"Host": host}
            async with home.session.get(
                f"{home.rest}/.well-known/openid-configuration", headers=headers
            ) as refused:
                assert refused.status == 400


async def test_it_is_served_with_tls() -> None:
    with throw_away("127.0.0.1") as certificate:
        async with house(staged(TWO_TEES), certificate=certificate) as home:
            assert home.rest.startswith("https://")
            status, answer, _ = await ask(home, SECRET)
            claims = jwt.decode(answer["access_token"], options={"verify_signature": False})
            assert (status, claims["iss"]) == (200, f"{home.rest}/")
            assert (await home.get(EVENTS, answer["access_token"]))[0] == 200


async def test_serve_takes_the_clients_that_it_is_told(tmp_path: Path) -> None:
    """A process as a user starts it, by its real clock."""
    file = key_file(tmp_path, other_key())
    words = ("world/sample-hole", "--client", "me:x", "--client-key", f"machine={file}")
    with serve(*words) as server:
        url = f"{server.rest}/oauth/token"
        async with aiohttp.ClientSession() as session:
            asked = but(SECRET, "audience")
            async with session.post(url, data=asked | {"client_secret": "x"}) as answer:
                assert answer.status == 200
            async with session.post(url, data=asked) as answer:
                assert (answer.status, (await answer.json())["error"]) == (401, "invalid_client")
            now = int(time.time())
            mine = signed(iat=now, exp=now + 60, aud=f"{server.rest}/")
            async with session.post(url, data=mine) as answer:
                assert answer.status == 200
                token = (await answer.json())["access_token"]
            headers = {"Authorization": f"Bearer {token}"}
            path = "/golf/rest/v1/tournaments/99999/round/5/events"
            async with session.get(server.rest + path, headers=headers) as answer:
                assert answer.status == 200


async def test_tokens_are_of_real_time_however_fast_the_wire_is() -> None:
    """A client's own clock knows nothing of --wire-speed."""
    with serve("--wire-speed", "1000", "round/quiet-round") as server:
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{server.rest}/oauth/token", data=SECRET) as answer:
                token = (await answer.json())["access_token"]
            issued = jwt.decode(token, options={"verify_signature": False})["iat"]
            assert abs(issued - time.time()) < 30  # on the wire's clock it is minutes ahead
            headers = {"Authorization": f"Bearer {token}"}
            async with session.get(f"{server.rest}/golf/rest/v1/players", headers=headers) as found:
                assert found.status == 200
