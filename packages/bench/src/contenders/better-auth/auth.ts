import { oauthProvider } from '@better-auth/oauth-provider'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getMigrations } from 'better-auth/db/migration'
import { jwt } from 'better-auth/plugins'
import type pg from 'pg'
import type { Application } from '../contender.ts'

export interface AuthSetting {
  origin: string
  secret: string
  pool: pg.Pool
  /** Of the applications, which are first-party ones: nobody is asked for consent. */
  clientIds: readonly string[]
}

/** What is used of Better Auth here. */
export interface Auth {
  handler: (request: Request) => Promise<Response>
  migrate: () => Promise<void>
  /** @param cookie of somebody who is signed in, whom the application will belong to */
  registerApplication: (application: Application, cookie: string) => Promise<void>
  /** Adds somebody. @returns the code of a link to set up a device */
  addPerson: (number: number) => Promise<string>
}

/** An API that applications ask tokens for in their own name. */
export const api = { resource: 'https://bench.example.org/api', scope: 'directory.read' }

const hour = 3600
const refused = () => new APIError('BAD_REQUEST', { message: 'This link is not good' })

/**
 * Better Auth as its own documentation would have it in production, on the newest releases of it and of its plugins for
 * passkeys and for OAuth, which is what it recommends over its older OIDC plugin. What is set here beyond what must be:
 *
 * - `rateLimit` off, since tokens are asked for from one address and would be refused.
 * - `session.cookieCache`, which its guide to performance recommends, and `advanced.database.joins`, which saves questions.
 * - `cachedTrustedClients` and `cachedResources`, so that applications and APIs are not looked up each time.
 * - `pg.Pool` handed over, of the same size as for the others: its own adapter for PostgreSQL, with the tables and indexes
 *   that its own migrations make.
 * - ES256 for its signatures, as Fobwatch signs (EdDSA, its default, was no cheaper), with the private key encrypted in the
 *   database as it is by default.
 * - A link to set up a device is its recipe for registering a passkey without a session, with a verification value of its
 *   own as the invitation: looked at for the options, and consumed once with the response.
 * - Telemetry off, and only errors logged.
 */
export const createAuth = ({ origin, secret, pool, clientIds }: AuthSetting): Auth => {
  const registering: Application[] = []
  const options = {
    ...{ baseURL: origin, secret, database: pool },
    telemetry: { enabled: false },
    logger: { level: 'error' as const },
    rateLimit: { enabled: false },
    session: { cookieCache: { enabled: true, maxAge: 5 * 60 } },
    advanced: { database: { joins: true } },
    // The documentation of the OAuth plugin closes this path of the other, which would give tokens to sessions.
    disabledPaths: ['/token'],
    plugins: [
      jwt({ disableSettingJwtHeader: true, jwks: { keyPairConfig: { alg: 'ES256' as const } } }),
      passkey({
        ...{ rpID: 'localhost', rpName: 'Better Auth', origin },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: {
          requireSession: false,
          resolveUser: async ({ ctx: { context }, context: code }) => {
            const invitation = await context.internalAdapter.findVerificationValue(identifierOf(code))
            const user = invitation && (await context.internalAdapter.findUserById(invitation.value))
            if (!user) throw refused()
            return { id: user.id, name: user.name }
          },
          afterVerification: async ({ ctx: { context }, context: code }) => {
            if (!(await context.internalAdapter.consumeVerificationValue(identifierOf(code)))) throw refused()
          },
        },
      }),
      oauthProvider({
        ...{ loginPage: '/log-in', consentPage: '/consent' },
        scopes: ['openid', 'profile', 'email', 'offline_access', api.scope],
        resources: [{ identifier: api.resource, allowedScopes: [api.scope] }],
        clientRegistrationDefaultResources: [api.resource],
        cachedResources: new Set([api.resource]),
        cachedTrustedClients: new Set(clientIds),
        // Asked once for each application that is registered below, which is the first that waits.
        generateClientId: () => registering[0]?.id ?? '',
        generateClientSecret: () => registering[0]?.secret ?? '',
        // Whoever is signed in may register applications; nobody is but who sets the benchmark up.
        clientPrivileges: () => true,
      }),
    ],
  }
  const auth = betterAuth(options)
  return {
    handler: auth.handler,
    migrate: async () => (await getMigrations(auth.options)).runMigrations(),
    registerApplication: async (application, cookie) => {
      registering.push(application)
      await auth.api.adminCreateOAuthClient({
        headers: new Headers({ cookie }),
        body: {
          client_name: application.id,
          redirect_uris: [application.redirectUri],
          token_endpoint_auth_method: 'client_secret_basic',
          grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
          scope: 'openid profile offline_access',
          client_credentials_scopes: [api.scope],
          skip_consent: true,
        },
      })
      registering.shift()
    },
    addPerson: async (number) => {
      const { internalAdapter } = await auth.$context
      const [name, email] = [`Bench Fiction ${number}`, `bench.${number}@example.org`]
      const user = await internalAdapter.createUser({ name, email, emailVerified: true }, { method: 'admin' })
      const code = crypto.randomUUID()
      const expiresAt = new Date(Date.now() + hour * 1000)
      await internalAdapter.createVerificationValue({ identifier: identifierOf(code), value: user.id, expiresAt })
      return code
    },
  }
}

const identifierOf = (code: string | null | undefined) => `invitation:${code}`
