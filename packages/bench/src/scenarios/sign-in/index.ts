import { askUserinfo, authorize, claimsOf, redeem, signatureCheck } from '../../load/application.ts'
import { expectRedirect, openBrowser } from '../../load/browser.ts'
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
    return async (wire) => {
      count += 1
      const person = running.people[count % running.people.length]
      if (!person) throw new Error('Nobody is enrolled')
      const browser = openBrowser(wire)
      const asked = authorize(running)
      const page = expectRedirect(await browser.get(asked.url))
      let next = await running.logIn(browser, person, page)
      while (!next.href.startsWith(running.application.redirectUri)) next = expectRedirect(await browser.get(next))
      const tokens = await redeem(wire, running, asked, next)
      const { iss, nonce, sub } = claimsOf(tokens.id_token)
      if (iss !== running.issuer || nonce !== asked.nonce)
        throw new Error(`Not the ID token asked for: ${iss}, ${nonce}`)
      if (count % signatureEvery === 1 && !isSigned(tokens.id_token)) throw new Error('An ID token is signed wrongly')
      if ((await askUserinfo(wire, running, tokens)) !== sub) throw new Error('Userinfo is about somebody else')
    }
  },
}
