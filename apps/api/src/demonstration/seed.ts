import type { Transaction } from '#kernel'
import { emailOf, type PositionKey, places, players, positions, workgroups } from './cast.ts'
import type { Deps } from './deps.ts'
import { emailOfPersona, familyName, personas, sandboxCode } from './personas/personas.ts'
import { sandbox } from './personas/sandbox.ts'
import { enrolPersonas } from './personas/seed-personas.ts'
import { wardList } from './ward-list.ts'

type Seeding = Pick<Deps, 'store' | 'now' | 'record' | 'people' | 'access'>
type Ids = ReadonlyMap<string, string>

/**
 * Puts the fictional organisations, positions and people in place, and registers the ward list. Whatever is there stays
 * as it is, so that it may run at every start; the catalogue and the ward list's registration are brought up to date.
 * @param relyingApp the origin where the ward list is served
 */
export const seedDemonstration =
  (deps: Deps) =>
  async (relyingApp: string): Promise<void> => {
    await deps.inTransaction(async (tx) => {
      // The catalogue is loaded under a lock that lasts to the end: two who seed at once come one after the other.
      await deps.access.loadCatalogue(tx)
      const organisations = await seedPlaces(deps, tx)
      await seedWorkgroups(deps, tx, organisations)
      const positionIds = await seedPositions(deps, tx, organisations)
      await seedPeople(deps, tx, organisations, positionIds)
      await seedPersonas(deps, tx, organisations, positionIds)
      const ward = wardList(relyingApp)
      await deps.clients.registerClient(tx, ward)
      // Whoever tries it makes it their own.
      if (!(await deps.clients.findAnyClient(sandbox(ward).id))) await deps.clients.registerClient(tx, sandbox(ward))
    })
    await enrolPersonas(deps)
  }

const seedPlaces = async ({ access }: Seeding, tx: Transaction): Promise<Ids> => {
  const ids = new Map<string, string>()
  for (const { code, name, within } of places) {
    const known = await access.findOrganisation(code, tx)
    const parentId = within && idOf(ids, within)
    ids.set(code, known?.id ?? (await access.addOrganisation(tx, { code, name, parentId })))
  }
  return ids
}

const seedWorkgroups = async ({ access }: Seeding, tx: Transaction, organisations: Ids): Promise<void> => {
  for (const { at, ...workgroup } of workgroups) {
    if (await access.findWorkgroup(tx, workgroup.code)) continue
    await access.addWorkgroup(tx, { ...workgroup, organisationId: idOf(organisations, at) })
  }
}

const seedPositions = async ({ access, record }: Seeding, tx: Transaction, organisations: Ids): Promise<Ids> => {
  const ids = new Map<string, string>()
  for (const [key, { at, ...position }] of Object.entries(positions)) {
    const organisationId = idOf(organisations, at)
    const known = await access.findPosition(tx, organisationId, position.name)
    const id = known ?? (await access.addPosition(tx, { ...position, organisationId }))
    if (!known) await record(tx, { type: 'position-created', details: { position: id, organisation: organisationId } })
    ids.set(key, id)
  }
  return ids
}

const seedPeople = async (deps: Seeding, tx: Transaction, organisations: Ids, positionIds: Ids): Promise<void> => {
  const known = new Set((await deps.store.findByEmail(players.map(emailOf), tx)).map(({ email }) => email))
  for (const player of players.filter((each) => !known.has(emailOf(each)))) {
    const { title, givenName, middleNames, familyName, identityLevel = 3 } = player
    const name = { title, givenName, middleNames, familyName }
    const proved = { identityLevel, identityProvedAt: deps.now(), identityMethod: 'in-person' } as const
    const { id } = await deps.people.addPerson(tx, { ...name, ...proved, email: emailOf(player) })
    await deps.access.affiliate(tx, id, idOf(organisations, player.at))
    for (const registration of player.registrations ?? []) await deps.people.keepMembership(tx, id, registration)
    await seedAssignments(deps, tx, id, player.positions, positionIds)
  }
}

const seedPersonas = async (deps: Seeding, tx: Transaction, organisations: Ids, positionIds: Ids): Promise<void> => {
  const known = new Set((await deps.store.findByEmail(personas.map(emailOfPersona), tx)).map(({ email }) => email))
  for (const persona of personas.filter((each) => !known.has(emailOfPersona(each)))) {
    const { givenName, identityLevel } = persona
    const email = emailOfPersona(persona)
    const { id } = await deps.people.addPerson(tx, { givenName, familyName, identityLevel, email, sandboxOnly: true })
    await deps.access.affiliate(tx, id, idOf(organisations, sandboxCode))
    await seedAssignments(deps, tx, id, persona.positions, positionIds)
  }
}

const seedAssignments = async (
  { access, record, now }: Seeding,
  tx: Transaction,
  personId: string,
  held: readonly PositionKey[],
  positionIds: Ids,
): Promise<void> => {
  for (const key of held) {
    const positionId = idOf(positionIds, key)
    await access.assign(tx, { personId, positionId, startsAt: now() })
    await record(tx, { type: 'position-assigned', person: personId, details: { position: positionId } })
  }
}

const idOf = (ids: Ids, key: string): string => {
  const id = ids.get(key)
  if (!id) throw new Error(`The demonstration names ${key} before it is there`)
  return id
}
