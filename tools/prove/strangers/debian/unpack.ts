import { access, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../failure.ts'
import { runProgram } from '../../../programs.ts'

/** A program of Debian's, installed or unpacked in a folder. */
export interface Unpacked {
  /** `/`, or the folder that has `usr` in it. */
  root: string
  /** What it needs to find its libraries. */
  env: NodeJS.ProcessEnv
  /** Of the package that was asked for last. */
  version: string
}

/**
 * A program of this system, or else one that is fetched from Debian and unpacked in a folder, so that nothing is
 * installed.
 * @param names the packages; its version is that of the last
 * @param files what must be there, under the root
 * @throws Failure in one sentence where there are no such packages
 */
export const unpackDebian = async (
  folder: string,
  names: readonly string[],
  files: readonly string[],
): Promise<Unpacked> => {
  const last = names.at(-1) ?? ''
  if (await areIn('/', files)) return { root: '/', env: {}, version: await versionInstalled(last) }

  const packages = await download(folder, names)
  const root = join(folder, 'root')
  for (const each of packages) await run('dpkg-deb', '--extract', join(folder, each), root)
  if (!(await areIn(root, files))) throw new Failure(`The Debian packages do not hold ${files.join(' and ')}.`)
  const name = packages.find((each) => each.startsWith(`${last}_`)) ?? ''
  return { root, env: { LD_LIBRARY_PATH: await libraryPath(root) }, version: name.split('_')[1] ?? '' }
}

const areIn = async (root: string, files: readonly string[]): Promise<boolean> =>
  (await Promise.allSettled(files.map((file) => access(join(root, file))))).every(
    ({ status }) => status === 'fulfilled',
  )

const versionInstalled = (name: string) => run('dpkg-query', '--show', '--showformat', `$${'{Version}'}`, name)

/** @returns the files of the packages, and of those that they need and this system lacks */
const download = async (folder: string, names: readonly string[]): Promise<string[]> => {
  await mkdir(join(folder, 'partial'), { recursive: true })
  const options = ['-o', 'Debug::NoLocking=1', '-o', `Dir::Cache::archives=${folder}/`]
  await run('apt-get', ...options, '--yes', '--no-install-recommends', '--download-only', 'install', ...names)
  return (await readdir(folder)).filter((name) => name.endsWith('.deb'))
}

/** Debian keeps libraries in a folder named after the architecture; some programs bring none. */
const libraryPath = async (root: string): Promise<string> => {
  const entries = await readdir(join(root, 'usr/lib')).catch(() => [])
  return entries.map((entry) => join(root, 'usr/lib', entry)).join(':')
}

const run = async (command: string, ...args: string[]): Promise<string> => {
  const { code, output } = await runProgram(command, args)
  if (code === 0) return output.trim()
  throw new Failure(`Debian's packages cannot be had: ${command}: ${output.trim().split('\n').at(-1)}`)
}
