import type { ClientMetadata } from '@fobwatch/contracts'
import { enrolPerson } from '../stage/person.ts'
import type { Stage } from '../stage/set-stage.ts'
import { authorizeUrl, getCode, redirectUri } from './application.ts'
import { fromBrowser, fromServer, type Kind, raceAlike } from './race.ts'

const clientId = 'prove-pushed-requests'

/** RFC 9126 §7.3: what a request_uri stands for leads to one code. All of them come from a browser that is signed in. */
export const pushedRequests: Kind = {
  name: 'Pushed requests',
  says: 'the same request_uri, sixteen times, in a browser that is signed in',
  tooLate: ['invalid_request_uri'],
  enter: async (stage) => {
    const metadata: ClientMetadata = { redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' }
    await stage.house.registerClient({ id: clientId, name: 'Pushed requests', metadata, apis: [] })
    const { device } = await enrolPerson(stage, 'Pasha')
    const browser = stage.browser()
    const start = authorizeUrl(stage, clientId)
    await getCode(browser, device, start)
    return async () => {
      const query = new URLSearchParams({ client_id: clientId, request_uri: await push(stage, start) })
      const cookie = browser.cookieHeader(start.href)
      return { answers: await raceAlike(stage, fromBrowser(`/authorize?${query}`, cookie)) }
    }
  },
}

const push = async ({ issuer, instances }: Stage, request: URL): Promise<string> => {
  const { path, ...init } = fromServer('/par', Object.fromEntries(request.searchParams))
  const answer = await instances[0](new URL(path, issuer), { method: 'POST', ...init })
  const { request_uri: uri } = (await answer.json()) as { request_uri?: string }
  if (!uri) throw new Error(`The request was not taken, but ${answer.status}`)
  return uri
}
