import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'

/** The deeds that leave an event of their own in the log, by the name of that event. */
export type DeedType =
  | 'authenticator-enrolled'
  | 'authenticator-added'
  | 'authenticator-removed'
  | 'authenticator-suspended'
  | 'signed-in'
  | 'role-chosen'
  | 'signed-out'
  | 'signed-out-by-desk'
  | 'tokens-revoked'
  | 'person-suspended'

/** Something that was asked for: acknowledged by a success, refused, or left open by a fault. */
export interface Deed {
  type: DeedType
  came: 'acknowledged' | 'open'
}

export const secretKinds = [
  'enrolment link',
  'sign-in challenge',
  'way back',
  'authorization code',
  'refresh token',
  'client assertion',
  'pushed request',
] as const
export type SecretKind = (typeof secretKinds)[number]

/** Something that may be used once. */
export interface Secret {
  kind: SecretKind
  /** How often it was taken, as far as whoever used it heard. */
  successes: number
  /** Uses it again. @returns whether it was taken */
  again: () => Promise<boolean>
}

/** What one person did from their first device on, with what came of each deed. */
export interface Life {
  personId: string
  staffId: string
  device: SoftwareAuthenticator
  browser: BrowserLike
  deeds: Deed[]
  secrets: Secret[]
  /** Whether the session must be there, must be over, or may be either. */
  session: 'alive' | 'over' | 'either'
  /** The newest refresh token that came, and whether it must work, must not, or may do either. */
  refresh?: { token: string; use: () => Promise<boolean>; state: 'alive' | 'over' | 'either' }
  /** Whether the first device must be refused. */
  isRefused: boolean
  /** A device that was added, and whether it must be refused. */
  second?: { device: SoftwareAuthenticator; isRefused: boolean }
  /** When it began, as `performance.now()` tells it. */
  begunAt: number
  /** Whether it went to its end, with all that was asked for done. */
  isWhole: boolean
  /** Refusals that nothing had earned when they were heard. */
  refusals: { step: string; said: string }[]
}

/** How often a deed was acknowledged, and how often it may have been done. */
export const countsOf = ({ deeds }: Life, type: DeedType): { least: number; most: number } => {
  const ofType = deeds.filter((deed) => deed.type === type)
  return { least: ofType.filter(({ came }) => came === 'acknowledged').length, most: ofType.length }
}
