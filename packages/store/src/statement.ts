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
  /** Carries the types; never present at run time. */
  readonly types?: { params: Params; row: Row }
}

/**
 * Declares a prepared statement. Names are unique in the whole service: `room:what-it-does`.
 * @param name the name under which it is prepared
 * @param text SQL with $1, $2 … and columns aliased to camelCase
 */
export const statement = <Params extends readonly unknown[], Row = never>(
  name: string,
  text: string,
): Statement<Params, Row> => ({ name, text })
