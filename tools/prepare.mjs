// What has to be in place before any TypeScript here can run; see run.mjs. Plain JavaScript for Node 20 and newer.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { whileLocked } from './lock.mjs'

const pnpm = 'pnpm@12.21.0'

/** A failure that the person at the terminal can understand by its message alone. */
const expected = (message) => Object.assign(new Error(message), { expected: true })

/**
 * Installs the dependencies if what is installed is not what the lockfile says, and generates the Prisma client if it
 * is not that of the schema. Several at once wait for each other. Takes a few milliseconds when there is nothing to do.
 */
export const prepare = async (root) => {
  if (isReady(root)) return
  makeFolder(join(root, 'node_modules'))
  await whileLocked(join(root, 'node_modules/.fobwatch-lock'), say, async () => {
    if (!isInstalled(root)) await install(root)
    if (!isGenerated(root)) await generate(root)
  })
}

const isReady = (root) => isInstalled(root) && isGenerated(root)
const isInstalled = (root) => read(installMarker(root)) === installHash(root) && existsSync(nodeOf(root))
const isGenerated = (root) => read(clientMarker(root)) === clientHash(root) && existsSync(clientOf(root))

const installMarker = (root) => join(root, 'node_modules/.fobwatch-installed')
const clientMarker = (root) => join(root, 'node_modules/.fobwatch-generated')
const nodeOf = (root) => join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
const clientOf = (root) => join(root, 'packages/store/src/generated/client.ts')

const installHash = (root) => hashOf(root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFiles(root)])
const clientHash = (root) => hashOf(root, ['pnpm-lock.yaml', 'prisma/schema.prisma', 'prisma.config.ts'])

const packageFiles = (root) => {
  const within = (folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => `${folder}/${name}/package.json`)
  const all = ['package.json', 'e2e/package.json', ...within('apps'), ...within('packages')]
  return all.filter((file) => existsSync(join(root, file)))
}

const hashOf = (root, files) => {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  return hash.digest('hex')
}

const install = async (root) => {
  say('Installing the dependencies (the first time, half a minute or so) …')
  const hash = installHash(root)
  const code = await run(root, ...npx(root, ['install', '--frozen-lockfile', '--reporter=append-only']))
  if (code !== 0) throw expected(`The dependencies could not be installed (${pnpm} ended with ${code}, see above).`)
  writeFileSync(installMarker(root), hash)
}

/** `npx` of the npm that runs us, or else the first that is not of this checkout: an install must not replace itself. */
const npx = (root, args) => {
  const words = ['--yes', pnpm, ...args]
  const beside = process.env.npm_execpath?.replace(/npm-cli\.js$/, 'npx-cli.js')
  if (beside?.endsWith('npx-cli.js') && existsSync(beside) && !isWithin(root, process.execPath))
    return [process.execPath, [beside, ...words]]
  return ['npx', words, { shell: process.platform === 'win32' }]
}

const isWithin = (root, file) => realpathSync(file).startsWith(realpathSync(root))

const generate = async (root) => {
  say('Generating the database client …')
  const hash = clientHash(root)
  const cli = join(root, 'node_modules/prisma/build/index.js')
  const env = {
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    // Generating never runs this engine, but looks for it, and would fetch it from its maker: any program will do.
    PRISMA_SCHEMA_ENGINE_BINARY: realpathSync(nodeOf(root)),
  }
  const code = await run(root, nodeOf(root), [cli, 'generate'], { env })
  if (code !== 0) throw expected(`The database client could not be generated (prisma ended with ${code}, see above).`)
  writeFileSync(clientMarker(root), hash)
}

/** Runs a program with its output on standard error: standard output belongs to what runs afterwards. */
const run = (root, program, args, { env = {}, shell = false } = {}) => {
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.startsWith(root))
  const child = spawn(program, args, {
    cwd: root,
    shell,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, CI: 'true', ...env, PATH: path.join(delimiter) },
    // A group of its own, so that a signal reaches all that it starts, once.
    detached: process.platform !== 'win32',
  })
  endWith(child)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(expected(`Cannot run ${program}: ${error.message}.`)))
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
}

const endWith = (child) => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const end = (signal) => {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.on(signal, end)
  child.once('close', () => signals.map((signal) => process.off(signal, end)))
}

const makeFolder = (folder) => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw expected(`Cannot write to ${folder}: ${error.code}.`)
  }
}

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

const say = (line) => void process.stderr.write(`${line}\n`)
