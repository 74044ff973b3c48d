import type { HeldRole } from '@fobwatch/contracts'

/** From this many roles on, a search stands above the list. */
export const manyRoles = 6

/** Roles in the order to offer them: last used on top, then by position and place. */
export const inOrder = (roles: readonly HeldRole[]): HeldRole[] =>
  roles.toSorted(
    (a, b) =>
      (b.lastUsedAt ?? '').localeCompare(a.lastUsedAt ?? '') ||
      a.position.localeCompare(b.position) ||
      a.organisation.localeCompare(b.organisation),
  )

/** Roles of which every word of the search is found somewhere: in the role, the position or the place. */
export const matching = (roles: readonly HeldRole[], search: string): HeldRole[] => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return roles.filter((role) => {
    const text = `${role.role} ${role.position} ${role.organisation} ${role.organisationCode}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
