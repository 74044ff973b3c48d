import { isAddress, type Letter, type MailServer, oneLine } from './rules.ts'

/** Hands a letter to whoever takes it to its reader. */
export type Send = (letter: Letter) => Promise<void>

/** How long a mail server may take, in milliseconds. */
const patience = { dnsTimeout: 5_000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }
/** For all of it, so that one that answers a byte at a time holds nothing up. */
const patienceInAll = 45_000

// A server's own words may repeat the address, and the log names nobody.
const sentenceFor = (error: unknown): string => {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return ['the mail server did not take it', code, responseCode].filter(Boolean).join(' ')
}

const connect = async ({ host, port, secure, here, login }: MailServer) => {
  // Loaded for the first letter: many processes never send one, and none that has just started.
  const { createTransport } = await import('nodemailer')
  return createTransport({
    ...{ host, port, secure, ...patience },
    ...(here ? { ignoreTLS: true } : { requireTLS: true }),
    ...(login && { auth: login }),
    tls: { minVersion: 'TLSv1.2' },
    // A letter holds text, never the name of something to fetch.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
}

/**
 * Sends letters by SMTP (RFC 5321), over TLS with a certificate that this machine trusts, save to this machine itself.
 * @param from the address that they come from
 * @throws Error, on sending, that says how it failed and names nobody
 */
export const sendBySmtp = (server: MailServer, from: string): Send => {
  return async ({ to, subject, text }) => {
    if (!isAddress(to)) throw new Error('the address is none')
    const transport = await connect(server)
    const tooLate = Promise.withResolvers<never>()
    const timer = setTimeout(() => tooLate.reject({ code: 'ETIMEDOUT' }), patienceInAll)
    try {
      await Promise.race([
        tooLate.promise,
        transport.sendMail({
          from: { name: 'Fobwatch', address: from },
          to: { name: '', address: to },
          envelope: { from, to },
          subject: oneLine(subject),
          text,
          // RFC 3834: nobody's answering machine need reply.
          headers: { 'Auto-Submitted': 'auto-generated' },
          xMailer: false,
        }),
      ])
    } catch (error) {
      throw new Error(sentenceFor(error), { cause: error })
    } finally {
      clearTimeout(timer)
      transport.close()
    }
  }
}
