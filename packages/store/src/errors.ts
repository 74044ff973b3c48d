import { DatabaseError } from 'pg'

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])
/** Connection exceptions, insufficient resources, operator intervention (PostgreSQL, appendix A). */
const unavailableClasses = ['08', '53', '57P']

const chain = function* (error: unknown): Generator<Error> {
  for (let next = error; next instanceof Error; next = next.cause) {
    yield next
    if (next instanceof AggregateError) yield* next.errors.filter((inner) => inner instanceof Error)
  }
}

/** A socket that is not there is one that the database does not listen on; a file that is not there is no matter of its. */
const isOfFile = (error: Error): boolean => 'syscall' in error && error.syscall === 'open'

/** Whether an error means that the database cannot be had just now, so that the caller may try again later. */
export const isUnavailable = (error: unknown): boolean => {
  for (const each of chain(error)) {
    if (each instanceof DatabaseError) return unavailableClasses.some((c) => each.code?.startsWith(c))
    if ('code' in each && typeof each.code === 'string' && networkCodes.has(each.code)) return !isOfFile(each)
    if (/^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(each.message))
      return true
  }
  return false
}

/** Whether an error says that a row with this key is there already; of this constraint, where one is named. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof DatabaseError && error.code === '23505' && (!constraint || error.constraint === constraint)

/** Whether PostgreSQL undid a transaction because it and another waited for each other (PostgreSQL, appendix A: 40P01). */
export const isDeadlock = (error: unknown): boolean => error instanceof DatabaseError && error.code === '40P01'
