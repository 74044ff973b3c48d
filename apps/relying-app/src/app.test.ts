import assert from 'node:assert/strict'
import { it } from 'node:test'
import { buildApp } from './app.ts'
import { readConfig } from './config.ts'

it('does not wait for ever for a request to arrive', async () => {
  const app = await buildApp({ ...readConfig({}), logLevel: 'silent' })
  const { requestTimeout, headersTimeout, timeout, keepAliveTimeout } = app.server
  await app.close()
  assert.deepEqual([requestTimeout, headersTimeout, timeout, keepAliveTimeout], [15_000, 10_000, 30_000, 65_000])
})
