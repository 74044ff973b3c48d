import { type CertificateContents, makersAlgorithm } from '@fobwatch/testkit'
import { certificate, type DishonestRegistration, statementWith, without } from './case.testing.ts'
import {
  certificatesTakenByLibrary,
  chains,
  es256,
  keyCertificates,
  type Spoilt,
  signatures,
  spoiling,
  subject,
  takenByLibrary,
} from './statement-parts.testing.ts'

const yubikey = 'cb69481e-8ff7-4039-93ec-0a2729a154a8'

const lackingName = (name: keyof CertificateContents['subject']) =>
  certificate((honest) => ({ ...honest, subject: without(honest.subject, name) }))

const keyDescription = { id: '1.3.6.1.4.1.11129.2.1.17', value: Buffer.from('3000', 'hex') }
/** A key that an Android app had certified under the name of an attestation key, as it may. */
const keyOfAnApp = certificate((honest) => ({ ...honest, extensions: [...honest.extensions, keyDescription] }))

const packed: Spoilt = {
  ...{ ...signatures, ...chains, ...keyCertificates },
  'the algorithm of another curve': statementWith({ alg: -35 }),
  'the algorithm of another kind of key': statementWith({ alg: -257 }),
  'a certificate without a country': lackingName('country'),
  'a country of three letters in its certificate': subject({ country: 'GBR' }),
  'a country of digits in its certificate': subject({ country: '44' }),
  'a certificate without an organisation': lackingName('organisation'),
  'an empty organisation in its certificate': subject({ organisation: '' }),
  'a certificate without a unit': lackingName('unit'),
  'another unit in its certificate': subject({ unit: 'Authenticator attestation' }),
  'a certificate without a name': lackingName('commonName'),
  'a key that an Android app had certified for itself': keyOfAnApp,
}

const self: Spoilt = {
  ...signatures,
  'the algorithm of another key': statementWith({ alg: -257 }),
  'the name of a maker who certifies every key': { selfAttestedAs: yubikey },
}

const otherAlgorithm = 'alg must be that of the key (WebAuthn L3 §8.2)'

/** Packed statements (WebAuthn L3 §8.2). */
export const packedCases: Record<string, DishonestRegistration> = {
  ...spoiling('a packed statement', es256('packed'), packed, {
    ...{ ...takenByLibrary, ...certificatesTakenByLibrary },
    'the algorithm of another kind of key': 'alg must be that of the attestation key (WebAuthn L3 §8.2)',
    'a country of digits in its certificate': 'ISO 3166 has letters',
    'a key that an Android app had certified for itself': 'any app is given such a key, under any name that it likes',
  }),
  ...spoiling('self-attestation', es256('packed-self'), self, {
    'bytes after the signature': takenByLibrary['bytes after the signature'],
    'the algorithm of another key': otherAlgorithm,
    'the name of a maker who certifies every key': 'it knows no makers',
  }),
  ...spoiling(
    'self-attestation by ES384',
    { attestation: 'packed-self', algorithms: [-35] },
    {
      'a signature over something else': { signature: 'other-data' },
    },
  ),
  ...spoiling(
    'self-attestation by EdDSA',
    { attestation: 'packed-self', algorithms: [-8] },
    { 'a signature of zeros': { signature: 'zero' }, 'the algorithm ES256': statementWith({ alg: -7 }) },
    { 'the algorithm ES256': otherAlgorithm },
  ),
  ...spoiling(
    'self-attestation by RS256',
    { attestation: 'packed-self', algorithms: [-257] },
    {
      'a signature by another key': { signature: 'other-key' },
      'the algorithm RS1': statementWith({ alg: makersAlgorithm.RS1 }),
    },
  ),
}
