import type { WorkCounts } from '@fobwatch/contracts'
import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'
import { ApprovedLine } from '../requests/approved-line.tsx'

const lists: readonly { count: keyof WorkCounts; href: string; label: string }[] = [
  { count: 'expiring', href: '/desk/work/expiring', label: 'Roles that end within 30 days' },
  { count: 'lost', href: '/desk/work/paused?because=lost', label: 'Lost devices' },
  { count: 'stolen', href: '/desk/work/paused?because=stolen', label: 'Stolen devices' },
  { count: 'badModels', href: '/desk/work/paused?because=model', label: 'Devices that are not safe any more' },
  { count: 'newStarters', href: '/desk/work/new-starters', label: 'New starters without a way to log in' },
  { count: 'links', href: '/desk/work/links', label: 'Links sent and not used yet' },
]

const countWords = (count: number) => (count > 100 ? 'more than 100' : String(count))

/** How much there is to do, each leading to its list. What could not be counted is left out: it is no reason to stop. */
export const WorkToDo = ({ tasks }: { tasks: readonly string[] }) => {
  const found = useFetched('work', () => call('GET /api/desk/work', {}))
  const decides = tasks.includes('decide-requests')
  const requests = useFetched(`requests ${decides}`, async () =>
    decides ? (await call('GET /api/desk/requests', { list: 'to-decide', limit: '1' })).total : null,
  )
  const counts = found.value
  if (!counts) return null
  return (
    <>
      {typeof requests.value === 'number' && (
        <LineLink href="/desk/requests">Requests that wait for you: {countWords(requests.value)}</LineLink>
      )}
      <ApprovedLine />
      {lists.map(({ count, href, label }) => {
        const number = counts[count]
        return number === null ? null : (
          <LineLink key={count} href={href}>
            {label}: {countWords(number)}
          </LineLink>
        )
      })}
    </>
  )
}
