import { blockOf, fillIn } from '../../stage/guide.ts'
import type { Visit } from '../visit.ts'

const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc']

interface Place {
  /** Apache's own folder: its logs and its process id. */
  folder: string
  modules: string
  port: number
}

/** The page where mod_auth_openidc tells of the session, and takes the wish to sign out. */
export const hookPath = '/callback'

/** Debian's way of running as somebody else, when root starts it. */
const asNobody = process.getuid?.() === 0 ? ['User nobody', 'Group nogroup'] : []

/** An Apache whose every page is for people whom the service has signed in, as the guide has it. */
export const configurationFor = async (visit: Visit, { folder, modules, port }: Place): Promise<string> =>
  [
    ...loaded.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    `ServerRoot ${folder}`,
    `DocumentRoot ${folder}/pages`,
    `ServerName http://localhost:${port}`,
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/error.log`,
    ...asNobody,
    await guided(visit),
    // For the proof to see what the module knows.
    'OIDCInfoHook id_token userinfo access_token',
    '',
  ].join('\n')

/** The block of the guide, for this application. */
const guided = async ({ issuer, registration }: Visit): Promise<string> => {
  const { way, secret, id, algorithm, redirectUri } = registration
  return fillIn(await blockOf('apache-nginx.md', 'apache.conf'), {
    'OIDCClientSecret the-secret-of-the-client': way === 'none' ? '' : `OIDCClientSecret ${secret}`,
    client_secret_basic: way,
    'OIDCClientID ward': `OIDCClientID ${id}`,
    ES256: algorithm,
    'https://id.example.org': issuer,
    'https://ward.example.org': new URL(redirectUri).origin,
    'a-long-random-secret': secret,
  })
}
