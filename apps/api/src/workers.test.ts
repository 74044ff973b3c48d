import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Instance, runService, startInstance } from './instances.testing.ts'
import { startService } from './service.testing.ts'

describe('several processes on one machine', () => {
  let witness: Awaited<ReturnType<typeof startService>>
  let instance: Instance | undefined
  before(async () => {
    witness = await startService()
  })
  after(async () => {
    instance?.child.kill('SIGKILL')
    await witness.close()
  })

  const until = async (is: () => boolean): Promise<void> => {
    while (!is()) await delay(20)
  }
  const isGone = (pid: number): boolean => {
    try {
      return !process.kill(pid, 0)
    } catch {
      return true
    }
  }
  it('replace one that is killed, and end at once at a second signal', async () => {
    instance = await startInstance(witness, { FOBWATCH_WORKERS: '2', FOBWATCH_DRAIN_SECONDS: '60' })
    const [first, second] = [
      await instance.says(/^Server listening at/),
      await instance.says(/^Server listening at/, 2),
    ]
    process.kill(first.pid, 'SIGKILL')
    const said = await instance.says(/^a worker ended by itself$/)
    assert.deepEqual([said['workerPid'], said['signal']], [first.pid, 'SIGKILL'])
    const third = await instance.says(/^Server listening at/, 3)
    assert.ok(![first.pid, second.pid].includes(third.pid))
    const ready = await fetch(`http://127.0.0.1:${instance.port}/health/ready`, { headers: { connection: 'close' } })
    assert.equal(ready.status, 200)

    instance.child.kill('SIGTERM')
    // The first process says so, and both workers.
    await instance.says(/^closing$/, 3)
    assert.equal(await instance.end('SIGTERM'), 1)
    await until(() => [second.pid, third.pid].every(isGone))
  })

  it('answer who was handed to one that is killed before it took them', async () => {
    instance = await startInstance(witness, { FOBWATCH_WORKERS: '2', FOBWATCH_DRAIN_SECONDS: '0' })
    const { pid } = await instance.says(/^Server listening at/, 2)
    // One that stands still takes nothing; it is handed one of these all the same, as its turn comes.
    process.kill(pid, 'SIGSTOP')
    const at = `http://127.0.0.1:${instance.port}/health/live`
    let answered = 0
    const asked = Array.from({ length: 4 }, async () => {
      const { status } = await fetch(at, { headers: { connection: 'close' } })
      answered += 1
      return status
    })
    await until(() => answered >= 3)
    process.kill(pid, 'SIGKILL')
    assert.deepEqual(await Promise.all(asked), [200, 200, 200, 200])
    assert.equal(await instance.end('SIGTERM'), 0)
  })

  it('say once what is wrong with the settings, and end with 1', async () => {
    const { code, said } = await runService(
      { url: witness.url, masterKey: '' },
      { FOBWATCH_WORKERS: '2', PORT: 'none' },
    )
    assert.equal(code, 1)
    for (const name of ['PORT', 'FOBWATCH_MASTER_KEY']) assert.equal(said.split(`  ${name} `).length, 2, said)
  })
})
