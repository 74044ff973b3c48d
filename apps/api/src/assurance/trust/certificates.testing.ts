import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

export { Extension, KeyUsageFlags } from '@peculiar/x509'

/** A certificate with the key that it is for, able to issue others. */
export interface Issued {
  name: string
  certificate: Buffer
  keys: webcrypto.CryptoKeyPair
}

export interface Request {
  name?: string
  /** Signs itself unless given. */
  by?: Issued
  /** The name that stands as issuer's, where it is not that of `by`. */
  issuerName?: string
  /** Whose key signs, where it is not that of `by`. */
  signedBy?: Issued
  authority?: boolean
  below?: number
  usage?: KeyUsageFlags | null
  notBefore?: string
  notAfter?: string
  hash?: 'SHA-1' | 'SHA-256' | 'SHA-384'
  extensions?: Extension[]
  keys?: webcrypto.CryptoKeyPair
}

const onP256 = { name: 'ECDSA', namedCurve: 'P-256' }
const newKeys = () => webcrypto.subtle.generateKey(onP256, true, ['sign', 'verify'])

/** Issues a certificate: an honest leaf, but for what is asked. */
export const issue = async (request: Request = {}): Promise<Issued> => {
  const { name = 'CN=Leaf', authority = false, below, usage = authority ? KeyUsageFlags.keyCertSign : null } = request
  const keys = request.keys ?? (await newKeys())
  const signer = request.signedBy ?? request.by
  const made = await X509CertificateGenerator.create({
    serialNumber: webcrypto.getRandomValues(Buffer.alloc(8)).toString('hex'),
    subject: name,
    issuer: request.issuerName ?? request.by?.name ?? name,
    notBefore: new Date(request.notBefore ?? '2020-01-01'),
    notAfter: new Date(request.notAfter ?? '2049-12-31'),
    publicKey: keys.publicKey,
    signingKey: signer ? signer.keys.privateKey : keys.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: request.hash ?? 'SHA-256' },
    extensions: [
      new BasicConstraintsExtension(authority, below, true),
      ...(usage === null ? [] : [new KeyUsagesExtension(usage, true)]),
      ...(request.extensions ?? []),
    ],
  })
  return { name, certificate: Buffer.from(made.rawData), keys }
}

/** A root, an authority under it, and a leaf under that. */
export const issueChain = async () => {
  const root = await issue({ name: 'CN=Root', authority: true })
  const middle = await issue({ name: 'CN=Middle', by: root, authority: true })
  const leaf = await issue({ by: middle })
  return { root, middle, leaf }
}
