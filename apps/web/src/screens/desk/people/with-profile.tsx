import type { DeskProfile } from '@fobwatch/contracts'
import type { ComponentChild } from 'preact'
import { call } from '../../../api.ts'
import { Loading } from '../../../parts/loading.tsx'
import { TroublePage } from '../../../parts/trouble-page.tsx'
import { useFetched } from '../../../parts/use-fetched.ts'

/** What the desk's pages call somebody. */
export const nameOf = ({ givenName, familyName }: Pick<DeskProfile, 'givenName' | 'familyName'>) =>
  `${givenName} ${familyName}`

/** Fetches who a person is, for a page about them. */
export const WithProfile = ({
  staffId,
  children,
}: {
  staffId: string
  children: (profile: DeskProfile) => ComponentChild
}) => {
  const found = useFetched(staffId, () => call('GET /api/desk/people/:staffId/profile', { staffId }))
  if (found.trouble) return <TroublePage trouble={found.trouble} onRetry={found.reload} />
  return <>{found.value ? children(found.value) : <Loading />}</>
}
