import type { KoaContextWithOIDC } from 'oidc-provider'
import { notes } from '#kernel'

/** What an exchanged ID token says of how its person signed in. */
export interface Subject {
  staffId: string
  sessionId: string
  acr: string
  amr: string[]
  /** Seconds. */
  authTime: number
  /** Seconds. */
  issuedAt: number
  /** 1 to 3. */
  level: number
  /** The `person_roleid` that it names. */
  selectedRoleId: string | null
}

type Claims = Readonly<Record<string, unknown>>

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText)

/**
 * Reads the claims of an ID token whose signature holds. Everything else that we sign is something else: an access token
 * and a logout token say so in `typ`, a logout token has `events`, and only an ID token goes with an access token
 * (`at_hash`, OIDC Core §3.1.3.6).
 * @returns nothing where it is no ID token of ours
 */
export const readSubject = (header: Claims, claims: Claims): Subject | undefined => {
  const { sub, sid, acr, amr, auth_time, iat, at_hash, events, selected_roleid } = claims
  const level = Number(claims['authentication_assurance_level'])
  if (header['typ'] !== undefined && header['typ'] !== 'JWT') return undefined
  if (!isText(at_hash) || events !== undefined) return undefined
  if (!isText(sub) || !isText(sid) || !isText(acr) || !isTexts(amr)) return undefined
  if (typeof auth_time !== 'number' || typeof iat !== 'number' || !Number.isInteger(level)) return undefined
  const selectedRoleId = isText(selected_roleid) ? selected_roleid : null
  return { staffId: sub, sessionId: sid, acr, amr, authTime: auth_time, issuedAt: iat, level, selectedRoleId }
}

const subjects = notes<object, Subject>()

/** Notes what the token of the request at hand is exchanged for. */
export const noteSubject = (ctx: KoaContextWithOIDC, subject: Subject): void => void subjects.set(ctx.req, subject)

/** What was noted; nothing where nothing is exchanged. */
export const subjectOf = (ctx: KoaContextWithOIDC): Subject | undefined => subjects.get(ctx.req)
