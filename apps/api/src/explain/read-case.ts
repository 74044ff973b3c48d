import type { Static, TObject } from 'typebox'
import { Value } from 'typebox/value'
import { type Anchor, type Binding, certificatesIn } from '#assurance'
import type { Expected } from '#webauthn'
import type { AssertionGiven, RegistrationGiven } from './case.ts'

type Given = RegistrationGiven | AssertionGiven

/** What a case asks, besides its response. */
export interface Asked {
  expected: Expected
  /** At which everything is judged. */
  time: Date
  policy: Omit<NonNullable<Given['policy']>, 'userVerification' | 'topOrigins'>
  anchors: Anchor[]
  metadata: { blob: string | undefined; roots: Buffer[]; signer: string | undefined }
  binding: Binding
  identityLevel: number
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member that is null is one that is not there, in the case itself and in what it is made of. */
const withoutNulls = (value: unknown, depth = 2): unknown => {
  if (!isObject(value)) return value
  const told = Object.entries(value).filter(([, member]) => member !== null)
  return Object.fromEntries(told.map(([name, member]) => [name, depth > 0 ? withoutNulls(member, depth - 1) : member]))
}

/**
 * Reads a case from JSON.
 * @throws Error with a sentence, when it is none
 */
export const readGiven = <S extends TObject>(schema: S, text: string): Static<S> => {
  const given = withoutNulls(jsonOf(text))
  if (Value.Check(schema, given)) return given
  const [first] = Value.Errors(schema, given)
  const where = first?.instancePath.slice(1).replaceAll('/', '.') || 'The case'
  throw new Error(`The case cannot be read: ${where} ${first ? wordsFor(first.message) : 'has another form'}.`)
}

/** Says of each member that no case has, such as one that is misspelt, that it does not count. */
export const notesOnUnknown = ({ properties }: TObject, given: object): string[] =>
  Object.keys(given)
    .filter((member) => !Object.hasOwn(properties, member))
    .map((member) => `the member ${member} of the case is not known and does not count`)

/** The schema library's words for a member of a closed object that is not in it are about schemas. */
const wordsFor = (message: string): string => (message === 'schema is false' ? 'is not known here' : message)

const byteOrderMark = /^\u{feff}/u

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(byteOrderMark, ''))
  } catch (cause) {
    throw new Error('The case cannot be read: it is not JSON.', { cause })
  }
}

/**
 * Says what a case asks. What it leaves out is as the service has it, but for frames, which count only where the policy
 * names who may have one, and for binding and identity, which are taken to be the best.
 * @throws Error with a sentence, when a member has no meaning
 */
export const askedBy = (given: Given, now: Date): Asked => {
  const { policy: { userVerification = 'required', topOrigins = 'any', ...policy } = {} } = given
  return {
    expected: {
      rpId: given.rpId,
      origins: [given.origin].flat(),
      challenge: bytesIn('challenge', given.challenge).toString('base64url'),
      topOrigins,
      userVerification,
    },
    time: given.time === undefined ? now : timeIn('time', given.time),
    policy,
    anchors: [given.trustAnchors ?? []].flat().flatMap(anchorsIn),
    metadata: {
      blob: given.mds,
      roots: [given.mdsRoots ?? []].flat().flatMap((pem) => certificatesOf('mdsRoots', pem)),
      signer: given.mdsSigner,
    },
    binding: given.binding ?? { by: 'in-person', level: 3 },
    identityLevel: given.identityLevel ?? 3,
  }
}

/** Any of the ways to write bytes in base64, since cases are typed and pasted by people. */
export const bytesIn = (member: string, text: string): Buffer => {
  if (!/^[A-Za-z0-9_+/-]+={0,2}$/.test(text)) throw new Error(`The case cannot be read: ${member} is not base64url.`)
  return Buffer.from(text, 'base64url')
}

const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const hasZone = /(Z|T.*[+-]\d{2}:?\d{2})$/

/** A time without a zone is in UTC, wherever this runs. */
export const timeIn = (member: string, text: string): Date => {
  const time = new Date(text.includes('T') && !hasZone.test(text) ? `${text}Z` : text)
  if (moment.test(text) && !Number.isNaN(time.getTime())) return time
  throw new Error(`The case cannot be read: ${member} is not a time such as 2026-11-25T09:30:00Z.`)
}

/** As with binding, the best is assumed of what the case does not say. */
const anchorsIn = (given: string | { pem: string; hardware?: boolean; platform?: 'ios' }): Anchor[] => {
  const { pem, hardware = true, platform = null } = typeof given === 'string' ? { pem: given } : given
  return certificatesOf('trustAnchors', pem).map((certificate) => ({ certificate, hardware, platform }))
}

const certificatesOf = (member: string, pem: string): Buffer[] => {
  try {
    return certificatesIn(pem)
  } catch (error) {
    throw new Error(`The case cannot be read: ${member} ${error instanceof Error ? error.message : ''}.`)
  }
}
