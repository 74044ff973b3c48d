import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { tasks } from '#access'
import type { Route } from '#http'
import { enrol, issuer, sql, startService } from '../service.testing.ts'
import { putAt } from './desk.testing.ts'
import {
  type Answer,
  type Deed,
  type Duty,
  duties,
  makeWorld,
  type Where,
  type World,
  wheres,
} from './duties.testing.ts'
import { newcomer } from './people/people.testing.ts'

/**
 * What each duty allows: the table of the registration authority, written down here and read from nowhere. x: done; r: by
 * request only; 2: with a second person; o: for one's own alone; . : refused.
 * Columns: manager, advanced agent, agent, sponsor, ID checker, local smartcard administrator, service operator.
 */
// biome-ignore format: a table is read by its columns
const table: Record<string, string> = {
  'find-person':                      'x x x x x x .',
  'create-person':                    'x x x . x . .',
  'change-details':                   'x x x r . . .',
  'close-person':                     'x x x r . . .',
  'close-person: bring back':         'x x x r . . .',
  'erase-person':                     'x . . . . . .',
  'issue-authenticator':              'x x x . . . .',
  'unlock-smartcard':                 'x x x x . x .',
  'unlock-smartcard: renew':          'x x x x . x .',
  'assign-position':                  'x x x r . . .',
  'assign-position: opened':          'x x x x . . .',
  'give-duty':                        '2 2 . . . . .',
  'edit-positions':                   'x x . . . . .',
  'edit-organisations':               'x . . . . . x',
  'decide-requests':                  'x x x x . . .',
  'report-people':                    'x x x . o . .',
  'report-requests':                  'x x x . o . .',
  'report-authenticators':            'x x x x o . .',
  'report-positions':                 'x x x x o . .',
  'report-sign-ins':                  'x x x . o . .',
  'read-audit':                       'x . . . . . x',
  'manage-clients':                   '. . . . . . x',
  'manage-keys':                      '. . . . . . x',
  'set-policy':                       '. . . . . . x',
  'manage-feeds':                     '. . . . . . 2',
  'load-catalogue':                   '. . . . . . x',
  'export-audit':                     '. . . . . . 2',
}

const cell = (row: string, duty: Duty): string => table[row]?.split(/\s+/)[duties.indexOf(duty)] ?? 'nothing'
const taskOf = (row: string): string => row.split(':')[0] ?? row

/** What concerns everybody takes the duty everywhere, and is outside for whoever has it at one place alone. */
const concernsEverybody = ['manage-clients', 'manage-feeds', 'load-catalogue', 'export-audit']

/** What is done by command, or by nobody yet: the desk has no address for it. */
const withoutEndpoint = ['manage-keys']

const about = (staffId: string, deed = '') => `/api/desk/people/${staffId}${deed && `/${deed}`}`

const client = (metadata: object) => ({
  id: `try-${randomUUID()}`,
  name: 'Another list',
  metadata: { redirect_uris: ['https://list.example/callback'], token_endpoint_auth_method: 'none', ...metadata },
  apis: [],
})
const feed = (feed_organisation: string) => ({
  ...client({}),
  metadata: {
    ...{ grant_types: ['client_credentials'], redirect_uris: [], response_types: [], feed_organisation },
    ...{ token_endpoint_auth_method: 'client_secret_basic' },
  },
  apis: [`${issuer}/scim`],
})

/** How each row of the table is done, at a place. */
const deeds: Record<string, (world: World, where: Where) => Promise<Deed>> = {
  'find-person': async (world, where) => ({ method: 'GET', url: about((await world.person(where)).staffId) }),
  'create-person': async (world, where) => ({
    ...{ method: 'POST', url: '/api/desk/people' },
    body: newcomer(world.codeOf(where)),
  }),
  'change-details': async (world, where) => {
    const { staffId } = await world.person(where)
    const asked = { title: 'Dr', version: 1 }
    return { method: 'PATCH', url: about(staffId), body: asked, asked: { kind: 'change-details', staffId, asked } }
  },
  'close-person': async (world, where) => {
    const { staffId } = await world.person(where)
    const asked = { because: 'left' }
    return {
      method: 'POST',
      url: about(staffId, 'close'),
      body: asked,
      asked: { kind: 'close-person', staffId, asked },
    }
  },
  'close-person: bring back': async (world, where) => {
    const { staffId } = await world.person(where, 'closed')
    const asked = { note: 'They are back.' }
    return {
      ...{ method: 'POST', url: about(staffId, 'reopen'), body: asked },
      asked: { kind: 'reopen-person', staffId, asked },
    }
  },
  'erase-person': async (world, where) => ({
    ...{ method: 'POST', body: { because: 'asked' } },
    url: about((await world.person(where, 'closed')).staffId, 'erase'),
  }),
  'issue-authenticator': async (world, where) => ({
    ...{ method: 'POST', body: { how: 'link' } },
    url: about((await world.person(where)).staffId, 'invitations'),
  }),
  'unlock-smartcard': async (world, where) => {
    const { staffId, id } = await world.smartcard(where, 'lost')
    return { method: 'POST', url: about(staffId, `authenticators/${id}/reinstate`), body: {} }
  },
  'unlock-smartcard: renew': async (world, where) => {
    const { staffId, id } = await world.smartcard(where)
    const expiresAt = new Date(Date.now() + 365 * 86_400_000).toISOString()
    return { method: 'POST', url: about(staffId, `authenticators/${id}/expiry`), body: { expiresAt } }
  },
  'assign-position': (world, where) => assigning(world, where, 'closed', 'assign-position'),
  'assign-position: opened': (world, where) => assigning(world, where, 'opened', 'assign-position'),
  'give-duty': (world, where) => assigning(world, where, 'duty', 'give-duty'),
  'edit-positions': async (world, where) => ({
    ...{ method: 'POST', url: '/api/desk/positions' },
    body: {
      ...{ organisation: world.codeOf(where), name: `Role ${randomUUID()}`, role: 'S8000:G8000:R8001' },
      ...{ activities: [], workgroups: [], openedToSponsors: false },
    },
  }),
  'edit-organisations': async (world, where) => ({
    ...{ method: 'POST', url: '/api/desk/organisations' },
    body: { code: `Z${randomUUID().slice(0, 7).toUpperCase()}`, name: 'Ward', parent: world.codeOf(where) },
  }),
  'decide-requests': async (world, where) => ({
    ...{ method: 'POST', url: `/api/desk/requests/${(await world.request(where)).id}/hold`, body: {} },
  }),
  'read-audit': async (world, where) => ({
    ...{ method: 'GET', url: `/api/desk/audit?person=${(await world.person(where)).staffId}` },
  }),
  'manage-clients': async () => ({ method: 'POST', url: '/api/desk/clients', body: client({ sandbox: true }) }),
  'set-policy': async (world, where) => {
    const scope_id = world.idOf(where)
    const text = `select version from authenticator_policy where scope = 'organisation' and scope_id = $1`
    const [row] = await sql<{ version: number }>(world.service, text, scope_id)
    const body = { policy: {}, version: row?.version ?? 0, acknowledged: 0 }
    return { method: 'PUT', url: `/api/desk/policies/organisation/${world.codeOf(where)}`, body }
  },
  'manage-feeds': async (world, where) => {
    const asked = feed(world.codeOf(where))
    return { method: 'POST', url: '/api/desk/clients', body: asked, asked: { kind: 'add-client', asked } }
  },
  'load-catalogue': async () => ({
    ...{ method: 'POST', url: '/api/desk/catalogue/preview', body: { form: 'csv', text: 'kind,code,name' } },
  }),
  'export-audit': async ({ service }) => {
    // Asked for once more, it would be there already.
    await sql(service, `delete from request where kind = 'export-audit'`)
    return {
      ...{ method: 'POST', url: '/api/desk/audit/exports', body: {} },
      asked: { kind: 'export-audit', asked: {} },
    }
  },
}

/** Each report, with somebody new in it: how it is asked for so that they stand on its first page. */
const reports: Record<string, (world: World, where: Where) => Promise<{ url: string; shows: string }>> = {
  'report-people': async (world, where) => {
    const { staffId } = await world.person(where)
    return { url: '/api/desk/reports/people?sort=newest&limit=100', shows: staffId }
  },
  'report-requests': async (world, where) => {
    const { person } = await world.request(where)
    return { url: '/api/desk/reports/requests?sort=newest&limit=100', shows: person.staffId }
  },
  'report-authenticators': async (world, where) => {
    const { id, staffId } = await world.person(where)
    await enrol(world.service, id)
    return { url: '/api/desk/reports/authenticators?sort=newest&limit=100', shows: staffId }
  },
  'report-positions': async (world, where) => {
    const { id, staffId } = await world.person(where)
    // Before all others, by its name.
    await putAt(world.service, id, world.idOf(where), { name: `A ${randomUUID()}`, roleCode: 'S8000:G8000:R8001' })
    return { url: '/api/desk/reports/positions?sort=position&limit=100', shows: staffId }
  },
}

const assigning = async (
  world: World,
  where: Where,
  which: 'closed' | 'opened' | 'duty',
  kind: string,
): Promise<Deed> => {
  const { staffId } = await world.person(where)
  const asked = { position: world.positionAt(where, which) }
  return { method: 'POST', url: about(staffId, 'assignments'), body: asked, asked: { kind, staffId, asked } }
}

/** No, in each of the forms that it has: not allowed, and not there for this person. */
const isRefused = ({ status, error }: Answer): boolean =>
  error === 'not_allowed' ||
  error === 'not_found' ||
  /^(position|organisation)_unknown$/.test(error ?? '') ||
  status === 403

const allowedGuards = /^(fresh )?desk:(.+?)(\?)?$/

/** Whether a duty gets past a guard, as the table says. */
const getsPast = (duty: Duty, guard: string): boolean => {
  const [, , named = '', inAnyWay] = allowedGuards.exec(guard) ?? []
  const allows = (task: string) =>
    Object.keys(table)
      .filter((row) => taskOf(row) === task)
      .some((row) => (inAnyWay ? cell(row, duty) !== '.' : row === task && /[x2]/.test(cell(row, duty))))
  if (named === 'any-task') return Object.keys(table).some((row) => cell(row, duty) !== '.')
  return named.split('|').some(allows)
}

describe('the whole table of duties', () => {
  let world: World
  let close: () => Promise<void>
  let routes: Route[]
  before(async () => {
    const service = await startService()
    close = service.close
    world = await makeWorld(service)
    routes = Object.values(service.rooms.tables)
      .flat()
      .filter(({ url }) => url.startsWith('/api/desk'))
  })
  after(() => close())

  it('has a row for every task and a column for every duty', async () => {
    const rows = [...new Set(Object.keys(table).map(taskOf))]
    assert.deepEqual(rows.sort(), [...tasks].sort())
    const known = await sql<{ code: string }>(world.service, 'select code from duty')
    assert.deepEqual(known.map(({ code }) => code).sort(), [...duties].sort())
    for (const row of Object.keys(table)) assert.equal(table[row]?.split(/\s+/).length, duties.length, row)
    const done = [...Object.keys(deeds), ...Object.keys(reports), ...withoutEndpoint, 'report-sign-ins']
    assert.deepEqual(done.sort(), Object.keys(table).sort())
  })

  it('stands behind every address of the desk: each asks for a task of the table, or for any', () => {
    assert.ok(routes.length > 50)
    for (const { guard, method, url } of routes) {
      const [, , named = ''] = allowedGuards.exec(guard) ?? []
      assert.ok(named !== '', `${method} ${url} has no guard of the desk`)
      if (named === 'any-task') assert.match(url, /^\/api\/desk\/requests/)
      else for (const task of named.split('|')) assert.ok(task in table, `${method} ${url} asks for ${task}`)
    }
  })

  for (const duty of duties)
    it(`line 42: lets a ${duty} past the guards that it says, at every address, and no other`, async () => {
      for (const { method, url, guard } of routes) {
        const path = url
          .replace(':staffId', '123456789012')
          .replace(/:(id|secretId|requestId|row)\b/g, () => randomUUID())
          .replace(':assignment', '123456789012')
          .replace(':scope', 'service')
          .replace(':code', 'ZZX99')
          .replace(':body', 'nmc')
        const deed = { method, url: path, ...(method !== 'GET' && { body: { unheard: 'of' } }) } as Deed
        const { status, error } = await world.send(world.actor(duty, true), deed)
        const isOutside = status === 403 && error === 'not_allowed'
        assert.equal(isOutside, !getsPast(duty, guard), `${duty}: ${method} ${url} (${guard}): ${status} ${error}`)
      }
    })

  /** What becomes of a deed: x, or r where it is refused and can be asked for, or nothing at all. */
  const outcomeOf = async (row: string, duty: Duty, where: Where): Promise<string> => {
    const everywhere = concernsEverybody.includes(row) && where !== 'outside'
    const browser = world.actor(duty, everywhere)
    const make = deeds[row]
    if (!make) throw new Error(`Nobody knows how to do ${row}`)
    const deed = await make(world, where)
    const done = await world.send(browser, deed)
    if (done.status < 300) return 'x'
    const needsSecond = done.error === 'second_person_needed'
    assert.ok(needsSecond || isRefused(done), `${row} by ${duty} ${where}: ${done.status} ${done.text}`)
    if (!deed.asked) return '.'
    const asked = await world.send(browser, { method: 'POST', url: '/api/desk/requests', body: deed.asked })
    if (asked.status < 300) return 'r'
    assert.ok(isRefused(asked), `asking for ${row} by ${duty} ${where}: ${asked.status} ${asked.text}`)
    assert.ok(!needsSecond, `${row} by ${duty} ${where} needs a second person, and cannot be asked for`)
    return '.'
  }

  for (const row of Object.keys(deeds))
    for (const where of wheres)
      it(`line 42: ${row}, ${where}: by each duty done, by request, or refused, as it says`, async () => {
        for (const duty of duties) {
          const said = where === 'outside' ? '.' : cell(row, duty)
          const expected = said === '2' ? 'r' : said
          assert.equal(await outcomeOf(row, duty, where), expected, `${row} by ${duty} ${where}`)
        }
      })

  for (const [row, make] of Object.entries(reports))
    for (const where of wheres)
      it(`line 42: ${row}, ${where}: shown to each duty wholly, for what they did themselves, or not at all`, async () => {
        const { url, shows } = await make(world, where)
        for (const duty of duties) {
          const { status, text } = await world.send(world.actor(duty, false), { method: 'GET', url })
          const allowed = cell(row, duty)
          assert.equal(status, allowed === '.' ? 403 : 200, `${row} by ${duty}: ${text.slice(0, 200)}`)
          assert.equal(text.includes(shows), allowed === 'x' && where !== 'outside', `${row} by ${duty} ${where}`)
        }
      })

  it('line 42: report-sign-ins: counted for each duty that it says, and for no other', async () => {
    for (const duty of duties) {
      const { status } = await world.send(world.actor(duty, false), {
        method: 'GET',
        url: '/api/desk/reports/sign-ins',
      })
      assert.equal(status, cell('report-sign-ins', duty) === '.' ? 403 : 200, duty)
    }
  })

  it('says the same of what has no address at the desk', async () => {
    for (const row of withoutEndpoint)
      for (const duty of duties) {
        const text = `select allowed from duty_task where duty_code = $1 and task = $2`
        const [found] = await sql<{ allowed: string }>(world.service, text, duty, row)
        assert.equal(found?.allowed === 'yes' ? 'x' : '.', cell(row, duty), `${row} by ${duty}`)
      }
  })
})
