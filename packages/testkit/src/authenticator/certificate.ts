import { type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  printableString,
  sequence,
  set,
  utcTime,
  utf8String,
} from './der.ts'

/** A distinguished name of the four attributes that WebAuthn L3 §8.2.1 asks for. */
export interface DistinguishedName {
  country: string
  organisation: string
  unit?: string
  commonName: string
}

export interface CertificateRequest {
  subject: DistinguishedName
  issuer: DistinguishedName
  /** SubjectPublicKeyInfo in DER. */
  spki: Uint8Array
  /** The issuer's key on P-256. */
  issuerKey: KeyObject
  notBefore: Date
  notAfter: Date
  /** Made by the functions below. */
  extensions: Uint8Array[]
}

const oid = {
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  crlDistributionPoints: '2.5.29.31',
  fidoAaguid: '1.3.6.1.4.1.45724.1.1.4',
} as const

/** A version 3 certificate (RFC 5280 §4.1) signed with ECDSA over SHA-256, in DER. */
export const createCertificate = (request: CertificateRequest): Buffer => {
  const signatureAlgorithm = sequence(objectIdentifier(oid.ecdsaWithSha256))
  const version3 = explicit(0, integer(Buffer.of(2)))
  const tbsCertificate = sequence(
    version3,
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    signatureAlgorithm,
    nameOf(request.issuer),
    sequence(utcTime(request.notBefore), utcTime(request.notAfter)),
    nameOf(request.subject),
    request.spki,
    explicit(3, sequence(...request.extensions)),
  )
  const signature = sign('sha256', tbsCertificate, request.issuerKey)
  return sequence(tbsCertificate, signatureAlgorithm, bitString(signature))
}

export const basicConstraints = (certificateAuthority: boolean): Buffer =>
  extension(oid.basicConstraints, certificateAuthority ? sequence(boolean(true)) : sequence(), true)

/** keyCertSign and cRLSign (RFC 5280 §4.2.1.3). */
export const certificateSigningUsage = (): Buffer => extension(oid.keyUsage, bitString(Buffer.of(0b0000_0110), 1), true)

/** id-fido-gen-ce-aaguid: not critical, the AAGUID in an OCTET STRING of its own (WebAuthn L3 §8.2.1). */
export const aaguidExtension = (aaguid: Uint8Array): Buffer => extension(oid.fidoAaguid, octetString(aaguid))

/** Where revocations are said to be listed (RFC 5280 §4.2.1.13). */
export const crlDistributionPoint = (url: string): Buffer => {
  const uniformResourceIdentifier = implicit(6, Buffer.from(url, 'latin1'))
  const distributionPoint = explicit(0, explicit(0, uniformResourceIdentifier))
  return extension(oid.crlDistributionPoints, sequence(sequence(distributionPoint)))
}

export const pemOf = (certificate: Uint8Array): string => {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

const extension = (id: string, value: Uint8Array, critical = false): Buffer =>
  sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value))

const nameOf = ({ country, organisation, unit, commonName }: DistinguishedName): Buffer =>
  sequence(
    attribute(oid.country, printableString(country)),
    attribute(oid.organisation, utf8String(organisation)),
    ...(unit === undefined ? [] : [attribute(oid.unit, utf8String(unit))]),
    attribute(oid.commonName, utf8String(commonName)),
  )

const attribute = (id: string, value: Uint8Array): Buffer => set(sequence(objectIdentifier(id), value))
