import { aboutNobody, type RequestKind, requestKinds } from '@fobwatch/contracts'
import { isByRequest, taskOf, touchesWhoTheyAre } from '../rules.ts'

const listed = (kinds: readonly RequestKind[]): string => kinds.map((kind) => `'${kind}'`).join(', ')
const task = `(case r.kind ${requestKinds.map((kind) => `when '${kind}' then '${taskOf[kind]}'`).join(' ')} end)`

/**
 * Whether a person has a second profile of another's, in SQL: the same address of mail, or number of a register. The
 * second of two people is not the first by another name.
 */
export const isSame = (one: string, other: string): string => `exists (
  select from person one join person other on one.id = ${one} and other.id = ${other}
  where one.id = other.id or lower(one.email) = lower(other.email) or exists (
    select from professional_membership m join professional_membership n on n.body = m.body and n.number = m.number
    where m.person_id = one.id and n.person_id = other.id))`

/** Whether `reach` has all that a duty allows at an organisation, in SQL; true of no duty. */
export const coversDuty = (duty: string, organisation: string): string => `not exists (
  select from duty_task t where t.duty_code = ${duty}
    and not exists (select from reach where reach.task = t.task and reach.id = ${organisation}))`

/** Whether `reach` has all that a person's duties allow, those included that are yet to begin, in SQL; true of nobody. */
export const coversPerson = (person: string, now: string): string => `not exists (
  select from assignment a
  join position held on held.id = a.position_id
  join duty_task t on t.duty_code = held.duty_code
  where a.person_id = ${person} and a.ended_at is null and (a.expires_at is null or a.expires_at > ${now})
    and not exists (select from reach where reach.task = t.task and reach.id = held.organisation_id))`

const reaches = (what: string, organisation: string) =>
  `exists (select from reach where reach.task = ${what} and reach.id = ${organisation})`

/**
 * Whether the person $1 may decide the request `r` at $2, in SQL, with what they may do in `reach`: what `whyNotDecide`
 * says, for a list, where it cannot be asked row by row. A test holds the two together.
 */
export const mayDecide = `(not ${isSame('r.raised_by', '$1')} and not ${isSame('r.person_id', '$1')}
  and case when r.kind in (${listed(aboutNobody)}) then not exists (
      select from organisation top where top.parent_id is null and not ${reaches(task, 'top.id')})
    else ${reaches("'decide-requests'", 'r.organisation_id')}
      and (r.kind not in (${listed(requestKinds.filter(isByRequest))}) or ${reaches(task, 'r.organisation_id')})
      and ${coversDuty('r.duty_code', 'r.organisation_id')}
      and (r.kind not in (${listed(touchesWhoTheyAre)}) or ${coversPerson('r.person_id', '$2')})
      and (r.kind <> 'raise-identity-level'
        or (r.asked->>'level')::int <= (select identity_level from person where id = $1)) end)`
