import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { runProgram } from '../../programs.ts'
import { refresh, signInTo } from '../cluster/application.ts'
import { ask } from '../cluster/ask.ts'
import type { keepFindings } from '../cluster/findings.ts'
import { until } from '../cluster/until.ts'
import { blockOf } from '../stage/guide.ts'
import type { Person } from '../stage/person.ts'
import { newMasterKey, type Stage } from '../stage/set-stage.ts'
import type { Lost } from './lose.ts'
import { type Cluster, guide, operatorsEnvironment, type Place, startCluster, startService } from './place.ts'

type Find = ReturnType<typeof keepFindings>['find']

const count = async (cluster: Cluster, of: string, ...values: unknown[]): Promise<number> =>
  (await ask<{ count: number }>(cluster.url('fobwatch'), `select count(*)::int as count from ${of}`, values))[0]
    ?.count ?? 0

/** Brings the database back to the moment in a new folder, as the guide says. */
const recover = async (place: Place, { moment }: Lost): Promise<Cluster> => {
  await mkdir(join(place.folder, 'restored'), { recursive: true })
  await place.tools.runBlock(guide, 'restore.sh', {
    '/var/lib/postgresql/restored': join(place.folder, 'restored/data'),
    '/backup': place.backup,
    '2026-11-26 09:41:00+00': moment,
  })
  await mkdir(join(place.folder, 'again/wal'), { recursive: true })
  const cluster = await startCluster(place, 'restored', join(place.folder, 'again'))
  const asked = await blockOf(guide, 'recovered.sql')
  await until('the database has come to the moment', async () =>
    Boolean((await ask<{ done: boolean }>(cluster.url('postgres'), asked))[0]?.done),
  )
  return cluster
}

/** What the database knows before anything is done about it. */
const lookAt = async (cluster: Cluster, lost: Lost, find: Find): Promise<void> => {
  const people = await count(cluster, 'person')
  find(
    'People who were there at the moment are there, and nobody else',
    people === lost.known.length,
    `${people} people`,
  )
  const half = (await count(cluster, 'challenge')) + (await count(cluster, 'oidc_transient'))
  find('Half-finished log ins are not', half === 0 && lost.halfFinished > 0, `${lost.halfFinished} before, ${half} now`)
  const alive = await count(cluster, 'session where person_id = $1 and ended_at is null', lost.signedOut.id)
  const open = await count(cluster, 'invitation where spent_at is null and voided_at is null')
  const unspent = await count(cluster, `oidc_token where kind = 'RefreshToken' and consumed_at is null`)
  find(
    'The past has come back with its secrets: what was ended or spent afterwards is good again',
    alive === 1 && open === 1 && unspent >= 1,
    `${alive} session that had been ended, ${open} link that had been used, ${unspent} refresh tokens`,
  )
}

const tryWrongKey = async (place: Place, cluster: Cluster, find: Find): Promise<void> => {
  const env = { ...process.env, ...operatorsEnvironment(place, cluster), FOBWATCH_MASTER_KEY: newMasterKey() }
  const { code, output } = await runProgram(process.execPath, ['apps/api/src/main.ts'], {
    env: { ...env, PORT: String(place.port) },
  })
  const said = output.trim().split('\n').at(-1) ?? ''
  find(
    'With another master key the service does not start, and says why',
    code === 1 && said.includes('FOBWATCH_MASTER_KEY'),
    said,
  )
}

const canSignIn = async (stage: Stage, { device }: Person): Promise<boolean> =>
  signInTo(stage, device).then(
    () => true,
    () => false,
  )

/** What people and applications find. */
const tryService = async (stage: Stage, lost: Lost, find: Find): Promise<void> => {
  const signedIn = await Promise.all(lost.known.map((person) => canSignIn(stage, person)))
  const good = signedIn.filter(Boolean).length
  find('Devices that were set up before the moment log in', good === lost.known.length, `${good} of ${signedIn.length}`)
  find('A device that was set up after it does not', !(await canSignIn(stage, lost.late)), 'refused')
  const jwks = createRemoteJWKSet(new URL('/jwks', stage.issuer))
  const { payload } = await jwtVerify(lost.before.id_token, jwks, { issuer: stage.issuer })
  find('A token from before the moment verifies by the published keys', true, `sub ${payload.sub}`)
  const again = await refresh(stage, lost.spent.refreshToken)
  find(
    'A refresh token that was spent in the lost time is refused',
    again.body['error'] === 'invalid_grant',
    `${again.status} ${again.body['error']}`,
  )
  const link = await stage.browser().postJson('/api/enrolment/options', { code: lost.spent.link })
  find(
    'A link that was used in the lost time is refused',
    link.status >= 400,
    `${link.status} ${link.json<{ error: string }>().error}`,
  )
}

const verifyLog = async (place: Place, cluster: Cluster, lost: Lost, find: Find): Promise<void> => {
  const env = { ...process.env, ...operatorsEnvironment(place, cluster) }
  const cli = (...args: string[]) => runProgram(process.execPath, ['apps/api/src/cli.ts', 'audit', ...args], { env })
  const file = join(place.folder, 'log.jsonl.gz')
  await cli('export', file)
  const verify = (checkpoint: string) => cli('verify', file, '--keys', lost.kept.keys, '--checkpoint', checkpoint)
  const early = await verify(lost.kept.early)
  find('The audit log is whole, by a checkpoint kept elsewhere before the moment', early.code === 0, early.output)
  const late = await verify(lost.kept.late)
  find('A checkpoint from after the moment shows that the log ends too early', late.code === 1, late.output)
}

/** Restores to the moment, and looks what is there. @returns the restored cluster, whose service is stopped */
export const findAgain = async (place: Place, lost: Lost, find: Find): Promise<Cluster> => {
  place.say('Back to the moment …')
  const cluster = await recover(place, lost)
  await lookAt(cluster, lost, find)
  await tryWrongKey(place, cluster, find)
  const said = await place.tools.runBlock(guide, 'after-restore.sh', {}, operatorsEnvironment(place, cluster))
  find(
    '`fobwatch after-restore` says what it ended',
    /^Ended: [1-9]\d* sessions, [1-9]/.test(said),
    said.split('\n')[0] ?? '',
  )
  const alive = await count(cluster, 'session where ended_at is null')
  find('No session is alive after it', alive === 0, alive)
  const stage = await startService(place, cluster)
  await tryService(stage, lost, find)
  await verifyLog(place, cluster, lost, find)
  await stage.strike()
  return cluster
}
