import type { ClientMetadata, Fault } from '@fobwatch/contracts'

/** How a client proves who it is, and what it gives for tokens, where its registration does not say. */
const usualMethod = 'client_secret_basic'
const usualGrants = ['authorization_code'] as const

export const methodOf = ({ token_endpoint_auth_method: method = usualMethod }: ClientMetadata) => method
export const grantsOf = ({ grant_types: grants = [...usualGrants] }: ClientMetadata) => grants

/** Whether it proves who it is by a secret. */
export const hasSecrets = (metadata: ClientMetadata): boolean => methodOf(metadata).startsWith('client_secret_')

/** What the rules know besides the registration. */
export interface Known {
  acrValues: readonly string[]
  /** Scopes of OpenID Connect. */
  scopes: readonly string[]
  /** Of the APIs that it names, those that there are, each with its scopes. */
  apis: ReadonlyMap<string, readonly string[]>
  /** The resource indicator of the API by which HR systems feed people in. */
  feedApi: string
  /** How long the service's own sessions last. */
  limits: { idleMinutes: number; maxMinutes: number }
}

/** A rule of what a registration may say: its faults, each with the field where it lies. */
export type Rule = (metadata: ClientMetadata, known: Known) => Fault[]

/** The fault, where there is one. */
export const when = (wrong: boolean | undefined, field: string, why: string): Fault[] => (wrong ? [{ field, why }] : [])

/** Whoever tries the service is nobody, and goes where an application is for tries: none that people work with becomes one. */
export const whyNoSandbox = (there: ClientMetadata | undefined, { sandbox }: ClientMetadata): Fault[] =>
  when(
    there !== undefined && sandbox && !there.sandbox,
    'sandbox',
    'cannot be turned on later: register another application for tries',
  )
