import type pg from 'pg'
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

/** What is called of pg's connection; its types leave some of it out. */
interface Wire {
  stream: { cork(): void; uncork(): void }
  parse(message: { name: string; text: string }): void
  close(message: { type: 'S'; name: string }): void
  bind(message: { statement: string; values: readonly (string | Buffer | null)[] }): void
  describe(message: { type: 'P' }): void
  execute(message: object): void
  sync(): void
  sendCopyFail(reason: string): void
}

type Done = (error: Error | null, answers: Answer[]) => void

/**
 * Statements that go to a connection in one write, and are answered in one: a query of pg's, as far as pg can tell.
 * Between them there is no `Sync`, so that PostgreSQL takes them for one transaction, committed at the end (PostgreSQL,
 * §54.2.4); each sees what those before it did, and what others committed before it began. A statement is prepared and
 * described once on each connection, and from then on only bound and executed.
 * @param done told once of the answers, one for each statement, or of the error that undid them all
 * @param patience how long to wait for them, in milliseconds; the connection's own limit unless given
 * @throws Error, RangeError for what cannot be sent: two statements of one name, a time that is none
 */
export const flight = (calls: readonly Call[], done: Done, patience?: number): pg.Submittable => {
  for (const { statement } of calls) refuseSecondMeaning(statement)
  const sent = calls.map(({ statement, params }) => ({ ...statement, values: params.map(toWire), shape: noRows }))
  const described = new Set<number>()
  const answers: Answer[] = []
  let known = new Map<string, Shape | 'unsure'>()
  let rows: unknown[] = []
  let fault: Error | undefined

  const prepare = (wire: Wire, { name, text }: { name: string; text: string }, index: number) => {
    const shape = known.get(name)
    if (name !== '' && shape !== undefined && shape !== 'unsure') return shape
    described.add(index)
    // Prepared by this very flight.
    if (name !== '' && sent.findIndex((each) => each.name === name) < index) return noRows
    // To close what is not there is no error; to prepare what is there, is one.
    if (shape === 'unsure') wire.close({ type: 'S', name })
    wire.parse({ name, text })
    return noRows
  }

  return {
    /** Taken over by pg, where a query has a limit of time. */
    callback: done,
    ...(patience !== undefined && { query_timeout: patience }),
    submit(connection: object) {
      const wire = connection as Wire
      known = preparedOn(connection)
      wire.stream.cork()
      sent.forEach((call, index) => {
        call.shape = prepare(wire, call, index)
        wire.bind({ statement: call.name, values: call.values })
        if (described.has(index)) wire.describe({ type: 'P' })
        wire.execute({})
      })
      wire.sync()
      wire.stream.uncork()
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
    handleError(this: { callback: Done }, error: Error) {
      for (const index of described) {
        const name = sent[index]?.name
        if (name && index >= answers.length) known.set(name, 'unsure')
      }
      this.callback(error, [])
    },
    handleReadyForQuery(this: { callback: Done }) {
      this.callback(fault ?? null, answers)
    },
    handlePortalSuspended() {},
    handleCopyInResponse(wire: Wire) {
      wire.sendCopyFail('No statement of ours copies')
    },
    handleCopyData() {},
  } as pg.Submittable
}
