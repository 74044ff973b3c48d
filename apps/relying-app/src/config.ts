type Environment = Readonly<Record<string, string | undefined>>

export type Config = {
  host: string
  port: number
  /** The origin that browsers know this application by. */
  url: string
  /** The resource identifier of our own API (RFC 8707): the `aud` of the access tokens it takes. */
  apiUrl: string
  issuer: string
  clientId: string
  /** Absent for a public client. */
  clientSecret: string | undefined
  logLevel: string
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent']

/**
 * Reads the whole environment at once.
 * @throws Error that names every fault, one a line
 */
export const readConfig = (env: Environment): Config => {
  const port = env['PORT'] || '3001'
  const url = env['RELYING_APP_URL'] || `http://localhost:${port}`
  const issuer = env['FOBWATCH_ISSUER'] || 'http://localhost:3000'
  const logLevel = env['LOG_LEVEL'] || 'info'

  const faults = [
    isPort(port) ? [] : ['PORT: must be a whole number from 1 to 65535'],
    isOrigin(url)
      ? []
      : ['RELYING_APP_URL: must be an origin, such as https://ward.example.org, with nothing after it'],
    isSafe(issuer) ? [] : ['FOBWATCH_ISSUER: must be an https address, or http on localhost'],
    LOG_LEVELS.includes(logLevel) ? [] : [`LOG_LEVEL: must be one of ${LOG_LEVELS.join(', ')}`],
  ].flat()
  if (faults.length > 0) throw new Error(faults.join('\n'))

  return {
    host: env['HOST'] || '127.0.0.1',
    port: Number(port),
    url,
    apiUrl: `${url}/api`,
    issuer,
    clientId: env['RELYING_APP_CLIENT_ID'] || 'ward-list',
    clientSecret: env['RELYING_APP_CLIENT_SECRET'] || undefined,
    logLevel,
  }
}

const isPort = (value: string) => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535

const isOrigin = (value: string) => /^https?:/.test(value) && URL.parse(value)?.origin === value

/** What Fobwatch says is only worth believing when nobody on the way can change it. */
const isSafe = (value: string) => {
  const url = URL.parse(value)
  if (url?.protocol === 'https:') return true
  return url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}
