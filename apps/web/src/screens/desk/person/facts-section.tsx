import type { DeskPerson } from '@fobwatch/contracts'
import { SummaryList } from '../../../parts/summary-list.tsx'

const factsOf = (person: DeskPerson) => [
  { key: 'User number', value: person.staffId },
  { key: 'Employer', value: person.organisation ?? 'None yet' },
  { key: 'Work email', value: person.email ?? 'None yet' },
  { key: 'Identity check', value: `Level ${person.identityLevel}` },
]

/** Who a person is. */
export const FactsSection = ({ person }: { person: DeskPerson }) => <SummaryList rows={factsOf(person)} />
