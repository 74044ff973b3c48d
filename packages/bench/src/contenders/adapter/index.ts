import { basename, extname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { coseAlgorithm, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { openBrowser } from '../../load/browser.ts'
import { openWire } from '../../load/wire.ts'
import type { Contender, Endpoints } from '../contender.ts'
import type { Adapter } from './adapter.ts'

/** A provider that runs somewhere already, by the adapter in a file. It is called as the file is. */
export const contenderOf = (file: string): Contender => ({
  name: basename(file, extname(file)),
  outside: true,
  start: async ({ people: count }) => {
    const adapter = await load(file)
    const { issuer, endpoints = await discover(issuer), application, prepare, logIn } = adapter
    const { origin } = new URL(endpoints.authorization)
    const wire = openWire(origin, 1)
    const people = await prepare(count, {
      newDevice: () => createSoftwareAuthenticator({ algorithms: [coseAlgorithm.ES256] }),
      openBrowser: () => openBrowser(wire),
    })
    await wire.close()
    const { pids = [], databasePids = [], secondApplication, offlineScope, clientCredentials, enrolment } = adapter
    return {
      ...{ origin, issuer, endpoints, application, people, logIn, pid: pids, databasePid: databasePids },
      ...(secondApplication && { secondApplication }),
      ...(offlineScope && { offlineScope }),
      ...(clientCredentials && { clientCredentials }),
      ...(enrolment && { enrolment }),
      stop: async () => adapter.stop?.(),
    }
  },
})

/** @throws Error that says what is wrong, to whoever named the file */
const load = async (file: string): Promise<Adapter> => {
  const path = resolve(process.env['INIT_CWD'] ?? '', file)
  const { adapter } = (await import(pathToFileURL(path).href)) as { adapter?: Adapter }
  if (typeof adapter?.prepare === 'function' && typeof adapter.logIn === 'function') return adapter
  throw new Error(`${file} exports no adapter: see docs/guides/benchmark-another-provider.md`)
}

/** @throws Error where the provider tells nothing of itself (OpenID Connect Discovery §4) */
const discover = async (issuer: string): Promise<Endpoints> => {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  if (!answer.ok) throw new Error(`${issuer} answered ${answer.status} for its metadata`)
  const found = (await answer.json()) as Record<string, string | undefined>
  const { authorization_endpoint: authorization, token_endpoint: token, userinfo_endpoint: userinfo } = found
  const { jwks_uri: jwks, introspection_endpoint: introspection } = found
  if (!authorization || !token || !userinfo || !jwks) throw new Error(`${issuer} does not name all of its endpoints`)
  return { authorization, token, userinfo, jwks, ...(introspection && { introspection }) }
}
