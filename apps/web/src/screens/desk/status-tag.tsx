import type { FoundPerson } from '@fobwatch/contracts'

/** What is unusual about a person, in one word. Someone active has no tag. */
export const StatusTag = ({ person }: { person: Pick<FoundPerson, 'status' | 'ways' | 'paused'> }) => {
  if (person.status === 'suspended') return <strong class="nhsuk-tag nhsuk-tag--yellow">Paused</strong>
  if (person.status === 'closed') return <strong class="nhsuk-tag nhsuk-tag--grey">Closed</strong>
  if (person.ways > 0) return null
  return person.paused > 0 ? (
    <strong class="nhsuk-tag nhsuk-tag--yellow">Device paused</strong>
  ) : (
    <strong class="nhsuk-tag nhsuk-tag--blue">New</strong>
  )
}
