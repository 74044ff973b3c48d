import { askUserinfo, authorize, claimsOf, redeem } from '../../load/application.ts'
import { inTurn } from '../../load/in-turn.ts'
import { comeBack, logIn, requireIdToken } from '../../load/log-in.ts'
import type { Scenario } from '../scenario.ts'

const browsers = 200

/**
 * Somebody who is logged in goes on to a second application, which sends the browser by and nobody is asked anything:
 * authorize, the tokens, userinfo. The session of each browser goes there again and again, as in a day at work.
 */
export const singleSignOn: Scenario = {
  key: 'singleSignOn',
  name: 'single-sign-on',
  title: 'a single sign-on into a second application',
  prepare: async (running, wire) => {
    if (!running.secondApplication) return undefined
    const second = { ...running, application: running.secondApplication }
    const open = []
    for (const person of running.people.slice(0, browsers)) open.push((await logIn(wire, running, person)).browser)
    const withOne = inTurn(open)
    return {
      deed: (wire) =>
        withOne(async (one) => {
          const asked = authorize(second)
          const back = await comeBack(one.over(wire), second, asked.url)
          const tokens = await redeem(wire, second, asked, back)
          requireIdToken(second, tokens, asked.nonce)
          if ((await askUserinfo(wire, second, tokens)) !== claimsOf(tokens.id_token)['sub'])
            throw new Error('Userinfo is about somebody else')
        }),
    }
  },
}
