import { type HeadersLike, headerOf } from './request.ts'

/** Parameters for an authorization request, by the names that it has for them (RFC 9470 §4). */
export type StepUp = { acr_values?: string; max_age?: string }

/** A header longer than this is not read. */
const MAX_LENGTH = 4_096

/**
 * Tells whether an API answered that its person must log in in another way, and how (RFC 9470 §3).
 * @param response of `fetch`, or anything with its status and headers
 * @returns what to send along when the person is sent to log in again; undefined where the answer is about something else
 */
export const stepUpOf = (response: { status: number; headers: HeadersLike }): StepUp | undefined => {
  if (response.status !== 401) return undefined
  const challenges = readChallenges(headerOf(response.headers, 'www-authenticate') ?? '')
  const challenge = challenges.find(({ error }) => error === 'insufficient_user_authentication')
  if (!challenge) return undefined

  const { acr_values = '', max_age = '' } = challenge
  return {
    ...(/^[\w:./-]+( [\w:./-]+)*$/.test(acr_values) && { acr_values }),
    ...(/^\d{1,9}$/.test(max_age) && { max_age }),
  }
}

/** A scheme, or a parameter with its value, as it is or in quotation marks (RFC 9110 §11.6.1, §5.6.4). */
const PART = /[\s,]*([\w!#$%&'*+.^`|~-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+)))?/y

/** The parameters of each challenge for a token, by name in lower case. Reading ends at what is not a challenge. */
const readChallenges = (header: string): Record<string, string>[] => {
  const challenges: Record<string, string>[] = []
  let parameters: Record<string, string> | undefined
  for (const [, name = '', quoted, plain] of header.slice(0, MAX_LENGTH).matchAll(new RegExp(PART, 'gy'))) {
    const value = quoted?.replace(/\\(.)/g, '$1') ?? plain
    if (value !== undefined && parameters) parameters[name.toLowerCase()] = value
    if (value !== undefined) continue
    parameters = {}
    if (/^(bearer|dpop)$/i.test(name)) challenges.push(parameters)
  }
  return challenges
}
