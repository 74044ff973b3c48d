import { type CborValue, encodeCbor } from '@fobwatch/testkit'
import {
  attestation,
  attestationObject,
  changed,
  type DishonestRegistration,
  each,
  ofLine,
  statement,
} from './case.testing.ts'

const hex = (text: string): CborValue => ({ verbatim: Buffer.from(text.replaceAll(' ', ''), 'hex') })
const says = (values: Record<string, CborValue | undefined>) => attestation((honest) => changed(honest, values))
const statementIs = (text: string) => statement(() => hex(text))

/** Attestation objects (WebAuthn L3 §6.5.4) in CBOR. */
export const cborCases: Record<string, DishonestRegistration> = ofLine(
  13,
  each('response_malformed', {
    'CBOR 5,000 levels deep': { nestedCborDepth: 5_000 },
    'CBOR ten levels deep': { nestedCborDepth: 10 },
    'a length of 4 GB': { claimedCborLength: 0xffff_ffff },
    'a length of nine quadrillion': { claimedCborLength: Number.MAX_SAFE_INTEGER },
    'a length one beyond the end': { claimedCborLength: 1_000 },
    'a list of 4 billion': statementIs('9a ffffffff'),
    'a map of 4 billion': statementIs('ba ffffffff'),
    'a key of the attestation object twice': { duplicateCborKeys: 'attestation-object' },
    'a byte after the attestation object': { trailingAttestationBytes: 1 },
    'a statement of no definite length': statementIs('bf ff'),
    'a text of no definite length': statementIs('a1 7f 6161 ff 01'),
    'a tag': statementIs('c0 a0'),
    'a reserved length': statementIs('1c'),
    'a break out of nothing': statementIs('ff'),
    'a float of 16 bits': statementIs('f9 0000'),
    'a key that is bytes': statementIs('a1 41 00 00'),
    'a key that is a list': statementIs('a1 80 00'),
    'a text that is not UTF-8': statementIs('a1 62 c328 00'),
    'a list for a statement': says({ attStmt: [] }),
    'null for a statement': says({ attStmt: hex('f6') }),
    'no statement': says({ attStmt: undefined }),
    'no format': says({ fmt: undefined }),
    'bytes for a format': says({ fmt: Buffer.from('none') }),
    'a number for a format': says({ fmt: 0 }),
    'authenticator data in text': says({ authData: 'authData' }),
    'no authenticator data in the map': says({ authData: undefined }),
    'an empty map for an attestation object': attestationObject(() => encodeCbor(new Map())),
    'a list for an attestation object': attestationObject(() => encodeCbor([])),
    'bytes for an attestation object': attestationObject((honest) => encodeCbor(honest)),
    'half an attestation object': attestationObject((honest) => honest.subarray(0, honest.length / 2)),
    'JSON for an attestation object': attestationObject(() => Buffer.from('{}')),
  }),
)
