import { call } from '../../../api.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import { DetailsSection } from './details-section.tsx'
import { IdentitySection } from './identity-section.tsx'
import { ProfessionsSection } from './professions-section.tsx'
import { StandingSection } from './standing-section.tsx'

/** Who somebody is, how that was proved, and the life of their profile: this part's sections of a person's page. */
export const PeopleSections = ({ staffId }: { staffId: string }) => {
  const found = useFetched(`profile ${staffId}`, () => call('GET /api/desk/people/:staffId/profile', { staffId }))
  if (found.trouble) return <p>More about them could not be shown. Load the page again.</p>
  const profile = found.value
  if (!profile) return null
  return (
    <>
      <DetailsSection profile={profile} />
      <IdentitySection profile={profile} />
      <ProfessionsSection profile={profile} />
      <StandingSection profile={profile} />
    </>
  )
}
