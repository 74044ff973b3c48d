import type { SearchAudit } from '@fobwatch/contracts'

/** One thing that is asked of an event. */
export interface Condition {
  /** A word for the statement's name. */
  name: string
  sql: (value: string) => string
  value: string | Date
  /** Whether it is about or by one person, whom the reader may read about. */
  isOfPerson: boolean
}

/** Whom a search is for: ids of rows, where it is for somebody. */
export interface SearchedPeople {
  person: string | undefined
  actor: string | undefined
}

/**
 * What a search asks of events. Every value is a parameter, and every name and operator one of these; an outcome, which is
 * one of two words, is named too, since refusals have an index of their own.
 */
export const conditionsOf = (
  { type, outcome, client, from, to }: SearchAudit,
  { person, actor }: SearchedPeople,
): Condition[] => {
  const asked: [string, (value: string) => string, string | Date | undefined][] = [
    ['person', (value) => `e.person = ${value}::uuid`, person],
    ['actor', (value) => `e.actor = ${value}::uuid`, actor],
    ['type', (value) => `e.type = ${value}`, type],
    [outcome ?? '', (value) => `e.outcome = '${outcome}' and ${value} = e.outcome`, outcome],
    ['client', (value) => `e.client = ${value}`, client],
    ['from', (value) => `e.at >= ${value}::timestamptz`, from === undefined ? undefined : new Date(from)],
    ['to', (value) => `e.at < ${value}::timestamptz`, to === undefined ? undefined : new Date(to)],
  ]
  return asked.flatMap(([name, sql, value]) =>
    value === undefined ? [] : [{ name, sql, value, isOfPerson: name === 'person' || name === 'actor' }],
  )
}

/** Reads where a page begins, in the form that the schema lets through. */
export const cursorOf = (text: string): { at: Date; seq: string } => {
  const [at = '', seq = ''] = text.split('.')
  return { at: new Date(Number(at)), seq }
}

/** Where the page after this one begins. */
export const cursorAfter = ({ at, seq }: { at: Date; seq: number }): string => `${at.getTime()}.${seq}`
