import { type KeyDescription, keystore, type RegistrationMisbehaviour } from '@fobwatch/testkit'
import { type DishonestRegistration, extension, flipped, statementWith } from './case.testing.ts'
import {
  chains,
  es256,
  lacking,
  otherKey,
  type Spoilt,
  saying,
  signatures,
  spoiling,
  takenByLibrary,
  withKey,
} from './statement-parts.testing.ts'

const describing = (keyDescription: KeyDescription): RegistrationMisbehaviour => ({ keyDescription })
const descriptionExtension = '1.3.6.1.4.1.11129.2.1.17'

/** Where the last list begins in the description, from its end: it has a purpose and an origin, of 7 bytes each. */
const lastListAt = -16

const android: Spoilt = {
  ...{ ...signatures, ...chains },
  'the algorithm of another key': statementWith({ alg: -257 }),
  'the certificate of another key': withKey(otherKey),
  'no description of its key': lacking(descriptionExtension),
  'nonsense for a description of its key': saying(descriptionExtension, '3000'),
  'one list of authorizations': extension(descriptionExtension, (honest) => ({
    ...honest,
    value: flipped(honest.value, lastListAt),
  })),
  'another challenge': describing({ challenge: Buffer.alloc(32) }),
  'no challenge': describing({ challenge: Buffer.alloc(0) }),
  'a key for every application, says the system': describing({ software: [keystore.allApplications()] }),
  'a key for every application, says the hardware': describing({ hardware: [keystore.allApplications()] }),
  'a key that was imported, says the hardware': describing({ hardware: [keystore.purpose(2), keystore.origin(2)] }),
  'a key that was derived, says the system': describing({ software: [keystore.origin(1)] }),
  'a key that only encrypts': describing({ hardware: [keystore.purpose(0, 1), keystore.origin(0)] }),
}

const nonceExtension = '1.2.840.113635.100.8.2'
const nonce = (change: (honest: Buffer) => Buffer) =>
  extension(nonceExtension, (honest) => ({ ...honest, value: change(honest.value) }))

const apple: Spoilt = {
  ...chains,
  'the certificate of another key': withKey(otherKey),
  'no nonce': lacking(nonceExtension),
  'another nonce': nonce((honest) => flipped(honest, -1)),
  'a short nonce': nonce((honest) => honest.subarray(0, -1)),
  'a nonce with bytes before it': nonce((honest) => Buffer.concat([Buffer.of(0), honest])),
  'a nonce in no sequence': nonce((honest) => Buffer.concat([Buffer.alloc(6), honest.subarray(6)])),
}

const { 'bytes after the signature': _, ...ofChains } = takenByLibrary

/** Statements of phones (WebAuthn L3 §8.4, §8.8). */
export const phoneCases: Record<string, DishonestRegistration> = {
  ...spoiling('a statement of an Android phone', es256('android-key'), android, {
    'bytes after the signature': takenByLibrary['bytes after the signature'],
    'bytes after its certificate': takenByLibrary['bytes after its certificate'],
    'the algorithm of another key': 'alg must be that of the key (WebAuthn L3 §8.4)',
    'a key that was imported, says the hardware': 'the key must have been made in the device (WebAuthn L3 §8.4)',
    'a key that was derived, says the system': 'the key must have been made in the device (WebAuthn L3 §8.4)',
    'a key that only encrypts': 'the key must be for signing (WebAuthn L3 §8.4)',
  }),
  ...spoiling('a statement of Apple', es256('apple'), apple, {
    ...ofChains,
    'a nonce in no sequence': 'a nonce is in a sequence of its own',
  }),
}
