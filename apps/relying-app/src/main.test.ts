import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { afterEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from './testing/world.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

describe('the application as a process', () => {
  const processes: ChildProcess[] = []
  afterEach(() => {
    for (const process of processes.splice(0)) process.kill('SIGKILL')
  })

  const run = (env: Record<string, string>) => {
    const child = spawn(process.execPath, [MAIN], {
      env: { PATH: process.env['PATH'], LOG_LEVEL: 'silent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    processes.push(child)
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    return { child, errors: () => errors }
  }

  it('starts though Fobwatch is not there, answers, and stops when told', async () => {
    const port = await freePort()
    const { child } = run({ PORT: String(port), FOBWATCH_ISSUER: `http://localhost:${await freePort()}` })
    const [line] = await once(createInterface(child.stdout), 'line')
    assert.equal(line, `Ward list (sample) is at http://localhost:${port}`)

    const live = await fetch(`http://localhost:${port}/health/live`)
    assert.deepEqual(await live.json(), { status: 'live' })
    assert.equal((await fetch(`http://localhost:${port}/sign-in`)).status, 503)

    child.kill('SIGTERM')
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })

  it('says in one sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { child, errors } = run({ PORT: String(port) })
    assert.deepEqual(await once(child, 'close'), [1, null])
    assert.equal(errors(), `Port ${port} is in use: stop what uses it, or set PORT to another one.\n`)
    other.close()
  })

  it('says what is wrong with its configuration', async () => {
    const { child, errors } = run({ PORT: '0', FOBWATCH_ISSUER: 'http://login.test' })
    assert.deepEqual(await once(child, 'close'), [1, null])
    assert.match(errors(), /^PORT: .+\nFOBWATCH_ISSUER: .+\n$/)
  })
})
