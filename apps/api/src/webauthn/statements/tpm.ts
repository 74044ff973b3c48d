import { createHash } from 'node:crypto'
import { type Certificate, checkAaguid, checkEndEntity, extensionOf, nameOf, readCertificate } from './certificate.ts'
import { contentOf, dotted, inside, readDer } from './der.ts'
import { checkSignature, hashOf } from './signature.ts'
import { algorithmOf, bytesIn, chainOf, type VerifyStatement } from './statement.ts'
import { type PublicArea, readCertifyInfo, readPublicArea } from './tpm-structures.ts'

const generatedByTpm = 0xff544347
const certification = 0x8017
const nameHashes: ReadonlyMap<number, string> = new Map([
  [0x000b, 'sha256'],
  [0x000c, 'sha384'],
  [0x000d, 'sha512'],
])

/**
 * Verifies a statement of a TPM's (WebAuthn L3 §8.3), as Windows Hello makes them: the TPM certifies the key, and a
 * certificate says what the TPM is. RS1 is taken, because Windows still has older TPMs sign with it; what binds the
 * statement to the key is the key's name, and names by SHA-1 are refused.
 */
export const verifyTpm: VerifyStatement = (statement, { aaguid, keyObject, toBeSigned }) => {
  if (statement.get('ver') !== '2.0') throw new Error('Another version of TPM')
  const algorithm = algorithmOf(statement)
  const [pubArea, certInfo] = [bytesIn(statement, 'pubArea'), bytesIn(statement, 'certInfo')]
  const publicArea = readPublicArea(pubArea)
  if (!publicArea.key.equals(keyObject)) throw new Error('The TPM certifies another key')

  const certificate = readCertificate(chainOf(statement)[0])
  checkEndEntity(certificate)
  checkAttestationKey(certificate)
  checkAaguid(certificate, aaguid)
  checkSignature({ algorithm, key: certificate.publicKey, data: certInfo, signature: bytesIn(statement, 'sig') })

  const info = readCertifyInfo(certInfo)
  if (info.magic !== generatedByTpm || info.type !== certification) throw new Error('No certification by a TPM')
  if (!info.extraData.equals(createHash(hashOf(algorithm)).update(toBeSigned).digest()))
    throw new Error('The TPM certified it for another answer')
  if (!info.name.equals(nameOfKey(pubArea, publicArea))) throw new Error('The TPM certified another name')
}

/** The name of an object in a TPM (TPM 2.0 Library, Part 1 §16). */
const nameOfKey = (pubArea: Buffer, { nameAlgorithm }: PublicArea): Buffer => {
  const hash = nameHashes.get(nameAlgorithm)
  if (!hash) throw new Error('A name by a hash that is not taken')
  const id = Buffer.of(nameAlgorithm >> 8, nameAlgorithm & 0xff)
  return Buffer.concat([id, createHash(hash).update(pubArea).digest()])
}

const attestationKeyPurpose = '2.23.133.8.3'
/** Manufacturer, model and version of the TPM (TPM 2.0 EK Credential Profile §3.2.9). */
const ofTpm = ['2.23.133.2.1', '2.23.133.2.2', '2.23.133.2.3'] as const

/** WebAuthn L3 §8.3.1. */
const checkAttestationKey = (certificate: Certificate): void => {
  if (certificate.subject.size > 0) throw new Error('The subject is not empty')
  const purposes = inside(readDer(extensionOf(certificate, '2.5.29.37')), 'universal 16')
  if (!purposes.some(({ content }) => dotted(content) === attestationKeyPurpose))
    throw new Error('A key that is not for attestation')
  const names = inside(readDer(extensionOf(certificate, '2.5.29.17')), 'universal 16')
  const tpm = nameOf(contentOf(readDer(contentOf(names, 'context 4')), 'universal 16'))
  if (ofTpm.some((id) => !tpm.get(id))) throw new Error('The certificate does not say what the TPM is')
}
