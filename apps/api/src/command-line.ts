import { parseArgs } from 'node:util'

interface Usage {
  /** What must follow the command, in this order. */
  operands: readonly string[]
  /** The options that it takes. */
  options: readonly ('json' | 'relying-app')[]
  says: string
}

const commands = {
  migrate: {
    operands: [],
    options: [],
    says: 'Apply the migrations that the database lacks, and bring the catalogue of roles up to date.',
  },
  'seed-demonstration': {
    operands: [],
    options: ['json', 'relying-app'],
    says: 'Migrate, add fictional organisations and people, and give each without a device a new link.',
  },
  'become-first-manager': {
    operands: ['STAFF_ID', 'ORGANISATION_CODE'],
    options: [],
    says: "Give somebody the registration authority manager's duty, while nobody has it.",
  },
  invite: {
    operands: ['STAFF_ID'],
    options: [],
    says: 'Print a new link to set up a device; older links stop working.',
  },
  'describe-configuration': { operands: [], options: [], says: 'Print docs/configuration.md.' },
} as const satisfies Record<string, Usage>

export type CommandName = keyof typeof commands

/** What somebody asked for. */
export interface CommandLine {
  command: CommandName | 'help'
  operands: string[]
  json: boolean
  /** The origin of the ward list. */
  relyingApp: string
}

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)
const isOrigin = (text: string) => /^https?:/.test(text) && URL.parse(text)?.origin === text

/**
 * Reads a command line.
 * @param words what stands after the program's name
 * @throws Error with a sentence for whoever typed it
 */
export const readCommandLine = (words: readonly string[]): CommandLine => {
  const { values, positionals } = parse(words)
  const [name, ...operands] = positionals
  const { json = false, 'relying-app': relyingApp = 'http://localhost:3001' } = values
  if (values.help || name === 'help') return { command: 'help', operands: [], json, relyingApp }
  if (name === undefined) throw new Error('Say what to do; fobwatch --help lists the commands.')
  if (!isCommand(name)) throw new Error(`There is no command ${name}; fobwatch --help lists those there are.`)

  const usage: Usage = commands[name]
  if (operands.length !== usage.operands.length) throw new Error(`It is: fobwatch ${formOf(name, usage)}`)
  const foreign = (['json', 'relying-app'] as const).find(
    (each) => values[each] !== undefined && !usage.options.includes(each),
  )
  if (foreign) throw new Error(`The command ${name} takes no option --${foreign}.`)
  if (!isOrigin(relyingApp)) throw new Error('--relying-app must be an origin, such as http://localhost:3001.')
  return { command: name, operands, json, relyingApp }
}

const parse = (words: readonly string[]) => {
  const options = {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    'relying-app': { type: 'string' },
  } as const
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    // Node's own words go on about how to write what nobody meant.
    throw new Error(error instanceof Error ? `${error.message.split('. ')[0]}.` : 'The options cannot be read.')
  }
}

const optionForms = { json: '[--json]', 'relying-app': '[--relying-app ORIGIN]' }
const formOf = (name: string, { operands, options }: Usage) =>
  [name, ...operands, ...options.map((option) => optionForms[option])].join(' ')

/** The page of `fobwatch --help`. */
export const help = (): string => {
  const list = Object.entries<Usage>(commands).map(
    ([name, usage]) => `  fobwatch ${formOf(name, usage)}\n      ${usage.says}`,
  )
  return [
    'fobwatch looks after a Fobwatch service: its database, its first people, its first manager.',
    '',
    ...list,
    '',
    'It reads the same environment as the service; docs/configuration.md lists it.',
    '',
  ].join('\n')
}
