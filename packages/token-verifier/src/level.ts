/** How sure Fobwatch is that the person who logged in is the one: 2 is a standard check, 3 a strong one. */
export type Level = 1 | 2 | 3

type Claims = {
  readonly acr?: unknown
  readonly authentication_assurance_level?: unknown
  readonly [claim: string]: unknown
}

const LEVELS: readonly Level[] = [1, 2, 3]

/** The class that stands for a level and all above it. */
export const weakestClassOf = (level: 2 | 3): string => (level === 3 ? 'AAL3_ANY' : 'AAL2_OR_AAL3_ANY')

/**
 * How sure Fobwatch is, by what a token says: its `authentication_assurance_level`, an integer or, from CIS2, a string;
 * or else its class (`acr`), of which `AAL2_OR_AAL3_ANY` promises no more than 2.
 * @returns undefined where the token does not say
 */
export const levelOf = (claims: Claims): Level | undefined => {
  const { acr, authentication_assurance_level: said } = claims
  if (said !== undefined) return LEVELS.find((level) => said === level || said === String(level))
  return LEVELS.find((level) => typeof acr === 'string' && acr.startsWith(`AAL${level}_`))
}
