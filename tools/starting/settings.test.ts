import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Failure } from '../failure.ts'
import { root } from '../programs.ts'
import { readSettings } from './settings.ts'

describe('what a start is told', () => {
  it('has an answer for everything that nobody said', () => {
    assert.deepEqual(readSettings({}), {
      host: '127.0.0.1',
      port: 3000,
      relyingAppPort: 3001,
      dataDir: join(root, '.fobwatch'),
      databaseUrl: undefined,
      issuer: 'http://localhost:3000',
      relyingAppUrl: 'http://localhost:3001',
      mailbox: true,
    })
  })

  it('lets the issuer and the ward application follow their ports', () => {
    const { issuer, relyingAppUrl } = readSettings({ PORT: '4000', RELYING_APP_PORT: '4001' })
    assert.deepEqual(
      { issuer, relyingAppUrl },
      { issuer: 'http://localhost:4000', relyingAppUrl: 'http://localhost:4001' },
    )
  })

  it('shows the mail on a page, unless it is told not to or mail goes elsewhere', () => {
    const mailbox = (env: Record<string, string>) => readSettings(env).mailbox
    assert.equal(mailbox({ FOBWATCH_SMTP_URL: 'smtp://localhost' }), false)
    assert.equal(mailbox({ FOBWATCH_MAILBOX: 'off' }), false)
    // The service says what is wrong with both.
    assert.equal(mailbox({ FOBWATCH_SMTP_URL: 'smtp://localhost', FOBWATCH_MAILBOX: 'on' }), true)
  })

  it('takes an empty variable for one that is not set', () => {
    assert.equal(readSettings({ PORT: '', DATABASE_URL: '' }).port, 3000)
    assert.equal(readSettings({ DATABASE_URL: '' }).databaseUrl, undefined)
  })

  for (const port of ['0', '65536', '80a', '-1', '3000.5'])
    it(`refuses the port ${port}, and names the variable`, () => {
      assert.throws(
        () => readSettings({ RELYING_APP_PORT: port }),
        (error) => error instanceof Failure && /^RELYING_APP_PORT is /.test(error.message),
      )
    })

  it('refuses one port for both', () => {
    assert.throws(() => readSettings({ PORT: '3001' }), /must differ/)
  })
})
