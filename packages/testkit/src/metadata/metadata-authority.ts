import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { basicConstraints, hostNameExtension } from '../authenticator/certificate.ts'
import {
  type CertificateAuthorityOptions,
  createCertificateAuthority,
  type Validity,
} from '../authenticator/certificate-authority.ts'

/** What a blob says (FIDO MDS 3.1 §3.1.6). */
export interface BlobPayload {
  /** Its serial number, which grows with every one. */
  number: number
  /** A day, `YYYY-MM-DD`. */
  nextUpdate: string
  /** In the JSON form of the specification; `metadataEntry` makes them. */
  entries: readonly object[]
}

/** Somebody who publishes metadata of authenticators, as the FIDO Alliance does. */
export interface MetadataAuthority {
  readonly rootPem: string
  readonly root: Buffer
  /** The host that the signer's certificate is for. */
  readonly hostName: string
  /** A blob: a JWT in compact form whose header carries the signer's chain without the root (FIDO MDS 3.1 §3.1.7). */
  readonly signBlob: (payload: BlobPayload) => string
}

export interface MetadataAuthorityOptions extends Partial<Omit<CertificateAuthorityOptions, 'organisation'>> {
  algorithm?: 'RS256' | 'ES256'
  hostName?: string
  /** When the signer's certificate is valid, where that is not when the root is. */
  signer?: Partial<Validity>
}

/** Makes a publisher of metadata with a root of its own. */
export const createMetadataAuthority = ({
  algorithm = 'RS256',
  hostName = 'mds.test.example',
  signer,
  ...options
}: MetadataAuthorityOptions = {}): MetadataAuthority => {
  const authority = createCertificateAuthority({ organisation: 'Fobwatch Test Metadata', ...options })
  const { publicKey, privateKey } = newKeyPair(algorithm)
  const chain = authority.certify(
    {
      subject: { country: 'GB', organisation: 'Fobwatch Test Metadata', commonName: hostName },
      spki: publicKey.export({ format: 'der', type: 'spki' }),
      extensions: [basicConstraints(false), hostNameExtension(hostName)],
    },
    signer,
  )
  const header = { alg: algorithm, typ: 'JWT', x5c: chain.map((certificate) => certificate.toString('base64')) }
  const signBlob = ({ number, ...payload }: BlobPayload): string => {
    const signed = [header, { legalHeader: 'For tests.', no: number, ...payload }].map(base64url).join('.')
    const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
    return `${signed}.${signature.toString('base64url')}`
  }
  return { rootPem: authority.rootPem, root: authority.root, hostName, signBlob }
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const newKeyPair = (algorithm: 'RS256' | 'ES256'): { publicKey: KeyObject; privateKey: KeyObject } =>
  algorithm === 'RS256'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' })
