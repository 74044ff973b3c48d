import { post } from '../../load/application.ts'
import { inTurn } from '../../load/in-turn.ts'
import { logIn } from '../../load/log-in.ts'
import type { Scenario } from '../scenario.ts'

const families = 200

/** A refresh token for new tokens, itself among them: each is good once, so that each family is refreshed by one at a time. */
export const refresh: Scenario = {
  key: 'refresh',
  name: 'refresh',
  title: 'a refresh of tokens',
  prepare: async (running, wire) => {
    const { offlineScope: scope, application, endpoints } = running
    if (!scope) return undefined
    const held: { token: string }[] = []
    for (const person of running.people.slice(0, families)) {
      const { tokens } = await logIn(wire, { ...running, application: { ...application, scope } }, person)
      if (!tokens.refresh_token) throw new Error('No refresh token came with the others')
      held.push({ token: tokens.refresh_token })
    }
    const withOne = inTurn(held)
    return {
      deed: (wire) =>
        withOne(async (one) => {
          const form = { grant_type: 'refresh_token', refresh_token: one.token }
          const { access_token, refresh_token } = await post(wire, running, endpoints.token, form)
          if (typeof access_token !== 'string' || typeof refresh_token !== 'string' || refresh_token === one.token)
            throw new Error('No new tokens came')
          one.token = refresh_token
        }),
    }
  },
}
