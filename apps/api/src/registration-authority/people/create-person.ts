import type { CreatedPerson, CreatePerson } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { Refusal, type Transaction } from '#kernel'
import { fullName } from '#people'
import { deedAt } from '../access/deed-at.ts'
import type { Deps } from '../deps.ts'
import { type By, byVisitor } from './by.ts'
import { matchesFor } from './find-duplicates.ts'
import { requireBirthDate, requireProof } from './rules.ts'

/** Whoever was not looked at may be the same person, also when they came a moment ago. */
const requireLookedAt = async (deps: Deps, tx: Transaction, { actor }: By, input: CreatePerson): Promise<void> => {
  await deps.people.lockNewPeople(tx)
  const { evidence } = input.identity
  const acknowledged = new Set(input.acknowledged)
  const matches = await matchesFor(deps, tx, actor, { ...input, evidence })
  if (matches.some(({ id }) => !acknowledged.has(id))) throw new Refusal('person_similar')
}

/** Stores the person, who they were proved to be, what registers they are on, and where they work. */
const store = async (deps: Deps, tx: Transaction, by: By, organisationId: string, input: CreatePerson) => {
  const { organisation: _, acknowledged: __, professions = [], identity, ...details } = input
  const { level, how, evidence } = identity
  const proved = { identityProvedBy: by.actor, identityProvedAt: deps.now(), identityMethod: how }
  const person = await deps.people.addPerson(tx, { ...details, ...proved, identityLevel: level }, by)
  const seen = deps.people.withoutNumbers(evidence)
  await deps.people.keepEvidence(tx, { ...by, personId: person.id, level, how, evidence: seen })
  for (const profession of professions) await deps.people.keepMembership(tx, person.id, profession, by)
  await deps.access.affiliate(tx, person.id, organisationId)
  return person
}

/**
 * Creates a person at an organisation, with what they showed to prove who they are. They can log in when they are given a
 * link, and may do something when they are given a position.
 * @throws Refusal as `deedAt` does; `organisation_unknown` outside the agent's reach; `invalid_request` for a birth date that cannot be one, and for two numbers at one body;
 *   `level_too_high` above the agent's own level; `evidence_too_little`; `person_similar` while there is anybody alike who
 *   was not looked at; `external_id_taken`
 */
export const createPerson =
  (deps: Deps) =>
  async (input: CreatePerson, visit: Visit): Promise<CreatedPerson> => {
    requireBirthDate(input.birthDate, deps.now())
    const bodies = (input.professions ?? []).map(({ body }) => body)
    if (new Set(bodies).size < bodies.length)
      throw new Refusal('invalid_request', new Error('One number for each body'))

    const by = byVisitor(visit)
    return deedAt(deps, visit, 'create-person', async ({ tx, reaches }) => {
      const place = await deps.access.findOrganisation(input.organisation, tx)
      if (!place || !reaches(place.id)) throw new Refusal('organisation_unknown')
      const agent = await deps.people.findPerson(by.actor, tx)
      requireProof(input.identity, agent?.identityLevel ?? 0)
      await requireLookedAt(deps, tx, by, input)
      const person = await store(deps, tx, by, place.id, input)
      return { staffId: person.staffId, name: fullName(person) }
    })
  }
