"""Tokens: what a client may do with the one that it has, and how it gets one.

The DDE feed takes any text. The live dialect takes JWTs that are signed with the mock's own key,
which is the same everywhere: what one mock issues, or ``mockdde token`` prints, is good at all.
"""

from __future__ import annotations

from mockdde.tokens._claims import AUDIENCE, CLIENT, claims_of, ready_made
from mockdde.tokens._clients import ANYBODY, Clients, parse_clients
from mockdde.tokens._good import Pass, Tokens, plain
from mockdde.tokens._issuer import ALGORITHMS, GrantError, Issuer
from mockdde.tokens._jwt import LATEST, jwk, jwks, opened, text_of

__all__ = [
    "ALGORITHMS",
    "ANYBODY",
    "AUDIENCE",
    "CLIENT",
    "LATEST",
    "Clients",
    "GrantError",
    "Issuer",
    "Pass",
    "Tokens",
    "claims_of",
    "jwk",
    "jwks",
    "opened",
    "parse_clients",
    "plain",
    "ready_made",
    "text_of",
]
