import { RegistrationResponse } from '@fobwatch/contracts'
import { trustOf } from '#assurance'
import { isPlausible } from '#authenticators'
import { Refusal } from '#kernel'
import { glimpseRegistration, verifyRegistration } from '#webauthn'
import { algorithmName } from './algorithm-name.ts'
import { callIt } from './call-it.ts'
import { RegistrationGiven } from './case.ts'
import { judge } from './judge.ts'
import { metadataIn } from './metadata-in.ts'
import { askedBy, notesOnUnknown } from './read-case.ts'
import { readResponse } from './read-response.ts'
import { type Report, reportOn } from './report.ts'

/**
 * Explains a registration: verifies it as the service does, follows its chain to the anchors of the case, judges it, and
 * holds it against the policy of the case. Nobody is asked whether the credential is taken.
 * @param now what time it is for a case that names none
 * @throws Error with a sentence, when the case cannot be read
 */
export const explainRegistration = async (given: RegistrationGiven, now: Date): Promise<Report> => {
  const asked = askedBy(given, now)
  const models = await metadataIn(asked)
  const report = await reportOn({}, async (learn) => {
    const response = readResponse(RegistrationResponse, given.response)
    const { algorithm, transports, attachment, ...seen } = glimpseRegistration(response)
    const { aaguid } = seen
    const called = aaguid === null ? {} : callIt(models, { aaguid, transports, attachment }, given.userAgent)
    learn({ ...seen, ...called, algorithm: algorithmName(algorithm) })

    const evidence = await verifyRegistration(response, asked.expected)
    if (!isPlausible(evidence, models.modelOf(evidence.aaguid)))
      throw new Refusal('attestation_invalid', new Error('Self-attestation of a certified model'))
    const { anchors, time } = asked
    const trust = await trustOf(evidence, { model: models.trustedModel(evidence.aaguid), anchors, time })
    const { kind } = callIt(models, evidence, given.userAgent)
    judge(asked, models, { ...evidence, trust, kind, usedAt: time }, learn)
  })
  return { ...report, reasons: [...report.reasons, ...models.notes, ...notesOnUnknown(RegistrationGiven, given)] }
}
