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

const Actions = ({ way }: { way: Authenticator }) => (
  <ul class="nhsuk-card__actions">
    <li class="nhsuk-card__action">
      <Link class="nhsuk-link" href={`/ways/${way.id}/name`}>
        Change name<span class="nhsuk-u-visually-hidden"> of {way.name}</span>
      </Link>
    </li>
    <li class="nhsuk-card__action">
      <Link class="nhsuk-link" href={`/ways/${way.id}/remove`}>
        Remove<span class="nhsuk-u-visually-hidden"> {way.name}</span>
      </Link>
    </li>
  </ul>
)

/** One card for each way. */
export const WayList = ({ ways, done, onLeave }: Props) => {
  // The message is for one visit of this page.
  useEffect(() => onLeave, [])
  return (
    <Page title="Your ways to log in" before={<SuccessBanner text={done} />}>
      {ways.length === 1 && (
        <div class="nhsuk-inset-text">
          <p>You have 1 way to log in. If you lose it, you must visit the desk.</p>
        </div>
      )}
      {ways.map((way) => (
        <WayCard key={way.id} way={way} actions={<Actions way={way} />} />
      ))}
      <ButtonLink href="/ways/add">Add another way</ButtonLink>
      <LineLink href="/">Go back</LineLink>
    </Page>
  )
}
