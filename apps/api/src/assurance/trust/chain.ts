import { type Certificate, certificateReader, isIssuedBy } from './certificate.ts'

/** Why a chain is not trusted. */
export type ChainFault =
  | 'empty'
  | 'too long'
  | 'unreadable'
  | 'not valid at this time'
  | 'signed with a weak hash'
  | 'demands what is not understood'
  | 'issued by no authority'
  | 'too many authorities'
  | 'reaches no anchor'

/** Where a chain ends: at an anchor, or nowhere. */
export type ChainJudgement<Anchor> = { anchor: Anchor; why?: never } | { anchor?: never; why: ChainFault }

const mostCertificates = 6
/** Several times what makers send. To read a certificate takes time for every name in it, and anybody may make one. */
const mostBytes = 16_384
const soundHashes = new Set<string | undefined>(['SHA-256', 'SHA-384', 'SHA-512', undefined])

/**
 * Follows a chain of certificates to an anchor (RFC 5280 §6.1; WebAuthn L3 §7.1 step 24). Anchors and time are
 * arguments, and nothing is fetched on a certificate's say-so: neither revocation lists nor missing issuers.
 *
 * An anchor is trust in a name and a key: what it says of itself besides is not asked, but for its validity. It may be
 * the leaf itself, as FIDO metadata allows. A root that the chain brings along counts where it is an anchor, and only
 * there; whatever follows the certificate that an anchor issued adds nothing.
 * @param chain DER, leaf first
 */
export const judgeChain = async <Anchor extends { certificate: Buffer }>(
  chain: readonly Buffer[],
  anchors: readonly Anchor[],
  time: Date,
): Promise<ChainJudgement<Anchor>> => {
  if (chain.length === 0) return { why: 'empty' }
  if (chain.length > mostCertificates || sizeOf(chain) > mostBytes) return { why: 'too long' }
  const read = orNothing(await certificateReader())
  const certificates = chain.map(read)
  const known = anchors.flatMap((anchor) => readAnchor(read, anchor, time))
  const itself = known.find(({ certificate }) => certificate.der.equals(chain[0] ?? Buffer.of()))
  if (itself) return { anchor: itself.anchor }

  for (const [at, certificate] of certificates.entries()) {
    const fault = faultOf(certificate, at, time)
    if (fault || !certificate) return { why: fault ?? 'unreadable' }
    if (at > 0 && !(await issuedBelow(certificates, at))) return { why: 'reaches no anchor' }
    const anchor = await anchorOf(certificate, known)
    if (anchor) return { anchor }
  }
  return { why: 'reaches no anchor' }
}

const sizeOf = (chain: readonly Buffer[]): number => chain.reduce((sum, { length }) => sum + length, 0)

type Read = (der: Buffer) => Certificate | undefined

const orNothing =
  (read: Read): Read =>
  (der) => {
    try {
      return read(der)
    } catch {
      return undefined
    }
  }

interface KnownAnchor<Anchor> {
  anchor: Anchor
  certificate: Certificate
}

/** Nothing where it cannot be read, or has not begun, or is over. */
const readAnchor = <Anchor extends { certificate: Buffer }>(
  read: Read,
  anchor: Anchor,
  time: Date,
): KnownAnchor<Anchor>[] => {
  const certificate = read(anchor.certificate)
  return certificate && isValidAt(certificate, time) ? [{ anchor, certificate }] : []
}

const isValidAt = ({ notBefore, notAfter }: Certificate, time: Date) => notBefore <= time && time <= notAfter

/** What is wrong with a certificate at its place, whoever issued it. */
const faultOf = (certificate: Certificate | undefined, at: number, time: Date): ChainFault | undefined => {
  if (!certificate) return 'unreadable'
  if (!isValidAt(certificate, time)) return 'not valid at this time'
  if (!soundHashes.has(certificate.hash)) return 'signed with a weak hash'
  if (certificate.demandsUnknown) return 'demands what is not understood'
  if (at === 0) return undefined
  if (!certificate.authority) return 'issued by no authority'
  // Between this one and the leaf lie one less than its place.
  return certificate.authority.below < at - 1 ? 'too many authorities' : undefined
}

const issuedBelow = async (certificates: readonly (Certificate | undefined)[], at: number): Promise<boolean> => {
  const [below, issuer] = [certificates[at - 1], certificates[at]]
  return below !== undefined && issuer !== undefined && isIssuedBy(below, issuer)
}

const anchorOf = async <Anchor>(
  certificate: Certificate,
  known: readonly KnownAnchor<Anchor>[],
): Promise<Anchor | undefined> => {
  for (const each of known) if (await isIssuedBy(certificate, each.certificate)) return each.anchor
  return undefined
}
