import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { ask } from './verifiers/ask.ts'
import { atHand, tokenVerifier } from './verifiers/at-hand.ts'
import { columns, kinds, type Verdict } from './verifiers/cases.ts'
import { takenWrongly } from './verifiers/judge.ts'
import { type Listening, serveTwin } from './verifiers/twin.ts'

/** As the service makes them. */
const sample = {
  access: {
    header: { typ: 'at+jwt' },
    claims: {
      aud: 'https://ward.test/api',
      sub: '656005750104',
      client_id: 'ward-list',
      jti: 'a-token',
      scope: 'patients.read',
      acr: 'AAL2_ANY',
      amr: ['pop', 'user', 'mfa'],
    },
  },
  id: { header: {}, claims: { aud: 'ward-list', sub: '656005750104', nonce: 'the-nonce', acr: 'AAL2_ANY' } },
}

describe('line 36: a forged token, shown to', () => {
  let twin: Listening
  before(async () => {
    twin = await serveTwin(sample)
  })
  after(() => twin.close())

  for (const library of atHand) {
    describe(library.name, () => {
      let verdicts: Verdict[]
      before(async () => {
        verdicts = await ask(library, twin.task)
      })
      it('is refused, and a genuine one is not, when the library is used as we advise', () => {
        assert.deepEqual(takenWrongly(twin.task, verdicts, 'advised'), [])
      })
      it('sends nobody where it says that its key is', () => assert.equal(twin.visits(), 0))
    })
  }

  it('is of every kind in the table, and our own verifier is shown all', async () => {
    const verdicts = await ask(tokenVerifier, twin.task)
    for (const kind of kinds)
      for (const column of columns) {
        const named = twin.task.cases.filter((each) => each.kind === kind && each.column === column)
        assert.ok(named.length > 0, `${column} of ${kind}`)
        for (const { name } of named) assert.ok(verdicts.some((each) => each.kind === kind && each.name === name))
      }
  })
})
