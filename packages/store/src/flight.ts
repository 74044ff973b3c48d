import type { Socket } from 'node:net'
import type pg from 'pg'
import { serialize } from 'pg-protocol'
import type { Statement } from './statement.ts'
import { readerOf, toWire } from './wire.ts'

/** A statement with what it is asked with. */
export interface Call {
  readonly statement: Statement<readonly unknown[], unknown>
  readonly params: readonly unknown[]
}

/** What one statement of a flight came to: its rows, and how many it touched. */
export interface Answer {
  rows: unknown[]
  count: number
}

/** How the rows of a statement are read. */
interface Shape {
  names: string[]
  readers: ((text: string) => unknown)[]
}

const noRows: Shape = { names: [], readers: [] }

const shapeOf = (fields: readonly { name: string; dataTypeID: number }[]): Shape => ({
  names: fields.map(({ name }) => name),
  readers: fields.map(({ dataTypeID }) => readerOf(dataTypeID)),
})

const readRow = ({ names, readers }: Shape, values: readonly (string | null)[]): unknown => {
  const row: Record<string, unknown> = {}
  names.forEach((name, index) => {
    const value = values[index] ?? null
    row[name] = value === null ? null : readers[index]?.(value)
  })
  return row
}

/** What a connection has prepared by name; `unsure` where an error may have come before it or after. */
const prepared = new WeakMap<object, Map<string, Shape | 'unsure'>>()

/** What is said of what was prepared and is not so any more: its columns changed, or it is gone (PostgreSQL, Appendix A). */
const stale = new Set(['0A000', '26000'])

const preparedOn = (connection: object) => {
  const known = prepared.get(connection) ?? new Map<string, Shape | 'unsure'>()
  prepared.set(connection, known)
  return known
}

/** What each name means. */
const texts = new Map<string, string>()

/** @throws Error before anything is sent, where a name has been given to another statement: which is it that is prepared? */
const refuseSecondMeaning = ({ name, text }: { name: string; text: string }): void => {
  if (name === '') return
  const meant = texts.get(name)
  if (meant === undefined) texts.set(name, text)
  else if (meant !== text) throw new Error(`Two statements are called ${name}`)
}

/** What is used of pg's connection; its types leave some of it out. */
interface Wire {
  stream: Socket
  sendCopyFail(reason: string): void
}

/** Lets a connection be silent for as long as it takes. @returns what sets it back as it was */
const withoutTimeout = (stream: Socket): (() => void) => {
  const limit = stream.timeout ?? 0
  stream.setTimeout(0)
  return () => void stream.setTimeout(limit)
}

type Done = (error: Error | null, answers: Answer[]) => void

/**
 * Statements that go to a connection in one write, and are answered in one: a query of pg's, as far as pg can tell.
 * Between them there is no `Sync`, so that PostgreSQL takes them for one transaction, committed at the end (PostgreSQL,
 * §54.2.4); each sees what those before it did, and what others committed before it began. A statement is prepared and
 * described once on each connection, and from then on only bound and executed.
 * @param done told once of the answers, one for each statement, or of the error that undid them all
 * @throws Error, RangeError for what cannot be sent: two statements of one name, a time that is none
 */
export const flight = (calls: readonly Call[], done: Done): pg.Submittable => {
  for (const { statement } of calls) refuseSecondMeaning(statement)
  const sent = calls.map(({ statement, params }) => ({ ...statement, values: params.map(toWire), shape: noRows }))
  const described = new Set<number>()
  const answers: Answer[] = []
  let known = new Map<string, Shape | 'unsure'>()
  let rows: unknown[] = []
  let fault: Error | undefined

  /** @returns what comes before a statement is bound, and how its rows are read */
  const prepare = ({ name, text }: { name: string; text: string }, index: number): [Buffer[], Shape] => {
    const shape = known.get(name)
    if (name !== '' && shape !== undefined && shape !== 'unsure') return [[], shape]
    described.add(index)
    // Prepared by this very flight.
    if (name !== '' && sent.findIndex((each) => each.name === name) < index) return [[], noRows]
    // To close what is not there is no error; to prepare what is there, is one.
    const closing = shape === 'unsure' ? [serialize.close({ type: 'S', name })] : []
    return [[...closing, serialize.parse({ name, text })], noRows]
  }

  const isUnhurried = calls.some(({ statement }) => statement.unhurried)
  let setBack = () => {}
  const tell = (error: Error | null, told: Answer[]) => {
    setBack()
    done(error, told)
  }

  return {
    submit(connection: object) {
      const wire = connection as Wire
      known = preparedOn(connection)
      if (isUnhurried) setBack = withoutTimeout(wire.stream)
      const messages = sent.flatMap((call, index) => {
        const [preparing, shape] = prepare(call, index)
        call.shape = shape
        const binding = serialize.bind({ statement: call.name, values: call.values })
        const describing = described.has(index) ? [serialize.describe({ type: 'P' })] : []
        return [...preparing, binding, ...describing, serialize.execute()]
      })
      // In one piece: a piece for each message takes Node longer than all else here.
      wire.stream.write(Buffer.concat([...messages, serialize.sync()]))
      return null
    },
    handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }) {
      const call = sent[answers.length]
      if (call) call.shape = shapeOf(fields)
    },
    handleDataRow({ fields }: { fields: (string | null)[] }) {
      try {
        rows.push(readRow(sent[answers.length]?.shape ?? noRows, fields))
      } catch (error) {
        fault ??= error as Error
      }
    },
    handleCommandComplete({ text }: { text: string }) {
      const call = sent[answers.length]
      if (call?.name && described.has(answers.length)) known.set(call.name, call.shape)
      answers.push({ rows, count: Number(/\d+$/.exec(text)?.[0] ?? 0) })
      rows = []
    },
    handleEmptyQuery() {
      answers.push({ rows: [], count: 0 })
    },
    handleError(error: Error & { code?: string }) {
      const isStale = error.code !== undefined && stale.has(error.code)
      sent.forEach(({ name }, index) => {
        const mayBeThere = described.has(index) && index >= answers.length
        if (name !== '' && (mayBeThere || isStale)) known.set(name, 'unsure')
      })
      tell(error, [])
    },
    handleReadyForQuery() {
      tell(fault ?? null, answers)
    },
    handlePortalSuspended() {},
    handleCopyInResponse(wire: Wire) {
      wire.sendCopyFail('No statement of ours copies')
    },
    handleCopyData() {},
  } as pg.Submittable
}
