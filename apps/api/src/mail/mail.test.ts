import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { openStore, type Store } from '@fobwatch/store'
import { createTestDatabase, fakeClock, type TestDatabase } from '@fobwatch/testkit'
import { createMail, readMailServer } from '#mail'
import { type Receiver, selfSigned, startReceiver } from './receiver.testing.ts'

const from = 'fobwatch@fernbrook.example'
const to = 'asha.fiction@fernbrook.example'

describe('mail by SMTP', () => {
  let receiver: Receiver
  let database: TestDatabase
  let store: Store
  before(async () => {
    database = await createTestDatabase()
    store = openStore({ url: database.url })
  })
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  after(async () => {
    await store.close()
    await database.drop()
  })

  const open = (server: string | undefined, mailbox = false, now = '2026-11-21T09:00:00.000Z') =>
    createMail({
      ...{ store, from, mailbox, now: fakeClock(now).now },
      server: server === undefined ? undefined : readMailServer(server),
    })
  const send = async (letter: { to?: string; subject?: string; text?: string }, server = receiver.url) => {
    const { send } = open(server)
    await send?.({ to, subject: 'A subject', text: 'A text.\n', ...letter })
  }

  it('arrives as it was written: the addresses, the subject, and a text with names of any letters', async () => {
    const text = 'Hello Oisín Pennyroyal,\n\nYour key: Schlüssel für Ōtsu 🔑\n'
    await send({ subject: 'A new way – “Schlüssel” – was set up', text })
    await receiver.stop()
    const [mail, ...more] = receiver.mails
    assert.deepEqual(more, [])
    assert.deepEqual([mail?.from, mail?.to], [from, [to]])
    assert.equal(mail?.header('from'), `Fobwatch <${from}>`)
    assert.equal(mail?.header('to'), to)
    assert.equal(mail?.header('subject'), 'A new way – “Schlüssel” – was set up')
    assert.equal(mail?.header('auto-submitted'), 'auto-generated')
    assert.match(mail?.header('content-type') ?? '', /^text\/plain; charset=utf-8$/i)
    assert.equal(mail?.text, text)
  })

  it('takes no header from a subject with line breaks in it', async () => {
    const forms = ['\r\n', '\n', '\r', '\r\n ', '\u2028', '\u0085', '\0\r\n']
    for (const line of forms) await send({ subject: `Blue key${line}Bcc: eve@evil.example${line}${line}<p>hello` })
    await receiver.stop()
    assert.equal(receiver.mails.length, forms.length)
    for (const mail of receiver.mails) {
      assert.equal(mail.header('bcc'), undefined)
      assert.deepEqual(mail.to, [to])
      assert.equal(mail.header('subject'), 'Blue key Bcc: eve@evil.example <p>hello')
      assert.equal(mail.text, 'A text.\n')
    }
  })

  it('goes to one address and to nothing else', async () => {
    const addresses = [
      ...[
        '',
        'asha',
        '@fernbrook.example',
        'asha@',
        'a b@c.example',
        `${to}, eve@evil.example`,
        `${to};eve@evil.example`,
      ],
      ...[
        `Asha <${to}>`,
        `<${to}>`,
        `${to}\r\nBcc: eve@evil.example`,
        `${to}> RCPT TO:<eve@evil.example`,
        `"a"@c.example`,
      ],
    ]
    for (const address of addresses) await assert.rejects(send({ to: address }), /the address is none/, address)
    await receiver.stop()
    assert.deepEqual(receiver.mails, [])
  })

  it('stays what it is when a line of it looks like the end', async () => {
    const text = 'One\n.\nQUIT\n..\nFrom here\n'
    await send({ text })
    await receiver.stop()
    assert.equal(receiver.mails[0]?.text, text)
  })

  it('says how it failed, and names nobody', async () => {
    await receiver.stop()
    const down = await send({}).catch((error: Error) => error.message)
    assert.equal(down, 'the mail server did not take it ESOCKET')
    receiver = await startReceiver({ refuse: '550 There is no asha.fiction here' })
    const refused = await send({}).catch((error: Error) => error.message)
    await receiver.stop()
    assert.equal(refused, 'the mail server did not take it EENVELOPE 550')
  })

  it('asks another machine for TLS, and sends nothing where there is none', async () => {
    // The name is this machine's; it is the rule for any other that is applied to it.
    const server = { ...readMailServer(receiver.url), here: false }
    const mail = createMail({ store, from, mailbox: false, now: () => new Date(), server })
    await assert.rejects(
      mail.send?.({ to, subject: 'A subject', text: 'A text' }) ?? Promise.resolve(),
      /did not take it/,
    )
    await receiver.stop()
    assert.deepEqual(receiver.mails, [])
  })

  for (const [how, secure] of [
    ['by STARTTLS', false],
    ['by TLS from the start', true],
  ] as const)
    it(`goes ${how} to another machine whose certificate is trusted, and to none that is not`, async () => {
      await receiver.stop()
      const credentials = await selfSigned()
      receiver = await startReceiver({ tls: { ...credentials, secure } })
      // The name is this machine's; it is the rule for any other that is applied to it.
      const server = { ...readMailServer(receiver.url), here: false }
      const { send } = createMail({ store, from, mailbox: false, now: () => new Date(), server })
      const letter = { to, subject: 'A subject', text: 'A text' }
      await assert.rejects(send?.(letter) ?? Promise.resolve(), /did not take it/)
      assert.equal(receiver.mails.length, 0)

      const trusted = getCACertificates()
      setDefaultCACertificates([...trusted, credentials.cert])
      await send?.(letter).finally(() => setDefaultCACertificates(trusted))
      await receiver.stop()
      assert.deepEqual(
        receiver.mails.map((mail) => mail.secure),
        [true],
      )
    })

  it('is sent to nobody where there is no server, and kept where there is a mailbox', async () => {
    await receiver.stop()
    assert.equal(open(undefined).send, undefined)
    const { send, newestLetters } = open(undefined, true)
    await send?.({ to, subject: 'One\r\nBcc: x', text: 'First' })
    const [letter] = await newestLetters()
    assert.deepEqual([letter?.to, letter?.subject, letter?.text], [to, 'One Bcc: x', 'First'])
  })

  it('is kept there for 30 days, until another comes', async () => {
    await receiver.stop()
    const subjects = async (now: string, subject: string) => {
      const { send, newestLetters } = open(undefined, true, now)
      await send?.({ to, subject, text: 'Words' })
      return (await newestLetters()).map((letter) => letter.subject)
    }
    await subjects('2027-01-01T09:00:00.000Z', 'New year')
    assert.deepEqual(await subjects('2027-01-31T09:00:00.000Z', 'A month on'), ['A month on', 'New year'])
    assert.deepEqual(await subjects('2027-01-31T09:00:00.001Z', 'And more'), ['And more', 'A month on'])
  })
})
