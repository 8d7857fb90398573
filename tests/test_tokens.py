from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jwts import CLAIMS, NOW, by_hand, made, mock_key, other_key, public_pem, without
from mockdde.errors import RequestError
from mockdde.quirks import QUIRKS, Quirks
from mockdde.tokens import AUDIENCE, LATEST, Pass, Tokens, claims_of, jwk, jwks, plain, ready_made
from running import TWO_TEES, house, staged

HEADER = {"alg": "RS256", "typ": "JWT", "kid": "mockdde-known-to-all"}
EVENTS = "/golf/rest/v1/tournaments/7/round/1/events"
STREAM = "/golf/stream/v1/tournaments/7/round/1/events"


def tokens(*named: str, **quirks: str) -> Tokens:
    return Tokens(named, Quirks(quirks))


def read(token: str, tournament: int | None = 1971, now: float = NOW, **quirks: str) -> Pass:
    return tokens(**quirks).read(f"Bearer {token}", tournament, now)


def refused(token: str, tournament: int | None = 1971, now: float = NOW) -> str:
    """The sentence with which a token is refused, which is a 401 as RFC 6750 has it."""
    with pytest.raises(RequestError) as caught:
        read(token, tournament, now)
    assert caught.value.status == 401
    challenge = caught.value.headers["WWW-Authenticate"]
    assert (
        challenge == f'Bearer error="invalid_token", error_description="{plain(str(caught.value))}"'
    )
    assert challenge.isascii()
    assert challenge.isprintable()
    said = str(caught.value)
    assert said.endswith("; `mockdde token` prints one")
    return said.removesuffix("; `mockdde token` prints one")


# ── good ones ─────────────────────────────────────────────────────────────────────────────────


def test_a_token_as_auth0_makes_it_is_good() -> None:
    assert read(made()) == Pass("k3mEr0aZ", NOW + 300.0, None)


def test_a_token_for_some_tournaments_is_good_for_those() -> None:
    only = made(tournaments=[1971, 7])
    assert read(only) == Pass("k3mEr0aZ", NOW + 300.0, frozenset({7, 1971}))
    assert read(only, None).tournaments == frozenset({7, 1971}), "a list of all is of no tournament"


def test_a_ready_made_token_is_good_at_any_server_for_long() -> None:
    for now in (0.0, NOW, 4_000_000_000.0):
        assert read(ready_made(), now=now).client == "mockdde"


def test_it_may_be_for_several_audiences() -> None:
    assert read(made(aud=["https://elsewhere", AUDIENCE])).client == "k3mEr0aZ"


@pytest.mark.parametrize(
    "issuer",
    [
        "https://auth.mockdde.invalid/",
        "http://localhost:8080/",
        "https://127.0.0.1/",
        "http://[::1]:1/",
    ],
)
def test_any_mock_of_this_machine_may_have_issued_it(issuer: str) -> None:
    assert read(made(iss=issuer)).client == "k3mEr0aZ"


def test_what_a_server_issues_is_good_at_that_server() -> None:
    here, token = tokens(), made(iss="http://mock:8080/")
    with pytest.raises(RequestError, match="was issued by 'http://mock:8080/'"):
        here.read(f"Bearer {token}", None, NOW)
    here.trust("http://mock:8080/")
    assert here.read(f"Bearer {token}", None, NOW).client == "k3mEr0aZ"


def test_names_of_issuers_do_not_pile_up() -> None:
    here = tokens()
    for number in range(5000):
        here.trust(f"http://{number}/")
    assert len(here._issuers) <= 1000


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_not_case_sensitive(scheme: str) -> None:
    """RFC 9110 §11.1; and more than one space does no harm."""
    assert tokens().read(f" {scheme}   {made()} ", 1971, NOW).client == "k3mEr0aZ"


def test_a_named_token_is_good_as_it_is_beside_jwts() -> None:
    here = tokens("open sesame", "x")
    assert here.read("Bearer x", 1971, NOW) == Pass()
    assert here.read("Bearer open sesame", 1971, NOW) == Pass()
    assert here.read(f"Bearer {made()}", 1971, NOW).client == "k3mEr0aZ"
    with pytest.raises(RequestError, match="is no JWT"):
        here.read("Bearer y", 1971, NOW)
    assert not here.is_good(made()), "the DDE feed takes none but those that are named"


def test_any_token_is_good_where_the_quirk_says_so() -> None:
    assert read("y", **{"live-token": "any"}) == Pass()
    assert read(made(exp=1), **{"live-token": "any"}) == Pass()
    for header in ("", "Bearer", "Bearer  ", "Basic y"):
        with pytest.raises(RequestError, match="send Authorization: Bearer"):
            tokens(**{"live-token": "any"}).read(header, 1971, NOW)


# ── refusals ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("", "there is no Authorization header"),
        ("  ", "there is no Authorization header"),
        ("Bearer", "the Authorization header has no token"),
        ("Bearer   ", "the Authorization header has no token"),
        ("Basic dTpw", "the Authorization header does not begin with Bearer"),
        (made(), "the Authorization header does not begin with Bearer"),
    ],
)
def test_a_request_without_a_token(header: str, says: str) -> None:
    """It is told of no error in its token, as it has none (RFC 6750 §3.1)."""
    with pytest.raises(RequestError) as caught:
        tokens().read(header, 1971, NOW)
    hint = "send Authorization: Bearer {token}; `mockdde token` prints one"
    assert (caught.value.status, str(caught.value)) == (401, f"{says}; {hint}")
    assert caught.value.headers == {"WWW-Authenticate": "Bearer"}


UNREADABLE = "this token is no JWT: its {} cannot be read as a JSON object"


@pytest.mark.parametrize(
    ("token", "says"),
    [
        ("any", "this token is no JWT: that is three words with a dot between them"),
        ("a.b", "this token is no JWT: that is three words with a dot between them"),
        ("a.b.c.d.e", "this token is no JWT: that is three words with a dot between them"),
        ("ä.b.c", "this token is no JWT: that is three words with a dot between them"),
        (made() + "=", "this token is no JWT: that is three words with a dot between them"),
        ("a.b.c", UNREADABLE.format("header")),
        (by_hand([], {}), UNREADABLE.format("header")),
        (by_hand(b"[" * 4000, {}), UNREADABLE.format("header")),
        (by_hand(HEADER, "claims"), UNREADABLE.format("claims")),
        (by_hand(HEADER, b'{"exp": NaN}'), UNREADABLE.format("claims")),
        (by_hand(HEADER, b'{"exp": 1'), UNREADABLE.format("claims")),
    ],
)
def test_what_is_no_jwt(token: str, says: str) -> None:
    assert refused(token) == says


@pytest.mark.parametrize(
    ("token", "says"),
    [
        (by_hand(HEADER | {"alg": "none"}, CLAIMS), "has the alg 'none'"),
        (by_hand(HEADER | {"alg": "None"}, CLAIMS), "has the alg 'None'"),
        (by_hand(HEADER | {"alg": ["RS256"]}, CLAIMS), "has the alg ['RS256']"),
        (by_hand({"kid": HEADER["kid"]}, CLAIMS), "has no alg"),
        (by_hand(HEADER | {"alg": "HS256"}, CLAIMS, public_pem(mock_key())), "has the alg 'HS256'"),
        (made("x" * 32, "HS256"), "has the alg 'HS256'"),
        (made(alg="RS384"), "has the alg 'RS384'"),
        (made(alg="PS256"), "has the alg 'PS256'"),
    ],
)
def test_no_client_chooses_how_its_token_is_checked(token: str, says: str) -> None:
    """Not even one that has signed with the public key, or with the right key in another way."""
    assert refused(token) == f"this token {says} in its header; it must be RS256"


@pytest.mark.parametrize(
    "token",
    [
        by_hand(HEADER, CLAIMS),
        by_hand(HEADER, CLAIMS, public_pem(mock_key())),
        made(other_key()),
        made()[:-8] + "AAAAAAAA",
        ".".join([made().split(".")[0], made(sub="other@clients").split(".")[1], "AAAA"]),
    ],
)
def test_a_signature_of_another_key(token: str) -> None:
    said = "the signature of this token was not made with the key of the mock's issuer"
    assert refused(token) == said


def test_a_key_id_that_is_not_ours() -> None:
    hint = "in its header; the key of this issuer has 'mockdde-known-to-all'"
    assert refused(made(kid=None)) == f"this token has no kid {hint}"
    assert refused(made(kid="2024-06")) == f"this token has the kid '2024-06' {hint}"
    many = by_hand(HEADER | {"kid": "k" * 500}, CLAIMS)
    assert refused(many) == f"this token has the kid '{'k' * 59}…' {hint}"


def test_a_header_that_is_critical_and_unknown() -> None:
    """RFC 7515 §4.1.11, though it is signed as it must be."""
    unknown = jwt.encode(CLAIMS, mock_key(), "RS256", HEADER | {"exq": 1})
    assert read(unknown).client == "k3mEr0aZ"
    jws = jwt.PyJWS()
    jws._validate_headers = lambda *_, **__: None  # type: ignore[method-assign]
    critical = jws.encode(
        json.dumps(CLAIMS).encode(), mock_key(), "RS256", HEADER | {"crit": ["exq"], "exq": 1}
    )
    assert refused(critical) == "this token has a header that cannot be followed"


CLOCK = "2025-02-20T12:00:00Z"


def test_exp_is_the_first_moment_at_which_it_is_not_good() -> None:
    """RFC 7519 §4.1.4; the clock is the one that is given, whatever PyJWT's own says."""
    token = made(exp=NOW)
    assert read(token, now=NOW - 0.001).expires == NOW
    assert refused(token, now=NOW) == f"this token expired at {CLOCK}; it is {CLOCK} now"
    assert refused(made(exp=NOW + 0.5), now=NOW + 0.75) == (
        "this token expired at 2025-02-20T12:00:00.500Z; it is 2025-02-20T12:00:00.750Z now"
    )
    assert read(made(exp=60), now=59).expires == 60


def test_nbf_is_the_first_moment_at_which_it_is_good() -> None:
    """RFC 7519 §4.1.5; iat is no such limit."""
    token = made(nbf=NOW)
    assert read(token, now=NOW).client == "k3mEr0aZ"
    assert refused(token, now=NOW - 1) == (
        f"this token is not good before {CLOCK}; it is 2025-02-20T11:59:59Z now"
    )
    assert read(made(iat=NOW + 200)).client == "k3mEr0aZ"


def signed(claims: dict[str, Any]) -> str:
    """Signed by the mock's key whatever they are: PyJWT does not look at them."""
    told = json.dumps(CLAIMS | claims).encode()
    return jwt.PyJWS().encode(told, mock_key(), "RS256", HEADER)


@pytest.mark.parametrize("value", [True, "soon", [1], {}, -1, LATEST + 1, 1e300])
@pytest.mark.parametrize("name", ["exp", "nbf", "iat"])
def test_a_time_that_is_none(name: str, value: Any) -> None:
    said = f"the claim {name} of this token is {value!r}; it must be a number of seconds since 1970"
    assert refused(signed({name: value})) == said


def test_a_time_that_no_machine_can_hold() -> None:
    assert refused(signed({"exp": 10**400}))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("exp", "this token has no claim exp: it must say when it expires"),
        ("iat", "this token has no claim iat: it must say when it was issued"),
        ("sub", "this token has no claim sub"),
        ("aud", "this token has no claim aud"),
        ("iss", "this token has no claim iss"),
    ],
)
def test_a_claim_that_is_missing(name: str, says: str) -> None:
    assert refused(without(made(), name)) == says


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"sub": ""}, "the claim sub of this token is ''; it must be a text"),
        ({"sub": 7}, "the claim sub of this token is 7; it must be a text"),
        (
            {"aud": "livedata-feed"},
            "this token is for the audience 'livedata-feed'; it must be for 'live-data-golf'",
        ),
        (
            {"aud": ["a", "b"]},
            "this token is for the audience 'a, b'; it must be for 'live-data-golf'",
        ),
        ({"aud": []}, "the claim aud of this token is []; it must be texts"),
        ({"aud": [7]}, "the claim aud of this token is [7]; it must be texts"),
        ({"aud": 7}, "the claim aud of this token is 7; it must be a text"),
    ],
)
def test_a_claim_that_is_wrong(claims: dict[str, Any], says: str) -> None:
    assert refused(signed(claims)) == says


@pytest.mark.parametrize(
    "issuer",
    [
        "https://auth.sportradar.com/",
        "http://localhost.evil.example/",
        "http://127.0.0.1:8080",
        "http://127.0.0.1:8080/x/",
    ],
)
def test_an_issuer_that_is_no_mock(issuer: str) -> None:
    said = f"this token was issued by '{issuer}', which is no issuer of a mock on this machine"
    assert refused(made(iss=issuer)) == said


@pytest.mark.parametrize("told", [1971, "1971", ["1971"], [True], {"a": 1}])
def test_tournaments_that_are_none(told: Any) -> None:
    said = f"the claim tournaments of this token is {told!r}"
    assert refused(signed({"tournaments": told})) == (
        f"{said}; it must be a list of numbers, such as [1971]"
    )


@pytest.mark.parametrize(
    ("only", "says"),
    [
        ([7], "it is for 7"),
        ([], "it is for none"),
        ([9, 8, 7, 6, 5, 4], "it is for 4, 5, 6, 7, 8 …"),
    ],
)
def test_a_good_token_that_is_not_for_the_tournament(only: list[int], says: str) -> None:
    with pytest.raises(RequestError) as caught:
        read(made(tournaments=only))
    sentence = f"this token is not for tournament 1971; {says}"
    assert (caught.value.status, str(caught.value)) == (403, sentence)
    assert caught.value.headers["WWW-Authenticate"] == (
        f'Bearer error="insufficient_scope", error_description="{plain(sentence)}"'
    )


@pytest.mark.parametrize(
    ("quirk", "header"),
    [
        ("live-missing-status", ""),
        ("live-refused-status", "Bearer x"),
        ("live-unentitled-status", f"Bearer {made(tournaments=[7])}"),
    ],
)
def test_statuses_are_quirks(quirk: str, header: str) -> None:
    for choice in QUIRKS[quirk].choices:
        with pytest.raises(RequestError) as caught:
            tokens(**{quirk: choice}).read(header, 1971, NOW)
        assert str(caught.value.status) == choice


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*CLAIMS, "nbf", "tournaments"]), _JSON))
@example({"exp": float("nan")})
@example({"exp": float("inf"), "sub": "\ud800"})
def test_whatever_is_signed_is_good_or_refused_in_a_sentence(claims: dict[str, Any]) -> None:
    """With a header that HTTP can carry; nothing else is raised."""
    try:
        read(signed(claims))
    except RequestError as error:
        found = error
    else:
        return
    assert found.status in (401, 403)
    challenge = found.headers["WWW-Authenticate"]
    assert challenge.isascii()
    assert challenge.isprintable()
    json.dumps(str(found)).encode()


@given(st.text(max_size=40) | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True))
def test_whatever_is_sent_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(RequestError) as caught:
        tokens().read(text, 1971, NOW)
    assert caught.value.headers["WWW-Authenticate"] == "Bearer"
    with pytest.raises(RequestError, match=r"token"):
        read(text)


# ── the key ───────────────────────────────────────────────────────────────────────────────────


def test_the_key_set_verifies_tokens_and_tells_nothing_private() -> None:
    """As a resource server reads it: by the kid of the token."""
    found = jwt.PyJWKSet.from_dict(jwks())
    token = ready_made()
    key = found[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(
        token, key, ["RS256"], audience=AUDIENCE, issuer="https://auth.mockdde.invalid/"
    )
    assert claims["sub"] == "mockdde@clients"
    (public,) = jwks()["keys"]
    assert public.keys() == {"alg", "kty", "use", "n", "e", "kid"}
    assert (public["alg"], public["use"]) == ("RS256", "sig")
    assert found.keys[0].key.key_size == 2048


def test_the_file_of_the_key_says_that_it_is_no_secret() -> None:
    assert "public on purpose" in jwk()["about"]


def test_a_ready_made_token_has_the_claims_of_auth0_in_their_order() -> None:
    token = ready_made()
    assert jwt.get_unverified_header(token) == HEADER
    claims = jwt.decode(token, options={"verify_signature": False})
    assert [*claims] == ["iss", "sub", "aud", "iat", "exp", "gty", "azp", "jti"]
    assert claims["gty"] == "client-credentials"
    assert claims["sub"] == f"{claims['azp']}@clients"


def test_the_id_of_a_token_comes_from_what_it_says() -> None:
    told = [
        claims_of("a", (1, 2)),
        claims_of("b", (1, 2)),
        claims_of("a", (1, 3)),
        claims_of("a", (1, 2), audiences=("x",)),
        claims_of("a", (1, 2), issuer="http://x/"),
        claims_of("a", (1, 2), number=1),
        claims_of("a", (1, 2), tournaments=(7,)),
    ]
    assert len({each["jti"] for each in told}) == len(told)
    assert claims_of("a", (1, 2)) == told[0]
    again = claims_of("a", (1, 2), tournaments=(9, 7, 9))
    assert again["tournaments"] == [7, 9]


def test_what_needs_no_jwt_does_not_import_it() -> None:
    """A server starts without: PyJWT and what it needs take a fifth of a second."""
    code = """
import sys
import mockdde.cli, mockdde.serve, mockdde.server
from mockdde.quirks import Quirks
from mockdde.errors import RequestError
from mockdde.tokens import Tokens
tokens = Tokens(("good",), Quirks())
tokens.is_good("any"), tokens.read("Bearer good", 7, 0.0)
try: tokens.read("Bearer any", 7, 0.0)
except RequestError: pass
sys.exit(bool({"jwt", "cryptography"} & sys.modules.keys()))
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# ── on the wire ───────────────────────────────────────────────────────────────────────────────


async def test_documents_and_handshakes_need_a_token() -> None:
    """REST and WebSocket alike: 401 and 403 with a body, before the upgrade."""
    async with house(staged(TWO_TEES)) as home:
        for token, status, error in (
            ("", 401, "there is no Authorization header; send Authorization: Bearer {token}"),
            ("any", 401, "this token is no JWT"),
            (made(exp=NOW), 401, f"this token expired at {CLOCK}; it is {CLOCK} now"),
            (made(tournaments=[1971]), 403, "this token is not for tournament 7; it is for 1971"),
            (made(tournaments=[7]), 200, ""),
            (ready_made(), 200, ""),
        ):
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with home.session.get(home.rest + EVENTS, headers=headers) as answer:
                body, challenge = await answer.json(), answer.headers.get("WWW-Authenticate")
                assert answer.status == status
                assert status == 200 or body["error"].startswith(error)
                assert status == 200 or body == {"error": body["error"], "status": status}
                assert (challenge is None) == (status == 200)
            asks = headers | {
                "Connection": "Upgrade",
                "Upgrade": "websocket",
                "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            }
            async with home.session.get(home.rest + STREAM, headers=asks) as shaken:
                assert shaken.status == (101 if status == 200 else status)
                if status != 200:
                    assert shaken.headers["WWW-Authenticate"] == challenge
                    assert await shaken.json() == body
        refused = [detail for path, detail in home.journal("request") if path == STREAM]
        assert [each[:3] for each in refused] == ["401", "401", "401", "403"]


async def test_the_wires_clock_ends_a_token() -> None:
    async with house(staged(TWO_TEES)) as home:
        token = made(exp=NOW + 300)
        home.clock.at = NOW + 299.9
        assert (await home.get(EVENTS, token))[0] == 200
        home.clock.at = NOW + 300.0
        status, body = await home.get(EVENTS, token)
        assert status == 401
        assert json.loads(body)["error"].startswith("this token expired at 2025-02-20T12:05:00Z")


async def test_a_header_cannot_be_broken_by_what_a_token_says() -> None:
    async with house(staged(TWO_TEES)) as home:
        bad = by_hand(HEADER | {"kid": 'a"\r\nSet-Cookie: x=1\\\u2028'}, CLAIMS)
        headers = {"Authorization": f"Bearer {bad}"}
        async with home.session.get(home.rest + EVENTS, headers=headers) as answer:
            assert answer.status == 401
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["WWW-Authenticate"].count('"') == 4


async def test_a_token_is_not_in_the_journal() -> None:
    async with house(staged(TWO_TEES)) as home:
        for header in (made(exp=1), "secret-of-somebody"):
            await home.get(EVENTS, header)
            async with home.session.get(home.rest + EVENTS, headers={"Authorization": header}):
                pass
        written = " ".join(each.detail for each in home.engine.journal)
        assert "401" in written
        assert made(exp=1)[:50] not in written
        assert "secret-of" not in written


async def test_the_dde_feed_knows_nothing_of_this() -> None:
    async with house(staged(TWO_TEES)) as home:
        assert (await home.get("/golf/tournaments/liveevents", "any"))[0] == 200
        assert (await home.get("/golf/tournaments/liveevents", made(exp=1)))[0] == 200
