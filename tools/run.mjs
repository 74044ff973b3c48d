#!/usr/bin/env node
// Runs one TypeScript file of this checkout under the Node that the checkout brings: `node tools/run.mjs [--NODE-OPTION…] FILE
// [ARGS…]`.
// What it needs it makes first, if it is not there: the installed dependencies and the generated Prisma client.
// This file is plain JavaScript for Node 20 and newer, because it runs before anything is installed.
import { spawn } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { prepare } from './prepare.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const endWithParent = pathToFileURL(join(root, 'tools/end-with-parent.mjs')).href
/** Node keeps what it compiled, and starts in half the time. */
const compileCache = join(root, 'node_modules/.cache/node')
const oldest = 20

const words = process.argv.slice(2)
const fileAt = words.findIndex((word) => !word.startsWith('--'))
const [forNode, file, args] = [words.slice(0, fileAt), words[fileAt], words.slice(fileAt + 1)]
if (!file) fail('Say which file to run: node tools/run.mjs FILE [ARGUMENTS]')
if (Number.parseInt(process.versions.node, 10) < oldest)
  fail(`This needs Node ${oldest} or newer, and this is ${process.version}.`)

// Until there is something to hand a signal to, the usual thing happens: the process ends.
await prepare(root).catch((error) => fail(error.expected ? error.message : error.stack))
run()

function run() {
  const node = realpathSync(join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'))
  const child = spawn(node, [...forNode, '--import', endWithParent, resolve(root, file), ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, PATH: withOurNodeFirst(node) },
  })
  child.once('error', (error) => fail(`Node cannot be started: ${error.message}`))
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
  // A terminal sends Ctrl-C to both of us, and `kill` to this process only: the child takes two for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  stopWithoutNpm(child)
}

/** Tools that the child runs by a shebang, or by name, get the same Node. */
function withOurNodeFirst(node) {
  const separator = process.platform === 'win32' ? ';' : ':'
  return [join(node, '..'), process.env.PATH].join(separator)
}

/** An npm that was killed outright told nobody, and what it started would go on without it. */
function stopWithoutNpm(child) {
  if (!process.env.npm_lifecycle_event) return
  const starters = startersNow()
  setInterval(() => startersNow() === starters || child.kill('SIGTERM'), 500).unref()
}

/** Who started us; npm puts a shell in between, whose own parent Linux tells. */
function startersNow() {
  try {
    const [, afterName = ''] = readFileSync(`/proc/${process.ppid}/stat`, 'utf8').split(') ')
    return `${process.ppid} ${afterName.split(' ')[1]}`
  } catch {
    return `${process.ppid}`
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
