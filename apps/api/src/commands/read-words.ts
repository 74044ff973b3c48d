import { parseArgs } from 'node:util'
import type { Command, Given } from './command.ts'
import { formOf } from './help.ts'

type Form = Pick<Command<never>, 'name' | 'operands' | 'options'>

/**
 * Reads what follows a command's name.
 * @throws Error with a sentence for whoever typed it
 */
export const readWords = (form: Form, words: readonly string[]): Given => {
  const { values, positionals } = parse(form, words)
  const lacks = Object.entries(form.options).some(([name, { required }]) => required && values[name] === undefined)
  if (lacks || positionals.length !== form.operands.length) throw new Error(`It is: fobwatch ${formOf(form)}`)

  const options = Object.entries(form.options).map(([name, { value }]) => [
    name,
    values[name] ?? (value ? undefined : false),
  ])
  return { operands: positionals, options: Object.fromEntries(options) }
}

const parse = ({ options }: Form, words: readonly string[]) => {
  const types = Object.entries(options).map(
    ([name, { value }]) => [name, { type: value ? 'string' : 'boolean' }] as const,
  )
  try {
    return parseArgs({ args: [...words], options: Object.fromEntries(types), allowPositionals: true })
  } catch (error) {
    // Node's own words go on about how to write what nobody meant.
    throw new Error(error instanceof Error ? `${error.message.split('. ')[0]}.` : 'The options cannot be read.')
  }
}
