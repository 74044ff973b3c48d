import type { AddAuthenticator, Authenticator, CreationOptions } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import { type SignedIn, type Visit, visitor } from '#http'
import { isRefusal, Refusal } from '#kernel'
import { addAuthenticator } from './add-authenticator.ts'
import type { Deps } from './deps.ts'
import { exclusionsOf } from './descriptors.ts'
import { userOf } from './signals-of.ts'

/** A challenge for adding is good in the session that asked for it, and in no other. */
const bindingOf = ({ sessionId }: SignedIn): string => `add:${sessionId}`

/**
 * Begins adding an authenticator to those of whoever is signed in.
 * @throws Refusal `not_signed_in`
 */
export const beginAdding =
  (deps: Deps) =>
  async (_input: unknown, visit: Visit): Promise<CreationOptions> => {
    const signedIn = visitor(visit)
    const person = await deps.findPerson(signedIn.personId)
    if (!person) throw new Refusal('not_signed_in')
    return deps.webauthn.beginRegistration({
      boundTo: bindingOf(signedIn),
      user: { handle: person.userHandle, ...userOf(person) },
      exclude: await exclusionsOf(deps)(person.id),
    })
  }

/**
 * Adds the authenticator that answered. It is never worth more than the session that it was added from.
 * @throws Refusal as the ceremony does (WebAuthn L3 §7.1), or `credential_taken`; `not_signed_in` when the session, or
 *   the authenticator that opened it, is gone since the guard looked
 */
export const finishAdding =
  (deps: Deps) =>
  async ({ response }: AddAuthenticator, visit: Visit): Promise<Authenticator> => {
    const signedIn = visitor(visit)
    try {
      const evidence = await deps.webauthn.finishRegistration({ boundTo: bindingOf(signedIn), response })
      return await store(deps, signedIn, evidence, visit)
    } catch (error) {
      if (isRefusal(error)) await recordRefusal(deps, signedIn, error, visit)
      throw error
    }
  }

const store = (
  deps: Deps,
  { personId, sessionId, assuranceLevel }: SignedIn,
  evidence: Awaited<ReturnType<Deps['webauthn']['finishRegistration']>>,
  { userAgent, requestId }: Visit,
): Promise<Authenticator> =>
  deps.inTransaction(async (tx) => {
    await deps.requireLive(tx, sessionId)
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
