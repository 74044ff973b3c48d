import type { Authenticator } from '@fobwatch/contracts'
import type { Deps } from './deps.ts'
import { modelOf } from './models.ts'
import type { Listed } from './store.ts'

/**
 * An authenticator as its person sees it. Its model is called as we call it, or else as its maker does in the metadata;
 * one that nobody knows has no name, and is called by its kind.
 */
export const viewOf =
  ({ modelOf: inMetadata }: Pick<Deps, 'modelOf'>) =>
  /**
   * @param personId whose it is
   * @param current the one that this session was opened with
   */
  (
    { aaguid, addedAt, lastUsedAt, changedAt, changedBy, expiresAt, note: _theirs, ...row }: Listed,
    personId: string,
    current?: string,
  ): Authenticator => {
    const published = inMetadata(aaguid)
    return {
      ...row,
      model: modelOf(aaguid)?.name ?? published?.name ?? null,
      icon: published?.icon ? `/api/models/${aaguid}/icon` : null,
      changedAt: changedAt?.toISOString() ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
      mayReinstate: row.because === 'lost' && changedBy === personId,
      addedAt: addedAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      current: row.id === current,
    }
  }
