import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { findCommand, readWords } from '#commands'
import { isRefusal } from '#kernel'
import { addPerson, enrol, signInHere, startService, type TestService } from '../service.testing.ts'
import { authenticatorCommands } from './commands.ts'

describe('what people log in with, by command', () => {
  let service: TestService
  before(async () => {
    service = await startService()
  })
  after(() => service.close())

  const fobwatch = async (...words: string[]) => {
    const { command, rest } = findCommand(authenticatorCommands, words)
    assert.ok(command)
    return command.run(service.rooms.authenticators, readWords(command, rest))
  }
  const someone = async () => {
    const person = await addPerson(service)
    const { device, enrolled } = await enrol(service, person.id)
    return { person, id: enrolled.id, browser: await signInHere(service, device) }
  }
  const refusalOf = (words: string[]) =>
    fobwatch(...words).then(
      () => undefined,
      (error: Error) => (isRefusal(error) ? (error.reasons[0] ?? error.code) : error.message),
    )

  it('is listed, in columns', async () => {
    const { person, id } = await someone()
    const [columns] = String(await fobwatch('authenticators', person.staffId)).split('\n')
    const [first, status, level, kind, , , until, name] = columns?.split('\t') ?? []
    assert.deepEqual([first, status, level, kind, until, name], [id, 'active', 'AAL2', 'passkey', '-', 'Passkey'])
    const nobody = await addPerson(service)
    assert.equal(await fobwatch('authenticators', nobody.staffId), 'They have nothing to log in with.\n')
    assert.equal(await refusalOf(['authenticators', '999999999999']), 'Nobody has the staff id 999999999999.')
    assert.equal(await refusalOf(['authenticators', '1']), 'A staff id has 12 digits.')
  })

  it('is suspended, listed as paused, reinstated and revoked, each recorded as done by command', async () => {
    const { person, id, browser } = await someone()
    assert.equal(await fobwatch('suspend', id, '--because', 'stolen', '--note', 'By phone'), `${id} is suspended.\n`)
    assert.equal((await browser.get('/api/session')).status, 401)
    assert.match(String(await fobwatch('authenticators', person.staffId)), /\tsuspended \(stolen\)\t/)
    assert.match(String(await fobwatch('paused')), new RegExp(`^${id}\t${person.staffId}\tstolen\t`))
    assert.equal(await fobwatch('paused', '--because', 'model'), 'Nothing is suspended.\n')
    assert.equal(await refusalOf(['suspend', id, '--because', 'stolen']), 'It is paused for this reason already.')
    assert.equal(await fobwatch('reinstate', id), `${id} is active.\n`)
    assert.equal(await fobwatch('revoke', id, '--because', 'left'), `${id} is revoked.\n`)
    const events = (await service.rooms.audit.eventsOf(person.id)).slice(-3)
    assert.deepEqual(
      events.map(({ type, actor, details, personal }) => [type, actor, details['as'], personal]),
      [
        ['authenticator-suspended', null, 'command', { note: 'By phone' }],
        ['authenticator-reinstated', null, 'command', null],
        ['authenticator-revoked', null, 'command', null],
      ],
    )
  })

  it('is given an end, by a day or a moment, or none, each recorded as done by command', async () => {
    const { person, id } = await someone()
    const [day, moment] = ['2098-02-28T00:00:00.000Z', '2098-02-28T17:30:00.000Z']
    assert.equal(await fobwatch('expiry', id, '2098-02-28'), `${id} works until ${day}.\n`)
    assert.ok(String(await fobwatch('authenticators', person.staffId)).includes(`\t${day}\t`))
    assert.equal(await fobwatch('expiry', id, '2098-02-28T17:30:00Z'), `${id} works until ${moment}.\n`)
    assert.equal(await fobwatch('expiry', id, 'never'), `${id} has no end.\n`)
    const events = (await service.rooms.audit.eventsOf(person.id)).slice(-3)
    assert.deepEqual(
      events.map(({ type, actor, details }) => [type, actor, details['as'], details['expiresAt']]),
      [day, moment, null].map((end) => ['authenticator-expiry-set', null, 'command', end]),
    )
  })

  it('says in a sentence why not', async () => {
    const { id } = await someone()
    const other = randomUUID()
    for (const [words, sentence] of [
      [['suspend', other, '--because', 'lost'], `There is no device ${other}.`],
      [['suspend', 'x', '--because', 'lost'], 'ID is of a device, as `fobwatch authenticators` lists it.'],
      [['suspend', id, '--because', 'model'], '--because must be one of: lost, stolen, desk.'],
      [['suspend', id, '--because', 'lost', '--note', 'a\nb'], '--note takes up to 500 characters in one line.'],
      [['revoke', id, '--because', 'removed'], '--because must be one of: desk, left.'],
      [['paused', '--because', 'removed'], '--because must be one of: lost, stolen, desk, model, copied.'],
      [['reinstate', id], 'It is not paused.'],
      [['expiry', other, 'never'], `There is no device ${other}.`],
      [['expiry', id, '2001-01-01'], 'That time is past.'],
      ...['tomorrow', '', '2098-02-30', '2098-2-3', '2098-01-01T09:00', '2098-01-01T09:00:00+01:00'].map((end) => [
        ['expiry', id, end],
        'An end is a day such as 2027-01-31, a moment such as 2027-01-31T17:00:00Z, or never.',
      ]),
    ] as [string[], string][])
      assert.equal(await refusalOf(words), sentence)
  })
})
