import type { Authenticator, Enrolled, FinishEnrolment } from '@fobwatch/contracts'
import { toLevel } from '#assurance'
import { type Asked, asSaid, telling } from '#authenticators'
import type { Visit } from '#http'
import { hashOf, isRefusal, Refusal, type RefusalCode, type Transaction } from '#kernel'
import type { RegistrationEvidence } from '#webauthn'
import type { Deps } from './deps.ts'
import { enrolledOf } from './enrolled.ts'
import { bindingOf, findInvitation, type Key, refuseUnlessOpen } from './find-invitation.ts'
import type { Invited } from './store.ts'

/** What counts of the request that brings the answer. */
type Asking = Pick<Visit, 'requestId' | 'userAgent'> & Partial<Pick<Visit, 'browser'>>

/** A device's answer, and what lets it in. */
type Answer = Key & Omit<FinishEnrolment, 'code'>

/**
 * Stores the authenticator that answered an invitation, and spends the invitation in the same transaction. Whatever is
 * refused leaves the link as it was.
 * @returns the new authenticator, with its level of assurance and the reasons for it
 * @throws Refusal `invitation_unknown`, `invitation_spent`, `invitation_replaced`, `invitation_expired`,
 * `challenge_unknown`, what the ceremony refuses (WebAuthn L3 §7.1), `credential_taken`
 */
export const finishEnrolment =
  (deps: Deps) =>
  ({ response, onIPad, ...key }: Answer, visit: Asking): Promise<Enrolled> =>
    telling(deps.tellCeremony, 'enrolment', async (seen) => {
      const invitation = await findInvitation(deps, key)
      // Not recorded: whoever has a dead link could fill the log with it.
      refuseUnlessOpen(invitation, deps.now())
      try {
        const evidence = await deps.webauthn.finishRegistration({ boundTo: bindingOf(key), response })
        const said = { ...asSaid(visit, onIPad), browserHash: visit.browser ? hashOf(visit.browser()) : null }
        const added = await storeAndSpend(deps, key, invitation, evidence, said)
        seen.kind = added.kind
        return await enrolledOf(deps, invitation, added)
      } catch (error) {
        if (isRefusal(error) && !meaningless.has(error.code)) await recordRefusal(deps, invitation, error, visit)
        throw error
      }
    })

/** Refused before the challenge ties the answer to a page that asked: it says nothing, and anyone can send it. */
const meaningless: ReadonlySet<RefusalCode> = new Set(['challenge_unknown', 'response_malformed'])

const storeAndSpend = (
  deps: Deps,
  key: Key,
  { id, personId, issuedBy, issuedHow, maxLevel, channel }: Invited,
  evidence: RegistrationEvidence,
  { userAgent, requestId, browserHash }: Asked & { browserHash: Buffer | null },
): Promise<Authenticator> =>
  deps.inTransaction(async (tx) => {
    await deps.store.lockPerson(tx, personId)
    // Nobody answers for how a link by command reached its person, though its level is that of the act that was named.
    const binding = { by: issuedBy ? issuedHow : 'command', level: toLevel(maxLevel) } as const
    const added = await deps.authenticators.addAuthenticator(tx, { personId, evidence, userAgent, binding })
    if (!(await deps.store.spend(tx, id, deps.now(), added.id, browserHash))) return refuseSpent(deps, tx, key)
    await deps.record(tx, {
      type: 'authenticator-enrolled',
      actor: personId,
      person: personId,
      requestId,
      details: {
        ...{ authenticator: added.id, kind: added.kind, level: added.assuranceLevel },
        ...{ invitation: id, issuedBy, issuedHow, channel },
      },
    })
    return added
  })

/** @throws Refusal that says what somebody else, who was faster, has done: used it, replaced it, or closed its person */
const refuseSpent = async (deps: Deps, tx: Transaction, key: Key): Promise<never> => {
  refuseUnlessOpen(await findInvitation(deps, key, tx), deps.now())
  throw new Refusal('invitation_unknown', new Error('Open again, though it could not be spent a moment ago'))
}

const recordRefusal = (
  deps: Deps,
  { id, personId }: Invited,
  { code }: Refusal,
  { requestId }: Asking,
): Promise<void> =>
  deps.recordAlone({
    type: 'enrolment-refused',
    outcome: 'refused',
    person: personId,
    requestId,
    details: { code, invitation: id },
  })
