import type { HeldRole } from '@fobwatch/contracts'

/** A role in one line, as applications show it: the position, then the place. */
export const roleWords = ({ position, organisation }: Pick<HeldRole, 'position' | 'organisation'>): string =>
  `${position}, ${organisation}`

/** What stands below a position: the place, after the name of the role where the position does not say that. */
export const placeWords = ({ role, position, organisation }: Pick<HeldRole, 'role' | 'position' | 'organisation'>) =>
  position.toLowerCase().includes(role.toLowerCase()) ? organisation : `${role}, ${organisation}`
