import 'reflect-metadata'
import { KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { text as read } from 'node:stream/consumers'
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived. */
export interface Received {
  from: string
  to: string[]
  /** A header's value, unfolded and decoded (RFC 5322 §2.2.3, RFC 2047). */
  header: (name: string) => string | undefined
  text: string
  /** Whether it came by TLS. */
  secure: boolean
}

/** A mail server of a test, on this machine. */
export interface Receiver {
  url: string
  port: number
  mails: Received[]
  stop: () => Promise<void>
}

const decodeWord = (_: string, form: string, word: string): string =>
  form.toLowerCase() === 'b' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' '))

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

const headersOf = (head: string): Map<string, string> =>
  new Map(
    head
      .replace(/\r\n(?=[ \t])/g, '')
      .split('\r\n')
      .map((line) => {
        const colon = line.indexOf(':')
        const value = line
          .slice(colon + 1)
          .trim()
          .replace(/\?=\s+=\?/g, '?==?')
          .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, decodeWord)
        return [line.slice(0, colon).toLowerCase(), value]
      }),
  )

const decodeBody = (body: string, encoding: string | undefined): string => {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  return encoding === 'quoted-printable' ? decodeQuoted(body) : body
}

const readMail = (raw: string): Pick<Received, 'header' | 'text'> => {
  const end = raw.indexOf('\r\n\r\n')
  const headers = headersOf(raw.slice(0, end))
  const body = decodeBody(raw.slice(end + 4), headers.get('content-transfer-encoding'))
  return { header: (name) => headers.get(name), text: body.replaceAll('\r\n', '\n') }
}

/** What a server proves its name by, in PEM. */
export interface Credentials {
  cert: string
  key: string
}

/** Makes a certificate for `localhost` that nobody vouches for. */
export const selfSigned = async (): Promise<Credentials> => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...{ name: 'CN=localhost', keys, signingAlgorithm: algorithm },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  })
  const key = KeyObject.from(keys.privateKey).export({ format: 'pem', type: 'pkcs8' }).toString()
  return { cert: certificate.toString('pem'), key }
}

interface Options {
  port?: number
  refuse?: string
  tls?: Credentials & { secure: boolean }
}

/**
 * Starts a real mail server on this machine.
 * @param tls what it offers TLS with, or begins with when `secure`; it has none unless given
 * @param port the one to listen on; any free one unless given
 * @param refuse what it answers to every reader's address, such as `550 Nobody here`
 */
export const startReceiver = async ({ port = 0, refuse, tls }: Options = {}): Promise<Receiver> => {
  const mails: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['STARTTLS', 'AUTH'],
    ...tls,
    logger: false,
    onRcptTo: (_address, _session, callback) =>
      callback(refuse ? Object.assign(new Error(refuse.slice(4)), { responseCode: Number(refuse.slice(0, 3)) }) : null),
    onData: (stream, { envelope, secure }, callback) => {
      read(stream).then((raw) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), secure, ...readMail(raw) })
        callback(null)
      }, callback)
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (typeof address !== 'object' || !address) throw new Error('No port')
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()))
  const url = `${tls?.secure ? 'smtps' : 'smtp'}://${tls ? 'localhost' : '127.0.0.1'}:${address.port}`
  return { url, port: address.port, mails, stop }
}
