import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTestDatabase } from '@fobwatch/testkit'
import { base64url } from './fuzz/forms/base64url.ts'
import { cbor } from './fuzz/forms/cbor.ts'
import { der } from './fuzz/forms/der.ts'
import { json } from './fuzz/forms/json.ts'
import { fuzz } from './fuzz/run.ts'
import { openService } from './fuzz/service.ts'
import { growthOf } from './fuzz/steady.ts'

const few = 2_000

describe('spoilt responses', () => {
  it('never make the service fail, nor keep it from accepting sound ones, and store nothing', async () => {
    const { url, drop } = await createTestDatabase()
    const service = await openService(url)
    try {
      const { faults, tallies } = await fuzz(service, { count: few, seed: 7, say: () => {} })
      assert.deepEqual(faults, [])
      const heard = new Set(tallies.flatMap(({ refusals }) => [...refusals.keys()]))
      for (const code of [
        ...['invalid_request', 'challenge_unknown', 'response_malformed', 'ceremony_mismatch', 'origin_mismatch'],
        ...['rp_id_mismatch', 'user_not_present', 'user_not_verified', 'credential_id_invalid', 'key_weak'],
        ...['algorithm_not_allowed', 'attestation_not_allowed', 'attestation_invalid', 'sign_in_refused'],
      ])
        assert.ok(heard.has(code), `nothing was refused as ${code}`)
    } finally {
      await service.close()
      await drop()
    }
  })

  it('are put together again with lengths that are right', () => {
    const twice = (bytes: Buffer) => Buffer.concat([bytes, bytes])
    const open = (form: ReturnType<typeof json>, bytes: Buffer) => form.open(bytes)
    const grown = (form: ReturnType<typeof json>, bytes: Buffer) => {
      const { parts, close } = open(form, bytes)
      return close(parts.map((part) => twice(part.bytes)))
    }
    assert.equal(grown(cbor(), Buffer.from('4301 0203'.replace(' ', ''), 'hex')).toString('hex'), '46010203010203')
    assert.equal(grown(der, Buffer.from('0402abcd', 'hex')).toString('hex'), '0404abcdabcd')
    assert.equal(grown(base64url(), Buffer.from('AQ')).toString(), 'AQE')
    for (const [form, whole] of [
      [cbor(), Buffer.from('a2016161208101', 'hex')],
      [der, Buffer.from('3006020101040100', 'hex')],
      [json(), Buffer.from('{"a":[1,"b"],"c":null}')],
    ] as const) {
      const { parts, close } = open(form, whole)
      assert.deepEqual(close(parts.map(({ bytes }) => bytes)), whole)
    }
  })
})

describe('the judge of memory', () => {
  const sampled = (heapAt: (sample: number) => number) =>
    Array.from({ length: 20 }, (_, cases) => ({ cases, heap: heapAt(cases), external: 0, rss: 0 }))

  it('is content with what grows at first and then no more', () => {
    assert.equal(growthOf(sampled((at) => Math.min(at, 5) * 2 ** 26)), undefined)
  })

  it('is content with what comes and goes, and not with what goes on growing', () => {
    assert.equal(growthOf(sampled((at) => (at % 3) * 2 ** 24)), undefined)
    assert.match(growthOf(sampled((at) => at * 2 ** 20)) ?? '', /memory grew/)
  })
})
