import { X509Certificate } from 'node:crypto'

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * The certificates in some PEM text, in DER and in their order.
 * @throws Error with the rest of a sentence, when there is none or one cannot be read
 */
export const certificatesIn = (pem: string): Buffer[] => {
  const blocks = pem.match(block)
  if (!blocks) throw new Error('has no certificate in PEM')
  return blocks.map((each) => {
    try {
      return new X509Certificate(each).raw
    } catch (cause) {
      throw new Error('has a certificate that cannot be read', { cause })
    }
  })
}
