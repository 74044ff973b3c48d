import { TokenRefused, type TokenVerifier, type Verified } from '@fobwatch/token-verifier'
import type { RouteOptions } from 'fastify'
import { sendPage } from '../pages/index.ts'
import type { ForLoggedIn, Visit } from '../signing-in/index.ts'
import { aboutYouPage, type TokenView } from './about-you-page.ts'

type Deps = { forLoggedIn: ForLoggedIn; verifier: TokenVerifier }

/** The page about the visitor. */
export const youRoutes = ({ forLoggedIn, verifier }: Deps): RouteOptions[] => {
  const showAboutYou = async ({ session, visitor, reply }: Visit) => {
    const idToken = await look(verifier.verifyIdToken(session.idToken), session.id)
    const accessToken = await look(verifier.verifyAccessToken(session.accessToken), session.access)
    return sendPage(reply, aboutYouPage(visitor, { idToken, accessToken }))
  }

  return [{ method: 'GET', url: '/about-you', handler: forLoggedIn(showAboutYou) }]
}

/** What the verifier says of a token now: one that was accepted at the log in may have run out since. */
const look = async <Claims extends object>(
  verifying: Promise<Verified<Claims>>,
  claims: Claims,
): Promise<TokenView> => {
  try {
    const verified = await verifying
    return { result: 'accepted', header: verified.header, claims: verified.claims }
  } catch (error) {
    if (error instanceof TokenRefused) return { result: 'refused', message: error.message, claims }
    throw error
  }
}
