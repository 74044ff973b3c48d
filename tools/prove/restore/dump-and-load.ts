import { signInTo } from '../cluster/application.ts'
import { ask } from '../cluster/ask.ts'
import type { keepFindings } from '../cluster/findings.ts'
import type { Lost } from './lose.ts'
import { type Cluster, guide, operatorsEnvironment, type Place, startCluster, startService, urlsOf } from './place.ts'

const kept = ['person', 'authenticator', 'signing_key', 'client', 'audit_event', 'audit_batch', 'session']

const countsOf = async (cluster: Cluster): Promise<string> => {
  const counts = kept.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')
  const [row] = await ask<Record<string, string>>(cluster.url('fobwatch'), `select ${counts}`)
  return kept.map((table) => `${row?.[table]} ${table}`).join(', ')
}

/** The everyday way: a dump, loaded into a new server. */
export const dumpAndLoad = async (
  place: Place,
  from: Cluster,
  { known: [person] }: Pick<Lost, 'known'>,
  find: ReturnType<typeof keepFindings>['find'],
): Promise<void> => {
  place.say('A dump, loaded into a new server …')
  const { tools, backup } = place
  await tools.runBlock(guide, 'dump.sh', { 'db.example.org': from.host, '/backup': backup })
  const counted = await countsOf(from)
  await from.stop()
  const to = await startCluster(place, 'loaded')
  await tools.runSql('../operators.md', 'users.sql', { host: to.host, database: 'postgres', user: 'fobwatch' })
  await tools.runBlock(guide, 'load.sh', { 'db.example.org': to.host, '/backup': backup })
  const loaded = await countsOf(to)
  find('A dump that is loaded has every row', loaded === counted, loaded)
  const refused = await ask(urlsOf(to).service, 'update audit_event set type = type').then(
    () => 'it can',
    (error: Error) => error.message,
  )
  find("The service's user cannot change the audit log there", /permission denied/.test(refused), refused)
  await tools.runBlock(guide, 'after-restore.sh', {}, operatorsEnvironment(place, to))
  const stage = await startService(place, to)
  if (!person) throw new Error('Nobody was there')
  await signInTo(stage, person.device)
  find('A device logs in there', true, 'logged in')
  await stage.strike()
}
