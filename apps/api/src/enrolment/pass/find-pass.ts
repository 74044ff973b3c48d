import { isRefusal, Refusal } from '#kernel'
import type { Deps } from '../deps.ts'
import { findInvitation, type Key, refuseUnlessOpen } from '../find-invitation.ts'

/** What a guard lets in: a temporary pass that was typed in in this browser, and sets up a device for 15 minutes. */
export interface Pass {
  invitation: string
}

/**
 * The pass of a browser's cookie, while it is good for something: until its time is over, a device is set up, the desk
 * makes something newer, or whoever gave it is gone. It is no session: nobody is logged in by it.
 */
export const findPass =
  (deps: Pick<Deps, 'store' | 'now'>) =>
  async (secret: string | undefined): Promise<Pass | undefined> => {
    if (!secret) return undefined
    try {
      const invitation = await findInvitation(deps, { code: secret, via: 'pass' })
      refuseUnlessOpen(invitation, deps.now())
      return { invitation: invitation.id }
    } catch (error) {
      if (isRefusal(error)) return undefined
      throw error
    }
  }

/** What a visit with a pass comes with. @throws Refusal `not_signed_in` */
export const keyOf = ({ passSecret }: { passSecret: string | undefined }): Key => {
  if (!passSecret) throw new Refusal('not_signed_in')
  return { code: passSecret, via: 'pass' }
}
