import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserLike } from '@fobwatch/testkit'
import { expectOk } from '../stage/person.ts'
import { configurationFor, hookPath } from './apache/configuration.ts'
import { browserAt, endElsewhere, untilItAnswers } from './application.ts'
import { type Unpacked, unpackDebian } from './debian/unpack.ts'
import type { Seen, Stranger, Visit } from './visit.ts'

const program = 'usr/sbin/apache2'
const modules = 'usr/lib/apache2/modules'

/**
 * Gets Debian's Apache with mod_auth_openidc, in a folder of its own unless it is installed.
 * @throws Failure in one sentence where it cannot be had
 */
export const prepareModAuthOpenidc = async (folder: string): Promise<Stranger> => {
  const packages = ['apache2-bin', 'libapache2-mod-auth-openidc']
  const apache = await unpackDebian(folder, packages, [program, `${modules}/mod_auth_openidc.so`])
  return {
    name: 'mod_auth_openidc',
    version: apache.version,
    // Its keys for private_key_jwt are RSA, and belong to the whole server.
    ways: ['none', 'client_secret_basic', 'client_secret_post'],
    backChannelPath: `${hookPath}?logout=backchannel`,
    visit: async (visit) => {
      const stop = await startApache(apache, join(folder, visit.registration.id), visit)
      try {
        return await useApache(visit)
      } finally {
        await stop()
      }
    },
  }
}

const startApache = async ({ root, env }: Unpacked, folder: string, visit: Visit) => {
  const { origin, port } = new URL(visit.registration.redirectUri)
  const file = join(folder, 'apache.conf')
  await mkdir(join(folder, 'pages'), { recursive: true })
  await writeFile(join(folder, 'pages/page.html'), 'For people who are signed in.')
  await writeFile(file, await configurationFor(visit, { folder, modules: join(root, modules), port: Number(port) }))
  const child = spawn(join(root, program), ['-f', file, '-D', 'FOREGROUND'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  const failed = ended.then(async () => readFile(join(folder, 'error.log'), 'utf8').catch(() => 'no log'))
  const why = await Promise.race([untilItAnswers(origin), failed])
  if (why === undefined) return stop
  await stop()
  throw new Error(`Apache did not start: ${why}`)
}

interface Info {
  id_token: Record<string, unknown>
  userinfo: Record<string, unknown>
  access_token: string
}

/** Opens a page, and comes back to it signed in. @returns what the module knows */
const signIn = async ({ send }: Visit, browser: BrowserLike): Promise<Info> => {
  const { location, body } = await browser.get('/page.html')
  if (!location) throw new Error(`Apache did not ask to sign in: ${body}`)
  const page = await browser.follow(await browser.get(await send(location)))
  if (!expectOk(page).body.startsWith('For people')) throw new Error(`Apache showed something else: ${page.body}`)
  return expectOk(await browser.get(`${hookPath}?info=json`)).json<Info>()
}

/** Signs in, is signed out elsewhere, signs in again, wants what needs a stronger check, and signs out. */
const useApache = async (visit: Visit): Promise<Seen> => {
  const { registration, send } = visit
  const browser = browserAt(visit)
  await signIn(visit, browser)
  await endElsewhere(visit, browser, '/page.html')
  const info = await signIn(visit, browser)
  // It asks for a stronger check by a page that goes on by itself.
  const { body: steppingUp } = await browser.get('/sensitive/')
  if (!steppingUp.includes('acr_values=AAL3_ANY')) throw new Error(`Apache asked for no strong check: ${steppingUp}`)

  const { location: toSignOut } = await browser.get(
    `${hookPath}?logout=${encodeURIComponent(registration.afterSignOutUri)}`,
  )
  if (!toSignOut) throw new Error('Apache did not sign out')
  return {
    idToken: info.id_token,
    userinfo: info.userinfo,
    accessToken: info.access_token,
    afterSignOut: await send(toSignOut),
    isTold: true,
  }
}
