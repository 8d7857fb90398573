"""Small tournaments in match play, each for one thing that a client could get wrong.

By name: the scenario, and the final scores that it must come to, of those matches that it decides.
"""

from __future__ import annotations

__all__ = ["CASES"]

TWO = "squads: [{name: A, players: 2}, {name: B, players: 2, holder: true}]"
FOUR = "squads: [{name: A, players: 4}, {name: B, players: 4, host: true}]"
LEVELS = """
tournament: {{format: TeamMatch, course: {{scoring: {}}}}}
squads: [{{name: A, players: 4}}, {{name: B, players: 4}}]
rounds: [{{holes: 1-4, play: FOUR_BALL}}, {{holes: 1-4, play: FOURSOMES}}, {{holes: 1-4}}]
course:
  - {{match: 1, hole: 1, side: 1, player: 1, score: 4}}
  - {{match: 3, hole: 1, side: 2, score: 4}}
  - {{match: 5, ends: C, side: 1}}
  - {{match: 6, hole: 2, side: 1, shots: [drive OFW, concede match]}}
report:
  - {{after: {{match: 1, hole: 2}}, rescore: {{hole: 1, side: 1, player: 1, strokes: 2}}}}
  - {{after: {{match: 3, hole: 2}}, rescore: {{hole: 1, side: 2, strokes: 2}}}}
  - {{after: {{match: 3, hole: 2}}, resend: {{hole: 2}}}}
"""

CASES: dict[str, tuple[str, dict[int, str]]] = {
    "a knock-out goes on while it is level": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-3, advance: KNOCK_OUT}]
        course: [{ends: 8 HOLES, side: 2}]
        """,
        {1: "8 HOLES"},
    ),
    "a match of one hole goes on as long as any": (
        """
        seed: 31
        tournament: {format: Match}
        rounds: [{holes: 9-9, advance: KNOCK_OUT}]
        """,
        {},
    ),
    "from two tees and over a suspension": (
        """
        tournament: {format: Match}
        field: [{teams: 4}]
        rounds:
          - {holes: 1-4, tees: [1, 3], advance: KNOCK_OUT}
          - {holes: 9-12, tees: [11], advance: KNOCK_OUT, consolation: true}
        course:
          - {match: 2, ends: 7 HOLES, side: 1}
          - {match: 4, ends: 6 HOLES, side: 1}
          - {suspend: 1h, at: 40m, round: 1}
        report:
          - {after: {match: 1, hole: 2}, connection: Disconnected}
          - {after: {match: 1, hole: 3}, connection: Connected}
        """,
        {2: "7 HOLES", 4: "6 HOLES"},
    ),
    "all of a pool are level": (
        """
        tournament: {format: Match}
        field: [{teams: 4}]
        rounds:
          - {holes: 1-3, advance: WON_3_POINTS_DRAW_1_POINT}
          - {holes: 1-3, advance: WON_3_POINTS_DRAW_1_POINT}
          - {holes: 1-3, advance: WON_3_POINTS_DRAW_1_POINT}
        course:
          - {match: 1, ends: T}
          - {match: 2, ends: T}
          - {match: 3, ends: T}
          - {match: 4, ends: T}
          - {match: 5, ends: T}
          - {match: 6, ends: T}
        """,
        dict.fromkeys(range(1, 7), "T"),
    ),
    "pools and a final": (
        """
        tournament: {format: MatchPlay5Days, tour: PGA tour, utcOffset: -8}
        field: [{teams: 8}]
        rounds:
          - {holes: 1-3, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {holes: 1-3, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {holes: 1-3, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {no: 4, holes: 1-3, advance: KNOCK_OUT}
        course: [{match: 1, ends: T}, {match: 2, ends: 2up, side: 1}]
        """,
        {1: "T", 2: "2up"},
    ),
    "who has won a tie of its pool is in the final": (
        """
        tournament: {format: MatchPlay5Days}
        field: [{teams: 8}]
        rounds:
          - {holes: 1-1, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {holes: 1-1, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {holes: 1-1, advance: WON_1_POINTS_DRAW_HALF_POINT}
          - {no: 4, holes: 1-1, advance: KNOCK_OUT}
        course:
          - {match: 1, ends: T}
          - {match: 2, ends: T}
          - {match: 3, ends: T}
          - {match: 4, ends: T}
          - {match: 5, ends: T}
          - {match: 6, ends: T}
          - {match: 7, ends: T}
          - {match: 8, ends: T}
          - {match: 9, ends: T}
          - {match: 10, ends: T}
          - {match: 11, ends: T}
          - {match: 12, ends: T}
        """,
        dict.fromkeys(range(1, 13), "T"),
    ),
    "pairs and singles of the same players": (
        f"""
        tournament: {{format: TeamMatch}}
        {TWO}
        rounds: [{{holes: 1-4, play: FOURSOMES}}, {{holes: 1-4, play: FOUR_BALL}}, {{holes: 1-4}}]
        """,
        {},
    ),
    "better balls, put right": (
        f"""
        tournament: {{format: TeamMatch}}
        {TWO}
        rounds: [{{holes: 1-5, play: FOUR_BALL}}]
        course:
          - {{hole: 1, side: 1, player: 1, shots: [drive OFW, hit OGR to 3, putt in]}}
          - {{hole: 1, side: 1, player: 2, shots: [drive OFW, hit OWA, pick up]}}
          - {{hole: 1, side: 2, player: 1, shots: [drive OFW, hit OGR to 1, gimme]}}
          - {{hole: 2, side: 2, player: 2, shots: [drive OFW, concede]}}
          - {{hole: 3, side: 1, player: 2, shots: [drive OFW, lose]}}
          - hole: 4
            side: 1
            player: 2
            shots: [drive OFW, hit OWA, penalty 1 WaterHazard, drop DropBehind ORO, hit in]
        report:
          - {{after: {{hole: 4}}, rescore: {{hole: 4, side: 1, player: 2, strokes: 2}}}}
          - {{after: {{hole: 3}}, resend: {{hole: 1, side: 1, player: 1, shots: [drive in]}}}}
        """,
        {},
    ),
    "the worse ball is re-scored": (
        f"""
        tournament: {{format: TeamMatch}}
        {TWO}
        rounds: [{{holes: 1-3, play: FOUR_BALL}}]
        course:
          - {{hole: 1, side: 1, player: 1, score: 3}}
          - {{hole: 1, side: 1, player: 2, score: 6}}
          - {{hole: 1, side: 2, player: 1, score: 4}}
        report: [{{after: {{hole: 2}}, rescore: {{hole: 1, side: 1, player: 2, strokes: 5}}}}]
        """,
        {},
    ),
    "a player concedes the hole that the partner has holed": (
        f"""
        tournament: {{format: TeamMatch}}
        {TWO}
        rounds: [{{holes: 1-3, play: FOUR_BALL}}]
        course:
          - {{hole: 1, side: 1, player: 1, shots: [drive OFW, hit OGR to 2, concede]}}
          - {{hole: 1, side: 1, player: 2, shots: [drive in]}}
        """,
        {},
    ),
    "foursomes, put right": (
        f"""
        tournament: {{format: TeamMatch}}
        {TWO}
        rounds: [{{holes: 1-4, play: FOURSOMES}}]
        course:
          - {{hole: 1, side: 1, shots: [drive OFW, hit OGR to 2, penalty 2 Grounding, putt in]}}
          - {{hole: 2, side: 2, score: 4}}
        report:
          - after: {{hole: 2}}
            of: {{hole: 1, side: 1, stroke: 2}}
            correct: {{Penalty: {{strokes: 1}}}}
          - {{after: {{hole: 3}}, rescore: {{hole: 2, side: 2, strokes: 2}}}}
          - {{after: {{hole: 3}}, resend: {{hole: 1, side: 1, shots: [drive OFW, hit in]}}}}
        """,
        {},
    ),
    "conceded before a ball is struck, by who is behind, by who is ahead": (
        f"""
        tournament: {{format: TeamMatch}}
        {FOUR}
        rounds: [{{holes: 1-6}}]
        course:
          - {{match: 1, ends: C, side: 1}}
          - {{match: 2, hole: 1, side: 1, score: 3}}
          - {{match: 2, hole: 1, side: 2, score: 4}}
          - {{match: 2, hole: 2, side: 1, score: 3}}
          - {{match: 2, hole: 2, side: 2, score: 4}}
          - {{match: 2, hole: 3, side: 2, shots: [drive OFW, concede match]}}
          - {{match: 3, hole: 1, side: 1, score: 4}}
          - {{match: 3, hole: 1, side: 2, score: 3}}
          - {{match: 3, hole: 2, side: 1, score: 4}}
          - {{match: 3, hole: 2, side: 2, score: 3}}
          - {{match: 3, hole: 3, side: 2, shots: [drive OFW, concede match]}}
          - {{match: 4, hole: 1, side: 2, shots: [drive OFW, concede]}}
        """,
        {1: "C", 2: "3 & 3", 3: "C"},
    ),
    "the only hole is conceded before a ball is struck": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-1}]
        course: [{hole: 1, side: 1, shots: [concede]}]
        """,
        {1: "C"},
    ),
    "a concession that was none": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-4}]
        course:
          - {hole: 1, side: 1, score: 3}
          - {hole: 1, side: 2, score: 5}
          - {hole: 2, side: 1, shots: [drive OFW, concede match]}
        report:
          - after: {event: RoundFinished}
            later: 2m
            resend: {hole: 2, side: 1, shots: [drive OFW, hit OGR to 1, putt in]}
        """,
        {},
    ),
    "a hole re-scored after the end, and they go on": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-3, advance: KNOCK_OUT}]
        course:
          - {hole: 1, side: 1, score: 3}
          - {hole: 1, side: 2, score: 4}
          - {hole: 2, side: 1, score: 3}
          - {hole: 2, side: 2, score: 4}
          - {hole: 3, side: 1, score: 4}
          - {hole: 3, side: 2, score: 4}
        report:
          - {after: {event: RoundFinished}, later: 3m, rescore: {hole: 2, side: 1, strokes: 4}}
        """,
        {1: "1up"},
    ),
    "the other side has won after all": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-3, advance: KNOCK_OUT}]
        course:
          - {holes: WL}
          - {hole: 3, side: 1, score: 3}
          - {hole: 3, side: 2, score: 4}
        report:
          - {after: {event: RoundFinished}, later: 3m, rescore: {hole: 3, side: 1, strokes: 12}}
          - {after: {hole: 2}, resend: {hole: 1}}
        """,
        {1: "1dn"},
    ),
    "a penalty that was one stroke less halves a hole": (
        """
        tournament: {format: Match}
        rounds: [{holes: 1-3}]
        course:
          - {hole: 1, side: 1, score: 4}
          - {hole: 1, side: 2, score: 4}
          - {hole: 2, side: 1, shots: [drive OFW, hit OGR to 2, penalty 2 Grounding, putt in]}
          - {hole: 2, side: 2, shots: [drive OFW, hit OGR to 4, putt OGR to 1, putt in]}
          - {hole: 3, side: 1, score: 3}
          - {hole: 3, side: 2, score: 4}
        report:
          - after: {hole: 3}
            of: {hole: 2, side: 1, stroke: 2}
            correct: {Penalty: {strokes: 1}}
          - after: {hole: 3}
            of: {hole: 2, side: 2, stroke: 1}
            correct: {DetailedLie: {distanceToPin: 99.0}}
        """,
        {1: "1up"},
    ),
    "a hole in progress is sent again": (
        """
        tournament: {format: Match}
        rounds: [{holes: 14-16}]
        report:
          - {after: {hole: 14, stroke: 1, side: 1}, resend: {hole: 14}}
          - {after: {hole: 15, stroke: 2, side: 2}, resend: {hole: 15}}
        """,
        {},
    ),
    "nothing but scores": (LEVELS.format("HoleScoresOnly"), {5: "C"}),
    "strokes without distances": (LEVELS.format("ScoredWithWalkingScorer"), {5: "C"}),
}
