import { once } from 'node:events'
import { text as read } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived. */
export interface Received {
  from: string
  to: string[]
  /** A header's value, unfolded and decoded (RFC 5322 §2.2.3, RFC 2047). */
  header: (name: string) => string | undefined
  text: string
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

/**
 * Starts a real mail server on this machine, without TLS.
 * @param port the one to listen on; any free one unless given
 * @param refuse what it answers to every reader's address, such as `550 Nobody here`
 */
export const startReceiver = async ({
  port = 0,
  refuse,
}: {
  port?: number
  refuse?: string
} = {}): Promise<Receiver> => {
  const mails: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, callback) =>
      callback(refuse ? Object.assign(new Error(refuse.slice(4)), { responseCode: Number(refuse.slice(0, 3)) }) : null),
    onData: (stream, { envelope }, callback) => {
      read(stream).then((raw) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), ...readMail(raw) })
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
  return { url: `smtp://127.0.0.1:${address.port}`, port: address.port, mails, stop }
}
