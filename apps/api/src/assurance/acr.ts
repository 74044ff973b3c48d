/**
 * The classes of `acr` (CIS2's words) that we give and take, each with the classes that it is content with. Three of them
 * say exactly what was done: `AAL3_FIDO2` and `AAL3_IOS` are the strong checks, by whatever else and by a managed iPad.
 * A strong check is more than a standard one, so that whoever asked for AAL2 is content with AAL3. CIS2's values for
 * smartcards with certificates, one-time codes, mail accounts and passwords name methods that we do not have.
 */
const contentWith = new Map([
  ['AAL3_FIDO2', ['AAL3_FIDO2']],
  ['AAL3_IOS', ['AAL3_IOS']],
  ['AAL3_ANY', ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY']],
  ['AAL2_OR_AAL3_ANY', ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY', 'AAL2_ANY']],
  ['AAL2_ANY', ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY', 'AAL2_ANY']],
  ['AAL1_ANY', ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY', 'AAL2_ANY', 'AAL1_ANY']],
])

/** The values that applications may ask for, as discovery lists them. */
export const acrValues = ['AAL3_FIDO2', 'AAL3_IOS', 'AAL3_ANY', 'AAL2_OR_AAL3_ANY', 'AAL2_ANY'] as const

/**
 * Whether a value that was asked for is true of a check. A value that we do not know never is.
 * @param acr the most specific class of the check, as `assess` gives it
 */
export const satisfies = (requested: string, acr: string): boolean => contentWith.get(requested)?.includes(acr) ?? false

/**
 * The `acr` of a token: the first wish that came true, or else the most specific class (OpenID Connect Core §3.1.2.1:
 * `acr_values` is in order of preference, and a wish).
 * @param requested in the order of the request
 * @param acr the most specific class of the check, as `assess` gives it
 */
export const acrFor = (requested: readonly string[], acr: string): string =>
  requested.find((each) => satisfies(each, acr)) ?? acr
