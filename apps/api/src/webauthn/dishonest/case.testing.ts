/**
 * Answers with one thing wrong each, and the refusal that each earns. Whoever runs one sees an honest answer of the same
 * device accepted first, so that nothing but the one thing can be the reason.
 */
import {
  type AuthenticationMisbehaviour,
  type AuthenticationResponseJSON,
  type CborMap,
  type CborValue,
  type CertificateContents,
  type ClientData,
  type Extension,
  encodeCbor,
  type RegistrationMisbehaviour,
  type RegistrationResponseJSON,
  type SoftwareAuthenticatorOptions,
} from '@fobwatch/testkit'
import type { RefusalCode } from '#kernel'
import { readCbor } from '../cbor.ts'

interface Case<Misbehaviour> {
  /** Whose honest answer is taken; a device without attestation, with a key for ES256, unless given. */
  device?: SoftwareAuthenticatorOptions
  misbehave: Misbehaviour
  refusal: RefusalCode
}

export interface DishonestRegistration extends Case<RegistrationMisbehaviour> {
  /** Why we refuse what the library takes, where it does. */
  libraryTakes?: string
}

export type DishonestAssertion = Case<AuthenticationMisbehaviour>

/** What may be wrong in either ceremony. */
export type DishonestEither = Case<
  Omit<AuthenticationMisbehaviour & RegistrationMisbehaviour, 'mutate'> & { mutate?: ClientDataMutation }
>
type ClientDataMutation = Pick<NonNullable<RegistrationMisbehaviour['mutate']>, 'clientData' | 'clientDataJSON'>

/** Cases of one refusal. */
export const each = <Misbehaviour>(
  refusal: RefusalCode,
  cases: Record<string, Misbehaviour>,
  device?: SoftwareAuthenticatorOptions,
): Record<string, Case<Misbehaviour>> =>
  Object.fromEntries(
    Object.entries(cases).map(([name, misbehave]) => [name, { misbehave, refusal, ...(device && { device }) }]),
  )

/** Says which line of the threats some cases are about: `line 4: an origin with a slash`. */
export const ofLine = <One>(line: number, cases: Record<string, One>): Record<string, One> =>
  Object.fromEntries(Object.entries(cases).map(([name, one]) => [`line ${line}: ${name}`, one]))

/** The title of a test: `line 4: is refused, an origin with a slash`. */
export const titleOf = (name: string): string => name.replace(/^(line \d+: )?/, '$1is refused, ')

/** Puts tables of cases together. @throws Error where two are called the same, so that none is lost */
export const together = <One>(...tables: Record<string, One>[]): Record<string, One> => {
  const entries = tables.flatMap((table) => Object.entries(table))
  const names = new Set<string>()
  for (const [name] of entries) {
    if (names.has(name)) throw new Error(`Two cases are called: ${name}`)
    names.add(name)
  }
  return Object.fromEntries(entries)
}

/** Changes the client data before it is hashed. */
export const clientData = (change: (honest: ClientData) => object) => ({ mutate: { clientData: change } })
export const clientDataText = (change: (honest: string) => string | Buffer) => ({
  mutate: { clientDataJSON: (bytes: Buffer) => Buffer.from(change(bytes.toString()) as string) },
})

/** Changes authenticator data before it is signed. */
export const authData = (change: (honest: Buffer) => Uint8Array) => ({ mutate: { authData: change } })

const flagsAt = 32
export const withFlags = (bytes: Buffer, set: number, unset = 0): Buffer => {
  const changed = Buffer.from(bytes)
  changed.writeUInt8((changed.readUInt8(flagsAt) | set) & ~unset, flagsAt)
  return changed
}

/** Where the length of a new credential's id is, and the id. */
export const idLengthAt = 53
const idAt = 55

/** Changes the new credential's public key, as an authenticator would that made it so. */
export const publicKey = (change: (key: CborMap) => CborMap | CborValue) =>
  authData((bytes) => {
    const keyAt = idAt + bytes.readUInt16BE(idLengthAt)
    const { value } = readCbor(bytes, keyAt)
    return Buffer.concat([bytes.subarray(0, keyAt), encodeCbor(change(value as CborMap))])
  })

/** A map with some values replaced, and without those that are undefined. */
export const changed = (map: CborMap, values: Record<string, CborValue | undefined>): CborMap => {
  const copy = new Map(map)
  for (const [name, value] of Object.entries(values)) {
    const key = /^-?\d+$/.test(name) ? Number(name) : name
    if (value === undefined) copy.delete(key)
    else copy.set(key, value)
  }
  return copy
}

/** Changes the map of the attestation object, or the statement in it, after it was signed. */
export const attestation = (change: (honest: CborMap) => CborMap) => ({ mutate: { attestation: change } })
export const statement = (change: (honest: CborMap) => CborMap | CborValue) =>
  attestation((map) => new Map(map).set('attStmt', change(map.get('attStmt') as CborMap)))
export const statementWith = (values: Record<string, CborValue | undefined>) =>
  statement((honest) => changed(honest, values))

/** Changes the bytes of the attestation object. */
export const attestationObject = (change: (honest: Buffer) => Uint8Array) =>
  registrationJson((json) => {
    const bytes = Buffer.from(json.response.attestationObject, 'base64url')
    const attestationObject = Buffer.from(change(bytes)).toString('base64url')
    return { ...json, response: { ...json.response, attestationObject } }
  })

/** Changes what the attestation certificate says, before it is signed. */
export const certificate = (change: (honest: CertificateContents) => CertificateContents) => ({
  mutate: { certificate: change },
})
export const extension = (id: string, change: (honest: Extension) => Extension | undefined) =>
  certificate((honest) => ({
    ...honest,
    extensions: honest.extensions.flatMap((each) => (each.id === id ? (change(each) ?? []) : each)),
  }))

/** Changes the JSON that is sent. */
export const registrationJson = (change: (honest: RegistrationResponseJSON) => object) => ({
  mutate: { response: (honest: RegistrationResponseJSON) => change(honest) as RegistrationResponseJSON },
})
export const assertionJson = (change: (honest: AuthenticationResponseJSON) => object) => ({
  mutate: { response: (honest: AuthenticationResponseJSON) => change(honest) as AuthenticationResponseJSON },
})

/** An object without one of its members. */
export const without = <T extends object>(whole: T, name: keyof T): object =>
  Object.fromEntries(Object.entries(whole).filter(([each]) => each !== name))

/** Flips a bit of the byte at an offset, from the end where it is negative. */
export const flipped = (bytes: Uint8Array, at: number, bit = 1): Buffer => {
  const copy = Buffer.from(bytes)
  const index = at < 0 ? copy.length + at : at
  copy.writeUInt8(copy.readUInt8(index) ^ bit, index)
  return copy
}
