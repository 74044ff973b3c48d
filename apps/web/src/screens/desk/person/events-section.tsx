import type { DeskPerson } from '@fobwatch/contracts'
import { Link } from 'wouter-preact'
import { useSession } from '../../../session.tsx'
import { momentWords } from '../../../words/dates.ts'
import { eventWords } from '../../../words/events.ts'
import { addressOf, nothingAsked } from '../audit/asked.ts'

/** What happened to a person last, and for whoever reads the log, the way to all of it. */
export const EventsSection = ({ person: { staffId, name, events } }: { person: DeskPerson }) => {
  const mayReadAll = useSession().session?.desk.includes('read-audit')
  return (
    <>
      <h2 class="nhsuk-heading-m">What happened last</h2>
      {events.length === 0 && <p>Nothing yet.</p>}
      {events.length > 0 && (
        <ol class="fobwatch-results">
          {events.map((event, place) => (
            <li class="fobwatch-result" key={`${event.at} ${event.type} ${place}`}>
              <strong>{eventWords(event)}</strong>
              <br />
              {momentWords(event.at)}
            </li>
          ))}
        </ol>
      )}
      {mayReadAll && (
        <p class="fobwatch-line">
          <Link class="fobwatch-line__link" href={addressOf({ ...nothingAsked, person: staffId })}>
            See all<span class="nhsuk-u-visually-hidden"> that happened to {name}</span>
          </Link>
        </p>
      )}
    </>
  )
}
