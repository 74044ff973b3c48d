import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, isIPv6 } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { createOutbound, isAllowance } from '#outbound'

/** Addresses that are no place on the internet, as `node:net` writes them. */
const special = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.254', '192.0.0.192', '192.168.1.1', '198.18.0.1', '224.0.0.1', '239.255.255.255'],
  ...['240.0.0.1', '255.255.255.255'],
  ...['::', '::1', 'fe80::1', 'febf::1', 'fec0::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '100::1', '5f00::1'],
  // IPv4 in the clothes of IPv6: mapped, compatible, NAT64, 6to4, Teredo.
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b:1::1'],
  ...['2002:7f00:1::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:db8::1', '3fff::1'],
]
const isPublic = [
  '1.1.1.1',
  '9.9.9.9',
  '172.32.0.1',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700::1111',
  '2a00::1',
]

const inUrl = (address: string) => (isIPv6(address) ? `[${address}]` : address)

/** An outbound whose names lead where the test says, one place after the other, as a name of an attacker's may. */
const leading = (places: Record<string, string[]>, allowed: string[] = []) => {
  const asked: string[] = []
  const resolve = async (host: string) => {
    asked.push(host)
    const [first, ...later] = places[host] ?? []
    if (!first) throw new Error(`${host} leads nowhere`)
    places[host] = later.length > 0 ? later : [first]
    return first.split(' ').map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  }
  return { ...createOutbound({ allowed, resolve }), asked }
}

describe('line 41: an address that a registration names', () => {
  it('is refused where it is written as one of special use, in every form', async () => {
    const { whyNotCalled } = leading({})
    for (const address of special)
      assert.match((await whyNotCalled(`https://${inUrl(address)}/jwks`)) ?? address, /private/)
    for (const host of ['2130706433', '0x7f.1', '0177.0.0.1', '127.1', '１２７.0.0.1', '127.0.0.1.'])
      assert.match((await whyNotCalled(`https://${host}/jwks`)) ?? host, /private/)
  })

  it('is taken where it is public', async () => {
    const { whyNotCalled } = leading({})
    for (const address of isPublic) assert.equal(await whyNotCalled(`https://${inUrl(address)}/jwks`), undefined)
  })

  it('is refused where its name leads to such an address, or to one among others', async () => {
    const { whyNotCalled } = leading({
      'in.example': ['10.0.0.5'],
      'both.example': ['9.9.9.9 ::1'],
      localhost: ['::1'],
    })
    for (const host of ['in.example', 'IN.example.', 'both.example', 'localhost'])
      assert.match((await whyNotCalled(`https://${host}/`)) ?? host, /private/)
  })

  it('is refused by its name where that can lead nowhere else', async () => {
    const { whyNotCalled } = leading({})
    for (const host of ['localhost', 'x.localhost', 'printer.local', 'metadata.google.internal', 'nas.home.arpa'])
      assert.match((await whyNotCalled(`https://${host}/`)) ?? host, /private/)
  })

  it('is taken where its name leads nowhere yet', async () => {
    assert.equal(await leading({}).whyNotCalled('https://soon.example/jwks'), undefined)
  })

  it('is refused without TLS, except to this machine, and with a user name', async () => {
    const { whyNotCalled } = leading({}, ['127.0.0.1', '10.0.0.0/8'])
    for (const address of ['http://ward.example/', 'ftp://ward.example/', 'file:///etc/passwd', 'http://10.0.0.1/'])
      assert.equal(await whyNotCalled(address), 'must begin with https://', address)
    assert.equal(await whyNotCalled('ward.example'), 'is not an address')
    assert.equal(await whyNotCalled('https://a:b@ward.example/'), 'has a user name in it')
    assert.equal(await whyNotCalled('http://127.0.0.1:3001/jwks'), undefined)
  })

  it('is taken where the configuration names its host, its address or its network', async () => {
    const places = { 'ward.hospital.example': ['10.1.2.3'], localhost: ['127.0.0.1'] }
    for (const [allowed, address] of [
      ['ward.hospital.example', 'https://ward.hospital.example/'],
      ['10.1.0.0/16', 'https://ward.hospital.example/'],
      ['10.1.2.3', 'https://10.1.2.3/'],
      ['localhost', 'http://localhost:3001/'],
      ['fd00::/8', 'https://[fd00::5]/'],
    ] as const) {
      assert.equal(await leading({ ...places }, [allowed]).whyNotCalled(address), undefined, allowed)
      assert.notEqual(await leading({ ...places }, ['other.example', '10.2.0.0/16']).whyNotCalled(address), undefined)
    }
  })

  it('is configured by hosts, addresses and networks, and nothing else', () => {
    for (const text of ['localhost', 'ward.hospital.example', '10.0.0.0/8', '::1', 'fd00::/8', '0.0.0.0/0'])
      assert.ok(isAllowance(text), text)
    for (const text of [
      '',
      '*',
      '*.example',
      '10.0.0.0/33',
      '10.0.0.0/8/8',
      '10.0.0',
      'https://ward.example',
      'a b',
      '-a',
    ])
      assert.ok(!isAllowance(text), text)
  })
})

describe('line 41: a call to such an address', () => {
  let server: Server
  let port: number
  let answer: (request: IncomingMessage, response: ServerResponse) => void
  let calls: string[]
  before(async () => {
    server = createServer((request, response) => {
      calls.push(`${request.method} ${request.headers.host} ${request.url}`)
      answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  after(() => server.close())
  const begin = (how: typeof answer = (_, response) => response.end('{}')) => {
    calls = []
    answer = how
  }

  it('reaches what is allowed, and brings its answer', async () => {
    begin((request, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', 'set-cookie': ['a=1', 'b=2'] })
      request.pipe(response)
    })
    const outbound = leading({ localhost: ['127.0.0.1'] }, ['localhost'])
    const sent = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' }
    const said = await outbound.fetch(`http://localhost:${port}/in?x=1`, sent)
    assert.deepEqual([said.status, said.headers.get('cache-control'), await said.text()], [200, 'max-age=60', 'hello'])
    assert.deepEqual(said.headers.getSetCookie(), ['a=1', 'b=2'])
    assert.deepEqual(calls, [`POST localhost:${port} /in?x=1`])
  })

  it('is not made to this machine unless it is allowed, written out or by a name', async () => {
    begin()
    const outbound = leading({ localhost: ['127.0.0.1'] })
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      await assert.rejects(outbound.fetch(`http://${host}:${port}/`), /is not public|may be called/)
    assert.deepEqual(calls, [])
  })

  it('is made to the very address that was looked at: a name that leads elsewhere a moment later gains nothing', async () => {
    begin()
    const outbound = leading({ 'rebinding.example': ['9.9.9.9', '127.0.0.1'] })
    assert.equal(await outbound.whyNotCalled(`https://rebinding.example:${port}/`), undefined)
    await assert.rejects(outbound.fetch(`https://rebinding.example:${port}/`), /may be called/)
    assert.deepEqual(outbound.asked, ['rebinding.example', 'rebinding.example'])
    assert.deepEqual(calls, [])
  })

  it('follows no redirect', async () => {
    begin((_, response) => response.writeHead(302, { location: `http://localhost:${port}/secret` }).end())
    const said = await leading({ localhost: ['127.0.0.1'] }, ['localhost']).fetch(`http://localhost:${port}/`)
    assert.equal(said.status, 302)
    assert.deepEqual(calls, [`GET localhost:${port} /`])
  })

  it('is made without TLS to nobody but this machine', async () => {
    begin()
    const outbound = leading({ 'ward.example': ['127.0.0.1'] }, ['ward.example'])
    await assert.rejects(outbound.fetch(`http://ward.example:${port}/`), /must begin with https/)
    await assert.rejects(outbound.fetch(`http://a:b@localhost:${port}/`), /user name/)
    assert.deepEqual(calls, [])
  })

  it('gives up on an answer that is too large, whether or not it says so', async () => {
    const outbound = leading({ localhost: ['127.0.0.1'] }, ['localhost'])
    begin((_, response) => response.end(Buffer.alloc(65 * 1024)))
    await assert.rejects(outbound.fetch(`http://localhost:${port}/`), /size/i)
    begin((_, response) => {
      const more = () => response.writable && response.write(Buffer.alloc(16 * 1024), () => setImmediate(more))
      more()
    })
    await assert.rejects(outbound.fetch(`http://localhost:${port}/`), /size/i)
  })

  it('ends when whoever asked has waited enough, in the middle of an answer too', async () => {
    begin((_, response) => void response.write('{'))
    const stop = new AbortController()
    const call = leading({ localhost: ['127.0.0.1'] }, ['localhost']).fetch(`http://localhost:${port}/`, {
      signal: stop.signal,
    })
    server.once('request', () => setImmediate(() => stop.abort()))
    await assert.rejects(call, { name: 'AbortError' })
    server.closeAllConnections()
  })
})
