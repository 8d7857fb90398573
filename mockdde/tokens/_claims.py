"""What the mock's tokens say: the claims that Auth0 gives to a machine, and one of our own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from mockdde.tokens._jwt import sign

__all__ = [
    "AUDIENCE",
    "CLIENT",
    "ISSUED",
    "ISSUER",
    "TOURNAMENTS",
    "claims_of",
    "ready_made",
]

# Those of tokens that no server has issued; RFC 2606 keeps .invalid for what is nowhere.
ISSUER: Final = "https://auth.mockdde.invalid/"
# The real one is told to each customer, and no page has it.
AUDIENCE: Final = "live-data-golf"
CLIENT: Final = "mockdde"
TOURNAMENTS: Final = "tournaments"  # our own claim: for these alone; without it, for all

ISSUED: Final = 1_735_689_600  # 2025-01-01, and good until the year 2100: always the same bytes
_EXPIRES: Final = 4_102_444_800


def claims_of(
    client: str,
    times: tuple[int, int],
    *,
    issuer: str = ISSUER,
    audiences: Collection[str] = (),
    number: int = 0,
    tournaments: Iterable[int] = (),
) -> dict[str, object]:
    """The claims of an access token that is issued and expires at these ``times``.

    Its ``jti`` is derived; the issuer counts its tokens, so that no two are the same.
    """
    issued, expires = times
    names = [*audiences] or [AUDIENCE]
    only = sorted(set(tournaments))
    name = f"{issuer} {client} {issued} {expires} {names} {only} {number}"
    return {
        "iss": issuer,
        "sub": f"{client}@clients",
        "aud": names[0] if len(names) == 1 else names,
        "iat": issued,
        "exp": expires,
        "gty": "client-credentials",
        "azp": client,
        "jti": str(uuid5(NAMESPACE_URL, name)),
        **({TOURNAMENTS: only} if only else {}),
    }


def ready_made(
    client: str = CLIENT,
    times: tuple[int, int] = (ISSUED, _EXPIRES),
    audience: str = AUDIENCE,
    tournaments: Iterable[int] = (),
) -> str:
    """A token that is good at any server of mockdde, unless what is asked for makes it bad."""
    return sign(claims_of(client, times, audiences=(audience,), tournaments=tournaments))
