import type { AskedInvitation, PlannedDevice } from '@fobwatch/contracts'

/** How it reaches its person: a link by mail is a link all the same. */
export type Giving = 'mail' | 'copy' | 'code' | 'pass'

/** What the agent has chosen so far. */
export interface Choices {
  device: PlannedDevice | 'any' | undefined
  giving: Giving | undefined
  how: AskedInvitation['how'] | undefined
  /** Of a link, in hours. */
  hours: string
}

export const nothingChosen: Choices = { device: undefined, giving: undefined, how: undefined, hours: '24' }

/** How long a link may last, by hours. */
export const lifetimes: readonly { value: string; label: string }[] = [
  { value: '1', label: '1 hour' },
  { value: '4', label: '4 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '7 days' },
]

export const isLink = (giving: Giving | undefined): boolean => giving === 'mail' || giving === 'copy'

/** The deed as it is asked for. What is left as it is usually is not said. */
export const askedOf = ({ device, giving, how, hours }: Choices): AskedInvitation | undefined => {
  if (!device || !giving || !how) return undefined
  return {
    how,
    ...(device !== 'any' && { device }),
    ...(giving === 'code' || giving === 'pass' ? { channel: giving } : { lifetimeHours: Number(hours) }),
    ...(giving === 'mail' && { byMail: true }),
  }
}
