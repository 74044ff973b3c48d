import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createTestDatabase } from '@fobwatch/testkit'
import { freePorts } from './stage/ports.ts'
import { setStage } from './stage/set-stage.ts'
import { type Api, serveApi } from './strangers/api.ts'
import { openidClientByFapi } from './strangers/fapi.ts'
import { oauth4webapi } from './strangers/oauth4webapi.ts'
import { openidClient } from './strangers/openid-client.ts'
import { receive } from './strangers/receive.ts'
import { makeRegistration } from './strangers/registration.ts'
import { ways } from './strangers/visit.ts'

/** Nobody listens there: the browser stops before it leaves the service. */
const origin = 'http://localhost:9'

describe("a stranger's application", () => {
  const undo: (() => Promise<void>)[] = []
  let stage: Awaited<ReturnType<typeof setStage>>
  let api: Api
  before(async () => {
    const { url, drop } = await createTestDatabase()
    undo.push(drop)
    stage = await setStage({ instances: 1, databaseUrl: url })
    undo.push(stage.strike)
    const [port = 0] = await freePorts(1)
    api = await serveApi(stage.issuer, port)
    undo.push(api.close)
  })
  after(async () => {
    for (const each of undo.reverse()) await each()
  })

  for (const stranger of [openidClient, openidClientByFapi, oauth4webapi])
    for (const way of stranger.ways ?? ways)
      it(`on ${stranger.name} signs somebody in and out by ${way}`, async () => {
        const registration = await makeRegistration(stranger, way, stranger.origin ?? origin, api.resource)
        await receive(stage, stranger, registration, api.resource)
        assert.equal(await stage.logs(), '', 'the service had nothing to warn of')
      })
})
