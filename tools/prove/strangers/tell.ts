import type { Stranger, Way } from './visit.ts'

/** How one library fared with one way of proving the client. */
export interface Outcome {
  stranger: Pick<Stranger, 'name' | 'version'>
  way: Way
  calledApi: boolean
  /** Whether it was told of a log out elsewhere. */
  isTold: boolean
  /** What went wrong, if anything did. */
  fault: string | undefined
  seconds: number
}

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`

/**
 * The page of the proof: what every library did, and whether it went through.
 * @param absent who could not be had, and why
 */
export const tellProof = (outcomes: readonly Outcome[], absent: readonly string[]): string => {
  const table = outcomes.map(({ stranger, way, calledApi, isTold, fault, seconds }) =>
    row([
      stranger.name,
      stranger.version,
      `\`${way}\``,
      fault ? `**no**: ${fault}` : 'yes',
      calledApi ? 'yes' : '–',
      isTold ? 'yes' : '–',
      `${seconds.toFixed(1)} s`,
    ]),
  )
  return `
Client libraries that know nothing of Fobwatch sign somebody in at a running service, in each of the ways that their
clients can prove themselves. The library does all that an application does: discovery, the authorization request with
PKCE (S256), state and nonce, the code, the ID token, userinfo, and signing out; those that call APIs also get an access
token for one by resource indicator, and call it. Under FAPI 2.0 the request is pushed (PAR) and tokens are bound to a key
(DPoP); express-openid-connect pushes its request too. Passport knows neither discovery nor PKCE, and its client is let
off the latter. Auth.js, Passport and express-openid-connect believe an ID token that comes straight from the token
endpoint; all others check its signature against the published keys. The person's part,
setting up a device and using it, is done over HTTP by an authenticator in software. Clients with a secret take ID tokens
signed with RS256, the others with ES256. Those called *by the guide* are the programs and configurations of
[docs/guides](../guides), run as they stand there.

Besides, it is checked that the subject is the person's staff id, that \`acr\`, \`amr\` and the role are there, that the API
(on \`packages/token-verifier\`) takes its token and learns the role, that the browser comes back after signing out with
the application's state, and that then nobody is signed in and the access token is dead. An application that hears of
log outs (OpenID Connect Back-Channel Logout) is told of one that it had no part in, and must have ended its own session.

${row(['library', 'version', 'the client proves itself by', 'went through', 'called the API', 'told of a log out', 'time'])}
${row(['---', '---', '---', '---', '---', '---', '---:'])}
${table.join('\n')}
${absent.length > 0 ? `\nLeft out on this machine:\n\n${absent.map((why) => `- ${why}`).join('\n')}\n` : ''}`
}
