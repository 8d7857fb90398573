"""Older and contested spellings of DDE packets: what the quirks change in a rendered packet."""

from __future__ import annotations

from typing import Any

from mockdde.quirks import QUIRKS, Quirks

__all__ = ["Shaper"]

_SHAPES = (
    "shapes",
    "course-id",
    "group-key",
    "team-key",
    "players-id",
    "is-amateur",
    "score-keys",
    "score-type",
    "even-par",
    "state-spelling",
    "later-clubs",
    "hole-score-hole",
    "hole-score-player",
    "provisional-selected",
    "distances",
    "hole-finished-score",
)
_STATES = {
    "RoundStarted": "Round Started",
    "RoundFinished": "Round Finished",
    "RoundOfficial": "Round Official",
    "HoleStarted": "Hole Started",
    "HoleFinished": "Hole Finished",
}
_HOLE_FINISHED = ("HoleFinished", "Hole Finished")
_DISTANCES = ("distanceToPin", "shotDistance")
_ENDS = ("RoundFinished", "RoundOfficial")
_SHORT = {"currentRoundScoreToPar": "currentRoundScore", "overallScoreToPar": "overallScore"}

Packet = dict[str, Any]


class Shaper:
    """Turns a packet of the newest shape into the shape that the quirks ask for."""

    def __init__(self, quirks: Quirks) -> None:
        self._quirks = quirks
        # Packets are of that shape already, and nothing is done with them.
        self.is_newest = all(quirks[name] == QUIRKS[name].default for name in _SHAPES)

    def __call__(self, packet: Packet) -> Packet:
        """The packet, changed in place where a quirk says so."""
        packet = self._age(packet)
        self._spell(packet)
        self._retype(packet)
        return packet

    def _is(self, name: str, choice: str) -> bool:
        return self._quirks[name] == choice

    def _age(self, packet: Packet) -> Packet:
        age = self._quirks["shapes"]
        if age == "2025":
            return packet
        if packet["eventElementType"] == "ModeChange":
            return {key: packet[key] for key in ("eventElementType", "mode", "seqNum")}
        gone = {"groupId", "roundNo"}
        selected = packet["eventElementType"] == "ProvisionalBallSelected"
        if not selected:
            gone.add("player")
        if age == "2018":
            gone.add("timestampReceived")
            for each in packet.get("players", ()):
                each.pop("gender", None)
            if selected:
                packet["player"] = packet["player"]["id"]
                _rename(packet, "player", "playerId")
            if packet["eventElementType"] == "BallDrop":
                gone.add("strokesAssessed")
            for lie in _lies(packet):
                lie.update(lie.pop("coordinates"))
        return {key: value for key, value in packet.items() if key not in gone}

    def _spell(self, packet: Packet) -> None:
        kind, state = packet["eventElementType"], packet.get("state", "")
        if self._is("group-key", "groupID") and (
            state in _ENDS or kind in ("HitBall", "ApproximateLie")
        ):
            _rename(packet, "groupId", "groupID")
        if self._is("team-key", "teamNon") and state in _ENDS:
            _rename(packet, "teamNo", "teamNon")
        if self._is("players-id", "playerId"):
            for each in packet.get("players", ()):
                _rename(each, "id", "playerId")
        if self._is("score-keys", "short") and kind in ("BallHoled", "Penalty"):
            for key, short in _SHORT.items():
                _rename(packet["score"], key, short)
        if self._is("state-spelling", "spaced") and state in _STATES:
            packet["state"] = _STATES[state]
        if kind == "HoleScoreUpdate" and self._is("hole-score-hole", "hole"):
            _rename(packet["eventCorrectedIdentifier"], "holeNo", "hole")

    def _retype(self, packet: Packet) -> None:
        kind = packet["eventElementType"]
        if self._is("course-id", "integer") and "courseId" in packet:
            packet["courseId"] = int(packet["courseId"])
        if self._is("is-amateur", "string") and "player" in packet:
            packet["player"]["isAmateur"] = str(packet["player"]["isAmateur"]).lower()
        if packet.get("clubTypeCode") == "CUK" and packet["strokeNo"] > 1:
            if self._is("later-clubs", "null"):
                packet["clubTypeCode"] = None
            elif self._is("later-clubs", "absent"):
                del packet["clubTypeCode"]
        if kind == "HoleScoreUpdate" and self._is("hole-score-player", "integer"):
            identifier = packet["eventCorrectedIdentifier"]
            identifier["playerId"] = int(identifier["playerId"])
        self._score(packet.get("score") or packet.get("corrections", {}).get("score") or {})
        if self._is("distances", "integer"):
            for lie in _lies(packet):
                lie.update({key: round(lie[key]) for key in _DISTANCES if key in lie})
        self._lists(packet)

    def _lists(self, packet: Packet) -> None:
        """Arrays of one, where tables have them."""
        if packet.get("state") in _HOLE_FINISHED and self._is("hole-finished-score", "array"):
            packet["score"] = [packet["score"]]
        selected = packet["eventElementType"] == "ProvisionalBallSelected"
        if selected and self._is("provisional-selected", "array"):
            packet |= {key: [packet[key]] for key in ("player", "ballLie") if key in packet}

    def _score(self, score: Packet) -> None:
        for key in (*_SHORT, *_SHORT.values()):
            if key not in score:
                continue
            if self._is("score-type", "integer"):
                score[key] = 0 if score[key] == "E" else int(score[key])
            elif score[key] == "E":
                score[key] = self._quirks["even-par"]


def _lies(packet: Packet) -> list[Packet]:
    found = (packet.get("ballLie"), packet.get("corrections", {}).get("ballLie"))
    return [lie for lie in found if lie is not None]


def _rename(keys: Packet, old: str, new: str) -> None:
    if old in keys:
        renamed = {new if key == old else key: value for key, value in keys.items()}
        keys.clear()
        keys.update(renamed)
