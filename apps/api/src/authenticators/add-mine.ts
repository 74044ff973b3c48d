import type { AddAuthenticator, Authenticator, CreationOptions } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import { type SignedIn, type Visit, visitor } from '#http'
import { isRefusal, Refusal, type Transaction } from '#kernel'
import { addAuthenticator } from './add-authenticator.ts'
import { telling } from './ceremonies.ts'
import type { Deps } from './deps.ts'
import { exclusionsOf } from './descriptors.ts'
import { type Asked, asSaid } from './naming.ts'
import { userOf } from './signals-of.ts'

/** A challenge for adding is good in the session that asked for it, and in no other. */
const bindingOf = ({ sessionId }: SignedIn): string => `add:${sessionId}`

/**
 * Adding asks for the highest level that the account can reach (NIST SP 800-63B-4 §4.1.2), or whoever stole the weakest
 * of somebody's authenticators could add one of their own.
 * @throws Refusal `stronger_check_needed`
 */
const requireStrongest = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  { personId, assuranceLevel }: SignedIn,
  tx?: Transaction,
): Promise<void> => {
  const highest = await store.highestLevelOf(personId, now(), tx)
  if (assuranceLevel < highest) throw new Refusal('stronger_check_needed', new Error(`${assuranceLevel} of ${highest}`))
}

/**
 * Begins adding an authenticator to those of whoever is signed in.
 * @throws Refusal `not_signed_in`, `stronger_check_needed` when an authenticator of theirs is worth more than the session
 */
export const beginAdding =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<CreationOptions> => {
    const signedIn = visitor(visit)
    const person = await deps.findPerson(signedIn.personId)
    if (!person) throw new Refusal('not_signed_in')
    await requireStrongest(deps, signedIn)
    return deps.webauthn.beginRegistration({
      boundTo: bindingOf(signedIn),
      user: { handle: person.userHandle, ...userOf(person) },
      exclude: await exclusionsOf(deps)(person.id),
    })
  }

/**
 * Adds the authenticator that answered. It is never worth more than the session that it was added from.
 * @throws Refusal as the ceremony does (WebAuthn L3 §7.1), and as keeping it does; `not_signed_in` when the session, or
 *   the authenticator that opened it, is gone since the guard looked; `stronger_check_needed` as beginning does
 */
export const finishAdding =
  (deps: Deps) =>
  ({ response, onIPad }: AddAuthenticator, visit: Visit): Promise<Authenticator> =>
    telling(deps.tellCeremony, 'adding', async (seen) => {
      const signedIn = visitor(visit)
      try {
        const evidence = await deps.webauthn.finishRegistration({ boundTo: bindingOf(signedIn), response })
        const added = await store(deps, signedIn, evidence, asSaid(visit, onIPad))
        seen.kind = added.kind
        return added
      } catch (error) {
        if (isRefusal(error)) await recordRefusal(deps, signedIn, error, visit)
        throw error
      }
    })

const store = (
  deps: Deps,
  signedIn: SignedIn,
  evidence: Awaited<ReturnType<Deps['webauthn']['finishRegistration']>>,
  { userAgent, requestId }: Asked,
): Promise<Authenticator> =>
  deps.inTransaction(async (tx) => {
    const { personId, sessionId, assuranceLevel } = signedIn
    await deps.requireLive(tx, signedIn)
    await requireStrongest(deps, signedIn, tx)
    const binding = { by: 'session', level: toLevel(assuranceLevel) } as const
    const added = await addAuthenticator(deps)(tx, { personId, evidence, userAgent, binding })
    await deps.record(tx, {
      type: 'authenticator-added',
      actor: personId,
      person: personId,
      requestId,
      details: { authenticator: added.id, session: sessionId, kind: added.kind, level: added.assuranceLevel },
    })
    return added
  })

const recordRefusal = (deps: Deps, { personId, sessionId }: SignedIn, { code }: Refusal, { requestId }: Visit) =>
  deps.recordAlone({
    type: 'authenticator-added',
    outcome: 'refused',
    actor: personId,
    person: personId,
    requestId,
    details: { code, session: sessionId },
  })
