import { type Case, columns, type Kind, kinds, type Task, uses, type Verdict } from './cases.ts'
import { closes } from './closes.ts'

/** All that was shown, and what was made of it. */
export interface Findings {
  twin: { task: Task; verdicts: Verdict[]; visits: number }
  genuine: { task: Task; verdicts: Verdict[] }[]
  /** Why a language is left out. */
  absent: string[]
  /** What must not be. */
  faults: string[]
}

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
const ways = columns.filter((column) => column !== 'genuine')
const letters: Record<Kind, string> = { access: 'A', id: 'I' }

const groupOf = ({ language, library }: Verdict) => `${language} ${library}`

/** A case with what was made of it. */
type Judged = Verdict & Pick<Case, 'column'>

const judge = ({ task, verdicts }: { task: Task; verdicts: readonly Verdict[] }): Judged[] =>
  verdicts.flatMap((verdict) => {
    const found = task.cases.find(({ kind, name }) => kind === verdict.kind && name === verdict.name)
    return found ? [{ ...verdict, column: found.column }] : []
  })

/** The algorithms whose genuine tokens were taken, with the kinds where not all were. */
const algorithmsOf = (judged: readonly Judged[]): string => {
  const genuine = judged.filter(({ column }) => column === 'genuine')
  const names = [...new Set(genuine.map(({ name }) => name))]
  return names
    .map((name) => ({ name, taken: genuine.filter((each) => each.name === name && each.taken) }))
    .filter(({ taken }) => taken.length > 0)
    .map(({ name, taken }) => {
      const all = genuine.filter((each) => each.name === name).length === taken.length
      return all ? name : `${name} (${taken.map(({ kind }) => letters[kind]).join('')})`
    })
    .join(' ')
}

const cell = (judged: readonly Judged[], column: string): string => {
  const inColumn = judged.filter((each) => each.column === column)
  if (inColumn.length === 0) return ' '
  const taken = kinds.filter((kind) => inColumn.some((each) => each.kind === kind && each.taken))
  return taken.length > 0 ? `**${taken.map((kind) => letters[kind]).join('')}**` : '·'
}

const usesOf = (all: readonly Judged[]) => uses.filter((use) => all.some((each) => each.use === use))

const libraryRows = (judged: readonly Judged[]): string[] => {
  const groups = Map.groupBy(judged, groupOf)
  return [...groups.values()].flatMap((all) =>
    usesOf(all).map((use, index) => {
      const mine = all.filter((each) => each.use === use)
      const { library, version, language } = all[0] as Judged
      const first = index === 0 ? [language, library, version] : ['', '', '']
      return row([...first, use, algorithmsOf(mine), ...ways.map((way) => cell(mine, way))])
    }),
  )
}

/** Which forgeries a library takes as documented, in words. */
const takenBy = (judged: readonly Judged[]): string[] => {
  const forged = judged.filter(({ use, column }) => use === 'documented' && column !== 'genuine' && column !== 'iat')
  return ways.flatMap((way) => {
    const shown = forged.filter(({ column }) => column === way)
    const taken = new Set(shown.filter((each) => each.taken).map(({ name }) => name))
    if (taken.size === 0) return []
    return taken.size > 1 && shown.every((each) => each.taken) ? [`all of *${way}*`] : [[...taken].join(', ')]
  })
}

const explained = (judged: readonly Judged[]): string[] =>
  [...Map.groupBy(judged, groupOf).values()].flatMap((all) => {
    const { library } = all[0] as Judged
    if (!usesOf(all).includes('documented')) return []
    const taken = takenBy(all)
    const closing = closes[library] ?? 'what closes it is not known.'
    return [`- **${library}** takes ${taken.length > 0 ? `${taken.join('; ')}. To close it: ` : 'none: '}${closing}`]
  })

const genuineRows = (genuine: Findings['genuine']): string[] => {
  const judged = genuine.flatMap(judge)
  return [...Map.groupBy(judged, groupOf).values()].flatMap((all) => {
    const advised = all.filter(({ use }) => use === 'advised')
    const { library, language } = all[0] as Judged
    const wrong = advised.filter(({ column, taken }) => column !== 'genuine' && taken).map(({ name }) => name)
    return [
      row([language, library, algorithmsOf(advised), wrong.length > 0 ? `**takes** ${wrong.join(', ')}` : 'refused']),
    ]
  })
}

/** The page of the proof. */
export const tellProof = ({ twin, genuine, absent, faults }: Findings): string => {
  const judged = judge(twin)
  const libraries = new Set(judged.filter(({ use }) => use === 'documented').map(groupOf)).size
  const languages = new Set(judged.map(({ language }) => language)).size
  const tokens = twin.task.cases.length
  return `
${libraries} libraries in ${languages} languages are shown tokens: those that the running service made, and ${tokens} that stand in for
what an attacker sends. Forged tokens come from a twin of the service, an issuer whose private keys are at hand, since
many of them have to be signed as they must be and wrong in one thing only. Its tokens have the header and the claims
that the service's have. Each library fetches the keys and verifies in two ways:

- **documented**: as its own documentation shows somebody who is careful, with the issuer, the audience and a list of
  algorithms;
- **advised**: with what our [guides](../guides) say besides: the type of the token, claims that must be there, and what
  the library leaves to its caller.

The APIs that stand in the guides are run as they stand there, and are sent the access tokens as their callers send them.

## Forged tokens

A dot says that every such token was refused; **A** that an access token was taken, **I** an ID token; an empty cell that
the library reads no such token. The columns:

| column | what was forged |
| --- | --- |
| none | no signature: \`alg\` is none, in any case of letters, with a signature and without |
| HS256 | signed with the public key as the secret: as PEM, DER, JWK or bare, ES256 and RS256; or with an empty one |
| kid | another key under a known \`kid\`, an unknown one, none, or one that is no text; a right key under another's |
| jku, x5u | another key, and where to fetch it; nobody may go there |
| embedded | another key, and the key itself (\`jwk\`) or its certificate (\`x5c\`) in the header |
| typ | signed as it must be, but of another type: an ID token or a logout token for an access token, and so on |
| aud | for somebody else, for nobody, or with no audience |
| iss | from another issuer, from one that differs by a slash, or from none |
| expired, no exp | an hour past its end; with no end |
| nbf, iat | valid from an hour on; issued in an hour. RFC 7519 has nobody refuse the latter, so it counts for nothing |
| cut off | without a part of its signature, its claims, or the whole of it |
| altered | another subject under the old signature; a signature of zeroes; another header |
| crit | signed as it must be, with an extension that must be understood, and that nobody understands |

The column *takes* names the algorithms whose genuine tokens were taken. The service signs with ES256 and RS256 unless a
client asks for another.

${row(['language', 'library', 'version', 'use', 'takes', ...ways])}
${row(['---', '---', '---', '---', '---', ...ways.map(() => ':-:')])}
${libraryRows(judged).join('\n')}

Where a token said that its key was: ${twin.visits} visits.

## What is taken as documented, and what closes it

Without what was issued in an hour.

${explained(judged).join('\n')}

## Tokens of the service itself

ID tokens and access tokens that the running service made, shown to each library as advised: its own are taken, and an ID
token in the place of an access token, the reverse, a token for another API, and one for another client are refused.

${row(['language', 'library', 'takes', 'tokens meant for others'])}
${row(['---', '---', '---', '---'])}
${genuineRows(genuine).join('\n')}

${absent.length > 0 ? `Left out here:\n\n${absent.map((why) => `- ${why}`).join('\n')}\n` : ''}
${faults.length > 0 ? `What must not be:\n\n${faults.map((fault) => `- ${fault}`).join('\n')}` : 'As advised, every library took every genuine token of ES256 and RS256 and refused every forged one.'}
`
}
