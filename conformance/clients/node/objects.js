// What a live stream comes to: objects by id, and out of these rounds.
//
// A message adds, updates or deletes an object. A score is nothing but what the objects there are
// now come to, so no correction needs a rule of its own.

import { integerOf } from './packets.js'

const INTEGERS = new Set([
  'team_id', 'player_id', 'round_number', 'hole_number', 'hole_sequence', 'stroke_number',
  'provisional_number', 'penalty_strokes', 'hole_par', 'hole_strokes',
])
const OF_A_HOLE = ['HoleStarted', 'StrokePreparation', 'StrokeExecuted', 'BallHoled', 'HoleEnded']
const KINDS = new Set([
  ...OF_A_HOLE, 'SportEventStarted', 'SportEventEnded', 'ApproximateLie', 'DetailedLie', 'Penalty',
  'BallDropped', 'ProvisionalBallSelected',
])
const STUBBORN = 3 // answers of REST in a row that contradict the stream, before they are believed

// Numbers as numbers, also those that come as text.
export function tidyData(data) {
  const found = {}
  for (const [key, value] of Object.entries(data)) {
    const number = INTEGERS.has(key) ? integerOf(value) : null
    if (number !== null) found[key] = number
    else if (value !== null && typeof value === 'object' && !Array.isArray(value)) found[key] = tidyData(value)
    else if (value !== null && !INTEGERS.has(key)) found[key] = value
  }
  return found
}

const kindOf = (data) => String(data.type ?? '').replace('Event.Sport.Golf.', '')
const isGone = (data) => data.action === 'DELETE'

// Every event has these, and all but those that delete have a payload.
export function isEvent(data) {
  const says = typeof data?.id === 'string' && typeof data.created_at === 'string'
  return says && (isGone(data) || (typeof data.payload === 'object' && data.payload !== null))
}

export class Objects {
  constructor(target) {
    this.target = target
    this.held = new Map() // by id; also those that were deleted, with that action
    this.byTeam = new Map(target.teams.map((team) => [team, new Map()])) // and hole_sequence, and id
    this.ended = new Map() // ids of SportEventEnded, and whose
    this.doubted = new Set() // ids; of these the stream has said two things
    this.contested = new Map() // how often REST has said another thing, by id
    this.stale = new Set() // teams whose documents are to be made anew
    this.made = new Map()
  }

  // ── messages ───────────────────────────────────────────────────────────────────────────────

  // What a message says of its object; whether it is news.
  take(data) {
    const before = this.held.get(data.id)
    if (before && data.created_at <= before.created_at) {
      // What comes again is not counted again. But of two versions out of their order, and of what
      // is back after it was deleted, only REST can tell which holds.
      const isBack = isGone(before) && !isGone(data)
      if (data.created_at !== before.created_at || isBack) this.doubted.add(data.id)
      return false
    }
    if (isGone(data)) return this.delete(data, before)
    if (data.action !== 'ADD' && data.action !== 'UPDATE') return false // nobody knows it yet
    return this.put(data) // an UPDATE of one that we never had is all of it, too
  }

  put(data) {
    this.forget(data.id)
    this.held.set(data.id, data)
    const { team_id: team, hole_sequence: at } = data.payload ?? {}
    const holes = this.byTeam.get(team)
    if (holes && at !== undefined) {
      if (!holes.has(at)) holes.set(at, new Map())
      holes.get(at).set(data.id, data)
      this.stale.add(team)
      if (kindOf(data) === 'SportEventEnded') this.ended.set(data.id, team)
    }
    return true
  }

  // It is gone, but not forgotten: an old version may come again. One that we never had says nothing.
  delete(data, before) {
    if (!before) return false
    this.forget(data.id)
    this.held.set(data.id, { ...before, ...data })
    return true
  }

  // Take it out of all that is made of it.
  forget(id) {
    const { team_id: team, hole_sequence: at } = this.held.get(id)?.payload ?? {}
    this.byTeam.get(team)?.get(at)?.delete(id)
    this.ended.delete(id)
    this.stale.add(team)
  }

  // ── REST ───────────────────────────────────────────────────────────────────────────────────

  // All that REST has, oldest first; `since` are ids that have come while it was asked. Whether it
  // says what we hold.
  merge(listed, since) {
    const theirs = new Map()
    for (const data of listed) {
      const before = theirs.get(data.id)
      if (!before || data.created_at >= before.created_at) theirs.set(data.id, data)
    }
    const missing = [...this.held.keys()].filter((id) => this.isThere(id) && !theirs.has(id) && !since.has(id))
    // What is newer than all that REST has it may not have yet.
    const newest = [...theirs.values()].reduce((last, { created_at: at }) => (at > last ? at : last), '')
    const contested = missing.filter((id) => this.held.get(id).created_at <= newest)
    const ahead = missing.length - contested.length
    for (const [id, data] of theirs) if (!this.learn(data)) contested.push(id)
    const before = this.contested
    this.contested = new Map()
    for (const id of contested.filter((each) => !since.has(each))) {
      const times = (before.get(id) ?? 0) + 1
      if (this.doubted.has(id) || times >= STUBBORN) this.believe(id, theirs.get(id))
      else this.contested.set(id, times)
    }
    this.doubted.clear()
    return !this.contested.size && !ahead
  }

  // Take what is new of an object; whether we agree on it now.
  learn(data) {
    const before = this.held.get(data.id)
    if (!before) return isGone(data) || this.put(data)
    if (data.created_at > before.created_at) return isGone(data) ? this.delete(data, before) : this.put(data)
    if (!KINDS.has(kindOf(before)) && !isGone(data)) return this.put(data) // we did not understand it
    return data.created_at === before.created_at && isGone(data) === isGone(before)
  }

  // REST says again and again that it is otherwise.
  believe(id, data) {
    const held = this.held.get(id)
    if (!data || isGone(data)) this.delete({ ...held, action: 'DELETE' }, held)
    else this.put(data)
  }

  // ── what it comes to ───────────────────────────────────────────────────────────────────────

  isThere(id) {
    return this.held.has(id) && !isGone(this.held.get(id))
  }

  // Whether all teams have ended.
  get isOver() {
    const ended = new Set(this.ended.values())
    return this.target.teams.every((team) => ended.has(team))
  }

  // The holes of a team that have begun, by hole_sequence.
  holes(team) {
    const orders = [...this.byTeam.get(team).keys()].sort((a, b) => a - b)
    const found = orders.map((at) => [at, new LiveHole(this.byTeam.get(team).get(at).values())])
    return new Map(found.filter(([, hole]) => hole.begun))
  }
}

// A round: all its teams are on one stream.
export class LiveRound extends Objects {
  // Only what has changed is made anew.
  documents() {
    const { tournament, round, teams } = this.target
    for (const team of teams.filter((each) => this.stale.has(each))) {
      const document = { to_par: 0, holes: {} }
      for (const [at, hole] of this.holes(team)) {
        document.to_par += hole.over
        document.holes[at] = hole.document()
      }
      this.made.set(`${tournament}/${round}/${team}`, document)
    }
    this.stale.clear()
    return Object.fromEntries(this.made)
  }
}

// What the objects of a hole come to for a team.
class LiveHole {
  constructor(data) {
    this.of = new Map()
    for (const each of data) this.of.set(kindOf(each), [...this.all(kindOf(each)), each.payload])
    this.end = this.all('HoleEnded').at(-1)
    this.begun = OF_A_HOLE.some((kind) => this.of.has(kind))
  }

  all(kind) {
    return this.of.get(kind) ?? []
  }

  get no() {
    const said = [...this.of.values()].flat().find((each) => each.hole_number !== undefined)
    return said?.hole_number ?? 1
  }

  get penalties() {
    const said = [...this.all('Penalty'), ...this.all('ProvisionalBallSelected')]
    return said.reduce((sum, each) => sum + (each.penalty_strokes ?? 0), 0)
  }

  // What the strokes come to, with penalties; a provisional ball counts once it is chosen.
  get played() {
    const hits = this.all('StrokeExecuted').filter((each) => !each.provisional_number)
    const last = Math.max(0, ...hits.map((each) => each.stroke_number ?? 0))
    const given = this.all('BallHoled').some((each) => (each.stroke_number ?? 0) > last)
    const chosen = this.all('ProvisionalBallSelected').map((each) => each.provisional_number ?? 0)
    return chosen.reduce((a, b) => a + b, hits.length + this.penalties + Number(given))
  }

  // HoleEnded has the last word, for it is updated with whatever changes the score.
  get strokes() {
    return this.end?.score?.hole_strokes ?? this.played
  }

  get holed() {
    return this.end?.end_reason === 'BALL_HOLED' || this.of.has('BallHoled')
  }

  // Over par, once it is holed and its par is told.
  get over() {
    const par = this.end?.score?.hole_par
    return this.holed && par !== undefined ? this.strokes - par : 0
  }

  document() {
    return { no: this.no, strokes: this.strokes, penalties: this.penalties, holed: this.holed }
  }

  // Of a match, once it has ended: why, and the strokes of the ball that counts.
  line() {
    const reason = String(this.end.end_reason ?? '')
    return { reason, strokes: reason === 'BALL_HOLED' ? this.strokes : null }
  }
}
