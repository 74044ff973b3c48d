import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeps } from './deps.ts'
import type { Lookups } from './lookups.ts'
import type { MayGoOn } from './may-go-on.ts'

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

const rolePrompt = (deps: OidcDeps, lookups: Lookups, roleIsMissing: RoleIsMissing) =>
  new Prompt(
    { name: 'role', requestable: false },
    startedAt(deps),
    new Check('role_missing', 'a role must be chosen', async (ctx) => {
      const session = ctx.oidc.session?.jti ? await lookups.session(ctx.oidc.session.jti) : undefined
      if (!session || !wantsRole(scopesOf(ctx))) return Check.NO_NEED_TO_PROMPT
      const again = scopesOf(ctx).has('changedrole') && !ctx.oidc.result?.['role']
      return roleIsMissing(again ? { ...session, assignmentId: null } : session)
    }),
  )

/** In milliseconds, so that an assertion made before this sign-in began never counts for it. */
const startedAt = (deps: OidcDeps) => () => ({ startedAt: deps.now().getTime() })

const acrUnmet = () => new errors.UnmetAuthenticationRequirements('the requested acr was not reached')
const somebodyElse = () => new errors.LoginRequired('somebody else signed in')

/** What to say when a demand of the library's checks is not met though the person has just signed in. */
const failures: Record<string, () => Error> = {
  // OIDC Core §5.5.1.1
  essential_acr: acrUnmet,
  essential_acrs: acrUnmet,
  // OIDC Core §3.1.2.1, id_token_hint; §5.5.1
  id_token_hint: somebodyElse,
  claims_id_token_sub_value: somebodyElse,
}

/** Whom a hint names. The library verified it when the request came, and kept it with the sign-in. */
const hintedSub = (ctx: KoaContextWithOIDC): unknown => {
  const hint = ctx.oidc.params?.['id_token_hint']
  const [, payload] = typeof hint === 'string' ? hint.split('.') : []
  return payload && JSON.parse(Buffer.from(payload, 'base64url').toString()).sub
}

/** The library holds a hint against the session that a request finds, and forgets it when somebody has signed in. */
const rememberHint = (prompt: InstanceType<typeof Prompt>): void => {
  for (const check of prompt.checks.filter(({ reason }) => reason === 'id_token_hint'))
    check.check = (ctx) => {
      const sub = hintedSub(ctx)
      return sub !== undefined && sub !== ctx.oidc.session?.accountId
    }
}

/** A demand that was not met after signing in is a failed sign-in, not a reason to ask again for ever. */
const stopAtUnmet = (prompt: InstanceType<typeof Prompt>): void => {
  for (const check of prompt.checks) {
    const failure = failures[check.reason]
    const isUnmet = check.check
    if (!failure) continue
    check.check = async (ctx) => {
      const unmet = await isUnmet(ctx)
      if (unmet && ctx.oidc.result?.login) throw failure()
      return unmet
    }
  }
}

/** An application's rules differ from those that its person signed in under, and rules change while a session lasts. */
const rulesCheck = (mayGoOn: MayGoOn) =>
  new Check(
    'rules_refuse',
    'the rules ask for another way to log in than the session has',
    'login_required',
    async (ctx) => !(await mayGoOn(ctx)),
  )

/**
 * When a person must act before a code is issued: sign in, then choose a role. Consent is never asked for.
 * @param mayGoOn whether the rules let the session go on to the application as it is
 * @param roleIsMissing whether the person of a session has to choose a role
 */
export const createPolicy = (deps: OidcDeps, lookups: Lookups, mayGoOn: MayGoOn, roleIsMissing: RoleIsMissing) => {
  const policy = base()
  // An application may say `prompt=consent`, and must when it wants a refresh token (OIDC Core §11).
  policy.get('consent')?.checks.clear()
  const login = policy.get('login')
  if (!login) throw new Error('The library has no login prompt')
  login.details = startedAt(deps)
  rememberHint(login)
  stopAtUnmet(login)
  login.checks.add(rulesCheck(mayGoOn))
  policy.add(rolePrompt(deps, lookups, roleIsMissing))
  return policy
}
