// What a DDE stream of stroke play comes to: a round, packet by packet.

import { kindOf, stateOf } from './packets.js'

// What is known of a hole, or in match play of a ball on it.
export class Hole {
  constructor(no, par = null) {
    this.no = no
    this.par = par
    this.made = 0 // strokes with the ball that counts
    this.last = 0 // strokeNo of the last of them
    this.chosen = 0 // penalty strokes that came with the choice of a provisional ball
    this.holed = false
    this.override = null // HoleScoreUpdate has the last word
    this.told = [] // what a Correction may be about
  }

  get penalties() {
    const said = this.told.filter((each) => kindOf(each) === 'Penalty').map(penaltyStrokes)
    return said.reduce((a, b) => a + b, this.chosen)
  }

  // As they count now, with penalties.
  get strokes() {
    return this.override ?? this.made + this.penalties
  }

  // A stroke. One with a provisional ball counts only once that ball is chosen.
  hit(packet) {
    if (packet.provisionalIndex) return
    this.made += 1
    this.last = packet.strokeNo ?? this.made
  }

  // The ball is in the hole. A stroke that is given may have no HitBall of its own.
  holeOut(packet) {
    if ((packet.strokeNo ?? 0) > this.last) this.made += 1
    this.holed = true
  }

  // A provisional ball is chosen: the strokes with it count, too.
  choose(packet) {
    this.made += packet.provisionalIndex ?? 0
    this.chosen += packet.penaltyStrokes ?? 0
  }

  // Say a packet anew: the latest that the identifier fits. Whether there was one.
  correct(whose, content) {
    const wanted = Object.entries({
      eventElementType: whose.eventElementType,
      strokeNo: whose.strokeNo,
      playerId: whose.playerId,
      provisionalIndex: content.provisionalIndex,
    }).filter(([, value]) => value !== undefined)
    const said = this.told.findLast((each) => wanted.every(([key, value]) => each[key] === value))
    if (said) Object.assign(said, content)
    return said !== undefined
  }

  document() {
    return { no: this.no, strokes: this.strokes, penalties: this.penalties, holed: this.holed }
  }
}

// penaltyStrokes has the number; strokesAssessed has it, too, or always 0.
const penaltyStrokes = (packet) => packet.penaltyStrokes ?? packet.strokesAssessed ?? 0

// What rounds and matches have in common: feed it packets in the order of their seqNums.
export class Book {
  constructor(target) {
    this.target = target
    this.correcting = false // between BeginHoleCorrection and EndHoleCorrection
    this.finished = false
    this.official = false
    this.players = new Set()
    this.holes = new Map() // by holeOrder, which tells two visits of the 18th apart
  }

  get mode() {
    return this.correcting ? 'hole_correction' : 'normal'
  }

  // A packet of a kind that nobody knows says nothing, and does no harm.
  feed(packet) {
    const kind = kindOf(packet)
    if (kind === 'ModeChange') this.correcting = packet.mode === 'BeginHoleCorrection'
    else if (kind === 'RoundStatusUpdate') this.status(packet)
    else this.told(kind, packet)
  }

  status(packet) {
    const state = stateOf(packet)
    if (state === 'RoundStarted') {
      this.players = new Set((packet.players ?? []).map((each) => Number(each.id ?? each.playerId)))
    } else if (state === 'HoleStarted') this.holeStarted(packet)
    else if (state === 'HoleFinished') this.holeFinished(packet)
    else if (state === 'RoundFinished') this.finished = true
    // One that comes in the middle of play is a mistake of the feed: it ends nothing.
    else if (state === 'RoundOfficial') this.official ||= this.finished
  }

  // HoleScoreUpdate names a hole by its number: of one played twice it can only mean the last time.
  lastOrder(no) {
    const orders = [...this.holes].filter(([, hole]) => hole.no === no).map(([order]) => order)
    return orders.length ? Math.max(...orders) : undefined
  }
}

// A team's round.
export class Round extends Book {
  documents() {
    const { tournament, round, teams } = this.target
    const holes = {}
    let toPar = 0 // of the holes that the ball was holed on
    for (const [order, hole] of this.holes) {
      holes[order] = hole.document()
      if (hole.holed && hole.par !== null) toPar += hole.strokes - hole.par
    }
    return { [`${tournament}/${round}/${teams[0]}`]: { to_par: toPar, holes } }
  }

  // The hole of a packet; it is begun where the packet that began it is lost.
  hole(packet) {
    const order = packet.holeOrder
    if (!this.holes.has(order)) this.holes.set(order, new Hole(packet.holeNo ?? 1))
    const hole = this.holes.get(order)
    hole.par = packet.score?.currentHolePar ?? hole.par // no packet but those with a score tells it
    return hole
  }

  // Within a correction a hole begins again: all that was said of it is void. Without one it cannot
  // begin twice; what is known of it stays.
  holeStarted(packet) {
    const before = this.holes.get(packet.holeOrder)
    if (!before || this.correcting) this.holes.set(packet.holeOrder, new Hole(packet.holeNo, before?.par))
  }

  // Where strokes are not reported its score is all that is said of a hole.
  holeFinished(packet) {
    if (packet.finishReason !== 'BallHoled') return
    const hole = this.hole(packet)
    hole.holed = true
    if (!hole.made) hole.made = (packet.score?.currentHoleStrokes ?? 0) - hole.penalties
  }

  told(kind, packet) {
    const whose = packet.eventCorrectedIdentifier
    if (kind === 'HitBall') this.hole(packet).hit(packet)
    else if (kind === 'BallHoled') this.hole(packet).holeOut(packet)
    else if (kind === 'ProvisionalBallSelected') this.hole(packet).choose(packet)
    else if (CORRECTABLE.has(kind)) this.hole(packet).told.push({ ...packet })
    else if (kind === 'Correction') this.holes.get(whose.holeOrder)?.correct(whose, packet.corrections)
    else if (kind === 'HoleScoreUpdate') {
      const hole = this.holes.get(this.lastOrder(whose.holeNo))
      if (hole) hole.override = packet.corrections.score?.currentHoleStrokes ?? hole.override
    }
  }
}

export const CORRECTABLE = new Set(['Penalty', 'ApproximateLie', 'DetailedLie', 'BallDrop'])
