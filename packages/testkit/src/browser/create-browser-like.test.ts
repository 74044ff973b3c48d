import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { createBrowserLike, type Send } from './create-browser-like.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const redirectTo = (response: ServerResponse, location: string) => response.writeHead(303, { location }).end()

const echo: Handler = (request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { url, method, headers } = request
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ url, method, headers, body: Buffer.concat(chunks).toString() }))
  })
}

interface Echo {
  url: string
  method: string
  headers: Record<string, string>
  body: string
}

const listen = async (handler: Handler) => {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise((resolve) => server.close(resolve))
  return { origin: `http://127.0.0.1:${port}`, close }
}

describe('a browser-like client', () => {
  let here: Awaited<ReturnType<typeof listen>>
  let there: Awaited<ReturnType<typeof listen>>

  before(async () => {
    there = await listen(echo)
    here = await listen((request, response) => {
      if (request.url === '/start') {
        response.setHeader('set-cookie', ['seen=yes; Path=/', 'scoped=7; Path=/step'])
        return redirectTo(response, '/step/one')
      }
      if (request.url === '/step/one') return redirectTo(response, './two')
      if (request.url === '/away') return redirectTo(response, `${there.origin}/callback?code=1`)
      if (request.url === '/loop') return redirectTo(response, '/loop')
      return echo(request, response)
    })
  })

  after(async () => {
    await here.close()
    await there.close()
  })

  it('posts JSON with the headers that tell a page of the same origin', async () => {
    const page = await createBrowserLike(here.origin).postJson('/api', { hello: 'world' })
    const { headers, body, method } = page.json<Echo>()
    assert.equal(method, 'POST')
    assert.equal(headers['origin'], here.origin)
    assert.equal(headers['sec-fetch-site'], 'same-origin')
    assert.equal(headers['content-type'], 'application/json')
    assert.equal(body, '{"hello":"world"}')
  })

  it('takes the address for its own page where it was given no origin', async () => {
    const page = await createBrowserLike().postJson(`${here.origin}/api`, {})
    assert.equal(page.json<Echo>().headers['origin'], here.origin)
  })

  it('tells that it posts across origins, and lets a test say otherwise', async () => {
    const browser = createBrowserLike(here.origin)
    const { headers } = (await browser.postJson(`${there.origin}/api`, {})).json<Echo>()
    assert.equal(headers['origin'], here.origin)
    assert.equal(headers['sec-fetch-site'], 'same-site')
    const foreign = createBrowserLike('https://evil.example')
    const posted = (await foreign.postJson(`${here.origin}/api`, {})).json<Echo>()
    assert.equal(posted.headers['sec-fetch-site'], 'cross-site')
    const said = (await browser.postJson('/api', {}, { headers: { origin: 'null' } })).json<Echo>()
    assert.equal(said.headers['origin'], 'null')
  })

  it('stops at each redirect until it is told to follow', async () => {
    const browser = createBrowserLike(here.origin)
    const page = await browser.get('/start')
    assert.equal(page.status, 303)
    assert.equal(page.location?.href, `${here.origin}/step/one`)
    assert.equal(browser.cookieHeader('/'), 'seen=yes')

    const last = await browser.follow(page)
    assert.equal(last.status, 200)
    assert.equal(last.url.href, `${here.origin}/step/two`)
    assert.equal(last.json<Echo>().headers['cookie'], 'scoped=7; seen=yes')
  })

  it('carries its cookies to another port of the host', async () => {
    const browser = createBrowserLike(here.origin)
    await browser.get('/start')
    assert.equal((await browser.get(`${there.origin}/`)).json<Echo>().headers['cookie'], 'seen=yes')
    assert.equal((await createBrowserLike(here.origin).get('/')).json<Echo>().headers['cookie'], undefined)
  })

  it('stays within the origin when asked to', async () => {
    const browser = createBrowserLike(here.origin)
    const left = await browser.follow('/away', { until: 'another-origin' })
    assert.equal(left.status, 303)
    assert.equal(left.location?.searchParams.get('code'), '1')
    const arrived = await browser.follow('/away')
    assert.equal(arrived.json<Echo>().url, '/callback?code=1')
  })

  it('sends by other means than the network where it is given some', async () => {
    const send: Send = async (url, { method = 'GET', headers }) =>
      Response.json({ url: url.href, method, headers }, { headers: { 'set-cookie': 'a=1; Path=/' } })
    const browser = createBrowserLike('http://nowhere.example', undefined, send)
    await browser.get('/one')
    const second = (await browser.postJson('/two', {})).json<Echo>()
    assert.equal(second.url, 'http://nowhere.example/two')
    assert.equal(second.method, 'POST')
    assert.equal(second.headers['cookie'], 'a=1')
  })

  it('gives up on a loop', async () => {
    await assert.rejects(createBrowserLike(here.origin).follow('/loop'), /redirected too often/)
  })
})
