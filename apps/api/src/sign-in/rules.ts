import type { HeldRole } from '@fobwatch/contracts'
import { satisfies } from '#assurance'

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

/**
 * The lowest level of check that one of these classes is content with.
 * @returns null where all name methods that we do not have
 */
export const levelAsked = (acrs: readonly string[]): 2 | 3 | null => {
  const asks = (given: string) => acrs.some((acr) => satisfies(acr, given))
  if (asks('AAL2_ANY')) return 2
  return asks('AAL3_FIDO2') || asks('AAL3_IOS') ? 3 : null
}
