import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { command, findCommand, help, readWords } from '#commands'

const make = command({
  name: 'make',
  operands: ['NAME', 'PLACE'],
  options: { quick: {}, for: { value: 'WHOM' } },
  says: 'Make something.',
  run: async (_: undefined) => '',
})
const addRule = command({
  name: 'rules add',
  operands: ['FILE'],
  options: { name: { value: 'NAME', required: true } },
  says: 'Add a rule.',
  run: async (_: undefined) => '',
})
const listRules = command({
  name: 'rules list',
  operands: [],
  options: {},
  says: 'List.',
  run: async (_: undefined) => '',
})
const commands = [make, addRule, listRules]

const read = (words: readonly string[]) => {
  const { command: called, rest } = findCommand(commands, words)
  return called && { name: called.name, ...readWords(called, rest) }
}

describe('the command line', () => {
  it('gives a command its operands and options', () => {
    assert.deepEqual(read(['make', 'tea', 'here']), {
      name: 'make',
      operands: ['tea', 'here'],
      options: { quick: false, for: undefined },
    })
    assert.deepEqual(read(['make', '--quick', 'tea', '--for', 'Asha', 'here'])?.options, { quick: true, for: 'Asha' })
  })

  it('knows a command of two words by both', () => {
    assert.equal(read(['rules', 'list'])?.name, 'rules list')
    assert.deepEqual(read(['rules', 'add', 'file', '--name', 'n']), {
      name: 'rules add',
      operands: ['file'],
      options: { name: 'n' },
    })
    assert.equal(read(['rules', 'add', '-', '--name', 'n'])?.operands[0], '-', 'which is standard input')
  })

  it('gives help to whoever asks for it, on every command', () => {
    for (const words of [['--help'], ['-h'], ['help'], ['make', '--help']]) assert.equal(read(words), undefined)
    const page = help(commands)
    for (const line of [
      'fobwatch make NAME PLACE [--quick] [--for WHOM]\n      Make something.\n',
      'fobwatch rules add FILE --name NAME\n',
      'fobwatch rules list\n',
    ])
      assert.ok(page.includes(`  ${line}`), line)
  })

  for (const [words, sentence] of [
    [[], 'Say what to do; fobwatch --help lists the commands.'],
    [['toString'], 'There is no command toString; fobwatch --help lists those there are.'],
    [['make'], 'It is: fobwatch make NAME PLACE [--quick] [--for WHOM]'],
    [['rules'], 'It is one of: fobwatch rules add, fobwatch rules list'],
    [['rules', 'break'], 'It is one of: fobwatch rules add, fobwatch rules list'],
    [['rules', 'list', 'all'], 'It is: fobwatch rules list'],
    [['rules', 'add', 'file'], 'It is: fobwatch rules add FILE --name NAME'],
    [['make', 'tea', 'here', '--force'], "Unknown option '--force'."],
    [['rules', 'list', '--quick'], "Unknown option '--quick'."],
    [['make', 'tea', 'here', '--for'], "Option '--for <value>' argument missing."],
  ] as const) {
    it(`answers "${['fobwatch', ...words].join(' ')}" with one sentence`, () => {
      assert.throws(() => read(words), { message: sentence })
    })
  }
})
