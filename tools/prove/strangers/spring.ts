import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { BrowserLike } from '@fobwatch/testkit'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'
import { blockOf } from '../stage/guide.ts'
import { expectOk } from '../stage/person.ts'
import { originOf, useApplication, whileServed } from './application.ts'
import type { Stranger } from './visit.ts'

const classes = 'src/main/java/ward'
const blocks: Record<string, string> = {
  'pom.xml': '.',
  'application.yaml': 'src/main/resources',
  'SignInConfiguration.java': classes,
  'ApiConfiguration.java': classes,
}

/**
 * Compiles the application of docs/guides/spring-security.md. Maven keeps what it downloads in its own repository.
 * @returns the command that serves it
 * @throws Failure in one sentence when there is no JDK or no Maven, or they can do nothing
 */
export const compileSpring = async (folder: string): Promise<string[]> => {
  await cp(join(root, 'tools/prove/strangers/spring'), folder, { recursive: true })
  for (const [name, place] of Object.entries(blocks)) {
    await mkdir(join(folder, place), { recursive: true })
    await writeFile(join(folder, place, name), await blockOf('spring-security.md', name))
  }
  const goals = ['compile', 'dependency:build-classpath', '-Dmdep.outputFile=classpath']
  const { code, output } = await runProgram('mvn', ['--quiet', '--batch-mode', ...goals], { cwd: folder })
  if (code === 'ENOENT') throw new Failure('Spring Security needs a JDK, 17 or newer, and Maven, which are not here.')
  if (code !== 0)
    throw new Failure(`Maven could not compile: ${output.split('\n').find((line) => line.includes('ERROR'))}`)
  const libraries = (await readFile(join(folder, 'classpath'), 'utf8')).trim()
  return ['java', '-cp', `${join(folder, 'target/classes')}${delimiter}${libraries}`, 'ward.Ward']
}

/** The version of Spring Security that a command runs. */
export const versionOfSpring = (command: readonly string[]): string =>
  /spring-security-oauth2-client-([\d.]+)\.jar/.exec(command.join(' '))?.[1] ?? '?'

/** The application of the guide, compiled, with its client that proves itself by a key of its own. */
export const prepareSpring = async (folder: string): Promise<Stranger[]> => {
  const command = await compileSpring(folder)
  return [
    {
      name: 'Spring Security by the guide',
      version: versionOfSpring(command),
      ways: ['private_key_jwt'],
      callbackPath: '/login/oauth2/code/fobwatch',
      metadata: { id_token_signed_response_alg: 'RS256' },
      backChannelPath: '/logout/connect/back-channel/fobwatch',
      visit: async (visit) => {
        const { registration, issuer, api } = visit
        const env = {
          FOBWATCH_ISSUER: issuer,
          CLIENT_ID: registration.id,
          CLIENT_KEY: JSON.stringify(registration.privateJwk),
          AUDIENCE: api,
          SERVER_PORT: new URL(originOf(visit)).port,
        }
        const buttons = { signIn: '/oauth2/authorization/fobwatch', signOut }
        return whileServed(originOf(visit), { command, env }, () => useApplication(visit, buttons))
      },
    },
  ]
}

/** Spring Security signs out by a form with a token against forgery. */
const signOut = async (browser: BrowserLike) => {
  const { csrf } = expectOk(await browser.get('/what-it-knows')).json<{ csrf: string }>()
  return browser.postJson('/logout', {}, { headers: { 'x-csrf-token': csrf } })
}
