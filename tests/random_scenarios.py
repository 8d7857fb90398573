"""Random scenarios that are legal golf: as much going wrong as a round can hold."""

from __future__ import annotations

import json
import random

from mockdde import log
from mockdde.golf import DROPS, PENALTY_REASONS
from mockdde.scenario import load_text
from mockdde.world import stage

METRES = {3: 150, 4: 350, 5: 410}  # no stroke goes further than 420 m, so every pin is in reach
SURFACES = ("OFW", "ORO", "OGR", "OST", "OUK", "OTO")
ANCHORS = {
    log.RoundStarted: "RoundStarted",
    log.HoleStarted: "HoleStarted",
    log.AddressingBall: "AddressingBall",
    log.HitBall: "HitBall",
    log.Penalty: "Penalty",
    log.BallDrop: "BallDrop",
    log.ProvisionalBallSelected: "ProvisionalBallSelected",
    log.BallHoled: "BallHoled",
    log.HoleFinished: "HoleFinished",
    log.RoundFinished: "RoundFinished",
}


def anchor_of(what):
    if isinstance(what, log.LieReport):
        return "DetailedLie" if what.detailed else "ApproximateLie"
    return ANCHORS.get(type(what))


# ── shots ──────────────────────────────────────────────────────────────────────────────────────


def shots(chance, metres, *, leaves=False):
    """A legal beginning of a hole, that holes out now and then."""
    texts = ["referee"] if chance.random() < 0.05 else []
    for turn in range(chance.randint(1, 4)):
        texts += stroke(chance, metres - 20 - turn * 30)
    if leaves and chance.random() < 0.15:
        return [*texts, chance.choice(["withdraw", "penalty disqualified"])]
    return [*texts, "hit in"] if chance.random() < 0.3 else texts


def lying(chance, to):
    """Where a ball so many metres from the pin can lie."""
    return chance.choice([each for each in SURFACES if each != "OGR" or to < 50])


def stroke(chance, to):
    """One stroke and what follows from it."""
    to = chance.randint(max(to - 50, 1), max(to, 2))
    match chance.randint(0, 8):
        case 0:
            drop = chance.choice(["DropBehind", "DropTwoClubLength", "DropOppositeSide", "Other"])
            rest = ["penalty 1 WaterHazard", f"drop {drop} ORO to {to + 5}"]
            return [f"hit OWA to {to}", *rest]
        case 1:
            return [f"hit OOB to {to}", "penalty 1 OutOfBounds", "drop StrokeAndDistance"]
        case 2 | 3:
            balls = chance.randint(1, 2)
            texts = [f"hit OUK to {to}"]
            if chance.random() < 0.3:
                texts.append("penalty 1")
            texts += [
                f"hit {lying(chance, to)} to {to} provisional {ball}"
                for ball in range(1, balls + 1)
            ]
            texts.append(f"choose {chance.randint(0, balls)}")
            return [*texts, "penalty 1 ProvisionalBall"] if chance.random() < 0.3 else texts
        case 4:
            texts = [f"hit OGS to {to}", f"penalty {chance.randint(1, 3)} Grounding"]
            return [*texts, "penalty 2"] if chance.random() < 0.3 else texts
        case 5:
            return [f"hit OCA to {to}", "referee", f"drop FreeDrop ORO to {to}"]
        case _:
            return [f"hit {lying(chance, to)} to {to}"]


def is_open(texts):
    """Whether a next stroke can follow these."""
    return texts[-1] not in ("hit in", "withdraw", "penalty disqualified")


def correctable(texts):
    """What these shots report that can be corrected: (kind, stroke)."""
    made, found = 0, []
    for text in texts:
        verb, *words = text.split()
        if verb == "choose":
            made += int(words[0])
        elif verb in ("drive", "hit", "putt") and "provisional" not in words:
            made += 1
            if "in" not in words:
                found += [("ApproximateLie", made), ("DetailedLie", made)]
        elif verb == "penalty" and "disqualified" not in words:
            found.append(("Penalty", made))
        elif verb == "drop":
            found.append(("BallDrop", made))
    return found


# ── COURSE ─────────────────────────────────────────────────────────────────────────────────────


def course(chance):
    """A scenario without a report: who plays what, and how."""
    pars = {no: chance.choice([3, 4, 4, 5]) for no in range(1, 19)}
    rounds, happenings = [], []
    teams = sorted(chance.sample(range(1, 40), chance.randint(1, 4)))
    for no in range(1, chance.randint(1, 3) + 1):
        first = chance.randint(1, 17)
        holes = range(first, min(first + chance.randint(0, 3), 18) + 1)
        rounds.append(
            {
                "no": no,
                "holes": f"{holes[0]}-{holes[-1]}",
                "tees": [chance.choice(holes)],
                "groups": chance.randint(1, 4),
            }
        )
        happenings += [
            {"team": team, "round": no, "hole": hole} | how(chance, METRES[pars[hole]])
            for team in teams
            for hole in holes
            if chance.random() < 0.6
        ]
    return {
        "title": "Drawn",
        "seed": chance.randint(0, 10**6),
        "tournament": {
            "tour": chance.choice(["European Tour", "PGA tour", "LPGA Tour"]),
            "course": {
                "holes": [{"no": no, "par": par, "metres": METRES[par]} for no, par in pars.items()]
            },
        },
        "field": [{"team": team} for team in teams],
        "rounds": rounds,
        "course": without_the_gone(happenings, rounds),
    }


def how(chance, metres):
    if chance.random() < 0.2:
        return {"score": chance.randint(2, 9)}
    return {"shots": shots(chance, metres, leaves=True)}


def told(values):
    return stage(load_text(json.dumps(values), "drawn.yaml"))


def suspend(chance, values, round_no, end):
    """Suspend a round once more, from second ``end`` on, while somebody plays; when it ends."""
    tournament = told(values)
    if not tournament.groups[round_no]:  # everybody has left
        return end
    began = tournament.groups[round_no][0].tee_time
    times = []
    for team in tournament.teams:
        mine = [each for each in tournament.log if (each.round, each.team) == (round_no, team)]
        hits = [each.at - began for each in mine if isinstance(each.what, log.HitBall)]
        times += [at // 1000 for at in hits[:-1]]  # after the last nobody may be on the course
    times = [at for at in times if at - 20 >= end]
    if not times:
        return end
    # Before, at and after a stroke: when its reports are under way.
    begin = chance.choice(times) + chance.choice([-20, -5, 0, 3, 15])
    length = chance.randint(1, 240) if chance.random() < 0.5 else 3600
    values["course"].append({"suspend": f"{length}s", "at": f"{begin}s", "round": round_no})
    return begin + length


def without_the_gone(happenings, rounds):
    """Leave out what a team would do after it left the tournament."""
    order = {}
    for each in rounds:
        first, last = map(int, each["holes"].split("-"))
        holes = [*range(first, last + 1)]
        at = holes.index(each["tees"][0])
        for place, hole in enumerate([*holes[at:], *holes[:at]]):
            order[each["no"], hole] = place
    gone = {}
    for each in happenings:
        if "shots" in each and not is_open([*each["shots"]]) and each["shots"][-1] != "hit in":
            when = (each["round"], order[each["round"], each["hole"]])
            gone[each["team"]] = min(gone.get(each["team"], when), when)
    return [
        each
        for each in happenings
        if each["team"] not in gone
        or (each["round"], order[each["round"], each["hole"]]) <= gone[each["team"]]
    ]


# ── REPORT ─────────────────────────────────────────────────────────────────────────────────────


class Reporter:
    """Directives for one team's round, in the order of their anchors, each legal in its time."""

    def __init__(self, chance, tournament, key, many):
        self.chance, self.key, self.many = chance, key, many
        facts = tournament.rounds[key]
        self.holes = [hole.no for hole in facts.holes]
        self.metres = {hole.no: hole.metres for hole in facts.holes}
        self.events = [each for each in tournament.log if (each.round, each.team) == key]
        self.known = {}  # hole → what can be corrected there
        self.finished = []
        self.holed = []
        self.other = set()  # holes in progress that were sent again with other shots
        self.state = "Connected"
        self.fixed = {hole for hole in self.holes if chance.random() < 0.5}  # never with others
        self.directives = []
        self.anchors = set()  # an anchor is met once

    def report(self):
        for place, event in enumerate(self.events):
            hole, kind = self.holes[event.order - 1], anchor_of(event.what)
            stroke = getattr(event.what, "stroke", None)
            if getattr(event.what, "provisional", 0) or kind is None:
                continue
            self._learn(hole, kind, stroke, event.what)
            if hole not in self.other or kind in ("HoleFinished", "RoundFinished"):
                about = {"hole": hole} if kind not in ("RoundStarted", "RoundFinished") else {}
                about |= {"stroke": stroke} if stroke else {}
                if (hole, stroke, kind) not in self.anchors:
                    self._perhaps(about | {"event": kind}, hole, between=False)
                self.anchors.add((hole, stroke, kind))
            played = self._ends(place)
            if played is not None and hole not in self.other:
                self._perhaps({"hole": hole, "stroke": played}, hole, between=True)
        return self.directives

    def _learn(self, hole, kind, stroke, what):
        known = self.known.setdefault(hole, [])
        if kind == "HoleFinished":
            self.finished.append(hole)
            if what.reason == "BallHoled":
                self.holed.append(hole)
        lies = kind in ("ApproximateLie", "DetailedLie", "BallDrop")
        penalty = kind == "Penalty" and not what.disqualified
        if kind == "Penalty" and what.disqualified:  # the latest penalty of the stroke from now on
            known[:] = [each for each in known if each != (kind, stroke)]
        if (lies or penalty) and hole not in self.other:
            known.append((kind, stroke))

    def _ends(self, place):
        """The stroke that is over after this event, with all that follows from it."""

        def opens(event):
            what = event.what
            later = isinstance(what, log.AddressingBall) and not what.provisional
            return later or isinstance(what, log.HoleFinished)

        quiet = (log.Suspension, log.TglHammerThrown, log.RefereeCalled)
        rest = [each for each in self.events[place + 1 :] if not isinstance(each.what, quiet)]
        here = self.events[place].what
        if not rest or not opens(rest[0]) or isinstance(here, log.HoleStarted):
            return None
        struck = [
            each.what.stroke
            for each in self.events[: place + 1]
            if isinstance(each.what, log.HitBall) and not each.what.provisional
        ]
        return struck[-1]

    def _perhaps(self, anchor, hole, *, between):
        while self.chance.random() < self.many:
            after = {"round": self.key[0], "team": self.key[1], **anchor}
            kinds = [self._connection, self._correct, self._correct, self._rescore, self._resend]
            self.directives += self.chance.choice(kinds)(after, hole if between else None)
            if hole in self.other and hole not in self.finished:
                return  # the strokes of this hole have other numbers from here on

    def _later(self):
        if self.chance.random() < 0.25:
            return {"later": self.chance.choice(["1s", "20s", "1m", "4m", "30m"])}
        return {}

    def _connection(self, after, _hole):
        others = {"Disconnected", "PartiallyDisconnected", "Connected"} - {self.state}
        self.state = self.chance.choice(sorted(others))
        return [{"after": after, "connection": self.state}]

    def _correct(self, after, _hole):
        known = [(hole, *each) for hole in self.known for each in self.known[hole]]
        if not known:
            return []
        hole, kind, stroke = self.chance.choice(known)
        later = self._later() if hole in self.fixed else {}
        change = self._change(kind)
        of = {"hole": hole, "stroke": stroke}
        return [{"after": after, "of": of, "correct": {kind: change}} | later]

    def _change(self, kind):
        chance = self.chance
        changes = {
            "Penalty": {"strokes": chance.randint(0, 4), "reason": chance.choice(PENALTY_REASONS)},
            "BallDrop": {"dropType": chance.choice(DROPS), "distanceToPin": chance.randint(0, 90)},
        }
        # Of the two distances one: both together seldom meet.
        key, most = chance.choice([("distanceToPin", 900), ("shotDistance", 3000)])
        lie = {key: chance.randint(0, most) / 10, "obstructions": True}
        lie["surfaceTypeCode"] = chance.choice(SURFACES)
        every = changes.get(kind, lie)
        return {key: every[key] for key in chance.sample(sorted(every), chance.randint(1, 2))}

    def _rescore(self, after, _hole):
        if not self.holed:
            return []
        hole, strokes = self.chance.choice(self.holed), self.chance.randint(1, 12)
        return [{"after": after, "rescore": {"hole": hole, "strokes": strokes}} | self._later()]

    def _resend(self, after, in_play):
        holes = [*self.finished]
        if in_play is not None and in_play not in holes:
            holes.append(in_play)
        if not holes:
            return []
        hole = self.chance.choice(holes)
        if hole in self.fixed or self.chance.random() < 0.3:
            interrupted = self._interrupted()
            later = {} if interrupted else self._later()
            return [{"after": after, "resend": {"hole": hole} | interrupted} | later]
        texts = shots(self.chance, self.metres[hole])
        if hole not in self.finished:
            texts = texts if is_open(texts) else texts[:-1]
            self.other.add(hole)
        if not texts:
            return []
        self.known[hole] = correctable(texts)
        return [{"after": after, "resend": {"hole": hole, "shots": texts} | self._interrupted()}]

    def _interrupted(self):
        if self.state == "Disconnected" or self.chance.random() < 0.8:
            return {}
        self.state = "Disconnected"
        return {"interrupted": True}


def scenario_text(seed, many):
    """A scenario file; ``many`` is the chance of a directive at each anchor."""
    chance = random.Random(seed)
    values = course(chance)
    for each in values["rounds"]:
        end = 0
        for _ in range(chance.choice([0, 0, 1, 2])):
            end = suspend(chance, values, each["no"], end)
    tournament = told(values)
    values["report"] = []
    for key in tournament.rounds:
        values["report"] += Reporter(chance, tournament, key, many).report()
    return json.dumps(values)
