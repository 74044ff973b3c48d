import type { BeginReassertion, Reassert, RequestOptions } from '@fobwatch/contracts'
import { telling } from '#authenticators'
import { type Visit, visitor } from '#http'
import { Refusal } from '#kernel'
import type { Opened } from '#sessions'
import type { SignInDeps } from './deps.ts'
import { detailsOf, useCredential } from './use-credential.ts'
import { recordingRefusals, type Verified, verifyAssertion } from './verify-assertion.ts'

const bindingOf = (sessionId: string) => `reassert:${sessionId}`

/**
 * A challenge for the person who is signed in, naming their own authenticators; those of a level at least, where a level
 * is asked for.
 * @throws Refusal `not_found` when they have none of that level: to name none would ask for any
 */
export const beginReassertion =
  (deps: SignInDeps) =>
  async ({ level }: BeginReassertion, visit: Visit): Promise<RequestOptions> => {
    const { sessionId, personId } = visitor(visit)
    const allow = await deps.authenticators.descriptorsOf(personId, level)
    if (allow.length === 0) throw new Refusal('not_found', new Error('No authenticator of that level'))
    return deps.webauthn.beginAuthentication({ boundTo: bindingOf(sessionId), allow })
  }

/**
 * Notes that the person of this session has just used their device, for deeds that ask for it.
 * @throws Refusal as signing in does; `sign_in_refused` too when the device is another person's
 */
export const finishReassertion =
  (deps: SignInDeps) =>
  ({ response }: Reassert, visit: Visit): Promise<void> =>
    telling(deps.tellCeremony, 'reassert', async (seen) => {
      const { sessionId, personId } = visitor(visit)
      const person = await deps.findPerson(personId)
      if (!person) throw new Refusal('not_signed_in')
      const renewed = await recordingRefusals(deps, visit, response, async () => {
        // Asked for by name, a security key may leave its user handle out (CTAP 2.2 §6.2.2).
        const claim = { boundTo: bindingOf(sessionId), response, userHandle: person.userHandle, clientId: null, seen }
        return renewAndRecord(deps, await verifyAssertion(deps, claim), sessionId, visit)
      })
      visit.setSessionCookie(renewed.secret, personId)
    })

const renewAndRecord = (deps: SignInDeps, verified: Verified, sessionId: string, visit: Visit): Promise<Opened> =>
  useCredential(deps, verified, visit, async (tx, assertion) => {
    const { personId } = verified.credential
    const opened = await deps.sessions.renewSession(tx, sessionId, assertion)
    if (!opened) throw new Refusal('not_signed_in')
    await deps.record(tx, {
      type: 'reasserted',
      actor: personId,
      person: personId,
      requestId: visit.requestId,
      details: { session: sessionId, ...detailsOf(assertion) },
    })
    return opened
  })
