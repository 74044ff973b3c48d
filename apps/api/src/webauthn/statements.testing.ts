/**
 * Attestation statements as phones and computers make them, for tests: Android Key, Apple and TPM. Their certificates say
 * what real ones say, and are signed by nobody.
 */
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { readAuthenticatorData } from './authenticator-data.ts'

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const fromHex = (text: string) => Buffer.from(text, 'hex')

/** A DER element; a tag of more than one byte is for high numbers. */
const der = (tag: number | number[], ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag].flat()), Buffer.from(head), content])
}
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
const set = (...parts: Uint8Array[]) => der(0x31, ...parts)
const integer = (value: number) => der(0x02, Buffer.of(value))
const enumerated = (value: number) => der(0x0a, Buffer.of(value))
const octets = (value: Uint8Array) => der(0x04, value)
const identifier = (text: string) => der(0x06, fromHex(text))
const utf8 = (text: string) => der(0x0c, Buffer.from(text))
const attribute = (id: string, text: string) => set(sequence(identifier(id), utf8(text)))

const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'))
const someone = sequence(attribute('550403', 'Test'))
const validity = sequence(der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('491231235959Z')))
const extension = (id: string, value: Uint8Array) => sequence(identifier(id), octets(value))

const certificate = (key: KeyObject, subject: Uint8Array, ...extensions: Uint8Array[]): Buffer => {
  const spki = key.export({ format: 'der', type: 'spki' })
  const version3 = der(0xa0, integer(2))
  const tbs = sequence(
    ...[version3, integer(1), ecdsaWithSha256, someone, validity, subject, spki],
    der(0xa3, sequence(...extensions)),
  )
  return sequence(tbs, ecdsaWithSha256, der(0x03, Buffer.of(0), sequence(integer(1), integer(1))))
}

/** An attestation statement. */
export type Statement = Map<string, string | number | Buffer | Buffer[]>

/** What a statement is about. */
export interface Registered {
  authData: Buffer
  clientDataHash: Buffer
}

/** The new credential's key on P-256. */
const coordinatesOf = ({ authData }: Registered): { x: Buffer; y: Buffer; key: KeyObject } => {
  const cose = readAuthenticatorData(authData).attested?.key
  const [x, y] = [cose?.get(-2), cose?.get(-3)]
  if (!Buffer.isBuffer(x) || !Buffer.isBuffer(y)) throw new TypeError('the credential is not on P-256')
  const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
  return { x, y, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** What an Android Keystore says of a key; each list of entries is `[tag, value]`, as in its schema. */
export interface KeyDescription {
  challenge?: Uint8Array
  software?: Uint8Array[]
  hardware?: Uint8Array[]
}

/** Entries of an authorization list (Android Keystore, attestation schema). */
export const keystore = {
  purpose: (...values: number[]) => der(0xa1, set(...values.map(integer))),
  origin: (value: number) => der([0xbf, 0x85, 0x3e], integer(value)),
  allApplications: () => der([0xbf, 0x84, 0x58], der(0x05)),
}

/**
 * An Android Key statement (WebAuthn L3 §8.4).
 * @param self the statement by which the credential attests itself
 * @param key the one that the certificate is for; the credential's unless given
 */
export const androidKeyStatement = (
  registered: Registered,
  self: Statement,
  description: KeyDescription = {},
  key: KeyObject = coordinatesOf(registered).key,
): Statement => {
  const {
    challenge = registered.clientDataHash,
    software = [],
    hardware = [keystore.purpose(2), keystore.origin(0)],
  } = description
  const security = [integer(4), enumerated(1), integer(4), enumerated(1)]
  const keyDescription = sequence(
    ...security,
    octets(challenge),
    octets(Buffer.alloc(0)),
    sequence(...software),
    sequence(...hardware),
  )
  const leaf = certificate(key, someone, extension('2b06010401d679020111', keyDescription))
  return new Map(self).set('x5c', [leaf])
}

/** An Apple statement (WebAuthn L3 §8.8). */
export const appleStatement = (
  registered: Registered,
  nonce: Uint8Array = sha256(registered.authData, registered.clientDataHash),
): Statement => {
  const value = sequence(der(0xa1, octets(nonce)))
  const leaf = certificate(coordinatesOf(registered).key, someone, extension('2a864886f763640802', value))
  return new Map<string, string | number | Buffer | Buffer[]>([['x5c', [leaf]]])
}

/** A TPM statement (WebAuthn L3 §8.3), as Windows Hello makes it: the TPM certifies the key, and says who made the TPM. */
export const tpmStatement = (registered: Registered): Statement => {
  const { x, y } = coordinatesOf(registered)
  const pubArea = Buffer.concat([
    fromHex('0023000b0006047200000010001000030010'),
    fromHex('0020'),
    x,
    fromHex('0020'),
    y,
  ])
  const name = Buffer.concat([fromHex('000b'), sha256(pubArea)])
  const extraData = sha256(registered.authData, registered.clientDataHash)
  const certInfo = Buffer.concat([
    ...[fromHex('ff54434780170000'), fromHex('0020'), extraData, Buffer.alloc(25), fromHex('0022'), name],
    fromHex('0000'),
  ])
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const maker = sequence(
    attribute('6781050201', 'id:494E5443'),
    attribute('6781050202', 'Test'),
    attribute('6781050203', 'id:13'),
  )
  const attestationKey = certificate(
    publicKey,
    sequence(),
    extension('551d13', sequence()),
    extension('551d25', sequence(identifier('6781050803'))),
    extension('551d11', sequence(der(0xa4, maker))),
  )
  return new Map<string, string | number | Buffer | Buffer[]>([
    ['ver', '2.0'],
    ['alg', -7],
    ['x5c', [attestationKey]],
    ['sig', sign('sha256', certInfo, privateKey)],
    ['certInfo', certInfo],
    ['pubArea', pubArea],
  ])
}
