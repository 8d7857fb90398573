"""Good clients as the kit sees them: folds of packets that know nothing of mockdde, and what state
documents they would post.
"""

from __future__ import annotations

from typing import Any

from client_fold import Round
from live_client import MatchClient, Objects, balls_of
from match_client import Match, MatchFacts

Packet = dict[str, Any]
LINKS = {
    "Connected": "connected",
    "PartiallyDisconnected": "partially_disconnected",
    "Disconnected": "disconnected",
}


class DdeClient:
    """All targets of a case; ``facts`` of its matches by number."""

    def __init__(self, targets: Any, facts: dict[int, MatchFacts]) -> None:
        self.targets = {each.path: each for each in targets}
        self.links: dict[str, str] = {}
        self.folds: dict[str, Round | Match] = {
            each.path: Match(facts[each.match]) if each.round is None else Round()
            for each in targets
        }
        self.begun: set[str] = set()

    def take(self, path: str, packet: Packet) -> None:
        self.begun.add(path)
        fold = self.folds[path]
        if packet.get("eventElementType") == "ConnectionStateChanged":
            self.links[path] = packet["state"]
        fold.feed(packet) if isinstance(fold, Round) else fold.packet(packet)

    def document(self) -> Packet:
        document: Packet = {"schema": "mockdde.state/1", "streams": {}, "rounds": {}, "matches": {}}
        for path, fold in self.folds.items():
            target = self.targets[path]
            document["streams"][path] = self._stream(path, fold)
            if isinstance(fold, Match):
                if fold.started:
                    document["matches"][f"{target.tournament}/{target.match}"] = _match(fold)
            elif fold.holes:
                key = f"{target.tournament}/{target.round}/{target.teams[0]}"
                document["rounds"][key] = _round(fold)
        return document

    def _stream(self, path: str, fold: Round | Match) -> Packet:
        link = LINKS[self.links.get(path, "Connected")]
        final = fold.official if isinstance(fold, Match) else fold.status == "RoundOfficial"
        return {
            "transport": "closed" if final else "open",
            "source_link": link,
            "last_applied": fold.seq or None,
            "mode": "hole_correction" if fold.correcting else "normal",
            "trusted": link == "connected" and not fold.correcting and not final,
            "final": final,
        }


def _round(fold: Round) -> Packet:
    holes = {
        str(order): {
            "no": each.no,
            "strokes": each.strokes,
            "penalties": each.penalties,
            "holed": each.holed,
        }
        for order, each in fold.holes.items()
    }
    return {"to_par": fold.to_par, "holes": holes}


def _match(fold: Match) -> Packet:
    teams = fold.facts.teams
    holes: Packet = {str(order): {"no": each.no} for order, each in fold.holes.items()}
    for order, line in fold.lines.items():
        holes[str(order)] |= {
            "winner": None if not line.result else teams[0 if line.result > 0 else 1],
            "strokes": {
                str(team): side.strokes for team, side in zip(teams, line.sides, strict=True)
            },
        }
    return {
        "played": fold.played,
        "up": abs(fold.up),
        "leader": None if not fold.up else teams[0 if fold.up > 0 else 1],
        "complete": fold.complete,
        "winner": None if fold.winner is None else teams[fold.winner],
        "holes": holes,
    }


class LiveClient:
    """The same of the live dialect."""

    def __init__(self, targets: Any, facts: dict[int, MatchFacts]) -> None:
        self.targets = {each.path: each for each in targets}
        self.folds: dict[str, Objects] = {each.path: Objects() for each in targets}
        self.last: dict[str, str] = {}
        self.matches: dict[str, MatchClient] = {}
        for each in targets:
            if each.round is None:
                of = facts[each.match]
                teams = (each.teams[0], each.teams[1])
                self.matches[each.path] = MatchClient(teams, of.over, of.to_a_winner)

    def take(self, path: str, message: Packet) -> None:
        self.last[path] = message["id"]
        self.folds[path].take(message)
        if path in self.matches:
            self.matches[path].take(message)

    def document(self) -> Packet:
        document: Packet = {"schema": "mockdde.state/1", "streams": {}, "rounds": {}, "matches": {}}
        for path, objects in self.folds.items():
            target = self.targets[path]
            ended = all(objects.all(team, "SportEventEnded") for team in target.teams)
            document["streams"][path] = {
                "transport": "closed" if ended else "open",
                "last_applied": self.last.get(path),
                "trusted": True,
                "final": ended,
            }
            if target.round is None:
                if path in self.last:
                    key = f"{target.tournament}/{target.match}"
                    document["matches"][key] = self._match(path)
                continue
            for team in target.teams:
                if holes := _holes(objects, team):
                    key = f"{target.tournament}/{target.round}/{team}"
                    document["rounds"][key] = {
                        "to_par": sum(hole.pop("over") for hole in holes.values()),
                        "holes": holes,
                    }
        return document

    def _match(self, path: str) -> Packet:
        client, objects = self.matches[path], self.folds[path]
        teams = client.teams
        holes: Packet = {}
        for at in sorted(objects.by_team.get(teams[0], {})):
            for each in objects.of(teams[0], "HoleStarted", at):
                holes[str(at)] = {"no": each["hole_number"]}
        for at, sides in client.holes().items():
            result = client.result(at)
            holes[str(at)] |= {
                "winner": None if not result else teams[0 if result > 0 else 1],
                "strokes": {
                    str(team): side.strokes if side.holed else None
                    for team, side in zip(teams, sides, strict=True)
                },
            }
        return {
            "played": len(client.holes()),
            "up": abs(client.up),
            "leader": None if not client.up else teams[0 if client.up > 0 else 1],
            "complete": client.complete,
            "winner": None if client.winner is None else teams[client.winner],
            "holes": holes,
        }


def _holes(objects: Objects, team: int) -> Packet:
    holes: Packet = {}
    for at in sorted(objects.by_team.get(team, {})):
        for each in objects.of(team, "HoleStarted", at):
            ended = objects.ended(team, at)
            balls = balls_of(objects, team, at)
            made = sum(strokes for strokes, _ in balls.values())
            penalties = [
                *(each["penalty_strokes"] for each in objects.of(team, "Penalty", at)),
                *(
                    each["penalty_strokes"]
                    for each in objects.of(team, "ProvisionalBallSelected", at)
                ),
            ]
            holes[str(at)] = {
                "no": each["hole_number"],
                "strokes": made if ended is None else ended.strokes,
                "penalties": sum(penalties),
                "holed": any(holed for _, holed in balls.values())
                or (ended is not None and ended.holed),
                "over": 0 if ended is None else ended.over,
            }
    return holes
