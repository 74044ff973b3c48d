import { randomBytes } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserLike } from '@fobwatch/testkit'
import { exportPKCS8 } from 'jose'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'
import { blockOf } from '../stage/guide.ts'
import { type Buttons, originOf, useApplication, whileServed } from './application.ts'
import { type Seen, type Stranger, scopes, type Visit } from './visit.ts'

const source = join(root, 'tools/prove/strangers/node')

/**
 * Installs express-openid-connect, Auth.js and Passport in a folder of their own.
 * @throws Failure in one sentence when npm cannot
 */
export const prepareNodeApplications = async (folder: string): Promise<Stranger[]> => {
  await cp(source, folder, { recursive: true })
  await writeFile(join(folder, 'app.js'), await blockOf('node.md', 'app.js'))
  const install = ['install', '--prefix', folder, '--no-package-lock', '--no-audit', '--no-fund', '--silent']
  const { code, output } = await runProgram('npm', install, { cwd: folder })
  if (code !== 0) throw new Failure(`npm could not install the applications: ${output.trim().split('\n').at(-1)}`)
  const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const run = (file: string) => [process.execPath, join(folder, file)]
  return [
    expressOpenidConnect(run('express-openid-connect.js'), dependencies['express-openid-connect']),
    authJs(run('auth-js.js'), dependencies['@auth/express']),
    passport(run('passport.js'), dependencies['passport-openidconnect']),
  ]
}

const cookieSecret = () => randomBytes(32).toString('base64url')

/** The application of the guide: the client proves itself by a key of its own. */
const expressOpenidConnect = (command: string[], version: string): Stranger => ({
  name: 'express-openid-connect by the guide',
  version,
  ways: ['private_key_jwt'],
  backChannelPath: '/backchannel-logout',
  visit: async (visit) => {
    const { registration, issuer } = visit
    const env = {
      FOBWATCH_ISSUER: issuer,
      BASE_URL: originOf(visit),
      CLIENT_ID: registration.id,
      CLIENT_KEY: await exportPKCS8(registration.privateKey),
      COOKIE_SECRET: cookieSecret(),
      PORT: new URL(originOf(visit)).port,
    }
    const pushing = { ...visit, send: mustBePushed(visit) }
    return whileServed(originOf(visit), { command, env }, () =>
      useApplication(pushing, { signIn: '/login', signOut: '/logout' }),
    )
  },
})

/** Its requests go by the back (RFC 9126), and the browser carries no more than where they are. */
const mustBePushed =
  ({ send }: Visit): Visit['send'] =>
  (start) => {
    const isPushed = start.pathname !== '/authorize' || start.searchParams.has('request_uri')
    if (!isPushed) throw new Error(`The request was not pushed: ${start.href}`)
    return send(start)
  }

const authJs = (command: string[], version: string): Stranger => ({
  name: 'Auth.js',
  version: `@auth/express ${version}`,
  // Its assertions name two audiences, which the service refuses (CVE-2025-27370).
  ways: ['none', 'client_secret_basic', 'client_secret_post'],
  callbackPath: '/auth/callback/fobwatch',
  visit: (visit) => visitTold(command, visit, { signIn: beginAtAuthJs(visit), signOut: '/sign-out' }),
})

const passport = (command: string[], version: string): Stranger => ({
  name: 'Passport',
  version: `passport-openidconnect ${version}`,
  ways: ['client_secret_post'],
  // It cannot, and has a secret.
  metadata: { pkce_required: false },
  visit: (visit) => visitTold(command, visit, { signIn: '/login', signOut: '/sign-out' }),
})

/** An application that is told all of its registration, and by what it signs its cookies. */
const visitTold = (command: string[], visit: Visit, buttons: Buttons): Promise<Seen> => {
  const { client: _, privateKey: __, ...registration } = visit.registration
  const { port } = new URL(originOf(visit))
  const told = { ...registration, issuer: visit.issuer, scope: scopes.signIn, cookieSecret: cookieSecret(), port }
  const launch = { command, env: { RELYING_APP: JSON.stringify(told) } }
  return whileServed(originOf(visit), launch, () => useApplication(visit, buttons))
}

/** Auth.js is asked to sign somebody in by a form with a token against forgery. */
const beginAtAuthJs = (visit: Visit) => async (browser: BrowserLike) => {
  const { csrfToken } = (await browser.get('/auth/csrf')).json<{ csrfToken: string }>()
  return browser.postJson('/auth/signin/fobwatch', { csrfToken, callbackUrl: `${originOf(visit)}/` })
}
