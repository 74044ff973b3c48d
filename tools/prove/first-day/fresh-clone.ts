import { mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'

/** A checkout on a machine that has never seen it: what is in git, and nobody's home. */
export interface Clone {
  /** Everything lies in here. */
  folder: string
  checkout: string
  env: NodeJS.ProcessEnv
}

/** What a checkout, npm or a person at this machine would bring in from outside. */
const foreign =
  /^(npm_(?!config_registry$)|pnpm_|xdg_|fobwatch_|relying_app_|database_|migration_)|^(node|init_cwd|home)$/i

/**
 * Clones what is committed into a folder, beside an empty home, where npm and pnpm then keep all that they fetch.
 * @throws Failure when git cannot
 */
export const cloneInto = async (folder: string): Promise<Clone> => {
  const checkout = join(folder, 'fobwatch')
  const home = join(folder, 'home')
  await mkdir(home)
  const { code, output } = await runProgram('git', ['clone', '--quiet', '--no-hardlinks', root, checkout])
  if (code !== 0) throw new Failure(`git could not clone this checkout: ${output.trim()}`)

  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return { folder, checkout, env: { ...Object.fromEntries(kept), HOME: home, PATH: pathOutside(root) } }
}

/** Without the programs of the checkout that runs this, its Node among them. */
const pathOutside = (checkout: string): string => {
  const entries = (process.env['PATH'] ?? '').split(delimiter)
  return entries.filter((entry) => !entry.startsWith(checkout) && !entry.includes('node_modules')).join(delimiter)
}
