/** A transaction in progress: opaque to everyone but this package. */
export interface Transaction {
  readonly opaque: 'transaction'
}

/**
 * One SQL statement with a name, under which PostgreSQL keeps its plan prepared on each connection.
 * `Params` and `Row` are the author's promise; the tests beside each `store.ts` hold it against the real tables.
 */
export interface Statement<Params extends readonly unknown[], Row> {
  readonly name: string
  readonly text: string
  /** Takes as long as it takes, as suits what goes through a whole table and for which nobody waits. */
  readonly unhurried?: true
  /** Carries the types; never present at run time. */
  readonly types?: { params: Params; row: Row }
}

/** PostgreSQL tells names apart by so many bytes (NAMEDATALEN - 1), and cuts off the rest without a word. */
const longestName = 63

/**
 * Declares a prepared statement. Names are unique in the whole service: `room:what-it-does`.
 * @param name the name under which it is prepared
 * @param text SQL with $1, $2 … and columns aliased to camelCase
 * @param pace `unhurried` for what no limit of time is to end
 * @throws Error for a name that is longer than PostgreSQL's: of two that begin alike, one would get the other's answer
 */
export const statement = <Params extends readonly unknown[], Row = never>(
  name: string,
  text: string,
  pace?: 'unhurried',
): Statement<Params, Row> => {
  if (Buffer.byteLength(name) > longestName) throw new Error(`The name of a statement is too long: ${name}`)
  return { name, text, ...(pace && { unhurried: true }) }
}

/** A statement and what it is asked with, to be sent with others: opaque to everyone but this package. */
export interface Step {
  readonly opaque: 'step'
}

/** Statements, what they are asked with, and how the answers are read: opaque to everyone but this package. */
export interface Question<T> {
  readonly opaque: 'question'
  /** Carries the type; never present at run time. */
  readonly answer?: T
}
