import type { MyInformation } from '@fobwatch/contracts'
import { type Visit, visitor } from '#http'
import type { Deps } from './deps.ts'

/** Shows whoever asks what is held about them. */
export const showMe =
  ({ people, access, authenticators }: Deps) =>
  async (_input: unknown, visit: Visit): Promise<MyInformation> => {
    const { personId } = visitor(visit)
    const person = await people.findPerson(personId)
    if (!person) throw new Error('A person who is signed in is gone')
    const [evidence, professions, organisations, positions, ways] = await Promise.all([
      people.evidenceOf(personId),
      people.professionsOf(personId),
      access.organisationsOf(personId),
      access.assignmentsOf(personId),
      authenticators.listOf(personId),
    ])
    const { staffId, title, givenName, middleNames, familyName, birthDate, email, phone, externalId } = person
    return {
      ...{ staffId, title, givenName, middleNames, familyName, birthDate, email, phone, externalId, professions },
      identity: {
        level: person.identityLevel,
        how: person.identityMethod,
        provedAt: person.identityProvedAt?.toISOString() ?? null,
        evidence: evidence.map(({ part, document, numberEnd, nameOnDocument, method, provedAt }) => ({
          ...{ part, document, numberEnd, nameOnDocument, how: method },
          provedAt: provedAt.toISOString(),
        })),
      },
      organisations: organisations.map(({ code, name }) => ({ code, name })),
      positions: positions.map(({ position, organisation, state, startsAt, expiresAt }) => ({
        ...{ name: position.name, organisation: organisation.name, state },
        ...{ startsAt: startsAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null },
      })),
      waysToLogIn: ways.map(({ name }) => name),
      createdAt: person.createdAt.toISOString(),
      updatedAt: person.updatedAt.toISOString(),
    }
  }
