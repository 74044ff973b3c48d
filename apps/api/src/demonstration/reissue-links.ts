import { emailOf, managerToBe, players } from './cast.ts'
import type { Deps } from './deps.ts'

/** A link to become somebody of the demonstration. */
export interface DemonstrationLink {
  name: string
  /** What they are there to show. */
  job: string
  url: string
}

type Reissuing = Pick<Deps, 'store' | 'now' | 'registrationAuthority'>

/**
 * Voids the open links of everyone in the demonstration who has no way to log in, and gives each a new one. Whoever tries
 * it is there in person, so that a device whose maker can be confirmed shows what it is worth.
 */
export const reissueLinks = (deps: Reissuing) => async (): Promise<DemonstrationLink[]> => {
  const waiting = new Map(
    (await deps.store.withoutWay(players.map(emailOf), deps.now())).map((each) => [each.email, each.staffId]),
  )
  const links: DemonstrationLink[] = []
  for (const player of players) {
    const staffId = waiting.get(emailOf(player))
    if (!staffId) continue
    const { url } = await deps.registrationAuthority.inviteByCommand(staffId, 'in-person')
    links.push({ name: `${player.givenName} ${player.familyName}`, job: player.job, url })
  }
  return links
}

/** Who can become the first manager, and where; nobody once there is one. */
export interface FirstManager {
  name: string
  staffId: string
  organisationCode: string
}

/** Says who is there to become the first registration authority manager, while there is none. */
export const firstManager = (deps: Reissuing) => async (): Promise<FirstManager | null> => {
  const player = players.find(({ mailbox }) => mailbox === managerToBe)
  if (!player || (await deps.registrationAuthority.hasManager())) return null
  const [person] = await deps.store.findByEmail([emailOf(player)])
  return person
    ? { name: `${player.givenName} ${player.familyName}`, staffId: person.staffId, organisationCode: player.at }
    : null
}
