import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeps } from './deps.ts'
import type { Lookups } from './lookups.ts'

const { base, Check, Prompt } = interactionPolicy

const scopesOf = (ctx: KoaContextWithOIDC) => ctx.oidc.requestParamScopes

/** Whether this sign-in must end with a role, if its person has one. */
export const wantsRole = (scopes: ReadonlySet<string>): boolean =>
  scopes.has('selectedrole') || scopes.has('changedrole')

/** What the policy asks of `app.ts`' rooms: whether the person must choose now; one role is taken on the way. */
export type RoleIsMissing = (session: {
  sessionId: string
  personId: string
  assignmentId: string | null
}) => Promise<boolean>

const rolePrompt = (lookups: Lookups, roleIsMissing: RoleIsMissing) =>
  new Prompt(
    { name: 'role', requestable: false },
    new Check('role_missing', 'a role must be chosen', async (ctx) => {
      const session = ctx.oidc.session?.jti ? await lookups.session(ctx.oidc.session.jti) : undefined
      if (!session || !wantsRole(scopesOf(ctx))) return Check.NO_NEED_TO_PROMPT
      if (scopesOf(ctx).has('changedrole') && !ctx.oidc.result?.['role']) return Check.REQUEST_PROMPT
      return roleIsMissing(session)
    }),
  )

/**
 * OIDC Core §5.5.1.1: an essential `acr` that was not reached after signing in is a failed sign-in, not a reason to ask
 * again for ever.
 */
const stopAtUnmet = (prompt: InstanceType<typeof Prompt>): void => {
  for (const check of prompt.checks.filter(({ reason }) => reason.startsWith('essential_acr'))) {
    const isUnmet = check.check
    check.check = async (ctx) => {
      const unmet = await isUnmet(ctx)
      if (unmet && ctx.oidc.result?.login)
        throw new errors.UnmetAuthenticationRequirements('the requested acr was not reached')
      return unmet
    }
  }
}

/**
 * When a person must act before a code is issued: sign in, then choose a role. Consent is never asked for.
 * @param roleIsMissing whether the person of a session has to choose a role
 */
export const createPolicy = (deps: OidcDeps, lookups: Lookups, roleIsMissing: RoleIsMissing) => {
  const policy = base()
  // An application may say `prompt=consent`, and must when it wants a refresh token (OIDC Core §11).
  policy.get('consent')?.checks.clear()
  const login = policy.get('login')
  if (!login) throw new Error('The library has no login prompt')
  // In milliseconds, so that an assertion made before this sign-in began never counts for it.
  login.details = () => ({ startedAt: deps.now().getTime() })
  stopAtUnmet(login)
  policy.add(rolePrompt(lookups, roleIsMissing))
  return policy
}
