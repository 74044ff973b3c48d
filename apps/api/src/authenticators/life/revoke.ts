import { Refusal, type Transaction } from '#kernel'
import type { Deps } from '../deps.ts'
import { changeStatus } from './change-status.ts'
import type { Deed } from './suspend.ts'

/**
 * Revokes an authenticator for good, by the desk or by command. Its public key is kept, and the credential is never given
 * to anybody again.
 * @throws Refusal `not_found` when the person has no such authenticator
 */
export const revoke =
  (deps: Deps) =>
  async (tx: Transaction, { because, ...deed }: Deed & { because: 'desk' | 'left' }): Promise<void> => {
    if (!(await changeStatus(deps, tx, 'revoke', { ...deed, because }))) throw new Refusal('not_found')
  }
