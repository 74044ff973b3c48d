import type { RecordEvent } from '#audit'
import type { Enrolment } from '#enrolment'
import type { InTransaction, Now } from '#kernel'
import type { Oidc } from '#oidc'
import type { RegistrationAuthority } from '#registration-authority'
import type { Sessions } from '#sessions'
import type { Webauthn } from '#webauthn'

/** The newest event of the log. */
interface Newest {
  at: Date
  type: string
  details: Readonly<Record<string, unknown>>
}

interface Deps {
  now: Now
  inTransaction: InTransaction
  record: RecordEvent
  newestEvent: () => Promise<Newest | undefined>
  sessions: Pick<Sessions, 'endAll'>
  enrolment: Pick<Enrolment, 'voidAll'>
  webauthn: Pick<Webauthn, 'forgetExpired'>
  oidc: Pick<Oidc, 'forgetAll'>
  registrationAuthority: Pick<RegistrationAuthority, 'cancelAllRequests'>
}

/** What was ended, and how far the log of the copy goes. */
export interface Restored {
  /** The newest event that the copy knows: what was done later is lost. Null where there is none. */
  knownUntil: Date | null
  sessions: number
  tokens: number
  /** Links, codes and passes. */
  invitations: number
  requests: number
}

/** Whatever the clock was that a challenge was made by. */
const everSoLate = new Date('9999-12-31T00:00:00Z')

/** Of which time the copy is: that of its newest event, or what an earlier run found, where nothing has happened since. */
const momentOf = (newest: Newest | undefined): Date | null => {
  if (newest?.type !== 'database-restored') return newest?.at ?? null
  const { knownUntil } = newest.details
  return typeof knownUntil === 'string' ? new Date(knownUntil) : null
}

/**
 * Ends what the past must not bring back: sessions, codes and tokens, open links, codes and passes to set up a device, and
 * requests that somebody could still approve or use. Each may have been spent or withdrawn after the moment that the copy
 * is of. May be run again: what one run did not come to, the next does, and says the same moment.
 * Devices, people and roles stay as the copy has them: only a person can know whom something was taken from since.
 */
export const afterRestore = (deps: Deps) => ({
  afterRestore: async (): Promise<Restored> => {
    const knownUntil = momentOf(await deps.newestEvent())
    // In transactions of their own, since there may be as many sessions as staff.
    const sessions = await deps.sessions.endAll('restored')
    await deps.webauthn.forgetExpired(everSoLate)
    return deps.inTransaction(async (tx) => {
      const tokens = await deps.oidc.forgetAll(tx)
      const invitations = await deps.enrolment.voidAll(tx)
      const requests = await deps.registrationAuthority.cancelAllRequests(tx)
      const ended = { sessions, tokens, invitations, requests }
      const details = { knownUntil: knownUntil?.toISOString() ?? null, ...ended }
      await deps.record(tx, { type: 'database-restored', details })
      return { knownUntil, ...ended }
    })
  },
})
