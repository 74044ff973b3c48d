import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { StoredClient } from '#clients'
import { createRoad } from '../http/database-road.testing.ts'
import { registerClient, startService, type TestService, ward } from '../service.testing.ts'

/** Hears, from when it resolves on, what an instance is told about clients. @returns what waits for the next */
const hearing = async ({ store }: TestService): Promise<() => Promise<void>> => {
  let tell = () => {}
  const next = () => new Promise<void>((resolve) => (tell = resolve))
  const first = next()
  store.listen('clients', () => tell())
  await first
  return next
}

describe('instances that remember clients', () => {
  const asked: string[] = []
  let now = Date.now()
  let one: Awaited<ReturnType<typeof startService>>
  let other: TestService
  before(async () => {
    one = await startService({ onStatement: (name) => void asked.push(name), now: () => new Date(now) })
    other = await startService({ beside: one })
  })
  after(async () => {
    await other.close()
    await one.close()
  })

  const find = ({ rooms }: TestService): Promise<StoredClient | undefined> => rooms.clients.findClient('ward')
  const change = (
    work: (
      rooms: TestService['rooms'],
      tx: Parameters<TestService['rooms']['clients']['setDisabled']>[0],
    ) => Promise<unknown>,
  ) => one.store.inTransaction((tx) => work(one.rooms, tx))

  it('find a new one at once, and disabled at once where it was done, and elsewhere when that is heard', async () => {
    assert.equal(await find(one), undefined)
    await registerClient(one)
    assert.ok(await find(one))
    const next = await hearing(other)
    assert.ok(await find(other))

    const heard = next()
    await change((rooms, tx) => rooms.clients.setDisabled(tx, 'ward', true))
    assert.equal(await find(one), undefined)
    await heard
    assert.equal(await find(other), undefined)
    await change((rooms, tx) => rooms.clients.setDisabled(tx, 'ward', false))
    assert.ok(await find(one))
  })

  it('hear of nothing that was undone', async () => {
    const before = await find(one)
    const undone = change(async (rooms, tx) => {
      await rooms.clients.setDisabled(tx, 'ward', true)
      throw new Error('no')
    })
    await assert.rejects(undone, /no/)
    assert.equal((await find(one))?.name, before?.name)
  })

  it('do not take a secret that has ended meanwhile, by the clock alone', async () => {
    const metadata = { ...ward.metadata, token_endpoint_auth_method: 'client_secret_basic' } as const
    await registerClient(one, { ...ward, id: 'server', secret: 'its first secret', metadata })
    await change((rooms, tx) => rooms.clients.addSecret(tx, 'server', 60))
    const secrets = async () => (await one.rooms.clients.findClient('server'))?.secretHashes.length
    assert.equal(await secrets(), 2)
    now += 61_000
    assert.equal(await secrets(), 1)
  })

  it('remember nothing from before their connection was cut, once they hear again', async () => {
    const road = await createRoad(one.url)
    const cut = await startService({ beside: { ...one, url: road.url } })
    const next = await hearing(cut)
    assert.equal((await find(cut))?.name, ward.name)

    const heard = next()
    await road.cut()
    await registerClient(one, { ...ward, name: 'Another name' })
    await road.mend()
    await heard
    assert.equal((await find(cut))?.name, 'Another name')
    await cut.close()
    await road.close()
  })
})
