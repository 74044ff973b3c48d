import type { Authenticator } from '@fobwatch/contracts'
import { assess, type Binding } from '#assurance'
import { newId, Refusal, type Transaction } from '#kernel'
import type { RegistrationEvidence } from '#webauthn'
import type { Deps } from './deps.ts'
import { describeAuthenticator, unusedName } from './naming.ts'
import { isPlausible } from './rules.ts'
import type { Listed } from './store.ts'
import { viewOf } from './view.ts'

export interface AddAuthenticator {
  personId: string
  evidence: RegistrationEvidence
  /** Of the browser that registered it, for a name. */
  userAgent: string | undefined
  /** What let the person add it; its own level will not be higher. */
  binding: Binding
}

/** What trust is before anybody has asked where the chain ends. */
const untilJudged = { none: 'none', self: 'self', certified: 'untrusted' } as const

/**
 * Keeps a credential for a person, judged and named, and has them told. The caller records it, and says what let the person
 * do so.
 * @returns the authenticator as its person sees it
 * @throws Refusal `credential_taken` when it is anybody's already, or was before it was removed (WebAuthn L3 §7.1
 * step 26); `attestation_invalid` when it vouches for itself under a maker's name who certifies every key
 */
export const addAuthenticator =
  ({ store, now, publish }: Pick<Deps, 'store' | 'now' | 'publish'>) =>
  async (tx: Transaction, { personId, evidence, userAgent, binding }: AddAuthenticator): Promise<Authenticator> => {
    if (!isPlausible(evidence))
      throw new Refusal('attestation_invalid', new Error('Self-attestation of a certified model'))
    const held = await store.listOf(personId, now(), tx)
    const { kind, name } = describeAuthenticator(evidence, userAgent)
    const trust = { by: untilJudged[evidence.attestation.kind], facts: null }
    const { level, reasons } = assess({ ...evidence, trust, binding, kind })
    const listed: Listed = {
      id: newId(),
      name: unusedName(
        name,
        held.map((each) => each.name),
      ),
      kind,
      aaguid: evidence.aaguid,
      assuranceLevel: level,
      reasons,
      status: 'active',
      because: null,
      changedAt: null,
      changedBy: null,
      note: null,
      expiresAt: null,
      boundBy: binding.by,
      addedAt: now(),
      lastUsedAt: null,
    }
    const added = await store.add(tx, {
      ...{ ...evidence, ...listed, personId, at: listed.addedAt },
      ...{ attestationFormat: evidence.attestation.format, attestationTrust: trust.by },
      boundLevel: binding.level,
    })
    if (added === 0) throw new Refusal('credential_taken')
    await publish(tx, {
      ...{ kind: 'authenticator-changed', authenticator: listed.id, person: personId },
      ...{ change: 'added', reason: null, at: listed.addedAt.toISOString() },
    })
    return viewOf(listed, personId)
  }
