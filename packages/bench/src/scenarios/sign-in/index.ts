import { askUserinfo, claimsOf, signatureCheck } from '../../load/application.ts'
import { logIn } from '../../load/log-in.ts'
import type { Scenario } from '../scenario.ts'

/** Of so many ID tokens the signature of one is verified, and the claims of all. */
const signatureEvery = 50

/**
 * What a browser and an application do for somebody who logs in: authorize, what the log-in page asks and sends, the way
 * back, the tokens, userinfo. Each time a browser without cookies, each time the next person. The page itself and its
 * files are not fetched: a browser keeps them, and any web server can give them.
 */
export const signIn: Scenario = {
  key: 'signIn',
  name: 'sign-in',
  title: 'a complete sign-in',
  prepare: async (running, wire) => {
    const isSigned = await signatureCheck(wire, running)
    let count = 0
    return {
      deed: async (wire) => {
        count += 1
        const person = running.people.at(count % running.people.length)
        if (!person) throw new Error('Nobody is enrolled')
        const { tokens } = await logIn(wire, running, person)
        if (count % signatureEvery === 1 && !isSigned(tokens.id_token)) throw new Error('An ID token is signed wrongly')
        if ((await askUserinfo(wire, running, tokens)) !== claimsOf(tokens.id_token)['sub'])
          throw new Error('Userinfo is about somebody else')
      },
    }
  },
}
