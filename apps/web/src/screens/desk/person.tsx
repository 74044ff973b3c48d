import type { DeskPerson } from '@fobwatch/contracts'
import { call } from '../../api.ts'
import { ButtonLink, LineLink } from '../../parts/buttons.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Page } from '../../parts/page.tsx'
import { SummaryList } from '../../parts/summary-list.tsx'
import { TroublePage } from '../../parts/trouble-page.tsx'
import { useFetched } from '../../parts/use-fetched.ts'
import { WayCard } from '../../parts/way-card.tsx'
import { momentWords } from '../../words/dates.ts'
import { placeWords } from '../../words/roles.ts'
import { StatusTag } from './status-tag.tsx'

const linkStates: Record<DeskPerson['links'][number]['state'], string> = {
  open: 'Not used yet',
  used: 'Used',
  expired: 'Expired',
  replaced: 'Cancelled, or replaced by a newer one',
  blocked: 'Stopped after 5 wrong tries',
}

const Links = ({ links }: Pick<DeskPerson, 'links'>) => (
  <>
    <h2 class="nhsuk-heading-m">Set-up links</h2>
    {links.length === 0 ? (
      <p>No link made yet.</p>
    ) : (
      <ul>
        {links.map((link) => (
          <li key={link.id}>
            {linkStates[link.state]}: made at {momentWords(link.createdAt)}, works until {momentWords(link.expiresAt)}
          </li>
        ))}
      </ul>
    )}
  </>
)

const Roles = ({ roles }: Pick<DeskPerson, 'roles'>) => (
  <>
    <h2 class="nhsuk-heading-m">Roles</h2>
    {roles.length === 0 ? (
      <p>No role yet.</p>
    ) : (
      <ul>
        {roles.map((role) => (
          <li key={role.id}>
            {role.position}, {placeWords(role)}
          </li>
        ))}
      </ul>
    )}
  </>
)

const Ways = ({ authenticators }: Pick<DeskPerson, 'authenticators'>) => (
  <>
    <h2 class="nhsuk-heading-m">Ways to log in</h2>
    {authenticators.length === 0 && <p>None yet.</p>}
    {authenticators.map((way) => (
      <WayCard key={way.id} way={way} reader="desk" level={3} />
    ))}
  </>
)

const factsOf = (person: DeskPerson) => [
  { key: 'User number', value: person.staffId },
  { key: 'Employer', value: person.organisation ?? 'None yet' },
  { key: 'Work email', value: person.email ?? 'None yet' },
  { key: 'Identity check', value: `Level ${person.identityLevel}` },
]

/** One person, as the desk sees them. */
export const PersonPage = ({ staffId }: { staffId: string }) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const person = found.value
  if (!person) return <Loading />
  return (
    <Page title={person.name}>
      <p>
        <StatusTag person={person} />
      </p>
      <SummaryList rows={factsOf(person)} />
      <ButtonLink href={`/desk/people/${staffId}/link`}>Make a set-up link</ButtonLink>
      <Ways authenticators={person.authenticators} />
      <Links links={person.links} />
      <Roles roles={person.roles} />
      <LineLink href="/desk">Find another person</LineLink>
    </Page>
  )
}
