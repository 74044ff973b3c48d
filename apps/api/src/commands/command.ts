/** The options of a command, each a switch or a word for its value, such as `{ json: {}, name: { value: 'NAME' } }`. */
export interface Options {
  readonly [name: string]: {
    /** What its value is called in the help. A switch has none. */
    readonly value?: string
    readonly required?: true
  }
}

type ValueOf<O extends Options[string]> = O extends { value: string }
  ? O extends { required: true }
    ? string
    : string | undefined
  : boolean

/** What somebody gave a command. */
export interface Given<O extends Options = Options> {
  operands: readonly string[]
  options: { readonly [Name in keyof O]: ValueOf<O[Name]> }
}

/** What a command has to say: for standard output, and nothing else goes there. */
export type Answer = string | { out: string; exitCode: number }

/** One command of `fobwatch`, over the verbs of a room. */
export interface Command<Verbs, O extends Options = Options> {
  /** The words that call it, such as `invite` or `metadata load`. */
  name: string
  /** What must follow, in this order. */
  operands: readonly string[]
  options: O
  says: string
  /** How the process ends when this cannot be done; 1 unless given. */
  failureCode?: number
  /** Does it. Throws a Refusal or an Error with a sentence for whoever typed it. */
  run(verbs: Verbs, given: Given<O>): Promise<Answer>
}

/** Declares a command, its options typed by their form. The annotation on its verbs says what it needs. */
export const command = <Verbs, const O extends Options>(declared: Command<Verbs, O>): Command<Verbs> =>
  declared as Command<Verbs>
