import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { Failure } from '../../failure.ts'
import { runProgram } from '../../programs.ts'
import { blockOf, fillIn } from '../stage/guide.ts'
import { freePorts } from '../stage/ports.ts'
import { originOf, type Told, useApplication, whileServed } from './application.ts'
import { type Unpacked, unpackDebian } from './debian/unpack.ts'
import type { Seen, Stranger, Visit } from './visit.ts'

const version = '7.15.6'
const nginx = 'usr/sbin/nginx'

/**
 * Compiles oauth2-proxy, and gets Debian's nginx to stand before it. Go keeps what it downloads in caches of its own.
 * @throws Failure in one sentence where there is no Go, or no nginx
 */
export const prepareOauth2Proxy = async (folder: string): Promise<Stranger[]> => {
  const server = await unpackDebian(join(folder, 'debian'), ['nginx'], [nginx])
  const module = `github.com/oauth2-proxy/oauth2-proxy/v7@v${version}`
  const env = { ...process.env, GOBIN: folder }
  const { code, output } = await runProgram('go', ['install', module], { env })
  if (code === 'ENOENT') throw new Failure('oauth2-proxy needs Go, which is not here.')
  if (code !== 0) throw new Failure(`oauth2-proxy could not be compiled: ${output.trim().split('\n').at(-1)}`)
  return [
    {
      name: 'oauth2-proxy by the guide',
      version: `${version} (nginx ${server.version})`,
      ways: ['client_secret_basic'],
      callbackPath: '/oauth2/callback',
      visit: (visit) => visitBehind(server, folder, visit),
    },
  ]
}

const visitBehind = async (server: Unpacked, folder: string, visit: Visit): Promise<Seen> => {
  const [proxyPort = 0] = await freePorts(1)
  const application = await serveApplication(visit)
  const proxy = `http://127.0.0.1:${proxyPort}`
  const configuration = join(folder, 'oauth2-proxy.cfg')
  await writeFile(configuration, await proxyConfiguration(visit, proxyPort))
  const front = await nginxConfiguration(join(folder, 'nginx'), visit, proxyPort, application.port)
  const atProxy = { command: [join(folder, 'oauth2-proxy'), '--config', configuration] }
  const atFront = {
    command: [join(server.root, nginx), '-c', front, '-p', folder, '-g', 'daemon off;'],
    env: server.env,
  }
  const buttons = { signIn: '/', signOut: '/sign-out' }
  try {
    return await whileServed(proxy, atProxy, () =>
      whileServed(originOf(visit), atFront, () => useApplication(visit, buttons)),
    )
  } finally {
    await application.close()
  }
}

const proxyConfiguration = async ({ issuer, registration }: Visit, port: number): Promise<string> =>
  fillIn(await blockOf('apache-nginx.md', 'oauth2-proxy.cfg'), {
    'https://id.example.org': issuer,
    'id.example.org': new URL(issuer).host,
    '"ward"': `"${registration.id}"`,
    'the-secret-of-the-client': registration.secret,
    'https://ward.example.org': new URL(registration.redirectUri).origin,
    ES256: registration.algorithm,
    '32-random-bytes-in-base64url': registration.secret,
    '127.0.0.1:4180': `127.0.0.1:${port}`,
    'cookie_secure = true': 'cookie_secure = false',
  })

/** The server of the guide, in a configuration that needs no rights. @returns its file */
const nginxConfiguration = async (folder: string, visit: Visit, proxyPort: number, port: number): Promise<string> => {
  const guided = fillIn(await blockOf('apache-nginx.md', 'nginx.conf'), {
    '127.0.0.1:8080': `127.0.0.1:${new URL(originOf(visit)).port}`,
    '127.0.0.1:4180': `127.0.0.1:${proxyPort}`,
    '127.0.0.1:8081': `127.0.0.1:${port}`,
  })
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'nginx.conf')
  const lines = [
    `pid ${folder}/pid;`,
    'error_log stderr;',
    'events {}',
    'http {',
    'access_log off;',
    ...places,
    guided,
    '}',
  ]
  await writeFile(file, lines.join('\n'))
  return file
}

/** The application behind both, which knows what their headers tell it. */
const serveApplication = async ({ issuer, registration }: Visit) => {
  const server = createServer(async (request, response) => {
    const { authorization = '', 'x-auth-request-access-token': token } = request.headers
    const idTokenText = authorization.replace(/^Bearer /, '')
    if (request.url === '/what-it-knows') {
      const told = await tell(issuer, idTokenText, String(token))
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(told))
    }
    if (request.url !== '/sign-out') return response.end('welcome')
    const out = new URL(await endSessionOf(issuer))
    out.searchParams.set('id_token_hint', idTokenText)
    out.searchParams.set('post_logout_redirect_uri', registration.afterSignOutUri)
    return response.writeHead(302, { location: `/oauth2/sign_out?rd=${encodeURIComponent(out.href)}` }).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = async () => {
    const closed = once(server.close(), 'close')
    server.closeAllConnections()
    await closed
  }
  return { port: (server.address() as AddressInfo).port, close }
}

const endSessionOf = async (issuer: string): Promise<string> => {
  const answer = await fetch(new URL('/.well-known/openid-configuration', issuer))
  return ((await answer.json()) as { end_session_endpoint: string }).end_session_endpoint
}

const tell = async (issuer: string, idTokenText: string, accessToken: string): Promise<Told> => {
  const answer = await fetch(new URL('/userinfo', issuer), { headers: { authorization: `Bearer ${accessToken}` } })
  const userinfo = (await answer.json()) as Told['userinfo']
  return { idToken: decodeJwt(idTokenText), idTokenText, userinfo, accessToken }
}
