import type { LogoutTest, LogoutTestApplications, TestLogout } from '@fobwatch/contracts'
import type { RecordAlone } from '#audit'
import { type Visit, visitor } from '#http'
import { newId, Refusal } from '#kernel'
import { meaningOf, type Verdict, verdictOn, whyNoAnswer } from './meaning.ts'
import { logoutToken, post, signed, type Whose } from './send-logout.ts'
import type { TellingStore } from './store.ts'
import type { TellDeps } from './tell-application.ts'

export interface TestDeps extends Pick<TellDeps, 'issuer' | 'now' | 'signJwt' | 'fetchOutbound' | 'findClient'> {
  telling: TellingStore
  recordAlone: RecordAlone
}

/** Of an answer, in characters, is shown so much. */
const shown = 2_000

const pretty = (part = '') => JSON.stringify(JSON.parse(Buffer.from(part, 'base64url').toString()), null, 2)

interface Came {
  verdict: Verdict
  meaning: string
  answer: LogoutTest['answer']
}

const whatCame = async (fetchOutbound: TestDeps['fetchOutbound'], address: string, jwt: string): Promise<Came> => {
  try {
    const answer = await post(fetchOutbound, address, jwt)
    const body = (await answer.text()).slice(0, shown)
    const { status } = answer
    return { verdict: verdictOn(status), meaning: meaningOf(status), answer: { status, body } }
  } catch (error) {
    return { verdict: 'again', meaning: whyNoAnswer(error), answer: null }
  }
}

/**
 * Sends an application a logout token like any other, once, and tells what came back. No session ends by it here.
 * @param whose whom the token names
 * @param actor who does it, for the audit; nobody by command
 * @throws Refusal `not_found` when there is no such application; `no_logout_address` when it is told of no logouts
 */
const sendTest = async (
  deps: TestDeps,
  clientId: string,
  whose: Whose,
  by: { actor?: string; requestId?: string },
): Promise<LogoutTest> => {
  const client = await deps.findClient(clientId)
  if (!client) throw new Refusal('not_found')
  const address = client.metadata.backchannel_logout_uri
  if (!address) throw new Refusal('no_logout_address')

  const jwt = await signed(deps, logoutToken(deps, client, whose))
  const started = performance.now()
  const came = await whatCame(deps.fetchOutbound, address, jwt)
  const milliseconds = Math.round(performance.now() - started)
  const details = { status: came.answer?.status ?? null, session: whose.sid }
  await deps.recordAlone({ type: 'logout-tested', client: clientId, ...by, details })
  const [header, claims] = jwt.split('.')
  return { address, header: pretty(header), claims: pretty(claims), ...came, milliseconds }
}

/** Tries the logout of an application for whoever registers it: naming their own session, or one that never was. */
export const testLogout =
  (deps: TestDeps) =>
  ({ client, whose }: TestLogout, visit: Visit): Promise<LogoutTest> => {
    const { personId: actor, staffId: sub, sessionId } = visitor(visit)
    const { requestId } = visit
    return sendTest(deps, client, { sub, sid: whose === 'mine' ? sessionId : newId() }, { actor, requestId })
  }

/** The same by command, in nobody's name. */
export const testLogoutByCommand =
  (deps: TestDeps) =>
  (client: string): Promise<LogoutTest> =>
    sendTest(deps, client, { sub: '000000000000', sid: newId() }, {})

/** The applications whose logout can be tried, and those that have no address for it. */
export const logoutTestApplications =
  ({ telling }: Pick<TestDeps, 'telling'>) =>
  async (): Promise<LogoutTestApplications> => ({ applications: await telling.applications() })
