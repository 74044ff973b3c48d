import type { Stranger, Way } from './visit.ts'

/** How one library fared with one way of proving the client. */
export interface Outcome {
  stranger: Pick<Stranger, 'name' | 'version'>
  way: Way
  /** What went wrong, if anything did. */
  fault: string | undefined
  seconds: number
}

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`

/** The page of the proof: what every library did, and whether it went through. */
export const tellProof = (outcomes: readonly Outcome[]): string => {
  const table = outcomes.map(({ stranger, way, fault, seconds }) =>
    row([stranger.name, stranger.version, `\`${way}\``, fault ? `**no**: ${fault}` : 'yes', `${seconds.toFixed(1)} s`]),
  )
  return `
Client libraries that know nothing of Fobwatch sign somebody in at a running service, each in every way that a client may
prove itself. The library does all that an application does: discovery, the authorization request with PKCE (S256), state
and nonce, the code, the ID token with its signature checked against the published keys, userinfo, an access token for
an API by resource indicator, a call of that API, and signing out. The person's part, setting up a device and using it,
is done over HTTP by an authenticator in software. Half of the clients take ID tokens by ES256, half by RS256.

Besides, it is checked that the subject is the person's staff id, that \`acr\`, \`amr\` and the role are there, that the API
(on \`packages/token-verifier\`) takes its token and learns the role, that the browser comes back after signing out with
the application's state, and that then nobody is signed in and the access token is dead.

${row(['library', 'version', 'the client proves itself by', 'went through', 'time'])}
${row(['---', '---', '---', '---', '---:'])}
${table.join('\n')}
`
}
