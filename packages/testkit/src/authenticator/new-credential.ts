import { randomBytes } from 'node:crypto'
import { bytesOfAaguid } from './aaguid.ts'
import { encodeAuthenticatorData } from './authenticator-data.ts'
import { type CborValue, mapOfEntries } from './cbor.ts'
import { type CoseAlgorithm, coseAlgorithm, generateSigningKey, type SigningKey } from './cose.ts'
import { type Device, flagsOf } from './device.ts'
import type { RegistrationMisbehaviour } from './misbehaviour.ts'
import { generateUnsoundKey } from './unsound-keys.ts'
import type { CreationOptionsJSON } from './webauthn-json.ts'

export interface NewCredential {
  id: Buffer
  rpId: string
  key: SigningKey
}

/** Makes a credential's id and key (WebAuthn L3 §6.3.2 step 7), with the faults that concern them. */
export const newCredential = (
  device: Device,
  rpId: string,
  options: CreationOptionsJSON,
  faults: RegistrationMisbehaviour,
): NewCredential => ({ rpId, id: credentialIdFor(faults), key: keyFor(device, options, faults) })

/** The authenticator data that presents a new credential (WebAuthn L3 §6.5.2). */
export const authDataOfNew = (
  device: Device,
  { id, rpId, key }: NewCredential,
  faults: RegistrationMisbehaviour,
): Buffer => {
  const honest = encodeAuthenticatorData({
    rpId: faults.rpId ?? rpId,
    flags: flagsOf(device, device.backupEligible, faults),
    signCount: faults.signCount ?? device.counter.start,
    attested: {
      aaguid: bytesOfAaguid(faults.selfAttestedAs ?? device.aaguid),
      credentialId: id,
      publicKey: publicKeyOf(key, faults),
    },
  })
  const bytes = Buffer.concat([honest, Buffer.alloc(faults.trailingAuthDataBytes ?? 0)])
  return Buffer.from(faults.mutate?.authData?.(bytes) ?? bytes)
}

const publicKeyOf = ({ coseKey }: SigningKey, faults: RegistrationMisbehaviour): CborValue => {
  const entries = [...coseKey]
  return faults.duplicateCborKeys === 'public-key' ? mapOfEntries([...entries, ...entries.slice(-1)]) : coseKey
}

const credentialIdFor = ({ credentialId, credentialIdLength = 32 }: RegistrationMisbehaviour): Buffer =>
  credentialId === undefined ? randomBytes(credentialIdLength) : Buffer.from(credentialId, 'base64url')

const keyFor = (device: Device, options: CreationOptionsJSON, faults: RegistrationMisbehaviour): SigningKey => {
  if (faults.publicKey !== undefined) return generateUnsoundKey(faults.publicKey)
  return generateSigningKey(faults.algorithm ?? agreedAlgorithm(device, options), faults.algorithmLabel)
}

/** The first of the relying party's algorithms that the authenticator knows (WebAuthn L3 §6.3.2 step 2). */
const agreedAlgorithm = ({ algorithms }: Device, { pubKeyCredParams }: CreationOptionsJSON): CoseAlgorithm => {
  const agreed = pubKeyCredParams
    .filter(({ type }) => type === 'public-key')
    .map(({ alg }) => Object.values(coseAlgorithm).find((known) => known === alg && algorithms.includes(alg)))
    .find((known) => known !== undefined)
  if (agreed === undefined) throw new DOMException('no algorithm in common', 'NotSupportedError')
  return agreed
}
