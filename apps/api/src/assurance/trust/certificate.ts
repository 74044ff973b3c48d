import type { X509Certificate } from '@peculiar/x509'

/** A certificate, read and not believed. */
export interface Certificate {
  der: Buffer
  subject: string
  issuer: string
  notBefore: Date
  notAfter: Date
  /** The hash under its signature, as Web Cryptography calls it; none for EdDSA, whose hash is its own. */
  hash: string | undefined
  /** Whether its key may certify others (RFC 5280 §4.2.1.9 and §4.2.1.3), and how many authorities below. */
  authority: { below: number } | undefined
  /** Whether it demands something that we do not understand (RFC 5280 §4.2). */
  demandsUnknown: boolean
  parsed: X509Certificate
}

/** Critical extensions whose demand is met here, by the statement's own rules, or by not asking for any policy. */
const understood = new Set([
  '2.5.29.15', // key usage
  '2.5.29.17', // subject alternative name
  '2.5.29.19', // basic constraints
  '2.5.29.32', // certificate policies
  '2.5.29.37', // extended key usage
])

/** Loads the library, which no log in needs. It asks for `reflect-metadata` to be there before. */
const loadLibrary = async () => {
  await import('reflect-metadata')
  return import('@peculiar/x509')
}

/** What reads certificates. It is loaded when it is first asked for: it takes 4 MB, and a tenth of the time of a start. */
export const certificateReader = async (): Promise<(der: Buffer) => Certificate> => {
  const x509 = await loadLibrary()
  return (der) => readCertificate(x509, der)
}

type Library = Awaited<ReturnType<typeof loadLibrary>>

/**
 * Reads a certificate.
 * @param der DER
 * @throws Error where it cannot be read, or says something twice
 */
const readCertificate = (x509: Library, der: Buffer): Certificate => {
  const parsed = new x509.X509Certificate(der)
  const types = parsed.extensions.map(({ type }) => type)
  if (new Set(types).size < types.length) throw new Error('An extension is there twice')
  const { hash } = parsed.signatureAlgorithm as { hash?: { name: string } }
  return {
    der,
    subject: parsed.subject,
    issuer: parsed.issuer,
    notBefore: parsed.notBefore,
    notAfter: parsed.notAfter,
    hash: hash?.name,
    authority: authorityOf(x509, parsed),
    demandsUnknown: parsed.extensions.some(({ critical, type }) => critical && !understood.has(type)),
    parsed,
  }
}

const authorityOf = (
  { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension }: Library,
  parsed: X509Certificate,
): Certificate['authority'] => {
  const constraints = parsed.getExtension(BasicConstraintsExtension)
  const usage = parsed.getExtension(KeyUsagesExtension)
  if (!constraints?.ca) return undefined
  if (usage && !(usage.usages & KeyUsageFlags.keyCertSign)) return undefined
  return { below: constraints.pathLength ?? Number.POSITIVE_INFINITY }
}

/** Whether one certificate was issued under the name and signed with the key of another (RFC 5280 §6.1.3). */
export const isIssuedBy = async (certificate: Certificate, issuer: Certificate): Promise<boolean> => {
  if (certificate.issuer !== issuer.subject) return false
  try {
    return await certificate.parsed.verify({ publicKey: issuer.parsed.publicKey, signatureOnly: true })
  } catch {
    // A signature or a key that is none.
    return false
  }
}
