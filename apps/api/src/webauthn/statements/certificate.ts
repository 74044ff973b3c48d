import { type KeyObject, X509Certificate } from 'node:crypto'
import { contentOf, type DerElement, dotted, inside, readDer } from './der.ts'

const boolean = 'universal 1'
const integer = 'universal 2'
const octets = 'universal 4'
const objectIdentifier = 'universal 6'
const sequence = 'universal 16'
const set = 'universal 17'
const text = new Set(['universal 12', 'universal 19', 'universal 22'])

/** What a certificate says that WebAuthn asks about (RFC 5280 §4.1). Who signed it is not among that. */
export interface Certificate {
  /** As people count: 3 for a certificate with extensions. */
  version: number
  subject: Name
  publicKey: KeyObject
  /** By object identifier, such as `2.5.29.19`. */
  extensions: ReadonlyMap<string, { critical: boolean; value: Buffer }>
  /** Whether it may sign certificates, as its basic constraints say. */
  isAuthority: boolean
}

/** The attributes of a distinguished name, by object identifier; one with several values is told by none. */
export type Name = ReadonlyMap<string, string | undefined>

/**
 * Reads a certificate in DER.
 * @throws Error for anything else, for bytes behind it, for an extension twice, and for a key that OpenSSL does not take
 */
export const readCertificate = (der: Buffer): Certificate => {
  const outer = readDer(der)
  if (outer.length !== 1) throw new Error('Bytes follow the certificate')
  const tbs = inside(inside(outer, sequence), sequence)
  const extensions = extensionsOf(tbs)
  return {
    version: versionOf(tbs),
    subject: nameOf(subjectOf(tbs).content),
    publicKey: new X509Certificate(der).publicKey,
    extensions,
    isAuthority: isAuthority(extensions.get('2.5.29.19')?.value),
  }
}

const versionOf = (tbs: readonly DerElement[]): number => {
  const version = tbs.find(({ tag }) => tag === 'context 0')
  return version ? contentOf(readDer(version.content), integer).readUInt8() + 1 : 1
}

/** The sequences of a TBSCertificate are signature, issuer, validity, subject, and the key's. */
const subjectOf = (tbs: readonly DerElement[]): DerElement => {
  const subject = tbs.filter(({ tag }) => tag === sequence)[3]
  if (!subject) throw new Error('The certificate has no subject')
  return subject
}

/** Reads a distinguished name, whose attributes may share a set or have one each. */
export const nameOf = (content: Buffer): Name => {
  const name = new Map<string, string | undefined>()
  for (const relative of readDer(content).filter(({ tag }) => tag === set))
    for (const attribute of readDer(relative.content)) {
      const parts = readDer(attribute.content)
      const id = dotted(contentOf(parts, objectIdentifier))
      name.set(id, name.has(id) ? undefined : parts.find(({ tag }) => text.has(tag))?.content.toString())
    }
  return name
}

const extensionsOf = (tbs: readonly DerElement[]): Certificate['extensions'] => {
  const extensions = new Map<string, { critical: boolean; value: Buffer }>()
  const wrapped = tbs.find(({ tag }) => tag === 'context 3')
  for (const { content } of wrapped ? inside(readDer(wrapped.content), sequence) : []) {
    const parts = readDer(content)
    const id = dotted(contentOf(parts, objectIdentifier))
    if (extensions.has(id)) throw new Error(`The certificate has the extension ${id} twice`)
    extensions.set(id, { critical: parts.some(isTrue), value: contentOf(parts, octets) })
  }
  return extensions
}

const isAuthority = (basicConstraints: Buffer | undefined): boolean =>
  basicConstraints !== undefined && inside(readDer(basicConstraints), sequence).some(isTrue)

const isTrue = ({ tag, content }: DerElement): boolean => tag === boolean && content.some((byte) => byte !== 0)

/** The value of an extension. @throws Error when the certificate lacks it */
export const extensionOf = ({ extensions }: Certificate, id: string): Buffer => {
  const extension = extensions.get(id)
  if (!extension) throw new Error(`The certificate lacks the extension ${id}`)
  return extension.value
}

const aaguidExtension = '1.3.6.1.4.1.45724.1.1.4'

/**
 * Holds a certificate that names a model against the model that the authenticator says it is (WebAuthn L3 §8.2.1).
 * @throws Error when they differ, or the extension is critical, which it must not be
 */
export const checkAaguid = ({ extensions }: Certificate, aaguid: string): void => {
  const extension = extensions.get(aaguidExtension)
  if (!extension) return
  if (extension.critical) throw new Error('The extension that names the model is critical')
  const parts = readDer(extension.value)
  const named = contentOf(parts, octets).toString('hex')
  if (parts.length !== 1 || named !== aaguid.replaceAll('-', ''))
    throw new Error('The certificate is for another model')
}

/** @throws Error for any version but 3, and for a certificate that may sign others */
export const checkEndEntity = ({ version, isAuthority }: Certificate): void => {
  if (version !== 3) throw new Error(`A certificate of version ${version}`)
  if (isAuthority) throw new Error('An authority is no authenticator')
}
