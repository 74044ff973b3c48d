/**
 * `npm run dev`: the demonstration for whoever works on it. The pages come from Vite and change as their source does;
 * the service and the ward application start again. The browser speaks to Vite, at the service's own address, because
 * passkeys and cookies are bound to it; Vite hands on what is not a page.
 */
import { commandOf, root } from './programs.ts'
import { layFoundations, seed } from './starting/foundations.ts'
import { checkPorts, freePort } from './starting/ports.ts'
import { startService } from './starting/service.ts'
import { startApi, startRelyingApp } from './starting/services.ts'
import { readSettings, type Settings } from './starting/settings.ts'
import { describeStart } from './starting/tell.ts'
import { type Keep, untilEnded } from './starting/until-ended.ts'
import { keepRunning } from './starting/watched.ts'

const say = (line: string) => console.log(line)
const shared = ['packages/contracts/src', 'packages/store/src', 'packages/token-verifier/src']

const start = async (keep: Keep): Promise<void> => {
  const settings = readSettings(process.env)
  await checkPorts(settings)
  const env = await layFoundations(settings, say, keep)
  const seeded = await seed(env, settings.relyingAppUrl)
  const apiPort = await freePort()
  const api = () => startApi(settings, { ...env, PORT: String(apiPort) }, 'to the terminal')
  const relyingApp = () => startRelyingApp(settings, 'to the terminal')
  await Promise.all([
    keepRunning(api, ['apps/api/src', ...shared], say).then(keep),
    keepRunning(relyingApp, ['apps/relying-app/src', ...shared], say).then(keep),
    startVite(settings, apiPort).then(keep),
  ])
  say(describeStart(settings, seeded))
}

const startVite = ({ port }: Settings, apiPort: number) =>
  startService({
    name: 'Vite',
    file: commandOf('vite', 'vite', 'apps/web'),
    args: ['--port', String(port), '--strictPort'],
    env: { ...process.env, FOBWATCH_API: `http://127.0.0.1:${apiPort}` },
    cwd: `${root}apps/web`,
    healthUrl: `http://localhost:${port}/`,
  })

await untilEnded(start)
