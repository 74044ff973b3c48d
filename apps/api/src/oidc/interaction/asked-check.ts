import type { ClaimsParameter } from 'oidc-provider'
import { errors } from 'oidc-provider'
import { satisfies } from '#assurance'
import { settingsOf } from '../clients/client-settings.ts'

/** The classes that a request asks for; where it demands some, any other is not enough. */
export interface AskedCheck {
  /** In order of preference, the demanded first: what the `acr` of its tokens is taken from. Empty where none was named. */
  named: string[]
  /** A wish: the person is asked for it if they can, and let go on without it. */
  wished: string[]
  demanded: string[]
  /** Demanded whatever the request says. */
  registered: string[]
}

/** The classes of which one is asked for and none is reached. */
export interface Lack {
  acrs: string[]
  demanded: boolean
}

/** A request as far as it matters here. */
interface Request {
  acr_values?: unknown
  claims?: unknown
}

type AcrClaim = { essential?: unknown; value?: unknown; values?: unknown } | null | undefined

const acrClaimOf = (claims: unknown): AcrClaim =>
  typeof claims === 'string' ? (JSON.parse(claims) as { id_token?: { acr?: AcrClaim } }).id_token?.acr : undefined

const isText = (value: unknown): value is string => typeof value === 'string'

/** Of an `acr` that the claims parameter asks for by value. */
const valuesOf = (claim: AcrClaim): string[] => [
  ...(isText(claim?.value) ? [claim.value] : []),
  ...(Array.isArray(claim?.values) ? claim.values.filter(isText) : []),
]

/**
 * Refuses an `acr` in the claims parameter whose values are none (OpenID Connect Core §5.5.1).
 * @throws InvalidRequest
 */
export const checkAcrClaim = (_ctx: unknown, { id_token }: ClaimsParameter): void => {
  const claim = id_token?.['acr'] as AcrClaim
  const { value, values } = claim ?? {}
  if (value !== undefined && !isText(value)) throw new errors.InvalidRequest('invalid claims.id_token.acr.value type')
  if (values !== undefined && !(Array.isArray(values) && values.every(isText)))
    throw new errors.InvalidRequest('invalid claims.id_token.acr.values type')
}

/**
 * What a request asks for: by the claims parameter, where it may be demanded (OpenID Connect Core §5.5.1.1), and by
 * `acr_values`, which is a wish (§3.1.2.1) unless the client's registration says otherwise. The library has put the
 * client's `default_acr_values` in already. One that names none is content with any check of two factors; registered in
 * CIS2's form, it is taken to have named AAL3_ANY, as CIS2 does. A request comes by way of its person's browser, who can
 * write another: so a class that is registered and required holds beside the one that is asked for, which can only be more.
 * @param client as the library holds it
 */
export const askedCheckOf = ({ acr_values, claims }: Request, client: object): AskedCheck => {
  const { claimsForm, acrRequired } = settingsOf(client)
  const { defaultAcrValues = [] } = client as { defaultAcrValues?: string[] }
  const claim = acrClaimOf(claims)
  const byClaim = valuesOf(claim)
  const byParameter = isText(acr_values) ? acr_values.split(' ').filter(Boolean) : []
  const byNothing = byClaim.length + byParameter.length === 0
  const wished = byNothing && claimsForm === 'compatible' ? ['AAL3_ANY'] : byParameter
  const named = [...byClaim, ...wished]
  const hoped = named.length > 0 ? named : ['AAL2_OR_AAL3_ANY']
  const isEssential = claim?.essential === true && byClaim.length > 0
  const demanded = isEssential ? byClaim : acrRequired ? hoped : []
  return { named, wished: hoped, demanded, registered: acrRequired ? defaultAcrValues : [] }
}

const reaches = (acrs: readonly string[], acr: string) => acrs.length === 0 || acrs.some((each) => satisfies(each, acr))

/**
 * What is missing of what was asked for; a demand before a wish.
 * @param acr the most specific class of the check that was made
 */
export const lackOf = ({ wished, demanded, registered }: AskedCheck, acr: string): Lack | undefined => {
  const unmet = [demanded, registered].find((acrs) => !reaches(acrs, acr))
  if (unmet) return { acrs: unmet, demanded: true }
  return reaches(wished, acr) ? undefined : { acrs: wished, demanded: false }
}
