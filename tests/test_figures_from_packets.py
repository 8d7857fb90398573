"""Who reads round packets finds the same figures: an independent client counts them again."""

from __future__ import annotations

import json

import pytest

from client_fold import Round
from mockdde.books import Books
from mockdde.feeds import stream_feeds
from mockdde.scenario import load_text
from mockdde.world import stage
from random_scenarios import scenario_text
from running import DEFAULTS, WHOLE, at_defaults

STROKES = {"AddressingBall", "HitBall", "BallHoled", "Penalty", "BallDrop"}
LIES = {"ApproximateLie", "DetailedLie", "ProvisionalBallSelected"}


class Reader(Round):
    """A client that keeps what was said of each hole; corrections are carried out in place."""

    def feed(self, packet):
        hole = super().feed(packet)
        if packet["eventElementType"] in STROKES | LIES:
            vars(hole).setdefault("said", []).append(packet)
        return hole


def lies_of(said):
    """Where each ball came to rest, by stroke and ball: measured, or else estimated."""
    found = {}
    for kind in ("ApproximateLie", "DetailedLie"):
        for each in said:
            if each["eventElementType"] == kind:
                found[each["strokeNo"], each["provisionalIndex"]] = each["ballLie"]
    return found


def counted(hole, metres):  # noqa: C901  (one case a packet)
    """The figures of a hole that was holed out."""
    lies, here, putts, ended, spare = lies_of(hole.said), ("OTB", metres), 0, [], []
    taken, reached = 0, None
    for each in hole.said:
        key = (each["strokeNo"], each.get("provisionalIndex"))
        match each["eventElementType"]:
            case "HitBall" if key[1]:
                spare.append(lies[key])
            case "HitBall":
                putts += here[0] == "OGR"
                taken += 1
                whence = here
                if key in lies:
                    here = (lies[key]["surfaceTypeCode"], lies[key]["distanceToPin"])
                    ended.append(lies[key])
                if reached is None and (here[0] == "OGR" or key not in lies):
                    reached = taken
            case "Penalty":
                taken += each["strokesAssessed"]
            case "ProvisionalBallSelected":
                for lie in spare[: key[1]]:
                    ended.append(lie)
                    here = (lie["surfaceTypeCode"], lie["distanceToPin"])
                taken += key[1] + each["penaltyStrokes"]
                if reached is None and key[1] and here[0] == "OGR":
                    reached = taken
                spare = []
            case "BallDrop":
                here = (each["ballLie"]["surfaceTypeCode"], each["ballLie"]["distanceToPin"])
    surfaces = [lie["surfaceTypeCode"] for lie in ended]
    return {
        "putts": putts,
        "gir": reached <= hole.par - 2,
        "penalties": hole.penalties,
        "tee": surfaces[0] if surfaces else "",
        "bunker": not {"OST", "OGS"}.isdisjoint(surfaces),
        "rough": not {"ORO", "OIR"}.isdisjoint(surfaces),
        "greenside": "OGS" in surfaces,
        "landings": sum(each != "OGR" for each in surfaces),
        "holed_from": round(whence[1] * 10),
        "drive": round(ended[0]["shotDistance"] * 10) if hole.par > 3 and ended else None,
    }


def compare(tournament):
    books, rounds = Books(tournament), {}
    (feed,) = [each(books) for each in stream_feeds() if each.NAME == "dde/events"]
    for event in tournament.log:
        books.apply(event)
        for sent in feed.apply(event) if event.team else ():
            packet = json.loads(sent.payload)
            rounds.setdefault((event.round, event.team), Reader()).feed(packet)
    holes = 0
    for (round_no, team), client in rounds.items():
        for order, line in books.teams[team].rounds[round_no].lines.items():
            of = line.figures
            if of is None:  # its course is not measured
                continue
            mine = counted(client.holes[order], line.hole.metres)
            if of.tee == "":
                mine["drive"] = of.drive  # of a hole in one the packets have no length
            assert mine == {
                **{key: getattr(of, key) for key in mine},
                "landings": sum(of.landings),
            }, (round_no, team, order)
            holes += 1
    return holes


@pytest.mark.parametrize("name", WHOLE)
def test_figures_of_shipped_scenarios(name):
    compare(at_defaults(name))


@pytest.mark.parametrize("seed", range(20))
def test_figures_of_random_scenarios(seed):
    compare(stage(load_text(scenario_text(seed, 0.03), "random.yaml"), DEFAULTS))
