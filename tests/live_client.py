"""A client of live events: envelopes in, objects by id, and out of these holes, scores, matches.

It imports nothing of mockdde and is written from the reference alone. Whatever is said again is an
action on an object that it has; a score is nothing but what its objects come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

Packet = dict[str, Any]

EVENT = "Event.Sport.Golf"
GIVEN_UP = ("HOLE_CONCEDED", "HOLE_LOST", "RESIGNED", "OTHER")
LEFT = ("RESIGNED", "WITHDRAWN", "DISQUALIFIED")  # of stroke play
DATA = {"id", "action", "type", "created_at", "sport_event", "payload"}
PLAYOFF = 100  # rounds from here on are playoffs


class ActionError(AssertionError):
    """An action that its objects do not allow."""


# ── objects ────────────────────────────────────────────────────────────────────────────────────


class Objects:
    """One stream: the live events as they stand, by id."""

    def __init__(self) -> None:
        self.by_id: dict[str, Packet] = {}
        self.messages: set[str] = set()  # ids
        self.deleted: set[str] = set()
        # Payloads by team_id, by hole_sequence, by kind and by id.
        self.by_team: dict[int, dict[int, dict[str, dict[str, Packet]]]] = {}
        self.holes: dict[tuple[int, int], Hole | None] = {}  # by team_id and hole_sequence
        self.sport_event = ""
        self.actions = {"ADD": 0, "UPDATE": 0, "DELETE": 0}

    def take(self, message: Packet) -> Packet:
        """A message; what it says of which object."""
        data: Packet = message["data"]
        id_, action = data["id"], data["action"]
        before = self.by_id.get(id_)
        self._expect(message["id"] not in self.messages, f"message {message['id']} twice")
        self.messages.add(message["id"])
        for each in (id_, message["id"]):
            self._expect(UUID(each).version == 5, f"{each} is of another version")
        self.sport_event = self.sport_event or data["sport_event"]["id"]
        self._expect(data["sport_event"]["id"] == self.sport_event, "another sport event")
        self._expect(message["time"] >= data["created_at"], "sent before it was made")
        self._expect(("payload" in data) == (action != "DELETE"), f"{action} and its payload")
        self._expect((before is None) == (action == "ADD"), f"{action} of {id_}")
        self._expect(id_ not in self.deleted, f"{action} of what was deleted")
        self.actions[action] += 1
        if before is not None:
            self._expect(data["type"] == before["type"], f"{action} makes another type of it")
            self._expect(data["created_at"] >= before["created_at"], "a version before the last")
            self._forget(before)
        if action == "DELETE":
            del self.by_id[id_]
            self.deleted.add(id_)
            return data
        self._expect(before is None or data["payload"] != before["payload"], "nothing is updated")
        self._expect(data["payload"]["event_time"] <= data["created_at"], "said before it was so")
        self.by_id[id_] = data
        self._here(data)[id_] = data["payload"]
        return data

    def _forget(self, before: Packet) -> None:
        del self._here(before)[before["id"]]

    def _here(self, data: Packet) -> dict[str, Packet]:
        """All of a kind on a hole, of which something is going to be another one."""
        team, at = data["payload"]["team_id"], data["payload"]["hole_sequence"]
        self.holes.pop((team, at), None)
        holes = self.by_team.setdefault(team, {})
        return holes.setdefault(at, {}).setdefault(kind_of(data), {})

    def _expect(self, fine: bool, otherwise: str) -> None:
        if not fine:
            raise ActionError(
                f"{self.sport_event}, after {len(self.messages)} messages: {otherwise}"
            )

    def of(self, team: int, kind: str, sequence: int) -> list[Packet]:
        """The payloads of a kind on a hole, oldest first."""
        return [*self.by_team.get(team, {}).get(sequence, {}).get(kind, {}).values()]

    def all(self, team: int, kind: str) -> list[Packet]:
        """The payloads of a kind on all holes."""
        return [each for at in self.by_team.get(team, {}) for each in self.of(team, kind, at)]

    def ended(self, team: int, sequence: int) -> Hole | None:
        """A hole, if it has ended."""
        if (team, sequence) not in self.holes:
            found = self.of(team, "HoleEnded", sequence)
            self._expect(len(found) < 2, f"hole {sequence} has ended {len(found)} times")
            hole = hole_of(found[0], balls_of(self, team, sequence)) if found else None
            self.holes[team, sequence] = hole
        return self.holes[team, sequence]


def kind_of(data: Packet) -> str:
    """The last word of the type."""
    kind = str(data["type"])
    return kind.removeprefix(f"{EVENT}.")


# ── holes ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Hole:
    """A hole that has ended for a side."""

    number: int
    par: int
    strokes: int  # as HoleEnded has them
    reason: str
    so_far: int  # sport_event_score_to_par
    balls: Mapping[int, tuple[int, bool]]  # by player: strokes as counted, and whether holed

    @property
    def holed(self) -> bool:
        return self.reason == "BALL_HOLED"

    @property
    def over(self) -> int:
        """What it adds to the score to par."""
        return self.strokes - self.par if self.holed else 0


def balls_of(objects: Objects, team: int, sequence: int) -> dict[int, tuple[int, bool]]:
    """What the strokes of a hole come to, by player."""
    made: dict[int, int] = {}
    for each in objects.of(team, "StrokeExecuted", sequence):
        player = each["player"]["player_id"]
        made[player] = made.get(player, 0) + (each["provisional_number"] == 0)
    for each in objects.of(team, "Penalty", sequence):
        made[each["player_id"]] = made.get(each["player_id"], 0) + each["penalty_strokes"]
    for each in objects.of(team, "ProvisionalBallSelected", sequence):
        player = each["player"]["player_id"]
        made[player] = made.get(player, 0) + each["provisional_number"] + each["penalty_strokes"]
    holed = [each["player"]["player_id"] for each in objects.of(team, "BallHoled", sequence)]
    return {player: (strokes, player in holed) for player, strokes in made.items()}


def hole_of(end: Packet, balls: Mapping[int, tuple[int, bool]]) -> Hole:
    """A hole by its HoleEnded."""
    score = end["score"]
    return Hole(
        end["hole_number"],
        score["hole_par"],
        score["hole_strokes"],
        end["end_reason"],
        score["sport_event_score_to_par"],
        balls,
    )


def holes_of(objects: Objects, team: int) -> dict[int, Hole]:
    """The holes of a team that have ended, by their order."""
    orders = sorted(objects.by_team.get(team, {}))
    found = {at: hole for at in orders if (hole := objects.ended(team, at)) is not None}
    over = 0
    for at, hole in found.items():
        over += hole.over
        assert hole.so_far == over, f"team {team}, hole {at}: {hole.so_far} to par, not {over}"
    return found


# ── stroke play ────────────────────────────────────────────────────────────────────────────────


@dataclass
class StrokeClient:
    """A tournament of stroke play: a stream a round."""

    aggregate: int = 0  # holes of a playoff of which the total decides; 0: the last one does
    rounds: dict[int, Objects] = field(default_factory=dict)
    known: dict[tuple[int, int], dict[int, Hole]] = field(default_factory=dict)  # round, team_id

    def take(self, round_no: int, message: Packet) -> int:
        """A message of a round; the team it is about."""
        objects = self.rounds.setdefault(round_no, Objects())
        before = objects.by_id.get(message["data"]["id"])
        data = objects.take(message)
        payload: Packet = data.get("payload") or (before or {})["payload"]
        team: int = payload["team_id"]
        assert payload["round_number"] == round_no
        self.known.pop((round_no, team), None)
        return team

    def holes(self, round_no: int, team: int) -> dict[int, Hole]:
        """Holes that have ended."""
        key = (round_no, team)
        if key not in self.known:
            objects = self.rounds.get(round_no)
            self.known[key] = holes_of(objects, team) if objects is not None else {}
        return self.known[key]

    def over(self, team: int, *rounds: int) -> int:
        """To par: of some rounds, or of the tournament, in which playoffs do not count."""
        of = rounds or [no for no in self.rounds if no <= PLAYOFF]
        return sum(hole.over for no in of for hole in self.holes(no, team).values())

    def strokes(self, team: int) -> int:
        """Of all holes of the tournament."""
        holes = [self.holes(no, team) for no in self.rounds if no <= PLAYOFF]
        return sum(each.strokes for of in holes for each in of.values() if each.holed)

    def has(self, round_no: int, team: int, kind: str) -> bool:
        """Whether its round has started, or ended."""
        return bool(self.rounds.get(round_no, Objects()).all(team, kind))

    def has_left(self, team: int) -> bool:
        """Whether a hole says that the team is out; who leaves a playoff has lost that."""
        last = [self.holes(no, team) for no in self.rounds if no <= PLAYOFF]
        return any(each.reason in LEFT for of in last for each in of.values())

    def winner(self) -> int | None:
        """Who has won a playoff: the best of its last hole, or of all where the total decides."""
        no = max(self.rounds, default=0)
        if no <= PLAYOFF:
            return None
        objects = self.rounds[no]
        teams = set(objects.by_team)
        played = {team: self.holes(no, team) for team in teams}
        if not all(self.has(no, team, "SportEventEnded") for team in teams):
            return None
        last = max((at for holes in played.values() for at in holes), default=0)
        there = {
            team: holes for team, holes in played.items() if last in holes and holes[last].holed
        }
        if last <= self.aggregate:
            scores = {team: sum(h.strokes for h in holes.values()) for team, holes in there.items()}
        else:
            scores = {team: holes[last].strokes for team, holes in there.items()}
        best = [team for team in scores if scores[team] == min(scores.values())]
        return best[0] if len(best) == 1 else None

    def standing(self, out: set[int]) -> dict[int, tuple[int, bool]]:
        """Of all teams that have a score and are not ``out``: their place, and whether shared."""
        teams = {team for objects in self.rounds.values() for team in objects.by_team} - out
        won = self.winner()
        keys = {
            team: (self.over(team), team != won)
            for team in teams
            if any(hole.holed for no in self.rounds for hole in self.holes(no, team).values())
        }
        return {
            team: (
                1 + sum(other < key for other in keys.values()),
                sum(other == key for other in keys.values()) > 1,
            )
            for team, key in keys.items()
        }


# ── match play ─────────────────────────────────────────────────────────────────────────────────


@dataclass
class MatchClient:
    """A match: one stream; ``teams`` are the team_ids of its sides."""

    teams: tuple[int, int]
    over: int  # holes of regulation play; 0: it ends with the first hole that is won
    to_a_winner: bool
    objects: Objects = field(default_factory=Objects)
    known: dict[int, tuple[Hole, Hole]] | None = None

    def take(self, message: Packet) -> None:
        """A message."""
        self.objects.take(message)
        self.known = None

    def holes(self) -> dict[int, tuple[Hole, Hole]]:
        """The holes that have ended for both sides, by their order."""
        if self.known is None:
            first, second = (holes_of(self.objects, team) for team in self.teams)
            self.known = {at: (first[at], second[at]) for at in first if at in second}
        return self.known

    def result(self, at: int) -> int:
        """1 where the first side has won a hole, -1 where the second has, 0 where it is halved."""
        first, second = self.holes()[at]
        if first.holed and second.holed:
            return (first.strokes < second.strokes) - (first.strokes > second.strokes)
        return (second.reason in GIVEN_UP) - (first.reason in GIVEN_UP)

    @property
    def up(self) -> int:
        """Holes by which the first side is ahead."""
        return sum(map(self.result, self.holes()))

    @property
    def resigned(self) -> int | None:
        """The side (0 or 1) that has given up the match."""
        for sides in self.holes().values():
            for at, side in enumerate(sides):
                if side.reason == "RESIGNED":
                    return at
        return None

    @property
    def complete(self) -> bool:
        """Whether it is decided."""
        played, up = len(self.holes()), abs(self.up)
        if self.resigned is not None:
            return True
        if played < self.over:
            return up > self.over - played
        return up > 0 or (played > 0 and not self.to_a_winner)

    @property
    def winner(self) -> int | None:
        """The side that has won; None before, and of a match that is halved."""
        if self.resigned is not None:
            return 1 - self.resigned
        if not self.complete or not self.up:
            return None
        return 0 if self.up > 0 else 1

    @property
    def ended(self) -> bool:
        """Whether its end was said, of both sides alike."""
        counts = [len(self.objects.all(team, "SportEventEnded")) for team in self.teams]
        assert counts[0] == counts[1] <= 1, f"it has ended {counts} times"
        return counts[0] == 1
