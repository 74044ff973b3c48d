import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, runProgram } from '../../programs.ts'

/** Set in a process whose mounts are its own. */
const mark = 'FOBWATCH_PROVE_OWN_MOUNTS'
/** Runs a program where its mounts are its own. */
const unshare = 'unshare'
const apart = ['--mount', '--propagation', 'private']

/** Whether what this process mounts is nobody else's, and gone with it. */
export const hasOwnMounts = (): boolean => process.env[mark] === 'yes'

/**
 * Runs this program again where its mounts are its own, if this machine allows it, and ends as that does.
 * @returns where it does not allow it, or they are its own already
 */
export const enterOwnMounts = async (): Promise<void> => {
  if (hasOwnMounts() || process.platform !== 'linux') return
  if ((await runProgram(unshare, [...apart, 'true'])).code !== 0) return
  const endWithParent = pathToFileURL(join(root, 'tools/end-with-parent.mjs')).href
  const args = [...apart, process.execPath, '--import', endWithParent, ...process.argv.slice(1)]
  const child = spawn(unshare, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [mark]: 'yes' },
  })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => child.kill(name))
  const [code] = await once(child, 'exit')
  process.exit(code ?? 1)
}
