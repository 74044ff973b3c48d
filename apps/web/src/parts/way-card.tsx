import type { Authenticator } from '@fobwatch/contracts'
import { type ComponentChild, h } from 'preact'
import { checkWords } from '../words/checks.ts'
import { dayWords, momentWords } from '../words/dates.ts'
import { kindWord } from '../words/device.ts'
import { standingWords } from '../words/standing.ts'
import { SummaryList } from './summary-list.tsx'
import { WayIcon } from './way-icon.tsx'

const withCapital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

const kindOf = ({ kind, model, name }: Authenticator) =>
  model && model !== name ? `${withCapital(kindWord(kind))}, ${model}` : withCapital(kindWord(kind))

/** What to do about a way that its holder cannot start again. */
const standingOf = (way: Authenticator) => {
  const words = standingWords(way)
  return words && way.status === 'suspended' && !way.mayReinstate ? `${words} To start it again, call the desk.` : words
}

const rowsOf = (way: Authenticator) => [
  ...[standingOf(way)].filter((value) => value !== undefined).map((value) => ({ key: 'Now', value })),
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
  /** Which heading the name is. */
  level?: 2 | 3
}

/** One way to log in, with what can be done to it. */
export const WayCard = ({ way, actions, level = 2 }: Props) => (
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
      <SummaryList rows={rowsOf(way)} lastBorder={false} />
    </div>
  </div>
)
