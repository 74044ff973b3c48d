import { access, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '../../../failure.ts'
import { runProgram } from '../../../programs.ts'

const names = ['apache2-bin', 'libapache2-mod-auth-openidc']
const program = 'usr/sbin/apache2'
const modules = 'usr/lib/apache2/modules'

/** Debian's Apache with mod_auth_openidc: where its files lie, and what it needs to find its libraries. */
export interface Apache {
  program: string
  modules: string
  env: NodeJS.ProcessEnv
  /** Of mod_auth_openidc. */
  version: string
}

/**
 * The Apache of this system, or else one that is fetched from Debian and unpacked in a folder, so that nothing is
 * installed.
 * @throws Failure in one sentence where there are no such packages
 */
export const provideApache = async (folder: string): Promise<Apache> => {
  if (await isIn('/')) return { ...placesIn('/'), env: {}, version: await versionInstalled() }

  const packages = await download(folder)
  const root = join(folder, 'root')
  for (const each of packages) await run('dpkg-deb', '--extract', join(folder, each), root)
  if (!(await isIn(root))) throw new Failure('The Debian packages do not hold Apache and its module.')
  const name = packages.find((each) => each.startsWith('libapache2-mod-auth-openidc')) ?? ''
  return { ...placesIn(root), env: { LD_LIBRARY_PATH: await libraryPath(root) }, version: name.split('_')[1] ?? '' }
}

const placesIn = (root: string) => ({ program: join(root, program), modules: join(root, modules) })

const isIn = async (root: string): Promise<boolean> => {
  const files = [join(root, program), join(root, modules, 'mod_auth_openidc.so')]
  return (await Promise.allSettled(files.map((file) => access(file)))).every(({ status }) => status === 'fulfilled')
}

const versionInstalled = () =>
  run('dpkg-query', '--show', '--showformat', `$${'{Version}'}`, 'libapache2-mod-auth-openidc')

/** @returns the files of the packages, and of those that they need and this system lacks */
const download = async (folder: string): Promise<string[]> => {
  await mkdir(join(folder, 'partial'), { recursive: true })
  const options = ['-o', 'Debug::NoLocking=1', '-o', `Dir::Cache::archives=${folder}/`]
  await run('apt-get', ...options, '--yes', '--no-install-recommends', '--download-only', 'install', ...names)
  return (await readdir(folder)).filter((name) => name.endsWith('.deb'))
}

/** Debian keeps libraries in a folder named after the architecture. */
const libraryPath = async (root: string): Promise<string> => {
  const entries = await readdir(join(root, 'usr/lib'))
  return entries.map((entry) => join(root, 'usr/lib', entry)).join(':')
}

const run = async (command: string, ...args: string[]): Promise<string> => {
  const { code, output } = await runProgram(command, args)
  if (code === 0) return output.trim()
  throw new Failure(`Debian's Apache cannot be had: ${command}: ${output.trim().split('\n').at(-1)}`)
}
