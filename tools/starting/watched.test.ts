import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Failure } from '../failure.ts'
import { keepRunning } from './watched.ts'

describe('a service whose sources change', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-watched-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('is stopped and started again, waits out a fault, and stops for good', async () => {
    const events = new EventEmitter()
    const happened: string[] = []
    let isBroken = false
    const start = async () => {
      happened.push(isBroken ? 'broke' : 'started')
      events.emit('start')
      if (isBroken) throw new Failure('It does not start.')
      const stop = async () => void happened.push('stopped')
      return { name: 'It', lost: new Promise<never>(() => {}), stop }
    }
    const said: string[] = []
    const service = await keepRunning(start, [folder], (line) => said.push(line))
    const change = async (text: string) => {
      const started = once(events, 'start')
      // Moved into place, as many editors do it, a file changes once.
      await writeFile(join(folder, 'unfinished'), text)
      await rename(join(folder, 'unfinished'), join(folder, 'source.ts'))
      await started
    }

    await change('first')
    isBroken = true
    await change('second')
    isBroken = false
    await change('third')
    await service.stop()
    assert.deepEqual(happened, ['started', 'stopped', 'started', 'stopped', 'broke', 'started', 'stopped'])
    assert.ok(said.includes('It does not start.'))
  })
})
