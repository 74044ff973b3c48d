import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type BrowserLike, createBrowserLike, type Page } from '@fobwatch/testkit'
import { decodeProtectedHeader } from 'jose'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'
import { expectOk } from '../stage/person.ts'
import { type Seen, type Stranger, scopes, type Visit } from './visit.ts'

const folder = join(root, 'tools/prove/strangers/authlib')

/**
 * Installs Authlib for the Python of this machine, in a folder of its own.
 * @throws Failure in one sentence when there is no Python 3, or it can install nothing
 */
export const prepareAuthlib = async (into: string): Promise<Stranger> => {
  const isThere = await runProgram('python3', ['--version'])
  if (isThere.code !== 0) throw new Failure('Authlib needs Python 3, and there is no python3 here: install it.')
  const made = await runProgram('python3', ['-m', 'venv', into])
  if (made.code !== 0) throw new Failure(`Python could not make a virtual environment: ${lastLine(made.output)}`)

  const python = join(into, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '-r', join(folder, 'requirements.txt')]
  const installed = await runProgram(python, pip)
  if (installed.code !== 0) throw new Failure(`Authlib could not be installed: ${lastLine(installed.output)}`)
  const asked = await runProgram(python, [
    '-c',
    'import authlib, platform; print(authlib.__version__, platform.python_version())',
  ])
  const [version, pythonVersion] = asked.output.trim().split(' ')
  return {
    name: 'Authlib',
    version: `${version} (Python ${pythonVersion})`,
    visit: async (visit) => {
      const application = await startApplication(python, visit)
      try {
        return await useApplication(visit)
      } finally {
        await application.stop()
      }
    },
  }
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''

const originOf = ({ registration }: Visit): URL => new URL(new URL(registration.redirectUri).origin)

/** Starts the application, which runs until its standard input ends, or we do. */
const startApplication = async (python: string, visit: Visit) => {
  const { client: _, privateKey: __, ...registration } = visit.registration
  const told = { ...registration, issuer: visit.issuer, api: visit.api, port: Number(originOf(visit).port) }
  const child = spawn(python, [join(folder, 'relying_app.py')], {
    env: { ...process.env, RELYING_APP: JSON.stringify({ ...told, scope: scopes.signIn, apiScope: scopes.api }) },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  await untilReady(child, said)
  const ended = once(child, 'close')
  const stop = async () => {
    child.stdin.end()
    await ended
  }
  return { stop }
}

const untilReady = async (child: ChildProcessByStdio<Writable, Readable, Readable>, said: string[]): Promise<void> => {
  for await (const line of createInterface(child.stdout)) if (line === 'ready') return
  throw new Error(`The application on Authlib did not start:\n${said.join('')}`)
}

/** What a person does at the application, with the parts at the service between. */
const useApplication = async (visit: Visit): Promise<Seen> => {
  const browser = createBrowserLike(originOf(visit).origin)
  const signedIn = await goAndComeBack(visit, browser, '/sign-in')
  const { idTokenText, ...seen } = signedIn.json<Omit<Seen, 'apiAnswer' | 'afterSignOut'> & { idTokenText: string }>()
  const { apiAnswer } = (await goAndComeBack(visit, browser, '/use-api')).json<Pick<Seen, 'apiAnswer'>>()
  const signedOut = await goAndComeBack(visit, browser, '/sign-out')
  return { ...seen, algorithm: decodeProtectedHeader(idTokenText).alg, apiAnswer, afterSignOut: signedOut.url }
}

/** Opens a page of the application that sends the browser to the service, and opens what the service sends it back to. */
const goAndComeBack = async ({ send }: Visit, browser: BrowserLike, path: string): Promise<Page> => {
  const page = await browser.get(path)
  if (!page.location) throw new Error(`${path} of the application answered ${page.status}: ${page.body}`)
  return expectOk(await browser.get(await send(page.location)))
}
