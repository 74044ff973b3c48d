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

/** A distinguished name of the attributes that attestation certificates have; empty without any. */
export interface DistinguishedName {
  country?: string
  organisation?: string
  unit?: string
  commonName?: string
}

/** An extension of a certificate (RFC 5280 §4.2). */
export interface Extension {
  /** Dotted, such as `2.5.29.19`. */
  id: string
  critical?: boolean
  /** DER. */
  value: Buffer
}

/** What a certificate says of whoever holds its key. */
export interface CertificateContents {
  subject: DistinguishedName
  /** SubjectPublicKeyInfo in DER. */
  spki: Uint8Array
  /** Made by the functions below. */
  extensions: Extension[]
  /** 3 unless given. */
  version?: 1 | 3
}

export interface CertificateRequest extends CertificateContents {
  issuer: DistinguishedName
  /** The issuer's key on P-256. */
  issuerKey: KeyObject
  notBefore: Date
  notAfter: Date
}

const oid = {
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  unit: '2.5.4.11',
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const

/** Extensions by the names that people know them by. */
export const extensionId = {
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlDistributionPoints: '2.5.29.31',
  extendedKeyUsage: '2.5.29.37',
  fidoAaguid: '1.3.6.1.4.1.45724.1.1.4',
} as const

/** A certificate (RFC 5280 §4.1) signed with ECDSA over SHA-256, in DER. */
export const createCertificate = (request: CertificateRequest): Buffer => {
  const { version = 3, extensions } = request
  const signatureAlgorithm = sequence(objectIdentifier(oid.ecdsaWithSha256))
  const tbsCertificate = sequence(
    version === 3 ? explicit(0, integer(Buffer.of(2))) : Buffer.alloc(0),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    signatureAlgorithm,
    nameOf(request.issuer),
    sequence(utcTime(request.notBefore), utcTime(request.notAfter)),
    nameOf(request.subject),
    request.spki,
    version === 3 ? explicit(3, sequence(...extensions.map(encodeExtension))) : Buffer.alloc(0),
  )
  const signature = sign('sha256', tbsCertificate, request.issuerKey)
  return sequence(tbsCertificate, signatureAlgorithm, bitString(signature))
}

/** @param pathLength how many authorities may follow below; as many as one likes unless given */
export const basicConstraints = (certificateAuthority: boolean, pathLength?: number): Extension => ({
  id: extensionId.basicConstraints,
  critical: true,
  value: certificateAuthority
    ? sequence(boolean(true), pathLength === undefined ? Buffer.alloc(0) : integer(Buffer.of(pathLength)))
    : sequence(),
})

/** keyCertSign and cRLSign, or digitalSignature (RFC 5280 §4.2.1.3). */
export const keyUsage = (usage: 'certificates' | 'signatures'): Extension => ({
  id: extensionId.keyUsage,
  critical: true,
  value: usage === 'certificates' ? bitString(Buffer.of(0b0000_0110), 1) : bitString(Buffer.of(0b1000_0000), 7),
})

/** id-fido-gen-ce-aaguid: not critical, the AAGUID in an OCTET STRING of its own (WebAuthn L3 §8.2.1). */
export const aaguidExtension = (aaguid: Uint8Array): Extension => ({
  id: extensionId.fidoAaguid,
  value: octetString(aaguid),
})

/** Where revocations are said to be listed (RFC 5280 §4.2.1.13). */
export const crlDistributionPoint = (url: string): Extension => {
  const uniformResourceIdentifier = implicit(6, Buffer.from(url, 'latin1'))
  const distributionPoint = explicit(0, explicit(0, uniformResourceIdentifier))
  return { id: extensionId.crlDistributionPoints, value: sequence(sequence(distributionPoint)) }
}

/** The host that a certificate is for (RFC 5280 §4.2.1.6). */
export const hostNameExtension = (hostName: string): Extension => ({
  id: extensionId.subjectAlternativeName,
  value: sequence(implicit(2, Buffer.from(hostName, 'latin1'))),
})

export const pemOf = (certificate: Uint8Array): string => {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

const encodeExtension = ({ id, critical = false, value }: Extension): Buffer =>
  sequence(objectIdentifier(id), critical ? boolean(true) : Buffer.alloc(0), octetString(value))

const nameOf = ({ country, organisation, unit, commonName }: DistinguishedName): Buffer =>
  sequence(
    attribute(oid.country, country, printableString),
    attribute(oid.organisation, organisation, utf8String),
    attribute(oid.unit, unit, utf8String),
    attribute(oid.commonName, commonName, utf8String),
  )

const attribute = (id: string, text: string | undefined, encode: (text: string) => Buffer): Buffer =>
  text === undefined ? Buffer.alloc(0) : set(sequence(objectIdentifier(id), encode(text)))
