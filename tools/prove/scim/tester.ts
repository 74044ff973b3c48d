import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Failure } from '../../failure.ts'
import { root, runProgram } from '../../programs.ts'

/** What scim2-tester found of one thing. */
export interface Check {
  passed: boolean
  title: string
  /** What it said besides. */
  reason: string
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? ''

/**
 * Installs scim2-tester for the Python of this machine, in a folder of its own.
 * @returns the program
 * @throws Failure in one sentence when there is no Python 3, or it can install nothing
 */
export const prepareTester = async (folder: string): Promise<string> => {
  const made = await runProgram('python3', ['-m', 'venv', folder])
  if (made.code !== 0) throw new Failure(`scim2-tester needs Python 3 with venv: ${lastLine(made.output)}`)
  const requirements = join(root, 'tools/prove/scim/requirements.txt')
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '-r', requirements]
  const installed = await runProgram(join(folder, 'bin/python'), pip)
  if (installed.code !== 0) throw new Failure(`scim2-tester could not be installed: ${lastLine(installed.output)}`)
  return join(folder, 'bin/scim2')
}

/** Reads what it prints: a line for each check, and what it has to say below. */
const readChecks = (output: string): Check[] => {
  const checks: Check[] = []
  for (const line of output.split('\n')) {
    const [, verdict, title] = /^(SUCCESS|ERROR|CRITICAL|SKIPPED|ACCEPTABLE|DEVIATION|COMPLIANT) (.+)$/.exec(line) ?? []
    if (verdict && title) checks.push({ passed: verdict !== 'ERROR' && verdict !== 'CRITICAL', title, reason: '' })
    const last = checks.at(-1)
    if (!verdict && line.startsWith('  ') && last) last.reason = `${last.reason} ${line.trim()}`.trim()
  }
  return checks
}

interface Schema {
  id: string
  attributes: { name: string; canonicalValues?: string[] }[]
}

/**
 * What it is told of the schemas: what the service says, and an example of a birth date. It fills attributes with random
 * text unless a schema has examples, and a schema of RFC 7643 cannot say that a text is a day.
 */
const schemasFrom = async (url: string, token: string): Promise<string> => {
  const answer = await fetch(`${url}/Schemas`, { headers: { authorization: `Bearer ${token}` } })
  const { Resources } = (await answer.json()) as { Resources: Schema[] }
  for (const { attributes } of Resources)
    for (const attribute of attributes) if (attribute.name === 'birthDate') attribute.canonicalValues = ['1990-02-28']
  return JSON.stringify(Resources)
}

/** Has it try every check that it knows against a service. */
export const runTester = async (
  program: string,
  url: string,
  token: string,
): Promise<{ checks: Check[]; output: string }> => {
  const schemas = join(dirname(program), 'schemas.json')
  await writeFile(schemas, await schemasFrom(url, token))
  const env = { ...process.env, NO_COLOR: '1', SCIM_CLI_HEADERS: `Authorization: Bearer ${token}` }
  const { output } = await runProgram(program, ['--url', url, '--schemas', schemas, 'test', '--verbose'], { env })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  const plain = output.replace(/\u001b\[[0-9;]*m/g, '')
  return { checks: readChecks(plain), output: plain }
}
