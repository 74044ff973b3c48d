import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Send } from '@fobwatch/testkit'
import { root } from '../../programs.ts'
import { until } from '../cluster/until.ts'
import type { Certificate } from '../conformance/certificate.ts'
import { fillIn } from '../stage/guide.ts'
import { sendTo } from '../stage/send-to.ts'
import { unpackDebian } from '../strangers/debian/unpack.ts'

interface Setting {
  tls: number
  plain: number
  instances: readonly [number, number]
  certificate: Certificate
  keyFile: string
}

export interface Nginx {
  version: string
  /** Carries a request through nginx, from an address of this machine. */
  sendFrom: (address: string) => Send
  accessLog: () => Promise<string>
  stop: () => Promise<void>
}

/**
 * Starts Debian's nginx with docs/deploy/nginx.conf as it stands there, but for names, ports and folders.
 * @throws Failure in one sentence where there is none
 */
export const startNginx = async (
  folder: string,
  { tls, plain, instances, certificate, keyFile }: Setting,
): Promise<Nginx> => {
  const { root: at, env, version } = await unpackDebian(join(folder, 'nginx-packages'), ['nginx'], ['usr/sbin/nginx'])
  const own = join(folder, 'nginx')
  await mkdir(own, { recursive: true })
  const access = join(own, 'access.log')
  const configuration = fillIn(await readFile(join(root, 'docs/deploy/nginx.conf'), 'utf8'), {
    'api-1:3000': `127.0.0.1:${instances[0]}`,
    'api-2:3000': `127.0.0.1:${instances[1]}`,
    'listen 80;': `listen 127.0.0.1:${plain};`,
    'listen 443': `listen 127.0.0.1:${tls}`,
    'https://id.example.org$request_uri': `https://localhost:${tls}$request_uri`,
    'server_name id.example.org': 'server_name localhost',
    '/run/secrets/tls-certificate': certificate.file,
    '/run/secrets/tls-key': keyFile,
    '/dev/stdout': access,
    '/tmp/': `${own}/`,
  })
  const file = join(own, 'nginx.conf')
  await writeFile(file, configuration)
  const asRoot = process.getuid?.() === 0 ? ' user root;' : ''
  const child = spawn(join(at, 'usr/sbin/nginx'), ['-e', 'stderr', '-c', file, '-g', `daemon off;${asRoot}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (line: string) => said.push(line))
  const ended = once(child, 'exit')
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGQUIT')
    await ended
  }
  const known = { servername: 'localhost', ca: certificate.cert }
  const sendFrom = (localAddress: string): Send =>
    sendTo(`https://127.0.0.1:${tls}`, undefined, { ...known, localAddress })
  const origin = new URL(`https://localhost:${tls}/`)
  const answers = async () =>
    sendFrom('127.0.0.1')(origin, {}).then(
      () => true,
      () => false,
    )
  try {
    await Promise.race([
      until('nginx answers', answers),
      ended.then(() => Promise.reject(new Error(`nginx ended: ${said.join('')}`))),
    ])
    return { version, sendFrom, stop, accessLog: () => readFile(access, 'utf8') }
  } catch (error) {
    await stop()
    throw error
  }
}
