import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'
import { blockOf } from '../stage/guide.ts'
import { browserAt, goAndComeBack, originOf, type Told, useApplication, whileServed } from './application.ts'
import { type Seen, type Stranger, scopes, type Visit } from './visit.ts'

const source = join(root, 'tools/prove/strangers/authlib')

/**
 * Installs Authlib for the Python of this machine, in a folder of its own.
 * @throws Failure in one sentence when there is no Python 3, or it can install nothing
 */
export const prepareAuthlib = async (folder: string): Promise<Stranger[]> => {
  const isThere = await runProgram('python3', ['--version'])
  if (isThere.code !== 0) throw new Failure('Authlib needs Python 3, and there is no python3 here: install it.')
  const made = await runProgram('python3', ['-m', 'venv', folder])
  if (made.code !== 0) throw new Failure(`Python could not make a virtual environment: ${lastLine(made.output)}`)

  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '-r', join(source, 'requirements.txt')]
  const installed = await runProgram(python, pip)
  if (installed.code !== 0) throw new Failure(`Authlib could not be installed: ${lastLine(installed.output)}`)
  const asked = await runProgram(python, [
    '-c',
    'import authlib, platform; print(authlib.__version__, platform.python_version())',
  ])
  const [version, pythonVersion] = asked.output.trim().split(' ')
  const guided = join(folder, 'guide')
  await mkdir(guided)
  await writeFile(join(guided, 'app.py'), await blockOf('python.md', 'app.py'))
  const known = { version: `${version} (Python ${pythonVersion})` }
  return [
    { ...known, name: 'Authlib', visit: (visit) => visitByDocumentation(python, visit) },
    {
      ...known,
      name: 'Authlib by the guide',
      backChannelPath: '/back-channel-logout',
      ways: ['private_key_jwt'],
      visit: (visit) => visitByGuide(python, guided, visit),
    },
  ]
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''

const portOf = (visit: Visit) => Number(new URL(originOf(visit)).port)

const visitByDocumentation = (python: string, visit: Visit): Promise<Seen> => {
  const { client: _, privateKey: __, ...registration } = visit.registration
  const told = { ...registration, issuer: visit.issuer, api: visit.api, port: portOf(visit) }
  const env = { RELYING_APP: JSON.stringify({ ...told, scope: scopes.signIn, apiScope: scopes.api }) }
  return whileServed(originOf(visit), { command: [python, join(source, 'relying_app.py')], env }, () =>
    walkThrough(visit),
  )
}

/** What a person does at the application, with the parts at the service between; each page tells what it then knows. */
const walkThrough = async (visit: Visit): Promise<Seen> => {
  const browser = browserAt(visit)
  const { idTokenText, ...told } = (await goAndComeBack(visit, browser, '/sign-in')).json<Told>()
  const { apiAnswer } = (await goAndComeBack(visit, browser, '/use-api')).json<Pick<Seen, 'apiAnswer'>>()
  const signedOut = await goAndComeBack(visit, browser, '/sign-out')
  return { ...told, algorithm: decodeProtectedHeader(idTokenText).alg, apiAnswer, afterSignOut: signedOut.url }
}

/** The application of the guide, whose client proves itself by a key of its own. */
const visitByGuide = (python: string, folder: string, visit: Visit): Promise<Seen> => {
  const { registration, issuer } = visit
  const command = [python, join(source, 'by_the_guide.py'), String(portOf(visit))]
  const env = {
    PYTHONPATH: folder,
    FOBWATCH_ISSUER: issuer,
    BASE_URL: originOf(visit),
    CLIENT_ID: registration.id,
    CLIENT_KEY: JSON.stringify(registration.privateJwk),
    COOKIE_SECRET: registration.secret,
  }
  return whileServed(originOf(visit), { command, env }, () =>
    useApplication(visit, { signIn: '/login', signOut: '/logout' }),
  )
}
