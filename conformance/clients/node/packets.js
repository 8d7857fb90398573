// DDE packets as the rest of the client reads them: one spelling of each key, numbers as numbers.
//
// The documentation spells some keys in two ways and gives some values two types; the feed has
// changed before. What differs only in form is made equal here, at the door.

const INTEGERS = new Set([
  'seqNum', 'teamNo', 'roundNo', 'holeNo', 'holeOrder', 'strokeNo', 'provisionalIndex', 'playerId',
  'penaltyStrokes', 'strokesAssessed', 'currentHolePar', 'currentHoleStrokes',
])
const NESTED = new Set(['eventCorrectedIdentifier', 'corrections', 'score'])
const WORDS = ['eventElementType', 'state', 'mode', 'finishReason', 'players', 'player', 'matchType']
const SPELLINGS = new Map([...INTEGERS, ...NESTED, ...WORDS].map((each) => [each.toLowerCase(), each]))
SPELLINGS.set('hole', 'holeNo').set('teamnon', 'teamNo') // as some tables have them
const LINKS = {
  connected: 'connected',
  partiallydisconnected: 'partially_disconnected',
  disconnected: 'disconnected',
}

// A packet in one spelling; keys that nobody knows stay as they are.
export function tidy(packet) {
  const found = {}
  for (const [key, value] of Object.entries(packet)) {
    const name = SPELLINGS.get(key.toLowerCase()) ?? key
    if (INTEGERS.has(name)) {
      const number = integerOf(value)
      if (number !== null) found[name] = number
    } else if (NESTED.has(name)) {
      // Some tables have an array of one where samples have an object.
      const one = Array.isArray(value) && value.length ? value[0] : value
      found[name] = one !== null && typeof one === 'object' && !Array.isArray(one) ? tidy(one) : one
    } else {
      found[name] = value
    }
  }
  return found
}

// 14, "14" and 14.0 are one number.
export function integerOf(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null
  return typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : null
}

// eventElementType; a heartbeat is written small by some.
export function kindOf(packet) {
  const kind = String(packet.eventElementType ?? '')
  return kind.toLowerCase() === 'heartbeat' ? 'Heartbeat' : kind
}

// The state it tells of; one table has a blank in "Round Started".
export const stateOf = (packet) => String(packet.state ?? '').replaceAll(' ', '')

// The state of the scorers' link, in the words of a state document.
export const linkOf = (packet) => LINKS[stateOf(packet).toLowerCase()] ?? 'unknown'

// What two packets of one seqNum must share if they are the same one: no times are in it, for a
// packet may come again with others.
export function identity(packet) {
  const { holeOrder, strokeNo, provisionalIndex, finishReason, mode } = packet
  const parts = [kindOf(packet), stateOf(packet), holeOrder, strokeNo, provisionalIndex, finishReason, mode]
  return JSON.stringify(parts)
}

// The packets of an answer of REST: an array, or one a line; none where it is no good.
export function packetsIn(body) {
  try {
    const text = (body ?? '').trim()
    const lines = () => text.split('\n').filter((each) => each.trim()).map((each) => JSON.parse(each))
    const found = text.startsWith('[') ? JSON.parse(text) : lines()
    return found.filter((each) => each !== null && typeof each === 'object').map(tidy)
  } catch {
    return []
  }
}
