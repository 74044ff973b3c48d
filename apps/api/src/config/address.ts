import { isIP } from 'node:net'
import { type Environment, type Setting, wholeNumber } from './setting.ts'

const portOf = wholeNumber(0, 65_535, 3000)

const readIssuer = (value: string | undefined, env: Environment): string => {
  const issuer = value || `http://localhost:${portOf(env['PORT'])}`
  const url = URL.parse(issuer)
  if (!url) throw new Error('must be an address such as https://id.example.org')
  if (url.origin !== issuer) throw new Error(`must be an origin and nothing more, exactly ${url.origin}`)
  // A browser gives passkeys to secure contexts only (WebAuthn L3 §5), and of plain http that is localhost alone.
  if (url.protocol !== 'https:' && url.hostname !== 'localhost') throw new Error('must be https, except on localhost')
  if (isIP(url.hostname.replace(/[[\]]/g, '')))
    throw new Error('must be a name, since passkeys are not given to IP addresses')
  return issuer
}

const readRpId = (value: string | undefined, env: Environment): string => {
  const host = new URL(readIssuer(env['FOBWATCH_ISSUER'], env)).hostname
  const rpId = value || host
  const isAbove = rpId.includes('.') && host.endsWith(`.${rpId}`)
  if (host !== rpId && !isAbove) throw new Error(`must be ${host} or a domain that it lies in`)
  return rpId
}

/** Where the service listens, and what it is known by. */
export const addressSettings = {
  host: {
    name: 'HOST',
    meaning: 'The address to listen on.',
    unset: '127.0.0.1: this machine alone',
    read: (value) => value || '127.0.0.1',
  } satisfies Setting<string>,
  port: { name: 'PORT', meaning: 'The port to listen on.', unset: '3000', read: portOf } satisfies Setting<number>,
  issuer: {
    name: 'FOBWATCH_ISSUER',
    meaning: 'The origin that people and applications know this service by; the `iss` of every token.',
    unset: 'http://localhost with the port',
    read: readIssuer,
  } satisfies Setting<string>,
  rpId: {
    name: 'FOBWATCH_RP_ID',
    meaning: 'The WebAuthn RP ID that passkeys are bound to. It is fixed at first start.',
    unset: "the issuer's host",
    read: readRpId,
  } satisfies Setting<string>,
} as const
