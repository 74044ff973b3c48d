/**
 * The kernel: what every room stands on and nobody argues about. Clock, ids and secrets, sealing, Refusal, the opaque
 * Transaction, and the closed union Fact. It imports nothing of ours but the list of error codes.
 */
export { type Bag, bag } from './bag.ts'
export type { Now } from './clock.ts'
export type { AuthenticatorChange, ClosedWhy, EndedWhy, Fact, PersonEndedWhy } from './fact.ts'
export { hashOf, keyedHashOf, newId, newSecret, sameSecret, twelveDigits } from './ids.ts'
export { type Notes, notes } from './notes.ts'
export { isRefusal, Refusal, type RefusalCode, TooMany } from './refusal.ts'
export { deriveKey, seal, unseal } from './sealing.ts'
export { isThisMachine } from './this-machine.ts'
export type { InTransaction, Question, Step, Together, Transaction } from './transaction.ts'
