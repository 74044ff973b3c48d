import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { glob, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from './failure.ts'
import { commandOf, root, runProgram } from './programs.ts'

const web = join(root, 'apps/web')
const marker = join(web, 'dist/.built-from')
const sources = [
  'apps/web/{src,public}/**/*',
  'apps/web/*.{html,ts,json}',
  'packages/contracts/src/**/*',
  'pnpm-lock.yaml',
]

/**
 * Builds the front end, unless what is built is of these sources.
 * @throws Failure that holds what the build said, when it fails
 */
export const buildWeb = async (say: (line: string) => void): Promise<void> => {
  const hash = await hashOfSources()
  if ((await readFile(marker, 'utf8').catch(() => '')) === hash) return

  say('Building the pages …')
  const vite = commandOf('vite', 'vite', 'apps/web')
  const { code, output } = await runProgram(process.execPath, [vite, 'build'], { cwd: web })
  if (code !== 0) throw new Failure(`The pages could not be built:\n${output}`)
  await writeFile(marker, hash)
}

const hashOfSources = async (): Promise<string> => {
  const entries = await Array.fromAsync(glob(sources, { cwd: root, withFileTypes: true }))
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const file of files.sort())
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}
