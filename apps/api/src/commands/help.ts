import type { Command } from './command.ts'

type Form = Pick<Command<never>, 'name' | 'operands' | 'options'>

/** How a command is written. */
export const formOf = ({ name, operands, options }: Form): string => {
  const forms = Object.entries(options).map(([option, { value, required }]) => {
    const form = `--${option}${value ? ` ${value}` : ''}`
    return required ? form : `[${form}]`
  })
  return [name, ...operands, ...forms].join(' ')
}

/** The page of `fobwatch --help`. */
export const help = (commands: readonly (Form & Pick<Command<never>, 'says'>)[]): string =>
  [
    'fobwatch looks after a Fobwatch service: its database, its people, and what they log in with.',
    '',
    ...commands.map((each) => `  fobwatch ${formOf(each)}\n      ${each.says}`),
    '',
    'A staff id is the user number of the screens. To suspend, reinstate or revoke a device is what the desk calls to pause it,',
    'use it again or remove it.',
    'It reads the same environment as the service; docs/configuration.md lists it.',
    '',
  ].join('\n')
