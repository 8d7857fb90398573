"""What the client is told: the launch contract, out of its environment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Contract", "Target"]


@dataclass(frozen=True)
class Target:
    """A stream to follow: a round or a match."""

    path: str  # follows the URL of WebSockets
    rest: str  # follows that of HTTP
    tournament: int
    round: int | None  # None of a match
    match: int | None
    teams: tuple[int, ...]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Target:
        """One of MOCKDDE_TARGETS."""
        return cls(
            path=given["path"],
            rest=given["rest"],
            tournament=int(given["tournament"]),
            round=given.get("round"),
            match=given.get("match"),
            teams=tuple(given["teams"]),
        )


@dataclass(frozen=True)
class Contract:
    """Everything in MOCKDDE_*."""

    rest_url: str
    ws_url: str
    token: str
    case: str
    dialect: str
    targets: tuple[Target, ...]
    state_url: str  # empty: nobody wants to know
    wire_speed: float  # how many times faster than real time the wire's clock runs
    seed: int

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Contract:
        """KeyError or ValueError where something is missing or no good."""
        return cls(
            rest_url=environ["MOCKDDE_REST_URL"].rstrip("/"),
            ws_url=environ["MOCKDDE_WS_URL"].rstrip("/"),
            token=environ["MOCKDDE_TOKEN"],
            case=environ.get("MOCKDDE_CASE", ""),
            dialect=environ.get("MOCKDDE_DIALECT", "dde"),
            targets=tuple(Target.of(each) for each in json.loads(environ["MOCKDDE_TARGETS"])),
            state_url=environ.get("MOCKDDE_STATE_URL", ""),
            wire_speed=float(environ.get("MOCKDDE_WIRE_SPEED") or 1),
            seed=int(environ.get("MOCKDDE_SEED") or 0),
        )

    def real(self, seconds: float) -> float:
        """Seconds of the wire's clock as seconds to sleep."""
        return seconds / self.wire_speed

    @property
    def bearer(self) -> dict[str, str]:
        """The header that REST, and a handshake of the live dialect, wants."""
        return {"Authorization": f"Bearer {self.token}"}
