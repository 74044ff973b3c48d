/** What a request needs besides a good token. Everything that is named must be met. */
export type Needs = {
  /** A scope of the access token. */
  scope?: string
  /** The organisation of the chosen role, by ODS code such as `X09`; of several, any one. */
  organisation?: string | readonly string[]
  /** The chosen role, by its whole code or its job role: `S8000:G8000:R8001` or `R8001`; of several, any one. */
  role?: string | readonly string[]
  /** An activity of the chosen role, such as `B0360`; of several, any one. */
  activity?: string | readonly string[]
  /** How sure Fobwatch must be that it is this person: 2 for a standard check, 3 for a strong one. */
  level?: 2 | 3
  /** How long ago, in seconds, the person may have proved who they are. */
  maxAgeSeconds?: number
}

const isText = (value: unknown) => typeof value === 'string' && value !== ''
const isOneOrMore = (value: unknown) =>
  isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText))

const CHECKS: Readonly<Record<keyof Needs, (value: unknown) => boolean>> = {
  // RFC 6749 §3.3, one scope: it is written into a header.
  scope: (value) => typeof value === 'string' && /^[!#-[\]-~]+$/.test(value),
  organisation: isOneOrMore,
  role: isOneOrMore,
  activity: isOneOrMore,
  level: (value) => value === 2 || value === 3,
  maxAgeSeconds: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
}

/**
 * Checks what an application asks for: a misspelt name, or a setting that is not there, must not mean "nothing needed".
 * @throws TypeError that names the need
 */
export const checkNeeds = (needs: Needs): void => {
  for (const [name, value] of Object.entries(needs)) {
    const holds = Object.hasOwn(CHECKS, name) ? CHECKS[name as keyof Needs] : undefined
    if (!holds?.(value)) throw new TypeError(`${name}: ${JSON.stringify(value)} is nothing that can be needed`)
  }
}
