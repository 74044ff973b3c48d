import { generateKeyPairSync } from 'node:crypto'
import { bytesOfAaguid } from './aaguid.ts'
import {
  aaguidExtension,
  basicConstraints,
  type CertificateRequest,
  certificateSigningUsage,
  createCertificate,
  crlDistributionPoint,
  pemOf,
} from './certificate.ts'
import { coseAlgorithm, generateSigningKey, type SigningKey } from './cose.ts'

/** An attestation key and the certificate that says which model of authenticator holds it. */
export interface AttestationKey {
  readonly key: SigningKey
  /** DER. */
  readonly certificate: Buffer
}

/** A maker of authenticators: a root and, for each model, one attestation key. */
export interface AttestationAuthority {
  /** The root, to configure as a trust anchor. */
  readonly rootPem: string
  /** The root in DER. */
  readonly root: Buffer
  /** The attestation key of a model, the same at every call; its certificate meets WebAuthn L3 §8.2.1. */
  readonly attestationKeyFor: (aaguid: string) => AttestationKey
}

export interface AttestationAuthorityOptions {
  /** The maker's name in its certificates. */
  organisation?: string
  notBefore?: Date
  notAfter?: Date
  /** An address that the attestation certificates name for revocations. */
  crlAddress?: string
}

/** Makes a root of its own, which nobody trusts until they are told to. */
export const createAttestationAuthority = ({
  organisation = 'Fobwatch Test Authenticators',
  notBefore = new Date('2020-01-01'),
  notAfter = new Date('2049-12-31'),
  crlAddress,
}: AttestationAuthorityOptions = {}): AttestationAuthority => {
  const { privateKey: issuerKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subject = { country: 'GB', organisation, commonName: `${organisation} Root` }
  const issuer = { issuer: subject, issuerKey, notBefore, notAfter }
  const root = createCertificate({
    ...issuer,
    subject,
    spki: publicKey.export({ format: 'der', type: 'spki' }),
    extensions: [basicConstraints(true), certificateSigningUsage()],
  })

  const known = new Map<string, AttestationKey>()
  const attestationKeyFor = (aaguid: string): AttestationKey => {
    const attestationKey = known.get(aaguid) ?? certify(aaguid, issuer, crlAddress)
    known.set(aaguid, attestationKey)
    return attestationKey
  }
  return { root, rootPem: pemOf(root), attestationKeyFor }
}

type Issuer = Pick<CertificateRequest, 'issuer' | 'issuerKey' | 'notBefore' | 'notAfter'>

const certify = (aaguid: string, issuer: Issuer, crlAddress: string | undefined): AttestationKey => {
  const { organisation } = issuer.issuer
  const key = generateSigningKey(coseAlgorithm.ES256)
  const certificate = createCertificate({
    ...issuer,
    subject: {
      country: 'GB',
      organisation,
      unit: 'Authenticator Attestation',
      commonName: `${organisation} Attestation`,
    },
    spki: spkiOf(key),
    extensions: [
      basicConstraints(false),
      aaguidExtension(bytesOfAaguid(aaguid)),
      ...(crlAddress === undefined ? [] : [crlDistributionPoint(crlAddress)]),
    ],
  })
  return { key, certificate }
}

const spkiOf = ({ spki }: SigningKey): Buffer => {
  if (!spki) throw new TypeError('an attestation key has a public half')
  return spki
}
