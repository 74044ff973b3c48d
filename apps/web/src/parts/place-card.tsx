import type { LoggedInPlace } from '@fobwatch/contracts'
import { type ComponentChild, h } from 'preact'
import { momentWords } from '../words/dates.ts'
import { roleWords } from '../words/roles.ts'
import { SummaryList } from './summary-list.tsx'

const rowsOf = ({ idle, role, way, since, lastUsedAt, applications }: LoggedInPlace) => [
  ...(idle
    ? [{ key: 'Now', value: 'Logged out of Fobwatch, because nothing happened. Its applications may be open.' }]
    : []),
  { key: 'Role', value: role ? roleWords(role) : 'None chosen' },
  { key: 'Logged in with', value: way },
  { key: 'Since', value: momentWords(since) },
  { key: 'Last used', value: momentWords(lastUsedAt) },
  {
    key: 'Applications',
    value: applications.length > 0 ? applications.map(({ name }) => name).join(', ') : 'None opened',
  },
]

interface Props {
  place: LoggedInPlace
  /** Whether it is where it is being read. */
  here?: boolean
  action?: ComponentChild
  /** Which heading the device is. */
  level?: 2 | 3
}

/** One place where somebody is logged in, with what can be done about it. */
export const PlaceCard = ({ place, here = false, action, level = 2 }: Props) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__content">
      {h(
        `h${level}`,
        { class: 'nhsuk-card__heading nhsuk-heading-m' },
        place.device,
        ' ',
        here && <strong class="nhsuk-tag nhsuk-tag--blue">This one</strong>,
        ' ',
        place.shared && <strong class="nhsuk-tag nhsuk-tag--grey">Shared</strong>,
      )}
      <SummaryList rows={rowsOf(place)} lastBorder={false} />
      {action}
    </div>
  </div>
)
