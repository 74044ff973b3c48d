/** One number that the table rests on. */
interface Assumption {
  value: number
  says: string
}

/**
 * What is assumed of an organisation and of its machines. Each is an option of `npm run capacity`, by this name.
 * Bytes are what tables and indexes grew by, rounded up, over 400 sign-ins with one application and a refresh token, and
 * as many refreshes; those of WAL twice what was written without images of whole pages.
 */
export const assumptions = {
  staff: { value: 1_400_000, says: 'people' },
  'sign-ins': { value: 4, says: 'sign-ins with a device, for each person and working day' },
  onward: { value: 6, says: 'further applications that a person goes into without the device, each day' },
  refreshes: { value: 40, says: 'refreshes of tokens, for each person and day' },
  working: { value: 60, says: '% of people who work on a day' },
  peak: { value: 20, says: '% of a day’s sign-ins that come in its busiest hour' },
  burst: { value: 2, says: 'times the busiest hour’s rate, in its busiest minutes' },
  load: { value: 60, says: '% of its cores that are busy then, at most' },
  'cores-each': { value: 4, says: 'cores of the machine of an instance' },
  spare: { value: 1, says: 'instances that may be missing' },
  connections: {
    value: 10,
    says: 'database connections of a process (DATABASE_CONNECTIONS), and one more that hears of changes',
  },
  'process-memory': {
    value: 500,
    says: 'MB of a process under full load; there is one for each core, and a small one more',
  },
  'onward-cost': {
    value: 50,
    says: '% of a sign-in’s cost that going on into another application takes, where it was not measured',
  },
  'refresh-cost': { value: 20, says: '% of a sign-in’s cost that a refresh takes, where it was not measured' },
  'sign-in-bytes': { value: 800, says: 'bytes that stay of a sign-in: its event in the log, sealed' },
  'session-bytes': { value: 1_200, says: 'bytes of its session and its first application, while they are kept' },
  'onward-bytes': { value: 300, says: 'bytes of going on into another application, for as long' },
  'refresh-bytes': { value: 1_600, says: 'bytes of a refresh, until a day after its token ran out' },
  'sign-in-commits': { value: 5, says: 'transactions of a sign-in that write' },
  'onward-commits': { value: 2, says: 'of going on' },
  'refresh-commits': { value: 1, says: 'of a refresh' },
  'session-days': { value: 90, says: 'days that sessions are kept after they ended (SESSION_KEPT_DAYS)' },
  'log-years': { value: 8, says: 'years that the log is kept; the service removes nothing of it' },
  'sign-in-wal': { value: 12_000, says: 'bytes of the log of changes (WAL) for a sign-in' },
  'onward-wal': { value: 6_000, says: 'bytes of it for going on' },
  'refresh-wal': { value: 6_000, says: 'bytes of it for a refresh' },
} as const satisfies Record<string, Assumption>

export type Name = keyof typeof assumptions
export type Assumed = Record<Name, number>

export const usual = Object.fromEntries(
  Object.entries(assumptions).map(([name, { value }]) => [name, value]),
) as Assumed
