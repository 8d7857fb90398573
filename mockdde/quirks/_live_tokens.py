"""Contested facts of the live dialect: tokens, and how a client gets one."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE_TOKENS"]

LIVE_TOKENS: Final = (
    Quirk(
        "live-token",
        ("jwt", "any"),
        "Tokens that are good for the live dialect: JWTs of the mock's issuer, or any text.",
        "table: a JWT of the platform's issuer",
    ),
    Quirk(
        "live-missing-status",
        ("401", "403", "400"),
        "The status of an answer to a request of the live dialect without a token.",
        "none",
    ),
    Quirk(
        "live-refused-status",
        ("401", "403"),
        "Its status where the token is not good: broken, expired, or of another issuer.",
        "none",
    ),
    Quirk(
        "live-unentitled-status",
        ("403", "401", "404"),
        "Its status where a good token is not for the tournament that is asked for.",
        "none",
    ),
    Quirk(
        "live-token-lifetime",
        ("300", "600", "86400"),
        "Seconds for which a token that the issuer gives is good.",
        "sibling: two products of the same issuer have 300 and 600; 86400 is Auth0's own default",
    ),
    Quirk(
        "live-token-audience",
        ("optional", "required"),
        "Whether a request for a token must name an audience.",
        "sibling: two products of the same issuer show it in the request; none says what happens"
        " without",
    ),
)
