import type { FoundPerson } from '@fobwatch/contracts'

/** What is unusual about a person, in one word. Someone active has no tag. */
export const StatusTag = ({ person }: { person: Pick<FoundPerson, 'status' | 'ways'> }) => {
  if (person.status === 'suspended') return <strong class="nhsuk-tag nhsuk-tag--yellow">Paused</strong>
  if (person.status === 'closed') return <strong class="nhsuk-tag nhsuk-tag--grey">Closed</strong>
  return person.ways === 0 ? <strong class="nhsuk-tag nhsuk-tag--blue">New</strong> : null
}
