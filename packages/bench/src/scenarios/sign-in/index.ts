import type { Person, Running } from '../../contenders/index.ts'
import { askUserinfo, claimsOf, signatureCheck } from '../../load/application.ts'
import { logIn } from '../../load/log-in.ts'
import type { Wire } from '../../load/wire.ts'
import type { Scenario } from '../scenario.ts'

/** Of so many ID tokens the signature of one is verified, and the claims of all. */
const signatureEvery = 50

/** Those who sign in, in turn; an array will do. */
interface People {
  readonly length: number
  at: (index: number) => Person | undefined
}

/**
 * What a browser and an application do for somebody who logs in: authorize, what the log-in page asks and sends, the way
 * back, the tokens, userinfo. Each time a browser without cookies, each time the next person. The page itself and its
 * files are not fetched: a browser keeps them, and any web server can give them.
 */
export const prepareSignIn = async (running: Running, wire: Wire, people: People = running.people) => {
  const isSigned = await signatureCheck(wire, running)
  let count = 0
  return async (wire: Wire): Promise<void> => {
    count += 1
    const person = people.at(count % people.length)
    if (!person) throw new Error('Nobody is enrolled')
    const { tokens } = await logIn(wire, running, person)
    if (count % signatureEvery === 1 && !isSigned(tokens.id_token)) throw new Error('An ID token is signed wrongly')
    if ((await askUserinfo(wire, running, tokens)) !== claimsOf(tokens.id_token)['sub'])
      throw new Error('Userinfo is about somebody else')
  }
}

export const signIn: Scenario = {
  key: 'signIn',
  name: 'sign-in',
  title: 'a complete sign-in',
  prepare: async (running, wire) => ({ deed: await prepareSignIn(running, wire) }),
}
