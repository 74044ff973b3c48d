import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compileCache } from '@fobwatch/testkit'
import { describeConfig, readConfig } from './index.ts'

const fine = { DATABASE_URL: 'postgresql://db/fobwatch', FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64') }

/** The faults of an environment, one a line. */
const faultsOf = (environment: Record<string, string | undefined>): string[] => {
  try {
    readConfig({ ...fine, ...environment })
    return []
  } catch (error) {
    return error instanceof Error ? error.message.split('\n').slice(1) : []
  }
}
const faultOf = (environment: Record<string, string | undefined>): string => {
  const faults = faultsOf(environment)
  assert.equal(faults.length, 1, faults.join('\n'))
  return faults[0] ?? ''
}

describe('the configuration', () => {
  it('is small where nothing special is wanted, and listens to this machine alone', () => {
    const config = readConfig(fine)
    assert.equal(config.host, '127.0.0.1')
    assert.equal(config.port, 3000)
    assert.equal(config.issuer, 'http://localhost:3000')
    assert.equal(config.rpId, 'localhost')
    assert.equal(config.sessionIdleMinutes, 15)
    assert.equal(config.sessionMaxMinutes, 720)
    assert.deepEqual(config.trustedProxies, [])
    assert.equal(config.migrationDatabaseUrl(), fine.DATABASE_URL)
  })

  it('lets the issuer follow the port, and the RP ID the issuer', () => {
    assert.equal(readConfig({ ...fine, PORT: '3100' }).issuer, 'http://localhost:3100')
    assert.equal(readConfig({ ...fine, FOBWATCH_ISSUER: 'https://id.example.org' }).rpId, 'id.example.org')
    const shared = { ...fine, FOBWATCH_ISSUER: 'https://id.example.org', FOBWATCH_RP_ID: 'example.org' }
    assert.equal(readConfig(shared).rpId, 'example.org')
  })

  it('takes what is empty for what is not given', () => {
    assert.equal(readConfig({ ...fine, PORT: '', HOST: '', LOG_LEVEL: '', SESSION_IDLE_MINUTES: '' }).port, 3000)
  })

  it('reads addresses with passwords from files, and says which cannot be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-url-'))
    const file = join(folder, 'url')
    await writeFile(file, 'postgresql://service:secret@db/fobwatch\n')
    const byFile = { ...fine, DATABASE_URL: undefined, DATABASE_URL_FILE: file }
    const { databaseUrl, migrationDatabaseUrl } = readConfig(byFile)
    assert.equal(databaseUrl, 'postgresql://service:secret@db/fobwatch')
    assert.equal(migrationDatabaseUrl(), databaseUrl)
    const owners = { ...fine, MIGRATION_DATABASE_URL_FILE: file }
    assert.equal(readConfig(owners).migrationDatabaseUrl(), databaseUrl)
    assert.equal(readConfig(owners).databaseUrl, fine.DATABASE_URL)
    await rm(folder, { recursive: true })
    const [fault, ...more] = faultsOf({ DATABASE_URL: undefined, DATABASE_URL_FILE: file })
    assert.match(fault ?? '', /DATABASE_URL must be given: DATABASE_URL_FILE is .* which cannot be read/)
    assert.deepEqual(more, [])
  })

  it('asks for the owner of the tables of those alone who migrate', () => {
    for (const [wrong, sentence] of [
      [{ MIGRATION_DATABASE_URL: 'mysql://root:hunter2@db' }, /^MIGRATION_DATABASE_URL must begin with postgresql:/],
      [{ MIGRATION_DATABASE_URL_FILE: '/nowhere' }, /^MIGRATION_DATABASE_URL must be given: .* cannot be read$/],
    ] as const) {
      const { databaseUrl, migrationDatabaseUrl } = readConfig({ ...fine, ...wrong })
      assert.equal(databaseUrl, fine.DATABASE_URL)
      assert.throws(migrationDatabaseUrl, { message: sentence })
    }
  })

  it('reads the master key from a file, of which only its owner need know', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fobwatch-key-'))
    const file = join(folder, 'key')
    await writeFile(file, `${fine.FOBWATCH_MASTER_KEY}\n`)
    const config = readConfig({ ...fine, FOBWATCH_MASTER_KEY: undefined, FOBWATCH_MASTER_KEY_FILE: file })
    assert.equal(config.masterKey.toString('base64'), fine.FOBWATCH_MASTER_KEY)
    await rm(folder, { recursive: true })
    assert.match(faultOf({ FOBWATCH_MASTER_KEY: undefined, FOBWATCH_MASTER_KEY_FILE: file }), /cannot be read/)
  })

  it('line 40: has no master key by default, and takes none that is weak or is no key', () => {
    for (const weak of [
      undefined,
      '',
      ' ',
      'secret',
      'changeme',
      Buffer.alloc(32).toString('base64'),
      Buffer.alloc(32, 'ab').toString('base64'),
      randomBytes(31).toString('base64'),
      randomBytes(33).toString('base64'),
      randomBytes(32).toString('hex'),
      'correct horse battery staple, correct horse!',
      `${randomBytes(32).toString('base64')}!`,
    ]) {
      const fault = faultOf({ FOBWATCH_MASTER_KEY: weak })
      assert.match(fault, /^ {2}FOBWATCH_MASTER_KEY must be /)
      if (weak && weak.length > 8) assert.ok(!fault.includes(weak), 'a fault does not repeat the secret')
    }
    assert.deepEqual(faultsOf({ FOBWATCH_MASTER_KEY: randomBytes(32).toString('base64url') }), [])
  })

  it('line 40: has no database by default', () => {
    assert.deepEqual(faultsOf({ DATABASE_URL: undefined }), ['  DATABASE_URL must be given'])
    const secret = faultOf({ DATABASE_URL: 'mysql://root:hunter2@db' })
    assert.equal(secret, '  DATABASE_URL must begin with postgresql://')
  })

  it('names every fault at once', () => {
    const faults = faultsOf({
      PORT: '65536',
      FOBWATCH_ISSUER: 'http://id.example.org/',
      DATABASE_CONNECTIONS: '1',
      SESSION_IDLE_MINUTES: '0',
      SESSION_MAX_MINUTES: 'x',
      TRUSTED_PROXIES: 'everyone',
      LOG_LEVEL: 'loud',
      FOBWATCH_MASTER_KEY: undefined,
    })
    for (const name of [
      'PORT',
      'FOBWATCH_ISSUER',
      'DATABASE_CONNECTIONS',
      'SESSION_IDLE_MINUTES',
      'SESSION_MAX_MINUTES',
      'TRUSTED_PROXIES',
      'LOG_LEVEL',
      'FOBWATCH_MASTER_KEY',
    ])
      assert.ok(
        faults.some((fault) => fault.startsWith(`  ${name} `)),
        name,
      )
  })

  for (const [name, values] of Object.entries({
    PORT: ['-1', '65536', '3000.5', 'x', '0x10000', '1e9'],
    FOBWATCH_ISSUER: [
      'id.example.org',
      'http://id.example.org',
      'https://id.example.org/',
      'https://id.example.org/path',
      'https://id.example.org?x',
      'https://user@id.example.org',
      'https://ID.example.org',
      'https://id.example.org:443',
      'https://192.0.2.1',
      'https://[2001:db8::1]',
      'ftp://id.example.org',
      'javascript:alert(1)',
    ],
    TRUSTED_PROXIES: ['true', '*', '10.0.0.1/33', '10.0.0.1/0', '::/0', '10.0.0', '10.0.0.1,x', '10.0.0.0/8/8'],
    FOBWATCH_OUTBOUND_ALLOWED: ['*', '*.example.org', '10.0.0.0/33', 'https://ward.example.org', 'a b', '10.0.0.1,?'],
    DATABASE_CONNECTIONS: ['0', '1', '501', '-5'],
    LOG_LEVEL: ['trace', 'INFO', 'verbose'],
    API_DOCS: ['true', 'OFF', '0'],
    FOBWATCH_MAILBOX: ['true', 'ON', '1'],
    FOBWATCH_SMTP_URL: [
      'mail.example.org',
      'http://mail.example.org',
      'smtps://',
      'smtps://mail.example.org?tls.rejectUnauthorized=false',
      'smtp://mail.example.org/?ignoreTLS=true',
      'smtp://mail.example.org/path',
      'smtp://mail.example.org#x',
    ],
    FOBWATCH_METADATA_URL: [
      'mds.example',
      'http://mds.example/',
      'ftp://mds.example/',
      'http://127.0.0.1.evil.example/',
      'file:///etc/passwd',
    ],
    FOBWATCH_METADATA_ROOTS_FILE: ['/nowhere', fileURLToPath(import.meta.url)],
    FOBWATCH_METADATA_SIGNER: [
      'localhost',
      'https://mds.example',
      '*.example',
      'MDS.example',
      'mds.example,other.example',
    ],
    FOBWATCH_METADATA_GRACE_DAYS: ['-1', '366', 'x'],
    FOBWATCH_METADATA_REFRESH_HOURS: ['0', '169'],
  }))
    it(`refuses ${name} where it is wrong`, () => {
      for (const value of values)
        assert.ok(
          faultsOf({ [name]: value }).some((fault) => fault.startsWith(`  ${name} `)),
          value,
        )
    })

  it('refuses an RP ID that the issuer does not lie in', () => {
    const FOBWATCH_ISSUER = 'https://id.example.org'
    for (const FOBWATCH_RP_ID of ['example.com', 'ample.org', 'org', 'other.id.example.org', 'https://id.example.org'])
      assert.match(faultOf({ FOBWATCH_ISSUER, FOBWATCH_RP_ID }), /^ {2}FOBWATCH_RP_ID must be /)
  })

  it('takes a mail server, and an address that mail comes from', () => {
    const { smtpServer, mailFrom } = readConfig({
      ...fine,
      FOBWATCH_SMTP_URL: 'smtps://fobwatch:s%40crets@mail.example.org',
      FOBWATCH_MAIL_FROM: 'fobwatch@example.org',
    })
    const login = { user: 'fobwatch', pass: 's@crets' }
    assert.deepEqual(smtpServer, { host: 'mail.example.org', port: 465, secure: true, here: false, login })
    assert.equal(mailFrom, 'fobwatch@example.org')
  })

  it('asks for the address that mail comes from where there is a mail server, and for one alone', () => {
    const FOBWATCH_SMTP_URL = 'smtp://mail.example.org'
    assert.equal(faultOf({ FOBWATCH_SMTP_URL }), '  FOBWATCH_MAIL_FROM must be given')
    for (const from of [
      'example.org',
      'a@example.org, b@example.org',
      'A <a@example.org>',
      'a@example.org\r\nBcc: b@c.d',
    ])
      assert.match(
        faultOf({ FOBWATCH_SMTP_URL, FOBWATCH_MAIL_FROM: from }),
        /^ {2}FOBWATCH_MAIL_FROM must be one address/,
      )
  })

  it('lets mail go one way, to people or into the mailbox of a demonstration', () => {
    const mail = { FOBWATCH_SMTP_URL: 'smtp://mail.example.org', FOBWATCH_MAIL_FROM: 'fobwatch@example.org' }
    assert.match(faultOf({ ...mail, FOBWATCH_MAILBOX: 'on' }), /^ {2}FOBWATCH_MAILBOX must be off/)
    assert.deepEqual(faultsOf({ ...mail, FOBWATCH_MAILBOX: 'off' }), [])
    assert.deepEqual(faultsOf({ FOBWATCH_MAILBOX: 'on' }), [])
  })

  it('believes the metadata of the FIDO Alliance, and fetches none unless told where', () => {
    const config = readConfig(fine)
    assert.deepEqual([config.metadataFile, config.metadataUrl], [undefined, undefined])
    assert.deepEqual([config.metadataSigner, config.metadataGraceDays], ['mds.fidoalliance.org', 14])
    assert.equal(config.metadataRoots.length, 1)
    for (const FOBWATCH_METADATA_URL of ['https://mds.example/blob', 'http://localhost:8080/', 'http://[::1]:1/'])
      assert.equal(readConfig({ ...fine, FOBWATCH_METADATA_URL }).metadataUrl, FOBWATCH_METADATA_URL)
  })

  it('takes two people for each of five deeds, unless told which, or none', () => {
    const all = ['enrol-level-3', 'raise-identity-level', 'give-duty', 'export-audit', 'add-client']
    assert.deepEqual(readConfig(fine).twoPeople, all)
    const named = (FOBWATCH_TWO_PEOPLE: string) => readConfig({ ...fine, FOBWATCH_TWO_PEOPLE }).twoPeople
    assert.deepEqual(named(''), all)
    assert.deepEqual(named('none'), [])
    assert.deepEqual(named('give-duty, enrol-level-3'), ['enrol-level-3', 'give-duty'])
    for (const FOBWATCH_TWO_PEOPLE of ['off', 'give-duty,', 'give-duty,give-duty', 'none,give-duty', 'close-person'])
      assert.match(faultOf({ FOBWATCH_TWO_PEOPLE }), /FOBWATCH_TWO_PEOPLE must be none, or some of/)
  })

  it('takes proxies by address or network', () => {
    const { trustedProxies } = readConfig({ ...fine, TRUSTED_PROXIES: '10.0.0.1, 192.168.0.0/16,2001:db8::/32' })
    assert.deepEqual(trustedProxies, ['10.0.0.1', '192.168.0.0/16', '2001:db8::/32'])
  })

  it('is described in docs/configuration.md, which `fobwatch describe-configuration` writes', async () => {
    const page = await readFile(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8')
    assert.equal(page, describeConfig())
    for (const name of Object.keys(fine)) assert.ok(page.includes(`| \`${name}\` |`))
  })
})

describe('the service, started with a configuration that is not right', () => {
  const start = async (environment: Record<string, string>) => {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url))
    const child = spawn(process.execPath, [main], {
      env: { PATH: process.env['PATH'], ...compileCache, ...environment },
    })
    let told = ''
    child.stderr.on('data', (chunk) => {
      told += chunk
    })
    const [code] = await once(child, 'close')
    return { code, told }
  }

  it('line 40: says what is wrong, line by line and nothing else, and ends', async () => {
    const { code, told } = await start({ PORT: 'x' })
    assert.equal(code, 1)
    assert.match(told, /^The configuration is not right:\n( {2}[A-Z_]+ must .+\n)+$/)
    for (const name of ['PORT', 'DATABASE_URL', 'FOBWATCH_MASTER_KEY'])
      assert.match(told, new RegExp(`^ {2}${name} `, 'm'))
  })

  it('says in one sentence that there is no database', async () => {
    const { code, told } = await start({ ...fine, DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' })
    assert.deepEqual(
      { code, told },
      {
        code: 1,
        told: 'The database does not answer. Is DATABASE_URL right, and is PostgreSQL running?\n',
      },
    )
  })
})
