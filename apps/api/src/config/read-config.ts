import type { Environment, Setting } from './setting.ts'
import { settings } from './settings.ts'

type Settings = typeof settings

/** The whole configuration of a process. */
export type Config = { readonly [Key in keyof Settings]: ReturnType<Settings[Key]['read']> }

/**
 * Reads the whole environment at once.
 * @throws Error that names every fault, one a line; nothing has a default that is a secret
 */
export const readConfig = (env: Environment): Config => {
  const faults: string[] = []
  const read = ([key, setting]: [string, Setting<unknown>]): [string, unknown] => {
    try {
      return [key, setting.read(env[setting.name], env)]
    } catch (error) {
      faults.push(`${setting.name} ${error instanceof Error ? error.message : error}`)
      return [key, undefined]
    }
  }
  const config = Object.fromEntries(Object.entries<Setting<unknown>>(settings).map(read))
  if (faults.length > 0) throw new Error(`The configuration is not right:\n${faults.map((f) => `  ${f}`).join('\n')}`)
  return config as Config
}
