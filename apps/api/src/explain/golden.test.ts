import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { attestationRoot, explain, reportInPage, tableWith, type Vector, vectors } from './explain.testing.ts'

const vectorOf = (title: string): Vector => {
  const vector = vectors.find((each) => each.title === title)
  if (!vector) throw new Error(`There is no vector ${title}`)
  return vector
}

describe('the golden cases of docs/explain.md', () => {
  for (const row of tableWith('changed')) {
    const { vector = '', changed: patch = '', exit, refusal, level, reasons } = row
    it(`are reported as the page says: ${vector} ${patch}`, async () => {
      const members = patch && JSON.parse(patch.replaceAll('`', '').replace('"ROOT"', JSON.stringify(attestationRoot)))
      const report = await explain(vectorOf(vector), members || {})
      assert.deepEqual(
        [report.verified ? '0' : '1', report.refusal?.code ?? '', report.aal ?? '', report.reasons.join('; ')].map(
          String,
        ),
        [exit, refusal?.replaceAll('`', ''), level, reasons],
      )
    })
  }

  it('have the first report whole', async () => {
    const [first] = tableWith('changed')
    assert.deepEqual(await explain(vectorOf(first?.['vector'] ?? ''), {}), reportInPage())
  })

  it('have every member in every report', async () => {
    const members = Object.keys(reportInPage() as object)
    for (const vector of vectors) assert.deepEqual(Object.keys(await explain(vector, {})), members)
  })

  it('trust the vectors whose root is an anchor', async () => {
    for (const title of ['packed-es256', 'packed-rs256', 'tpm-es256', 'android-key-es256', 'apple-es256']) {
      const vector = vectorOf(`\`${title}\` registration`)
      const policy = { userVerification: 'optional' }
      assert.equal((await explain(vector, { policy, trustAnchors: [attestationRoot] })).trusted, true, title)
      assert.equal((await explain(vector, { policy })).trusted, false, title)
    }
  })
})
