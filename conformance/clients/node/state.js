// What the client says that it holds: the whole document, after each change, the newest alone.

import http from 'node:http'
import { sleep } from './contract.js'

const GATHER = 10 // real milliseconds in which changes become one
const PATIENCE = 2000

export class Reporter {
  constructor(client) {
    this.client = client
    this.url = client.contract.stateUrl
    this.sent = ''
    this.news = false
    this.leaving = false
    this.sending = null // one post at a time, so that they arrive in order
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  }

  // Something is otherwise now.
  changed() {
    this.news = true
    if (this.url && !this.sending) this.sending = this.send().finally(() => (this.sending = null))
  }

  async send() {
    while (this.news && !this.leaving) {
      await sleep(GATHER)
      await this.post()
    }
  }

  // Say it as it is now, if that is news. What was not taken is not said again: what is newest is.
  async post() {
    this.news = false
    const body = JSON.stringify(this.document())
    if (body === this.sent) return
    if (await this.request(body)) this.sent = body
    else this.news = true
  }

  // The last word, before we go.
  async flush(attempts) {
    this.leaving = true
    await this.sending
    this.news = true
    for (let left = attempts; this.url && this.news && left > 0; left -= 1) {
      await this.post()
      if (this.news) await sleep(GATHER)
    }
  }

  request(body) {
    return new Promise((resolve) => {
      const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
      const asking = http.request(this.url, { method: 'POST', headers, agent: this.agent, timeout: PATIENCE })
      asking.on('timeout', () => asking.destroy())
      asking.on('error', () => resolve(false))
      asking.on('response', (response) => {
        response.resume()
        response.on('close', () => resolve(response.statusCode < 300))
      })
      asking.end(body)
    })
  }

  document() {
    const document = { schema: 'mockdde.state/1', streams: {}, rounds: {}, matches: {} }
    for (const stream of this.client.streams) {
      document.streams[stream.target.path] = stream.status()
      const where = stream.target.match === undefined ? document.rounds : document.matches
      Object.assign(where, stream.book.documents())
    }
    return document
  }
}
