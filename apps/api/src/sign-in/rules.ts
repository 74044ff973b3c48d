import type { HeldRole } from '@fobwatch/contracts'

/** What to do about the role that a person acts in. */
export type RoleStep = { kind: 'none' } | { kind: 'take'; role: string } | { kind: 'choose' }

/**
 * One role is taken without asking, several are asked about, none is let through as such (CIS2).
 * @param wanted whether the application asked for a role
 * @param held the roles that the person holds now
 * @param chosen the role of the session, if one was chosen and lasts
 */
export const roleStep = (wanted: boolean, held: readonly HeldRole[], chosen: string | null): RoleStep => {
  const [first, second] = held
  if (!wanted || !first) return { kind: 'none' }
  if (chosen && held.some(({ id }) => id === chosen)) return { kind: 'none' }
  return second ? { kind: 'choose' } : { kind: 'take', role: first.id }
}
