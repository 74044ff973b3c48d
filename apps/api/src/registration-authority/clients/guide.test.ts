import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { compileCache } from '@fobwatch/testkit'
import { addPerson, sql, startService, type TestService } from '../../service.testing.ts'

const cli = fileURLToPath(new URL('../../cli.ts', import.meta.url))
const guide = new URL('../../../../../docs/operators.md', import.meta.url)

/** Stands for `npx --yes pnpm@12 exec fobwatch`, without a look at a registry. */
const npx = `#!/bin/sh
test "$1 $2 $3 $4" = "--yes pnpm@12 exec fobwatch" || exit 9
shift 4
exec "${process.execPath}" "${cli}" "$@"
`

describe('the commands of the guide for operators about applications', () => {
  let service: TestService & { url: string; masterKey: string }
  let folder: string
  let blocks: string[]
  before(async () => {
    service = await startService()
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-guide-'))
    await writeFile(join(folder, 'npx'), npx)
    await chmod(join(folder, 'npx'), 0o755)
    const [, section = ''] = /\n## Applications\n([\s\S]+?)\n## /.exec(await readFile(guide, 'utf8')) ?? []
    blocks = [...section.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, block = '']) => block)
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

  it('do what it says, one after another', async () => {
    const person = await addPerson(service)
    await service.store.inTransaction((tx) =>
      service.rooms.access.addOrganisation(tx, { code: 'ABC01', name: 'Trust' }),
    )
    assert.equal(blocks.length, 6)
    const [operator = '', add = '', replace = '', secrets = '', stop = '', apis = ''] = blocks

    assert.match(await run(operator.replace('912345678901', person.staffId)), /is the first service operator/)
    assert.match(
      await run(add),
      /registered, at version 1\.\nIts secret[^\n]+\n {2}[\w-]{43}\nexample-ward {2}Ward list, version 1\n/,
    )
    assert.equal(await run(replace), 'example-ward is at version 2.\n')
    const [first] = await sql<{ id: string }>(service, 'select id from client_secret')
    assert.match(
      await run(secrets.replace('SECRET_ID', first?.id ?? '')),
      /has a new secret[\s\S]+That secret has ended\.\n$/,
    )
    assert.equal(await run(stop), 'example-ward is disabled.\nexample-ward is enabled.\n')
    assert.match(
      await run(apis),
      /is defined\.\n[\s\S]*https:\/\/ward\.example\.org\/api {2}Ward list: patients\.read\n/,
    )
  })
})
