import type { AskedReport, AuthenticatorKind, ReportLine } from '@fobwatch/contracts'
import { call } from '../../../api.ts'
import { levelName } from '../../../words/checks.ts'
import { dayWords } from '../../../words/dates.ts'
import { kindWord } from '../../../words/device.ts'
import { kindWords, stateWords } from '../../../words/requests.ts'
import { type Asked, type Choice, daysChoice, PagedList, personColumn } from '../paged-list.tsx'

const any = { value: '', label: 'All' }
const statusWords: Record<string, string> = {
  active: 'Active',
  suspended: 'Paused',
  closed: 'Closed',
  expired: 'Run out',
}
const kinds: readonly AuthenticatorKind[] = ['phone', 'tablet', 'computer', 'security-key', 'smartcard', 'passkey']
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const kindLabel = (kind: string) => capital(kindWord(kind as AuthenticatorKind) ?? kind)
const statuses = (values: readonly string[]): Choice => ({
  name: 'status',
  label: 'Status',
  options: [any, ...values.map((value) => ({ value, label: statusWords[value] ?? value }))],
})
const identityLevel: Choice = {
  name: 'level',
  label: 'Identity check',
  options: [any, ...['1', '2', '3'].map((value) => ({ value, label: `Level ${value}` }))],
}
const check: Choice = {
  name: 'level',
  label: 'Check',
  options: [any, ...['1', '2', '3'].map((value) => ({ value, label: levelName(Number(value)) }))],
}
const sort = (options: Record<string, string>): Choice => ({
  name: 'sort',
  label: 'Sort by',
  options: Object.entries(options).map(([value, label]) => ({ value, label })),
})
const asReport = (asked: Asked) => asked as AskedReport

/** Who works at the agent's organisations. */
export const PeopleReport = () => (
  <PagedList<ReportLine<'people'>>
    title="People"
    none="Nobody is like that."
    file="/api/desk/reports/people.csv"
    choices={[
      statuses(['active', 'suspended', 'closed']),
      identityLevel,
      sort({ name: 'Last name', newest: 'Newest first' }),
    ]}
    read={(asked) => call('GET /api/desk/reports/people', asReport(asked))}
    keyOf={({ staffId }) => staffId}
    columns={[
      personColumn,
      { heading: 'Employer', cell: ({ organisation }) => organisation },
      { heading: 'Status', cell: ({ status }) => statusWords[status] },
      { heading: 'Identity check', cell: ({ identityLevel }) => `Level ${identityLevel}` },
      { heading: 'Ways to log in', cell: ({ ways }) => (ways === 0 ? 'None yet' : ways) },
    ]}
  />
)

/** What people log in with. */
export const AuthenticatorsReport = () => (
  <PagedList<ReportLine<'authenticators'>>
    title="Ways to log in"
    none="No way to log in is like that."
    file="/api/desk/reports/authenticators.csv"
    choices={[
      { name: 'kind', label: 'Kind', options: [any, ...kinds.map((value) => ({ value, label: kindLabel(value) }))] },
      check,
      statuses(['active', 'suspended', 'expired']),
      daysChoice(true),
      sort({ name: 'Last name', unused: 'Longest not used', expires: 'Ends soonest', newest: 'Newest first' }),
    ]}
    read={(asked) => call('GET /api/desk/reports/authenticators', asReport(asked))}
    keyOf={({ id }) => id}
    columns={[
      personColumn,
      { heading: 'What', cell: ({ name, model }) => (model && model !== name ? `${name} (${model})` : name) },
      { heading: 'Check', cell: ({ level }) => levelName(level) },
      { heading: 'Status', cell: ({ status }) => statusWords[status] ?? status },
      { heading: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? dayWords(lastUsedAt) : 'Not used yet') },
      { heading: 'Ends', cell: ({ expiresAt }) => (expiresAt ? dayWords(expiresAt) : 'No end') },
    ]}
  />
)

/** Who is in which position. */
export const PositionsReport = () => (
  <PagedList<ReportLine<'positions'>>
    title="Positions and who has them"
    none="Nobody has a position like that."
    file="/api/desk/reports/positions.csv"
    choices={[daysChoice(true), sort({ position: 'Position', person: 'Last name', expires: 'Ends soonest' })]}
    read={(asked) => call('GET /api/desk/reports/positions', asReport(asked))}
    keyOf={({ id }) => id}
    columns={[
      personColumn,
      { heading: 'Position', cell: ({ position }) => position },
      { heading: 'Place', cell: ({ organisation }) => organisation },
      { heading: 'Since', cell: ({ startsAt }) => dayWords(startsAt) },
      { heading: 'Ends', cell: ({ expiresAt }) => (expiresAt ? dayWords(expiresAt) : 'No end') },
    ]}
  />
)

/** What was asked of a second person. */
export const RequestsReport = () => (
  <PagedList<ReportLine<'requests'>>
    title="Requests"
    none="No request is like that."
    file="/api/desk/reports/requests.csv"
    choices={[
      {
        name: 'kind',
        label: 'What is asked',
        options: [any, ...Object.entries(kindWords).map(([value, label]) => ({ value, label }))],
      },
      {
        name: 'state',
        label: 'What became of it',
        options: [any, ...Object.entries(stateWords).map(([value, label]) => ({ value, label }))],
      },
      sort({ newest: 'Newest first', oldest: 'Oldest first' }),
    ]}
    read={(asked) => call('GET /api/desk/reports/requests', asReport(asked))}
    keyOf={({ id }) => id}
    columns={[
      { heading: 'What is asked', cell: ({ kind }) => kindWords[kind] },
      { heading: 'About', cell: ({ person }) => person ?? 'Everybody' },
      { heading: 'Asked by', cell: ({ raisedBy }) => raisedBy },
      { heading: 'Asked on', cell: ({ raisedAt }) => dayWords(raisedAt) },
      { heading: 'Status', cell: ({ state }) => stateWords[state] },
    ]}
  />
)
