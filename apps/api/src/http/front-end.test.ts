import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startService, type TestService } from '../service.testing.ts'

describe('the front end', () => {
  let service: TestService
  let webDir: string
  before(async () => {
    webDir = await mkdtemp(join(tmpdir(), 'fobwatch-web-'))
    await writeFile(join(webDir, 'index.html'), '<!doctype html><title>Fobwatch</title>')
    service = await startService({ environment: { FOBWATCH_WEB_DIR: webDir, FOBWATCH_MAILBOX: 'on' } })
  })
  after(async () => {
    await service.close()
    await rm(webDir, { recursive: true })
  })

  const statusOf = async (url: string) =>
    (await service.app.inject({ url, headers: { accept: 'text/html' } })).statusCode

  it('is found at each address that it draws, and at no other', async () => {
    const app = await readFile(new URL('../../../web/src/app.tsx', import.meta.url), 'utf8')
    const drawn = [...app.matchAll(/<Route path="([^"]+)"/g)].map(([, path = '']) => path)
    assert.ok(drawn.length > 10)
    for (const path of drawn)
      for (const tail of path.endsWith('/*?') ? ['', '/x'] : [''])
        assert.equal(await statusOf(path.replace(/\/\*\?$/, '').replace(/:\w+/, 'x') + tail), 200, path)
    for (const path of ['/nothing', '/enrol/nothing', '/information/x']) assert.equal(await statusOf(path), 404, path)
  })
})
