// An application on Passport and Express, as the documentation of passport-openidconnect shows it, but for the log out at
// the service, which it leaves to the application. It knows neither discovery nor PKCE.
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OpenIDConnectStrategy from 'passport-openidconnect'

const told = JSON.parse(process.env.RELYING_APP)
const service = await (await fetch(`${told.issuer}/.well-known/openid-configuration`)).json()

passport.use(
  new OpenIDConnectStrategy(
    {
      issuer: told.issuer,
      authorizationURL: service.authorization_endpoint,
      tokenURL: service.token_endpoint,
      userInfoURL: service.userinfo_endpoint,
      clientID: told.id,
      clientSecret: told.secret,
      callbackURL: told.redirectUri,
      scope: told.scope.split(' ').filter((each) => each !== 'openid'),
      nonce: true,
    },
    (_issuer, profile, _context, idToken, accessToken, _refreshToken, done) =>
      done(null, { profile, idToken, accessToken }),
  ),
)
passport.serializeUser((user, done) => done(null, user))
passport.deserializeUser((user, done) => done(null, user))

const app = express()
app.use(session({ name: 'ward_session', secret: told.cookieSecret, resave: false, saveUninitialized: false }))
app.use(passport.session())

app.get('/login', passport.authenticate('openidconnect'))
app.get('/callback', passport.authenticate('openidconnect', { failureMessage: true, successRedirect: '/' }))

app.get('/what-it-knows', async ({ user: { idToken, accessToken } }, response) => {
  const headers = { authorization: `Bearer ${accessToken}` }
  const userinfo = await (await fetch(service.userinfo_endpoint, { headers })).json()
  const claims = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url').toString())
  response.json({ idToken: claims, idTokenText: idToken, userinfo, accessToken })
})

app.get('/sign-out', (request, response, next) => {
  const url = new URL(service.end_session_endpoint)
  url.searchParams.set('id_token_hint', request.user.idToken)
  url.searchParams.set('post_logout_redirect_uri', told.afterSignOutUri)
  request.logout((error) => (error ? next(error) : response.redirect(url.href)))
})

app.get('/signed-out', (_request, response) => response.send('signed out'))
app.get('/', (_request, response) => response.send('welcome'))

app.listen(told.port, '127.0.0.1')
