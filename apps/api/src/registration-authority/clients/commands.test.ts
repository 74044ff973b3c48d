import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { findCommand, readWords } from '#commands'
import { sql, startService, type TestService } from '../../service.testing.ts'
import { clientCommands } from './commands.ts'

const registration = {
  id: 'lab',
  name: 'Laboratory',
  metadata: { redirect_uris: ['https://lab.example.org/callback'] },
  apis: ['https://lab.example.org/api'],
}
const api = { resource: 'https://lab.example.org/api', name: 'Laboratory', scopes: ['results.read', 'results.write'] }

describe('fobwatch clients', () => {
  let service: TestService
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-clients-'))
    service = await startService()
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  const fobwatch = async (...words: string[]): Promise<string> => {
    const { command, rest } = findCommand(clientCommands, words)
    assert.ok(command)
    return String(await command.run(service.rooms.registrationAuthority, readWords(command, rest)))
  }
  const file = async (content: unknown) => {
    const path = join(folder, `${crypto.randomUUID()}.json`)
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }

  it('takes an application from its API to the end of its secrets', async () => {
    const ours = await fobwatch('apis', 'list')
    assert.equal(await fobwatch('clients', 'list'), 'There are none.\n')
    assert.equal(await fobwatch('apis', 'define', await file(api)), `${api.resource} is defined.\n`)
    const defined = `${api.resource}  Laboratory: results.read results.write\n`
    assert.deepEqual((await fobwatch('apis', 'list')).split('\n').toSorted(), (ours + defined).split('\n').toSorted())

    const added = await fobwatch('clients', 'add', await file(registration))
    assert.match(added, /^lab is registered, at version 1\.\nIts secret, which is shown this once:\n {2}[\w-]{43}\n$/)
    assert.equal(await fobwatch('clients', 'list'), 'lab  Laboratory, version 1\n')

    const shown = await fobwatch('clients', 'show', 'lab')
    const { secrets, ...rest } = JSON.parse(shown)
    assert.deepEqual({ id: rest.id, name: rest.name, metadata: rest.metadata, apis: rest.apis }, registration)

    const changed = await file({ ...JSON.parse(shown), name: 'Laboratory 2' })
    assert.equal(await fobwatch('clients', 'replace', 'lab', changed, '--version', '1'), 'lab is at version 2.\n')
    await assert.rejects(fobwatch('clients', 'replace', 'lab', changed, '--version', '1'), { code: 'client_changed' })

    const another = await fobwatch('clients', 'secrets', 'add', 'lab', '--overlap', '12h')
    assert.match(
      another,
      /^lab has a new secret, [0-9a-f-]{36}\.\nIts secret, which is shown this once:\n {2}[\w-]{43}\n$/,
    )
    assert.equal(await fobwatch('clients', 'secrets', 'end', 'lab', secrets[0].id), 'That secret has ended.\n')
    assert.equal(JSON.parse(await fobwatch('clients', 'show', 'lab')).secrets.length, 1)

    assert.equal(await fobwatch('clients', 'disable', 'lab'), 'lab is disabled.\n')
    assert.equal(await fobwatch('clients', 'list'), 'lab  Laboratory 2, version 3, disabled\n')
    assert.equal(await fobwatch('clients', 'enable', 'lab'), 'lab is enabled.\n')

    const events = await sql<{ type: string; actor: null }>(
      service,
      "select type, actor from audit_event where client = 'lab' and outcome = 'done' order by seq",
    )
    assert.deepEqual(
      events.map(({ type }) => type),
      [
        ...['client-registered', 'client-changed', 'client-secret-added', 'client-secret-ended'],
        ...['client-disabled', 'client-enabled'],
      ],
    )
    assert.ok(events.every(({ actor }) => actor === null))
  })

  it('names every fault of a file', async () => {
    const bad = { id: 'Bad', name: 'Bad', metadata: { redirect_uris: ['http://bad.example/'], scope: 'admin' } }
    await assert.rejects(fobwatch('clients', 'add', await file(bad)), (error: { reasons: string[] }) => {
      assert.deepEqual(
        error.reasons.map((reason) => reason.split(' ')[0]),
        ['id', 'redirect_uris[0]', 'scope'],
      )
      assert.match(error.reasons[0] ?? '', /^id must be 2 to 63 small letters, digits, /)
      return true
    })
  })

  it('says in a sentence what is wrong', async () => {
    const good = await file({ ...registration, id: 'other', apis: [] })
    await assert.rejects(fobwatch('clients', 'add', '/nowhere'), { message: '/nowhere cannot be read.' })
    for (const text of ['{', '[]', 'null', '5'])
      await assert.rejects(fobwatch('clients', 'add', await file(text)), /is not a JSON object\.$/)
    await assert.rejects(fobwatch('clients', 'add', await file({ ...registration, secret: 'x' })), /has `secret`, and/)
    await assert.rejects(fobwatch('clients', 'replace', 'lab', good, '--version', '1'), /is the registration of other/)
    await assert.rejects(fobwatch('clients', 'replace', 'other', good, '--version', 'x'), /--version is the number/)
    await assert.rejects(
      fobwatch('clients', 'replace', 'other', good),
      /^Error: It is: fobwatch clients replace ID FILE --version NUMBER/,
    )
    for (const line of ['show', 'disable', 'enable', 'secrets add'])
      await assert.rejects(fobwatch('clients', ...line.split(' '), 'nobody'), { code: 'not_found' }, line)
    for (const overlap of ['x', '-1', '31d', '1w', '1.5h'])
      await assert.rejects(fobwatch('clients', 'secrets', 'add', 'lab', `--overlap=${overlap}`), /--overlap is a time/)
    await assert.rejects(fobwatch('clients', 'secrets', 'end', 'lab', 'x'), /SECRET_ID is one of those/)
    await assert.rejects(fobwatch('apis', 'define', await file({ ...api, scopes: 'x' })), /must have a resource/)
    await assert.rejects(fobwatch('apis', 'define', await file({ ...api, more: 1 })), /has `more`/)
  })
})
