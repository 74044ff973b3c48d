import type { DeskRequest, WholeRequest } from '@fobwatch/contracts'
import { fullName } from '#people'
import type { ListedRow, WholeRow } from './store.ts'

const nameOf = (givenName: string | null, familyName: string | null): string | null =>
  givenName !== null && familyName !== null ? fullName({ givenName, familyName }) : null

/** A request as whoever asks sees it in a list. */
export const asListed = (row: ListedRow, who: string | null): DeskRequest => {
  const about = nameOf(row.personGivenName, row.personFamilyName)
  const { organisationCode: code, organisationName: name } = row
  return {
    ...{ id: row.id, kind: row.kind, state: row.state },
    about: about !== null && row.personStaffId !== null ? { staffId: row.personStaffId, name: about } : null,
    organisation: code !== null && name !== null ? { code, name } : null,
    raisedBy: {
      staffId: row.raiserStaffId,
      name: fullName({ givenName: row.raiserGivenName, familyName: row.raiserFamilyName }),
    },
    raisedAt: row.raisedAt.toISOString(),
    dueAt: row.expiresAt.toISOString(),
    heldBy: nameOf(row.holderGivenName, row.holderFamilyName),
    heldUntil: row.heldUntil?.toISOString() ?? null,
    position: row.position,
    mine: row.raisedBy === who,
    held: row.heldBy !== null && row.heldBy === who,
    mayDecide: row.state === 'open' && row.mayDecide,
  }
}

/** A request with all that there is to say of it. */
export const asWhole = (row: WholeRow, who: string | null): WholeRequest => ({
  ...asListed(row, who),
  ...{ asked: row.asked, note: row.note, because: row.because },
  decidedBy: nameOf(row.deciderGivenName, row.deciderFamilyName),
  decidedAt: row.decidedAt?.toISOString() ?? null,
})
