/** A transaction in progress. Verbs hand it from door to door; only the store can look inside. */
export interface Transaction {
  readonly opaque: 'transaction'
}

/** Runs a deed that spans rooms: all of it is stored, or none. */
export type InTransaction = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>
