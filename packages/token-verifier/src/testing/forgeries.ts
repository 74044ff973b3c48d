import { createHmac } from 'node:crypto'
import { CompactEncrypt, exportSPKI, importJWK } from 'jose'
import { type Changes, newKey, type SigningKey, seconds } from './issuer.ts'

/** Makes a token of one kind: an access token, an ID token or a logout token. */
export type Mint = (signer: SigningKey, changes?: Changes) => Promise<string>

/** A token that nobody may believe, and what is wrong with it. */
export type Forgery = { title: string; token: string }

type Stage = {
  mint: Mint
  /** The issuer's keys: one for ES256, and one for RS256. */
  key: SigningKey
  rsaKey: SigningKey
  /** Where the attacker would have keys fetched from. */
  trap: string
}

/** What an attacker sends to a verifier: line by line, for any kind of token. */
export const forgeries = async (stage: Stage): Promise<Forgery[]> => {
  const made = [...(await unsigned(stage)), ...(await byOtherKeys(stage)), ...(await forOthers(stage))]
  return [...made, ...(await notWhole(stage))]
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const headerOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())

const withHeader = (token: string, header: object) =>
  [encode({ ...headerOf(token), ...header }), token.split('.')[1]].join('.')

const unsigned = async ({ mint, key, rsaKey }: Stage): Promise<Forgery[]> => {
  const good = await mint(key)
  const hmac = (secret: string) => {
    const signed = withHeader(good, { alg: 'HS256', kid: rsaKey.kid })
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  }
  const pem = await exportSPKI((await importJWK(rsaKey.publicJwk, 'RS256')) as never)
  return [
    ...['none', 'None', 'NONE', ''].map((alg) => ({ title: `alg ${alg}`, token: `${withHeader(good, { alg })}.` })),
    { title: 'alg none with a signature', token: `${withHeader(good, { alg: 'none' })}.${good.split('.')[2]}` },
    { title: 'HS256 with the public key in PEM', token: hmac(pem) },
    { title: 'HS256 with the public key in PEM, trimmed', token: hmac(pem.trim()) },
    { title: 'HS256 with the public key as a JWK', token: hmac(JSON.stringify(rsaKey.publicJwk)) },
    { title: 'a signature of nothing but zeros', token: `${withHeader(good, {})}.${'A'.repeat(86)}` },
    {
      title: 'the signature of another token',
      token: await signatureOf(await mint(key, { claims: { iat: 1 } }), good),
    },
    {
      title: 'an encrypted token',
      token: await new CompactEncrypt(Buffer.from('{}'))
        .setProtectedHeader({ ...headerOf(good), alg: 'RSA-OAEP', enc: 'A128GCM' })
        .encrypt(await importJWK({ ...rsaKey.publicJwk, alg: 'RSA-OAEP', use: 'enc' }, 'RSA-OAEP')),
    },
  ]
}

const signatureOf = async (other: string, token: string) =>
  [...token.split('.').slice(0, 2), other.split('.')[2]].join('.')

const byOtherKeys = async ({ mint, key, rsaKey, trap }: Stage): Promise<Forgery[]> => {
  const theirs = await newKey(key.kid)
  const { publicJwk } = theirs
  const headers: Record<string, Record<string, unknown>> = {
    'another key under a known kid': {},
    'an unknown kid': { kid: 'nobody' },
    'a kid that is a path': { kid: '../../../dev/null' },
    'a kid that is a query': { kid: "' OR 1=1 --" },
    'no kid': { kid: undefined },
    'jku, where to fetch its key': { jku: `${trap}/jwks` },
    'x5u, where to fetch its chain': { x5u: `${trap}/chain` },
    'a key of its own': { jwk: publicJwk },
    'a chain of its own': { x5c: ['MIIB'] },
    'a critical extension': { crit: ['b64'], b64: true },
  }
  const bySomeoneElse = Object.entries(headers).map(async ([title, header]) => ({
    title,
    token: await mint(theirs, { header }),
  }))
  return [
    ...(await Promise.all(bySomeoneElse)),
    { title: 'the kid of another key of the issuer', token: await mint(key, { header: { kid: rsaKey.kid } }) },
    { title: 'jku, though well signed', token: await mint(key, { header: { jku: `${trap}/jwks` } }) },
    { title: 'its own key, though well signed', token: await mint(key, { header: { jwk: key.publicJwk } }) },
  ]
}

const forOthers = async ({ mint, key }: Stage): Promise<Forgery[]> => {
  const changes: Record<string, Changes> = {
    'a type that there is not': { header: { typ: 'token' } },
    'a type that is a number': { header: { typ: 7 } },
    'another issuer': { claims: { iss: 'https://login.test' } },
    'no issuer': { claims: { iss: undefined } },
    'another audience': { claims: { aud: 'somebody-else' } },
    'an empty list of audiences': { claims: { aud: [] } },
    'no audience': { claims: { aud: undefined } },
    'a time that is over': { claims: { exp: seconds() - 60 } },
    'no end': { claims: { exp: undefined } },
    'an end that is text': { claims: { exp: '4102444800' } },
    'a time that is to come': { claims: { iat: seconds() + 60 } },
    'a beginning that is to come': { claims: { nbf: seconds() + 60 } },
    'no time at all': { claims: { iat: undefined } },
  }
  const made = Object.entries(changes).map(async ([title, change]) => ({ title, token: await mint(key, change) }))
  return Promise.all(made)
}

const notWhole = async ({ mint, key }: Stage): Promise<Forgery[]> => {
  const good = await mint(key)
  const [header, payload, signature] = good.split('.')
  return [
    ...[0.2, 0.5, 0.8, 0.99].map((part) => ({
      title: `cut off after ${part * 100} %`,
      token: good.slice(0, Math.floor(good.length * part)),
    })),
    { title: 'without its signature', token: `${header}.${payload}.` },
    { title: 'without its last dot', token: `${header}.${payload}` },
    { title: 'with a part too many', token: `${good}.${signature}` },
    { title: 'as JSON', token: JSON.stringify({ protected: header, payload, signature }) },
    { title: 'nothing', token: '' },
  ]
}
