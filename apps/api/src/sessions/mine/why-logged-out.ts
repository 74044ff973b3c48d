import type { EndedSession, LoggedOutWhy } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { type EndedWhy, hashOf } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Limits } from '../store.ts'
import type { MineStore, Standing } from './store.ts'

const whys: Record<EndedWhy, LoggedOutWhy> = {
  'signed-out': 'signed-out',
  'signed-out-elsewhere': 'elsewhere',
  replaced: 'replaced',
  expired: 'expired',
  'person-signed-out': 'desk',
  'person-suspended': 'desk',
  'person-closed': 'desk',
  'authenticator-suspended': 'device',
  'authenticator-revoked': 'device',
  'authenticator-expired': 'device',
  restored: null,
}

/** What happened longer ago explains nothing to whoever sits here now. */
const longAgo = 24 * 3_600_000

/** Why a session is over; null for one that is not. */
const whyOver = (session: Standing, { now, activeSince, startedSince }: Limits): LoggedOutWhy => {
  const [at, active, created] = [now, session.lastActiveAt, session.createdAt].map(Number) as [number, number, number]
  // On a shared device it may be somebody else who asks.
  if (session.shared || at - Number(session.endedAt ?? active) > longAgo) return null
  if (session.endedWhy && session.endedWhy !== 'expired') return whys[session.endedWhy]
  if (!session.isActive || !session.isUsable) return session.isActive ? 'device' : 'desk'
  // Idle ones come to their 12 hours too, and what their person noticed came before that.
  const [idle, longest] = [at - Number(activeSince), at - Number(startedSince)]
  const end = Math.min(at, created + longest)
  if (end - active >= idle) return 'idle'
  return created + longest <= at || session.endedWhy ? 'expired' : null
}

/** Tells the browser that had a session why it has none, by the session's secret, which nobody else has. */
export const whyLoggedOut =
  ({ mine, now, policy }: Pick<LiveSessionDeps, 'now' | 'policy'> & { mine: MineStore }) =>
  async (_input: unknown, { sessionSecret }: Pick<Visit, 'sessionSecret'>): Promise<EndedSession> => {
    const session = sessionSecret ? await mine.standingOf(hashOf(sessionSecret), now()) : undefined
    const why = session ? whyOver(session, limitsAt(now(), policy)) : null
    const minutes = why === 'idle' ? policy.idleMinutes : why === 'expired' ? policy.maxMinutes : null
    return { why, minutes }
  }
