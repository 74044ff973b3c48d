import { createHash } from 'node:crypto'
import { attest, encodeAttestationObject, kindOfAttestation } from './attestation.ts'
import { encodeClientData } from './client-data.ts'
import { attachmentOf, credentialsAmong, type Device, requireVerification, rpIdFor } from './device.ts'
import type { RegistrationMisbehaviour } from './misbehaviour.ts'
import { authDataOfNew, type NewCredential, newCredential } from './new-credential.ts'
import type { CreationOptionsJSON, RegistrationResponseJSON } from './webauthn-json.ts'

export interface RegistrationCeremony {
  /** Of the page that asks. */
  origin: string
  misbehave?: RegistrationMisbehaviour
}

/** A registration (WebAuthn L3 §5.1.3, §6.3.2): makes a credential, keeps it, and tells the relying party of it. */
export const register = (
  device: Device,
  options: CreationOptionsJSON,
  { origin, misbehave: faults = {} }: RegistrationCeremony,
): RegistrationResponseJSON => {
  refuseContradictions(faults)
  const rpId = rpIdFor(options.rp.id, origin)
  refuseExcluded(device, rpId, options)
  requireVerification(device, options.authenticatorSelection?.userVerification)

  const credential = newCredential(device, rpId, options, faults)
  const { challenge } = options
  const clientDataJSON = encodeClientData({ type: 'webauthn.create', challenge, origin }, faults, faults.mutate)
  const authData = authDataOfNew(device, credential, faults)
  const attestationObject = attestationObjectOf(device, options, { credential, authData, clientDataJSON }, faults)
  keep(device, options, credential, faults)

  const response = responseOf(device, options, { credential, authData, clientDataJSON, attestationObject }, faults)
  return faults.mutate?.response?.(response) ?? response
}

interface Made {
  credential: NewCredential
  authData: Buffer
  clientDataJSON: Buffer
}

const attestationObjectOf = (
  device: Device,
  { attestation: conveyance = 'none' }: CreationOptionsJSON,
  { credential, authData, clientDataJSON }: Made,
  faults: RegistrationMisbehaviour,
): Buffer => {
  // A relying party that wants none is given none, whatever the authenticator could say (WebAuthn L3 §5.4.7).
  const kind = kindOfAttestation(conveyance === 'none' ? 'none' : device.attestation, faults)
  const clientDataHash = createHash('sha256').update(clientDataJSON).digest()
  const attestation = attest({ ...device, kind, key: credential.key, authData, clientDataHash }, faults)
  return encodeAttestationObject(faults.mutate?.attestation?.(attestation) ?? attestation, faults)
}

const keep = (
  device: Device,
  options: CreationOptionsJSON,
  { id, rpId, key }: NewCredential,
  faults: RegistrationMisbehaviour,
): void => {
  device.credentials.push({
    id: id.toString('base64url'),
    rpId,
    key,
    userHandle: options.user.id,
    backupEligible: faults.backupEligible ?? device.backupEligible,
    signCount: device.counter.start,
  })
}

const responseOf = (
  device: Device,
  { extensions }: CreationOptionsJSON,
  made: Made & { attestationObject: Buffer },
  faults: RegistrationMisbehaviour,
): RegistrationResponseJSON => {
  const { algorithm, spki } = made.credential.key
  const id = faults.id ?? made.credential.id.toString('base64url')
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: made.clientDataJSON.toString('base64url'),
      attestationObject: made.attestationObject.toString('base64url'),
      authenticatorData: made.authData.toString('base64url'),
      transports: [...device.transports],
      publicKeyAlgorithm: algorithm,
      ...(spki ? { publicKey: spki.toString('base64url') } : {}),
    },
    authenticatorAttachment: attachmentOf(device),
    clientExtensionResults: extensions?.credProps ? { credProps: { rk: true } } : {},
  }
}

/** Refuses faults that would hide one another. */
const refuseContradictions = (faults: RegistrationMisbehaviour): void => {
  const rivals = [
    [faults.publicKey, faults.algorithm ?? faults.algorithmLabel],
    [faults.selfAttestedAs, faults.chain],
    [faults.credentialId, faults.credentialIdLength],
    [faults.nestedCborDepth, faults.signature],
    [faults.mutate?.certificate, faults.selfAttestedAs],
    [faults.backupStateWithoutEligibility, faults.backupEligible],
  ]
  if (rivals.some((pair) => pair.every((fault) => fault !== undefined))) {
    throw new RangeError('two of these faults would hide one another')
  }
}

const refuseExcluded = (device: Device, rpId: string, { excludeCredentials = [] }: CreationOptionsJSON): void => {
  if (credentialsAmong(device, rpId, excludeCredentials).length === 0) return
  throw new DOMException('this authenticator holds an excluded credential', 'InvalidStateError')
}
