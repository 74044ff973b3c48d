import { type CborMap, encodeCbor, type RegistrationMisbehaviour } from '@fobwatch/testkit'
import {
  authData,
  type DishonestEither,
  type DishonestRegistration,
  each,
  idLengthAt,
  ofLine,
  withFlags,
} from './case.testing.ts'

const bit = { reserved: 0x02, attested: 0x40, extensions: 0x80 } as const

/** Authenticator data of either ceremony (WebAuthn L3 §6.1). */
export const authenticatorDataCases: Record<string, DishonestEither> = {
  ...ofLine(
    6,
    each('rp_id_mismatch', {
      'the RP ID of another': { rpId: 'evil.example' },
      'an RP ID in capital letters': { rpId: 'LOCALHOST' },
      'an address for an RP ID': { rpId: '127.0.0.1' },
      'an origin for an RP ID': { rpId: 'http://localhost:3000' },
      'an empty RP ID': { rpId: '' },
    }),
  ),
  ...ofLine(7, each('user_not_present', { 'nobody present': { userPresent: false } })),
  ...ofLine(7, each('user_not_verified', { 'nobody verified': { userVerified: false } })),
  ...ofLine(
    7,
    each('backup_flags_invalid', {
      'a backup of what may not be backed up': { backupStateWithoutEligibility: true },
    }),
  ),
  ...ofLine(
    13,
    each('response_malformed', {
      'a byte after authenticator data': { trailingAuthDataBytes: 1 },
      'a thousand bytes after authenticator data': { trailingAuthDataBytes: 1_000 },
    }),
  ),
}

const credPropsTwice = Buffer.from('a2616101616102', 'hex')

const spoilt: Record<string, RegistrationMisbehaviour> = {
  'one byte of authenticator data': authData((honest) => honest.subarray(0, 1)),
  'authenticator data without a counter': authData((honest) => honest.subarray(0, 36)),
  'authenticator data without the credential that it says it has': authData((honest) => honest.subarray(0, 37)),
  'an id cut short': authData((honest) => honest.subarray(0, 60)),
  'a key cut short': authData((honest) => honest.subarray(0, -1)),
  'no key': authData((honest) => honest.subarray(0, 55 + 32)),
  'an id longer than the bytes there are': authData((honest) => {
    const longer = Buffer.from(honest)
    longer.writeUInt16BE(1_000, idLengthAt)
    return longer
  }),
  'a credential that no flag tells of': authData((honest) => withFlags(honest, 0, bit.attested)),
  'no credential': authData((honest) => withFlags(honest.subarray(0, 37), 0, bit.attested)),
  'extensions that are not there': authData((honest) => withFlags(honest, bit.extensions)),
  'extensions that are no map': authData((honest) =>
    Buffer.concat([withFlags(honest, bit.extensions), Buffer.of(0x01)]),
  ),
  'extensions that end early': authData((honest) =>
    Buffer.concat([withFlags(honest, bit.extensions), Buffer.of(0xa1)]),
  ),
  'extensions that no flag tells of': authData((honest) =>
    Buffer.concat([honest, encodeCbor(new Map([['credProtect', 2]]) as CborMap)]),
  ),
  'an extension twice': authData((honest) => Buffer.concat([withFlags(honest, bit.extensions), credPropsTwice])),
  'bytes after the extensions': authData((honest) =>
    Buffer.concat([withFlags(honest, bit.extensions), Buffer.of(0xa0, 0x00)]),
  ),
}

/** Authenticator data with a new credential (WebAuthn L3 §6.5.2). */
export const newCredentialCases: Record<string, DishonestRegistration> = {
  ...ofLine(13, each('response_malformed', spoilt)),
  ...ofLine(
    12,
    each('credential_id_invalid', {
      'an empty id': { credentialIdLength: 0, id: Buffer.alloc(32, 3).toString('base64url') },
      'an id of 15 bytes': { credentialIdLength: 15 },
      'an id of 1024 bytes': { credentialIdLength: 1_024, id: Buffer.alloc(32, 3).toString('base64url') },
      'an id of 20,000 bytes': { credentialIdLength: 20_000, id: Buffer.alloc(32, 3).toString('base64url') },
      'another id in the JSON': { id: Buffer.alloc(32, 3).toString('base64url') },
    }),
  ),
}
