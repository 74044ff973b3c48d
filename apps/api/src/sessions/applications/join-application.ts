import { newId } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'
import type { Joined } from './store.ts'

/** Notes that an application takes part in a session, as that was found. @returns the id of its grant */
export const joinApplication =
  ({ store, now }: LiveSessionDeps) =>
  async (session: Joined, clientId: string): Promise<string> => {
    const grantId = await store.joinApplication(newId(), session, clientId, now())
    if (!grantId) throw new Error('An upsert returned no row')
    return grantId
  }
