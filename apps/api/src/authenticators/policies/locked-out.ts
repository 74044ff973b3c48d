import type { AuthenticatorPolicy, LockedOut } from '@fobwatch/contracts'
import { combine, judgePolicy } from '#assurance'
import type { Transaction } from '#kernel'
import { fullName } from '#people'
import type { PolicyDeps } from './deps.ts'
import { isOf, type PolicyOf } from './place.ts'
import type { PersonRow } from './store.ts'
import { type KnownNow, levelNow, subjectOf } from './subject.ts'

/** A policy that is thought of. */
export interface Change extends PolicyOf {
  policy: AuthenticatorPolicy
}

/** Whom a change would lock out: how many, and the first of them by name. */
export interface LockedOutBy {
  count: number
  lockedOut: LockedOut[]
}

const peopleInAPage = 500
const mostNamed = 100

type Deps = Pick<PolicyDeps, 'store'> & KnownNow

/** Whether somebody has anything to log in with that all these policies permit. */
const canLogIn = (known: KnownNow, person: PersonRow, policies: readonly AuthenticatorPolicy[]): boolean => {
  const policy = combine(policies)
  return person.authenticators.some(({ addedAt, lastUsedAt, ...rest }) => {
    const stored = {
      ...rest,
      addedAt: new Date(addedAt),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    }
    const { identityLevel } = person
    return (
      judgePolicy(policy, subjectOf(known, stored, { level: levelNow(known, stored), identityLevel })).kind ===
      'permitted'
    )
  })
}

const isLockedOutBy = (known: KnownNow, change: Change, person: PersonRow): boolean => {
  const others = person.policies.filter((each) => !isOf(each, change)).map(({ policy }) => policy)
  const before = person.policies.map(({ policy }) => policy)
  return canLogIn(known, person, before) && !canLogIn(known, person, [...others, change.policy])
}

/**
 * Whom a change of policy would lock out: everybody who could log in now (to the application, for one of a client) and
 * could not any more. Judged by the same rule as a log in, over what is stored, a bounded page of people at a time.
 */
export const lockedOutBy =
  (deps: Deps) =>
  async (change: Change, tx?: Transaction): Promise<LockedOutBy> => {
    const lockedOut: LockedOut[] = []
    let count = 0
    let last: PersonRow | undefined
    do {
      const page = await deps.store.page(change, last?.personId, peopleInAPage, deps.now(), tx)
      const out = page.filter((person) => isLockedOutBy(deps, change, person))
      count += out.length
      const room = mostNamed - lockedOut.length
      lockedOut.push(...out.slice(0, room).map((person) => ({ staffId: person.staffId, name: fullName(person) })))
      last = page.length < peopleInAPage ? undefined : page.at(-1)
    } while (last)
    return { count, lockedOut }
  }
