import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { AuthenticationMisbehaviour, RegistrationMisbehaviour } from './misbehaviour.ts'
import { authDataBytesOf, authDataOf, clientDataOf, clientDataTextOf } from './relying-party.testing.ts'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from './webauthn-json.ts'

/** One way to misbehave, and what comes of it. */
export interface Case<Misbehaviour, Ceremony> {
  misbehave: Misbehaviour
  /** Looks at what was sent, by somebody else's decoder. */
  shows: (ceremony: Ceremony) => void
  /** What the library says; where it accepts, the check is its caller's. */
  library: RegExp | 'accepts' | 'finds the signature false'
}

export const titleOf = (name: string, { library }: Pick<Case<never, never>, 'library'>): string =>
  `shows ${name}, and the library ${library instanceof RegExp ? 'refuses' : library}`

export const assertVerdict = async (
  { library }: Pick<Case<never, never>, 'library'>,
  verifying: Promise<{ verified: boolean }>,
): Promise<void> => {
  if (library instanceof RegExp) return assert.rejects(verifying, library)
  assert.equal((await verifying).verified, library === 'accepts')
}

type Either = Case<
  AuthenticationMisbehaviour & Omit<RegistrationMisbehaviour, 'mutate'>,
  AuthenticationResponseJSON | RegistrationResponseJSON
>

const bytes = (base64url: string) => Buffer.from(base64url, 'base64url')

/** What may be wrong in either ceremony. */
export const casesOfEither: Record<string, Either> = {
  'the type of another ceremony': {
    misbehave: { type: 'payment.get' },
    shows: (ceremony) => assert.equal(clientDataOf(ceremony).type, 'payment.get'),
    library: /Unexpected (registration|authentication) response type/,
  },
  'another challenge': {
    misbehave: { challenge: 'b3RoZXI' },
    shows: (ceremony) => assert.equal(clientDataOf(ceremony).challenge, 'b3RoZXI'),
    library: /Unexpected (registration|authentication) response challenge/,
  },
  'another origin': {
    misbehave: { origin: 'http://localhost:3001' },
    shows: (ceremony) => assert.equal(clientDataOf(ceremony).origin, 'http://localhost:3001'),
    library: /Unexpected (registration|authentication) response origin/,
  },
  'a cross-origin frame': {
    misbehave: { crossOrigin: true },
    shows: (ceremony) => assert.equal(clientDataOf(ceremony).crossOrigin, true),
    library: 'accepts',
  },
  'a byte order mark': {
    misbehave: { clientDataEncoding: 'byte-order-mark' },
    shows: (ceremony) => assert.match(clientDataTextOf(ceremony), /^\xef\xbb\xbf{"type":"webauthn\./),
    library: 'accepts',
  },
  'invalid UTF-8': {
    misbehave: { clientDataEncoding: 'invalid-utf8' },
    shows: (ceremony) => {
      const sent = bytes(ceremony.response.clientDataJSON)
      assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(sent), TypeError)
      assert.match(clientDataOf(ceremony).type, /^webauthn/)
    },
    library: 'accepts',
  },
  'duplicate JSON keys': {
    misbehave: { clientDataEncoding: 'duplicate-keys' },
    shows: (ceremony) => {
      assert.equal(clientDataTextOf(ceremony).match(/"origin":/g)?.length, 2)
      assert.equal(clientDataTextOf(ceremony).match(/"challenge":/g)?.length, 2)
    },
    library: 'accepts',
  },
  'the hash of another RP ID': {
    misbehave: { rpId: 'other.example' },
    shows: (ceremony) =>
      assert.deepEqual(
        Buffer.from(authDataOf(ceremony).rpIdHash),
        createHash('sha256').update('other.example').digest(),
      ),
    library: /Unexpected RP ID hash/,
  },
  'a user not verified': {
    misbehave: { userVerified: false },
    shows: (ceremony) => assert.equal(authDataOf(ceremony).flags.uv, false),
    library: /user could not be verified/,
  },
  'a user not present': {
    misbehave: { userPresent: false },
    shows: (ceremony) => assert.equal(authDataOf(ceremony).flags.up, false),
    library: /user was not present|User not present/i,
  },
  'a backup that cannot be': {
    misbehave: { backupStateWithoutEligibility: true },
    shows: (ceremony) => {
      assert.equal(authDataOf(ceremony).flags.be, false)
      assert.equal(authDataOf(ceremony).flags.bs, true)
    },
    library: /should be impossible/,
  },
  'backup eligibility that the device has not': {
    misbehave: { backupEligible: true },
    shows: (ceremony) => assert.equal(authDataOf(ceremony).flags.be, true),
    library: 'accepts',
  },
  'a counter far ahead': {
    misbehave: { signCount: 4_294_967_295 },
    shows: (ceremony) => assert.equal(authDataOf(ceremony).counter, 4_294_967_295),
    library: 'accepts',
  },
  'bytes after the authenticator data': {
    misbehave: { trailingAuthDataBytes: 3 },
    shows: (ceremony) => {
      assert.throws(() => authDataOf(ceremony), /Leftover bytes/)
      assert.deepEqual(Buffer.from(authDataBytesOf(ceremony)).subarray(-3), Buffer.alloc(3))
    },
    library: /Leftover bytes/,
  },
  'another id in the JSON': {
    misbehave: { id: 'b3RoZXI' },
    shows: (ceremony) => {
      assert.equal(ceremony.id, 'b3RoZXI')
      assert.equal(ceremony.rawId, 'b3RoZXI')
    },
    library: 'accepts',
  },
}
