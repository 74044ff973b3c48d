import type { DeskAuthenticator } from '@fobwatch/contracts'

/** What can be done to a way; each is a page. */
export type WayAction = 'pause' | 'start' | 'end' | 'remove'

/** Whether somebody does everything to ways, smartcards and others. */
export const changesEveryKind = (tasks: readonly string[]): boolean => tasks.includes('issue-authenticator')

type Way = Pick<DeskAuthenticator, 'kind' | 'status' | 'because'>

/** What whoever unlocks and renews smartcards does: to a card that nobody paused, or that was lost. */
const withCards = ({ kind, status, because }: Way): WayAction[] => {
  if (kind !== 'smartcard' || status === 'expired') return []
  if (status === 'active') return ['end']
  return because === 'lost' ? ['start', 'end'] : []
}

const withEveryKind = ({ status, because }: Way): WayAction[] => {
  const all: (WayAction | false)[] = [
    status === 'active' && 'pause',
    status === 'suspended' && because !== 'model' && 'start',
    status !== 'expired' && 'end',
    'remove',
  ]
  return all.filter((each) => each !== false)
}

/**
 * What somebody's tasks let them do to a way of another person. The API asks again, for the organisation.
 * @param tasks those of the session
 */
export const actionsOf = (way: Way, tasks: readonly string[]): WayAction[] => {
  if (changesEveryKind(tasks)) return withEveryKind(way)
  return tasks.includes('unlock-smartcard') ? withCards(way) : []
}
