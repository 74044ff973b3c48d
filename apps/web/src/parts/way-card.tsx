import type { Authenticator } from '@fobwatch/contracts'
import { type ComponentChild, h } from 'preact'
import { checkWords } from '../words/checks.ts'
import { dayWords, momentWords } from '../words/dates.ts'
import { kindWord } from '../words/device.ts'
import { SummaryList } from './summary-list.tsx'

const withCapital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const kindOf = ({ kind, model, name }: Authenticator) =>
  model && model !== name ? `${withCapital(kindWord(kind))}, ${model}` : withCapital(kindWord(kind))

const rowsOf = (way: Authenticator) => [
  { key: 'Kind', value: kindOf(way) },
  { key: 'Check', value: checkWords(way) },
  { key: 'Set up', value: dayWords(way.addedAt) },
  { key: 'Last used', value: way.lastUsedAt ? momentWords(way.lastUsedAt) : 'Not used yet' },
]

const Tags = ({ way }: { way: Authenticator }) => (
  <>
    {way.current && <strong class="nhsuk-tag nhsuk-tag--blue">In use now</strong>}{' '}
    {way.status === 'suspended' && <strong class="nhsuk-tag nhsuk-tag--yellow">Paused</strong>}
  </>
)

interface Props {
  way: Authenticator
  actions?: ComponentChild
  /** Which heading the name is. */
  level?: 2 | 3
}

/** One way to log in, with what can be done to it. */
export const WayCard = ({ way, actions, level = 2 }: Props) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__heading-container">
      {h(`h${level}`, { class: 'nhsuk-card__heading nhsuk-heading-m' }, way.name, ' ', <Tags way={way} />)}
      {actions}
    </div>
    <div class="nhsuk-card__content">
      <SummaryList rows={rowsOf(way)} lastBorder={false} />
    </div>
  </div>
)
