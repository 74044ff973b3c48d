import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readClientData } from './client-data.ts'

const honest = { type: 'webauthn.get', challenge: 'abc', origin: 'https://id.example', crossOrigin: false }
const bytesOf = (text: string) => Buffer.from(text)
const withText = (from: string, to: string) => bytesOf(JSON.stringify(honest).replace(from, to))
const malformed = { name: 'Refusal', code: 'response_malformed' }

describe('reading client data', () => {
  it('reads what a browser writes, and lets members pass that it does not know', () => {
    const read = { ...honest, topOrigin: undefined }
    assert.deepEqual(readClientData(bytesOf(JSON.stringify(honest))), read)
    assert.deepEqual(readClientData(bytesOf(JSON.stringify({ ...honest, new_member: { a: [1, '"{:'] } }))), read)
  })

  it('takes an absent crossOrigin for false, as some browsers leave it out', () => {
    const { crossOrigin, ...older } = honest
    assert.equal(readClientData(bytesOf(JSON.stringify(older))).crossOrigin, false)
  })

  it('lets the same key stand in two objects', () => {
    assert.ok(readClientData(withText('}', ',"a":{"type":1},"b":[{"type":2},{"type":3}]}')))
  })

  it('line 22: refuses a byte order mark, broken UTF-8, and a key twice however it is written', () => {
    const faults: [string, Buffer][] = [
      ['a byte order mark', bytesOf(`\u{feff}${JSON.stringify(honest)}`)],
      ['broken UTF-8', Buffer.concat([bytesOf('{"x":"'), Buffer.of(0xc3, 0x28), bytesOf('"}')])],
      [
        'half a surrogate pair in UTF-8',
        Buffer.concat([bytesOf('{"x":"'), Buffer.of(0xed, 0xa0, 0x80), bytesOf('"}')]),
      ],
      ['a key twice', withText('{', '{"origin":"https://evil.example",')],
      ['a key twice, once escaped', withText('{', '{"\\u006frigin":"https://evil.example",')],
      ['a key twice, with space', withText('{', '{"origin"\n :"https://evil.example",')],
      ['a key twice, further in', withText('}', ',"a":{"b":1,"b":2}}')],
      ['a list', bytesOf('[]')],
      ['null', bytesOf('null')],
      ['two texts', bytesOf(`${JSON.stringify(honest)}{}`)],
      ['nothing', bytesOf('')],
      ['no challenge', withText('"challenge":"abc",', '')],
      ['a number for an origin', withText('"https://id.example"', '1')],
      ['text for crossOrigin', withText('false', '"false"')],
      ['a number for topOrigin', withText('}', ',"topOrigin":1}')],
      ['4,000 lists within each other', bytesOf('['.repeat(4_000))],
    ]
    for (const [title, bytes] of faults) assert.throws(() => readClientData(bytes), malformed, title)
  })
})
