import { createHash } from 'node:crypto'
import { spkiOf } from '../attestation-authority.ts'
import { basicConstraints, keyUsage } from '../certificate.ts'
import { explicit, octetString, sequence } from '../der.ts'
import { certified, type MakeStatement } from './request.ts'

/** An Apple statement (WebAuthn L3 §8.8): a certificate for the new key, which holds a nonce. */
export const appleStatement: MakeStatement = (request, faults) => {
  const nonce = createHash('sha256').update(request.authData).update(request.clientDataHash).digest()
  const contents = {
    subject: { organisation: request.authority.organisation, commonName: 'A key of an iPhone' },
    spki: spkiOf(request.key),
    extensions: [
      basicConstraints(false),
      keyUsage('signatures'),
      { id: '1.2.840.113635.100.8.2', value: sequence(explicit(1, octetString(nonce))) },
    ],
  }
  return new Map([['x5c', certified(request, contents, faults)]])
}
