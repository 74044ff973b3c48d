import type { WholeRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import type { Trouble } from '../../../trouble.ts'

interface Approved {
  /** What a second person approved, where the address names it: `?request=ID`. */
  request: WholeRequest | undefined
  loading: boolean
  trouble: Trouble | undefined
}

/** Finds the approved request for a copy of the log that the page was opened to finish. */
export const useApproved = (): Approved => {
  const [params] = useSearchParams()
  // The check that it is them has an address of its own, without it.
  const [id] = useState(() => params.get('request'))
  const found = useFetched(id ?? '', async () => (id ? call('GET /api/desk/requests/:id', { id }) : null))
  const isMeant = found.value?.kind === 'export-audit' && found.value.state === 'approved'
  return {
    request: (isMeant && found.value) || undefined,
    loading: id !== null && !found.value && !found.trouble,
    trouble: found.trouble,
  }
}
