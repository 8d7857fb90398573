// What streams of match play come to: holes won and lost, in either dialect.
//
// A hole counts once both sides have finished it, and while it is sent again it counts as before.
// That a match is over is not worked out but heard: a side may give it up at any time, and no
// document says over how many holes it goes if not over eighteen.

import { Objects } from './objects.js'
import { kindOf } from './packets.js'
import { Book, CORRECTABLE, Hole } from './rounds.js'

const REGULATION = 18
const CONCEDED = ['holeconceded', 'resigned', 'other']
const LOST = [...CONCEDED, 'lossofhole', 'holelost']

// ── the score of a match ─────────────────────────────────────────────────────────────────────

// HoleConceded and HOLE_CONCEDED are one word.
const wordOf = (reason) => reason.replaceAll('_', '').toLowerCase()

// A hole that both sides have finished: {no, sides: [{reason, strokes}, …]}. 1 where the first side
// has won it, -1 where the second has, 0 where it is halved.
function resultOf({ sides: [first, second] }) {
  if (first.strokes !== null && second.strokes !== null) return Math.sign(second.strokes - first.strokes)
  return LOST.includes(wordOf(second.reason)) - LOST.includes(wordOf(first.reason))
}

// Who has won a match that is over: who is up, if the holes decide it. If they do not, then who
// conceded the last hole has conceded the match.
function winnerOf(teams, lines, up, leader) {
  const last = lines.get(Math.max(...lines.keys()))
  const words = last ? last.sides.map((each) => wordOf(each.reason)) : []
  const givenUp = words.indexOf('resigned')
  if (givenUp >= 0) return teams[1 - givenUp]
  const conceded = words.findIndex((each) => CONCEDED.includes(each))
  const left = REGULATION - lines.size
  if (conceded >= 0 && left > 0 && Math.abs(up) <= left) return teams[1 - conceded]
  return leader
}

// What a state document says of a match.
function documentOf({ tournament, match, teams }, numbers, lines, over) {
  const holes = {}
  for (const [at, no] of numbers) holes[at] = { no }
  let up = 0
  for (const [at, line] of lines) {
    const result = resultOf(line)
    up += result
    const strokes = Object.fromEntries(teams.map((team, side) => [team, line.sides[side].strokes]))
    holes[at] = { no: line.no, winner: result ? teams[result > 0 ? 0 : 1] : null, strokes }
  }
  const leader = up ? teams[up > 0 ? 0 : 1] : null
  const winner = over ? winnerOf(teams, lines, up, leader) : null
  const score = { played: lines.size, leader, up: Math.abs(up), complete: over, winner }
  return { [`${tournament}/${match}`]: { ...score, holes } }
}

// ── the DDE dialect ──────────────────────────────────────────────────────────────────────────

// A hole as one side plays it: a ball for each player in fourballs, else one for both.
class SideOfHole {
  balls = new Map() // by the player who played its first stroke
  players = new Set() // who was said to do something
  reason = null

  // Whoever plays stroke 1 has a ball of his own; partners who share one never both do.
  ball(player, first = false) {
    if (!this.balls.has(player) && (first || !this.balls.size)) this.balls.set(player, new Hole(0))
    return this.balls.get(player) ?? this.balls.values().next().value
  }

  // Once it is finished: why, and the strokes of the ball that counts, null where none was holed.
  line() {
    const holed = [...this.balls.values()].filter((each) => each.holed).map((each) => each.strokes)
    const counts = this.reason.toLowerCase() === 'ballholed' && holed.length
    return { reason: this.reason, strokes: counts ? Math.min(...holed) : null }
  }
}

export class Match extends Book {
  constructor(target) {
    super(target)
    this.lines = new Map() // by holeOrder
  }

  documents() {
    const numbers = [...this.holes].map(([at, hole]) => [at, hole.no])
    return documentOf(this.target, numbers, this.lines, this.finished)
  }

  feed(packet) {
    super.feed(packet)
    this.writeDown((packet.eventCorrectedIdentifier ?? packet).holeOrder)
  }

  // A hole that is sent again keeps its line until both sides have finished it once more.
  writeDown(order) {
    const hole = this.holes.get(order)
    const sides = hole ? this.target.teams.map((team) => hole.sides.get(team)) : []
    if (!sides.length || sides.some((each) => each.reason === null)) return
    this.lines.set(order, { no: hole.no, sides: sides.map((each) => each.line()) })
  }

  // A hole begins, or within a correction begins again. A match that goes on is not over.
  holeStarted({ holeOrder, holeNo }) {
    if (this.holes.has(holeOrder) && !this.correcting) return
    this.finished &&= this.correcting
    const sides = new Map(this.target.teams.map((team) => [team, new SideOfHole()]))
    this.holes.set(holeOrder, { no: holeNo ?? 1, sides })
  }

  // The side and hole of a packet; the hole is begun where the packet that began it is lost.
  side(packet) {
    if (!this.holes.has(packet.holeOrder)) this.holeStarted(packet)
    return this.holes.get(packet.holeOrder).sides.get(packet.teamNo)
  }

  // Where no strokes are reported its score is all that is said of a hole.
  holeFinished(packet) {
    const side = this.side(packet)
    side.reason = String(packet.finishReason ?? '')
    if (!side.balls.size && side.reason.toLowerCase() === 'ballholed') {
      Object.assign(side.ball(0), { made: packet.score?.currentHoleStrokes ?? 0, holed: true })
    }
  }

  ball(packet) {
    const [side, player] = [this.side(packet), packet.playerId ?? 0]
    side.players.add(player)
    const first = kindOf(packet) === 'HitBall' && packet.strokeNo === 1 && !packet.provisionalIndex
    return side.ball(player, first)
  }

  told(kind, packet) {
    const whose = packet.eventCorrectedIdentifier
    if (kind === 'HitBall') this.ball(packet).hit(packet)
    else if (kind === 'BallHoled') this.ball(packet).holeOut(packet)
    else if (kind === 'ProvisionalBallSelected') this.ball(packet).choose(packet)
    else if (CORRECTABLE.has(kind)) this.ball(packet).told.push({ ...packet })
    else if (kind === 'Correction') {
      const balls = this.holes.has(whose.holeOrder) ? [...this.side(whose).balls.values()] : []
      balls.some((each) => each.correct(whose, packet.corrections))
    } else if (kind === 'HoleScoreUpdate') this.rescore(whose, packet.corrections.score?.currentHoleStrokes)
  }

  // The strokes of a player's ball; his side is the one that any hole has him on.
  rescore(whose, strokes) {
    const order = this.lastOrder(whose.holeNo)
    const sides = [...this.holes.values()].flatMap((hole) => [...hole.sides])
    const [team] = sides.find(([, side]) => side.players.has(whose.playerId)) ?? [whose.teamNo]
    const side = this.holes.get(order)?.sides.get(team)
    if (!side || strokes === undefined) return
    side.ball(whose.playerId).override = strokes
    this.writeDown(order)
  }
}

// ── the live dialect ─────────────────────────────────────────────────────────────────────────

// HoleEnded has the score of the side's ball that counts.
export class LiveMatch extends Objects {
  documents() {
    const [first, second] = this.target.teams.map((team) => this.holes(team))
    const numbers = [...first, ...second].map(([at, hole]) => [at, hole.no])
    const lines = new Map()
    for (const [at, hole] of first) {
      const sides = [hole, second.get(at)]
      if (sides.every((each) => each?.end)) {
        lines.set(at, { no: hole.no, sides: sides.map((each) => each.line()) })
      }
    }
    return documentOf(this.target, numbers, lines, this.isOver)
  }
}
