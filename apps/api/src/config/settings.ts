import { fileURLToPath } from 'node:url'
import { addressSettings } from './address.ts'
import { databaseSettings } from './database.ts'
import { limitSettings } from './limits.ts'
import { mailSettings } from './mail.ts'
import { masterKey } from './master-key.ts'
import { metadataSettings } from './metadata.ts'
import { outboundAllowed } from './outbound.ts'
import { servingSettings } from './serving.ts'
import { readSwitch, type Setting, wholeNumber } from './setting.ts'
import { signingKeySettings } from './signing-keys.ts'
import { trustedProxies } from './trusted-proxies.ts'
import { twoPeople } from './two-people.ts'
import { watchingSettings } from './watching.ts'

const readLogLevel = (value: string | undefined) => {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
  const level = levels.find((each) => each === (value || 'info'))
  if (!level) throw new Error(`must be one of ${levels.join(', ')}`)
  return level
}

/** All there is to set, in the order of docs/configuration.md. */
export const settings = {
  ...addressSettings,
  ...databaseSettings,
  ...servingSettings,
  masterKey,
  ...signingKeySettings,
  sessionIdleMinutes: {
    name: 'SESSION_IDLE_MINUTES',
    meaning: 'After how many minutes without activity a session is over.',
    unset: '15',
    read: wholeNumber(1, 1_440, 15),
  } satisfies Setting<number>,
  sessionMaxMinutes: {
    name: 'SESSION_MAX_MINUTES',
    meaning: 'After how many minutes a session is over whatever happens.',
    unset: '720',
    read: wholeNumber(1, 10_080, 720),
  } satisfies Setting<number>,
  sessionKeptDays: {
    name: 'SESSION_KEPT_DAYS',
    meaning:
      'For how many days a session is kept that has ended. Of what came before, the audit log tells, and when each role was used last stays known.',
    unset: '90',
    read: wholeNumber(1, 3_650, 90),
  } satisfies Setting<number>,
  twoPeople,
  ...metadataSettings,
  trustedProxies,
  ...limitSettings,
  outboundAllowed,
  ...mailSettings,
  webDir: {
    name: 'FOBWATCH_WEB_DIR',
    meaning: 'The folder of the built front end.',
    unset: 'apps/web/dist',
    read: (value) => value || fileURLToPath(new URL('../../../web/dist', import.meta.url)),
  } satisfies Setting<string>,
  apiDocs: {
    name: 'API_DOCS',
    meaning: 'Whether the API is described at /docs, to anyone who asks: on or off.',
    unset: 'on',
    read: readSwitch,
  } satisfies Setting<boolean>,
  ...watchingSettings,
  logLevel: {
    name: 'LOG_LEVEL',
    meaning: 'fatal, error, warn, info, debug or silent.',
    unset: 'info',
    read: readLogLevel,
  } satisfies Setting<ReturnType<typeof readLogLevel>>,
} as const
