import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contentOf, dotted, inside, readDer } from './der.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('reading DER', () => {
  it('reads elements one after another, with long lengths and high tags', () => {
    const long = Buffer.concat([hex('04 82 0100'), Buffer.alloc(256, 7)])
    const elements = readDer(Buffer.concat([hex('02 01 05'), long, hex('bf 85 3e 03 02 01 00')]))
    assert.deepEqual(
      elements.map(({ tag, content }) => [tag, content.length]),
      [
        ['universal 2', 1],
        ['universal 4', 256],
        ['context 702', 3],
      ],
    )
  })

  it('looks inside the element of a tag', () => {
    const elements = readDer(hex('30 06 02 01 01 04 01 ff'))
    assert.deepEqual(contentOf(inside(elements, 'universal 16'), 'universal 4'), Buffer.of(0xff))
    assert.throws(() => contentOf(elements, 'universal 4'), /No universal 4/)
  })

  it('writes object identifiers as people do', () => {
    assert.equal(dotted(hex('55 1d 13')), '2.5.29.19')
    assert.equal(dotted(hex('2b 06 01 04 01 82 e5 1c 01 01 04')), '1.3.6.1.4.1.45724.1.1.4')
    assert.equal(dotted(hex('67 81 05 08 03')), '2.23.133.8.3')
    assert.equal(dotted(hex('2a 86 48 86 f7 63 64 08 02')), '1.2.840.113635.100.8.2')
  })

  it('refuses what ends early, and lengths and tags that have no use', () => {
    for (const bytes of [
      '02',
      '02 02 00',
      '04 84 ffffffff',
      '30 80 00 00',
      '04 85 0000000001 00',
      '1f ff ff ff ff 01 00',
      '04 82 01',
    ])
      assert.throws(() => readDer(hex(bytes)), bytes)
  })
})
