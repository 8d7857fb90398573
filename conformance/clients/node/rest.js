// Questions by HTTP, asked politely: one after another, few a second, and never again at once.

import http from 'node:http'
import { performance } from 'node:perf_hooks'
import { sleep } from './contract.js'

const APART = 0.25 // seconds between two requests; five a second are allowed
const PATIENCE = 10 // seconds for an answer
const PAUSES = [1, 2, 4, 8, 16, 30]
const REFUSED_PAUSES = [5, 10, 20, 30]

export class Rest {
  constructor(contract) {
    this.contract = contract
    this.turn = Promise.resolve() // the limit is one for all that is asked
    this.nextAt = 0
    this.agent = new http.Agent({ keepAlive: true })
  }

  // The body of an answer, however often that must be asked for.
  async get(path) {
    for (let failures = 0; ; failures += 1) {
      const { body, refused, retryAfter } = await this.inTurn(path)
      if (body !== null) return body
      const row = refused ? REFUSED_PAUSES : PAUSES
      const wait = Math.max(row[Math.min(failures, row.length - 1)], retryAfter)
      await sleep(this.contract.ms(wait) + 5)
    }
  }

  // The body, or null where there is no good answer.
  async once(path) {
    return (await this.inTurn(path)).body
  }

  inTurn(path) {
    const answer = this.turn.then(async () => {
      await sleep(Math.max(0, this.nextAt - performance.now()))
      this.nextAt = performance.now() + this.contract.ms(APART)
      const found = await this.request(path)
      // From the answer on: who counts from the question comes too soon where that was long on its way.
      this.nextAt = Math.max(this.nextAt, performance.now() + this.contract.ms(found.retryAfter))
      return found
    })
    this.turn = answer
    return answer
  }

  // One request. Whatever goes wrong is no answer: half a list may be valid JSON by chance.
  request(path) {
    return new Promise((resolve) => {
      const none = { body: null, refused: false, retryAfter: 0 }
      const headers = { ...this.contract.bearer, Accept: 'application/json' }
      const asking = http.get(this.contract.restUrl + path, { headers, agent: this.agent })
      const late = setTimeout(() => asking.destroy(), this.contract.ms(PATIENCE))
      const done = (found) => {
        clearTimeout(late)
        resolve(found)
      }
      asking.on('error', () => done(none))
      asking.on('response', (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('error', () => done(none))
        response.on('close', () => {
          const status = response.statusCode
          if (!response.complete) done(none)
          else if (status === 200) done({ ...none, body: Buffer.concat(parts).toString('utf8') })
          else done({ ...none, refused: [401, 403].includes(status), retryAfter: retryAfterOf(response.headers) })
        })
      })
    })
  }
}

// Retry-After in seconds, 0 where there is none; a date there would be of another clock.
export function retryAfterOf(headers) {
  return Math.max(0, Number(headers['retry-after']) || 0)
}
