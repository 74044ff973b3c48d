import type { Authenticator } from '@fobwatch/contracts'
import { type ComponentChild, h } from 'preact'
import { checkWords } from '../words/checks.ts'
import { dayWords, momentWords } from '../words/dates.ts'
import { kindWord } from '../words/device.ts'
import { type Reader, standingWords } from '../words/standing.ts'
import { SummaryList } from './summary-list.tsx'
import { WayIcon } from './way-icon.tsx'

const withCapital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const kindOf = ({ kind, model, name }: Authenticator) =>
  model && model !== name ? `${withCapital(kindWord(kind))}, ${model}` : withCapital(kindWord(kind))

const rowsOf = (way: Authenticator, reader: Reader) => [
  ...[standingWords(way, reader)].filter((value) => value !== undefined).map((value) => ({ key: 'Now', value })),
  { key: 'Kind', value: kindOf(way) },
  { key: 'Check', value: checkWords(way) },
  { key: 'Set up', value: dayWords(way.addedAt) },
  { key: 'Last used', value: way.lastUsedAt ? momentWords(way.lastUsedAt) : 'Not used yet' },
]

const Tags = ({ way }: { way: Authenticator }) => (
  <>
    {way.current && <strong class="nhsuk-tag nhsuk-tag--blue">In use now</strong>}{' '}
    {way.status === 'suspended' && <strong class="nhsuk-tag nhsuk-tag--yellow">Paused</strong>}
    {way.status === 'expired' && <strong class="nhsuk-tag nhsuk-tag--grey">Ended</strong>}
  </>
)

interface Props {
  way: Authenticator
  actions?: ComponentChild
  reader: Reader
  /** Which heading the name is. */
  level?: 2 | 3
  /** More about it, below. */
  children?: ComponentChild
}

/** One way to log in, with what can be done to it. */
export const WayCard = ({ way, actions, reader, level = 2, children }: Props) => (
  <div class="nhsuk-card">
    <div class="nhsuk-card__heading-container">
      {h(
        `h${level}`,
        { class: 'nhsuk-card__heading nhsuk-heading-m' },
        <WayIcon way={way} />,
        way.name,
        ' ',
        <Tags way={way} />,
      )}
      {actions}
    </div>
    <div class="nhsuk-card__content">
      <SummaryList rows={rowsOf(way, reader)} lastBorder={false} />
      {children}
    </div>
  </div>
)
