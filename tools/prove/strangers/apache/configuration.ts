import type { Visit } from '../visit.ts'
import { scopes } from '../visit.ts'

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

/** An Apache whose every page is for people whom the service has signed in, but for the one after signing out. */
export const configurationFor = ({ issuer, registration }: Visit, { folder, modules, port }: Place): string =>
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
    `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
    `OIDCClientID ${registration.id}`,
    ...(registration.way === 'none' ? [] : [`OIDCClientSecret ${registration.secret}`]),
    `OIDCProviderTokenEndpointAuth ${registration.way}`,
    `OIDCIDTokenSignedResponseAlg ${registration.algorithm}`,
    `OIDCRedirectURI ${registration.redirectUri}`,
    `OIDCRedirectURLsAllowed ^${registration.afterSignOutUri}$`,
    'OIDCPKCEMethod S256',
    `OIDCScope "${scopes.signIn}"`,
    'OIDCInfoHook id_token userinfo access_token',
    `OIDCCryptoPassphrase ${registration.secret}`,
    'OIDCRemoteUserClaim sub',
    '<Location />',
    '  AuthType openid-connect',
    '  Require valid-user',
    '</Location>',
    `<Location ${new URL(registration.afterSignOutUri).pathname}>`,
    '  AuthType none',
    '  Require all granted',
    '</Location>',
    '',
  ].join('\n')
