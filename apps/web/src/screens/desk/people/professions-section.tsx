import type { DeskProfile } from '@fobwatch/contracts'
import { LineLink } from '../../../parts/buttons.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { bodyNames } from '../../../words/people.ts'

/** What registers somebody is on. */
export const ProfessionsSection = ({ profile }: { profile: DeskProfile }) => {
  const { staffId, professions, may, standing } = profile
  return (
    <>
      <h2 class="nhsuk-heading-m">Professional registrations</h2>
      {professions.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <SummaryList rows={professions.map(({ body, number }) => ({ key: bodyNames[body], value: number }))} />
      )}
      {may.change === 'yes' && standing.status !== 'closed' && (
        <LineLink href={`/desk/people/${staffId}/professions`}>Change registrations</LineLink>
      )}
    </>
  )
}
