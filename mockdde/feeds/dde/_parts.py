"""Objects that stand in several DDE packets: the player and the three forms of ballLie."""

from __future__ import annotations

from typing import Any

from mockdde import log
from mockdde.golf import SURFACES, Lie, Player, Point
from mockdde.quirks import Quirks

__all__ = ["Estimates", "ball_lie", "drop_lie", "player"]

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


def _coordinates(point: Point) -> dict[str, float]:
    return {"x": point.x, "y": point.y, "z": point.z}


def ball_lie(lie: Lie, shot_distance: float, to_pin: float) -> dict[str, Any]:
    """ballLie of DetailedLie and ProvisionalBallSelected; distances in metres."""
    return {
        "blindshot": lie.blind,
        "coordinates": _coordinates(lie.point),
        "distanceToPin": to_pin,
        "obstructions": lie.obstructed,
        "shotDistance": shot_distance,
        "surfaceType": SURFACES[lie.surface],
        "surfaceTypeCode": lie.surface,
    }


class Estimates:
    """ballLie of ApproximateLie; some keys come from the PGA tour only."""

    def __init__(self, quirks: Quirks, *, pga: bool) -> None:
        self._pga = pga
        self._probable = pga and quirks["lie-probabilities"] == "empty"
        self._zones = pga and quirks["zone-probabilities"] == "approximate-lie"

    def of(self, what: log.LieReport) -> dict[str, Any]:
        """The object, its keys in alphabetical order."""
        lie, to_pin, surface = what.lie, what.to_pin, what.lie.surface
        keys: dict[str, Any] = {
            "blindshot": lie.blind,
            "coordinates": _coordinates(lie.point),
            "distanceToPin": to_pin,
        }
        if self._probable:
            keys["distanceToPinProb"] = []
        keys["isPredictionUnconfident"] = surface in ("OUK", "OTO", "OBU")
        if self._pga:
            keys["isWaterProbable"] = surface == "OWA"
        keys["obstructions"] = lie.obstructed
        keys["shotDistance"] = what.shot_distance
        if self._probable:
            keys["strokesToPinProb"] = []
        keys["surfaceType"] = SURFACES[surface]
        keys["surfaceTypeCode"] = surface
        if self._zones:
            keys["zoneProbabilities"] = _zones(lie, to_pin)
        return keys


def drop_lie(lie: Lie, to_pin: float, *, zones: bool) -> dict[str, Any]:
    """ballLie of BallDrop; its table has neither shotDistance nor the two flags."""
    keys: dict[str, Any] = {
        "coordinates": _coordinates(lie.point),
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
