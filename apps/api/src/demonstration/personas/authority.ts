import 'reflect-metadata'
import { KeyObject, webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { sandboxAaguid } from './passkey.ts'

/** Who vouches for passkeys of the sandbox: a root for the list of anchors, and the key that signs by its leave. */
export interface Authority {
  rootPem: string
  /** DER. */
  attestationCertificate: Buffer
  attestationKey: KeyObject
}

const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const name = 'Fobwatch Sandbox (fictional)'
const lastingDays = 3650
const day = 86_400_000

/** The model, within its certificate (WebAuthn L3 §8.2.1: id-fido-gen-ce-aaguid). */
const aaguidExtension = () =>
  new Extension('1.3.6.1.4.1.45724.1.1.4', false, Buffer.concat([Buffer.of(0x04, 16), sandboxAaguid]))

const newKeys = () => webcrypto.subtle.generateKey(signing, true, ['sign', 'verify'])

/**
 * Makes an authority for this once. Its own key is forgotten with it, so that it vouches for nothing else ever after, and
 * nobody can make passkeys that count for more than they are.
 */
export const makeAuthority = async (now: Date): Promise<Authority> => {
  const [rootKeys, leafKeys] = [await newKeys(), await newKeys()]
  const validity = { notBefore: new Date(now.getTime() - day), notAfter: new Date(now.getTime() + lastingDays * day) }
  const root = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: `CN=${name} ${now.getTime()}`,
    keys: rootKeys,
    signingAlgorithm: signing,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
    ],
  })
  const leaf = await X509CertificateGenerator.create({
    ...validity,
    subject: `C=GB, O=${name}, OU=Authenticator Attestation, CN=${name} Attestation`,
    issuer: root.subject,
    publicKey: leafKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: signing,
    extensions: [new BasicConstraintsExtension(false, undefined, true), aaguidExtension()],
  })
  return {
    rootPem: root.toString('pem'),
    attestationCertificate: Buffer.from(leaf.rawData),
    attestationKey: KeyObject.from(leafKeys.privateKey as webcrypto.CryptoKey),
  }
}
