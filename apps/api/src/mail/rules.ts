import { isThisMachine } from '#kernel'

/** A plain letter: no pictures, no links to follow, nothing that a mail program would run. */
export interface Letter {
  /** One address, and nothing else. */
  to: string
  subject: string
  text: string
}

// What the protocol or a header would read as its own is in neither half: no space, no control, no <>,;:"()[]\ .
const address = /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[\p{L}\p{N}.-]{1,255}$/u

/** Whether a text is one address that mail can be sent to. */
export const isAddress = (text: string): boolean => address.test(text)

/** A text for a header: whatever would end the line, or is not seen, is a space. RFC 5322 §2.2. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()

/** Where mail is handed in. */
export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte; otherwise STARTTLS is asked for. */
  secure: boolean
  /** Only this very machine is spoken to in the clear. */
  here: boolean
  login: { user: string; pass: string } | undefined
}

/**
 * Reads the address of a mail server, such as `smtps://fobwatch:secret@mail.example.org`.
 * @throws Error for anything more, since an option in an address could turn off what protects the mail
 */
export const readMailServer = (text: string): MailServer => {
  const url = URL.parse(text)
  if (!url?.hostname || !['smtp:', 'smtps:'].includes(url.protocol))
    throw new Error('must be an address such as smtps://user:password@mail.example.org')
  if (url.search || url.hash || !['', '/'].includes(url.pathname))
    throw new Error('must be the address of a mail server and nothing more')
  const secure = url.protocol === 'smtps:'
  return {
    host: url.hostname.replace(/[[\]]/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    here: isThisMachine(url.hostname),
    login: url.username
      ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
      : undefined,
  }
}
