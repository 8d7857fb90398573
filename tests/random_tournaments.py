"""Random tournaments that are legal golf: rounds, courses, cuts, departures, playoffs, and in every
round as much going wrong as in `random_scenarios.py`.

What happens in a round decides who plays the next one, so a tournament is made round by round.
"""

from __future__ import annotations

import json
import random

from mockdde import log
from random_scenarios import METRES, Reporter, shots, suspend, told, without_the_gone

CUTS = ["CUT_64", "CUT_60", "CUT_36_HOLES_PGA", "CUT_54_HOLES_ET"]
LEVELS = ["ShotlinkWithLaser", "ShotlinkWithLaser", "ScoredWithWalkingScorer", "HoleScoresOnly"]
LATER = ["30m", "5h", "20h"]
MANY = 0.03  # the chance of a directive at each anchor


def tournament_text(seed: int) -> str:
    """A scenario file."""
    chance = random.Random(seed)
    values = plan(chance)
    for facts in values["rounds"]:
        no = facts["no"]
        if no > 1:
            values["course"] += departures(chance, values, no)
        before = told(values)
        teams = playing(before, no)
        if not teams:
            break
        quiet = facts is values["rounds"][-1] and "playoff" in values and len(teams) > 2
        quiet = quiet and chance.random() < 0.6
        if quiet:  # who shares the lead is the story's to decide
            values["playoff"]["teams"] = 2
        else:
            values["course"] += happenings(chance, before, no, teams)
            tidy(values)
        if chance.random() < 0.2:
            suspend(chance, values, no, 0)
        after = told(values)
        for team in teams:
            report = LevelReporter(chance, after, (no, team), MANY).report()
            values["report"] += [each for each in report if not quiet or "connection" in each]
        far(chance, values["report"])
        if not quiet:
            values["report"] += returns(chance, values["report"], after, no)
    retire(chance, values["course"])
    return json.dumps(values)


def plan(chance: random.Random) -> dict:
    """The field, the courses and the rounds, with nothing that happens in them yet."""
    first = chance.randint(1, 17)
    last = min(first + chance.randint(1, 3), 18)
    numbers = range(first, last + 1)
    count = chance.randint(1, 4)
    field = [{"team": team} for team in sorted(chance.sample(range(1, 40), chance.randint(2, 7)))]
    values = {
        "title": "Drawn",
        "seed": chance.randint(0, 10**6),
        "tournament": {
            "tour": chance.choice(["European Tour", "PGA tour", "LPGA Tour"]),
            "utcOffset": chance.randint(-8, 8),
            "courses": [course(chance, numbers) for _ in range(chance.choice([1, 1, 1, 2, 3]))],
        },
        "field": field,
        "rounds": [round_of(chance, no, numbers, last=no == count) for no in range(1, count + 1)],
        "course": [],
        "report": [],
    }
    if chance.random() < 0.4:
        holes = [chance.choice(numbers) for _ in range(2)]
        values["playoff"] = {"holes": holes, "aggregate": chance.random() < 0.4}
    if chance.random() < 0.3:
        field.append({"team": 50, "alternate": True})
        out = chance.choice(field[:-1])["team"]
        values["course"].append({"team": 50, "round": 1, "replaces": out})
    if chance.random() < 0.2:
        field[0]["pending"] = True
    return values


def course(chance, numbers):
    pars = {no: chance.choice([3, 4, 4, 5]) for no in numbers}
    holes = [{"no": no, "par": par, "metres": METRES[par]} for no, par in pars.items()]
    return {"holes": holes, "scoring": chance.choice(LEVELS)}


def round_of(chance, no, numbers, *, last):
    tees = chance.sample(numbers, chance.choice([1, 1, 2]))
    found = {
        "no": no,
        "holes": f"{numbers[0]}-{numbers[-1]}",
        "tees": tees,
        "groups": chance.randint(1, 4),
    }
    if not last and chance.random() < 0.5:
        found["advance"] = chance.choice([*CUTS, "CUT_TEN_STROKE"])
        if found["advance"] != "CUT_TEN_STROKE" and chance.random() < 0.9:
            found["cut"] = chance.randint(1, 4)
    return found


def playing(tournament, no):
    """The teams that start a round, as it stands."""
    return [
        each.team
        for each in tournament.log
        if each.round == no and isinstance(each.what, log.RoundStarted)
    ]


def departures(chance, values, no):
    """Teams that leave before a round, of those that would play it."""
    teams = playing(told(values), no)
    if len(teams) < 3 or chance.random() < 0.6:
        return []
    status = chance.choice(["Withdrawn", "Retired", "Disqualified", "DidNotStart"])
    return [{"team": chance.choice(teams), "round": no, "leaves": status}]


def happenings(chance, tournament, no, teams):
    """What befalls the teams on the holes of a round."""
    found = []
    for team in teams:
        facts = tournament.rounds[no, team]
        for hole in facts.holes:
            if chance.random() < 0.35:
                happening = {"team": team, "round": no, "hole": hole.no}
                found.append(happening | how(chance, facts.course.scoring, METRES[hole.par]))
    return found


def how(chance, scoring, metres):
    if scoring != "ShotlinkWithLaser" or chance.random() < 0.3:
        return {"score": chance.randint(1, 9)}
    return {"shots": shots(chance, metres, leaves=chance.random() < 0.5)}


class LevelReporter(Reporter):
    """Corrects nothing that the course's scoring level does not report."""

    def __init__(self, chance, tournament, key, many):
        super().__init__(chance, tournament, key, many)
        scoring = tournament.rounds[key].course.scoring
        self.unreported = {
            "ShotlinkWithLaser": (),
            "ScoredWithWalkingScorer": ("ApproximateLie", "DetailedLie", "BallDrop"),
            "HoleScoresOnly": ("ApproximateLie", "DetailedLie", "BallDrop", "Penalty"),
        }[scoring]

    def _resend(self, after, in_play):
        found = super()._resend(after, in_play)
        for known in self.known.values():
            known[:] = [each for each in known if each[0] not in self.unreported]
        return found


def tidy(values):
    """Leave out what teams would do after they left."""
    values["course"] = [
        *(each for each in values["course"] if "hole" not in each),
        *without_the_gone([each for each in values["course"] if "hole" in each], values["rounds"]),
    ]


def returns(chance, report, tournament, no):
    """Holes on which teams left, sent again as if they had not."""
    spoken = {(each["after"]["team"], each["after"]["round"]) for each in report}
    found = []
    for event in tournament.log:
        left = isinstance(event.what, log.HoleFinished) and event.what.reason != "BallHoled"
        key = (event.team, no)
        if left and event.round == no and key not in spoken and chance.random() < 0.5:
            hole = tournament.rounds[no, event.team].holes[event.order - 1].no
            after = {"team": event.team, "round": no, "hole": hole, "event": "HoleFinished"}
            found.append({"after": after, "resend": {"hole": hole, "shots": ["hit in"]}})
    return found


def far(chance, report):
    """Some of what is said again is said much later, on the next day even."""
    for each in report:
        if ("later" in each or "rescore" in each) and chance.random() < 0.3:
            each["later"] = chance.choice(LATER)


def retire(chance, course):
    """Some of those who leave on a hole retire, which packets do not tell apart."""
    for each in course:
        if "withdraw" in each.get("shots", ()) and chance.random() < 0.5:
            each["shots"] = ["retire" if text == "withdraw" else text for text in each["shots"]]
