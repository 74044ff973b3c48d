import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import {
  basicConstraints,
  type CertificateContents,
  createCertificate,
  type DistinguishedName,
  keyUsage,
  pemOf,
} from './certificate.ts'

/** An authority below the root. Honest unless something is said here, and then wrong in that alone. */
export interface IntermediateOptions {
  /** Whether it may sign certificates at all; true unless given. */
  certificateAuthority?: boolean
  /** How many more authorities may follow below it. */
  pathLength?: number
  /** What its key is for; certificates unless given. */
  usage?: 'certificates' | 'signatures'
  notBefore?: Date
  notAfter?: Date
  /** The name by which whatever it signs calls it, in the place of its own. */
  calledBelow?: string
  /** Its certificate is signed by another key than its issuer's. */
  signedByAnother?: true
}

export interface CertificateAuthorityOptions {
  /** Its name in certificates. */
  organisation: string
  notBefore?: Date
  notAfter?: Date
  /** How many authorities the root allows below it. */
  pathLength?: number
  /** Between the root and what is certified, from the root downwards; none unless given. */
  intermediates?: readonly IntermediateOptions[]
}

export interface CertificateAuthority {
  /** The root in DER and in PEM, to configure as a trust anchor. */
  readonly root: Buffer
  readonly rootPem: string
  /** Certifies a key. @returns the chain in DER, the new certificate first, without the root */
  readonly certify: (contents: CertificateContents, validity?: Partial<Validity>) => Buffer[]
}

export interface Validity {
  notBefore: Date
  notAfter: Date
}

/** Somebody who signs: a name and a key. */
interface Issuer {
  name: DistinguishedName
  key: KeyObject
}

/** Makes a root of its own, which nobody trusts until they are told to, and whatever stands below it. */
export const createCertificateAuthority = ({
  organisation,
  notBefore = new Date('2020-01-01'),
  notAfter = new Date('2049-12-31'),
  pathLength,
  intermediates = [],
}: CertificateAuthorityOptions): CertificateAuthority => {
  const validity = { notBefore, notAfter }
  const nameOf = (role: string) => ({ country: 'GB', organisation, commonName: `${organisation} ${role}` })
  const rootName = nameOf('Root')
  const { spki, key } = newKey()
  const root = createCertificate({
    ...validity,
    ...{ issuer: rootName, issuerKey: key, subject: rootName, spki },
    extensions: [basicConstraints(true, pathLength), keyUsage('certificates')],
  })

  let issuer: Issuer = { name: rootName, key }
  const chain: Buffer[] = []
  for (const [index, options] of intermediates.entries()) {
    const made = intermediateUnder(issuer, nameOf(`Intermediate ${index + 1}`), options, validity)
    chain.unshift(made.certificate)
    issuer = made
  }
  const certify: CertificateAuthority['certify'] = (contents, dates) => [
    createCertificate({ ...validity, ...dates, ...contents, issuer: issuer.name, issuerKey: issuer.key }),
    ...chain,
  ]
  return { root, rootPem: pemOf(root), certify }
}

const intermediateUnder = (
  issuer: Issuer,
  subject: DistinguishedName,
  {
    certificateAuthority = true,
    pathLength,
    usage = 'certificates',
    calledBelow,
    signedByAnother,
    ...dates
  }: IntermediateOptions,
  validity: Validity,
): Issuer & { certificate: Buffer } => {
  const { spki, key } = newKey()
  const certificate = createCertificate({
    ...{ ...validity, ...dates, subject, spki },
    ...{ issuer: issuer.name, issuerKey: signedByAnother ? newKey().key : issuer.key },
    extensions: [basicConstraints(certificateAuthority, pathLength), keyUsage(usage)],
  })
  return { certificate, key, name: calledBelow === undefined ? subject : { ...subject, commonName: calledBelow } }
}

const newKey = (): { key: KeyObject; spki: Buffer } => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { key: privateKey, spki: publicKey.export({ format: 'der', type: 'spki' }) }
}
