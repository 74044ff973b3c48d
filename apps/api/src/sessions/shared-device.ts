import type { SharedDevice } from '@fobwatch/contracts'
import type { Visit } from '#http'
import { hashOf } from '#kernel'
import type { SessionStore } from './store.ts'

/**
 * Marks a browser as one that several people use, such as on a ward, or takes the mark away. Its operator does so, by
 * having it open `/shared-device#on` whenever it starts. Whoever sits at it can clear a cookie, whatever stood in it, so
 * that the mark proves nothing and is no secret: it only ever makes us stricter. A session that was opened under it keeps
 * that in its row, and so do those that it finds, whoever stands aside too: an application sends people here without the mark, which other
 * websites never make a browser send.
 */
export const markShared =
  ({ store }: { store: Pick<SessionStore, 'markShared'> }) =>
  async ({ shared }: SharedDevice, visit: Visit): Promise<void> => {
    const cookieHash = visit.sessionSecret ? hashOf(visit.sessionSecret) : null
    if (shared) await store.markShared(hashOf(visit.browser()), cookieHash)
    visit.markShared(shared)
  }

/** Whether this browser is marked so. */
export const showShared = async (_input: unknown, { isShared: shared }: Visit): Promise<SharedDevice> => ({ shared })
