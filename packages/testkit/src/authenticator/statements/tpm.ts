import { createHash } from 'node:crypto'
import { bytesOfAaguid } from '../aaguid.ts'
import { spkiOf } from '../attestation-authority.ts'
import { aaguidExtension, basicConstraints, type CertificateContents, extensionId } from '../certificate.ts'
import { coseKeyType, coseLabel, makersAlgorithm, type SigningKey } from '../cose.ts'
import { explicit, objectIdentifier, sequence, set, utf8String } from '../der.ts'
import { signWithFault } from '../signature.ts'
import { certified, type MakeStatement, type StatementRequest } from './request.ts'

/**
 * A TPM statement (WebAuthn L3 §8.3), as Windows Hello makes it: the TPM certifies the key, and its own certificate says
 * what TPM it is.
 */
export const tpmStatement: MakeStatement = (request, faults) => {
  const { authority, aaguid } = request
  const { key } = authority.attestationKeyFor(aaguid)
  const honestArea = publicAreaOf(request.key)
  const pubArea = Buffer.from(faults.mutate?.pubArea?.(honestArea) ?? honestArea)
  const honestInfo = certifyInfo(pubArea, extraDataFor(request, key.algorithm))
  const certInfo = Buffer.from(faults.mutate?.certInfo?.(honestInfo) ?? honestInfo)
  return new Map<string, string | number | Uint8Array | Uint8Array[]>([
    ['ver', '2.0'],
    ['alg', key.algorithm],
    ['x5c', certified(request, attestationKeyCertificate(aaguid, key), faults)],
    ['sig', signWithFault(key, certInfo, faults.signature)],
    ['certInfo', certInfo],
    ['pubArea', pubArea],
  ])
}

const uint16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff)
/** A TPM2B. */
const sized = (bytes: Uint8Array): Buffer => Buffer.concat([uint16(bytes.length), bytes])

const sha256 = 0x000b
const none = 0x0010
/** A key that was made in this TPM, does not leave it, and signs only. */
const attributes = Buffer.from('00040072', 'hex')

/** The public area of a key (TPMT_PUBLIC; TPM 2.0 Library, Part 2 §12.2.4). */
const publicAreaOf = ({ coseKey }: SigningKey): Buffer => {
  const isRsa = coseKey.get(coseLabel.kty) === coseKeyType.RSA
  const head = [uint16(isRsa ? 0x0001 : 0x0023), uint16(sha256), attributes, sized(Buffer.alloc(0))]
  const schemes = [uint16(none), uint16(none)]
  return Buffer.concat([...head, ...schemes, ...(isRsa ? rsaPart(coseKey) : ecPart(coseKey))])
}

const bytesAt = (coseKey: SigningKey['coseKey'], label: number): Buffer => {
  const bytes = coseKey.get(label)
  if (!(bytes instanceof Uint8Array)) throw new RangeError('a TPM knows RSA and NIST curves alone')
  return Buffer.from(bytes)
}

/** An exponent of zero stands for 65537. */
const rsaPart = (coseKey: SigningKey['coseKey']): Buffer[] => {
  const modulus = bytesAt(coseKey, coseLabel.n)
  return [uint16(modulus.length * 8), Buffer.alloc(4), sized(modulus)]
}

const ecPart = (coseKey: SigningKey['coseKey']): Buffer[] => {
  const [x, y] = [bytesAt(coseKey, coseLabel.x), bytesAt(coseKey, coseLabel.y)]
  return [uint16(x.length === 48 ? 0x0004 : 0x0003), uint16(none), sized(x), sized(y)]
}

const extraDataFor = ({ authData, clientDataHash }: StatementRequest, algorithm: number): Buffer =>
  createHash(algorithm === makersAlgorithm.RS1 ? 'sha1' : 'sha256')
    .update(authData)
    .update(clientDataHash)
    .digest()

/** What the TPM says of a key by its name (TPMS_ATTEST; Part 2 §10.12.8), with clock and firmware left at zero. */
const certifyInfo = (pubArea: Buffer, extraData: Buffer): Buffer => {
  const name = Buffer.concat([uint16(sha256), createHash('sha256').update(pubArea).digest()])
  const [magic, certification] = [Buffer.from('ff544347', 'hex'), uint16(0x8017)]
  const signer = sized(Buffer.alloc(0))
  return Buffer.concat([magic, certification, signer, sized(extraData), Buffer.alloc(25), sized(name), sized(name)])
}

/** What the certificate of a TPM's attestation key says (WebAuthn L3 §8.3.1). */
const attestationKeyCertificate = (aaguid: string, key: SigningKey): CertificateContents => ({
  subject: {},
  spki: spkiOf(key),
  extensions: [
    basicConstraints(false),
    { id: extensionId.extendedKeyUsage, value: sequence(objectIdentifier('2.23.133.8.3')) },
    tpmExtension(),
    aaguidExtension(bytesOfAaguid(aaguid)),
  ],
})

/** What TPM it is: its manufacturer, model and version (TPM 2.0 EK Credential Profile §3.2.9). */
export const tpmExtension = ({ manufacturer = 'id:494E5443', model = 'Test', version = 'id:00010002' } = {}) => {
  const attribute = (id: string, text: string) =>
    text === '' ? Buffer.alloc(0) : set(sequence(objectIdentifier(id), utf8String(text)))
  const name = sequence(
    attribute('2.23.133.2.1', manufacturer),
    attribute('2.23.133.2.2', model),
    attribute('2.23.133.2.3', version),
  )
  return { id: extensionId.subjectAlternativeName, critical: true, value: sequence(explicit(4, name)) }
}
