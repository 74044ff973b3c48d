import { call } from '../../../api.ts'
import { SuccessBanner } from '../../../parts/banner.tsx'
import { ButtonLink, LineLink } from '../../../parts/buttons.tsx'
import { Loading } from '../../../parts/loading.tsx'
import { Page } from '../../../parts/page.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useDoneBefore } from '../../../parts/use-done.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { useSession } from '../../../session.tsx'
import { PeopleSections } from '../people/people-sections.tsx'
import { StatusTag } from '../status-tag.tsx'
import { WaysSection } from '../ways/ways-section.tsx'
import { EventsSection } from './events-section.tsx'
import { FactsSection } from './facts-section.tsx'
import { LinksSection } from './links-section.tsx'
import { NeedsAction } from './needs-action.tsx'
import { PlacesSection } from './places-section.tsx'
import { RolesSection } from './roles-section.tsx'

/** One person, as the desk sees them: each section is a part of its own. */
export const PersonPage = ({ staffId }: { staffId: string }) => {
  const text = useDoneBefore()
  const { session } = useSession()
  const mayIssueAny = session?.desk.includes('issue-authenticator') ?? false
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  const person = found.value
  if (!person) return <Loading />
  // Nobody gives a way to log in, or a role, to themselves.
  const isSelf = session?.staffId === staffId
  const mayIssue = mayIssueAny && !isSelf && person.status === 'active'
  const mayGive = (session?.desk.includes('assign-position') ?? false) && !isSelf && person.status !== 'closed'
  return (
    <Page title={person.name} before={<SuccessBanner text={text} />}>
      <p>
        <StatusTag person={person} />
      </p>
      <NeedsAction person={person} mayIssue={mayIssue} mayGive={mayGive} />
      <FactsSection person={person} />
      {mayIssue && <ButtonLink href={`/desk/issuing/${staffId}`}>Send a set-up link</ButtonLink>}
      <PeopleSections staffId={staffId} />
      <WaysSection person={person} />
      <LinksSection person={person} mayIssue={mayIssueAny} />
      <RolesSection staffId={staffId} mayGive={mayGive} />
      <PlacesSection person={person} />
      <EventsSection person={person} />
      <LineLink href="/desk">Find another person</LineLink>
    </Page>
  )
}
