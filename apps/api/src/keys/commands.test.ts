import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { fakeClock } from '@fobwatch/testkit'
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { findCommand, readWords } from '#commands'
import { isRefusal } from '#kernel'
import { keyCommands, signingAlgorithms } from '#keys'
import { sql, startService, type TestService } from '../service.testing.ts'

type Started = Awaited<ReturnType<typeof startService>>

describe('signing keys, by command', () => {
  const clock = fakeClock(new Date())
  let service: Started
  /** Another instance, which is told nothing. */
  let second: TestService
  before(async () => {
    service = await startService({ now: clock.now })
    second = await startService({ now: clock.now, beside: service })
  })
  after(async () => {
    await second.close()
    await service.close()
  })
  /** Every test begins with one key for each algorithm. */
  afterEach(async () => {
    const last = await service.rooms.keys.listKeys()
    for (const { kid, state } of last) if (state === 'next') await service.rooms.keys.revokeKey(kid)
    clock.advance({ hours: 24 })
  })

  const fobwatch = async (...words: string[]) => {
    const { command, rest } = findCommand(keyCommands, words)
    assert.ok(command)
    return String(await command.run(service.rooms.keys, readWords(command, rest)))
  }
  const refusalOf = (...words: string[]) =>
    fobwatch(...words).then(
      () => undefined,
      (error: Error) => (isRefusal(error) ? (error.reasons[0] ?? error.code) : error.message),
    )
  const keyThat = async (state: string, algorithm = 'ES256') => {
    const keys = await service.rooms.keys.listKeys()
    return keys.find((key) => key.algorithm === algorithm && key.state === state)
  }
  const publishedBy = async ({ app }: TestService) => (await app.inject('/jwks')).json() as JSONWebKeySet
  const kidsAt = async (at: TestService) => (await publishedBy(at)).keys.map(({ kid }) => kid)
  const jwtOf = (at: TestService) => at.rooms.keys.signJwt({ sub: 'x' }, { alg: 'ES256', typ: 'logout+jwt' })
  const signerOf = async (at: TestService) => decodeProtectedHeader(await jwtOf(at)).kid
  const eventsOf = (kid?: string) =>
    sql<{ type: string; because: string | null }>(
      service,
      `select type, details->>'because' as because from audit_event where details->>'kid' = $1 order by seq`,
      kid,
    )

  it('are listed in columns: id, algorithm, state and times', async () => {
    const lines = (await fobwatch('keys', 'list')).trimEnd().split('\n')
    assert.equal(lines.length, 4)
    for (const line of lines) {
      const [kid, algorithm, state, from, until, publishedUntil] = line.split('\t')
      assert.match(kid ?? '', /^[A-Za-z0-9_][A-Za-z0-9_-]{42}$/)
      assert.ok(signingAlgorithms.some((each) => each === algorithm))
      assert.deepEqual([state, until, publishedUntil], ['signs', '-', '-'])
      assert.match(from ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)
    }
  })

  it('are rotated before their time: the next of each is published now, and signs when everybody can have seen it', async () => {
    const lines = (await fobwatch('keys', 'rotate')).trimEnd().split('\n')
    assert.equal(lines.length, 4)
    for (const line of lines) assert.match(line, /\tmade now\tsigns from \d{4}/)
    const [current, next] = [await keyThat('signs'), await keyThat('next')]
    assert.ok(current && next)
    assert.equal(next.signsFrom.getTime() - clock.now().getTime(), 48 * 3600 * 1000)
    assert.deepEqual(current.signsUntil, next.signsFrom)
    for (const each of [service, second]) {
      assert.ok((await kidsAt(each)).includes(next.kid))
      assert.equal(await signerOf(each), current.kid)
    }
    assert.deepEqual(await eventsOf(next.kid), [{ type: 'signing-key-made', because: 'command' }])
  })

  it('are rotated one algorithm at a time where one is named, and once: a next that is there stays', async () => {
    const [line, ...more] = (await fobwatch('keys', 'rotate', '--algorithm', 'PS256')).trimEnd().split('\n')
    assert.match(line ?? '', /\tPS256\tmade now\t/)
    assert.equal(more.length, 0)
    assert.equal(await keyThat('next', 'ES256'), undefined)
    assert.equal(
      await fobwatch('keys', 'rotate', '--algorithm', 'PS256'),
      `${line?.replace('made now', 'was there')}\n`,
    )
    assert.equal((await service.rooms.keys.listKeys()).length, 5)
  })

  it('are rotated once, however many say so at once', async () => {
    await Promise.all([service, second, service, second].map(({ rooms }) => rooms.keys.rotateKeys()))
    const states = (await service.rooms.keys.listKeys()).map(({ state }) => state)
    assert.deepEqual(states.toSorted(), [...Array(4).fill('next'), ...Array(4).fill('signs')])
  })

  it('that leaked are revoked at once: published no more, signing no more, and another signs', async () => {
    const leaked = await keyThat('signs')
    const forged = await jwtOf(service)
    const said = await fobwatch('keys', 'revoke', leaked?.kid ?? '')
    const instead = await keyThat('signs')
    assert.equal(said, `${leaked?.kid} is revoked; ${instead?.kid} signs instead.\n`)
    for (const each of [service, second]) {
      const published = await publishedBy(each)
      assert.ok(!published.keys.some(({ kid }) => kid === leaked?.kid))
      await assert.rejects(jwtVerify(forged, createLocalJWKSet(published)), /no applicable key/)
      assert.equal(await signerOf(each), instead?.kid)
      await jwtVerify(await jwtOf(each), createLocalJWKSet(published))
    }
    const rows = `select 1 from signing_key where kid = $1 and sealed_private <> ''`
    assert.deepEqual(await sql(service, rows, leaked?.kid), [], 'its private half is gone')
    assert.equal((await eventsOf(leaked?.kid)).at(-1)?.type, 'signing-key-revoked')
    assert.deepEqual(await eventsOf(instead?.kid), [{ type: 'signing-key-made', because: 'revoked' }])
  })

  it('are known to have been revoked at every instance that looks, before anybody asks it for its keys', async () => {
    const leaked = await keyThat('signs')
    await second.rooms.keys.look()
    await fobwatch('keys', 'revoke', leaked?.kid ?? '')
    await second.rooms.keys.look()
    assert.equal(await signerOf(second), (await keyThat('signs'))?.kid)
  })

  it('are known to have been revoked where another row cannot be opened, which is said', async () => {
    const leaked = await keyThat('signs')
    await sql(
      service,
      `insert into signing_key (kid, algorithm, public_jwk, sealed_private, created_at, signs_from, signs_until)
       select 'planted', algorithm, public_jwk, sealed_private, created_at, signs_from - interval '1 day', now() from signing_key
       where kid = $1`,
      leaked?.kid,
    )
    await fobwatch('keys', 'revoke', leaked?.kid ?? '')
    await assert.rejects(second.rooms.keys.look(), /cannot be opened/)
    const kids = second.rooms.keys.signers().map(({ kid }) => kid)
    assert.equal(kids.length, 4)
    assert.ok(!kids.includes(leaked?.kid ?? '') && !kids.includes('planted'))
    await sql(service, `delete from signing_key where kid = 'planted'`)
  })

  it('that leaked while the next is published give way to that one', async () => {
    await fobwatch('keys', 'rotate')
    const [leaked, next] = [await keyThat('signs'), await keyThat('next')]
    assert.equal(
      await fobwatch('keys', 'revoke', leaked?.kid ?? ''),
      `${leaked?.kid} is revoked; ${next?.kid} signs instead.\n`,
    )
    for (const each of [service, second]) {
      await kidsAt(each)
      assert.equal(await signerOf(each), next?.kid)
    }
  })

  it('that leaked before they signed are revoked, and the one before them goes on', async () => {
    await fobwatch('keys', 'rotate')
    const [current, leaked] = [await keyThat('signs'), await keyThat('next')]
    assert.equal(await fobwatch('keys', 'revoke', leaked?.kid ?? ''), `${leaked?.kid} is revoked.\n`)
    const goesOn = await keyThat('signs')
    assert.deepEqual([goesOn?.kid, goesOn?.signsUntil, goesOn?.publishedUntil], [current?.kid, null, null])
    assert.equal(await keyThat('next'), undefined)
    clock.advance({ hours: 24 * 89 })
    await service.rooms.keys.rotateDue()
    assert.ok(await keyThat('next'), 'the schedule makes another')
  })

  it('that signed once are revoked as well, and nothing else changes', async () => {
    await fobwatch('keys', 'rotate', '--algorithm', 'ES256')
    clock.advance({ hours: 49 })
    const [old, current] = [await keyThat('old'), await keyThat('signs')]
    assert.equal(await fobwatch('keys', 'revoke', old?.kid ?? ''), `${old?.kid} is revoked.\n`)
    assert.ok(!(await kidsAt(second)).includes(old?.kid ?? ''))
    assert.equal((await keyThat('signs'))?.kid, current?.kid)
  })

  it('leave one key that signs, of a rotation and two revocations at once', async () => {
    const leaked = await keyThat('signs')
    const both = [service, second]
    await Promise.allSettled([
      ...both.map(({ rooms }) => rooms.keys.rotateKeys('ES256')),
      ...both.map(({ rooms }) => rooms.keys.revokeKey(leaked?.kid ?? '')),
    ])
    const signing = (await service.rooms.keys.listKeys()).filter(
      ({ algorithm, state }) => algorithm === 'ES256' && state === 'signs',
    )
    assert.equal(signing.length, 1)
    for (const each of both) {
      await kidsAt(each)
      assert.equal(await signerOf(each), signing[0]?.kid)
    }
  })

  it('are asked for in a form that there is', async () => {
    assert.equal(await refusalOf('keys', 'revoke', 'x'), 'No key that is published has this id.')
    const [revoked] = await sql<{ kid: string }>(service, 'select kid from signing_key where revoked_at is not null')
    assert.equal(await refusalOf('keys', 'revoke', revoked?.kid ?? ''), 'No key that is published has this id.')
    for (const word of ['HS256', 'none', 'es256', ''])
      assert.equal(
        await refusalOf('keys', 'rotate', '--algorithm', word),
        '--algorithm is one of: ES256, RS256, PS256, EdDSA.',
      )
  })
})
