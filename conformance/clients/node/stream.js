// The life of a connection, the same in both dialects: open, talk, lose, wait, open again.
//
// One timer waits for whatever is due next, and ends with its connection, so none outlives it.

import { performance } from 'node:perf_hooks'
import WebSocket from 'ws'
import { sleep } from './contract.js'
import { retryAfterOf } from './rest.js'

const PAUSES = [1, 2, 4, 8, 16, 30] // seconds before another attempt
const REFUSED_PAUSES = [5, 10, 20, 30]
const FAREWELL = 3 // seconds for the answer to our close frame; a dead connection has none
const MAX_FRAME = 64 << 20 // many libraries stop at 1 MiB, and a catch-up can be longer

// Says so when it begins to close, whoever began: the end itself may be long in coming.
class Socket extends WebSocket {
  close(...words) {
    this.emit('leaving')
    super.close(...words)
  }
}

export class Stream {
  watchdog = 45 // seconds without a sound; heartbeats are 10 or 20 s apart
  patience = 10 // for a handshake, and for the answer to a token

  constructor(client, target) {
    this.client = client
    this.contract = client.contract
    this.target = target
    this.transport = 'connecting'
    this.done = false
    this.failures = 0 // attempts in a row that came to nothing
    this.refusals = 0
    this.heardAt = 0
    this.asking = false // whether REST is being asked
    this.socket = null
  }

  // ── the clock ──────────────────────────────────────────────────────────────────────────────

  now() {
    return performance.now()
  }

  // The time so many seconds of wire time after another one, or after now.
  after(seconds, since = this.now()) {
    return since + this.contract.ms(seconds)
  }

  // What is to be done if nothing comes: [when, what]; each dialect has more.
  deadlines() {
    // TCP may say for hours that a dead connection is fine.
    return [[this.after(this.watchdog, this.heardAt), () => this.lose('not a sound')]]
  }

  // Do what is due, and wait for what is next.
  tick() {
    clearTimeout(this.timer)
    while (this.socket && !this.why) {
      const [when, then] = this.deadlines().reduce((a, b) => (b[0] < a[0] ? b : a))
      const wait = when - this.now()
      if (wait > 0) {
        this.timer = setTimeout(() => this.tick(), Math.min(wait, 3.6e6))
        return
      }
      then()
    }
  }

  // ── one connection after another ───────────────────────────────────────────────────────────

  // Until the target is final.
  async run() {
    while (!this.done) {
      const { refused, retryAfter } = await this.connection()
      this.refusals = refused ? this.refusals + 1 : 0
      if (this.done) break
      this.lost()
      // As long as the server asks for, and longer each time.
      const wait = Math.max(this.backoff(), retryAfter)
      this.failures += 1
      await sleep(this.contract.ms(wait) + 5)
    }
    this.transport = 'closed'
    this.changed()
  }

  // There is no connection now; what we hold stays, but nobody vouches for it.
  lost() {
    this.transport = 'reconnecting'
    this.changed()
  }

  // Seconds, with some chance in it: a thousand clients must not all come back at once.
  backoff() {
    const [row, at] = this.refusals ? [REFUSED_PAUSES, this.refusals - 1] : [PAUSES, this.failures]
    return row[Math.min(at, row.length - 1)] * (1 + Math.random() / 10)
  }

  // Data flows: the next loss is a new one, and its pauses begin anew.
  alive() {
    this.failures = this.refusals = 0
  }

  // One connection from its handshake to its end: how that came.
  connection() {
    return new Promise((resolve) => {
      this.why = null
      const socket = new Socket(this.contract.wsUrl + this.target.path, {
        headers: this.headers(),
        handshakeTimeout: this.contract.ms(this.patience),
        maxPayload: MAX_FRAME,
        perMessageDeflate: false,
        closeTimeout: this.contract.ms(FAREWELL), // also where the server has closed first
      })
      socket.on('unexpected-response', (_, response) => {
        const status = response.statusCode
        this.why = { refused: [401, 403].includes(status), retryAfter: retryAfterOf(response.headers) }
        response.resume()
        socket.terminate()
      })
      socket.on('open', () => {
        this.socket = socket
        this.heardAt = this.now()
        this.greet()
        this.tick()
      })
      socket.on('message', (data) => this.why || this.hear(data))
      socket.on('ping', () => this.why || this.pinged()) // the library has answered it
      socket.on('leaving', () => this.done || this.lost())
      // The library fails a connection that breaks RFC 6455, and says so here; close comes next.
      socket.on('error', () => {})
      // It has answered a close frame with its own code.
      socket.on('close', (code) => {
        clearTimeout(this.timer)
        clearTimeout(this.farewell)
        if (this.socket && !this.why) this.closed(code)
        this.socket = null
        resolve(this.why ?? { refused: code === 1008, retryAfter: 0 })
      })
    })
  }

  // This connection is of no use any more: close it, and do not wait long for an answer.
  lose(reason, { refused = false } = {}) {
    if (this.why || !this.socket) return
    this.why = { reason, refused, retryAfter: 0 }
    const { socket } = this
    socket.close(1000)
    this.farewell = setTimeout(() => socket.terminate(), this.contract.ms(FAREWELL))
  }

  // ── what each dialect does in its own way ──────────────────────────────────────────────────

  headers() {
    return {}
  }

  greet() {}

  understand() {
    throw new Error('each dialect has its own')
  }

  pinged() {}

  closed() {}

  hear(data) {
    this.heard()
    let message
    try {
      message = JSON.parse(data.toString('utf8'))
      if (message === null || typeof message !== 'object' || Array.isArray(message)) throw new Error('no object')
    } catch (error) {
      // Whatever it said is missing now, and comes again only on another connection.
      this.lose(`no JSON: ${error.message}`)
      return
    }
    this.understand(message)
    if (this.done) this.lose('it is final')
    else this.tick()
  }

  // The other side lives.
  heard() {
    this.heardAt = this.now()
  }

  send(message) {
    this.socket.send(JSON.stringify(message), () => {}) // a failure closes the socket, too
  }

  // Ask REST for all that this target has said, and go on listening meanwhile.
  async ask() {
    if (this.asking) return
    this.asking = true
    const body = await this.client.rest.once(this.target.rest)
    this.asking = false
    this.answered(body)
    if (this.done) this.lose('it is final')
    else this.tick()
  }

  changed() {
    this.client.reporter.changed()
  }
}
