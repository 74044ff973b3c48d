import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import type { OidcDeps } from '../deps.ts'
import type { Lookups } from '../storage/lookups.ts'
import { joinWithCode } from '../storage/way-back.ts'
import { askedCheckOf, lackOf } from './asked-check.ts'
import type { MayGoOn } from './may-go-on.ts'
import type { RoleOf } from './role-step.ts'

const { base, Check, Prompt } = interactionPolicy

const rolePrompt = (deps: OidcDeps, roleOf: RoleOf) =>
  new Prompt(
    { name: 'role', requestable: false },
    startedAt(deps),
    new Check('role_missing', 'a role must be chosen', async (ctx) => (await roleOf(ctx)).missing),
  )

/**
 * Whoever is asked to choose an account proves who they are: one browser has one person at a time. Only in the sandbox it
 * may hold several, of whom one is chosen.
 */
const accountPrompt = (deps: OidcDeps) => new Prompt({ name: 'select_account', requestable: true }, startedAt(deps))

/** In milliseconds, so that an assertion made before this sign-in began never counts for it. */
const startedAt = (deps: OidcDeps) => () => ({ startedAt: deps.now().getTime() })

/** What an application is told where the class that it demands is not reached (OpenID Connect Core §5.5.1.1, RFC 9470). */
export const unmet = 'the requested acr was not reached'
const acrUnmet = () => new errors.UnmetAuthenticationRequirements(unmet)
const somebodyElse = () => new errors.LoginRequired('somebody else signed in')

/** What to say when a demand of the library's checks is not met though the person has just signed in. */
const failures: Record<string, () => Error> = {
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

/** Why a session does not do as it is, by the name that a sign-in is told. */
export const checkTooLow = 'check_too_low'

/**
 * Whether the person must make a stronger check than the session has. What is demanded and not reached after they acted is
 * a failed sign-in; a wish is asked for once, of whoever has what it takes, and never where nobody may be asked.
 */
const askedForStronger = async ({ waysThatDo }: OidcDeps, lookups: Lookups, { oidc }: KoaContextWithOIDC) => {
  const { client, session, result, params } = oidc
  const live = session?.jti ? await lookups.session(session.jti) : undefined
  const lack = live && client && lackOf(askedCheckOf(params ?? {}, client), live.acr)
  if (!lack) return false
  const acted = Boolean(result?.login || result?.['stronger'])
  if (lack.demanded && acted) throw acrUnmet()
  if (lack.demanded) return true
  if (acted || oidc.prompts.has('none')) return false
  return (await waysThatDo(live.personId, { acrs: lack.acrs, clientId: client.clientId })).length > 0
}

/** In the place of the library's checks of `acr`, which compare to the letter, and know of demands alone. */
const strongerCheck = (deps: OidcDeps, lookups: Lookups) =>
  new Check(checkTooLow, 'a stronger check was asked for than the session has', 'login_required', (ctx) =>
    askedForStronger(deps, lookups, ctx),
  )

/** An application's rules differ from those that its person signed in under, and rules change while a session lasts. */
const rulesCheck = (mayGoOn: MayGoOn) =>
  new Check(
    'rules_refuse',
    'the rules ask for another way to log in than the session has',
    'login_required',
    async (ctx) => !(await mayGoOn(ctx)),
  )

/**
 * On a device that other people use, no second application is signed on to in silence: whoever is there proves it for each.
 * A stronger check that was declined is no proof: the log in may have begun in the session of somebody before them.
 */
const sharedCheck = ({ sessions }: OidcDeps, lookups: Lookups) =>
  new Check('shared_device', 'other people use this device', 'login_required', async ({ oidc }) => {
    const { client, session, result } = oidc
    const live = session?.jti ? await lookups.session(session.jti) : undefined
    if (!live?.shared || !client || result?.login) return false
    return !(await sessions.hasJoined(live.sessionId, client.clientId))
  })

/**
 * Anything that runs on a device can say that it is a certain app and listen on its loopback, or take its scheme: without
 * somebody who acts, it would be given their tokens in silence (RFC 8252 §8.6). An https address is the app's own.
 */
const appCheck = (lookups: Lookups) =>
  new Check('unproven_app', 'anything on the device could have sent this', 'login_required', async ({ oidc }) => {
    const { client, session, result, params } = oidc
    if (client?.applicationType !== 'native' || result?.login) return false
    if (String(params?.['redirect_uri']).startsWith('https:')) return false
    const live = session?.jti ? await lookups.session(session.jti) : undefined
    // Nobody is harmed in a persona's name.
    return live !== undefined && !live.sandboxOnly
  })

/**
 * The last of the prompts, which asks nothing: whoever comes so far is let through, and with its code the application takes
 * part in the session. A request that is refused, or that ends at a question, is no activity, and leaves no trace of itself.
 */
const joinWhenDone = ({ sessions }: OidcDeps, lookups: Lookups, roleOf: RoleOf) =>
  new Prompt(
    { name: 'join', requestable: false },
    new Check('joined', 'the application takes part in the session', async (ctx) => {
      const { client, session } = ctx.oidc
      const live = session?.jti ? await lookups.session(session.jti) : undefined
      if (!live || !client) return false
      // An only role was taken on the way, so that what the application is given tells of it.
      const { assignmentId } = await roleOf(ctx)
      joinWithCode(await sessions.joining({ ...live, assignmentId }, client.clientId))
      return false
    }),
  )

/**
 * When a person must act before a code is issued: sign in, sign in with something stronger, then choose a role. Consent is
 * never asked for.
 * @param mayGoOn whether the rules let the session go on to the application as it is
 */
export const createPolicy = (deps: OidcDeps, lookups: Lookups, mayGoOn: MayGoOn, roleOf: RoleOf) => {
  const policy = base()
  // An application may say `prompt=consent`, and nobody is asked (OIDC Core §11).
  policy.get('consent')?.checks.clear()
  const login = policy.get('login')
  if (!login) throw new Error('The library has no login prompt')
  login.details = startedAt(deps)
  rememberHint(login)
  stopAtUnmet(login)
  for (const reason of ['essential_acr', 'essential_acrs']) login.checks.remove(reason)
  login.checks.add(rulesCheck(mayGoOn))
  login.checks.add(sharedCheck(deps, lookups))
  login.checks.add(appCheck(lookups))
  login.checks.add(strongerCheck(deps, lookups))
  policy.add(accountPrompt(deps), 0)
  policy.add(rolePrompt(deps, roleOf))
  policy.add(joinWhenDone(deps, lookups, roleOf))
  return policy
}
