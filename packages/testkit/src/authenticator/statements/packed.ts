import { attestationCertificate } from '../attestation-authority.ts'
import { signCeremony } from '../signature.ts'
import { certified, type MakeStatement } from './request.ts'

/** A packed statement by an attestation key (WebAuthn L3 §8.2). */
export const packedStatement: MakeStatement = (request, faults) => {
  const { aaguid, authority, authData, clientDataHash } = request
  const { key } = authority.attestationKeyFor(aaguid)
  const contents = attestationCertificate(authority.organisation, aaguid, key)
  return new Map<string, number | Uint8Array | Uint8Array[]>([
    ['alg', key.algorithm],
    ['sig', signCeremony(key, authData, clientDataHash, faults.signature)],
    ['x5c', certified(request, contents, faults)],
  ])
}

/** A packed statement by the new key itself. */
export const selfStatement: MakeStatement = ({ key, authData, clientDataHash }, { signature }) =>
  new Map<string, number | Uint8Array>([
    ['alg', key.algorithm],
    ['sig', signCeremony(key, authData, clientDataHash, signature)],
  ])
