// The live dialect: Client.Init with the last id, then events, and heartbeats both ways.
//
// Nothing on this wire shows that a message is lost: there are no numbers. So REST, which has all
// events of the round or match, is asked where one may be missing, and always before it is final.

import { LiveMatch } from './matches.js'
import { isEvent, LiveRound, tidyData } from './objects.js'
import { Stream } from './stream.js'

const EVENT = 'Event.Sport.Golf'
const BEAT_EVERY = 30
const LINGER = 5 // seconds that the stream may be behind REST in the end
const QUIET = 60 // seconds without an event, after which REST is asked
const ASK_PAUSES = [2, 2, 4, 8, 16, 30] // between questions while there is doubt

export class LiveStream extends Stream {
  watchdog = 40 // seconds; heartbeats are 10 to 20 s apart

  constructor(client, target) {
    super(client, target)
    this.book = target.match === undefined ? new LiveRound(target) : new LiveMatch(target)
    this.last = null // the id of the last CloudEvent that is applied
    this.known = new Set() // ids of CloudEvents
    this.since = new Set() // ids of objects that came since REST was asked
    this.lastAt = '' // its created_at
    this.resume = null // the id of the last one that has come on the stream
    this.thrownOut = 0 // times in a row that our last id has only got us a close frame
    this.askedAt = 0
    this.asked = 0 // questions in a row
    this.behind = false // whether we have been away, and REST has not told us since what we missed
    this.agreed = false // whether REST says what we hold
  }

  // ── in ─────────────────────────────────────────────────────────────────────────────────────

  // The token is in the handshake.
  headers() {
    return this.contract.bearer
  }

  // Client.Init, without which nothing comes, names the last event of the stream that we have
  // applied. What REST told may be far ahead of what the stream has still to send.
  greet() {
    this.behind = this.transport === 'reconnecting'
    this.silent = true // until something comes
    const forgotten = this.resume === null || this.thrownOut > 1
    this.send({ type: 'Client.Init', ...(forgotten ? {} : { last_seen_event_id: this.resume }) })
    this.beatenAt = this.movedAt = this.openedAt = this.now()
    this.transport = 'open'
    this.changed()
  }

  // Whatever comes is a sign that Client.Init was understood.
  heard() {
    super.heard()
    this.silent = false
    this.thrownOut = 0
  }

  // In this dialect a ping may be the server's heartbeat.
  pinged() {
    this.heard()
  }

  // An id that the server will not have is not said again and again.
  closed(code) {
    if (this.silent && code !== 1006) this.thrownOut += 1
  }

  // ── what is due ────────────────────────────────────────────────────────────────────────────

  deadlines() {
    const found = super.deadlines()
    found.push([this.after(BEAT_EVERY, this.beatenAt), () => this.beat()])
    if (this.final) found.push([this.after(LINGER, this.movedAt), () => this.settle()])
    if (!this.asking) found.push([this.askAgainAt(), () => this.askRest()])
    return found
  }

  // What REST has told does not come on the stream any more.
  settle() {
    this.done = this.isOver()
    if (this.done) this.lose('it is final')
  }

  // We live, too.
  beat() {
    this.beatenAt = this.now()
    this.send({ type: 'Client.Heartbeat' })
  }

  // Soon where there is doubt, and later each time; else when it has been quiet for long.
  askAgainAt() {
    if (this.inDoubt) {
      const pause = ASK_PAUSES[Math.min(this.asked, ASK_PAUSES.length - 1)]
      // The stream has the first word: what it is about to send REST need not tell.
      return this.after(pause, Math.max(this.askedAt, this.behind ? this.openedAt : 0))
    }
    return this.after(QUIET, Math.max(this.movedAt, this.askedAt))
  }

  // Whether only REST can tell if we hold everything.
  get inDoubt() {
    const { doubted, contested, isOver } = this.book
    return this.behind || doubted.size > 0 || contested.size > 0 || (isOver && !this.agreed)
  }

  askRest() {
    this.askedAt = this.now()
    this.asked += 1
    this.since = new Set()
    this.ask()
  }

  // All events, if it is an answer.
  answered(body) {
    let found = null
    try {
      found = JSON.parse(body)
    } catch {
      // Then it is none.
    }
    if (!Array.isArray(found)) return
    const mine = found.filter(isEvent).map(tidyData).filter((each) => this.isMine(each))
    this.agreed = this.book.merge(mine, this.since)
    for (const { id, created_at: at } of mine) {
      // REST does not tell the ids of envelopes; that of its data is as good to go on after.
      if (at > this.lastAt) [this.last, this.lastAt] = [id, at]
    }
    this.behind = false
    if (!this.inDoubt) this.asked = 0
    this.done = this.isOver()
    this.changed()
  }

  // ── events ─────────────────────────────────────────────────────────────────────────────────

  // A message; what is no event is a heartbeat, or something new.
  understand(message) {
    if (message.type !== EVENT || !Object.keys(message.data ?? {}).length) {
      this.alive()
      this.changed()
      return
    }
    if (!isEvent(message.data)) return this.lose('an event without id, created_at or payload')
    const data = tidyData(message.data)
    if (!this.isMine(data)) return
    this.movedAt = this.now()
    if (this.book.take(data)) {
      this.since.add(data.id)
      this.alive()
      this.agreed = false
      this.asked = 0
    }
    if (!this.known.has(message.id)) {
      this.known.add(message.id)
      this.resume = message.id
      // Or REST has told it before.
      if (data.created_at >= this.lastAt) [this.last, this.lastAt] = [message.id, data.created_at]
    }
    this.done = this.isOver()
    this.changed()
  }

  // Whether it is of this round or match; one of another is not one to go on after.
  isMine({ id, payload }) {
    if (!payload) return this.book.held.has(id)
    const { round, teams } = this.target
    const ofRound = round === undefined || (payload.round_number ?? round) === round
    return ofRound && (payload.team_id === undefined || teams.includes(payload.team_id))
  }

  // ── what it says of itself ─────────────────────────────────────────────────────────────────

  // Whether we leave: once the stream has said the end, too, or has nothing more to say.
  isOver() {
    const quiet = this.now() >= this.after(LINGER, this.movedAt)
    return this.final && (this.resume === this.last || quiet)
  }

  // Whether all teams have ended, and REST says so, too.
  get final() {
    return this.book.isOver && this.agreed
  }

  // Nothing is said here of links and corrections.
  status() {
    const { doubted, contested } = this.book
    const back = !(this.behind && this.silent) // what we have missed is on its way, at least
    const trusted = this.transport === 'open' && back && !doubted.size && !contested.size
    return { transport: this.transport, last_applied: this.last, trusted, final: this.final }
  }
}
