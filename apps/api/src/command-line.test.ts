import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { help, readCommandLine } from './command-line.ts'

describe('the command line', () => {
  it('gives a command its operands and options', () => {
    assert.deepEqual(readCommandLine(['become-first-manager', '123456789012', 'ZZX01']), {
      command: 'become-first-manager',
      operands: ['123456789012', 'ZZX01'],
      json: false,
      relyingApp: 'http://localhost:3001',
    })
    const seeding = readCommandLine(['seed-demonstration', '--relying-app', 'http://localhost:4001', '--json'])
    assert.deepEqual([seeding.json, seeding.relyingApp], [true, 'http://localhost:4001'])
  })

  it('gives help to whoever asks for it', () => {
    for (const words of [['--help'], ['-h'], ['help'], ['invite', '--help']])
      assert.equal(readCommandLine(words).command, 'help')
    for (const command of ['migrate', 'seed-demonstration', 'become-first-manager', 'invite', 'describe-configuration'])
      assert.ok(help().includes(`fobwatch ${command}`))
  })

  for (const [words, sentence] of [
    [[], 'Say what to do; fobwatch --help lists the commands.'],
    [['toString'], 'There is no command toString; fobwatch --help lists those there are.'],
    [['invite'], 'It is: fobwatch invite STAFF_ID'],
    [['migrate', 'now'], 'It is: fobwatch migrate'],
    [['migrate', '--json'], 'The command migrate takes no option --json.'],
    [['migrate', '--force'], "Unknown option '--force'."],
    [['seed-demonstration', '--relying-app'], "Option '--relying-app <value>' argument missing."],
    [
      ['seed-demonstration', '--relying-app', 'localhost:3001'],
      '--relying-app must be an origin, such as http://localhost:3001.',
    ],
    [
      ['seed-demonstration', '--relying-app', 'http://localhost:3001/'],
      '--relying-app must be an origin, such as http://localhost:3001.',
    ],
  ] as const) {
    it(`answers "${['fobwatch', ...words].join(' ')}" with one sentence`, () => {
      assert.throws(() => readCommandLine(words), { message: sentence })
    })
  }
})
