import type { DeskPerson } from '@fobwatch/contracts'
import { LineLink } from '../../../parts/buttons.tsx'
import { PlaceCard } from '../../../parts/place-card.tsx'
import { useSession } from '../../../session.tsx'

/** Where a person is logged in, and for whoever may change what they log in with, the end of it. */
export const PlacesSection = ({ person: { staffId, places } }: { person: DeskPerson }) => {
  const { session } = useSession()
  // Every duty that closes profiles without asking issues devices too.
  const mayEnd = session?.desk.includes('issue-authenticator') && session.staffId !== staffId
  return (
    <>
      <h2 class="nhsuk-heading-m">Where logged in</h2>
      {places.length === 0 && <p>Nowhere now.</p>}
      {places.map((place) => (
        <PlaceCard key={`${place.since} ${place.lastUsedAt} ${place.device}`} place={place} level={3} />
      ))}
      {mayEnd && places.length > 0 && (
        <LineLink href={`/desk/people/${staffId}/log-out`}>Log them out everywhere</LineLink>
      )}
    </>
  )
}
