import type { StoredClient } from '#clients'
import type { Outcome } from '#jobs'
import type { Fact } from '#kernel'
import type { Person } from '#people'
import { verdictOn } from './meaning.ts'
import { logoutToken, post, type SendDeps, signed } from './send-logout.ts'

/**
 * For how long an application that has just not answered is not called again, in milliseconds. What is due to it meanwhile
 * fails at once and comes again later, so that one that is down holds up no other's logouts.
 */
const pause = 5_000

export interface TellDeps extends SendDeps {
  findClient: (id: string) => Promise<StoredClient | undefined>
  findPerson: (id: string) => Promise<Person | undefined>
}

type SessionEnded = Extract<Fact, { kind: 'session-ended' }>

/**
 * Tells an application that a session has ended for it. One that is registered without an address for that has nothing to
 * be told. A token is made and signed anew for every attempt.
 * @throws Error when it may be told another time
 */
export const tellApplication = (deps: TellDeps) => {
  const pausedUntil = new Map<string, number>()

  const call = async (client: string, address: string, token: ReturnType<typeof logoutToken>): Promise<Response> => {
    const now = deps.now().getTime()
    if (now < (pausedUntil.get(client) ?? 0)) throw new Error(`${client} did not answer a moment ago`)
    try {
      const answer = await post(deps.fetchOutbound, address, await signed(deps, token))
      pausedUntil.delete(client)
      return answer
    } catch (error) {
      pausedUntil.set(client, deps.now().getTime() + pause)
      throw error
    }
  }

  return async ({ client: clientId, person: personId, session }: SessionEnded): Promise<Outcome> => {
    const [client, person] = await Promise.all([deps.findClient(clientId), deps.findPerson(personId)])
    const address = client?.metadata.backchannel_logout_uri
    if (!client || !address || !person) return 'delivered'

    const answer = await call(clientId, address, logoutToken(deps, client, { sub: person.staffId, sid: session }))
    const verdict = verdictOn(answer.status)
    if (verdict === 'taken') return 'delivered'
    if (verdict === 'refused') return { undeliverable: `${clientId} refused the logout token` }
    throw new Error(`${clientId} answered ${answer.status}`)
  }
}
