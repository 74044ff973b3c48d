import type { Store } from './open-store.ts'
import { statement } from './statement.ts'

/** True of a superuser too. */
const findOwnership = statement<[], { owns: boolean }>(
  'store:find-ownership',
  `select pg_has_role(session_user, relowner, 'MEMBER') as owns from pg_class where oid = 'audit_event'::regclass`,
)

/**
 * Whether the user that the store connects as is a superuser or owns the tables, so that whoever can send SQL of their
 * own could leave the role `fobwatch_runtime` and change the audit log.
 */
export const canLeaveRole = async (store: Store): Promise<boolean> => (await store.row(findOwnership, []))?.owns ?? true
