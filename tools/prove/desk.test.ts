import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createTestDatabase } from '@fobwatch/testkit'
import { runDesk } from './desk/run.ts'
import { tellDesk } from './desk/tell.ts'

const small = { people: 400, organisations: 40, assignments: 4000, authenticators: 1200, events: 2000, requests: 100 }

describe('the desk with many people', () => {
  it('answers everything that is asked of it, whoever asks, and says how', async () => {
    const { url, drop } = await createTestDatabase()
    try {
      const found = await runDesk({ databaseUrl: url, size: small, rounds: 1, withPlans: true, say: () => {} })
      assert.deepEqual(
        found.map(({ reach }) => reach),
        ['everybody', 'one clinic'],
      )
      for (const { figures } of found) assert.ok(figures.length > 30 && figures.every(({ count }) => count > 0))
      assert.match(tellDesk(small, found), /search “ma”.*\|/)
    } finally {
      await drop()
    }
  })
})
