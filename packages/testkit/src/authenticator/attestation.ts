import { type AttestationAuthority, createAttestationAuthority } from './attestation-authority.ts'
import { bytesClaiming, type CborMap, encodeCbor, mapOfEntries, nestedArrays } from './cbor.ts'
import type { SigningKey } from './cose.ts'
import type { AttestationFaults, RegistrationMisbehaviour } from './misbehaviour.ts'
import { signCeremony } from './signature.ts'

export type Attestation = 'none' | 'packed' | 'packed-self'

export interface AttestationRequest {
  kind: Attestation
  aaguid: string
  authority: AttestationAuthority
  key: SigningKey
  authData: Uint8Array
  clientDataHash: Uint8Array
}

/** The kind of attestation that the faults ask for, or else the given one. */
export const kindOfAttestation = (kind: Attestation, faults: AttestationFaults): Attestation => {
  if (faults.selfAttestedAs !== undefined) return 'packed-self'
  return faults.chain === undefined ? kind : 'packed'
}

/** The attestation object before it is encoded (WebAuthn L3 §6.5), its keys in CTAP2's canonical order. */
export const attest = (request: AttestationRequest, faults: RegistrationMisbehaviour): CborMap => {
  const format = request.kind === 'none' ? 'none' : 'packed'
  return new Map<string, CborMap | Uint8Array | string>([
    ['fmt', faults.attestationFormat ?? format],
    ['attStmt', statement(request, faults)],
    ['authData', request.authData],
  ])
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

/** An attestation statement: empty (WebAuthn L3 §8.7) or packed (§8.2). */
const statement = (request: AttestationRequest, faults: RegistrationMisbehaviour): CborMap => {
  if (request.kind === 'none') {
    if (faults.signature !== undefined) throw new RangeError('attestation "none" has no signature to spoil')
    return new Map()
  }
  const { key, certificates } = request.kind === 'packed' ? chainFor(request, faults) : selfAttested(request)
  return new Map<string, number | Uint8Array | Uint8Array[]>([
    ['alg', key.algorithm],
    ['sig', signCeremony(key, request.authData, request.clientDataHash, faults.signature)],
    ...(certificates.length === 0 ? [] : [['x5c', certificates] as const]),
  ])
}

interface Attester {
  key: SigningKey
  certificates: Uint8Array[]
}

const selfAttested = ({ key }: AttestationRequest): Attester => ({ key, certificates: [] })

const chainFor = ({ aaguid, authority }: AttestationRequest, { chain }: AttestationFaults): Attester => {
  const maker = chain === undefined ? authority : createAttestationAuthority({ organisation: 'Home Made' })
  const attestationKey = maker.attestationKeyFor(aaguid)
  const certificates = [...attestationKey.chain, ...(chain === 'home-made-with-root' ? [maker.root] : [])]
  return { key: attestationKey.key, certificates }
}
