import type { DeskAuthenticator, DeskPerson } from '@fobwatch/contracts'

/** One way of one person, and what else they have. */
export interface WayProps {
  person: DeskPerson
  way: DeskAuthenticator
  /** Their other ways that work. */
  others: readonly DeskAuthenticator[]
}
