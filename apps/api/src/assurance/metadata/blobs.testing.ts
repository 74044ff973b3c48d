import { constants, KeyObject, sign, type webcrypto } from 'node:crypto'
import { SubjectAlternativeNameExtension } from '@peculiar/x509'
import { type Issued, issue, type Request } from '../trust/certificates.testing.ts'

export const signer = 'mds.test.example'

/** The certificate of a publisher, for a host. */
export const issueSigner = (request: Request, host = signer): Promise<Issued> =>
  issue({
    name: `CN=${host}`,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
    ...request,
  })

export const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The members of a JWS header that carry a chain. */
export const headerWith = (alg: string, ...chain: Issued[]) => ({
  alg,
  typ: 'JWT',
  x5c: chain.map(({ certificate }) => certificate.toString('base64')),
})

/** A JWS over a header and a payload, whatever they say. */
export const signAs = (
  { privateKey }: webcrypto.CryptoKeyPair,
  header: object,
  payload: unknown,
  hash: 'sha256' | 'sha384' = 'sha256',
): string => {
  const signed = `${base64url(header)}.${base64url(payload)}`
  const pss = 'alg' in header && header.alg === 'PS256'
  const signature = sign(hash, Buffer.from(signed), {
    key: KeyObject.from(privateKey),
    dsaEncoding: 'ieee-p1363',
    ...(pss && { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  })
  return `${signed}.${signature.toString('base64url')}`
}
