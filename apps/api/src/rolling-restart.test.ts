import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { type Instance, sendToPort, startBalancer, startInstance } from './instances.testing.ts'
import { registerClient, startService } from './service.testing.ts'
import { keepSigningIn } from './steady-load.testing.ts'

describe('a restart under load', () => {
  let witness: Awaited<ReturnType<typeof startService>>
  const instances: Instance[] = []
  const undo: (() => Promise<unknown>)[] = []
  before(async () => {
    witness = await startService()
    await registerClient(witness)
  })
  // Whatever failed, nobody goes on asking.
  afterEach(async () => {
    for (const each of undo.splice(0).reverse()) await each()
  })
  after(async () => {
    for (const { child } of instances) child.kill('SIGKILL')
    await witness.close()
  })

  const start = async (environment: Record<string, string>, port?: number) => {
    const instance = await startInstance(witness, environment, port)
    instances.push(instance)
    return instance
  }
  const until = async (is: () => boolean): Promise<void> => {
    while (!is()) await new Promise((resolve) => setTimeout(resolve, 20))
  }

  it('of two instances, one after the other, drops no request', async () => {
    const one = { FOBWATCH_WORKERS: '1', FOBWATCH_DRAIN_SECONDS: '1' }
    const pair = await Promise.all([start(one), start(one)])
    const balancer = await startBalancer(pair.map(({ port }) => port))
    undo.push(balancer.close)
    await until(() => balancer.readyPorts().length === 2)
    const load = await keepSigningIn(
      witness,
      sendToPort(() => balancer.port),
      3,
    )
    undo.push(load.stop)
    for (const instance of pair) {
      const before = load.done()
      await until(() => load.done() > before + 5)
      assert.equal(await instance.end('SIGTERM'), 0)
      assert.deepEqual(balancer.readyPorts(), [pair.find((other) => other !== instance)?.port])
      await start(one, instance.port)
      await until(() => balancer.readyPorts().length === 2)
    }
    const before = load.done()
    await until(() => load.done() > before + 5)
    assert.deepEqual(await load.stop(), [])
    assert.deepEqual(balancer.failures, [])
  })

  it('of the workers of one machine, one by one, drops no request, and nobody hears of it', async () => {
    const instance = await start({ FOBWATCH_WORKERS: '2' })
    const balancer = await startBalancer([instance.port])
    undo.push(balancer.close)
    await until(() => balancer.readyPorts().length === 1)
    const load = await keepSigningIn(
      witness,
      sendToPort(() => balancer.port),
      3,
    )
    undo.push(load.stop)
    await instance.says(/^Server listening at/, 2)
    await until(() => load.done() > 3)
    instance.child.kill('SIGUSR2')
    await instance.says(/^the workers are replaced$/)
    const before = load.done()
    await until(() => load.done() > before + 5)
    assert.deepEqual(await load.stop(), [])
    assert.deepEqual(balancer.failures, [])
    assert.deepEqual(balancer.readyPorts(), [instance.port])
    assert.ok((instance.lines.findLast(({ msg }) => msg === 'answered')?.worker ?? 0) > 2, 'the new ones answer')
    assert.equal(await instance.end('SIGINT'), 0)
  })
})
