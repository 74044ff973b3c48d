import type { SearchAudit } from '@fobwatch/contracts'
import { type DayTyped, isBlank, noDay, startOf as startOfTyped } from '../../../words/days.ts'

/** What a search of the log asks, as it stands in the address: days as they are typed, and everything else as it is sent. */
export interface Asked {
  person: string
  actor: string
  type: string
  outcome: string
  client: string
  /** Days, as 2026-11-25; the last one is searched too. */
  from: string
  to: string
  /** Where the page begins. */
  after: string
}

export const nothingAsked: Asked = {
  ...{ person: '', actor: '', type: '', outcome: '', client: '', from: '', to: '', after: '' },
}

const names = Object.keys(nothingAsked) as (keyof Asked)[]

/** What the address asks. */
export const askedIn = (params: URLSearchParams): Asked =>
  Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<keyof Asked, string>

/** The address of what is asked. */
export const addressOf = (asked: Asked): string => {
  const said = names.filter((name) => asked[name] !== '').map((name) => [name, asked[name]])
  return said.length > 0 ? `/desk/audit?${new URLSearchParams(said)}` : '/desk/audit'
}

/** The moment at which a day begins here, ISO 8601; undefined where it is no day. */
const startOf = (day: string, daysLater = 0): string | undefined => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  const start = new Date(Number(year), Number(month) - 1, Number(date) + daysLater)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}

/** A day of the address, as it is typed. */
export const typedDay = (day: string): DayTyped => {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? []
  return year && month && date ? { day: String(Number(date)), month: String(Number(month)), year } : noDay
}

/** A typed day, for the address: empty where nothing was typed, and undefined where there is no such day. */
export const dayOf = (typed: DayTyped): string | undefined => {
  if (isBlank(typed)) return ''
  const start = startOfTyped(typed)
  if (!start) return undefined
  const two = (part: number) => String(part).padStart(2, '0')
  return `${start.getFullYear()}-${two(start.getMonth() + 1)}-${two(start.getDate())}`
}

/** What the API is asked. A number that is typed with spaces is taken without them. */
export const searchOf = ({ person, actor, type, outcome, client, from, to, after }: Asked): SearchAudit => {
  const words = {
    ...{ person: person.replace(/\s/g, ''), actor: actor.replace(/\s/g, ''), type, outcome, client: client.trim() },
    ...{ after, from: startOf(from) ?? '', to: startOf(to, 1) ?? '' },
  }
  return Object.fromEntries(Object.entries(words).filter(([, word]) => word !== '')) as SearchAudit // as the schema has it
}

/** What is wrong with what was asked, by field. */
export const faultsIn = ({ person, actor, from, to }: Asked): { field: keyof Asked; message: string }[] => {
  const isNumber = (text: string) => text === '' || /^\d{12}$/.test(text.replace(/\s/g, ''))
  return [
    ...(isNumber(person) ? [] : [{ field: 'person' as const, message: 'Enter a user number of 12 digits' }]),
    ...(isNumber(actor) ? [] : [{ field: 'actor' as const, message: 'Enter a user number of 12 digits' }]),
    ...(from && to && from > to
      ? [{ field: 'to' as const, message: 'The last day must not be before the first' }]
      : []),
  ]
}
