import { isFine, known } from './known.ts'
import type { Complaint, Outcome } from './run-module.ts'

export interface PlanOutcome {
  plan: string
  variant: Record<string, string>
  outcomes: Outcome[]
}

/** Which suite it was, by its own word. */
export interface SuiteVersion {
  version: string
  revision: string
}

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`

/** The file of a picture, beside the page of the proof. */
export const pictureOf = (module: string, index: number): string => `${module}${index === 0 ? '' : `-${index + 1}`}.png`

const wordsOf = (complaints: Complaint[]): string =>
  complaints
    .slice(0, 3)
    .map(({ condition, message }) => `${condition}: ${message}`)
    .join('; ')
    .replaceAll('|', '\\|')

const noteOf = (outcome: Outcome): string => {
  const { module, result, complaints, pictures } = outcome
  if (result === 'PASSED') return ''
  if (!isFine(outcome)) return `**${wordsOf(complaints) || 'not as it should be'}**`
  const links = pictures.map((_, index) => `[picture](conformance/${pictureOf(module, index)})`)
  return [known[module]?.why ?? '', ...links].join(' · ')
}

const tableOf = ({ plan, variant, outcomes }: PlanOutcome): string => {
  const choices = Object.entries(variant).map(([name, value]) => `${name}: ${value}`)
  const rows = outcomes.map((each) =>
    row([`\`${each.module}\``, isFine(each) ? each.result : `**${each.result}**`, noteOf(each)]),
  )
  return [
    `## ${plan}`,
    ...(choices.length > 0 ? ['', `Variant: ${choices.join(', ')}.`] : []),
    '',
    row(['test', 'result', 'what there is to know']),
    row(['---', '---', '---']),
    ...rows,
  ].join('\n')
}

const count = (outcomes: Outcome[], result: Outcome['result']) =>
  outcomes.filter((each) => each.result === result).length || '–'

const shown = ['PASSED', 'WARNING', 'REVIEW', 'SKIPPED'] as const

const summaryOf = (plans: PlanOutcome[]): string =>
  [
    row(['plan', 'tests', ...shown.map((each) => each.toLowerCase()), 'failed or not run']),
    row(['---', ...shown.map(() => '---:'), '---:', '---:']),
    ...plans.map(({ plan, outcomes }) => {
      const others = outcomes.filter(({ result }) => !shown.some((each) => each === result)).length
      return row([`\`${plan}\``, outcomes.length, ...shown.map((each) => count(outcomes, each)), others || '–'])
    }),
  ].join('\n')

/** The page of the proof: every test of every plan, by the suite's own names and with its own results. */
export const tellProof = (plans: PlanOutcome[], { version, revision }: SuiteVersion): string => `
The OpenID Foundation's conformance suite, version ${version} (${revision}), held a running service against five of its
plans. The suite played the applications, over TLS on the loopback; a headless Chromium with a virtual authenticator was
the person, who set up a device and logged in on the pages of the service. Every test of each plan was run; nothing was
left out. This is no certification, which only the Foundation gives.

The results are the suite's own. **Warning**: nothing is broken, and the suite asks whether it is meant so; the tables say
why it is. **Review**: the suite wants somebody to look at a page of the service; the pictures are what it was given.
**Skipped**: the suite found that the service does not offer what the test is about. A warning, a review or a skip that
\`tools/prove/conformance/known.ts\` does not explain makes this proof fail, as a failure does.

${summaryOf(plans)}

${plans.map(tableOf).join('\n\n')}

## To run it again

\`CONFORMANCE_SUITE=fapi-test-suite.jar CONFORMANCE_MONGODB=mongodb://127.0.0.1:27017/test_suite npm run prove:conformance\`,
with a Java of 21 or newer, OpenSSL and Chromium. Words after \`--\` choose plans and tests, and then this page stays as it is.

The suite is built from its sources by Maven (\`mvn package\`). Two things were done here that change no test of these plans.
\`org.multipaz\`, which the tests of wallets need, was not to be had: the conditions that use it were replaced by ones that
fail, and the plans for wallets left out. And in place of MongoDB there was mongo-java-server, an in-memory stand-in, told
to answer \`getParameter\` with a \`featureCompatibilityVersion\` of 6.0, which it does not know by itself.
`
