/**
 * `npm start`: the whole service with a fictional demonstration. It supervises the embedded database, the service and
 * the sample ward application, each configured by its environment as in production, and stops all when one ends.
 */
import { buildWeb } from './build-web.ts'
import { applyMigrations, layFoundations, seed } from './starting/foundations.ts'
import { checkPorts } from './starting/ports.ts'
import { startApi, startRelyingApp } from './starting/services.ts'
import { help, readSettings } from './starting/settings.ts'
import { describeStart } from './starting/tell.ts'
import { type Keep, untilEnded } from './starting/until-ended.ts'

const say = (line: string) => console.log(line)

const start = async (keep: Keep): Promise<void> => {
  const settings = readSettings(process.env)
  await checkPorts(settings)
  const env = await layFoundations(settings, say, keep)
  await applyMigrations(env)
  say('Preparing the demonstration, and starting the service …')
  // None of these waits for another, and there is more than one core.
  const [seeded] = await Promise.all([
    seed(env, settings.relyingAppUrl),
    startRelyingApp(settings, 'to files').then(keep),
    buildWeb(say).then(async () => keep(await startApi(settings, env, 'to files'))),
  ])
  say(describeStart(settings, seeded))
}

if (process.argv.includes('--help') || process.argv.includes('-h')) console.log(help)
else await untilEnded(start)
