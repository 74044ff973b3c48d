import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { findCommand, readWords } from '#commands'
import type { Person } from '#people'
import { addPerson, enrol, registerClient, startService, type TestService } from '../../service.testing.ts'
import { policyCommands } from './commands.ts'

describe('fobwatch policy', () => {
  let service: TestService
  let folder: string
  let person: Person
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-policy-'))
    service = await startService()
    await registerClient(service)
    person = await addPerson(service)
    await enrol(service, person.id, createSoftwareAuthenticator({ backupEligible: true }))
    await service.store.inTransaction(async (tx) => {
      const { addOrganisation, affiliate } = service.rooms.access
      await affiliate(tx, person.id, await addOrganisation(tx, { code: 'ZZX01', name: 'Hospital' }))
    })
  })
  after(async () => {
    await service.close()
    await rm(folder, { recursive: true })
  })

  const fobwatch = async (...words: string[]) => {
    const { command, rest } = findCommand(policyCommands, ['policy', ...words])
    assert.ok(command)
    return command.run(service.rooms.registrationAuthority, readWords(command, rest))
  }
  const file = async (policy: unknown) => {
    const path = join(folder, `${crypto.randomUUID()}.json`)
    await writeFile(path, typeof policy === 'string' ? policy : JSON.stringify(policy))
    return path
  }

  it('says whom a file would lock out, and takes it only with their number', async () => {
    const strict = await file({ synced: 'refused' })
    const names = `It would lock out 1:\n  ${person.staffId}  Asha Fiction\n`
    for (const scope of ['service', 'organisation:ZZX01', 'client:ward'])
      assert.equal(await fobwatch('preview', scope, strict), names, scope)

    const reasons = ['Nothing was changed. 1 person could not log in any more; say --locks-out 1 to do it.']
    await assert.rejects(fobwatch('set', 'service', strict), { code: 'policy_locks_out', reasons })
    await assert.rejects(fobwatch('set', 'service', strict, '--locks-out', '2'), { code: 'policy_locks_out', reasons })
    await assert.rejects(fobwatch('set', 'service', await file({}), '--locks-out', '2'), {
      code: 'policy_locks_out',
      reasons: ['Nothing was changed. Nobody would be locked out: leave --locks-out away.'],
    })
    assert.equal(await fobwatch('show'), 'There are no rules.\n')
    assert.equal(
      await fobwatch('set', 'service', strict, '--locks-out', '1'),
      'The rules of service are at version 1.\n',
    )
  })

  it('changes whichever version there is, and shows every one', async () => {
    const open = await file({ maximumUnusedDays: 90 })
    assert.equal(await fobwatch('preview', 'service', open), 'It would lock nobody out.\n')
    assert.equal(await fobwatch('set', 'service', open), 'The rules of service are at version 2.\n')
    assert.equal(await fobwatch('set', 'client:ward', await file({})), 'The rules of client:ward are at version 1.\n')
    await fobwatch('set', 'organisation:ZZX01', open)
    const rule = '{\n  "maximumUnusedDays": 90\n}\n'
    assert.equal(
      await fobwatch('show'),
      [
        `service, Everybody, version 2\n${rule}`,
        `organisation:ZZX01, Hospital, version 1\n${rule}`,
        'client:ward, Ward list, version 1\n{}\n',
      ].join(''),
    )
  })

  it('says in a sentence what is wrong', async () => {
    const good = await file({})
    const message = 'SCOPE is service, organisation:CODE or client:ID.'
    for (const scope of ['everybody', 'service:all', 'organisation', 'client:', 'organisation:a b'])
      await assert.rejects(fobwatch('preview', scope, good), { message })
    await assert.rejects(fobwatch('preview', 'organisation:NONE', good), {
      reasons: ['No organisation has the code NONE.'],
    })
    await assert.rejects(fobwatch('set', 'client:nobody', good), { reasons: ['No application has the id nobody.'] })
    await assert.rejects(fobwatch('set', 'service', '/nowhere'), { message: '/nowhere cannot be read.' })
    await assert.rejects(fobwatch('set', 'service', good, '--locks-out', 'all'), /--locks-out is the number/)
    for (const [policy, fault] of [
      ['{', 'it is not JSON.'],
      ['[]', 'it is not an object of demands.'],
      ['null', 'it is not an object of demands.'],
      [{ synced: 'maybe' }, '`synced` has a value that it cannot have.'],
      [{ kinds: ['phone', 'watch'] }, '`kinds` has a value that it cannot have.'],
      [{ maximumUnusedDays: 0 }, '`maximumUnusedDays` has a value that it cannot have.'],
      [{ synced: 'maybe', synchronised: 'refused' }, '`synchronised` is not a demand that policies have.'],
      [{ constructor: 1 }, '`constructor` is not a demand that policies have.'],
    ] as const) {
      const path = await file(policy)
      await assert.rejects(fobwatch('set', 'service', path), { message: `${path} is no policy: ${fault}` })
    }
  })
})
