import { DatabaseError } from 'pg'

const networkCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
])

/** What PostgreSQL says while it cannot serve, by the first characters of its codes (PostgreSQL, appendix A). */
const unavailableCodes = [
  // Connection exceptions.
  '08',
  // Insufficient resources: the disk or the memory is full (53100, 53200), or all connections are taken (53300).
  '53',
  // Operator intervention: shutting down, starting, recovering after a crash.
  '57P',
  // A statement took longer than it may, or whoever runs the database ended it.
  '57014',
  // A lock was not to be had in time.
  '55P03',
  // A transaction was ended because nothing happened in it, or because it took too long.
  '25P03',
  '25P04',
  // This server can only be read: a standby, or a primary that was set aside.
  '25006',
  // The disk failed.
  '58030',
  // Somebody changes who may connect, or puts a backup in the place of the database.
  '28',
  '3D000',
] as const

/** Of these the next try needs another connection: this one leads to a server that will not write for us. */
const deadEnds = ['25006']

/** What we say of a connection along which nothing is heard. */
export const silenceWords = 'PostgreSQL does not answer along this connection'

/** What is said of a connection that is gone, or that did not come in time. `pg` has no codes for these. */
const lostWords = new RegExp(
  `^(Connection terminated|timeout exceeded when trying to connect|Client (has encountered|was closed)|Cannot use a pool|${silenceWords})`,
)

/** Of an error of Prisma's, what its adapter threw. */
const adapterError = (error: Error): unknown =>
  'meta' in error && typeof error.meta === 'object' && error.meta !== null && 'driverAdapterError' in error.meta
    ? error.meta.driverAdapterError
    : undefined

const chain = function* (error: unknown): Generator<Error> {
  for (let next = error; next instanceof Error; next = next.cause ?? adapterError(next)) {
    yield next
    if (next instanceof AggregateError) yield* next.errors.filter((inner) => inner instanceof Error)
  }
}

/** A socket that is not there is one that the database does not listen on; a file that is not there is no matter of its. */
const isOfFile = (error: Error): boolean => 'syscall' in error && error.syscall === 'open'

const codeIn = (codes: readonly string[], code: unknown): boolean =>
  typeof code === 'string' && codes.some((each) => code.startsWith(each))

/** What the Prisma adapter keeps of PostgreSQL's error; it is no Error itself. */
const adaptedCode = ({ cause }: Error): unknown =>
  typeof cause === 'object' && cause !== null && 'originalCode' in cause ? cause.originalCode : undefined

/**
 * What PostgreSQL says of whom it does not let in, or of the database that it lacks (PostgreSQL, appendix A: 28 and 3D000).
 * Whoever starts a program is helped by it; whoever asks a service that runs is told that it `isUnavailable`.
 */
export const wordsAtTheDoor = (error: unknown): string | undefined =>
  [...chain(error)].find((each) => each instanceof DatabaseError && codeIn(['28', '3D000'], each.code))?.message

/** Whether an error means that the database cannot be had just now, so that the caller may try again later. */
export const isUnavailable = (error: unknown): boolean => {
  for (const each of chain(error)) {
    if (each instanceof DatabaseError) return codeIn(unavailableCodes, each.code)
    if (codeIn(unavailableCodes, adaptedCode(each))) return true
    if ('code' in each && typeof each.code === 'string' && networkCodes.has(each.code)) return !isOfFile(each)
    if (lostWords.test(each.message)) return true
  }
  return false
}

/** Whether a connection was gone, or went, so that nothing can be said on it any more; not after a long silence. */
export const isConnectionLost = (error: Error): boolean =>
  !(error instanceof DatabaseError) && error.message !== silenceWords && isUnavailable(error)

/** Whether the connection was known to be dead before a statement was sent, so that the server never saw it. */
export const wasNeverSent = ({ message }: Error): boolean =>
  /^(Client (has encountered|was closed)|This socket has been ended by the other party)/.test(message)

/** Whether a connection is of no more use after this error, even where it is not lost. */
export const isDeadEnd = (error: unknown): boolean => error instanceof DatabaseError && codeIn(deadEnds, error.code)

/** Whether an error says that a row with this key is there already; of this constraint, where one is named. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  error instanceof DatabaseError && error.code === '23505' && (!constraint || error.constraint === constraint)

/** Whether PostgreSQL undid a transaction because it and another waited for each other (PostgreSQL, appendix A: 40P01). */
export const isDeadlock = (error: unknown): boolean => error instanceof DatabaseError && error.code === '40P01'

/** Of `must_touch`: a statement that had to touch a row found none. */
export const isNothingTouched = (error: unknown): boolean => error instanceof DatabaseError && error.code === 'FW001'

/** Whether a connection can be used after an error on it: PostgreSQL has answered, and does not close it. */
export const isConnectionSound = (error: unknown): boolean => error instanceof DatabaseError && !isUnavailable(error)
