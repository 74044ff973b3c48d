import type { DeskAuthenticator, DeskPerson } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { WayCard } from '../../../parts/way-card.tsx'
import { useSession } from '../../../session.tsx'
import { boundWords } from '../../../words/bound.ts'
import { levelWord } from '../../../words/checks.ts'
import { dayWords } from '../../../words/dates.ts'

/** What can be done to a way. */
interface Action {
  path: string
  label: string
  /** What those hear besides who hear the link alone. */
  hidden: string
}

const actionsOf = ({ status, because, name }: DeskAuthenticator): Action[] => {
  const all: (Action | false)[] = [
    status === 'active' && { path: 'pause', label: 'Pause', hidden: ` ${name}` },
    status === 'suspended' && because !== 'model' && { path: 'start', label: 'Start again', hidden: ` (${name})` },
    status !== 'expired' && { path: 'end', label: 'Set end date', hidden: ` of ${name}` },
    { path: 'remove', label: 'Remove', hidden: ` ${name}` },
  ]
  return all.filter((each) => each !== false)
}

const Actions = ({ staffId, way }: { staffId: string; way: DeskAuthenticator }) => (
  <ul class="nhsuk-card__actions">
    {actionsOf(way).map(({ path, label, hidden }) => (
      <li class="nhsuk-card__action" key={path}>
        <Link class="nhsuk-link" href={`/desk/ways/${staffId}/${way.id}/${path}`}>
          {label}
          <span class="nhsuk-u-visually-hidden">{hidden}</span>
        </Link>
      </li>
    ))}
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
  const mayChange = session?.desk.includes('issue-authenticator') && session.staffId !== staffId
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
          actions={mayChange ? <Actions staffId={staffId} way={way} /> : undefined}
        >
          <Evidence way={way} />
        </WayCard>
      ))}
    </>
  )
}
