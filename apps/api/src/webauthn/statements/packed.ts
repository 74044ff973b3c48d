import { keyDescriptionExtension } from './android-key.ts'
import { type Certificate, checkAaguid, checkEndEntity, readCertificate } from './certificate.ts'
import { checkSignature, rs1 } from './signature.ts'
import { algorithmOf, bytesIn, chainOf, type VerifyStatement } from './statement.ts'

/** Verifies a packed statement by a certified key (WebAuthn L3 §8.2), whose algorithm need not be the credential's. */
export const verifyPacked: VerifyStatement = (statement, { aaguid, toBeSigned: data }) => {
  const [algorithm, signature] = [algorithmOf(statement), bytesIn(statement, 'sig')]
  if (algorithm === rs1) throw new Error('SHA-1 is for TPMs alone')
  const certificate = readCertificate(chainOf(statement)[0])
  checkEndEntity(certificate)
  checkSubject(certificate)
  checkNoPhonesKey(certificate)
  checkAaguid(certificate, aaguid)
  checkSignature({ algorithm, key: certificate.publicKey, data, signature })
}

/** Verifies a packed statement by the new key itself (WebAuthn L3 §8.2), whose algorithm it must name. */
export const verifySelfAttestation: VerifyStatement = (statement, { algorithm, keyObject: key, toBeSigned: data }) => {
  if (algorithmOf(statement) !== algorithm) throw new Error('Another alg than the key has')
  checkSignature({ algorithm, key, data, signature: bytesIn(statement, 'sig') })
}

/** WebAuthn L3 §8.2.1. */
const checkSubject = ({ subject }: Certificate): void => {
  if (!/^[A-Z]{2}$/i.test(subject.get('2.5.4.6') ?? '')) throw new Error('The subject has no country')
  if (!subject.get('2.5.4.10')) throw new Error('The subject has no organisation')
  if (subject.get('2.5.4.11') !== 'Authenticator Attestation') throw new Error('The subject is no attestation key')
  if (!subject.get('2.5.4.3')) throw new Error('The subject has no name')
}

/**
 * Any app on an Android phone can have the phone's maker certify a key of the app's own, under a subject of its choosing.
 * Such a key is good for itself, as `android-key` has it, and vouches for no other.
 */
const checkNoPhonesKey = ({ extensions }: Certificate): void => {
  if (extensions.has(keyDescriptionExtension)) throw new Error("A key of an app's vouches for no other")
}
