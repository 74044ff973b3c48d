import { newId } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import { limitsAt } from '../rules.ts'
import type { Joined } from './store.ts'

/** Notes that an application takes part in a session, as that was found: its person is at work. @returns the id of its grant */
export const joinApplication =
  ({ store, now, policy }: LiveSessionDeps) =>
  async (session: Joined, clientId: string): Promise<string> => {
    const grantId = await store.joinApplication(newId(), session, clientId, limitsAt(now(), policy))
    if (!grantId) throw new Error('An upsert returned no row')
    return grantId
  }
