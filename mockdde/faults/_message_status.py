"""The packets that say how far a round or hole is, and such as were never reported."""

from __future__ import annotations

from mockdde.faults._message_kit import Keys

__all__ = ["FINISHED", "OFFICIAL", "status", "status_of"]

OFFICIAL = ("RoundOfficial", "Round Official")
FINISHED = ("RoundFinished", "Round Finished", "HoleFinished", "Hole Finished")
_SPACED = {
    "RoundFinished": "Round Finished",
    "RoundOfficial": "Round Official",
    "HoleStarted": "Hole Started",
}
_KIND = "RoundStatusUpdate"
_MUST = ("courseId", "holeOrder", "seqNum", "timestamp")
# Which of these there are depends on the age of the packets, and on round or match.
_MAY = ("groupID", "groupId", "groupNo", "hole", "holeNo", "roundNo", "teamNo", "teamNon")


def status_of(keys: Keys) -> str:
    """The state that a packet reports; nothing where it is another packet."""
    state = keys.get("state")
    return state if keys.get("eventElementType") == _KIND and isinstance(state, str) else ""


def status(keys: Keys, state: str, *, received: bool = True) -> Keys | None:
    """A status of the moment and place of another packet; None where that does not say them.

    It is spelt as the packet spells its own.
    """
    if any(name not in keys for name in _MUST):
        return None
    spaced = " " in status_of(keys)
    made = {name: keys[name] for name in (*_MUST, *_MAY) if name in keys}
    made |= {"eventElementType": _KIND, "state": _SPACED[state] if spaced else state}
    if received:
        made["timestampReceived"] = keys.get("timestampReceived", keys["timestamp"])
    return dict(sorted(made.items()))
