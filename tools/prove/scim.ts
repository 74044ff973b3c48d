/**
 * `npm run prove:scim`: scim2-tester, a program of other people that holds SCIM services against RFC 7643 and RFC 7644, is
 * installed in a temporary folder and let loose on the running service as an HR system.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { type Check, prepareTester, runTester } from './scim/tester.ts'
import { setStage } from './stage/set-stage.ts'
import { writeProof } from './stage/write-proof.ts'

/** Fewer would mean that it gave up at the first. */
const fewest = 20
const client = { id: 'prove-scim', secret: 'used-by-a-proof-and-thrown-away' }

/** What it would have otherwise, and why it is as it is. */
const explained = [
  {
    is: ({ title, reason }: Check) => title === 'check_remove_attribute' && reason.includes('enterprise:2.0:User'),
    why: 'The enterprise extension cannot be removed whole: `organization` is in it, which is immutable, so that the answer is `mutability` (RFC 7644 §3.5.2.2).',
  },
]
const whyOf = (check: Check) => explained.find(({ is }) => is(check))?.why

const say = (line: string) => console.log(line)

const getToken = async (issuer: string): Promise<string> => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'scim' })
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`
  const answer = await fetch(`${issuer}/token`, { method: 'POST', headers: { authorization }, body })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (!token) throw new Failure(`There is no token for the feed: ${answer.status}.`)
  return token
}

const prove = async (): Promise<{ checks: Check[]; output: string; logs: string }> => {
  const folder = await mkdtemp(join(tmpdir(), 'fobwatch-scim-'))
  const undo: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    say('Fetching scim2-tester …')
    const program = await prepareTester(folder)
    say('Starting the service …')
    const stage = await setStage({ instances: 1 })
    undo.push(stage.strike)
    await stage.house.makeNurse((await stage.house.addPerson('Ines', 'Fictive')).id)
    await stage.house.registerClient({
      ...client,
      name: 'An HR system',
      metadata: { grant_types: ['client_credentials'], feed_organisation: 'ZZP01' },
      apis: [{ resource: `${stage.issuer}/scim`, name: 'People from an HR system', scopes: ['scim'] }],
    })
    say('Trying …')
    const found = await runTester(program, `${stage.issuer}/scim/v2`, await getToken(stage.issuer))
    return { ...found, logs: await stage.logs() }
  } finally {
    for (let last = undo.pop(); last; last = undo.pop()) await last()
  }
}

const tell = (checks: readonly Check[]): string =>
  [
    'scim2-tester 0.5.2 (Python) tried the service as an HR system: discovery, schemas, and users made, read, listed,',
    'replaced, changed by PATCH attribute by attribute, and deleted.',
    '',
    `Of ${checks.length} checks ${checks.filter(({ passed }) => passed).length} passed.`,
    '',
    ...Map.groupBy(checks, ({ title }) => title)
      .entries()
      .map(([title, all]) => `- ${title}: ${all.filter(({ passed }) => passed).length} of ${all.length}`),
    ...checks.flatMap(({ passed, title, reason }) =>
      passed
        ? []
        : [
            `- **${whyOf({ passed, title, reason }) ? 'explained' : 'failed'}**: ${title}: ${whyOf({ passed, title, reason }) ?? reason}`,
          ],
    ),
  ].join('\n')

const { checks, output, logs } = await prove()
const failed = checks.filter((check) => !check.passed && !whyOf(check))
for (const { title, reason } of failed) say(`✖ ${title}: ${reason}`)
const passed = failed.length === 0 && checks.length >= fewest
if (checks.length < fewest) say(output)
if (logs) say(logs)
say(`${checks.length} checks, ${failed.length} failed.`)
if (checks.length >= fewest)
  say(
    `Written to ${await writeProof({ name: 'scim', title: 'SCIM 2.0, by scim2-tester', body: tell(checks), passed })}.`,
  )
process.exit(passed ? 0 : 1)
