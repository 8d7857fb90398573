// All together: a client that follows its targets to their ends, and then exits with 0.

import process from 'node:process'
import { contractOf } from './contract.js'
import { DdeStream } from './dde.js'
import { LiveStream } from './live.js'
import { Rest } from './rest.js'
import { Reporter } from './state.js'

const UNSUPPORTED = 89

async function main() {
  const contract = contractOf(process.env)
  const Stream = { dde: DdeStream, live: LiveStream }[contract.dialect]
  if (!Stream) return UNSUPPORTED
  const client = { contract, streams: [], names: new Map() }
  client.reporter = new Reporter(client)
  client.rest = new Rest(contract)
  client.streams = contract.targets.map((target) => new Stream(client, target))
  askNames(client)
  client.reporter.changed()
  await Promise.all(client.streams.map((each) => each.run()))
  await client.reporter.flush(5)
  return 0
}

// What REST says of the tournaments. Nothing waits for it, and nothing fails with it.
async function askNames({ contract, rest, names }) {
  const about = contract.dialect === 'dde' ? '/golf/tournaments/' : '/golf/rest/v1/tournaments/'
  for (const number of new Set(contract.targets.map((each) => each.tournament))) {
    const body = await rest.get(about + number)
    try {
      names.set(number, JSON.parse(body).name)
    } catch {
      // Then it has no name here.
    }
  }
}

process.on('SIGTERM', () => process.exit(143))
process.exit(await main())
