/** A transaction in progress. Verbs hand it from door to door; only the store can look inside. */
export interface Transaction {
  readonly opaque: 'transaction'
}

/** Runs a deed that spans rooms: all of it is stored, or none. */
export type InTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>

/** A statement with what it is asked with. The room that it belongs to makes it; only the store can look inside. */
export interface Step {
  readonly opaque: 'step'
}

/** What is asked of the database and how the answer is read. The room of its tables makes it; only the store can look inside. */
export interface Question<T> {
  readonly opaque: 'question'
  readonly answer?: T
}

/**
 * Does what spans rooms in one round trip and one transaction, where nothing of it depends on an answer.
 * @returns whether it was done; none of it was, where one step that must touch a row found none
 */
export type Together = (steps: readonly Step[]) => Promise<boolean>
