// An application on Auth.js and Express, as its documentation shows it, but for the log out at the service, which
// Auth.js leaves to the application.
import { ExpressAuth, getSession } from '@auth/express'
import express from 'express'

const told = JSON.parse(process.env.RELYING_APP)

const config = {
  secret: told.cookieSecret,
  trustHost: true,
  providers: [
    {
      id: 'fobwatch',
      name: 'Fobwatch',
      type: 'oidc',
      issuer: told.issuer,
      clientId: told.id,
      clientSecret: told.secret,
      client: { token_endpoint_auth_method: told.way, id_token_signed_response_alg: told.algorithm },
      authorization: { params: { scope: told.scope } },
      checks: ['pkce', 'state', 'nonce'],
    },
  ],
  callbacks: {
    jwt: ({ token, account, profile }) => (account ? { ...token, account, claims: profile } : token),
    session: ({ session, token }) => ({ ...session, account: token.account, claims: token.claims }),
  },
}

const app = express()
app.set('trust proxy', true)
app.use('/auth', ExpressAuth(config))

const discovered = fetch(`${told.issuer}/.well-known/openid-configuration`).then((answer) => answer.json())

app.get('/what-it-knows', async (request, response) => {
  const { account, claims } = await getSession(request, config)
  const { userinfo_endpoint } = await discovered
  const headers = { authorization: `Bearer ${account.access_token}` }
  const userinfo = await (await fetch(userinfo_endpoint, { headers })).json()
  response.json({ idToken: claims, idTokenText: account.id_token, userinfo, accessToken: account.access_token })
})

app.get('/sign-out', async (request, response) => {
  const { account } = await getSession(request, config)
  const { end_session_endpoint } = await discovered
  const url = new URL(end_session_endpoint)
  url.searchParams.set('id_token_hint', account.id_token)
  url.searchParams.set('post_logout_redirect_uri', told.afterSignOutUri)
  response.redirect(url.href)
})

app.get('/signed-out', (_request, response) => response.send('signed out'))

app.get('/', (_request, response) => response.send('welcome'))

app.listen(told.port, '127.0.0.1')
