import { isAddress, type MailServer, readMailServer } from '#mail'
import { type Environment, readSwitch, required, type Setting } from './setting.ts'

const readSmtpServer = (value: string | undefined): MailServer | undefined =>
  value ? readMailServer(value) : undefined

const readMailFrom = (value: string | undefined, env: Environment): string => {
  if (!env['FOBWATCH_SMTP_URL']) return value ?? ''
  if (!isAddress(required(value))) throw new Error('must be one address such as fobwatch@example.org')
  return required(value)
}

const readMailbox = (value: string | undefined, env: Environment): boolean => {
  const on = value ? readSwitch(value) : false
  if (on && env['FOBWATCH_SMTP_URL']) throw new Error('must be off where FOBWATCH_SMTP_URL is given: mail goes one way')
  return on
}

/** Whether people are told by mail, and through whom. */
export const mailSettings = {
  smtpServer: {
    name: 'FOBWATCH_SMTP_URL',
    meaning:
      'The server that takes mail to people: smtps://user:password@mail.example.org, or smtp:// for STARTTLS. Only a server on this machine itself is spoken to without TLS.',
    unset: 'nobody is told by mail',
    read: readSmtpServer,
  } satisfies Setting<MailServer | undefined>,
  mailFrom: {
    name: 'FOBWATCH_MAIL_FROM',
    meaning: 'The address that mail comes from. It must be given with FOBWATCH_SMTP_URL.',
    unset: 'none',
    read: readMailFrom,
  } satisfies Setting<string>,
  mailbox: {
    name: 'FOBWATCH_MAILBOX',
    meaning:
      'For a demonstration, on or off: mail goes to nobody, and anyone reads it at /mailbox. Never where people are real.',
    unset: 'off',
    read: readMailbox,
  } satisfies Setting<boolean>,
} as const
