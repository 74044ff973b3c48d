import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { type Traffic, watchTraffic } from './traffic.ts'

describe('what is under way at a server', () => {
  const server = createServer()
  let traffic: Traffic
  before(async () => {
    traffic = watchTraffic(server)
    await once(server.listen(0, '127.0.0.1'), 'listening')
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Asks, and reads nothing of what comes. @returns the answer, as the server has it */
  const ask = async (): Promise<ServerResponse> => {
    const asked = once(server, 'request')
    get({ port: (server.address() as AddressInfo).port, agent: false }).on('error', () => {})
    const [request, answer] = (await asked) as [NodeJS.ReadableStream, ServerResponse]
    if (!('complete' in request && request.complete)) await once(request.resume(), 'end')
    return answer
  }

  it('line 39: is what no answer has begun to, and not what somebody reads slowly', async () => {
    const answers = [await ask(), await ask(), await ask()]
    assert.equal(traffic.underWay(), 3)
    for (const answer of answers.slice(1)) answer.write('a part of a large file')
    assert.equal(traffic.underWay(), 1)
    answers[0]?.end()
    assert.equal(traffic.underWay(), 0)
  })
})
