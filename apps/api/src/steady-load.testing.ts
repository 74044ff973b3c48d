import type { Send, SoftwareAuthenticator } from '@fobwatch/testkit'
import { browserAt } from './instances.testing.ts'
import { getCode, verifier } from './oidc/code-flow.testing.ts'
import { addPerson, enrol, issuer, type TestService } from './service.testing.ts'

/** One complete sign-in: what the browser and the application do, with a new person's cookie jar. */
const signInOnce = async (send: Send, device: SoftwareAuthenticator): Promise<void> => {
  const code = await getCode(browserAt(send), device)
  const form = { grant_type: 'authorization_code', client_id: 'ward', code_verifier: verifier, code }
  const answer = await send(new URL(`${issuer}/token`), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, redirect_uri: 'http://localhost:3001/callback' }).toString(),
  })
  const body = (await answer.json()) as Record<string, unknown>
  const who = await send(new URL(`${issuer}/userinfo`), {
    headers: { authorization: `Bearer ${body['access_token']}` },
  })
  if (who.status !== 200) throw new Error(`No tokens: ${answer.status} ${JSON.stringify(body)}, ${who.status}`)
}

/** People who sign in over and over, one sign-in each at a time, until they are told to stop. */
export const keepSigningIn = async (service: TestService, send: Send, people: number) => {
  const failures: unknown[] = []
  let done = 0
  let over = false
  const devices: SoftwareAuthenticator[] = []
  for (let each = 0; each < people; each += 1)
    devices.push((await enrol(service, (await addPerson(service)).id)).device)
  const loops = devices.map(async (device) => {
    while (!over) {
      await signInOnce(send, device).then(
        () => (done += 1),
        (error) => failures.push(error),
      )
    }
  })
  return {
    done: () => done,
    /** Resolves to what failed, when the last has ended. */
    stop: async () => {
      over = true
      await Promise.all(loops)
      return failures
    },
  }
}
