import { extensionId, type RegistrationMisbehaviour, tpmExtension } from '@fobwatch/testkit'
import { type DishonestRegistration, extension, flipped, statementWith } from './case.testing.ts'
import {
  certificatesTakenByLibrary,
  chains,
  es256,
  inStatement,
  keyCertificates,
  lacking,
  type Spoilt,
  saying,
  signatures,
  spoiling,
  subject,
  takenByLibrary,
} from './statement-parts.testing.ts'

type Change = (honest: Buffer) => Uint8Array
/** Changes what a TPM calls the key before it is named, or what it says of the name before it is signed. */
const pubArea = (change: Change): RegistrationMisbehaviour => ({ mutate: { pubArea: change } })
const certInfo = (change: Change): RegistrationMisbehaviour => ({ mutate: { certInfo: change } })

const uint16 =
  (offset: number, value: number): Change =>
  (bytes) => {
    const copy = Buffer.from(bytes)
    copy.writeUInt16BE(value, offset)
    return copy
  }
const half: Change = (bytes) => bytes.subarray(0, bytes.length / 2)
const longer: Change = (bytes) => Buffer.concat([bytes, Buffer.of(0)])

/** Offsets into the public area (TPMT_PUBLIC), without a policy. */
const area = { type: 0, policy: 8, symmetric: 10, scheme: 12, curveOrBits: 14, kdf: 16, exponent: 16 } as const
/** Offsets into what the TPM says (TPMS_ATTEST), when it does not say who signs. */
const info = { magic: 0, type: 4, extraData: 10, name: 10 + 32 + 25 + 2 } as const

const publicAreas: Spoilt = {
  'no public area': statementWith({ pubArea: undefined }),
  'an empty public area': pubArea(() => Buffer.alloc(0)),
  'half a public area': pubArea(half),
  'a public area of another type': pubArea(uint16(area.type, 0x0008)),
  'another key in its public area': pubArea((honest) => flipped(honest, -1)),
  'a policy that does not end in its public area': pubArea(uint16(area.policy, 0xffff)),
  'bytes after its public area': pubArea(longer),
  'a key that encrypts': pubArea(uint16(area.symmetric, 0x0006)),
  'a scheme that is not for signing': pubArea(uint16(area.scheme, 0x0015)),
  'a point on another curve': pubArea(uint16(area.curveOrBits, 0x0004)),
  'a curve that nobody has': pubArea(uint16(area.curveOrBits, 0x7777)),
  'a key that derives others': pubArea(uint16(area.kdf, 0x0020)),
  'a public area that was changed after it was named': inStatement('pubArea', (honest) => flipped(honest, 7)),
}

const saidByTpm: Spoilt = {
  'another version': statementWith({ ver: '1.2' }),
  'no version': statementWith({ ver: undefined }),
  'nothing said by the TPM': statementWith({ certInfo: undefined }),
  'half of what the TPM said': certInfo(half),
  'bytes after what the TPM said': certInfo(longer),
  'something that no TPM said': certInfo((honest) => flipped(honest, info.magic)),
  'a quote in the place of a certification': certInfo(uint16(info.type, 0x8018)),
  'a certification for another answer': certInfo((honest) => flipped(honest, info.extraData)),
  'a certification of another name': certInfo((honest) => flipped(honest, info.name + 5)),
  'a certification of a name by SHA-1': certInfo(uint16(info.name, 0x0004)),
  'what the TPM said changed after it was signed': inStatement('certInfo', (honest) => flipped(honest, -1)),
}

const certificates: Spoilt = {
  ...keyCertificates,
  'a subject in its certificate': subject({ commonName: 'TPM' }),
  'no word on what the TPM is': lacking(extensionId.subjectAlternativeName),
  'no maker of the TPM': extension(extensionId.subjectAlternativeName, () => tpmExtension({ manufacturer: '' })),
  'no model of the TPM': extension(extensionId.subjectAlternativeName, () => tpmExtension({ model: '' })),
  'no version of the TPM': extension(extensionId.subjectAlternativeName, () => tpmExtension({ version: '' })),
  'a certificate for no purpose': lacking(extensionId.extendedKeyUsage),
  'a certificate for another purpose': saying(extensionId.extendedKeyUsage, '300a06082b06010505070302'),
}

const onRsa: Spoilt = {
  'another exponent in its public area': pubArea(uint16(area.exponent + 2, 3)),
  'another modulus in its public area': pubArea((honest) => flipped(honest, -1)),
  'another length in its public area': pubArea(uint16(area.curveOrBits, 1_024)),
}

const endsWhereItEnds = 'a structure ends where it ends'
const signsOnly = 'the key must be one that signs, and nothing else'

/** Statements of TPMs (WebAuthn L3 §8.3). */
export const tpmCases: Record<string, DishonestRegistration> = {
  ...spoiling(
    'a statement of a TPM',
    es256('tpm'),
    { ...signatures, ...chains, ...publicAreas, ...saidByTpm, ...certificates },
    {
      ...{ ...takenByLibrary, ...certificatesTakenByLibrary },
      'bytes after its public area': endsWhereItEnds,
      'bytes after what the TPM said': endsWhereItEnds,
      'a key that encrypts': signsOnly,
      'a scheme that is not for signing': signsOnly,
      'a key that derives others': signsOnly,
    },
  ),
  ...spoiling('a statement of a TPM on RSA', { attestation: 'tpm', algorithms: [-257] }, onRsa, {
    'another length in its public area': 'it says two lengths of one key',
  }),
}
