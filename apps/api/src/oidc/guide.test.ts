import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import type { BrowserLike, SoftwareAuthenticator } from '@fobwatch/testkit'
import { decodeJwt } from 'jose'
import {
  addPerson,
  assertAt,
  enrol,
  issuer,
  registerClient,
  signInHere,
  startService,
  stepOf,
  type TestService,
} from '../service.testing.ts'
import { makeProver, registerSigning } from './clients/signing-client.testing.ts'
import { authorizeUrl, type Parameters, post, verifier } from './code-flow.testing.ts'

interface Example {
  title: string
  request: string
  answer: Record<string, unknown>
  token?: Record<string, unknown>
}

const guide = await readFile(new URL('../../../../docs/kinds-of-application.md', import.meta.url), 'utf8')

/** A request, the answer under it, and what the token in the answer says, under the heading that they stand under. */
const examples: Example[] = guide.split(/^## /m).flatMap((section) => {
  const title = section.split('\n', 1)[0] ?? ''
  const pattern = /```http\n(.*?)```\s+```json\n(.*?)```(?:\s+```json token\n(.*?)```)?/gs
  return [...section.matchAll(pattern)].map(([, request = '', answer = '', token]) => ({
    ...{ title, request, answer: JSON.parse(answer) },
    ...(token && { token: JSON.parse(token) }),
  }))
})

const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange'
const api = { resource: 'https://pharmacy.example.org/api', name: 'Pharmacy API', scopes: ['stock.read'] }
const redirectOf: Record<string, string> = {
  pharmacy: 'https://pharmacy.example.org/callback',
  'ward-app': 'org.example.ward:/callback',
}
/** What the application asked for when somebody logged in, where the example does not show it. */
const askedIn: Record<string, Parameters> = {
  'A server that signs': { scope: 'openid profile' },
  'Tokens that are bound to a key': { scope: 'openid stock.read', resource: api.resource },
  Refresh: { scope: 'openid profile offline_access', prompt: 'consent' },
}

/** Whether something is as the guide says it: a text that ends in … is the beginning of it, or stands for a number. */
const isAsSaid = (actual: unknown, said: unknown, name: string): void => {
  if (typeof said === 'string' && said.endsWith('…')) assert.ok(String(actual).startsWith(said.slice(0, -1)), name)
  else if (typeof said !== 'object' || said === null || Array.isArray(said)) assert.deepEqual(actual, said, name)
  else {
    const found = actual as Record<string, unknown>
    assert.deepEqual(Object.keys(found).sort(), Object.keys(said).sort(), name)
    for (const [key, value] of Object.entries(said)) isAsSaid(found[key], value, `${name}.${key}`)
  }
}

describe('the guide to kinds of application', () => {
  let service: TestService
  let browser: BrowserLike
  let device: SoftwareAuthenticator
  let pharmacy: Awaited<ReturnType<typeof registerSigning>>
  let prover: Awaited<ReturnType<typeof makeProver>>
  before(async () => {
    service = await startService()
    prover = await makeProver()
    const register = (id: string, metadata: ClientMetadata, secret?: string) =>
      registerClient(service, { id, name: id, apis: [api], metadata, ...(secret && { secret }) })
    await register('ward-app', {
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [redirectOf['ward-app'] ?? ''],
    })
    const backEnd = { grant_types: ['client_credentials'], token_endpoint_auth_method: 'client_secret_post' } as const
    await register('night-report', { ...backEnd, grant_types: [...backEnd.grant_types] }, 's3cret')
    pharmacy = await registerSigning(service, {
      id: 'pharmacy',
      alg: 'RS512',
      apis: [api],
      metadata: {
        redirect_uris: [redirectOf['pharmacy'] ?? ''],
        grant_types: ['authorization_code', 'refresh_token', tokenExchange],
      },
    })
    device = (await enrol(service, (await addPerson(service)).id)).device
    browser = await signInHere(service, device)
  })
  after(() => service.close())

  const codeFor = async (client_id: string, title: string) => {
    const parameters = { client_id, redirect_uri: redirectOf[client_id], ...askedIn[title] }
    const { headers } = await browser.get(authorizeUrl(parameters))
    const address = new URL(headers.get('location') ?? '', issuer)
    if (address.origin !== issuer) return address.searchParams.get('code') ?? ''
    // An app on a device is given nothing in silence.
    const step = stepOf(await assertAt(browser, address.pathname.split('/').at(-1) ?? '', device))
    const back = await browser.get(step.next === 'continue' ? step.url : '')
    return new URL(back.headers.get('location') ?? '').searchParams.get('code') ?? ''
  }
  const tokensFor = async (title: string) => {
    const form = { grant_type: 'authorization_code', redirect_uri: redirectOf['pharmacy'], code_verifier: verifier }
    const { body } = await post(service, '/token', {
      ...form,
      code: await codeFor('pharmacy', title),
      ...(await pharmacy.prove()),
    })
    return body as Record<string, string>
  }
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  /** What stands for the names in braces. */
  const valuesFor = async (title: string, request: string): Promise<Record<string, string>> => ({
    ...{ state: 'some-state', nonce: 'some-nonce', secret: 's3cret', verifier, challenge },
    assertion: await pharmacy.assertion(),
    proof: await prover.proof('POST', '/token'),
    ...(request.includes('{code}') && {
      code: await codeFor(/client_id=(.*)/.exec(request)?.[1] ?? 'pharmacy', title),
    }),
    ...(/\{(id|refresh)_token\}/.test(request) && (await tokensFor(title))),
  })
  const send = async ({ title, request }: Example) => {
    const values = await valuesFor(title, request)
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? `no ${name}`)
    const [head = '', form = ''] = request.split('\n\n')
    const [line = '', ...headers] = head.split('\n')
    const pairs = (lines: string[], divider: RegExp) =>
      Object.fromEntries(
        lines
          .filter(Boolean)
          .map((each) => each.split(divider).map(fill))
          .map(([a, ...b]) => [a, b.join('=')]),
      )
    return post(service, line.split(' ')[1] ?? '', pairs(form.split('\n'), /=/), pairs(headers, /: /))
  }

  it('has an example for everything that goes over the wire', () => {
    assert.deepEqual(
      examples.map(({ title }) => title),
      [
        'A server that signs',
        'Push the request first',
        'Tokens that are bound to a key',
        'Refresh',
        'A back end by itself',
        'Exchange an ID token',
      ],
    )
  })

  for (const example of examples)
    it(`is answered as it says: ${example.title}`, async () => {
      const { status, body } = await send(example)
      assert.ok(status < 300, JSON.stringify(body))
      isAsSaid(body, example.answer, 'answer')
      if (example.token) isAsSaid(decodeJwt(String(body['access_token'])), example.token, 'token')
    })
})
