import type pg from 'pg'
import { isConnectionLost, isConnectionSound, isDeadEnd, isNothingTouched, wasNeverSent } from './errors.ts'
import { type Answer, type Call, flight } from './flight.ts'
import { type Question, type Statement, type Step, statement, type Transaction } from './statement.ts'

const begin = statement<[]>('store:begin', 'begin')
const commit = statement<[]>('store:commit', 'commit')
const rollback = statement<[]>('store:rollback', 'rollback')
const withoutLimit = statement<[]>('store:without-limit', 'set local statement_timeout = 0')

/** The connection of a transaction, and how far it has come there. */
interface Course {
  client: pg.PoolClient
  /** What it lost its connection by, while it has no other. */
  lost?: Error | undefined
  /** Whether PostgreSQL has been told that it is one. */
  hasBegun: boolean
  /** What a statement of it failed with, whoever minds: nothing of it is committed then. */
  fault?: unknown
  isOver: boolean
}

const fly = async (client: pg.PoolClient, calls: readonly Call[]): Promise<Answer[]> => {
  const { promise, resolve, reject } = Promise.withResolvers<Answer[]>()
  client.query(flight(calls, (error, answers) => (error ? reject(error) : resolve(answers))))
  try {
    return await promise
  } catch (error) {
    // Where it was made is the socket; who asked is of more use.
    if (error instanceof Error) Error.captureStackTrace(error)
    throw error
  }
}

/** A transaction, and its course until it is over. */
interface OnCourse extends Transaction {
  course: Course | undefined
}

class MadeStep implements Step {
  readonly opaque = 'step'
  readonly asked: Call
  constructor(asked: Call) {
    this.asked = asked
  }
}

class MadeQuestion<T> implements Question<T> {
  readonly opaque = 'question'
  readonly asked: Call[]
  readonly read: (answers: Answer[]) => T
  constructor(asked: Call[], read: (answers: Answer[]) => T) {
    this.asked = asked
    this.read = read
  }
}

const call = (asked: Statement<[], never>): Call => ({ statement: asked, params: [] })

/** A statement and what it is asked with, to be sent `together` with others. */
export const step = <P extends readonly unknown[], R>(asked: Statement<P, R>, params: P): Step =>
  new MadeStep({ statement: asked, params })

const callOf = (made: Step): Call => {
  if (!(made instanceof MadeStep)) throw new Error('A step that was not made here')
  return made.asked
}

/** What a step asks, by the name of its statement. */
export const nameOfStep = (made: Step): string => callOf(made).statement.name

const questionOf = <T>(asked: Call[], read: (answers: Answer[]) => T): Question<T> => new MadeQuestion(asked, read)

/**
 * A question of one statement.
 * @param read what its rows, and how many it touched, come to
 */
export const question = <P extends readonly unknown[], R, T>(
  asked: Statement<P, R>,
  params: P,
  read: (answer: { rows: R[]; count: number }) => T,
): Question<T> =>
  questionOf([{ statement: asked, params }], ([answer = { rows: [], count: 0 }]) =>
    read(answer as { rows: R[]; count: number }),
  )

const partsOf = <T>(made: Question<T>) => {
  if (!(made instanceof MadeQuestion)) throw new Error('A question that was not made here')
  return made as MadeQuestion<T>
}

/** Two questions in one: the second sees what the first did, and either is answered once both are committed. */
export const both = <A, B>(one: Question<A>, other: Question<B>): Question<[A, B]> => {
  const [first, second] = [partsOf(one), partsOf(other)]
  const { length } = first.asked
  return questionOf([...first.asked, ...second.asked], (answers) => [
    first.read(answers.slice(0, length)),
    second.read(answers.slice(length)),
  ])
}

/** The same question, with more made of its answer. */
export const mapped = <A, B>(made: Question<A>, more: (answer: A) => B): Question<B> => {
  const { asked, read } = partsOf(made)
  return questionOf(asked, (answers) => more(read(answers)))
}

/** What a question asks, by the names of its statements. */
export const namesOfQuestion = (made: Question<unknown>): string[] =>
  partsOf(made).asked.map((asked) => asked.statement.name)

/** Said to whoever would commit a transaction of which a statement failed, and did not mind. */
const uncommitted = 'A transaction that cannot be committed: a statement of it had failed'

const refuseIfFailed = ({ fault }: Course): void => {
  if (fault) throw new Error(uncommitted, { cause: fault })
}

/** How often a connection is tried that turns out to have died while nobody used it. */
const mostTries = 3

/**
 * How statements reach PostgreSQL: on any connection, or on that of a transaction.
 * @param afterwards is told of every transaction that was committed, before whoever did it is
 */
export const createAsk = (pool: pg.Pool, afterwards: (tx: Transaction) => void) => {
  /** What the server never saw is sent again, on another connection. */
  const anywhere = async (asked: readonly Call[], triesLeft = 1): Promise<Answer[]> => {
    // Only a transaction can put off PostgreSQL's limit, and ours without that would end nothing.
    if (asked.some(({ statement }) => statement.unhurried)) throw new Error('What may take long is asked by itself')
    const client = await pool.connect()
    try {
      const answers = await fly(client, asked)
      client.release()
      return answers
    } catch (error) {
      client.release(!isConnectionSound(error))
      if (triesLeft > 0 && error instanceof Error && wasNeverSent(error)) return anywhere(asked, triesLeft - 1)
      throw error
    }
  }

  /**
   * PostgreSQL is told with the first statement of a transaction that it is one: of one that asks nothing it never hears. A
   * connection that died while nobody used it may be found out by that word alone. Nothing is done by it that is not undone,
   * whoever heard it: so another connection is taken, and nobody is told of a database that is back.
   */
  const embark = async (course: Course, asked: readonly Call[]): Promise<Answer[]> => {
    for (let tries = 1; ; tries += 1)
      try {
        course.hasBegun = true
        return (await fly(course.client, [call(begin), ...asked])).slice(1)
      } catch (error) {
        if (tries === mostTries || !(error instanceof Error && isConnectionLost(error))) throw error
        course.client.release(true)
        Object.assign(course, { lost: error, hasBegun: false })
        const client = await pool.connect()
        // Of two statements at once, the other has failed meanwhile, and with it all of it.
        if (course.isOver || course.fault) {
          client.release()
          throw error
        }
        Object.assign(course, { client, lost: undefined })
      }
  }

  const within = async (tx: Transaction, asked: Call): Promise<Answer[]> => {
    const course = (tx as OnCourse).course
    if (!course) throw new Error('This transaction is over')
    try {
      return await onCourse(course, asked)
    } catch (error) {
      course.fault ??= error
      throw error
    }
  }

  const onCourse = (course: Course, asked: Call): Promise<Answer[]> => {
    // As PostgreSQL says too, where it heard of it.
    const fault = course.fault ?? course.lost
    if (fault) throw fault
    if (asked.statement.unhurried) return dawdle(course, asked)
    return course.hasBegun ? fly(course.client, [asked]) : embark(course, [asked])
  }

  /** For what no limit of time is to end, neither PostgreSQL's nor ours. */
  const dawdle = async (course: Course, asked: Call): Promise<Answer[]> => {
    if (!course.hasBegun) await embark(course, [])
    return (await fly(course.client, [call(withoutLimit), asked])).slice(1)
  }

  const inTransaction = async <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => {
    const course: Course = { client: await pool.connect(), hasBegun: false, isOver: false }
    const tx: OnCourse = { opaque: 'transaction', course }
    let broken = false
    try {
      const result = await work(tx)
      tx.course = undefined
      refuseIfFailed(course)
      if (course.hasBegun) await fly(course.client, [call(commit)])
      // One that nobody had waited for may have failed meanwhile, and PostgreSQL has undone all of it.
      refuseIfFailed(course)
      afterwards(tx)
      return result
    } catch (error) {
      // A branch of the work that goes on is told so, and does nothing after the rollback by itself.
      tx.course = undefined
      // Whatever hangs there would hang the rollback too: the connection is closed instead, which undoes as much.
      broken = isDeadEnd(error) || !(await isUndone(course))
      throw error
    } finally {
      course.isOver = true
      if (!course.lost) course.client.release(broken)
    }
  }

  return {
    one: async (asked: Call, tx: Transaction | undefined): Promise<Answer> => {
      if (asked.statement.unhurried && !tx) return inTransaction((own) => first(within(own, asked)))
      return first(tx ? within(tx, asked) : anywhere([asked]))
    },
    together: async (steps: readonly Step[]): Promise<boolean> => {
      try {
        await anywhere(steps.map(callOf))
        return true
      } catch (error) {
        if (isNothingTouched(error)) return false
        throw error
      }
    },
    ask: async <T>(made: Question<T>): Promise<T> => {
      const { asked, read } = partsOf(made)
      return read(await anywhere(asked))
    },
    inTransaction,
  }
}

const first = async (flown: Promise<Answer[]>): Promise<Answer> => {
  const [answer] = await flown
  if (!answer) throw new Error('A statement was not answered')
  return answer
}

/** Undoes a transaction. @returns whether that could be said on its connection */
const isUndone = async ({ client, hasBegun }: Course): Promise<boolean> => {
  if (!hasBegun) return true
  try {
    await fly(client, [call(rollback)])
    return true
  } catch {
    return false
  }
}
