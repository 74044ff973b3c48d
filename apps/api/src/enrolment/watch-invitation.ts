import type { InvitationStatus } from '@fobwatch/contracts'
import { Refusal } from '#kernel'
import type { Deps } from './deps.ts'
import { asSent } from './links-of.ts'

const iso = (moment: Date | null) => moment?.toISOString() ?? null

/**
 * What has become of one of a person's links, codes and passes so far.
 * @throws Refusal `not_found` when the person has no such
 */
export const watchInvitation =
  ({ store, now }: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string, id: string): Promise<InvitationStatus> => {
    const row = await store.watch(personId, id, now())
    if (!row) throw new Refusal('not_found')
    const { name, kind, assuranceLevel } = row
    return {
      ...asSent(row, now()),
      mailed: row.mailed,
      enteredAt: iso(row.redeemedAt),
      openedAt: iso(row.openedAt),
      boxAt: iso(row.boxAt),
      usedAt: iso(row.spentAt),
      wrongTries: row.wrongTries,
      undone: row.undoneAt !== null,
      setUp: name && kind && assuranceLevel ? { name, kind, assuranceLevel } : null,
    }
  }
