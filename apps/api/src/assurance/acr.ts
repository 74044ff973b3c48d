/**
 * The values of `acr` that say a level and no method, each with the least level that makes it true, and most specific
 * last. A strong check is more than a standard one, so that whoever asked for AAL2 is content with AAL3.
 */
const leastLevel = new Map([
  ['AAL1_ANY', 1],
  ['AAL2_OR_AAL3_ANY', 2],
  ['AAL2_ANY', 2],
  ['AAL3_ANY', 3],
])

/** The values that applications may ask for, as discovery lists them. */
export const acrValues = ['AAL3_ANY', 'AAL2_OR_AAL3_ANY', 'AAL2_ANY'] as const

/** Whether a value of `acr` is true of a level. A value that we do not know never is. */
export const satisfies = (acr: string, level: number): boolean =>
  level >= (leastLevel.get(acr) ?? Number.POSITIVE_INFINITY)

/**
 * The `acr` of a token: the first wish that came true, or else the most specific value that is true (OpenID Connect
 * Core §3.1.2.1: `acr_values` is in order of preference, and a wish).
 * @param requested in the order of the request
 */
export const acrFor = (requested: readonly string[], level: number): string =>
  requested.find((acr) => satisfies(acr, level)) ??
  [...leastLevel.keys()].findLast((acr) => satisfies(acr, level)) ??
  'AAL1_ANY'
