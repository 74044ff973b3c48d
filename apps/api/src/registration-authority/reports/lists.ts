import type { ReportName, ReportSort } from '@fobwatch/contracts'
import { belonged, belongs } from '#access'
import { isUsable } from '#authenticators'
import type { Given, Listing } from './listing.ts'

// Where a person is within reach, asked of each by itself and only until the page is full. `is true` keeps the reach out of
// the index, which would go through all of it for each person.
const within = ({ reach, now }: Given) => `join lateral (
    select o.name from affiliation f join organisation o on o.id = f.organisation_id
    where f.person_id = p.id and (f.organisation_id = any(${reach})) is true
      and (${belongs('f', now)} or ${belonged('f', 'p')})
    order by f.created_at, o.code limit 1
  ) at on true`
const person = { within }

const whose = `p.staff_id as "staffId", p.given_name || ' ' || p.family_name as person`
const byName = ['p.family_name', 'p.given_name', 'p.staff_id'] as const
const proved = (actor: string) => `p.identity_proved_by = ${actor}`
const inDays =
  (moment: string) =>
  (days: string, { now }: Given) =>
    `${moment} > ${now} and ${moment} <= ${now} + make_interval(days => ${days}::int)`

const ways = (now: string) =>
  `(select count(*) from authenticator u where u.person_id = p.id and ${isUsable('u', now)})`

const people: Listing<ReportSort<'people'>> = {
  columns: ({ now }) => `${whose}, at.name as organisation, p.status, p.identity_level as "identityLevel",
    ${ways(now)} as ways, p.created_at as "createdAt"`,
  from: 'person p',
  id: 'p.id',
  where: () => 'not p.sandbox_only',
  person,
  own: proved,
  filters: {
    status: (value) => `p.status = ${value}`,
    level: (value) => `p.identity_level = ${value}::int`,
  },
  orders: {
    name: { by: byName, types: ['text', 'text', 'text'] },
    newest: { by: ['p.created_at', 'p.id'], types: ['moment', 'uuid'], down: true },
  },
}

const expires = `coalesce(a.expires_at, 'infinity')`

const authenticators: Listing<ReportSort<'authenticators'>> = {
  columns: ({ now }) => `${whose}, a.id, a.name, a.kind, a.assurance_level as level, a.aaguid,
    case when a.expires_at <= ${now} then 'expired' else a.status end as status, a.last_used_at as "lastUsedAt",
    a.expires_at as "expiresAt"`,
  from: 'authenticator a join person p on p.id = a.person_id',
  id: 'a.id',
  where: () => `a.status <> 'revoked' and not p.sandbox_only`,
  person,
  own: proved,
  filters: {
    status: (value, { now }) => `case when a.expires_at <= ${now} then 'expired' else a.status end = ${value}`,
    kind: (value) => `a.kind = ${value}`,
    level: (value) => `a.assurance_level = ${value}::int`,
    model: (value) => `a.aaguid = ${value}::uuid`,
    within: inDays(expires),
  },
  orders: {
    name: { by: [...byName, 'a.id'], types: ['text', 'text', 'text', 'uuid'] },
    // By days: an index of the very time would be written to at every log in.
    unused: { by: [`coalesce(a.last_used_day, '-infinity')`, 'a.id'], types: ['moment', 'uuid'] },
    expires: { by: [expires, 'a.id'], types: ['moment', 'uuid'] },
    newest: { by: ['a.created_at', 'a.id'], types: ['moment', 'uuid'], down: true },
  },
}

// Who is in a position is within reach where the position is, wherever else its holder may be.
const positions: Listing<ReportSort<'positions'>> = {
  columns: () => `${whose}, a.id, q.name as position, o.name as organisation, a.starts_at as "startsAt",
    a.expires_at as "expiresAt"`,
  from: `assignment a join position q on q.id = a.position_id join organisation o on o.id = q.organisation_id
    join person p on p.id = a.person_id`,
  id: 'a.id',
  where: ({ reach, now }) => `a.ended_at is null and a.starts_at <= ${now} and ${expires} > ${now}
    and p.status <> 'closed' and not p.sandbox_only and q.organisation_id = any(${reach})`,
  own: (actor) => `a.assigned_by = ${actor}`,
  filters: { position: (value) => `q.id = ${value}::uuid`, within: inDays(expires) },
  orders: {
    position: { by: ['q.name', 'q.id', 'a.id'], types: ['text', 'uuid', 'text'] },
    person: { by: [...byName, 'a.id'], types: ['text', 'text', 'text', 'text'] },
    expires: { by: [expires, 'a.id'], types: ['moment', 'text'] },
  },
}

const requests: Listing<ReportSort<'requests'>> = {
  columns: () => `r.id, r.kind, r.status as state, p.staff_id as "staffId",
    p.given_name || ' ' || p.family_name as person, o.name as organisation,
    b.given_name || ' ' || b.family_name as "raisedBy", r.raised_at as "raisedAt", r.closed_at as "closedAt"`,
  from: `request r join person b on b.id = r.raised_by left join person p on p.id = r.person_id
    join organisation o on o.id = r.organisation_id`,
  id: 'r.id',
  where: ({ reach, now }) => `r.organisation_id = any(${reach}) and r.raised_at <= ${now}`,
  own: (actor) => `r.raised_by = ${actor}`,
  filters: { kind: (value) => `r.kind = ${value}`, state: (value) => `r.status = ${value}` },
  orders: {
    newest: { by: ['r.raised_at', 'r.id'], types: ['moment', 'uuid'], down: true },
    oldest: { by: ['r.raised_at', 'r.id'], types: ['moment', 'uuid'] },
  },
}

/** The reports that are lists. */
export const reports: Record<ReportName, Listing> = { people, authenticators, positions, requests }

// Who came long ago and has nothing to log in with is no new starter: they do without.
const newStarters: Listing<'oldest'> = {
  columns: ({ now }) => `${whose}, at.name as organisation, p.created_at as "createdAt",
    p.identity_level as "identityLevel",
    exists (select from assignment g where g.person_id = p.id and g.ended_at is null
      and (g.expires_at is null or g.expires_at > ${now})) as "hasRole",
    exists (select from invitation i where i.person_id = p.id and i.spent_at is null and i.voided_at is null
      and i.expires_at > ${now}) as "hasLink"`,
  from: 'person p',
  id: 'p.id',
  where: ({ now }) => `p.status = 'active' and not p.sandbox_only and p.created_at > ${now} - interval '90 days'
    and not exists (select from authenticator u where u.person_id = p.id and u.status in ('active', 'suspended'))`,
  person,
  own: proved,
  filters: {},
  orders: { oldest: { by: ['p.created_at', 'p.id'], types: ['moment', 'uuid'] } },
}

const openLinks: Listing<'due'> = {
  columns: () => `${whose}, i.id, i.channel, i.device, b.given_name || ' ' || b.family_name as "issuedBy",
    i.created_at as "createdAt", i.expires_at as "expiresAt", i.opened_at as "openedAt"`,
  from: 'invitation i join person p on p.id = i.person_id left join person b on b.id = i.issued_by',
  id: 'i.id',
  where: ({ now }) =>
    `i.spent_at is null and i.voided_at is null and i.expires_at > ${now} and p.status = 'active' and not p.sandbox_only`,
  person,
  own: (actor) => `i.issued_by = ${actor}`,
  filters: {},
  orders: { due: { by: ['i.expires_at', 'i.id'], types: ['moment', 'uuid'] } },
}

const paused: Listing<'since'> = {
  columns: () => 'a.id',
  from: 'authenticator a join person p on p.id = a.person_id',
  id: 'a.id',
  where: ({ now }) => `a.status = 'suspended' and ${expires} > ${now}`,
  person,
  own: proved,
  filters: { because: (value) => `a.status_reason = ${value}` },
  orders: { since: { by: ['a.status_at', 'a.id'], types: ['moment', 'uuid'] } },
}

/** The lists of work to do. Those of what will end are the report of positions, the soonest first. */
export const work = { newStarters, openLinks, paused, expiring: positions }
