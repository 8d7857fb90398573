"""Random match play that is legal golf: draws, pools and squads, told and reported at random."""

from __future__ import annotations

import json
import random

from mockdde import log
from mockdde.golf import DROPS, PENALTY_REASONS
from mockdde.matchplay import is_decided
from mockdde.scenario import load_text
from mockdde.scenario.matches import match_numbers
from mockdde.world import stage
from random_scenarios import METRES, SURFACES, anchor_of, is_open, shots

__all__ = ["scenario"]

POOLS = ("WON_1_POINTS_DRAW_HALF_POINT", "WON_3_POINTS_DRAW_1_POINT")
ONCE = ("RoundStarted", "RoundFinished", "HoleStarted", "HoleFinished")  # for both sides
LIES = ("ApproximateLie", "DetailedLie")


def scenario(seed, many=0.15):
    """The values of a scenario file; ``many`` is the chance of a directive at each anchor."""
    chance = random.Random(seed)
    values = draw(chance)
    tell(chance, values)
    values["report"] = []
    for no in sorted(told(values).groups, key=lambda no: no // 100 or no):
        stops = no < 100 and suspend(chance, values, no)
        # Who meets whom in a round depends on what is said of the rounds before it.
        tournament = told(values)
        for group in tournament.groups.get(no, ()):
            # A match that ends sooner or later lets others go sooner or later, too.
            reporter = Reporter(chance, tournament, group, many, turns=not stops)
            values["report"] += reporter.report()
    return values


def told(values):
    return stage(load_text(json.dumps(values), "matches.yaml"))


# ── who plays ──────────────────────────────────────────────────────────────────────────────────


def draw(chance):
    """A scenario of which nothing is told."""
    pars = {no: chance.choice([3, 4, 4, 5]) for no in range(1, 19)}
    holes = [{"no": no, "par": par, "metres": METRES[par]} for no, par in pars.items()]
    values = {"title": "Drawn", "seed": chance.randint(0, 10**6)}
    made = chance.choice([knock_out, pools, squads])(chance)
    values["tournament"] = {
        "format": made.pop("format"),
        "tour": chance.choice(["European Tour", "PGA tour", "LPGA Tour"]),
        "course": {"holes": holes},
    }
    return values | made


def some_holes(chance):
    first = chance.randint(1, 17)
    last = min(first + chance.randint(0, 4), 18)
    said = {"holes": f"{first}-{last}"}
    if chance.random() < 0.3:
        said["tees"] = chance.sample(range(first, last + 1), min(2, last - first + 1))
    if chance.random() < 0.3:
        said["interval"] = chance.choice(["5m", "8m", "20m"])
    return said


def entered(chance, count):
    """A field of which some are seeded."""
    teams = chance.sample(range(1, 90), count)
    seeds = chance.sample(range(1, count + 1), chance.randint(0, count))
    field = [{"team": team} for team in teams]
    for each, seed in zip(field, seeds, strict=False):
        each["seed"] = seed
    return field


def knocked_out(chance, rounds):
    """The last rounds, in which who loses is out."""
    made = [some_holes(chance) | {"advance": "KNOCK_OUT"} for _ in range(rounds)]
    if rounds > 1 and chance.random() < 0.5:
        made[-1]["consolation"] = True
    return made


def knock_out(chance):
    rounds = chance.choice([1, 1, 2, 2, 3])
    kind = chance.choice(["Match", "MatchPlay4Days"])
    field = entered(chance, 2**rounds)
    return {"format": kind, "field": field, "rounds": knocked_out(chance, rounds)}


def pools(chance):
    count, rule = chance.choice([1, 1, 2]), chance.choice(POOLS)
    rounds = [some_holes(chance) | {"advance": rule} for _ in range(3)]
    rounds += knocked_out(chance, count - 1)
    kind = chance.choice(["Match", "MatchPlay5Days"])
    return {"format": kind, "field": entered(chance, 4 * count), "rounds": rounds}


def squads(chance):
    size = chance.randint(1, 4)
    rounds = []
    for _ in range(chance.randint(1, 3)):
        play = chance.choice(["REGULAR", "FOURSOMES", "FOUR_BALL"] if size > 1 else ["REGULAR"])
        each = 1 if play == "REGULAR" else 2
        matches = chance.randint(1, size // each)
        said = some_holes(chance) | {"play": play, "matches": matches}
        if chance.random() < 0.5:
            sides = [chance.sample(range(1, size + 1), matches * each) for _ in range(2)]
            said["pairs"] = [
                [side[at * each : (at + 1) * each] for side in sides] for at in range(matches)
            ]
        rounds.append(said)
    kind = chance.choice(["TeamMatch", "HeroCup", "RyderCup"])
    players = [{} if chance.random() < 0.5 else {"country": "SWE"} for _ in range(size)]
    host, other = {"name": "Hosts", "host": True}, {"name": "Guests", "holder": True}
    both = [host | {"players": players}, other | {"players": size}]
    return {"format": kind, "squads": both, "rounds": rounds}


# ── COURSE ─────────────────────────────────────────────────────────────────────────────────────


def tell(chance, values):
    """Tell some matches whole, and of others holes that are played in any case."""
    staged = load_text(json.dumps(values), "matches.yaml")
    metres = {each["no"]: each["metres"] for each in values["tournament"]["course"]["holes"]}
    values["course"] = []
    for spec in staged.rounds:
        for at, match in enumerate(match_numbers(staged)[spec.no]):
            tee = spec.holes.index(spec.tees[at % len(spec.tees)])
            holes = [*spec.holes[tee:], *spec.holes[:tee]]
            how = chance.random()
            if how < 0.2:
                values["course"].append({"match": match} | ends(chance, spec))
            elif how < 0.4:
                values["course"].append({"match": match, "holes": letters(chance, spec)})
            elif how < 0.8:
                values["course"] += balls(chance, match, spec, holes, metres)


def ends(chance, spec):
    """A final score that a match of a round can have."""
    over = len(spec.holes)
    scores = ["C", "1up", *(["2up"] if over > 1 else [])]
    for left in range(1, over):
        scores += [f"{up} & {left}" for up in (left + 1, left + 2) if up <= over - left]
    if spec.knocks_out:
        scores += [f"{over + more} HOLES" for more in (1, 2)]
    elif chance.random() < 0.3:
        return {"ends": "T"}
    return {"ends": chance.choice(scores), "side": chance.randint(1, 2)}


def letters(chance, spec):
    """How the first holes of a match go, at most to where it is decided."""
    found, up = "", 0
    for _ in range(chance.randint(1, len(spec.holes) + 2)):
        found += chance.choice("WLH")
        up += {"W": 1, "L": -1, "H": 0}[found[-1]]
        if is_decided(up, len(found), len(spec.holes), to_a_winner=spec.knocks_out):
            break
    return found


def sure(over):
    """So many holes of a match are played however they go."""
    return over // 2 + 1 if over else 1


def balls(chance, match, spec, holes, metres):
    """Single balls on single holes; the match may be conceded on the last of them."""
    found = []
    players = (1, 2) if spec.play == "FOUR_BALL" else (0,)
    for hole in holes[: sure(len(holes))]:
        given_up = False
        for side in (1, 2):
            for player in players:
                if chance.random() > 0.4:
                    continue
                said = {"match": match, "side": side, "hole": hole}
                said |= {"player": player} if player else {}
                how = one_ball(chance, metres[hole], gives_up=not given_up)
                given_up = given_up or gives_up(how)
                found.append(said | how)
        if any("concede match" in each.get("shots", ()) for each in found):
            break
    return found


def one_ball(chance, metres, *, gives_up):
    if chance.random() < 0.3:
        return {"score": chance.randint(2, 8)}
    texts = shots(chance, metres)
    if is_open(texts) and chance.random() < 0.5:
        last = ["gimme", "gimme", "pick up"]
        last += ["concede", "concede", "lose", "concede match"] if gives_up else []
        texts.append(chance.choice(last))
    return {"shots": texts}


def gives_up(how):
    return how.get("shots", [""])[-1] in ("concede", "concede match", "lose")


def suspend(chance, values, round_no):
    """Perhaps stop play while a hole is played that is played in any case; whether it does."""
    if chance.random() < 0.7:
        return False
    tournament = told(values)
    groups = tournament.groups[round_no]
    over = next(spec for spec in tournament.scenario.rounds if spec.no == round_no).holes
    hits = {}
    for event in tournament.log:
        if event.round == round_no and isinstance(event.what, log.HitBall):
            if event.order <= sure(len(over)):
                hits.setdefault(event.match, []).append(event.at)
    times = [at for of_match in hits.values() for at in sorted(of_match)[:-1]]
    if not times:  # all are conceded before a ball is struck
        return False
    at = (chance.choice(times) - groups[0].tee_time) // 1000 + chance.choice([0, 3])
    length = chance.choice(["45s", "20m", "2h"])
    values["course"].append({"suspend": length, "at": f"{at}s", "round": round_no})
    return True


# ── REPORT ─────────────────────────────────────────────────────────────────────────────────────


class Reporter:
    """Directives for one match, in the order of their anchors, each legal in its time."""

    def __init__(self, chance, tournament, group, many, *, turns):
        """``turns``: what is said may change how the match goes."""
        self.chance, self.many, self.match, self.turns = chance, many, group.match, turns
        facts = [tournament.rounds[group.round, team] for team in group.teams]
        self.teams = {each.team.no: each.team for each in facts}
        self.holes = [hole.no for hole in facts[0].holes]
        self.metres = {hole.no: hole.metres for hole in facts[0].holes}
        specs = {spec.no: spec for spec in tournament.scenario.rounds}
        spec = specs.get(group.round)
        self.over = len(spec.holes) if spec is not None else 0
        self.may_halve = spec is not None and not spec.knocks_out
        self.two_balls = spec is not None and spec.play == "FOUR_BALL"
        self.events = [each for each in tournament.log if each.match == group.match]
        self.ends = self._ends()
        self.known = {}  # hole → ball → (kind, stroke) that can be corrected
        self.holed = set()  # of holes that are finished: hole, ball
        self.finished = set()
        self.turned = False  # by now it may go otherwise than in these events
        self.state = "Connected"
        self.fixed = {hole for hole in self.holes if chance.random() < 0.5}  # never with others
        self.directives = []
        self.anchors = set()  # an anchor is met once

    def report(self):
        ended = 0  # sides that have finished the hole
        for place, event in enumerate(self.events):
            hole, kind = self.holes[event.order - 1], anchor_of(event.what)
            if kind is None or getattr(event.what, "provisional", 0):
                continue
            ball, stroke = self._ball(event), getattr(event.what, "stroke", None)
            self._learn(hole, ball, kind, event.what)
            if kind == "HoleFinished":
                ended += 1
                if ended % 2:
                    continue
                self.finished.add(hole)
            if kind in ONCE:
                about = {"hole": hole} if kind.startswith("Hole") else {}
                self._perhaps(event.order, about | {"event": kind})
                continue
            about = {"hole": hole, "stroke": stroke} | self._of(ball)
            self._perhaps(event.order, about | {"event": kind}, (hole, ball))
            if place in self.ends:
                about |= {"stroke": self.ends[place]}
                self._perhaps(event.order, about, (hole, ball))
        return self.directives

    def _ball(self, event):
        team = self.teams[event.team]
        side = [*self.teams].index(event.team) + 1
        ids = [each.id for each in team.players]
        return side, ids.index(event.player) + 1 if self.two_balls else 0

    def _learn(self, hole, ball, kind, what):
        if kind == "HoleStarted":  # it may be an extra one, that was played before
            self.known[hole] = {}
            self.finished.discard(hole)
            self.holed = {each for each in self.holed if each[0] != hole}
        elif kind == "BallHoled":
            self.holed.add((hole, ball))
        elif kind in (*LIES, "BallDrop", "Penalty"):
            self.known[hole].setdefault(ball, []).append((kind, what.stroke))

    def _ends(self):
        """The events after which a stroke is over with all that follows from it: which one."""
        ends, balls = {}, {}
        for place, event in enumerate(self.events):
            if anchor_of(event.what) not in (None, *ONCE):
                balls.setdefault((event.order, self._ball(event)), []).append(place)
        for places in balls.values():
            stroke = None
            for place, then in zip(places, [*places[1:], None], strict=True):
                what = self.events[place].what
                stroke = what.stroke if self._begins(what) else stroke
                if then is None or self._begins(self.events[then].what):
                    ends[place] = stroke
        return ends

    @staticmethod
    def _begins(what):
        if isinstance(what, log.AddressingBall):
            return not what.provisional
        return isinstance(what, log.HitBall) and what.conceded

    def _perhaps(self, order, about, in_play=None):
        """``in_play`` is the hole and the ball of a stroke: what else is reported by then of this
        hole is not certain, as what is said in between puts it off."""
        after = {"match": self.match, **about}
        key = tuple(sorted(after.items()))
        ends = after.get("event") == "RoundFinished"
        if key in self.anchors or (self.turned and order > sure(self.over) and not ends):
            return
        self.anchors.add(key)
        kinds = [self._connection, self._correct, self._correct, self._rescore, self._resend]
        if ends and self.turned:
            kinds = [self._connection]
        while self.chance.random() < self.many:
            self.directives += self.chance.choice(kinds)(after, in_play)
            if self.turned and order > sure(self.over) and not ends:
                return

    def _later(self):
        if self.chance.random() < 0.25:
            return {"later": self.chance.choice(["1s", "20s", "1m", "4m", "30m"])}
        return {}

    def _of(self, ball):
        return {"side": ball[0]} | ({"player": ball[1]} if ball[1] else {})

    def _connection(self, after, in_play):
        if in_play is not None and in_play[1] not in ((1, 0), (1, 1)):
            return []  # in another order than what is said at strokes of the first ball
        others = {"Disconnected", "PartiallyDisconnected", "Connected"} - {self.state}
        self.state = self.chance.choice(sorted(others))
        return [{"after": after, "connection": self.state}]

    def _correct(self, after, in_play):
        known = [
            (hole, ball, *each)
            for hole, balls in self.known.items()
            for ball, found in balls.items()
            for each in found
            if (hole in self.finished or (hole, ball) == in_play)
            and (self.turns or each[0] != "Penalty")
        ]
        if not known:
            return []
        hole, ball, kind, stroke = self.chance.choice(known)
        self.turned = self.turned or kind == "Penalty"
        of = {"hole": hole, "stroke": stroke} | self._of(ball)
        # Of a hole that is played once, and never sent with other shots.
        later = self._later() if hole in self.fixed and self.may_halve else {}
        return [{"after": after, "of": of, "correct": {kind: self._change(kind)}} | later]

    def _change(self, kind):
        chance = self.chance
        if kind == "Penalty":
            every = {"strokes": chance.randint(0, 4), "reason": chance.choice(PENALTY_REASONS)}
        elif kind == "BallDrop":
            every = {"dropType": chance.choice(DROPS), "distanceToPin": chance.randint(0, 90)}
        else:  # of the two distances one: both together seldom meet
            key, most = chance.choice([("distanceToPin", 900), ("shotDistance", 3000)])
            every = {key: chance.randint(0, most) / 10, "obstructions": True}
            every["surfaceTypeCode"] = chance.choice(SURFACES)
        return {key: every[key] for key in chance.sample(sorted(every), chance.randint(1, 2))}

    def _rescore(self, after, _in_play):
        holed = sorted(each for each in self.holed if each[0] in self.finished)
        if not holed or not self.turns:
            return []
        (hole, ball), strokes = self.chance.choice(holed), self.chance.randint(1, 9)
        self.turned = True
        what = {"hole": hole, "strokes": strokes} | self._of(ball)
        return [{"after": after, "rescore": what}]

    def _resend(self, after, in_play):
        holes = sorted(self.finished)
        if in_play is not None and "event" not in after:
            holes.append(in_play[0])
        if not holes:
            return []
        hole = self.chance.choice(holes)
        same = hole not in self.finished or hole in self.fixed or not self.turns
        if same or self.chance.random() < 0.3:
            # It takes back what was re-scored.
            return [{"after": after, "resend": {"hole": hole} | self._interrupted(hole, in_play)}]
        ball = (self.chance.randint(1, 2), self.chance.randint(1, 2) if self.two_balls else 0)
        texts = shots(self.chance, self.metres[hole])
        if is_open(texts) and self.chance.random() < 0.5:
            texts.append(self.chance.choice(["gimme", "pick up", "concede", "lose"]))
        self.turned = True
        self.known[hole] = {}
        self.holed = {each for each in self.holed if each[0] != hole}
        what = {"hole": hole, "shots": texts} | self._of(ball)
        return [{"after": after, "resend": what | self._interrupted(hole, in_play)}]

    def _interrupted(self, hole, in_play):
        """The devices go away in the middle of it, where that is in the order of what is said."""
        late = hole not in self.finished or (in_play and in_play[1] not in ((1, 0), (1, 1)))
        if late or self.state == "Disconnected" or self.chance.random() < 0.8:
            return {}
        self.state = "Disconnected"
        return {"interrupted": True}
