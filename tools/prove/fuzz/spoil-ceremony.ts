import type { Case, Place } from './case.ts'
import { authenticatorData } from './forms/authenticator-data.ts'
import { base64url } from './forms/base64url.ts'
import { cbor } from './forms/cbor.ts'
import { der } from './forms/der.ts'
import { json } from './forms/json.ts'
import { chooser, type Form } from './forms/part.ts'
import { spoil } from './spoil.ts'

const clientData = json({ challenge: base64url() })
const attestationObject = cbor({ authData: authenticatorData, x5c: der, sig: der })

/** What a device gives after signing. At registration all is in the attestation object, and it comes oftenest. */
const members = {
  registration: { attestationObject, clientDataJSON: clientData },
  authentication: { authenticatorData, signature: der, clientDataJSON: clientData },
}
const response = json({
  clientDataJSON: base64url(clientData),
  attestationObject: base64url(attestationObject),
  authenticatorData: base64url(authenticatorData),
  signature: base64url(der),
  publicKey: base64url(der),
  id: base64url(),
  rawId: base64url(),
  userHandle: base64url(),
})
const forms = { clientDataJSON: clientData, authData: authenticatorData, response, body: json() }

const drawnAt = ({ faults }: Case, place: Place) =>
  faults.filter((fault) => fault.place === place).map(({ drawn }) => chooser(drawn))

const spoilAt = (place: keyof typeof forms, tried: Case, honest: Uint8Array): Buffer => {
  let bytes: Buffer = Buffer.from(honest)
  for (const choose of drawnAt(tried, place)) bytes = spoil({ bytes, form: forms[place] }, choose)
  return bytes
}

interface Honest {
  response: Readonly<Record<string, unknown>>
}

/** Spoils bytes of an answer, which stay base64url in sound JSON. */
const spoilAnswer = (tried: Case, honest: Honest): Honest => {
  const response = { ...honest.response }
  const known: Readonly<Record<string, Form>> =
    'attestationObject' in response ? members.registration : members.authentication
  const names = Object.keys(known)
  for (const choose of drawnAt(tried, 'answer')) {
    const name = names[choose(2) === 0 ? choose(names.length) : 0] ?? ''
    const bytes = Buffer.from(String(response[name]), 'base64url')
    response[name] = spoil({ bytes, form: known[name] }, choose).toString('base64url')
  }
  return { ...honest, response }
}

/** What a device is told to get wrong before it signs, so that its signature holds over what is wrong. */
export const misbehaviourIn = (tried: Case, attestation?: string) => ({
  mutate: {
    clientDataJSON: (bytes: Uint8Array) => spoilAt('clientDataJSON', tried, bytes),
    authData: (bytes: Uint8Array) => spoilAt('authData', tried, bytes),
    ...(attestation === 'tpm' && tpmMisbehaviourIn(tried)),
  },
})

/** The one structure or the other: what is signed names what it is about. */
const tpmMisbehaviourIn = (tried: Case) => {
  const [choose] = drawnAt(tried, 'tpm')
  if (!choose) return {}
  const spoilBytes = (bytes: Uint8Array) => spoil({ bytes: Buffer.from(bytes) }, choose)
  return choose(2) === 0 ? { pubArea: spoilBytes } : { certInfo: spoilBytes }
}

/**
 * Writes the body of a request, spoilt after the device signed.
 * @param before what stands in it before the response
 */
export const bodyOf = (tried: Case, before: object, honest: Honest): Buffer => {
  const written = spoilAt('response', tried, Buffer.from(JSON.stringify(spoilAnswer(tried, honest))))
  const envelope = JSON.stringify({ ...before, response: 0 }).slice(0, -2)
  return spoilAt('body', tried, Buffer.concat([Buffer.from(envelope), written, Buffer.from('}')]))
}
