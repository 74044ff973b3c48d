import type { HeldRole } from '@fobwatch/contracts'
import type { Now } from '#kernel'
import type { Role } from './role.ts'
import { lastUsedFirst, plainName, quotedName } from './rules.ts'
import type { AccessStore, HeldRow, RoleRow } from './store.ts'

interface Deps {
  store: AccessStore
  now: Now
  /** When the person last worked in each role, by assignment id; sessions know. */
  lastUseOf: (personId: string) => Promise<ReadonlyMap<string, Date>>
}

const asRole = ({
  organisationCode,
  organisationName,
  roleCode,
  staffGroup,
  subGroup,
  roleName,
  ...row
}: RoleRow): Role => ({
  personId: row.personId,
  personOrgId: row.personOrgId,
  personRoleId: row.personRoleId,
  organisation: { code: organisationCode, name: organisationName },
  position: row.position,
  role: {
    code: roleCode,
    name: quotedName({ staffGroup, subGroup, name: roleName }),
    plainName: plainName({ name: roleName }),
  },
  granted: row.granted,
  effective: row.effective,
  workgroups: row.workgroups,
  areaOfWork: row.areaOfWork && row.areaOfWorkCode ? { code: row.areaOfWorkCode, name: row.areaOfWork } : null,
})

/** One role by its `person_roleid`; nothing unless it is live: within its dates, not ended, its person active. */
export const findRole =
  (deps: Pick<Deps, 'store' | 'now'>) =>
  async (assignmentId: string): Promise<Role | undefined> => {
    const row = await deps.store.findRole(assignmentId, deps.now())
    return row && asRole(row)
  }

/** All live roles of a person, by the name of the role, then of the organisation. */
export const rolesOf =
  (deps: Pick<Deps, 'store' | 'now'>) =>
  async (personId: string): Promise<Role[]> =>
    (await deps.store.rolesOf(personId, deps.now())).map(asRole)

/** Puts the live roles of a person in the order in which they choose among them: last used first. */
export const inOrderOfUse =
  ({ lastUseOf }: Pick<Deps, 'lastUseOf'>) =>
  async (personId: string, roles: readonly HeldRow[]): Promise<HeldRole[]> => {
    // With one role there is nothing to put in order, and a sign-in is spared a question.
    const lastUse = roles.length > 1 ? await lastUseOf(personId) : new Map<string, Date>()
    return lastUsedFirst(
      roles.map(({ role: name, ...row }) => ({
        ...row,
        role: plainName({ name }),
        lastUsedAt: lastUse.get(row.id)?.toISOString() ?? null,
      })),
    )
  }

/** The live roles of a person as they choose among them, last used first. */
export const rolesHeldBy =
  (deps: Deps) =>
  async (personId: string): Promise<HeldRole[]> =>
    inOrderOfUse(deps)(personId, await deps.store.rolesHeldBy(personId, deps.now()))
