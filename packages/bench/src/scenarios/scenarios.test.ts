import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { contenders, type Running } from '../contenders/index.ts'
import { openBrowser } from '../load/browser.ts'
import { openWire, type Wire } from '../load/wire.ts'
import { type DatabaseServer, startDatabaseServer } from '../machine/database.ts'
import { launcher } from '../machine/launch.ts'
import { scenarios } from './index.ts'

/** What a contender cannot do, and so is not measured at. */
const beyond: Record<string, readonly string[]> = { floor: ['enrolment'] }

describe('the scenarios', () => {
  let folder: string
  let server: DatabaseServer
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-scenarios-'))
    server = await startDatabaseServer(join(folder, 'postgres'))
  })
  after(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  for (const contender of contenders)
    describe(`with ${contender.name}`, () => {
      let running: Running
      let wire: Wire
      before(async () => {
        const own = join(folder, contender.name)
        await mkdir(own)
        const database = await server.create(contender.name)
        const launch = launcher({ core: undefined })
        running = await contender.start({ database, folder: own, people: 2, roles: 1, launch })
        wire = openWire(running.origin, 2)
      })
      after(async () => {
        await wire?.close()
        await running?.stop()
      })

      for (const { name, title, prepare } of scenarios.filter(({ prepare }) => prepare))
        it(beyond[contender.name]?.includes(name) ? `have no ${name}` : `do ${title}, again and again`, async () => {
          const prepared = await prepare?.(running, wire)
          if (beyond[contender.name]?.includes(name)) return assert.equal(prepared, undefined)
          assert.ok(prepared)
          await prepared.stock?.(3)
          for (let done = 0; done < 3; done += 1) await prepared.deed(wire)
        })

      it('start one more process of it', async () => {
        const another = await running.startAnother?.()
        assert.ok(another && another.pid !== running.pid && another.startMs > 0)
        await another.stop()
      })

      if (!beyond[contender.name]?.includes('enrolment'))
        it('set up one device with a link, and no second', async () => {
          const [link = ''] = (await running.enrolment?.makeLinks(1)) ?? []
          await running.enrolment?.setUp(openBrowser(wire), link)
          await assert.rejects(async () => running.enrolment?.setUp(openBrowser(wire), link), /answered (4\d\d|500)/)
        })
    })
})
