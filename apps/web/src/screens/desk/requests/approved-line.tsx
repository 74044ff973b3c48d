import { call } from '../../../api.ts'
import { LineLink } from '../../../parts/buttons.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'

/** How much of what one asked for is approved and waits to be finished, and the way there; nothing where nothing waits. */
export const ApprovedLine = () => {
  const total = useFetched(
    'approved',
    async () => (await call('GET /api/desk/requests', { list: 'mine', state: 'approved', limit: '1' })).total,
  ).value
  if (!total) return null
  return (
    <LineLink href="/desk/requests/mine?state=approved">
      Approved, and waiting for you to finish: {total > 100 ? 'more than 100' : total}
    </LineLink>
  )
}
