"""Small scenarios of match play that tests of packets and of documents share."""

from __future__ import annotations

__all__ = ["EVERY_KIND", "FOURBALLS", "POOLS"]

# One match of every kind of packet. Side 1 wins the first hole, where its putt is given, and the
# second, which side 2 gives up; side 2 wins the third and the last one, where 1 gives up the match.
EVERY_KIND = """
title: Every kind
tournament:
  id: 7
  name: Small Match Play
  format: Match
  tour: European Tour
  course:
    id: 6
    holes:
      - {no: 1, par: 4, metres: 350}
      - {no: 2, par: 3, metres: 150}
      - {no: 3, par: 4, metres: 340}
      - {no: 4, par: 4, metres: 340}
field: [{team: 31, player: {id: 11, name: Ann Lee, country: AUS}}, {team: 32, player: {id: 12}}]
rounds: [{no: 1, holes: 1-4, advance: KNOCK_OUT}]
course:
  - {match: 1, hole: 1, side: 1, shots: [drive OFW to 120, hit OGR to 0.5, gimme]}
  - {match: 1, hole: 1, side: 2, shots: [drive OFW, hit OGR to 5, putt OGR to 1, putt in]}
  - {match: 1, hole: 2, side: 1, shots: [hit OGR to 5, putt in]}
  - {match: 1, hole: 2, side: 2, shots: [hit OWA, penalty 2 WaterHazard, drop DropBehind ORO,
     hit OGR to 5, concede]}
  - {match: 1, hole: 3, side: 1, shots: [drive OFW, hit OUK to 30, hit OGR to 4 provisional 1,
     choose 1, lose]}
  - {match: 1, hole: 4, side: 1, shots: [drive OFW, referee, concede match]}
  - {round: 1, suspend: 30m, at: 12m}
report:
  - {after: {match: 1, hole: 1}, of: {hole: 1, side: 1, stroke: 2},
     correct: {DetailedLie: {distanceToPin: 1}}}
  - {after: {match: 1, hole: 1}, rescore: {side: 2, strokes: 5}}
  - {after: {match: 1, hole: 2}, connection: Disconnected}
  - {after: {match: 1, hole: 3}, connection: Connected}
  - {after: {match: 1, hole: 3}, resend: {hole: 3}}
"""

# Two sides of two balls each, on one hole and another.
FOURBALLS = """
title: Fourballs
tournament:
  id: 8
  format: RyderCup
  course: {holes: [{no: 1, par: 4, metres: 350}, {no: 2, par: 3, metres: 150}]}
squads: [{name: Here, players: 2, host: true}, {name: There, players: 2}]
rounds:
  - {no: 1, play: FOUR_BALL, holes: 1-2}
  - {no: 2, play: REGULAR, holes: 1-2}
course:
  - {match: 1, hole: 1, side: 1, player: 1, shots: [drive OWA to 150, penalty 1 WaterHazard,
     drop StrokeAndDistance ORO, hit OFW, hit OGR to 5, putt in]}
  - {match: 1, hole: 1, side: 1, player: 2, shots: [drive OFW, hit OGR to 3, putt in]}
  - {match: 1, hole: 1, side: 2, player: 1, score: 4}
  - {match: 1, hole: 1, side: 2, player: 2, score: 5}
  - {match: 1, hole: 2, side: 2, player: 1, score: 2}
"""

# Two pools in which nobody wins a match, so that all four of each are level: the last two play off,
# and who wins meets the next. One team plays three matches of round 301.
POOLS = """
title: Pools
tournament:
  {id: 9, name: Pools, format: MatchPlay4Days, course: {holes: [{no: 1, par: 4, metres: 350}]}}
field: [{teams: 8}]
rounds:
  - {no: 1, advance: WON_1_POINTS_DRAW_HALF_POINT, holes: 1}
  - {no: 2, advance: WON_1_POINTS_DRAW_HALF_POINT, holes: 1}
  - {no: 3, advance: WON_1_POINTS_DRAW_HALF_POINT, holes: 1}
  - {no: 4, advance: KNOCK_OUT, holes: 1}
course:
""" + "".join(f"  - {{match: {no}, holes: H}}\n" for no in range(1, 13))
