import { newId } from '#kernel'
import type { LiveSessionDeps } from '../deps.ts'

/** Notes that an application takes part in a session. @returns the id of its grant */
export const joinApplication =
  ({ store, now }: LiveSessionDeps) =>
  async (sessionId: string, clientId: string): Promise<string> => {
    const grantId = await store.joinApplication(newId(), sessionId, clientId, now())
    if (!grantId) throw new Error('An upsert returned no row')
    return grantId
  }
