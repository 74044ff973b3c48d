import type { RequestKind } from '@fobwatch/contracts'
import { isUsable } from '#authenticators'
import { profilesOf } from './rules.ts'

const odd: readonly RequestKind[] = ['reopen-person', 'close-person']

/**
 * Whether a request stands, in SQL: it has not run out, and its raiser, what they had logged in with and whom it is about
 * are as they have to be. Derived, so that closing a person or suspending a key kills a request with them.
 */
export const stands = (now: string): string => `(r.expires_at > ${now}
  and exists (select from person u join authenticator w on w.id = r.raised_with and ${isUsable('w', now)}
    where u.id = r.raised_by and u.status = 'active')
  and (r.person_id is null or exists (select from person p where p.id = r.person_id and p.status = any(
    case r.kind ${odd.map((kind) => `when '${kind}' then '{${profilesOf(kind)}}'`).join(' ')}
      else '{active}' end::text[]))))`

/** What a request has come to, in SQL: one that does not stand any more is over, whatever its row says. */
export const stateOf = (now: string): string => `(case when r.status not in ('open', 'approved') or ${stands(now)}
  then r.status when r.expires_at <= ${now} then 'expired' else 'cancelled' end)`
