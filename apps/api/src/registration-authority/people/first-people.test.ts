import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { compileCache } from '@fobwatch/testkit'
import { isRefusal } from '#kernel'
import { addPerson, enrol, inviteCode, signInHere, sql, startService, type TestService } from '../../service.testing.ts'

const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url))
const guide = new URL('../../../../../docs/operators.md', import.meta.url)

/** Stands for `npx --yes pnpm@12 exec fobwatch`, without a look at a registry. */
const npx = `#!/bin/sh
test "$1 $2 $3 $4" = "--yes pnpm@12 exec fobwatch" || exit 9
shift 4
exec "${process.execPath}" "${cli}" "$@"
`

describe('the first people of an installation', () => {
  let service: TestService & { url: string; masterKey: string }
  let folder: string
  before(async () => {
    service = await startService()
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-first-'))
    await writeFile(join(folder, 'npx'), npx)
    await chmod(join(folder, 'npx'), 0o755)
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  const run = async (block: string) => {
    const env = {
      PATH: [folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
      ...compileCache,
      DATABASE_URL: service.url,
      FOBWATCH_MASTER_KEY: service.masterKey,
    }
    return (await promisify(execFile)('sh', ['-euc', block], { cwd: folder, env })).stdout
  }
  const blocksOf = async (heading: string) => {
    const [, section = ''] = (await readFile(guide, 'utf8')).split(`\n## ${heading}\n`)
    const [own = ''] = section.split('\n## ')
    return [...own.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, block = '']) => block)
  }
  const prove = (staffId: string, level: number) =>
    service.rooms.registrationAuthority.proveByCommand(staffId, level, 'in-person')

  it('come by the commands of the guide, to a manager who sees to everybody below', async () => {
    const [load = '', proved = ''] = await blocksOf('The first organisations and people')
    await run(load)
    const [ines] = await sql<{ id: string; staffId: string; level: number }>(
      service,
      `select id, staff_id as "staffId", identity_level as level from person where family_name = 'Fictive'`,
    )
    assert.ok(ines)
    assert.equal(ines.level, 1)
    const said = await run(proved.replace('912345678901', ines.staffId))
    assert.equal(said, `The identity of ${ines.staffId} is proved at level 3.\n`)
    const [first = ''] = await blocksOf('The first manager')
    assert.match(
      await run(first.replaceAll('912345678901', ines.staffId)),
      /is the first registration authority manager/,
    )

    const browser = await signInHere(service, (await enrol(service, ines.id)).device)
    const page = await browser.get('/api/session')
    assert.ok(page.json<{ desk: string[] }>().desk.includes('edit-positions'))
    const other = await addPerson(service)
    assert.equal((await browser.get(`/api/desk/people/${other.staffId}`)).status, 404)
    const events = (await service.rooms.audit.eventsOf(ines.id)).map(({ type, actor }) => [type, actor])
    assert.ok(events.some(([type, actor]) => type === 'identity-proved' && actor === null))
  })

  it('are proved no lower than they are, and not where nobody is', async () => {
    const person = await addPerson(service)
    const level = (code: string) => (error: unknown) => isRefusal(error) && error.code === code
    await assert.rejects(prove(person.staffId, 1), level('person_not_so'))
    await assert.rejects(prove('000000000000', 2), level('not_found'))
    await assert.rejects(
      run(`npx --yes pnpm@12 exec fobwatch prove-identity ${person.staffId} 4 --how video`),
      /1, 2 or 3/,
    )
    await assert.rejects(
      run(`npx --yes pnpm@12 exec fobwatch prove-identity ${person.staffId} 3 --how link`),
      /--how must/,
    )
  })

  it('lose the links that were made before', async () => {
    const person = await addPerson(service)
    await sql(service, 'update person set identity_level = 1 where id = $1', person.id)
    const code = await inviteCode(service, person.id)
    await prove(person.staffId, 2)
    const page = await service.browser().postJson('/api/enrolment/options', { code })
    assert.equal(page.status, 410)
  })
})
