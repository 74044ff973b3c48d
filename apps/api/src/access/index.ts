/**
 * Access: organisations, job roles, positions, and the duties of the registration authority; who holds which, and what
 * follows. Owns the tables from `organisation` to `assignment`; no endpoints of its own.
 * Invariant: whether somebody holds a role or a duty is derived at the moment of asking, from the dates of the
 * assignment and the status of the person, and is stored nowhere.
 * Neighbours: `oidc` puts roles in tokens, `http` asks `mayDo` before it lets anyone into the desk.
 */
import type { PositionSort } from '@fobwatch/contracts'
import type { Now, Transaction } from '#kernel'
import { assignmentsOf, findAssignment } from './assignments/assignments-of.ts'
import { changeAssignment, endAssignment, endAssignmentsOf } from './assignments/end-assignments.ts'
import { assignmentStore } from './assignments/store.ts'
import { catalogueFiles, catalogueRows } from './catalogue/catalogue.ts'
import { previewCatalogue, replaceCatalogue } from './catalogue/load-catalogue.ts'
import { catalogueStore } from './catalogue/store.ts'
import { coversDutiesOf, coversDuty, coversPlace, mayDo, reachOf, tasksOf, waysToDo } from './may-do.ts'
import { moveOrganisation, setClosed } from './organisations/change-organisation.ts'
import { loadOrganisations } from './organisations/load-organisations.ts'
import { organisationStore } from './organisations/store.ts'
import { addOrganisation, addPosition } from './positions/add-position.ts'
import { affiliate, assign, comeBackTo } from './positions/assign.ts'
import { type NewOrganisation, type NewPosition, positionStore } from './positions/store.ts'
import { changePosition, retirePosition } from './profiles/change-position.ts'
import { type PositionChange, type PositionsAsked, profileStore } from './profiles/store.ts'
import { findRole, inOrderOfUse, rolesHeldBy, rolesOf } from './roles.ts'
import { accessStore, type Store, takenAs } from './store.ts'

export type { UsedPosition } from './assignments/assignments-of.ts'
export type { HeldPosition } from './assignments/store.ts'
export { type CleanRole, cleanRole, type NrbacRole, nrbacRole, type TokenRole, tokenRole } from './claims.ts'
export type { LoadedOrganisations } from './organisations/load-organisations.ts'
export type { OrganisationRow, WorkgroupRow } from './organisations/store.ts'
export type { NewAssignment, NewOrganisation, NewPosition, NewWorkgroup } from './positions/store.ts'
export type { PositionChange, PositionHead, PositionRow, WholePosition } from './profiles/store.ts'
export type { Named, Role } from './role.ts'
export { plainName } from './rules.ts'
export { belonged, belongs, type HeldDuty, type HeldRow, heldBy, type Membership, reachOfAll } from './store.ts'
export { type Allowed, type Task, tasks } from './tasks.ts'

interface Deps {
  store: Store
  now: Now
  /** When the person last worked in each role, by assignment id. Without it no role counts as used. */
  lastUseOf?: (personId: string) => Promise<ReadonlyMap<string, Date>>
}

/** Opens the room. */
export const createAccess = ({ store, now, lastUseOf = async () => new Map() }: Deps) => {
  const access = accessStore(store)
  const positions = positionStore(store)
  const catalogue = catalogueStore(store)
  const deps = { store: access, now }
  const putting = { store: positions, now }
  const tree = organisationStore(store)
  const profiles = profileStore(store)
  const changing = { store: profiles, now }
  const assigning = { store: assignmentStore(store), now }
  return {
    findRole: findRole(deps),
    rolesOf: rolesOf(deps),
    rolesHeldBy: rolesHeldBy({ ...deps, lastUseOf }),
    inOrderOfUse: inOrderOfUse({ lastUseOf }),
    organisationsOf: access.organisationsOf,
    /** Ids of a person's organisations and of all above them: whose rules hold for that person. */
    organisationsAbove: (personId: string, tx?: Transaction) => access.organisationsAbove(personId, now(), tx),
    findOrganisation: positions.findOrganisation,
    dutiesOf: (personId: string) => access.dutiesOf(personId, now()),
    mayDo: mayDo(deps),
    reachOf: reachOf(deps),
    waysToDo: waysToDo(deps),
    tasksOf: tasksOf(deps),
    coversDutiesOf: coversDutiesOf(deps),
    coversDuty: coversDuty(deps),
    coversPlace: coversPlace(deps),
    /** Keeps a person's positions as they are until the transaction ends. */
    holdPositions: access.holdPositions,
    /** The catalogue as people choose from it. */
    catalogue: catalogue.whole,
    previewCatalogue: previewCatalogue({ store: catalogue, now }),
    replaceCatalogue: replaceCatalogue({ store: catalogue, now }),
    /** Brings the duties up to the files of this version, and, unless one was loaded, the catalogue of roles and activities. */
    loadCatalogue: (tx: Transaction) => catalogue.put(tx, catalogueRows(catalogueFiles)),
    addOrganisation: addOrganisation(putting),
    /** As `addOrganisation`, with a code that is taken as the Refusal `organisation_taken`. */
    createOrganisation: (tx: Transaction, organisation: NewOrganisation) =>
      takenAs('organisation_taken', addOrganisation(putting)(tx, organisation)),
    showOrganisation: tree.findRow,
    listOrganisations: tree.list,
    pathOf: tree.path,
    loadOrganisations: loadOrganisations({ store: tree }),
    moveOrganisation: moveOrganisation({ store: tree }),
    renameOrganisation: tree.rename,
    setClosed: setClosed({ store: tree, now }),
    addWorkgroup: positions.addWorkgroup,
    findWorkgroup: positions.findWorkgroup,
    workgroupsOf: tree.workgroupsOf,
    workgroupsByCode: tree.workgroupsByCode,
    renameWorkgroup: tree.renameWorkgroup,
    addPosition: addPosition(putting),
    findPosition: positions.findPosition,
    showPosition: profiles.findHead,
    wholePosition: (id: string) => profiles.findWhole(id, now()),
    listPositions: (sort: PositionSort, asked: PositionsAsked) => profiles.list(sort, now(), asked),
    /** As `addPosition`, with a name that is taken as the Refusal `position_taken`. */
    createPosition: (tx: Transaction, position: NewPosition) =>
      takenAs('position_taken', addPosition(putting)(tx, position)),
    changePosition: (tx: Transaction, id: string, to: PositionChange) =>
      takenAs('position_taken', changePosition({ store: profiles })(tx, id, to)),
    retirePosition: retirePosition(changing),
    isPositionHeldBy: (tx: Transaction, id: string, personId: string) => profiles.isHeldBy(tx, id, personId, now()),
    hasCodes: profiles.hasCodes,
    findDutyPosition: positions.findDutyPosition,
    affiliate: affiliate(putting),
    comeBackTo: comeBackTo(putting),
    assign: assign(putting),
    assignmentsOf: assignmentsOf({ ...assigning, lastUseOf }),
    findAssignment: findAssignment(assigning),
    changeAssignment: changeAssignment(assigning),
    endAssignment: endAssignment(assigning),
    endAssignmentsOf: endAssignmentsOf(assigning),
  }
}

export type Access = ReturnType<typeof createAccess>
