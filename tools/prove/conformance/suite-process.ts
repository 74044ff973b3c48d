import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Failure } from '../../failure.ts'

interface Launch {
  /** The suite, built: `fapi-test-suite.jar`. */
  jar: string
  /** Java 21 or newer. */
  java: string
  /** Of MongoDB, or of something that speaks as it does. */
  mongodb: string
  /** Where it listens, without TLS. */
  port: number
  /** Where browsers and the service under test find it. */
  baseUrl: string
  folder: string
}

/** It takes half a minute on two cores that have nothing else to do. */
const patience = 240_000

/**
 * Starts the conformance suite and waits until it answers.
 * @returns what stops it
 * @throws Failure that names its log, when it does not come up
 */
export const startSuite = async (launch: Launch): Promise<() => Promise<void>> => {
  const { jar, java, mongodb, port, baseUrl, folder } = launch
  const logFile = join(folder, 'suite.log')
  const log = await open(logFile, 'a', 0o600)
  const child = spawn(
    java,
    [
      ...['-Xmx1500m', '-Djdk.tls.maxHandshakeMessageSize=65536', '-jar', jar],
      ...[`--server.port=${port}`, '--server.address=127.0.0.1'],
      // Without people of its own to sign in: whoever reaches it may use it.
      '--fintechlabs.devmode=true',
      ...[`--fintechlabs.base_url=${baseUrl}`, `--fintechlabs.base_mtls_url=${baseUrl}`],
      `--spring.mongodb.uri=${mongodb}`,
      '--openid.mongodb.targetFeatureCompatibilityVersion=',
    ],
    { cwd: folder, stdio: ['ignore', log.fd, log.fd] },
  )
  await log.close()
  const ended = once(child, 'close').catch(() => {})
  process.once('exit', () => child.kill())
  const stop = async () => {
    child.kill()
    await ended
  }
  const until = Date.now() + patience
  while (Date.now() < until && child.exitCode === null && child.signalCode === null) {
    if (await answers(port)) return stop
    await delay(500)
  }
  await stop()
  throw new Failure(`The conformance suite does not get ready: see ${logFile}`)
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/api/runner/available`, {
    headers: { 'x-forwarded-proto': 'https' },
    signal: AbortSignal.timeout(5_000),
  }).then(
    ({ ok }) => ok,
    () => false,
  )
