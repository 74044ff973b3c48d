import type { DeskPerson } from '@fobwatch/contracts'
import { WayCard } from '../../../parts/way-card.tsx'

/** What a person logs in with. */
export const WaysSection = ({ authenticators }: Pick<DeskPerson, 'authenticators'>) => (
  <>
    <h2 class="nhsuk-heading-m">Ways to log in</h2>
    {authenticators.length === 0 && <p>None yet.</p>}
    {authenticators.map((way) => (
      <WayCard key={way.id} way={way} reader="desk" level={3} />
    ))}
  </>
)
