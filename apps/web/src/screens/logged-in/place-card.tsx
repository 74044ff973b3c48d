import type { MySession } from '@fobwatch/contracts'
import type { ComponentChild } from 'preact'
import { SummaryList } from '../../parts/summary-list.tsx'
import { momentWords } from '../../words/dates.ts'
import { roleWords } from '../../words/roles.ts'

const rowsOf = ({ idle, role, way, since, lastUsedAt, applications }: MySession) => [
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

/** One place where somebody is logged in, with what can be done about it. */
export const PlaceCard = ({ place, action }: { place: MySession; action?: ComponentChild }) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__content">
      <h2 class="nhsuk-card__heading nhsuk-heading-m">
        {place.device} {place.here && <strong class="nhsuk-tag nhsuk-tag--blue">This one</strong>}{' '}
        {place.shared && <strong class="nhsuk-tag nhsuk-tag--grey">Shared</strong>}
      </h2>
      <SummaryList rows={rowsOf(place)} lastBorder={false} />
      {action}
    </div>
  </div>
)
