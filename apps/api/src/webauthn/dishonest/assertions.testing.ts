import type { AuthenticationMisbehaviour, AuthenticationResponseJSON } from '@fobwatch/testkit'
import { assertionJson, authData, type DishonestAssertion, each, flipped, ofLine, withFlags } from './case.testing.ts'

const named = (name: string, algorithm: -7 | -8 | -35 | -257, cases: Record<string, AuthenticationMisbehaviour>) =>
  each(
    'sign_in_refused',
    Object.fromEntries(
      Object.entries(cases).map(([title, misbehave]) => [`${title}, of a key for ${name}`, misbehave]),
    ),
    { algorithms: [algorithm] },
  )

const inSignature = (change: (honest: Buffer) => Uint8Array): AuthenticationMisbehaviour =>
  inResponse('signature', change)
const inResponse = (
  name: 'signature' | 'authenticatorData' | 'clientDataJSON' | 'userHandle',
  change: (honest: Buffer) => Uint8Array,
) =>
  assertionJson((honest: AuthenticationResponseJSON) => {
    const bytes = Buffer.from(honest.response[name] ?? '', 'base64url')
    return { ...honest, response: { ...honest.response, [name]: Buffer.from(change(bytes)).toString('base64url') } }
  })

const everyAlgorithm: Record<string, AuthenticationMisbehaviour> = {
  'a signature of zeros': { signature: 'zero' },
  'a signature by another key': { signature: 'other-key' },
  'a signature over something else': { signature: 'other-data' },
  'a signature with a bit changed': inSignature((honest) => flipped(honest, -1)),
  'half a signature': inSignature((honest) => honest.subarray(0, honest.length / 2)),
}
/** r and s as a DER sequence, or not quite. */
const ecdsa: Record<string, AuthenticationMisbehaviour> = {
  ...everyAlgorithm,
  'a signature without its form': { signature: 'raw' },
  'a signature of r = s = 1': inSignature(() => Buffer.from('3006020101020101', 'hex')),
  'a signature of a negative r': inSignature(() => Buffer.from('30060201ff020101', 'hex')),
  'a signature of r without s': inSignature(() => Buffer.from('3003020101', 'hex')),
}

/** Signatures of assertions (WebAuthn L3 §6.5.5), for each algorithm that we offer. */
const signatureCases: Record<string, DishonestAssertion> = ofLine(21, {
  ...named('ES256', -7, ecdsa),
  ...named('ES384', -35, ecdsa),
  ...named('EdDSA', -8, everyAlgorithm),
  ...named('RS256', -257, everyAlgorithm),
})

const bit = { attested: 0x40, extensions: 0x80 } as const
const someCredential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, 1, 7, 0xa0)])

/** Assertions (WebAuthn L3 §7.2). */
export const assertionCases: Record<string, DishonestAssertion> = {
  ...signatureCases,
  ...ofLine(
    21,
    each('sign_in_refused', {
      'authenticator data changed after it was signed': inResponse('authenticatorData', (honest) =>
        flipped(honest, -1),
      ),
      'client data changed after it was signed': inResponse('clientDataJSON', (honest) =>
        Buffer.from(honest.toString().replace('{', '{"more":1,')),
      ),
      'the id of a credential that nobody has': { id: Buffer.alloc(32, 3).toString('base64url') },
      'an id of one byte': { id: 'AA' },
      'an id of 1023 bytes': { id: Buffer.alloc(1_023, 3).toString('base64url') },
    }),
  ),
  ...ofLine(
    16,
    each('sign_in_refused', {
      'the user handle of nobody': { userHandle: Buffer.alloc(32, 3).toString('base64url') },
      'a user handle with a bit changed': inResponse('userHandle', (honest) => flipped(honest, 0)),
      'a user handle of one byte': { userHandle: 'AA' },
      'half a user handle': inResponse('userHandle', (honest) => honest.subarray(0, honest.length / 2)),
      'no user handle': { userHandle: null },
    }),
  ),
  ...ofLine(19, {
    ...each('sign_in_refused', { 'backup eligibility that it had not at registration': { backupEligible: true } }),
    ...each('sign_in_refused', { 'no more backup eligibility': { backupEligible: false } }, { backupEligible: true }),
  }),
  ...ofLine(
    13,
    each('response_malformed', {
      'one byte of authenticator data': authData((honest) => honest.subarray(0, 1)),
      'authenticator data without a counter': authData((honest) => honest.subarray(0, 36)),
      'a credential that is not there': authData((honest) => withFlags(honest, bit.attested)),
      'a new credential': authData((honest) => Buffer.concat([withFlags(honest, bit.attested), someCredential])),
      'extensions that are not there': authData((honest) => withFlags(honest, bit.extensions)),
      'extensions that are no map': authData((honest) =>
        Buffer.concat([withFlags(honest, bit.extensions), Buffer.of(0x80)]),
      ),
    }),
  ),
}
