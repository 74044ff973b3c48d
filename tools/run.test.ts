import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { root } from './programs.ts'

const firstLine = async (stream: Readable): Promise<string> => {
  for await (const line of createInterface(stream)) return line
  return ''
}

describe('tools/run.mjs', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fobwatch-run-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  /** Runs a program by it; `line` is the first that the program prints. */
  const runIt = async (program: string, ...args: string[]) => {
    const file = join(folder, `${args.join('-') || 'program'}.ts`)
    await writeFile(file, program)
    const child = spawn(process.execPath, [join(root, 'tools/run.mjs'), file, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = once(child, 'exit')
    return { child, ended, line: await firstLine(child.stdout) }
  }

  const untilSignalled = `
    const waiting: NodeJS.Timeout = setInterval(() => {}, 1000)
    process.once('SIGTERM', () => { console.error('asked to stop'); process.exitCode = 3; clearInterval(waiting) })
    console.log('up')`

  it('runs TypeScript under the Node of the checkout, with its arguments, and gives back its exit code', async () => {
    const program = `const said: string = process.argv.slice(2).join(); console.log(process.version, said); process.exit(7)`
    const { ended, line } = await runIt(program, 'a', 'b')
    assert.deepEqual(await ended, [7, null])
    assert.match(line, /^v2[4-9]\..* a,b$/)
  })

  it('hands on a signal, and ends as the program ends', async () => {
    const { child, ended } = await runIt(untilSignalled, 'signal')
    child.kill('SIGTERM')
    assert.deepEqual(await ended, [3, null])
  })

  it('leaves no program behind when it is killed outright', async () => {
    const { child, ended } = await runIt(untilSignalled, 'kill')
    // The program holds the other end of this pipe for as long as it lives.
    const said = text(child.stderr)
    child.kill('SIGKILL')
    await ended
    assert.equal(await said, 'asked to stop\n')
  })
})
