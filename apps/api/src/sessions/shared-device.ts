import type { SharedDevice } from '@fobwatch/contracts'
import type { Visit } from '#http'

/**
 * Marks a browser as one that several people use, such as on a ward, or takes the mark away. Its operator does so, by
 * having it open `/shared-device#on` whenever it starts. Whoever sits at it can clear a cookie, whatever stood in it, so
 * that the mark proves nothing and is no secret: it only ever makes us stricter. A session that was opened under it keeps
 * that in its row.
 */
export const markShared = async ({ shared }: SharedDevice, visit: Visit): Promise<void> => visit.markShared(shared)

/** Whether this browser is marked so. */
export const showShared = async (_input: unknown, { isShared: shared }: Visit): Promise<SharedDevice> => ({ shared })
