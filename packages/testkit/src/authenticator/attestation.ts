import { createAttestationAuthority } from './attestation-authority.ts'
import { bytesClaiming, type CborMap, encodeCbor, mapOfEntries, nestedArrays } from './cbor.ts'
import type { AttestationFaults, RegistrationMisbehaviour } from './misbehaviour.ts'
import { androidKeyStatement } from './statements/android-key.ts'
import { appleStatement } from './statements/apple.ts'
import { u2fStatement } from './statements/fido-u2f.ts'
import { packedStatement, selfStatement } from './statements/packed.ts'
import type { MakeStatement, StatementRequest } from './statements/request.ts'
import { tpmStatement } from './statements/tpm.ts'

/** What an authenticator says of itself: a format of WebAuthn L3 §8, and for `packed` who says it. */
export type Attestation = 'none' | 'packed' | 'packed-self' | 'tpm' | 'android-key' | 'apple' | 'fido-u2f'

export interface AttestationRequest extends StatementRequest {
  kind: Attestation
}

/** The kind of attestation that the faults ask for, or else the given one. */
export const kindOfAttestation = (kind: Attestation, faults: AttestationFaults): Attestation => {
  if (faults.selfAttestedAs !== undefined) return 'packed-self'
  return faults.chain !== undefined && (kind === 'none' || kind === 'packed-self') ? 'packed' : kind
}

/** The attestation object before it is encoded (WebAuthn L3 §6.5), its keys in CTAP2's canonical order. */
export const attest = (request: AttestationRequest, faults: RegistrationMisbehaviour): CborMap => {
  refuseIdle(request.kind, faults)
  const authority =
    faults.chain === undefined ? request.authority : createAttestationAuthority({ organisation: 'Home' })
  return new Map<string, CborMap | Uint8Array | string>([
    ['fmt', faults.attestationFormat ?? (request.kind === 'packed-self' ? 'packed' : request.kind)],
    ['attStmt', statements[request.kind]({ ...request, authority }, faults)],
    ['authData', request.authData],
  ])
}

const statements: Record<Attestation, MakeStatement> = {
  none: () => new Map(),
  packed: packedStatement,
  'packed-self': selfStatement,
  tpm: tpmStatement,
  'android-key': androidKeyStatement,
  apple: appleStatement,
  'fido-u2f': u2fStatement,
}

/** Refuses faults that would have no effect on a statement of this kind. */
const refuseIdle = (kind: Attestation, { signature, keyDescription, mutate = {} }: RegistrationMisbehaviour): void => {
  const certified = kind !== 'none' && kind !== 'packed-self'
  const idle = [
    signature !== undefined && (kind === 'none' || kind === 'apple'),
    keyDescription !== undefined && kind !== 'android-key',
    mutate.certificate !== undefined && !certified,
    (mutate.pubArea ?? mutate.certInfo) !== undefined && kind !== 'tpm',
  ]
  if (idle.includes(true)) throw new RangeError(`attestation "${kind}" has no such part to spoil`)
}

/** Encodes an attestation object, with the faults that concern its form. */
export const encodeAttestationObject = (attestation: CborMap, faults: AttestationFaults): Buffer => {
  const spoilt: CborMap = new Map(attestation)
  if (faults.nestedCborDepth !== undefined) spoilt.set('attStmt', nestedArrays(faults.nestedCborDepth))
  const authData = spoilt.get('authData')
  if (faults.claimedCborLength !== undefined && authData instanceof Uint8Array) {
    spoilt.set('authData', bytesClaiming(faults.claimedCborLength, authData))
  }
  const twice = faults.duplicateCborKeys === 'attestation-object' ? [...spoilt].slice(0, 1) : []
  return Buffer.concat([
    encodeCbor(mapOfEntries([...spoilt, ...twice])),
    Buffer.alloc(faults.trailingAttestationBytes ?? 0),
  ])
}
