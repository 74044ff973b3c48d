import type { RequestKind, WholeRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import type { Trouble } from '../../../trouble.ts'

/** What a second person approved, on the page that it is finished on. */
interface Approved {
  /** The request that the address names, once it is there, if it is approved and of this kind. */
  request: WholeRequest | undefined
  /** Whether the address names one that is still being fetched. */
  loading: boolean
  trouble: Trouble | undefined
}

/**
 * Finds the approved request that a page was opened to finish: its address says `?request=ID`. The page then does what
 * `request.asked` says, word for word, with `request: request.id` beside it.
 */
export const useApproved = (kind: RequestKind): Approved => {
  const [params] = useSearchParams()
  // The address goes on to other pages of the same screen, without it.
  const [id] = useState(() => params.get('request'))
  const found = useFetched(id ?? '', async () => (id ? call('GET /api/desk/requests/:id', { id }) : null))
  const request = found.value?.kind === kind && found.value.state === 'approved' ? found.value : undefined
  return { request, loading: id !== null && !found.value && !found.trouble, trouble: found.trouble }
}
