import { type KeyObject, verify, X509Certificate } from 'node:crypto'
import { Refusal } from '#kernel'
import type { AttestationObject, Attested } from './attestation-object.ts'
import type { CborMap } from './cbor.ts'
import { contentOf, type DerElement, inside, readDer } from './der.ts'

const sequence = 'universal 16'
const octets = 'universal 4'
const objectIdentifier = 'universal 6'
const extensionsOfCertificate = 'context 3'
/** 1.3.6.1.4.1.11129.2.1.17, the key description of an Android Keystore. */
const keyDescriptionId = Buffer.from('2b06010401d679020111', 'hex')

/** Fields of an authorization list, and the values that WebAuthn L3 §8.4 asks for. */
const purpose = { tag: 'context 1', set: 'universal 17', sign: 2 } as const
const allApplications = 'context 600'
const origin = { tag: 'context 702', generated: 0 } as const
const integer = 'universal 2'

const hashOf = new Map<number, string | null>([
  [-7, 'sha256'],
  [-35, 'sha384'],
  [-257, 'sha256'],
  [-8, null],
])

/**
 * Verifies an Android Key statement (WebAuthn L3 §8.4) without asking whose root its chain ends in, and without a
 * connection to anywhere.
 * @throws Refusal `attestation_invalid`
 */
export const verifyAndroidKey = ({ statement, authData }: AttestationObject, attested: Attested): void => {
  try {
    const leaf = leafOf(statement)
    const certificate = new X509Certificate(leaf)
    if (!certificate.publicKey.equals(attested.keyObject)) throw new Error('The certificate is for another key')
    verifySignature(statement, authData, certificate.publicKey, attested)
    checkKeyDescription(readDer(keyDescriptionOf(leaf)), attested.clientDataHash)
  } catch (error) {
    throw new Refusal('attestation_invalid', error)
  }
}

const leafOf = (statement: CborMap): Buffer => {
  const chain = statement.get('x5c')
  const leaf = Array.isArray(chain) ? chain[0] : undefined
  if (!Buffer.isBuffer(leaf)) throw new Error('No certificate')
  return leaf
}

const verifySignature = (statement: CborMap, authData: Buffer, key: KeyObject, attested: Attested): void => {
  const signature = statement.get('sig')
  const hash = hashOf.get(attested.algorithm)
  if (statement.get('alg') !== attested.algorithm || hash === undefined) throw new Error('Another alg than the key has')
  if (!Buffer.isBuffer(signature)) throw new Error('No signature')
  if (!verify(hash, Buffer.concat([authData, attested.clientDataHash]), key, signature))
    throw new Error('The signature does not match')
}

/** The content of the extension, from Certificate → TBSCertificate → [3] extensions (RFC 5280 §4.1). */
const keyDescriptionOf = (certificate: Buffer): Buffer => {
  const tbs = inside(inside(readDer(certificate), sequence), sequence)
  for (const extension of inside(inside(tbs, extensionsOfCertificate), sequence)) {
    const parts = readDer(extension.content)
    if (contentOf(parts, objectIdentifier).equals(keyDescriptionId)) return contentOf(parts, octets)
  }
  throw new Error('The certificate describes no key')
}

const checkKeyDescription = (description: DerElement[], clientDataHash: Buffer): void => {
  const fields = inside(description, sequence)
  if (!contentOf(fields, octets).equals(clientDataHash)) throw new Error('Another challenge')

  const lists = fields.filter(({ tag }) => tag === sequence).map(({ content }) => readDer(content))
  const entries = lists.flat()
  if (lists.length !== 2) throw new Error('Two authorization lists are due')
  if (entries.some(({ tag }) => tag === allApplications)) throw new Error('A key for every application')
  const origins = entries.filter(({ tag }) => tag === origin.tag).flatMap(({ content }) => numbersIn(content))
  if (origins.some((value) => value !== origin.generated)) throw new Error('A key that was not made in the device')
  const purposes = entries
    .filter(({ tag }) => tag === purpose.tag)
    .flatMap(({ content }) => numbersIn(contentOf(readDer(content), purpose.set)))
  if (purposes.length > 0 && !purposes.includes(purpose.sign)) throw new Error('A key that is not for signing')
}

const numbersIn = (bytes: Buffer): number[] =>
  readDer(bytes)
    .filter(({ tag }) => tag === integer)
    .map(({ content }) =>
      content.length > 0 && content.length <= 6 ? content.readIntBE(0, content.length) : Number.NaN,
    )
