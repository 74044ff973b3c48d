import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { Failure } from './failure.ts'
import { commandOf, root, runProgram } from './programs.ts'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const usualPlaces = [
  '/usr/bin/chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable]
    return folder ? [join(folder, 'Google/Chrome/Application/chrome.exe')] : []
  }),
]

type Say = (line: string) => void

/**
 * The path of a Chromium that runs: `CHROMIUM_PATH`, one that is installed, Playwright's own, or else one that it
 * installs now.
 * @throws Failure in one sentence when there is none and none can be had
 */
export const provideChromium = async (say: Say): Promise<string> => {
  const named = process.env['CHROMIUM_PATH']
  if (named && !(await runs(named))) throw new Failure(`CHROMIUM_PATH names ${named}, which does not run.`)
  const found = named ?? (await findChromium())
  if (found) return found

  say('Installing Chromium for the journeys in a browser …')
  const reasons = [await installByApt(), await installByPlaywright()]
  const installed = await findChromium()
  if (installed) return installed
  const why = reasons.filter((reason) => reason !== undefined).join('; ')
  throw new Failure(`There is no Chromium, and it could not be installed (${why}): install one and set CHROMIUM_PATH.`)
}

const findChromium = async (): Promise<string | undefined> => {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)))
  for (const path of [...onPath, ...usualPlaces, playwrightsOwn()]) if (await runs(path)) return path
  return undefined
}

/** Some systems keep a placeholder under the name, so the question is whether it runs. */
const runs = async (path: string): Promise<boolean> => {
  const isProgram = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!isProgram) return false
  // On Windows the browser does not answer to --version, and opens a window.
  if (process.platform === 'win32') return true
  return (await runProgram(path, ['--version'])).code === 0
}

const playwrightsOwn = (): string =>
  createRequire(join(root, 'e2e/package.json'))('@playwright/test').chromium.executablePath()

/** @returns why not, if not */
const installByApt = async (): Promise<string | undefined> => {
  if (process.getuid?.() !== 0) return 'only root may install packages'
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) => runProgram('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env })
  if ((await runProgram('apt-get', ['--version'])).code !== 0) return 'this system has no apt-get'
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium')
  if ((await install()).code === 0) return undefined

  await apt('update')
  const { code, output } = await install()
  return code === 0 ? undefined : `apt-get: ${lastLine(output)}`
}

/** @returns why not, if not */
const installByPlaywright = async (): Promise<string | undefined> => {
  if (await findChromium()) return undefined
  const cli = commandOf('@playwright/test', 'playwright', 'e2e')
  const { code, output } = await runProgram(process.execPath, [cli, 'install', 'chromium'])
  return code === 0 ? undefined : `playwright: ${lastLine(output)}`
}

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? ''
