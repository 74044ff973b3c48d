import type { AttestationAuthority } from '../attestation-authority.ts'
import type { CborMap } from '../cbor.ts'
import type { CertificateContents } from '../certificate.ts'
import type { SigningKey } from '../cose.ts'
import type { RegistrationMisbehaviour } from '../misbehaviour.ts'

/** What a statement is about, and who makes it. */
export interface StatementRequest {
  aaguid: string
  authority: AttestationAuthority
  /** The new credential's. */
  key: SigningKey
  authData: Uint8Array
  clientDataHash: Uint8Array
}

export type MakeStatement = (request: StatementRequest, faults: RegistrationMisbehaviour) => CborMap

/**
 * Has a certificate signed, with the faults that concern it.
 * @param withRoot whether such chains carry their root; few do
 * @returns `x5c`
 */
export const certified = (
  { authority }: StatementRequest,
  honest: CertificateContents,
  { mutate, chain }: RegistrationMisbehaviour,
  withRoot = chain === 'home-made-with-root',
): Buffer[] => {
  const certificates = authority.certify(mutate?.certificate?.(honest) ?? honest)
  return withRoot ? [...certificates, authority.root] : certificates
}
