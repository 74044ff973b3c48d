/** How much there is to be of everything. */
export interface Size {
  people: number
  organisations: number
  assignments: number
  authenticators: number
  events: number
  requests: number
}

/** What the capability is promised for. */
export const whole: Size = {
  ...{ people: 100_000, organisations: 2_000, assignments: 1_000_000, authenticators: 300_000 },
  ...{ events: 1_000_000, requests: 20_000 },
}

/** The one hospital at which every tenth person works; the others are spread over all organisations. */
const hospital = 2

/** A fictional name for a number: 48 given names, and 40 × 40 family names. */
const givenNames = `array['Mabel','Maeve','Magnus','Marlo','Martha','Matilda','Maurice','Max','Mina','Morag','Asha','Alder',
  'Bryn','Briar','Cato','Clover','Dara','Dilys','Edith','Elowen','Fern','Finn','Gwen','Greta','Hale','Hazel','Idris',
  'Iris','Jago','Juno','Kit','Kestrel','Linus','Lark','Nell','Nye','Oisín','Olwen','Perran','Posy','Quill','Rowan',
  'Robin','Sorrel','Senara','Tam','Una','Wren']`
const beginnings = `array['Ash','Bram','Brook','Cedar','Cliff','Cop','Corn','Dale','Dun','East','Elm','Fal','Fern','Flax',
  'Gale','Glen','Gorse','Harrow','Heath','Hollow','Juni','Kel','Larks','Lime','Mallow','Marsh','May','Mill','Moss',
  'Nettle','North','Oak','Penny','Quarry','Reed','Sedge','Smi','Sorrel','Thorn','Wether']`
const endings = `array['acre','bank','beck','borough','bourne','bridge','brook','bury','by','combe','cote','dale','den',
  'don','field','ford','gate','ham','hay','holme','hurst','land','ley','low','mere','mouth','ness','pool','royal','shaw',
  'side','stead','stone','thorpe','ton','under','way','well','wick','worth']`
const pick = (list: string, number: string) => `(${list})[1 + (${number}) % array_length(${list}, 1)]`

/** Ids that follow from a number, so that what belongs together is found without looking. */
const id = (kind: string, number: string) => `md5('${kind}' || (${number}))::uuid`
const digits = (number: string, offset: number) =>
  `lpad(((${number})::bigint * 618970019 % 1000000000000 + ${offset})::numeric % 1000000000000 || '', 12, '0')`
/** A number that looks thrown, below another. */
const thrown = (number: string, below: number | string, salt = 1) =>
  `(abs(hashint8((${number})::bigint * 1000 + ${salt})::bigint) % (${below}))`
const homeOf = (number: string, { organisations }: Size) =>
  `(case when (${number}) % 10 = 0 then ${hospital} else 1 + ${thrown(number, organisations)} end)`
/** Of every five positions of an organisation, one. */
const positionAt = (organisation: string, which: string) => id('position', `((${organisation}) - 1) * 5 + (${which})`)

/** SQL that fills a database which has the catalogue and nothing else: a statement after another. */
export const fillings = (size: Size): [name: string, sql: string][] => [
  // Every row refers to one that is there: to have each looked up would take minutes.
  ['trust', 'set session_replication_role = replica'],
  [
    'organisations',
    `insert into organisation (id, code, name, parent_id)
     select ${id('organisation', 'n')}, 'ZP' || lpad(n::text, 5, '0'), 'Fictional place ' || n,
       case when n > 1 then ${id('organisation', '(n - 2) / 12 + 1')} end
     from generate_series(1, ${size.organisations}) n`,
  ],
  [
    'positions',
    `insert into position (id, organisation_id, name, role_code, created_at)
     select ${id('position', 'n')}, ${id('organisation', '(n - 1) / 5 + 1')}, 'Post ' || n, r.codes[1 + n % array_length(r.codes, 1)],
       now() - interval '2 years'
     from generate_series(1, ${size.organisations * 5}) n, (select array_agg(code order by code) as codes from job_role) r`,
  ],
  [
    'people',
    `insert into person (id, staff_id, user_handle, given_name, middle_names, family_name, email, identity_level, created_at,
       status)
     select ${id('person', 'n')}, ${digits('n', 7)}, sha256(('handle' || n)::bytea), g, m, f,
       lower(g || '.' || f || n || '@example.org'), 1 + n % 3,
       now() - interval '1 hour' * ${thrown('n', 24 * 2000, 2)},
       case when n % 100 = 99 then 'suspended' when n % 50 = 49 then 'closed' else 'active' end
     from generate_series(1, ${size.people}) n,
       lateral (select ${pick(givenNames, thrown('n', 1_000_003, 3))} as g,
         case when n % 4 = 0 then ${pick(givenNames, thrown('n', 1_000_003, 4))} end as m,
         ${pick(beginnings, thrown('n', 1_000_003, 5))} || ${pick(endings, thrown('n', 1_000_003, 6))} as f) names`,
  ],
  [
    'affiliations',
    `insert into affiliation (id, person_id, organisation_id, created_at)
     select ${digits('n', 11)}, ${id('person', 'n')}, ${id('organisation', homeOf('n', size))}, now() - interval '1 year'
     from generate_series(1, ${size.people}) n
     union all
     select ${digits(`n + ${size.people}`, 11)}, ${id('person', 'n')},
       ${id('organisation', `${homeOf('n', size)} % ${size.organisations} + 1`)}, now() - interval '9 months'
     from generate_series(5, ${size.people}, 5) n`,
  ],
  [
    // Of each person's the first two are held now, the others are over. Four in ten that are held have an end.
    'assignments',
    `insert into assignment (id, person_id, position_id, starts_at, expires_at, ended_at, created_at)
     select ${digits('n', 13)}, ${id('person', 'w.p')}, ${positionAt(homeOf('w.p', size), 'w.which % 5 + 1')},
       now() - interval '1 day' * (20 + w.which * 90),
       case when w.which >= 2 then now() - interval '1 day' * (w.which * 90 - 80)
         when n % 10 < 4 then now() + interval '1 hour' * ${thrown('n', 24 * 700, 7)} end,
       case when w.which >= 2 and n % 3 = 0 then now() - interval '1 day' * (w.which * 90 - 75) end,
       now() - interval '1 day' * (20 + w.which * 90)
     from generate_series(1, ${size.assignments}) n,
       lateral (select 1 + (n - 1) % ${size.people} as p, (n - 1) / ${size.people} as which) w`,
  ],
  [
    'authenticators',
    `insert into authenticator (id, person_id, credential_id, public_key, algorithm, sign_count, aaguid, transports,
       backup_eligible, backup_state, attestation_format, attestation_object, name, kind, assurance_level, reasons,
       attestation_trust, bound_by, bound_level, expires_at, status, status_reason, status_at, created_at, last_used_at)
     select ${id('authenticator', 'n')}, ${id('person', 'w.p')}, decode(md5('credential' || n), 'hex'),
       decode(repeat('00', 77), 'hex'), -7, 0, md5('model' || ${thrown('n', 12, 8)})::uuid, array['usb'], false, false, 'packed',
       decode(repeat('00', 200), 'hex'), 'Security key ' || n % 10000, k.kinds[1 + ${thrown('n', 6, 9)}], 2 + n % 2,
       array['the passkey cannot leave this key'], 'none', 'link', 3,
       case when n % 4 = 0 then now() + interval '1 hour' * (${thrown('n', 24 * 700, 10)} - 24 * 30) end,
       s.status, case when s.status = 'suspended' then (array['lost','model','desk'])[1 + n % 3]
         when s.status = 'revoked' then 'replaced' end,
       case when s.status <> 'active' then now() - interval '1 hour' * ${thrown('n', 24 * 200, 11)} end,
       now() - interval '1 hour' * ${thrown('n', 24 * 900, 12)},
       case when n % 7 > 0 then now() - interval '1 minute' * ${thrown('n', 1440 * 120, 13)} end
     from generate_series(1, ${size.authenticators}) n,
       (select array['phone','tablet','computer','security-key','smartcard','passkey'] as kinds) k,
       lateral (select 1 + (n - 1) % ${size.people} as p) w,
       lateral (select case when n % 100 = 1 then 'suspended' when n % 100 < 10 then 'revoked' else 'active' end as status) s
     where w.p % 20 > 0`,
  ],
  [
    // Of every three people one is logged in, in two browsers.
    'sessions',
    `insert into session (id, secret_hash, person_id, authenticator_id, authenticated_at, assurance_level, acr, amr, reasons,
       user_agent, created_at, last_active_at)
     select ${id('session', 'n')}, sha256(('session' || n)::bytea), ${id('person', 'w.p')}, ${id('authenticator', 'w.p')},
       now() - interval '1 minute', 2, 'AAL2_OR_AAL3_ANY', array['hwk','user'], array['this phone can copy its passkey'],
       'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
       now() - interval '1 hour', now()
     from generate_series(1, ${size.people} * 2 / 3) n, lateral (select 1 + (n - 1) / 2 * 3 as p) w
     where w.p % 20 > 0`,
  ],
  [
    'invitations',
    `insert into invitation (id, code_hash, person_id, issued_how, max_level, created_at, expires_at, spent_at,
       authenticator_id, device)
     select ${id('invitation', 'n')}, decode(md5('code' || n), 'hex'), ${id('person', 'n')}, 'link', 2,
       now() - interval '1 hour' * h.ago, now() + interval '1 hour' * (24 - h.ago),
       case when n % 20 > 0 then now() - interval '1 minute' * h.ago end,
       case when n % 20 > 0 then ${id('authenticator', 'n')} end, 'phone'
     from generate_series(1, ${size.people}) n, lateral (select ${thrown('n', 24 * 60, 14)} as ago) h`,
  ],
  [
    'requests',
    `insert into request (id, kind, organisation_id, person_id, asked, raised_by, raised_with, raised_at, status, expires_at,
       closed_at)
     select ${id('request', 'n')}, (array['assign-position','change-details','raise-identity-level'])[1 + n % 3],
       ${id('organisation', homeOf('n', size))}, ${id('person', 'n')}, '{}', ${id('person', 'w.p')},
       ${id('authenticator', 'w.p')}, h.at, s.status,
       case when s.status = 'open' then now() + interval '7 days' else h.at + interval '7 days' end,
       case when s.status <> 'open' then h.at + interval '1 day' end
     from generate_series(1, ${size.requests}) n,
       lateral (select 1 + 20 * (n % (${size.people} / 20)) as p) w,
       lateral (select now() - interval '1 minute' * ${thrown('n', 1440 * 300, 15)} as at) h,
       lateral (select case when n % 40 = 0 then 'open' when n % 9 = 0 then 'rejected' else 'done' end as status) s`,
  ],
  [
    'events',
    `insert into audit_event (id, at, type, outcome, actor, person, details)
     select ${id('event', 'n')}, now() - interval '1 second' * (86400 * 365.0 * (${size.events} - n) / ${size.events}),
       t.type, 'done', ${id('person', 'w.p')}, ${id('person', 'w.p')},
       case when t.type = 'signed-in' then jsonb_build_object('level', 2 + n % 2, 'authenticator', ${id('authenticator', 'w.p')},
         'acr', 'AAL3_FIDO2', 'amr', array['hwk','user']) else '{}'::jsonb end
     from generate_series(1, ${size.events}) n,
       lateral (select 1 + ${thrown('n', size.people, 16)} as p) w,
       lateral (select (array['signed-in','signed-in','signed-in','signed-out','person-viewed','desk-searched',
         'role-chosen'])[1 + n % 7] as type) t`,
  ],
]

/** What a database does by itself after a while, and after a flood at once. */
export const settle = 'vacuum analyze'
