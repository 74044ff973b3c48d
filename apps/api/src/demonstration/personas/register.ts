import { sign } from 'node:crypto'
import type { RegistrationResponse } from '@fobwatch/contracts'
import type { Authority } from './authority.ts'
import { authenticatorData, clientData, type Passkey, sandboxAaguid, signedBytes } from './passkey.ts'

type Cbor = number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<number | string, Cbor>

const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.of((major << 5) | value)
  if (value < 256) return Buffer.of((major << 5) | 24, value)
  return Buffer.of((major << 5) | 25, value >> 8, value & 0xff)
}

/** CBOR (RFC 8949), as much of it as a registration is made of. */
const cbor = (value: Cbor): Buffer => {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  if (value instanceof Map)
    return Buffer.concat([head(5, value.size), ...[...value].flatMap(([name, each]) => [cbor(name), cbor(each)])])
  const items = value as readonly Cbor[]
  return Buffer.concat([head(4, items.length), ...items.map(cbor)])
}

/** ES256 on P-256, as COSE has it (RFC 9053 §2.1, §7.1.1). */
const es256 = -7
const coseKey = ({ point }: Passkey): Cbor =>
  new Map<number, Cbor>([
    [1, 2],
    [3, es256],
    [-1, 1],
    [-2, point.x],
    [-3, point.y],
  ])

/** Attested credential data (WebAuthn L3 §6.5.2). */
const attested = (passkey: Passkey): Buffer => {
  const length = Buffer.of(0, passkey.credentialId.length)
  return Buffer.concat([sandboxAaguid, length, passkey.credentialId, cbor(coseKey(passkey))])
}

/** Packed attestation by a certificate (WebAuthn L3 §8.2), or none. */
const statement = (signed: Buffer, authority: Authority | undefined): [format: string, statement: Cbor] => {
  if (!authority) return ['none', new Map()]
  const words: [string, Cbor][] = [
    ['alg', es256],
    ['sig', sign('sha256', signed, authority.attestationKey)],
    ['x5c', [authority.attestationCertificate]],
  ]
  return ['packed', new Map(words)]
}

/**
 * Sets a passkey up, as an authenticator and a browser do.
 * @param authority who vouches for it; nobody when it is left out
 */
export const registerWith = (
  passkey: Passkey,
  { challenge, origin, rpId }: { challenge: string; origin: string; rpId: string },
  authority: Authority | undefined,
): RegistrationResponse => {
  const authData = authenticatorData(rpId, attested(passkey))
  const client = clientData('webauthn.create', challenge, origin)
  const [format, said] = statement(signedBytes(authData, client), authority)
  const object = new Map<string, Cbor>([
    ['fmt', format],
    ['attStmt', said],
    ['authData', authData],
  ])
  const id = passkey.credentialId.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: client.toString('base64url'),
      attestationObject: cbor(object).toString('base64url'),
      transports: ['usb'],
    },
    authenticatorAttachment: 'cross-platform',
    clientExtensionResults: { credProps: { rk: true } },
  }
}
