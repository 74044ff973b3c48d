import type { HeldRole } from '@fobwatch/contracts'
import type { RecordEvent, RecordStep } from '#audit'
import type { Authenticators, Found, TellCeremony } from '#authenticators'
import type { Visit } from '#http'
import { type InTransaction, type Now, Refusal, type Together } from '#kernel'
import type { Failures } from '#limits'
import { fullName, type Person } from '#people'
import type { Sessions } from '#sessions'
import type { Webauthn } from '#webauthn'
import { type FindInteraction, type Interaction, ownInteraction, ownPages } from './interaction.ts'

/** What this room's verbs are handed. */
export interface SignInDeps {
  now: Now
  inTransaction: InTransaction
  together: Together
  record: RecordEvent
  recordStep: RecordStep
  tellCeremony: TellCeremony
  recordAlone: (event: Parameters<RecordEvent>[1]) => Promise<void>
  findInteraction: FindInteraction
  webauthn: Pick<Webauthn, 'beginAuthentication' | 'finishAuthentication'>
  authenticators: Pick<
    Authenticators,
    | 'findCredential'
    | 'findOwner'
    | 'judgeUse'
    | 'recordUse'
    | 'recordUseOrStop'
    | 'suspend'
    | 'descriptorsOf'
    | 'waysThatDo'
    | 'nameOf'
  >
  sessions: Pick<
    Sessions,
    | 'findLiveSession'
    | 'lookAtSession'
    | 'openSession'
    | 'openFirstSession'
    | 'renewSession'
    | 'chooseRole'
    | 'listBeside'
    | 'takeUpSession'
  >
  findPerson: (id: string) => Promise<Person | undefined>
  rolesHeldBy: (personId: string) => Promise<HeldRole[]>
  /** Puts roles that were found in the order in which their person chooses among them. */
  inOrderOfUse: (personId: string, roles: Found['roles']) => Promise<HeldRole[]>
  failures: Pick<Failures, 'count' | 'countApart' | 'knownLimit'>
  /** Whether there are personas to try applications as. */
  hasPersonas: boolean
}

/**
 * The sign-in that this browser has in progress under this id.
 * @throws Refusal `sign_in_unknown`
 */
export const interactionOf = async (deps: SignInDeps, id: string, visit: Visit): Promise<Interaction> => {
  const interaction = id === ownPages ? ownInteraction(deps.now()) : await deps.findInteraction(id, visit)
  if (!interaction) throw new Refusal('sign_in_unknown')
  return interaction
}

/** What people call somebody. */
export const nameOf = async (deps: Pick<SignInDeps, 'findPerson'>, personId: string): Promise<string> => {
  const person = await deps.findPerson(personId)
  return person ? fullName(person) : ''
}
