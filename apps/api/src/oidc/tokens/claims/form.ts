import type { Role } from '#access'

/** Where the two forms differ: how levels and roles are written, and what is said where there is nothing. */
export interface Form {
  /** Of the person's identity, in `idassurancelevel`. */
  identity: (level: number) => unknown
  /** In `id_assurance_level` and `authentication_assurance_level`. */
  level: (level: number) => unknown
  /** In `nhsid_nrbac_roles`. */
  role: (role: Role) => object
  /** In `nhsid_org_roles`. */
  roleThere: (role: Role) => object
  /** A list, or nothing in its place. */
  list: (items: readonly object[]) => readonly object[] | null
}
