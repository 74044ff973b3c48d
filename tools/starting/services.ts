import { join } from 'node:path'
import { startService } from './service.ts'
import type { Settings } from './settings.ts'

/** Where their logs go. */
type Logs = 'to files' | 'to the terminal'

/** Starts the service itself, and waits until it is ready. How the owner of its tables is reached, it does not learn. */
export const startApi = (settings: Settings, { MIGRATION_DATABASE_URL: _, ...env }: NodeJS.ProcessEnv, logs: Logs) =>
  startService({
    name: 'The service',
    file: 'apps/api/src/main.ts',
    // For a demonstration one process does, and no balancer looks at it, unless it is told.
    env: { FOBWATCH_WORKERS: '1', FOBWATCH_DRAIN_SECONDS: '0', ...env },
    healthUrl: `${reachable(settings.host)}:${env['PORT']}/health/ready`,
    ...(logs === 'to files' && { logFile: join(settings.dataDir, 'service.log') }),
  })

/** Starts the ward application, and waits until it answers. */
export const startRelyingApp = (settings: Settings, logs: Logs) =>
  startService({
    name: 'The ward application',
    file: 'apps/relying-app/src/main.ts',
    env: relyingAppEnvironment(settings),
    healthUrl: `${reachable(settings.host)}:${settings.relyingAppPort}/health/live`,
    ...(logs === 'to files' && { logFile: join(settings.dataDir, 'ward-application.log') }),
  })

/** What the ward application is configured by; the service's secrets are none of its business. */
const relyingAppEnvironment = (settings: Settings): NodeJS.ProcessEnv => {
  const secret = /^(DATABASE_|MIGRATION_|FOBWATCH_)/
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !secret.test(name))),
    HOST: settings.host,
    PORT: String(settings.relyingAppPort),
    RELYING_APP_URL: settings.relyingAppUrl,
    FOBWATCH_ISSUER: settings.issuer,
  }
}

/** Where to reach a program that listens on an address. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'http://localhost'
  return host.includes(':') ? `http://[${host}]` : `http://${host}`
}
