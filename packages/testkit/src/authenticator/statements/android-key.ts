import { spkiOf } from '../attestation-authority.ts'
import { basicConstraints, type Extension, keyUsage } from '../certificate.ts'
import { enumerated, explicit, integer, nothing, octetString, sequence, set } from '../der.ts'
import type { KeyDescription } from '../misbehaviour.ts'
import { signCeremony } from '../signature.ts'
import { certified, type MakeStatement } from './request.ts'

const number = (value: number): Buffer => integer(value === 0 ? Buffer.of(0) : Buffer.of(value))

/** Entries of an authorization list (Android Keystore, attestation schema). */
export const keystore = {
  purpose: (...values: number[]): Buffer => explicit(1, set(...values.map(number))),
  allApplications: (): Buffer => explicit(600, nothing()),
  origin: (value: number): Buffer => explicit(702, number(value)),
} as const

/** An Android Key statement (WebAuthn L3 §8.4): a certificate for the new key, which describes it. */
export const androidKeyStatement: MakeStatement = (request, faults) => {
  const { key, authData, clientDataHash, authority } = request
  const contents = {
    subject: { organisation: authority.organisation, commonName: 'Android Keystore Key' },
    spki: spkiOf(key),
    extensions: [
      basicConstraints(false),
      keyUsage('signatures'),
      describing({ challenge: clientDataHash, ...faults.keyDescription }),
    ],
  }
  return new Map<string, number | Uint8Array | Uint8Array[]>([
    ['alg', key.algorithm],
    ['sig', signCeremony(key, authData, clientDataHash, faults.signature)],
    ['x5c', certified(request, contents, faults, true)],
  ])
}

/** KeyDescription: versions and security levels of attestation and keymaster, the challenge, an id, and two lists. */
const describing = ({
  challenge = Buffer.alloc(0),
  software = [],
  hardware = [keystore.purpose(2), keystore.origin(0)],
}: KeyDescription): Extension => ({
  id: '1.3.6.1.4.1.11129.2.1.17',
  value: sequence(
    ...[number(4), enumerated(1), number(4), enumerated(1)],
    ...[octetString(challenge), octetString(Buffer.alloc(0)), sequence(...software), sequence(...hardware)],
  ),
})
