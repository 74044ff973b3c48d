/**
 * The store: one pool on PostgreSQL, shared by named prepared statements (the sign-in path and every transaction) and
 * by Prisma (lists and searches, whose shape varies). Rooms reach it from their `store.ts` and nowhere else.
 * Invariant: every connection runs as `fobwatch_runtime`, in UTC; only `migrate` connects as the owner.
 */
export { both, mapped, nameOfStep, question, step } from './ask.ts'
export { canLeaveRole } from './can-leave-role.ts'
export { type DatabaseState, databaseState } from './database-state.ts'
export { isUnavailable, isUniqueViolation, wordsAtTheDoor } from './errors.ts'
export type { Prisma, PrismaClient } from './generated/client.ts'
export { migrate, pendingMigrations, readMigrations } from './migrate.ts'
export { mustTouch } from './must-touch.ts'
export { openStore, type Store, type StoreOptions } from './open-store.ts'
export type { Patience } from './patience.ts'
export { type Question, type Statement, type Step, statement, type Transaction } from './statement.ts'
export { type Around, watchedStore } from './watched.ts'
