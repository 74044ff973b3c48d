import { generateKeyPairSync } from 'node:crypto'
import {
  type Attestation,
  type CborMap,
  type CertificateContents,
  extensionId,
  type RegistrationMisbehaviour,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import {
  attestation,
  certificate,
  type DishonestRegistration,
  extension,
  flipped,
  statementWith,
} from './case.testing.ts'

export type Spoilt = Record<string, RegistrationMisbehaviour>

/**
 * Statements of one format, each with one thing wrong.
 * @param libraryTakes which of them the library takes, and why we do not
 */
export const spoiling = (
  title: string,
  device: SoftwareAuthenticatorOptions,
  cases: Spoilt,
  libraryTakes: Record<string, string> = {},
): Record<string, DishonestRegistration> =>
  Object.fromEntries(
    Object.entries(cases).map(([name, misbehave]) => {
      const why = libraryTakes[name]
      const refusal = 'attestation_invalid' as const
      return [`${title} with ${name}`, { device, misbehave, refusal, ...(why && { libraryTakes: why }) }]
    }),
  )

/** A device with a key for ES256. */
export const es256 = (kind: Attestation): SoftwareAuthenticatorOptions => ({ attestation: kind, algorithms: [-7] })

/** Changes the bytes of a field of the statement after it was signed. */
export const inStatement = (name: string, change: (honest: Buffer) => Uint8Array) =>
  attestation((honest) => {
    const statement = honest.get('attStmt') as CborMap
    const bytes = Buffer.from(statement.get(name) as Uint8Array)
    return new Map(honest).set('attStmt', new Map(statement).set(name, change(bytes)))
  })

type X5c = (Buffer | string | CborMap)[]
const inChain = (change: (honest: Buffer[]) => X5c | string) =>
  attestation((honest) => {
    const statement = honest.get('attStmt') as CborMap
    const chain = change(statement.get('x5c') as unknown as Buffer[])
    return new Map(honest).set('attStmt', new Map(statement).set('x5c', chain))
  })

/** The signature of a statement. */
export const signatures: Spoilt = {
  'an empty signature': { signature: 'empty' },
  'a signature of zeros': { signature: 'zero' },
  'a signature by another key': { signature: 'other-key' },
  'a signature over something else': { signature: 'other-data' },
  'a signature without its form': { signature: 'raw' },
  'half a signature': inStatement('sig', (sig) => sig.subarray(0, sig.length / 2)),
  'bytes after the signature': inStatement('sig', (sig) => Buffer.concat([sig, Buffer.alloc(2)])),
  'no signature': statementWith({ sig: undefined }),
  'a signature in text': statementWith({ sig: 'sig' }),
  'no algorithm': statementWith({ alg: undefined }),
  'the algorithm in text': statementWith({ alg: 'ES256' }),
  'an algorithm that nobody has': statementWith({ alg: -9_999 }),
}

/** Chains that are none. */
export const chains: Spoilt = {
  'no certificate': inChain(() => []),
  'text for a certificate': inChain(() => ['certificate']),
  'text for a chain': inChain(() => 'x5c'),
  'a map for a certificate': inChain(() => [new Map()]),
  'an empty certificate': inChain(() => [Buffer.alloc(0)]),
  'half a certificate': inChain(([leaf = Buffer.alloc(0)]) => [leaf.subarray(0, leaf.length / 2)]),
  'a certificate of no definite length': inChain(() => [Buffer.of(0x30, 0x80)]),
  'nonsense of 20,000 bytes for a certificate': inChain(() => [Buffer.alloc(20_000, 0x30)]),
  'bytes after its certificate': inChain(([leaf = Buffer.alloc(0), ...above]) => [
    Buffer.concat([leaf, Buffer.of(0x05, 0)]),
    ...above,
  ]),
  'text after the certificate': inChain((honest) => [...honest, 'certificate']),
  'certificates without end': inChain((honest) => [...honest, ...Array.from({ length: 9 }, () => Buffer.of(0x30, 0))]),
}

/** Of those above, what the library takes: it looks at the first certificate alone, and not behind its end. */
export const takenByLibrary = {
  'bytes after the signature': 'a signature has one form',
  'bytes after its certificate': 'a certificate ends where it ends',
  'text after the certificate': 'a chain is of certificates, or it is none',
  'certificates without end': 'no maker has such chains, and each certificate costs time',
}

export const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
  ...{ format: 'der', type: 'spki' },
})
const shortKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'der', type: 'spki' })

export const withKey = (spki: Buffer) => certificate((honest) => ({ ...honest, spki }))
export const lacking = (id: string) => extension(id, () => undefined)
export const saying = (id: string, value: string) =>
  extension(id, (honest) => ({ ...honest, value: Buffer.from(value, 'hex') }))
export const subject = (values: CertificateContents['subject']) =>
  certificate((honest) => ({ ...honest, subject: { ...honest.subject, ...values } }))

const twice = (id: string) =>
  certificate((honest) => ({
    ...honest,
    extensions: [...honest.extensions, ...honest.extensions.filter((each) => each.id === id)],
  }))

/** The certificate of an attestation key (WebAuthn L3 §8.2.1, §8.3.1). */
export const keyCertificates: Spoilt = {
  'a certificate of version 1': certificate((honest) => ({ ...honest, version: 1 })),
  'the certificate of an authority': saying(extensionId.basicConstraints, '30030101ff'),
  'the certificate of another key': withKey(otherKey),
  'the certificate of a short key': withKey(shortKey),
  'the certificate of another model': extension(extensionId.fidoAaguid, (honest) => ({
    ...honest,
    value: flipped(honest.value, -1),
  })),
  'a model of 15 bytes in its certificate': saying(extensionId.fidoAaguid, `040f${'00'.repeat(15)}`),
  'a bare model in its certificate': saying(extensionId.fidoAaguid, 'f0b3a7c47e574b179d15000000000001'),
  'a model that is critical in its certificate': extension(extensionId.fidoAaguid, (honest) => ({
    ...honest,
    critical: true,
  })),
  'a certificate with an extension twice': twice(extensionId.fidoAaguid),
}

export const certificatesTakenByLibrary = {
  'a model that is critical in its certificate': 'the extension must not be critical (WebAuthn L3 §8.2.1)',
  'a certificate with an extension twice': 'one of the two would not be looked at',
}
