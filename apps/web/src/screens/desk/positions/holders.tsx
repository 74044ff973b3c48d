import { Link } from 'wouter-preact'
import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'

/** Who has a position now. */
export const Holders = ({ position }: { position: string }) => {
  const found = useFetched(position, () =>
    call('GET /api/desk/reports/positions', { position, sort: 'person', limit: '100' }),
  )
  if (found.trouble) return <p>Who has it cannot be shown just now.</p>
  if (!found.value || found.value.rows.length === 0) return null
  return (
    <>
      <h2 class="nhsuk-heading-m">Who has it now</h2>
      <ul class="fobwatch-results">
        {found.value.rows.map(({ id, staffId, person }) => (
          <li class="fobwatch-result" key={id}>
            <Link class="fobwatch-line__link" href={`/desk/people/${staffId}`}>
              {person}
            </Link>
            <br />
            User number {staffId}
          </li>
        ))}
      </ul>
      {found.value.next && <LineLink href="/desk/reports/positions">There are more: see the report</LineLink>}
    </>
  )
}
