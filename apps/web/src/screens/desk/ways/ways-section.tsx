import type { DeskAuthenticator, DeskPerson } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { WayCard } from '../../../parts/way-card.tsx'
import { useSession } from '../../../session.tsx'
import { boundWords } from '../../../words/bound.ts'
import { levelWord } from '../../../words/checks.ts'
import { dayWords } from '../../../words/dates.ts'
import { actionsOf, type WayAction } from './actions.ts'

/** What the links say, and what those hear besides who hear the link alone. */
const links: Record<WayAction, (name: string) => { label: string; hidden: string }> = {
  pause: (name) => ({ label: 'Pause', hidden: ` ${name}` }),
  start: (name) => ({ label: 'Use it again', hidden: ` (${name})` }),
  end: (name) => ({ label: 'Set end date', hidden: ` of ${name}` }),
  remove: (name) => ({ label: 'Remove', hidden: ` ${name}` }),
}

const Actions = ({ staffId, way, tasks }: { staffId: string; way: DeskAuthenticator; tasks: readonly string[] }) => (
  <ul class="nhsuk-card__actions">
    {actionsOf(way, tasks).map((action) => {
      const { label, hidden } = links[action](way.name)
      return (
        <li class="nhsuk-card__action" key={action}>
          <Link class="nhsuk-link" href={`/desk/ways/${staffId}/${way.id}/${action}`}>
            {label}
            <span class="nhsuk-u-visually-hidden">{hidden}</span>
          </Link>
        </li>
      )
    })}
  </ul>
)

/** The evidence behind the check, for whoever has to explain it. */
const Evidence = ({ way }: { way: DeskAuthenticator }) => (
  <details class="nhsuk-details">
    <summary class="nhsuk-details__summary">
      <span class="nhsuk-details__summary-text">
        Why it is a {levelWord(way.assuranceLevel)} check
        <span class="nhsuk-u-visually-hidden"> ({way.name})</span>
      </span>
    </summary>
    <div class="nhsuk-details__text">
      <ul>
        {way.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <p>
        {boundWords[way.boundBy]} on {dayWords(way.addedAt)}. Model: {way.model ?? 'not known'}.
      </p>
      {way.changedBy && way.changedAt && (
        <p>
          {way.changedBy} changed it on {dayWords(way.changedAt)}
          {way.note ? `: “${way.note}”` : '.'}
        </p>
      )}
    </div>
  </details>
)

/** What a person logs in with, and what the desk can do about it where that is the agent's work. */
export const WaysSection = ({ person: { staffId, authenticators } }: { person: DeskPerson }) => {
  const { session } = useSession()
  const tasks = session && session.staffId !== staffId ? session.desk : []
  return (
    <>
      <h2 class="nhsuk-heading-m">Ways to log in</h2>
      {authenticators.length === 0 && <p>None yet.</p>}
      {authenticators.map((way) => (
        <WayCard
          key={way.id}
          way={way}
          reader="desk"
          level={3}
          actions={actionsOf(way, tasks).length > 0 ? <Actions staffId={staffId} way={way} tasks={tasks} /> : undefined}
        >
          <Evidence way={way} />
        </WayCard>
      ))}
    </>
  )
}
