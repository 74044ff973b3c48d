import type { Transaction } from '#kernel'
import type { StoredRequest } from './store.ts'

/**
 * Does what was asked, in the transaction of its approval. The rights of both have been looked at; the deed looks again, as
 * it does when it is done without a request.
 * @param decider whoever approved it: a person's row id, or null for whoever did by command
 */
export type CarryOut = (tx: Transaction, request: StoredRequest, decider: string | null) => Promise<void>
