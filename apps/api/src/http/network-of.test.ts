import assert from 'node:assert/strict'
import { Socket } from 'node:net'
import { describe, it } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { networkOf, senderOf } from './network-of.ts'

describe('where a request comes from', () => {
  it('line 39: is one name for every spelling of an address', () => {
    for (const spelling of [
      '192.0.2.7',
      '::ffff:192.0.2.7',
      '::FFFF:192.0.2.7',
      '::ffff:c000:207',
      '0:0:0:0:0:ffff:c000:0207',
    ])
      assert.equal(networkOf(spelling), '192.0.2.7', spelling)
    for (const spelling of ['2001:db8::1', '2001:DB8:0:0:0:0:0:1', '2001:0db8:0000:0000::0001', '2001:db8::192.0.2.7'])
      assert.equal(networkOf(spelling), '2001:db8:0:0::/64', spelling)
  })

  it('line 39: is one name for all addresses of one IPv6 network, and another for the next', () => {
    assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), networkOf('2001:db8:1:2:ffff::'))
    assert.notEqual(networkOf('2001:db8:1:2::'), networkOf('2001:db8:1:3::'))
    assert.notEqual(networkOf('192.0.2.7'), networkOf('192.0.2.8'))
    assert.equal(networkOf('fe80::1%eth0'), 'fe80:0:0:0::/64')
    assert.equal(networkOf('::1'), '0:0:0:0::/64')
  })

  it('line 39: is the same from every port', () => {
    assert.equal(networkOf('192.0.2.7:50123'), '192.0.2.7')
    assert.equal(networkOf('[2001:db8:1:2::7]:50123'), '2001:db8:1:2::/64')
    assert.equal(networkOf('[::ffff:192.0.2.7]'), '192.0.2.7')
  })

  it('is its own name where it is no address', () => {
    assert.equal(networkOf('unknown'), 'unknown')
    assert.equal(networkOf('x'.repeat(300)).length, 100)
  })

  it('is one place for all connections that were reset before they were looked at, as Node has no address of those', () => {
    const { remoteAddress } = new Socket()
    const reset = { ip: remoteAddress } as FastifyRequest
    assert.deepEqual(senderOf(reset), { address: '', network: '' })
  })
})
