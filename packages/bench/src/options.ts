import { parseArgs } from 'node:util'
import { contenderOf, contenders } from './contenders/index.ts'
import { scenarios } from './scenarios/index.ts'

export interface Options {
  scenarios: typeof scenarios
  contenders: typeof contenders
  /** How often each contender has its turn, and for how long each time. */
  rounds: number
  seconds: number
  /** How long each time at a rate at which latencies are told. */
  pacedSeconds: number
  /** Deeds before anything is measured: until code is compiled, and statements are planned on every connection. */
  warmUpDeeds: number
  /** How many deeds are under way at once where as many are done as can be. */
  lanes: number
  people: number
  roles: 1 | 2
  /** Where profiles of the contenders go. */
  profile: string | undefined
  /** Tells every statement. */
  statements: boolean
  /** Whether processes are kept to cores, so that the API has one to itself. */
  pinned: boolean
  json: boolean
  page: boolean
}

// So many to begin with: V8 still made a sign-in of the library faster after 2,000. Turns are short, so that whoever comes next
// has the same machine: the speed of one that is shared changes within seconds.
const proper = { rounds: 15, seconds: 2, pacedSeconds: 2, warmUpDeeds: 6000, people: 1000 }
const quick = { rounds: 2, seconds: 3, pacedSeconds: 3, warmUpDeeds: 300, people: 100 }
const lanes = 16

export const help = `npm run bench -- [OPTIONS]

  --only NAME,…        scenarios: ${scenarios.map(({ name }) => name).join(', ')}
  --contenders NAME,…  of ${contenders.map(({ name }) => name).join(', ')}
  --contender FILE     besides these, a provider that runs already, by an adapter of yours
                       (docs/guides/benchmark-another-provider.md)
  --quick              a minute or so for a scenario, for whoever changes something: its latencies mean little
  --rounds N           turns of each contender: ${proper.rounds}, or ${quick.rounds} with --quick
  --seconds N          of each turn: ${proper.seconds}, or ${quick.seconds}
  --people N           who sign in, in turn: ${proper.people.toLocaleString('en-GB')}, or ${quick.people}
  --lanes N            deeds under way at once, as many as browsers that wait: ${lanes}
  --two-roles          everybody has two roles, and is asked which
  --profile FOLDER     writes CPU profiles of the contenders, and tells where time went
  --statements         tells every statement of a deed
  --json               one JSON object on standard output (with npm run --silent)
  --page               writes docs/proofs/bench.md, held to the bars

It needs Linux, and two cores.
`

/** @throws Error that says what is wrong, to whoever typed it */
export const readOptions = (args: string[]): Options | 'help' => {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args,
    options: {
      ...{ only: text, contenders: text, rounds: text, seconds: text, people: text, lanes: text, profile: text },
      contender: { ...text, multiple: true, default: [] as string[] },
      ...{ quick: flag, json: flag, page: flag, statements: flag, 'two-roles': flag, help: { ...flag, short: 'h' } },
    },
  })
  if (values.help) return 'help'
  const usual = values.quick ? quick : proper
  return {
    scenarios: chosen(scenarios, values.only),
    contenders: [...chosen(contenders, values.contenders), ...values.contender.map(contenderOf)],
    rounds: wholeNumber('rounds', values.rounds, usual.rounds),
    seconds: wholeNumber('seconds', values.seconds, usual.seconds),
    pacedSeconds: usual.pacedSeconds,
    warmUpDeeds: usual.warmUpDeeds,
    lanes: wholeNumber('lanes', values.lanes, lanes),
    people: wholeNumber('people', values.people, usual.people),
    roles: values['two-roles'] ? 2 : 1,
    profile: values.profile,
    statements: values.statements,
    pinned: true,
    json: values.json,
    page: values.page,
  }
}

const chosen = <T extends { name: string }>(all: readonly T[], names: string | undefined): readonly T[] => {
  if (names === undefined) return all
  return names.split(',').map((name) => {
    const found = all.find((each) => each.name === name)
    if (!found) throw new Error(`There is no ${name}, but: ${all.map((each) => each.name).join(', ')}`)
    return found
  })
}

const wholeNumber = (name: string, text: string | undefined, usual: number): number => {
  const number = text === undefined ? usual : Number(text)
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`--${name} must be a whole number above 0`)
}
