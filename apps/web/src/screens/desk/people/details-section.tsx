import type { DeskProfile } from '@fobwatch/contracts'
import { LineLink } from '../../../parts/buttons.tsx'
import { SummaryList } from '../../../parts/summary-list.tsx'
import { dayWords } from '../../../words/dates.ts'

/** What somebody is called and how they are reached. */
export const DetailsSection = ({ profile }: { profile: DeskProfile }) => {
  const { staffId, title, givenName, middleNames, familyName, birthDate, email, phone, externalId, may } = profile
  const name = [title, givenName, middleNames, familyName].filter(Boolean).join(' ')
  return (
    <>
      <h2 class="nhsuk-heading-m">Details</h2>
      <SummaryList
        rows={[
          { key: 'Full name', value: name },
          ...(birthDate ? [{ key: 'Date of birth', value: dayWords(birthDate, 'UTC') }] : []),
          { key: 'Work email', value: email ?? 'None yet' },
          { key: 'Phone', value: phone ?? 'None yet' },
          { key: 'HR number', value: externalId ?? 'None' },
        ]}
      />
      {may.change !== 'no' && profile.standing.status !== 'closed' && (
        <LineLink href={`/desk/people/${staffId}/details`}>Change details</LineLink>
      )}
    </>
  )
}
