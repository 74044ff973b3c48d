import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { compileCache } from '@fobwatch/testkit'
import { explain, fobwatch, tableWith, type Vector, vectors } from './explain.testing.ts'
import type { Report } from './report.ts'

/** As many commands at once. */
const lanes = 2

/** What the page says that we refuse on principle, and as what. */
const refusedOnPrinciple = new Map(
  tableWith('why').map(({ vector, refusal }) => [vector, refusal?.replaceAll('`', '')]),
)

const throughCommand = async ({ title, ceremony, given }: Vector, policy: object): Promise<Report> => {
  const input = JSON.stringify({ ...given, policy })
  const { code, out, err } = await fobwatch(['explain', ceremony, '-'], input, compileCache)
  const report: Report = JSON.parse(out)
  assert.deepEqual([code, err], [report.verified ? 0 : 1, ''], title)
  return report
}

describe("the specification's test vectors", () => {
  it('are 15 registrations and an assertion by each of their credentials', () => {
    assert.equal(vectors.length, 30)
    const titles = vectors.map(({ title }) => title)
    assert.ok([...refusedOnPrinciple.keys()].every((title) => titles.includes(title ?? '')))
  })

  it('verify, each through the command, where user verification is optional, save what the page says we refuse', async () => {
    const left = [...vectors]
    const lane = async () => {
      for (let vector = left.pop(); vector; vector = left.pop()) {
        const { refusal } = await throughCommand(vector, { userVerification: 'optional' })
        assert.equal(refusal?.code, refusedOnPrinciple.get(vector.title), vector.title)
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  })

  it('are refused besides, where it is required, exactly when the user was not verified', async () => {
    for (const vector of vectors) {
      const { refusal, userVerified } = await explain(vector)
      const onPrinciple = refusedOnPrinciple.get(vector.title)
      assert.equal(refusal !== null, onPrinciple !== undefined || !userVerified, vector.title)
      if (refusal && refusal.code !== onPrinciple) assert.equal(refusal.code, 'user_not_verified', vector.title)
    }
  })

  it('say the same through the command and without it', async () => {
    const [registration, assertion] = vectors.filter(({ title }) => title.includes('`packed-es256`'))
    for (const vector of [registration, assertion]) {
      assert.ok(vector)
      assert.deepEqual(await throughCommand(vector, {}), await explain(vector))
    }
  })
})
