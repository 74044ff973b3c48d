import type { CborMap } from '../cbor.ts'
import { type Certificate, extensionOf, readCertificate } from './certificate.ts'
import { contentOf, type DerElement, inside, readDer } from './der.ts'
import { checkSignature } from './signature.ts'
import { algorithmOf, bytesIn, chainOf, type VerifyStatement } from './statement.ts'

const sequence = 'universal 16'
const octets = 'universal 4'
const integer = 'universal 2'
const enumerated = 'universal 10'
/** Where an Android Keystore describes the key that a certificate is for. */
export const keyDescriptionExtension = '1.3.6.1.4.1.11129.2.1.17'

/** Fields of an authorization list, and the values that WebAuthn L3 §8.4 asks for. */
const purpose = { tag: 'context 1', set: 'universal 17', sign: 2 } as const
const allApplications = 'context 600'
const origin = { tag: 'context 702', generated: 0 } as const

/** Verifies an Android Key statement (WebAuthn L3 §8.4): a certificate for the new key itself, which describes it. */
export const verifyAndroidKey: VerifyStatement = (statement, attested) => {
  const { algorithm, keyObject, toBeSigned: data, clientDataHash } = attested
  const certificate = readCertificate(chainOf(statement)[0])
  const { publicKey: key } = certificate
  if (!key.equals(keyObject)) throw new Error('The certificate is for another key')
  if (algorithmOf(statement) !== algorithm) throw new Error('Another alg than the key has')
  checkSignature({ algorithm, key, data, signature: bytesIn(statement, 'sig') })
  checkDescription(descriptionIn(certificate), clientDataHash)
}

const descriptionIn = (certificate: Certificate): DerElement[] =>
  inside(readDer(extensionOf(certificate, keyDescriptionExtension)), sequence)

/** Whether the key, or what speaks for it, is at the security level Software, which is 0. */
export const isInSoftware = (statement: CborMap): boolean =>
  descriptionIn(readCertificate(chainOf(statement)[0])).some(
    ({ tag, content }) => tag === enumerated && content.every((byte) => byte === 0),
  )

const checkDescription = (fields: DerElement[], clientDataHash: Buffer): void => {
  if (!contentOf(fields, octets).equals(clientDataHash)) throw new Error('Another challenge')
  const lists = fields.filter(({ tag }) => tag === sequence).map(({ content }) => readDer(content))
  if (lists.length !== 2) throw new Error('Two authorization lists are due')
  checkAuthorizations(lists.flat())
}

/** What the lists leave out is not asked for: phones differ in which of the two they fill. */
const checkAuthorizations = (entries: DerElement[]): void => {
  const valuesOf = (tag: string) => entries.filter((entry) => entry.tag === tag).map(({ content }) => content)
  if (valuesOf(allApplications).length > 0) throw new Error('A key for every application')
  if (
    valuesOf(origin.tag)
      .flatMap(numbersIn)
      .some((value) => value !== origin.generated)
  )
    throw new Error('A key that was not made in the device')
  const purposes = valuesOf(purpose.tag).flatMap((content) => numbersIn(contentOf(readDer(content), purpose.set)))
  if (purposes.length > 0 && !purposes.includes(purpose.sign)) throw new Error('A key that is not for signing')
}

const numbersIn = (bytes: Buffer): number[] =>
  readDer(bytes)
    .filter(({ tag }) => tag === integer)
    .map(({ content }) =>
      content.length > 0 && content.length <= 6 ? content.readIntBE(0, content.length) : Number.NaN,
    )
