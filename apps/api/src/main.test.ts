import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openStore } from '@fobwatch/store'
import { compileCache, createTestDatabase } from '@fobwatch/testkit'
import { asOwner } from './service.testing.ts'

const toThisMachine = { FOBWATCH_SMTP_URL: 'smtp://localhost:9', FOBWATCH_MAIL_FROM: 'fobwatch@fernbrook.example' }

/** What the service says until it listens, line by line. */
const startUntilListening = async (
  url: string,
  environment: Record<string, string> = toThisMachine,
  end: 'SIGTERM' | 'SIGKILL' = 'SIGTERM',
): Promise<{ level: number; msg: string }[]> => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], {
    env: {
      PATH: process.env['PATH'],
      ...compileCache,
      PORT: '0',
      FOBWATCH_WORKERS: '1',
      FOBWATCH_DRAIN_SECONDS: '0',
      FOBWATCH_LONGEST_DELAY: '600000',
      DATABASE_URL: url,
      FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines: { level: number; msg: string }[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(JSON.parse(line))
    if (/listening/i.test(line)) break
  }
  child.kill(end)
  assert.deepEqual(await ended, end === 'SIGTERM' ? [0, null] : [null, end])
  return lines
}

describe('the service, when it starts', () => {
  const warnings = (lines: { level: number; msg: string }[]) => lines.filter(({ level }) => level >= 40)

  it('warns once when its database user could change the audit log', async () => {
    const database = await createTestDatabase()
    const [warning, ...more] = warnings(await startUntilListening(database.url))
    await database.drop()
    assert.match(warning?.msg ?? '', /^DATABASE_URL names a superuser or the owner of the tables/)
    assert.deepEqual(more, [])
  })

  for (const [title, mail, said] of [
    ['there is no mail', {}, /^No mail is set up/],
    ['anyone can read the mail', { FOBWATCH_MAILBOX: 'on' }, /^FOBWATCH_MAILBOX is on/],
  ] as const)
    it(`says once that ${title}`, async () => {
      const database = await createTestDatabase()
      const [, warning, ...more] = warnings(await startUntilListening(database.url, mail))
      await database.drop()
      assert.match(warning?.msg ?? '', said)
      assert.deepEqual(more, [])
    })

  it('warns of nothing when that user is a member of fobwatch_runtime alone', async () => {
    const database = await createTestDatabase()
    const owner = openStore({ url: database.url })
    const at = { store: owner }
    const url = new URL(database.url)
    url.username = `fobwatch_test_main_${process.pid}`
    url.password = randomBytes(16).toString('hex')
    await asOwner(
      at,
      `create role ${url.username} login password '${url.password}'`,
      `grant fobwatch_runtime to ${url.username}`,
    )
    const lines = await startUntilListening(url.href)
    await asOwner(at, `drop role ${url.username}`)
    await owner.close()
    await database.drop()
    assert.ok(lines.length > 0)
    assert.deepEqual(warnings(lines), [])
  })

  it('keeps what it compiled before it listens, so that one that is killed leaves it to the next', async () => {
    const database = await createTestDatabase()
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-compiled-'))
    await startUntilListening(database.url, { ...toThisMachine, NODE_COMPILE_CACHE: folder }, 'SIGKILL')
    const kept = await readdir(folder, { recursive: true })
    await Promise.all([database.drop(), rm(folder, { recursive: true })])
    assert.ok(kept.length > 1000, `${kept.length} files`)
  })
})
