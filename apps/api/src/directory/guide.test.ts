import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { compileCache } from '@fobwatch/testkit'
import { post } from '../oidc/code-flow.testing.ts'
import { addPerson, startService, type TestService } from '../service.testing.ts'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
const guide = new URL('../../../../docs/feeds.md', import.meta.url)

/** Stands for `npx --yes pnpm@12 exec fobwatch`, without a look at a registry. */
const npx = `#!/bin/sh
test "$1 $2 $3 $4" = "--yes pnpm@12 exec fobwatch" || exit 9
shift 4
exec "${process.execPath}" "${cli}" "$@"
`

describe('the guide to people from and for other systems', () => {
  let service: TestService & { url: string; masterKey: string }
  let folder: string
  let text: string
  before(async () => {
    service = await startService()
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-guide-'))
    await writeFile(join(folder, 'npx'), npx)
    await chmod(join(folder, 'npx'), 0o755)
    text = await readFile(guide, 'utf8')
    await service.store.inTransaction((tx) =>
      service.rooms.access.addOrganisation(tx, { code: 'ABC01', name: 'Trust' }),
    )
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  const blocks = (kind: string) =>
    [...text.matchAll(new RegExp(`\`\`\`${kind}\n([\\s\\S]+?)\`\`\``, 'g'))].map(([, block = '']) => block)
  const run = async (block: string) => {
    const env = {
      PATH: [folder, dirname(process.execPath), process.env['PATH']].join(delimiter),
      ...compileCache,
      DATABASE_URL: service.url,
      FOBWATCH_MASTER_KEY: service.masterKey,
    }
    return (await promisify(execFile)('sh', ['-euc', block], { cwd: folder, env })).stdout
  }
  const tokenFor = async (client_id: string, said: string, scope: string) => {
    const client_secret = /^ {2}([\w-]{43})$/m.exec(said)?.[1] ?? assert.fail(said)
    const { body } = await post(service, '/token', {
      grant_type: 'client_credentials',
      client_id,
      client_secret,
      scope,
    })
    return { authorization: `Bearer ${body['access_token']}` }
  }

  it('has commands that do what it says, and requests that are answered', async () => {
    const [hr = '', file = '', rota = '', ...others] = blocks('sh')
    assert.deepEqual(others, [])
    await writeFile(join(folder, 'staff.csv'), blocks('csv')[0] ?? '')
    const [tried, added, ...people] = (await run(file)).trimEnd().split('\n')
    assert.equal(tried, '2 rows: 2 would be added, 0 there already, 0 faulty.')
    assert.equal(added, '2 rows: 2 added, 0 there already, 0 faulty.')
    assert.deepEqual(
      people.map((line) => line.replace(/^\d{12}\t/, 'staff id, ')),
      ['staff id, Ines Fictive', 'staff id, Omar Madeup'],
    )
    const feed = await tokenFor('hr-system', await run(hr), 'scim')
    const url = `/scim/v2/Users?filter=${encodeURIComponent('userName eq "ines.fictive@example.org"')}`
    const [found] = (await service.app.inject({ url, headers: feed })).json().Resources
    assert.deepEqual(
      [found?.externalId, found?.displayName, found?.name.honorificPrefix],
      ['10071', 'Ines Fictive', 'Dr'],
    )

    const directory = await tokenFor('rota', await run(rota), 'directory')
    const { staffId } = await addPerson(service)
    const asked = await service.app.inject({ url: `/directory/v1/people/${staffId}`, headers: directory })
    assert.equal(asked.statusCode, 200)
  })
})
