import { post } from '../../load/application.ts'
import { logIn } from '../../load/log-in.ts'
import type { Scenario } from '../scenario.ts'

const tokens = 200

/** Whether an access token of somebody who is logged in is still good (RFC 7662), asked by the application that has it. */
export const introspection: Scenario = {
  key: 'introspection',
  name: 'introspection',
  title: 'an introspection',
  prepare: async (running, wire) => {
    const endpoint = running.endpoints.introspection
    if (!endpoint) return undefined
    const held: string[] = []
    for (const person of running.people.slice(0, tokens))
      held.push((await logIn(wire, running, person)).tokens.access_token)
    let count = 0
    return {
      deed: async (wire) => {
        count += 1
        const token = held[count % held.length] ?? ''
        const { active } = await post(wire, running, endpoint, { token, token_type_hint: 'access_token' })
        if (active !== true) throw new Error('A token that is good was called inactive')
      },
    }
  },
}
