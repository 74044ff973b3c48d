import { createHash } from 'node:crypto'
import { extensionOf, readCertificate } from './certificate.ts'
import { contentOf, inside, readDer } from './der.ts'
import { chainOf, type VerifyStatement } from './statement.ts'

const nonceExtension = '1.2.840.113635.100.8.2'

/** Verifies a statement of Apple's (WebAuthn L3 §8.8): a certificate for the new key itself, which holds a nonce. */
export const verifyApple: VerifyStatement = (statement, { keyObject, toBeSigned }) => {
  const certificate = readCertificate(chainOf(statement)[0])
  const extension = readDer(extensionOf(certificate, nonceExtension))
  const nonce = contentOf(inside(inside(extension, 'universal 16'), 'context 1'), 'universal 4')
  if (!nonce.equals(createHash('sha256').update(toBeSigned).digest())) throw new Error('Another nonce')
  if (!certificate.publicKey.equals(keyObject)) throw new Error('The certificate is for another key')
}
