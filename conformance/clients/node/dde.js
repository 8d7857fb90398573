// The DDE dialect: a token, then packets by seqNum, then RoundOfficial.
//
// The state is a fold over the packets 1, 2, 3 … and nothing else, so all care is for their order:
// what is early waits, what is known is left, and where one is missing a new connection has all of
// them again, from the first.

import { Match } from './matches.js'
import { identity, kindOf, linkOf, packetsIn, stateOf, tidy } from './packets.js'
import { Round } from './rounds.js'
import { Stream } from './stream.js'

const GAP_PATIENCE = 5 // seconds that a missing packet may be late
const GAP_ATTEMPTS = 3 // connections that lack the same packet, before we go on without it
const END_PATIENCE = 30 // seconds from RoundFinished until we ask REST if it is official
const END_ATTEMPTS = 3

export class DdeStream extends Stream {
  constructor(client, target) {
    super(client, target)
    this.book = this.newBook()
    this.log = new Map() // what is applied, by seqNum
    this.last = 0 // the seqNum of the last of them
    this.highest = 0 // the highest seqNum that has come, be it before its turn
    this.lacking = new Set() // seqNums that we do without
    this.gaps = new Map() // how many connections lacked a seqNum
    this.link = 'connected'
    this.askPause = END_PATIENCE
    this.asked = 0
  }

  newBook() {
    return this.target.match === undefined ? new Round(this.target) : new Match(this.target)
  }

  // ── in ─────────────────────────────────────────────────────────────────────────────────────

  // The token is the first message, and the only one.
  greet() {
    this.letIn = false
    this.askedIn = this.now()
    this.early = new Map() // what has come before its turn
    this.here = new Set() // seqNums that this connection has brought
    this.gapSince = null
    this.behind = true // whether a replay is still on its way
    this.linkHere = null // what the replay says, not true until it has caught up
    this.send({ authToken: this.contract.token })
  }

  deadlines() {
    const found = super.deadlines()
    if (!this.letIn) found.push([this.after(this.patience, this.askedIn), () => this.lose('no answer to the token')])
    if (this.gapSince !== null) found.push([this.after(GAP_PATIENCE, this.gapSince), () => this.gapIsOld()])
    if (this.letIn && this.book.finished && !this.asking) found.push([this.askAgainAt, () => this.askForTheEnd()])
    return found
  }

  understand(message) {
    const packet = tidy(message)
    if (!kindOf(packet)) {
      if (!this.letIn) this.judged(packet)
      return
    }
    if (!this.letIn) this.accepted() // who sends packets has let us in, in whatever words
    this.take(packet)
    this.done = this.isOver()
    this.changed()
  }

  // What was said to our token.
  judged({ message, level }) {
    const text = String(message ?? '').toLowerCase()
    if (text.includes('accepted')) this.accepted()
    else if (level === 'ERROR' || text.includes('invalid')) this.lose(text, { refused: true })
  }

  accepted() {
    this.letIn = true
    this.transport = 'open'
    this.behind = this.highest > 0
    this.changed()
  }

  // ── packets ────────────────────────────────────────────────────────────────────────────────

  take(packet) {
    const kind = kindOf(packet)
    if (kind === 'Heartbeat') {
      // Nothing is on its way: whatever was to be replayed has come.
      this.alive()
      this.caughtUp()
    } else if (kind === 'ConnectionStateChanged') {
      // Within a replay it is the state of long ago.
      if (this.behind) this.linkHere = linkOf(packet)
      else this.link = linkOf(packet)
    } else if (this.isMine(packet)) {
      // Which packet it is that has no number nobody can say; one is missing.
      if (packet.seqNum === undefined) this.gapSince ??= this.now()
      else this.arrived(packet.seqNum, packet)
    }
  }

  // The replay has reached what we have seen.
  caughtUp() {
    if (!this.behind) return
    this.behind = false
    this.highest = this.last
    this.link = this.linkHere ?? this.link
  }

  // Whether it is of this round or match; one of another fills no gap, and makes none.
  isMine(packet) {
    const whose = { ...packet, ...packet.eventCorrectedIdentifier }
    const { round, teams } = this.target
    if (round !== undefined && (whose.roundNo ?? round) !== round) return false
    if (whose.teamNo !== undefined) return teams.includes(whose.teamNo)
    const { players } = this.book
    return !players.size || whose.playerId === undefined || players.has(whose.playerId)
  }

  // A packet with a number: known, next, or early.
  arrived(number, packet) {
    const held = this.log.get(number)
    if (held && identity(held) !== identity(packet)) {
      // Two packets with one number. If both came on this connection its numbers cannot be trusted;
      // else the earlier connection's could not, and the newer one has all of them anew.
      if (this.here.has(number)) return this.lose(`two packets are number ${number}`)
      this.rebuild([...this.log].filter(([at]) => at < number))
    }
    this.here.add(number)
    this.highest = Math.max(this.highest, number)
    if (!this.log.has(number)) {
      if (this.lacking.has(number)) this.rebuild([...this.log, [number, packet]])
      else this.early.set(number, packet)
    }
    this.inOrder()
  }

  // Begin again with other packets.
  rebuild(log) {
    const without = [...this.lacking]
    this.log = new Map()
    this.last = 0
    this.book = this.newBook()
    this.lacking = new Set()
    for (const [number, packet] of log.sort(([a], [b]) => a - b)) this.apply(number, packet)
    for (const number of without) if (number < this.last && !this.log.has(number)) this.lacking.add(number)
  }

  // Apply what has its turn now.
  inOrder() {
    for (let packet; (packet = this.early.get(this.last + 1)); ) {
      this.early.delete(this.last + 1)
      this.apply(this.last + 1, packet)
      this.alive()
      this.askPause = this.lacking.size && this.book.official ? 0 : END_PATIENCE
      this.askAgainAt = this.after(this.askPause)
    }
    for (const number of this.early.keys()) if (number <= this.last) this.early.delete(number)
    if (!this.early.size) this.gapSince = null
    else this.gapSince ??= this.now() // something is missing; it may only be late
    if (this.here.has(this.last) && this.last >= this.highest) this.caughtUp()
  }

  // The only place where the state changes.
  apply(number, packet) {
    this.log.set(number, packet)
    this.last = number
    try {
      this.book.feed(packet)
    } catch {
      // It is of a kind that we know and has not what that must have: we have not got it.
      this.lacking.add(number)
    }
  }

  // A new connection has all packets. What none has we go on without, and vouch for nothing more.
  gapIsOld() {
    const missing = this.last + 1
    this.gaps.set(missing, (this.gaps.get(missing) ?? 0) + 1)
    if (this.gaps.get(missing) < GAP_ATTEMPTS || !this.early.size) {
      this.lose(`number ${missing} is missing`)
      return
    }
    const next = Math.min(...this.early.keys())
    for (let number = missing; number < next; number += 1) this.lacking.add(number)
    this.last = next - 1
    this.gapSince = null
    this.inOrder()
    this.done = this.isOver()
    this.changed()
    if (this.done) this.lose('it is final')
  }

  // ── the end ────────────────────────────────────────────────────────────────────────────────

  // Whether we leave: not before REST was asked for what we lack, though not for ever.
  isOver() {
    return this.book.official && (!this.lacking.size || this.asked >= END_ATTEMPTS)
  }

  // All packets by HTTP: RoundOfficial may have been lost, and nothing would tell.
  askForTheEnd() {
    this.askPause = Math.min(Math.max(this.askPause * 2, 2), 300)
    this.askAgainAt = this.after(this.askPause)
    this.asked += 1
    this.ask()
  }

  // They are the last word, if it is official.
  answered(body) {
    const log = new Map(packetsIn(body).filter((each) => each.seqNum).map((each) => [each.seqNum, each]))
    const numbers = [...log.keys()].sort((a, b) => a - b)
    const official = [...log.values()].some((each) => stateOf(each) === 'RoundOfficial')
    if (official && numbers.every((number, at) => number === at + 1)) {
      this.rebuild([...log])
      this.changed()
    }
    this.done = this.isOver()
  }

  // ── what it says of itself ─────────────────────────────────────────────────────────────────

  // Whether we vouch for what we show.
  get trusted() {
    const whole = !this.behind && this.gapSince === null && !this.lacking.size
    return this.transport === 'open' && whole && this.link === 'connected' && !this.book.correcting
  }

  status() {
    return {
      transport: this.transport,
      source_link: this.link,
      last_applied: this.last || null,
      mode: this.book.mode,
      trusted: this.trusted,
      final: this.book.official,
    }
  }
}
