import type { Authenticator } from '@fobwatch/contracts'
import { assess, type Binding, type Evidence, type Verdict } from '#assurance'
import { newId, Refusal, type Transaction } from '#kernel'
import type { RegistrationEvidence } from '#webauthn'
import type { Deps } from './deps.ts'
import { tellOf } from './life/change-status.ts'
import { describeAuthenticator, unusedName } from './naming.ts'
import { requirePermitted } from './policies/require-permitted.ts'
import { subjectOf } from './policies/subject.ts'
import { isPlausible } from './rules.ts'
import type { Listed } from './store.ts'
import { viewOf } from './view.ts'

type Adding = Pick<
  Deps,
  'store' | 'now' | 'publish' | 'findPerson' | 'organisationsAbove' | 'judgeTrust' | 'modelOf' | 'metadataIsCurrent'
>

export interface AddAuthenticator {
  personId: string
  evidence: RegistrationEvidence
  /** Of the browser that registered it, for a name. */
  userAgent: string | undefined
  /** What let the person add it; its own level will not be higher. */
  binding: Binding
}

/**
 * Keeps a credential for a person, judged and named, and has them told. The caller records it, and says what let the person
 * do so.
 * @returns the authenticator as its person sees it
 * @throws Refusal `credential_taken` when it is anybody's already, or was before it was removed (WebAuthn L3 §7.1
 * step 26); `attestation_invalid` when it vouches for itself under a maker's name who certifies every key; `policy_refuses`
 * with reasons when a rule of the service or of the person's organisations does, or its model was found unsafe
 */
export const addAuthenticator =
  (deps: Adding) =>
  async (tx: Transaction, { personId, evidence, userAgent, binding }: AddAuthenticator): Promise<Authenticator> => {
    const model = deps.modelOf(evidence.aaguid)
    if (!isPlausible(evidence, model))
      throw new Refusal('attestation_invalid', new Error('Self-attestation of a certified model'))
    const { kind, name } = describeAuthenticator(evidence, userAgent, model?.name)
    const { trust, level, reasons } = await judge(deps, tx, { personId, evidence, binding, kind })
    const taken = (await deps.store.listOf(personId, deps.now(), tx)).map((each) => each.name)
    const listed: Listed = {
      ...{ id: newId(), name: unusedName(name, taken), kind, aaguid: evidence.aaguid },
      ...{ assuranceLevel: level, reasons, boundBy: binding.by },
      ...{ status: 'active', because: null, changedAt: null, changedBy: null, note: null, expiresAt: null },
      ...{ addedAt: deps.now(), lastUsedAt: null },
    }
    const added = await deps.store.add(tx, {
      ...{ ...evidence, ...listed, personId, at: listed.addedAt },
      ...{ attestationFormat: evidence.attestation.format, trust, binding },
    })
    if (added === 0) throw new Refusal('credential_taken')
    const told = { authenticator: listed.id, person: personId, change: 'added', reason: null } as const
    await tellOf(deps, tx, { ...told, at: listed.addedAt })
    return viewOf(deps)(listed, personId)
  }

/** How sure it makes us, once the rules for its person permit it. */
const judge = async (
  deps: Adding,
  tx: Transaction,
  { personId, evidence, binding, kind }: Omit<AddAuthenticator, 'userAgent'> & Pick<Evidence, 'kind'>,
): Promise<Pick<Evidence, 'trust'> & Verdict> => {
  const { aaguid, attestation } = evidence
  const person = await deps.findPerson(personId, tx)
  if (!person) throw new Error('An authenticator for nobody')
  const organisations = await deps.organisationsAbove(personId, tx)
  const trust = await deps.judgeTrust({ aaguid, attestation, organisations }, tx)
  const verdict = assess({ ...evidence, trust, binding, kind })

  const asStored = { ...evidence, trust, binding, kind, addedAt: deps.now(), lastUsedAt: null }
  const subject = subjectOf(deps, asStored, { level: verdict.level, identityLevel: person.identityLevel })
  requirePermitted(await deps.store.policiesFor(organisations, tx), subject)
  return { trust, ...verdict }
}
