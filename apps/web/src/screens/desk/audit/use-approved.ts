import type { WholeRequest } from '@fobwatch/contracts'
import { useState } from 'preact/hooks'
import { useSearchParams } from 'wouter-preact'
import { call } from '../../../api.ts'
import { useFetched } from '../../../parts/use-fetched.ts'
import type { Trouble } from '../../../trouble.ts'
import { myApproved } from '../requests/my-approved.ts'

interface Approved {
  /** What a second person approved: the one that the address names, `?request=ID`, or else any that is not used yet. */
  request: WholeRequest | undefined
  loading: boolean
  trouble: Trouble | undefined
}

const find = async (named: string | null): Promise<WholeRequest | null> => {
  const id = named ?? (await myApproved('export-audit'))?.id
  return id ? call('GET /api/desk/requests/:id', { id }) : null
}

/** Finds the approved request for a copy of the log, whether the page was opened to finish it or not. */
export const useApproved = (): Approved => {
  const [params] = useSearchParams()
  // The check that it is them has an address of its own, without it.
  const [id] = useState(() => params.get('request'))
  const found = useFetched(id ?? '', () => find(id))
  const isMeant = found.value?.kind === 'export-audit' && found.value.state === 'approved'
  return {
    request: (isMeant && found.value) || undefined,
    loading: found.value === undefined && !found.trouble,
    trouble: found.trouble,
  }
}
