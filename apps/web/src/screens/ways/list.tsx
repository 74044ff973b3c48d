import type { Authenticator } from '@fobwatch/contracts'
import { useEffect } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { SuccessBanner } from '../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Page } from '../../parts/page.tsx'
import { WayCard } from '../../parts/way-card.tsx'

interface Props {
  ways: readonly Authenticator[]
  /** What has just been done. */
  done: string | undefined
  onLeave: () => void
}

/** What can be done to a way. */
interface Action {
  path: string
  label: string
  /** What those hear besides who hear the link alone. */
  hidden: string
}

const actionsOf = ({ status, mayReinstate, name }: Authenticator): Action[] => {
  const all: (Action | false)[] = [
    mayReinstate && { path: 'found', label: 'Use it again', hidden: ` (${name})` },
    { path: 'name', label: 'Change name', hidden: ` of ${name}` },
    status === 'active' && { path: 'lost', label: 'Report lost', hidden: ` (${name})` },
    { path: 'remove', label: 'Remove', hidden: ` ${name}` },
  ]
  return all.filter((each) => each !== false)
}

const Actions = ({ way }: { way: Authenticator }) => (
  <ul class="nhsuk-card__actions">
    {actionsOf(way).map(({ path, label, hidden }) => (
      <li class="nhsuk-card__action" key={path}>
        <Link class="nhsuk-link" href={`/ways/${way.id}/${path}`}>
          {label}
          <span class="nhsuk-u-visually-hidden">{hidden}</span>
        </Link>
      </li>
    ))}
  </ul>
)

const OnlyOne = ({ ofSeveral }: { ofSeveral: boolean }) => (
  <div class="nhsuk-inset-text">
    <p>
      {ofSeveral ? 'Only 1 of your ways to log in works now.' : 'You have 1 way to log in.'} If you lose it, you must
      visit the desk.
    </p>
  </div>
)

/** One card for each way. */
export const WayList = ({ ways, done, onLeave }: Props) => {
  // The message is for one visit of this page.
  useEffect(() => onLeave, [])
  return (
    <Page title="Your ways to log in" before={<SuccessBanner text={done} />}>
      {ways.filter(({ status }) => status === 'active').length === 1 && <OnlyOne ofSeveral={ways.length > 1} />}
      {ways.map((way) => (
        <WayCard key={way.id} way={way} reader="holder" actions={<Actions way={way} />} />
      ))}
      {ways.every(({ assuranceLevel }) => assuranceLevel < 3) && (
        <p>For a strong check, ask the desk to set up a security key that gives one.</p>
      )}
      <ButtonLink href="/ways/add">Add another way</ButtonLink>
      <LineLink href="/">Go back</LineLink>
    </Page>
  )
}
