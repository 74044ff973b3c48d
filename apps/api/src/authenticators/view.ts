import type { Authenticator } from '@fobwatch/contracts'
import { modelOf } from './models.ts'
import type { Listed } from './store.ts'

/**
 * An authenticator as its person sees it.
 * @param personId whose it is
 * @param current the one that this session was opened with
 */
export const viewOf = (
  { aaguid, addedAt, lastUsedAt, changedAt, changedBy, expiresAt, note: _theirs, ...row }: Listed,
  personId: string,
  current?: string,
): Authenticator => ({
  ...row,
  model: modelOf(aaguid)?.name ?? null,
  icon: null,
  changedAt: changedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
  mayReinstate: row.because === 'lost' && changedBy === personId,
  addedAt: addedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  current: row.id === current,
})
