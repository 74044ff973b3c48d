// Serves the application of docs/guides/node.md (app.js), with a page for the proof.
import expressOpenidConnect from 'express-openid-connect'
import { app } from './app.js'

app.get('/what-it-knows', expressOpenidConnect.requiresAuth(), async (request, response) => {
  const { idToken, idTokenClaims, accessToken } = request.oidc
  const userinfo = await request.oidc.fetchUserInfo()
  response.json({ idToken: idTokenClaims, idTokenText: idToken, userinfo, accessToken: accessToken.access_token })
})
app.get('/signed-out', (_request, response) => response.send('signed out'))

// For the proof to say what was wrong.
app.use((error, _request, response, _next) => {
  console.error(error)
  response.status(400).send(error.message)
})

app.listen(Number(process.env.PORT), '127.0.0.1')
