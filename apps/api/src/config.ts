import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { fileURLToPath } from 'node:url'
import { certificatesIn, fidoRoot } from '#assurance'
import { isAddress, type MailServer, readMailServer } from '#mail'

type Environment = Readonly<Record<string, string | undefined>>

/** One line of the environment: its name, what it means, and how it is read. Throws a sentence when it is wrong. */
interface Setting<T> {
  name: string
  meaning: string
  /** In words, for the documentation; absent when the setting must be given. */
  unset?: string
  read: (value: string | undefined, env: Environment) => T
}

const required = (value: string | undefined): string => {
  if (!value) throw new Error('must be given')
  return value
}

const wholeNumber = (least: number, most: number, fallback: number) => (value: string | undefined) => {
  const number = value ? Number(value) : fallback
  if (!Number.isInteger(number) || number < least || number > most)
    throw new Error(`must be a whole number from ${least} to ${most}`)
  return number
}

const portOf = wholeNumber(0, 65_535, 3000)

const readIssuer = (value: string | undefined, env: Environment): string => {
  const issuer = value || `http://localhost:${portOf(env['PORT'])}`
  const url = URL.parse(issuer)
  if (!url) throw new Error('must be an address such as https://id.example.org')
  if (url.origin !== issuer) throw new Error(`must be an origin and nothing more, exactly ${url.origin}`)
  // A browser gives passkeys to secure contexts only (WebAuthn L3 §5), and of plain http that is localhost alone.
  if (url.protocol !== 'https:' && url.hostname !== 'localhost') throw new Error('must be https, except on localhost')
  if (isIP(url.hostname.replace(/[[\]]/g, '')))
    throw new Error('must be a name, since passkeys are not given to IP addresses')
  return issuer
}

const readRpId = (value: string | undefined, env: Environment): string => {
  const host = new URL(readIssuer(env['FOBWATCH_ISSUER'], env)).hostname
  const rpId = value || host
  const isAbove = rpId.includes('.') && host.endsWith(`.${rpId}`)
  if (host !== rpId && !isAbove) throw new Error(`must be ${host} or a domain that it lies in`)
  return rpId
}

const readKeyFile = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`must be given: FOBWATCH_MASTER_KEY_FILE is ${file}, which cannot be read`, { cause })
  }
}

/** Of 32 random bytes so many differ from one another, but for one case in 10³⁰. */
const leastDifferentBytes = 8

const readMasterKey = (value: string | undefined, env: Environment): Buffer => {
  const file = env['FOBWATCH_MASTER_KEY_FILE']
  const text = (value || (file ? readKeyFile(file) : '')).trim()
  if (!text) throw new Error('must be given, itself or as a file by FOBWATCH_MASTER_KEY_FILE')
  const key = Buffer.from(text, 'base64')
  // Node reads past whatever is not base64, and would make a key of a pass phrase.
  const spelt = [key.toString('base64'), key.toString('base64url')].includes(text)
  if (key.length !== 32 || !spelt)
    throw new Error('must be 32 bytes in base64, such as `openssl rand -base64 32` makes')
  if (new Set(key).size < leastDifferentBytes)
    throw new Error('must be random, such as `openssl rand -base64 32` makes')
  return key
}

const readDatabaseUrl = (value: string | undefined): string => {
  if (!/^postgres(ql)?:\/\//.test(required(value))) throw new Error('must begin with postgresql://')
  return required(value)
}

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/')
  const bits = isIP(address) === 4 ? 32 : 128
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) > 0 && Number(prefix) <= bits)
  return isIP(address) > 0 && isPrefix && more.length === 0
}

const readProxies = (value = ''): string[] => {
  const proxies = value
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  const wrong = proxies.find((each) => !isNetwork(each))
  if (wrong) throw new Error(`must be addresses or networks such as 10.0.0.0/8, and ${wrong} is neither`)
  return proxies
}

const readSmtpServer = (value: string | undefined): MailServer | undefined =>
  value ? readMailServer(value) : undefined

const readMailFrom = (value: string | undefined, env: Environment): string => {
  if (!env['FOBWATCH_SMTP_URL']) return value ?? ''
  if (!isAddress(required(value))) throw new Error('must be one address such as fobwatch@example.org')
  return required(value)
}

const readMailbox = (value: string | undefined, env: Environment): boolean => {
  const on = value ? readSwitch(value) : false
  if (on && env['FOBWATCH_SMTP_URL']) throw new Error('must be off where FOBWATCH_SMTP_URL is given: mail goes one way')
  return on
}

const readLogLevel = (value: string | undefined) => {
  const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
  const level = levels.find((each) => each === (value || 'info'))
  if (!level) throw new Error(`must be one of ${levels.join(', ')}`)
  return level
}

const readSwitch = (value: string | undefined): boolean => {
  if (value && value !== 'on' && value !== 'off') throw new Error('must be on or off')
  return value !== 'off'
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

const readMetadataUrl = (value: string | undefined): string | undefined => {
  if (!value) return undefined
  const url = URL.parse(value)
  if (!url) throw new Error('must be an address such as https://mds3.fidoalliance.org/')
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.has(url.hostname))
  if (!isSafe) throw new Error('must be https, except on this machine')
  return value
}

const readRoots = (file: string | undefined): Buffer[] => {
  if (!file) return [fidoRoot()]
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`must be a file that can be read, and ${file} is none`, { cause })
  }
  return certificatesIn(pem)
}

const readHostName = (value: string | undefined): string => {
  const name = value || 'mds.fidoalliance.org'
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(name)) throw new Error('must be the name of a host, in lower case')
  return name
}

const settings = {
  host: {
    name: 'HOST',
    meaning: 'The address to listen on.',
    unset: '127.0.0.1: this machine alone',
    read: (value) => value || '127.0.0.1',
  } satisfies Setting<string>,
  port: { name: 'PORT', meaning: 'The port to listen on.', unset: '3000', read: portOf } satisfies Setting<number>,
  issuer: {
    name: 'FOBWATCH_ISSUER',
    meaning: 'The origin that people and applications know this service by; the `iss` of every token.',
    unset: 'http://localhost with the port',
    read: readIssuer,
  } satisfies Setting<string>,
  rpId: {
    name: 'FOBWATCH_RP_ID',
    meaning: 'The WebAuthn RP ID that passkeys are bound to. It is fixed at first start.',
    unset: "the issuer's host",
    read: readRpId,
  } satisfies Setting<string>,
  databaseUrl: {
    name: 'DATABASE_URL',
    meaning: 'PostgreSQL, as postgresql://user@host/database. The user is a member of the role fobwatch_runtime.',
    read: readDatabaseUrl,
  } satisfies Setting<string>,
  migrationDatabaseUrl: {
    name: 'MIGRATION_DATABASE_URL',
    meaning: 'PostgreSQL as the owner of the tables, for `fobwatch migrate` alone.',
    unset: 'DATABASE_URL',
    read: (value, env) => readDatabaseUrl(value || env['DATABASE_URL']),
  } satisfies Setting<string>,
  databaseConnections: {
    name: 'DATABASE_CONNECTIONS',
    meaning: 'How many connections one process opens at most.',
    unset: '10',
    read: wholeNumber(2, 500, 10),
  } satisfies Setting<number>,
  masterKey: {
    name: 'FOBWATCH_MASTER_KEY',
    meaning:
      'Encrypts the signing keys and the personal fields of the audit log: 32 bytes in base64. Keep a copy apart from the database. FOBWATCH_MASTER_KEY_FILE names a file with it instead.',
    read: readMasterKey,
  } satisfies Setting<Buffer>,
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
  metadataFile: {
    name: 'FOBWATCH_METADATA_FILE',
    meaning: 'A file with a blob of the FIDO Metadata Service, read at start and at every refresh.',
    unset: 'none',
    read: (value) => value || undefined,
  } satisfies Setting<string | undefined>,
  metadataUrl: {
    name: 'FOBWATCH_METADATA_URL',
    meaning:
      'Where such a blob is fetched from, at start and at every refresh: https://mds3.fidoalliance.org/ or a mirror.',
    unset: 'none, and nothing is fetched',
    read: readMetadataUrl,
  } satisfies Setting<string | undefined>,
  metadataRoots: {
    name: 'FOBWATCH_METADATA_ROOTS_FILE',
    meaning: 'The certificates, in PEM, under which a blob must be signed.',
    unset: 'GlobalSign Root CA - R3',
    read: readRoots,
  } satisfies Setting<Buffer[]>,
  metadataSigner: {
    name: 'FOBWATCH_METADATA_SIGNER',
    meaning: 'The host whose certificate must have signed a blob.',
    unset: 'mds.fidoalliance.org',
    read: readHostName,
  } satisfies Setting<string>,
  metadataGraceDays: {
    name: 'FOBWATCH_METADATA_GRACE_DAYS',
    meaning: 'For how many days metadata is believed after its next update was due.',
    unset: '14',
    read: wholeNumber(0, 365, 14),
  } satisfies Setting<number>,
  metadataRefreshHours: {
    name: 'FOBWATCH_METADATA_REFRESH_HOURS',
    meaning: 'After how many hours the file and the address are looked at again.',
    unset: '24',
    read: wholeNumber(1, 168, 24),
  } satisfies Setting<number>,
  trustedProxies: {
    name: 'TRUSTED_PROXIES',
    meaning:
      'Addresses or networks, divided by commas, whose X-Forwarded-For names the visitor. No other header of a proxy is believed.',
    unset: 'none',
    read: readProxies,
  } satisfies Setting<string[]>,
  smtpServer: {
    name: 'FOBWATCH_SMTP_URL',
    meaning:
      'The server that takes mail to people: smtps://user:password@mail.example.org, or smtp:// for STARTTLS. Only a server on this machine itself is spoken to without TLS.',
    unset: 'nobody is told by mail',
    read: readSmtpServer,
  } satisfies Setting<MailServer | undefined>,
  mailFrom: {
    name: 'FOBWATCH_MAIL_FROM',
    meaning: 'The address that mail comes from. It must be given with FOBWATCH_SMTP_URL.',
    unset: 'none',
    read: readMailFrom,
  } satisfies Setting<string>,
  mailbox: {
    name: 'FOBWATCH_MAILBOX',
    meaning:
      'For a demonstration, on or off: mail goes to nobody, and anyone reads it at /mailbox. Never where people are real.',
    unset: 'off',
    read: readMailbox,
  } satisfies Setting<boolean>,
  webDir: {
    name: 'FOBWATCH_WEB_DIR',
    meaning: 'The folder of the built front end.',
    unset: 'apps/web/dist',
    read: (value) => value || fileURLToPath(new URL('../../web/dist', import.meta.url)),
  } satisfies Setting<string>,
  apiDocs: {
    name: 'API_DOCS',
    meaning: 'Whether the API is described at /docs, to anyone who asks: on or off.',
    unset: 'on',
    read: readSwitch,
  } satisfies Setting<boolean>,
  logLevel: {
    name: 'LOG_LEVEL',
    meaning: 'fatal, error, warn, info, debug or silent.',
    unset: 'info',
    read: readLogLevel,
  } satisfies Setting<ReturnType<typeof readLogLevel>>,
} as const

type Settings = typeof settings

/** The whole configuration of a process. */
export type Config = { readonly [Key in keyof Settings]: ReturnType<Settings[Key]['read']> }

/**
 * Reads the whole environment at once.
 * @throws Error that names every fault, one a line; nothing has a default that is a secret
 */
export const readConfig = (env: Environment): Config => {
  const faults: string[] = []
  const read = ([key, setting]: [string, Setting<unknown>]): [string, unknown] => {
    try {
      return [key, setting.read(env[setting.name], env)]
    } catch (error) {
      faults.push(`${setting.name} ${error instanceof Error ? error.message : error}`)
      return [key, undefined]
    }
  }
  const config = Object.fromEntries(Object.entries<Setting<unknown>>(settings).map(read))
  if (faults.length > 0) throw new Error(`The configuration is not right:\n${faults.map((f) => `  ${f}`).join('\n')}`)
  return config as Config
}

/** docs/configuration.md, generated, so that it cannot differ from what is read. */
export const describeConfig = (): string => {
  const rows = Object.values<Setting<unknown>>(settings).map(
    ({ name, meaning, unset }) => `| \`${name}\` | ${meaning} | ${unset ?? '**must be given**'} |`,
  )
  return [
    '# Configuration',
    '',
    'The service reads its environment once, at start, and names every fault in it. This page is generated from',
    '`apps/api/src/config.ts` by `npm run fobwatch -- describe-configuration`.',
    '',
    '| name | what it means | when not given |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
