import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { settingsIn } from './cluster/settings-in.ts'
import { guide } from './restore/place.ts'
import { blockOf } from './stage/guide.ts'

describe('the guide to backup and restore', () => {
  const blocks = ['backup-user.sql', 'base-backup.sh', 'restore.sh', 'recovered.sql', 'dump.sh', 'load.sh', 'watch.sql']
  it(`has what the proof runs: ${blocks.join(', ')}`, async () => {
    for (const name of blocks) assert.ok(await blockOf(guide, name), name)
    assert.ok(await blockOf('../operators.md', 'users.sql'))
  })

  it('keeps the log of changes, and never writes over a part of it', async () => {
    const settings = settingsIn(await blockOf(guide, 'postgresql.conf'))
    assert.deepEqual(settings, {
      wal_level: 'replica',
      archive_mode: 'on',
      archive_command: 'test ! -f /backup/wal/%f && cp %p /backup/wal/%f',
      archive_timeout: '60',
    })
  })

  it('says to end what the past brings back', async () => {
    assert.equal(await blockOf(guide, 'after-restore.sh'), 'fobwatch after-restore\n')
  })
})

describe('settings as in postgresql.conf', () => {
  it('are a name and a value, in quotes or not, with comments', () => {
    const block = "# Why\nport = 5432 # here\n\nprimary_conninfo = 'host=a password=''x'''\n"
    assert.deepEqual(settingsIn(block), { port: '5432', primary_conninfo: "host=a password='x'" })
  })

  it('are refused where they are none', () => {
    assert.throws(() => settingsIn('port 5432'), /Not a setting: port 5432/)
  })
})
