import { bytesOfAaguid } from './aaguid.ts'
import { aaguidExtension, basicConstraints, type CertificateContents, crlDistributionPoint } from './certificate.ts'
import {
  type CertificateAuthority,
  type CertificateAuthorityOptions,
  createCertificateAuthority,
  type Validity,
} from './certificate-authority.ts'
import { coseAlgorithm, generateSigningKey, type MakersAlgorithm, type SigningKey } from './cose.ts'

/** An attestation key and the certificates that say which model of authenticator holds it. */
export interface AttestationKey {
  readonly key: SigningKey
  /** DER. */
  readonly certificate: Buffer
  /** The certificate and the authorities above it but for the root, as `x5c` has them. */
  readonly chain: Buffer[]
}

/** A maker of authenticators: a root and, for each model, one attestation key. */
export interface AttestationAuthority extends CertificateAuthority {
  readonly organisation: string
  /** The attestation key of a model, the same at every call; its certificate meets WebAuthn L3 §8.2.1. */
  readonly attestationKeyFor: (aaguid: string) => AttestationKey
}

export interface AttestationAuthorityOptions extends Partial<CertificateAuthorityOptions> {
  /** An address that the attestation certificates name for revocations. */
  crlAddress?: string
  /** What its attestation keys sign with; ES256 unless given. */
  algorithm?: MakersAlgorithm
  /** When the attestation certificates are valid, where that is not when the root is. */
  attestation?: Partial<Validity>
}

/** Makes a maker whose root nobody trusts until they are told to. */
export const createAttestationAuthority = ({
  organisation = 'Fobwatch Test Authenticators',
  crlAddress,
  algorithm = coseAlgorithm.ES256,
  attestation,
  ...options
}: AttestationAuthorityOptions = {}): AttestationAuthority => {
  const authority = createCertificateAuthority({ organisation, ...options })
  const revocations = crlAddress === undefined ? [] : [crlDistributionPoint(crlAddress)]
  const certify: CertificateAuthority['certify'] = (contents, dates = attestation) =>
    authority.certify({ ...contents, extensions: [...contents.extensions, ...revocations] }, dates)

  const known = new Map<string, AttestationKey>()
  const attestationKeyFor = (aaguid: string): AttestationKey => {
    const attestationKey =
      known.get(aaguid) ?? newAttestationKey(certify, generateSigningKey(algorithm), organisation, aaguid)
    known.set(aaguid, attestationKey)
    return attestationKey
  }
  return { ...authority, organisation, certify, attestationKeyFor }
}

const newAttestationKey = (
  certify: CertificateAuthority['certify'],
  key: SigningKey,
  organisation: string,
  aaguid: string,
): AttestationKey => {
  const chain = certify(attestationCertificate(organisation, aaguid, key))
  const [certificate = Buffer.alloc(0)] = chain
  return { key, certificate, chain }
}

/** What a packed attestation certificate says (WebAuthn L3 §8.2.1). */
export const attestationCertificate = (organisation: string, aaguid: string, key: SigningKey): CertificateContents => ({
  subject: {
    country: 'GB',
    organisation,
    unit: 'Authenticator Attestation',
    commonName: `${organisation} Attestation`,
  },
  spki: spkiOf(key),
  extensions: [basicConstraints(false), aaguidExtension(bytesOfAaguid(aaguid))],
})

export const spkiOf = ({ spki }: SigningKey): Buffer => {
  if (!spki) throw new TypeError('no certificate can express this key')
  return spki
}
