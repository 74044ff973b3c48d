import type { Command } from './command.ts'

type Named = Pick<Command<never>, 'name'>

/**
 * Finds the command that the first words call.
 * @returns the command and the words after its name; no command where help is asked for
 * @throws Error with a sentence for whoever typed it
 */
export const findCommand = <C extends Named>(
  commands: readonly C[],
  words: readonly string[],
): { command: C | undefined; rest: readonly string[] } => {
  const [first] = words
  if (first === 'help' || words.includes('--help') || words.includes('-h')) return { command: undefined, rest: [] }
  if (first === undefined) throw new Error('Say what to do; fobwatch --help lists the commands.')

  const called = commands.find(({ name }) => isCalledBy(name, words))
  if (called) return { command: called, rest: words.slice(called.name.split(' ').length) }
  const group = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => `fobwatch ${name}`)
  if (group.length > 0) throw new Error(`It is one of: ${group.join(', ')}`)
  throw new Error(`There is no command ${first}; fobwatch --help lists those there are.`)
}

const isCalledBy = (name: string, words: readonly string[]): boolean =>
  name.split(' ').every((word, at) => words[at] === word)
