import { post } from '../../load/application.ts'
import type { Scenario } from '../scenario.ts'

/** A token for an API that an application asks for in its own name, with its secret (RFC 6749 §4.4): a JWT (RFC 9068). */
export const clientCredentials: Scenario = {
  key: 'clientCredentials',
  name: 'client-credentials',
  title: 'a token in the application’s own name',
  prepare: async (running) => {
    const asked = running.clientCredentials
    if (!asked) return undefined
    return {
      deed: async (wire) => {
        const form = { grant_type: 'client_credentials', ...asked }
        const { access_token } = await post(wire, running, running.endpoints.token, form)
        if (typeof access_token !== 'string' || access_token.split('.').length !== 3) throw new Error('No JWT came')
      },
    }
  },
}
