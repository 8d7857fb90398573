"""What a live stream comes to: objects by id, and out of these rounds.

A message adds, updates or deletes an object. A score is nothing but what the objects there are now
come to, so no correction needs a rule of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from goodclient.contract import Target

__all__ = ["Data", "LiveHole", "LiveRound", "Objects", "tidy_data"]

Data = dict[str, Any]  # of a CloudEvent: id, action, type, created_at, payload

_INTEGERS = {
    "team_id",
    "player_id",
    "round_number",
    "hole_number",
    "hole_sequence",
    "stroke_number",
    "provisional_number",
    "penalty_strokes",
    "hole_par",
    "hole_strokes",
}
_PREFIX = "Event.Sport.Golf."
_OF_A_HOLE = ("HoleStarted", "StrokePreparation", "StrokeExecuted", "BallHoled", "HoleEnded")
KINDS = {
    *_OF_A_HOLE,
    *("SportEventStarted", "SportEventEnded", "ApproximateLie", "DetailedLie"),
    *("Penalty", "BallDropped", "ProvisionalBallSelected"),
}


def tidy_data(data: Data) -> Data:
    """Numbers as numbers, also those that come as text."""
    found = {key: _tidy(key, value) for key, value in data.items()}
    return {key: value for key, value in found.items() if value is not None}


def _tidy(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return tidy_data(value)
    if key in _INTEGERS and isinstance(value, str):
        return int(value) if value.lstrip("-").isdigit() else None
    return value


def is_event(data: Data) -> bool:
    """Every event has these, and all but those that delete have a payload."""
    says = data.get("action") == "DELETE" or isinstance(data.get("payload"), dict)
    return says and isinstance(data.get("id"), str) and isinstance(data.get("created_at"), str)


def kind_of(data: Data) -> str:
    """The last word of its type."""
    return str(data.get("type", "")).removeprefix(_PREFIX)


class Objects:
    """All objects of a target as they stand."""

    stubborn = 3  # answers of REST in a row that contradict the stream, before they are believed

    def __init__(self, target: Target) -> None:
        self.target = target
        self.held: dict[str, Data] = {}  # by id; also those that were deleted, with that action
        self.by_hole: dict[tuple[int, int], dict[str, Data]] = {}  # by team_id and hole_sequence
        self.ended: dict[int, set[str]] = {}  # ids of SportEventEnded, by team_id
        self.doubted: set[str] = set()  # of these the stream has said two things
        self.contested: Counter[str] = Counter()  # how often REST has said another thing
        self.stale: set[int] = set()  # teams whose documents are to be made anew
        self.made: dict[int, Any] = {}

    # ── messages ──────────────────────────────────────────────────────────────────────────────

    def take(self, data: Data) -> bool:
        """What a message says of its object; whether it is news."""
        before = self.held.get(data["id"])
        if before is not None and self.is_older(data, before):
            if before["created_at"] != data["created_at"] or self.is_back(data, before):
                self.doubted.add(data["id"])  # only REST can tell which one holds
            return False
        if data.get("action") == "DELETE":
            return self.delete(data, before)
        if data.get("action") not in ("ADD", "UPDATE"):
            return False  # a word that nobody knows yet
        return self.put(data)

    def is_older(self, data: Data, before: Data) -> bool:
        """Whether we hold a later version, or this one: what comes again is not counted again."""
        return bool(data["created_at"] <= before["created_at"])

    def is_back(self, data: Data, before: Data) -> bool:
        """Whether what was deleted is there again."""
        return before.get("action") == "DELETE" and data.get("action") != "DELETE"

    def put(self, data: Data) -> bool:
        """An object, new or changed. An UPDATE of one that we never had is all of it, too."""
        self.forget(data["id"])
        self.held[data["id"]] = data
        payload = data.get("payload", {})
        team, at = payload.get("team_id"), payload.get("hole_sequence")
        if team is not None and at is not None:
            self.by_hole.setdefault((team, at), {})[data["id"]] = data
            self.stale.add(team)
            if kind_of(data) == "SportEventEnded":
                self.ended.setdefault(team, set()).add(data["id"])
        return True

    def delete(self, data: Data, before: Data | None) -> bool:
        """It is gone, but not forgotten: an old version may come again. One that we never had
        says nothing."""
        if before is None:
            return False
        self.forget(data["id"])
        self.held[data["id"]] = {**before, **data}
        return True

    def forget(self, id_: str) -> None:
        """Take it out of all that is made of it."""
        payload = self.held.get(id_, {}).get("payload", {})
        team = payload.get("team_id")
        self.by_hole.get((team, payload.get("hole_sequence")), {}).pop(id_, None)
        self.ended.get(team, set()).discard(id_)
        self.stale.add(team)

    # ── REST ──────────────────────────────────────────────────────────────────────────────────

    def merge(self, listed: Iterable[Data], since: set[str]) -> bool:
        """All that REST has, oldest first; ``since`` are ids that have come while it was asked.
        Whether it says what we hold."""
        theirs: dict[str, Data] = {}
        for data in listed:
            before = theirs.get(data["id"])
            if before is None or data["created_at"] >= before["created_at"]:
                theirs[data["id"]] = data
        missing = {id_ for id_ in self.held if self.is_there(id_) and id_ not in theirs} - since
        # What is newer than all that REST has it may not have yet.
        newest = max((data["created_at"] for data in theirs.values()), default="")
        contested = {id_ for id_ in missing if self.held[id_]["created_at"] <= newest}
        ahead = missing - contested
        contested |= {id_ for id_, data in theirs.items() if not self.learn(id_, data)} - since
        for id_ in [each for each in self.contested if each not in contested]:
            del self.contested[id_]
        self.contested.update(contested)
        for id_ in contested:
            if id_ in self.doubted or self.contested[id_] >= self.stubborn:
                self.believe(id_, theirs.get(id_))
        self.doubted.clear()
        return not self.contested and not ahead

    def learn(self, id_: str, data: Data) -> bool:
        """Take what is new of an object; whether we agree on it now."""
        before = self.held.get(id_)
        gone = data.get("action") == "DELETE"
        if before is None:
            return gone or self.put(data)
        if data["created_at"] > before["created_at"]:
            return self.delete(data, before) if gone else self.put(data)
        if kind_of(before) not in KINDS and not gone:
            return self.put(data)  # we did not understand what the stream has said
        return data["created_at"] == before["created_at"] and gone != self.is_there(id_)

    def believe(self, id_: str, data: Data | None) -> None:
        """REST says again and again that it is otherwise."""
        if data is None or data.get("action") == "DELETE":
            self.delete({**self.held[id_], "action": "DELETE"}, self.held[id_])
        else:
            self.put(data)
        del self.contested[id_]

    # ── what it comes to ──────────────────────────────────────────────────────────────────────

    def is_there(self, id_: str) -> bool:
        """Whether we have it, and it was not deleted."""
        return id_ in self.held and self.held[id_].get("action") != "DELETE"

    @property
    def is_over(self) -> bool:
        """Whether all teams have ended."""
        return all(self.ended.get(team) for team in self.target.teams)

    def holes(self, team: int) -> dict[int, LiveHole]:
        """The holes of a team that have begun, by hole_sequence."""
        found = {at: LiveHole(of.values()) for (no, at), of in self.by_hole.items() if no == team}
        return {at: found[at] for at in sorted(found) if found[at].begun}

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """What a state document says of it, by its key there."""
        raise NotImplementedError


class LiveRound(Objects):
    """A round: all its teams are on one stream."""

    def documents(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """By tournament, round and team; only what has changed is made anew."""
        for team in self.stale & {*self.target.teams}:
            holes = self.holes(team)
            self.made[team] = {
                "to_par": sum(each.over for each in holes.values()),
                "holes": {str(at): each.document() for at, each in holes.items()},
            }
        self.stale.clear()
        for team, document in self.made.items():
            yield f"{self.target.tournament}/{self.target.round}/{team}", document


class LiveHole:
    """What the objects of a hole come to for a team."""

    def __init__(self, of: Iterable[Data]) -> None:
        self.of: dict[str, list[Data]] = {}
        for data in of:
            payload = data["payload"]
            self.of.setdefault(kind_of(data), []).append(payload)
        ends = self.of.get("HoleEnded")
        self.end = ends[-1] if ends else None
        self.begun = any(kind in self.of for kind in _OF_A_HOLE)

    @property
    def no(self) -> int:
        """Its number on the course."""
        said = (each.get("hole_number") for some in self.of.values() for each in some)
        return next((no for no in said if no is not None), 1)

    @property
    def score(self) -> Mapping[str, int]:
        """As HoleEnded has it."""
        found = (self.end or {}).get("score")
        return found if isinstance(found, dict) else {}

    @property
    def penalties(self) -> int:
        """Penalty strokes."""
        kinds = ("Penalty", "ProvisionalBallSelected")
        said = [each for kind in kinds for each in self.of.get(kind, [])]
        return sum(each.get("penalty_strokes", 0) for each in said)

    @property
    def played(self) -> int:
        """What the strokes come to, with penalties; a provisional ball counts once chosen."""
        hits = [each for each in self.of.get("StrokeExecuted", []) if not provisional(each)]
        chosen = self.of.get("ProvisionalBallSelected", [])
        last = max((each.get("stroke_number", 0) for each in hits), default=0)
        given = [each.get("stroke_number", 0) > last for each in self.of.get("BallHoled", [])]
        made = len(hits) + sum(map(provisional, chosen))
        return made + self.penalties + any(given)

    @property
    def strokes(self) -> int:
        """HoleEnded has the last word, for it is updated with whatever changes the score."""
        return self.score.get("hole_strokes", self.played)

    @property
    def holed(self) -> bool:
        """Whether the ball is in the hole."""
        reason = (self.end or {}).get("end_reason")
        return reason == "BALL_HOLED" or bool(self.of.get("BallHoled"))

    @property
    def over(self) -> int:
        """Over par, once it is holed and its par is told."""
        if not self.holed or "hole_par" not in self.score:
            return 0
        return self.strokes - self.score["hole_par"]

    def document(self) -> dict[str, Any]:
        """What a state document says of it."""
        return {
            "no": self.no,
            "strokes": self.strokes,
            "penalties": self.penalties,
            "holed": self.holed,
        }


def provisional(payload: Mapping[str, Any]) -> int:
    """Which provisional ball it is about; 0 for the ball in play."""
    number: int = payload.get("provisional_number") or 0
    return number
