import { emailOf, managerToBe, players } from './cast.ts'
import type { Deps } from './deps.ts'

/** Somebody whom whoever tries the demonstration can be. */
export interface DemonstrationPerson {
  name: string
  /** What they are there to show. */
  job: string
  staffId: string
  /** The link to set up a device, for those who have none. */
  url: string | null
  /** Whether every device that they have is paused. */
  paused: boolean
}

type Reissuing = Pick<Deps, 'store' | 'now' | 'registrationAuthority'>

/**
 * Voids the open links of everyone in the demonstration who has no device, and gives each a new one. Whoever tries
 * it is there in person, so that a device whose maker can be confirmed shows what it is worth. Who paused their only device
 * gets none: it would make nothing of the pause.
 * @returns everyone who can be tried, with their new link
 */
export const reissueLinks = (deps: Reissuing) => async (): Promise<DemonstrationPerson[]> => {
  const active = new Map((await deps.store.active(players.map(emailOf), deps.now())).map((each) => [each.email, each]))
  const people: DemonstrationPerson[] = []
  for (const player of players) {
    const { staffId, device } = active.get(emailOf(player)) ?? {}
    if (!staffId) continue
    const url = device ? null : (await deps.registrationAuthority.inviteByCommand(staffId, 'in-person')).url
    const { givenName, familyName, job } = player
    people.push({ name: `${givenName} ${familyName}`, job, staffId, url, paused: device === 'paused' })
  }
  return people
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
