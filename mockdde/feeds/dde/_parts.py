"""Objects that stand in several DDE packets: the player and the three forms of ballLie."""

from __future__ import annotations

from typing import Any

from mockdde import log
from mockdde.golf import SURFACES, Lie, Player
from mockdde.quirks import Quirks

__all__ = ["ball_lie", "drop_lie", "estimated_lie", "player"]

_YARDS = 1.0936133


def player(of: Player) -> dict[str, Any]:
    """``players[]`` of RoundStarted and ``player`` of stroke packets."""
    return {
        "country": of.country,
        "displayName": of.display_name,
        "firstName": of.first_name,
        "gender": of.gender,
        "id": of.id,
        "isAmateur": of.is_amateur,
        "lastName": of.last_name,
    }


def ball_lie(lie: Lie, shot_distance: float, to_pin: float) -> dict[str, Any]:
    """ballLie of DetailedLie and ProvisionalBallSelected; distances in metres."""
    return {
        "blindshot": lie.blind,
        "coordinates": lie.point._asdict(),
        "distanceToPin": to_pin,
        "obstructions": lie.obstructed,
        "shotDistance": shot_distance,
        "surfaceType": SURFACES[lie.surface],
        "surfaceTypeCode": lie.surface,
    }


def estimated_lie(what: log.LieReport, quirks: Quirks, *, pga: bool) -> dict[str, Any]:
    """ballLie of ApproximateLie; some keys come from the PGA tour only."""
    keys = ball_lie(what.lie, what.shot_distance, what.to_pin)
    keys["isPredictionUnconfident"] = what.lie.surface in ("OUK", "OTO", "OBU")
    if pga:
        keys["isWaterProbable"] = what.lie.surface == "OWA"
    if pga and quirks["lie-probabilities"] == "empty":
        keys["distanceToPinProb"] = []
        keys["strokesToPinProb"] = []
    if pga and quirks["zone-probabilities"] == "approximate-lie":
        keys["zoneProbabilities"] = _zones(what.lie, what.to_pin)
    return dict(sorted(keys.items()))


def drop_lie(lie: Lie, to_pin: float, *, zones: bool) -> dict[str, Any]:
    """ballLie of BallDrop; its table has neither shotDistance nor the two flags."""
    keys: dict[str, Any] = {
        "coordinates": lie.point._asdict(),
        "distanceToPin": to_pin,
        "surfaceType": SURFACES[lie.surface],
        "surfaceTypeCode": lie.surface,
    }
    if zones:
        keys["zoneProbabilities"] = _zones(lie, to_pin)
    return keys


def _zones(lie: Lie, to_pin: float) -> list[dict[str, Any]]:
    other = "ORO" if lie.surface != "ORO" else "OIR"
    return [
        {
            "distanceToPinYards": round(to_pin * _YARDS, 1),
            "probabilityPercent": percent,
            "zoneCode": code,
            "zoneType": SURFACES[code],
        }
        for code, percent in ((lie.surface, 75), (other, 25))
    ]
