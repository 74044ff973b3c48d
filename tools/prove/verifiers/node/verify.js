// Shows every token of a task (the JSON file that is named) to the libraries of package.json, each used as its
// documentation shows a careful user, and then as our guides advise. Prints a verdict a line.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createVerifier } from 'fast-jwt'
import buildGetJwks from 'get-jwks'
import jwt from 'jsonwebtoken'
import jwksClient from 'jwks-rsa'

const { issuer, jwksUri, audience, clientId, cases } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const versionOf = (name) => createRequire(import.meta.url)(`${name}/package.json`).version
const audiences = { access: audience, id: clientId }

/** What our guides advise: the type, an end, a person, and nothing that must be understood and is not. */
const checkRest = (kind, { header, payload }) => {
  if ('crit' in header) throw new Error('an extension that must be understood')
  const typ = header.typ ?? 'JWT'
  if (kind === 'access' ? typ.toLowerCase() !== 'at+jwt' : typ !== 'JWT') throw new Error(`wrong typ: ${typ}`)
  if (typeof payload.exp !== 'number' || !payload.sub) throw new Error('no exp, or no sub')
}

// jsonwebtoken with jwks-rsa, as the latter's README shows them together.
const client = jwksClient({ jwksUri, cache: true, rateLimit: false })
const getKey = (header, callback) =>
  client.getSigningKey(header.kid, (error, key) => callback(error, key?.getPublicKey()))
const byJsonwebtoken = (kind, token) => {
  const options = { issuer, audience: audiences[kind], algorithms: ['ES256', 'RS256', 'PS256'], complete: true }
  return new Promise((resolve, reject) => {
    jwt.verify(token, getKey, options, (error, verified) => (error ? reject(error) : resolve(verified)))
  })
}

// fast-jwt with get-jwks, as both READMEs show.
const getJwks = buildGetJwks({ providerDiscovery: false, jwksPath: new URL(jwksUri).pathname })
const verifierFor = (kind, more) =>
  createVerifier({
    key: async ({ header: { kid, alg } }) => getJwks.getPublicKey({ kid, alg, domain: issuer }),
    algorithms: ['ES256', 'RS256', 'PS256', 'EdDSA'],
    allowedIss: issuer,
    allowedAud: audiences[kind],
    complete: true,
    ...more,
  })
const fastJwt = { access: verifierFor('access'), id: verifierFor('id') }
const strictFastJwt = {
  access: verifierFor('access', { checkTyp: 'at+jwt', requiredClaims: ['exp', 'sub', 'iss', 'aud'] }),
  id: verifierFor('id', { requiredClaims: ['exp', 'sub', 'iss', 'aud'] }),
}

/** Each with how it is used, and then with what it leaves to its caller. */
const libraries = {
  jsonwebtoken: {
    documented: byJsonwebtoken,
    advised: async (kind, token) => checkRest(kind, await byJsonwebtoken(kind, token)),
  },
  'fast-jwt': {
    documented: (kind, token) => fastJwt[kind](token),
    advised: async (kind, token) => checkRest(kind, await strictFastJwt[kind](token)),
  },
}

for (const [library, uses] of Object.entries(libraries))
  for (const [use, read] of Object.entries(uses))
    for (const { kind, name, token } of cases) {
      const shown = { library, version: versionOf(library), language: 'JavaScript', use, kind, name }
      const why = await read(kind, token).then(
        () => undefined,
        (error) => error.message || String(error),
      )
      console.log(JSON.stringify({ ...shown, taken: why === undefined, why }))
    }
