import { AuthenticationResponse } from '@fobwatch/contracts'
import { type Trust, trustNow } from '#assurance'
import { Refusal } from '#kernel'
import { type AssertionEvidence, glimpseAssertion, readStoredKey, type StoredKey, verifyAssertion } from '#webauthn'
import { algorithmName } from './algorithm-name.ts'
import { callIt } from './call-it.ts'
import { AssertionGiven } from './case.ts'
import { judge } from './judge.ts'
import { type KnownModels, metadataIn } from './metadata-in.ts'
import { askedBy, bytesIn, notesOnUnknown, timeIn } from './read-case.ts'
import { readResponse } from './read-response.ts'
import { type Report, reportOn } from './report.ts'

type Stored = AssertionGiven['credential']

/**
 * Explains an assertion: verifies it as the service does by the stored credential, compares its counter, judges it by
 * what is stored of its trust, and holds it against the policy of the case.
 * @param now what time it is for a case that names none
 * @throws Error with a sentence, when the case cannot be read
 */
export const explainAssertion = async (given: AssertionGiven, now: Date): Promise<Report> => {
  const asked = askedBy(given, now)
  const stored = readStored(given.credential)
  const models = await metadataIn(asked)
  const called = descriptionOf(models, given.credential)
  const { format = null, aaguid = null, lastUsedAt } = given.credential
  const usedAt = lastUsedAt === undefined ? asked.time : timeIn('credential.lastUsedAt', lastUsedAt)
  // Nothing of the case says otherwise where it has no metadata.
  const trust = trustNow(trustIn(given.credential), asked.metadata.blob === undefined || models.isCurrent)

  const seen = { format, aaguid, ...called, algorithm: algorithmName(stored.key.algorithm) }
  const report = await reportOn(seen, async (learn) => {
    const response = readResponse(AuthenticationResponse, given.response)
    const { userVerified, backupEligible, backupState } = glimpseAssertion(response)
    learn({ userVerified, backupEligible, backupState })

    if (response.id !== stored.id)
      throw new Refusal('credential_unknown', new Error('The answer is by another passkey than the one that is stored'))
    stored.key.check()
    const evidence = await verifyAssertion(response, asked.expected, stored.credential)
    checkCounter(evidence)
    judge(asked, models, { ...evidence, aaguid, trust, kind: called?.kind ?? 'passkey', usedAt }, learn)
  })
  return { ...report, reasons: [...report.reasons, ...models.notes, ...notesOnUnknown(AssertionGiven, given)] }
}

interface Readable {
  id: string
  key: StoredKey
  credential: Parameters<typeof verifyAssertion>[2]
}

const readStored = ({ id, publicKey, counter, backupEligible, userHandle }: Stored): Readable => {
  const bytes = bytesIn('credential.publicKey', publicKey)
  return {
    id: bytesIn('credential.id', id).toString('base64url'),
    key: keyIn(bytes),
    credential: {
      ...{ publicKey: bytes, signCount: counter, backupEligible },
      ...(userHandle !== undefined && { userHandle: bytesIn('credential.userHandle', userHandle) }),
    },
  }
}

const keyIn = (bytes: Buffer): StoredKey => {
  try {
    return readStoredKey(bytes)
  } catch (cause) {
    throw new Error('The case cannot be read: credential.publicKey is not a COSE key.', { cause })
  }
}

/** What people would call it, as far as the case says what it is. */
const descriptionOf = (models: KnownModels, { aaguid = '', transports = [] }: Stored) =>
  aaguid || transports.length > 0 ? callIt(models, { aaguid, transports, attachment: undefined }) : undefined

const trustIn = ({ trust }: Stored): Trust =>
  trust?.facts ? { by: trust.by, facts: trust.facts } : { by: trust?.by ?? 'none', facts: null }

/**
 * A counter that does not grow tells of a second device with the same key (WebAuthn L3 §6.1.1, §7.2 step 22). Zero twice
 * is of one that does not count.
 * @throws Refusal `counter_regressed`
 */
const checkCounter = ({ signCount: asserted, previousSignCount: stored }: AssertionEvidence): void => {
  if (asserted > stored || (asserted === 0 && stored === 0)) return
  throw new Refusal('counter_regressed', new Error(`The counter says ${asserted}, and said ${stored} before`))
}
