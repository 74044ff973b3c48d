import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { signInTo } from '../cluster/application.ts'
import type { keepFindings } from '../cluster/findings.ts'
import { until } from '../cluster/until.ts'
import type { Person } from '../stage/person.ts'
import type { World } from './world.ts'

type Find = ReturnType<typeof keepFindings>['find']

/** What a plain request is answered: the status, and where it is sent. */
const askPlainly = async (port: number): Promise<string> => {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  get({ host: '127.0.0.1', port, path: '/authorize?client_id=x', headers: { host: 'localhost' } }, (answer) => {
    text(answer).then(() => resolve(`${answer.statusCode} ${answer.headers.location}`), reject)
  }).once('error', reject)
  return promise
}

const signsIn = (stage: Parameters<typeof signInTo>[0], { device }: Person): Promise<string> =>
  signInTo(stage, device).then(
    () => 'ok',
    (error: Error) => error.message,
  )

/** Requests that an instance refuses in a way that looks to a balancer as if the instance had failed. */
const failing = {
  'a form that is three times as long as a query': {
    url: '/authorize',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `a=${'!'.repeat(6000)}`,
  },
  'a body that is refused before it was sent': {
    url: '/api/desk/imports',
    headers: { 'content-type': 'application/json' },
    body: 'x'.repeat(3_950_000),
  },
}

/** What a visitor sends takes no instance away from others. */
const tryToTakeAway = async ({ nginx, issuer }: World, find: Find): Promise<void> => {
  for (const [what, { url, ...request }] of Object.entries(failing)) {
    const post = () => nginx.sendFrom('127.0.0.8')(new URL(url, issuer), { method: 'POST', ...request })
    // One for each instance, and one more.
    for (let time = 0; time < 3; time += 1) await post().catch(() => {})
    const statuses: number[] = []
    for (let time = 0; time < 10; time += 1)
      statuses.push((await nginx.sendFrom('127.0.0.7')(new URL('/jwks', issuer), {})).status)
    const served = statuses.filter((status) => status === 200).length
    find(`Others are served after ${what}`, served === 10, served === 10 ? '10 of 10' : statuses.join())
  }
}

/** nginx and two instances, while nothing fails but one of them. */
export const tryFront = async (world: World, [person]: readonly [Person, ...Person[]], find: Find): Promise<void> => {
  const { nginx, issuer, instances } = world
  const visitor = '127.0.0.7'
  const send = nginx.sendFrom(visitor)
  const forged = { headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' } }
  const discovery = await send(new URL('/.well-known/openid-configuration', issuer), forged)
  const said = (await discovery.json()) as { issuer: string }
  find('The service believes no header about its own name', said.issuer === issuer, said.issuer)
  // A request is logged after it is answered.
  const logsNow = async () => (await Promise.all(instances.map(({ log }) => log()))).join('')
  await until('the visitor is in the log', async () => (await logsNow()).includes('openid-configuration'))
  const logs = await logsNow()
  const isRight = logs.includes(`"ip":"${visitor}"`) && !logs.includes('203.0.113.9')
  find('The log has the visitor’s address, whatever they say that it is', isRight, `${visitor}, and not 203.0.113.9`)
  const plain = await askPlainly(world.plain)
  find('Plain http is sent to https', plain === `308 ${issuer}/authorize?client_id=x`, plain)
  const health = (await send(new URL('/health/ready', issuer), {})).status
  find('Health is not shown to everybody', health === 404, health)
  const large = { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'x'.repeat(5 * 1024 * 1024) }
  const tooLarge = await send(new URL('/token', issuer), large).then(
    ({ status }) => String(status),
    (error: Error) => error.message,
  )
  find('A request that is far too large is refused', /^413$|EPIPE|ECONNRESET/.test(tooLarge), tooLarge)
  await tryToTakeAway(world, find)

  const used = (await nginx.accessLog()).split('\n').map((line) => /"instance":"([^"]*)"/.exec(line)?.[1])
  const shares = instances.map(({ port }) => used.filter((each) => each === `127.0.0.1:${port}`).length)
  const both = shares.every((share) => share > 0)
  find('Both instances have their share, and no log in needs to stay at one', both, `${shares.join(' and ')} requests`)

  await instances[0].kill()
  const stage = world.stageFrom(visitor)
  const after: string[] = []
  for (let time = 0; time < 10; time += 1) after.push(await signsIn(stage, person))
  const good = after.filter((each) => each === 'ok').length
  find(
    'With one instance killed, log ins go on through the other',
    good === 10,
    good === 10 ? '10 of 10' : after.join('; '),
  )
  await world.restart(0)
}
