import type { DeskRequest, TwoPeopleKind } from '@fobwatch/contracts'
import { call } from '../../../api.ts'

/**
 * What whoever is here asked for, somebody else approved, and nobody has used yet.
 * @param staffId whom it is about, where the kind is about somebody
 */
export const myApproved = async (kind: TwoPeopleKind, staffId?: string): Promise<DeskRequest | undefined> => {
  const { rows } = await call('GET /api/desk/requests', { list: 'mine', kind, state: 'approved', limit: '100' })
  return rows.find(({ about }) => about?.staffId === staffId)
}
