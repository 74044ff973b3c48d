import type { Authenticator } from '@fobwatch/contracts'
import { modelOf } from './models.ts'
import type { Listed } from './store.ts'

/** An authenticator as its person and the desk see it. @param current the one that this session was opened with */
export const viewOf = ({ aaguid, addedAt, lastUsedAt, ...row }: Listed, current?: string): Authenticator => ({
  ...row,
  model: modelOf(aaguid)?.name ?? null,
  icon: null,
  addedAt: addedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  current: row.id === current,
})
