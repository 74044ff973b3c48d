export type Environment = Readonly<Record<string, string | undefined>>

/** One line of the environment: its name, what it means, and how it is read. Throws a sentence when it is wrong. */
export interface Setting<T> {
  name: string
  meaning: string
  /** In words, for the documentation; absent when the setting must be given. */
  unset?: string
  read: (value: string | undefined, env: Environment) => T
}

/** Takes what must be given. */
export const required = (value: string | undefined): string => {
  if (!value) throw new Error('must be given')
  return value
}

/** Reads a whole number between two others; the fallback where nothing is given. */
export const wholeNumber = (least: number, most: number, fallback: number) => (value: string | undefined) => {
  const number = value ? Number(value) : fallback
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Error(`must be a whole number from ${least} to ${most}`)
  return number
}

/** Reads `on` or `off`; what is not given is on. */
export const readSwitch = (value: string | undefined): boolean => {
  if (value && value !== 'on' && value !== 'off') throw new Error('must be on or off')
  return value !== 'off'
}
