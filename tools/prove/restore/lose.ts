import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSoftwareAuthenticator } from '@fobwatch/testkit'
import { runProgram } from '../../programs.ts'
import { beginSignIn, refresh, registerApplication, signInTo, type Tokens } from '../cluster/application.ts'
import { ask } from '../cluster/ask.ts'
import { until } from '../cluster/until.ts'
import { answerLink, enrolPerson, expectOk, type Person } from '../stage/person.ts'
import { type Cluster, guide, operatorsEnvironment, type Place, startCluster, startService } from './place.ts'

/** What there was, and what of it is to be found again. */
export interface Lost {
  /** Enrolled before the base backup, and between it and the moment. */
  known: Person[]
  /** Enrolled after the moment. */
  late: Person
  before: Tokens
  /** A refresh token and a link that were good at the moment, and spent before the loss. */
  spent: { refreshToken: string; link: string }
  /** The person whose session was ended before the loss. */
  signedOut: Person
  /** Checkpoints kept elsewhere, of before the moment and of after it; and the public keys. */
  kept: { early: string; late: string; keys: string }
  /** The moment, as PostgreSQL writes it. */
  moment: string
  halfFinished: number
}

const audit = async (place: Place, cluster: Cluster, what: string, file: string): Promise<string> => {
  const env = { ...process.env, ...operatorsEnvironment(place, cluster) }
  const { code, output } = await runProgram(process.execPath, ['apps/api/src/cli.ts', 'audit', what], { env })
  if (code !== 0) throw new Error(`fobwatch audit ${what}: ${output}`)
  const kept = join(place.folder, file)
  await writeFile(kept, output)
  return kept
}

const archiveAll = async (cluster: Cluster): Promise<void> => {
  const [last] = await ask<{ file: string }>(cluster.url('postgres'), 'select pg_walfile_name(pg_switch_wal()) as file')
  await until('the last of the log is archived', async () => {
    const [archived] = await ask<{ file: string }>(
      cluster.url('postgres'),
      'select last_archived_wal as file from pg_stat_archiver',
    )
    return (archived?.file ?? '') >= (last?.file ?? '')
  })
}

/** The whole story up to the loss: people, a backup, people, a moment, deeds that will be lost, and the loss. */
export const loseDatabase = async (place: Place): Promise<Lost> => {
  const { tools, say } = place
  const cluster = await startCluster(place, 'primary', place.backup)
  await tools.runSql('../operators.md', 'users.sql', { host: cluster.host, database: 'postgres', user: 'fobwatch' })
  await tools.runSql(guide, 'backup-user.sql', { host: cluster.host, database: 'postgres', user: 'fobwatch' })
  const stage = await startService(place, cluster)
  await registerApplication(stage)

  say('People set up devices and log in …')
  const early = [await enrolPerson(stage, 'Ada'), await enrolPerson(stage, 'Bram')]
  for (const { device } of early) await signInTo(stage, device)
  say('A base backup …')
  const where = { 'db.example.org': cluster.host, '/backup': place.backup }
  await tools.runBlock(guide, 'base-backup.sh', where)
  const later = [await enrolPerson(stage, 'Cleo'), await enrolPerson(stage, 'Dov')] as const
  const { tokens } = await signInTo(stage, later[0].device)
  const { tokens: toBeSpent } = await signInTo(stage, later[0].device)
  const { browser } = await signInTo(stage, later[1].device)
  const link = await stage.house.invite(later[1].id)
  await beginSignIn(stage)
  const kept = await audit(place, cluster, 'checkpoint', 'checkpoint-early.jws')
  const [counted] = await ask<{ count: number }>(
    cluster.url('fobwatch'),
    'select (select count(*)::int from challenge) + (select count(*)::int from oidc_transient) as count',
  )
  const [now] = await ask<{ moment: string }>(cluster.url('postgres'), 'select clock_timestamp()::text as moment')

  say('The moment; and then deeds that will be lost …')
  if ((await refresh(stage, toBeSpent.refresh_token)).status !== 200) throw new Error('The refresh token was not good')
  const used = await answerLink(stage, link, createSoftwareAuthenticator())
  expectOk(await stage.browser().postJson('/api/enrolment', used))
  const out = { cookie: browser.cookieHeader(stage.issuer), 'sec-fetch-site': 'same-origin' }
  await stage.instances[0](new URL('/api/session', stage.issuer), { method: 'DELETE', headers: out })
  const late = await enrolPerson(stage, 'Eve')
  await signInTo(stage, late.device)
  const keptLate = await audit(place, cluster, 'checkpoint', 'checkpoint-late.jws')
  const keys = await audit(place, cluster, 'keys', 'audit-keys.json')

  say('Somebody empties a table …')
  await ask(cluster.url('fobwatch', 'fobwatch_owner'), 'truncate person cascade')
  await archiveAll(cluster)
  await stage.strike()
  await cluster.stop()
  return {
    ...{ known: [...early, ...later], late, before: tokens, signedOut: later[1] },
    spent: { refreshToken: toBeSpent.refresh_token, link },
    kept: { early: kept, late: keptLate, keys },
    ...{ moment: now?.moment ?? '', halfFinished: counted?.count ?? 0 },
  }
}
