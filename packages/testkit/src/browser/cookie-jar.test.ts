import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeClock } from '../fake-clock.ts'
import { createCookieJar } from './cookie-jar.ts'

const jarWith = (address: string, ...lines: string[]) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const jar = createCookieJar(clock.now)
  jar.keep(new URL(address), lines)
  return { ...clock, keep: jar.keep, sentTo: (to: string) => jar.headerFor(new URL(to)) }
}

describe('a cookie jar', () => {
  it('shares cookies among the ports of one host, and with no other host', () => {
    const { sentTo } = jarWith('http://localhost:3000/', 'a=1; Path=/')
    assert.equal(sentTo('http://localhost:3001/x'), 'a=1')
    assert.equal(sentTo('http://127.0.0.1:3000/'), '')
    assert.equal(sentTo('http://sub.localhost:3000/'), '')
  })

  it('sends a cookie of a path to that path and below', () => {
    const { sentTo } = jarWith('http://localhost/', 'a=1; Path=/sign-in/7')
    assert.equal(sentTo('http://localhost/sign-in/7'), 'a=1')
    assert.equal(sentTo('http://localhost/sign-in/7/state?x=/'), 'a=1')
    assert.equal(sentTo('http://localhost/sign-in/77'), '')
    assert.equal(sentTo('http://localhost/'), '')
  })

  it('takes the folder of the address where no path is named', () => {
    const { sentTo } = jarWith('http://localhost/a/b?c=/d', 'a=1')
    assert.equal(sentTo('http://localhost/a/x'), 'a=1')
    assert.equal(sentTo('http://localhost/'), '')
    assert.equal(jarWith('http://localhost/a', 'b=2; path=relative').sentTo('http://localhost/'), 'b=2')
  })

  it('puts the longer path first and keeps both', () => {
    const { sentTo } = jarWith('http://localhost/', 'a=short; Path=/', 'a=long; Path=/x', 'b=2; Path=/')
    assert.equal(sentTo('http://localhost/x/y'), 'a=long; a=short; b=2')
  })

  it('replaces a cookie of the same name and path', () => {
    const { keep, sentTo } = jarWith('http://localhost/', 'a=1; Path=/')
    keep(new URL('http://localhost:3001/deep/down'), ['a=2=3; Path=/'])
    assert.equal(sentTo('http://localhost/'), 'a=2=3')
  })

  it('forgets a cookie when its time is over, by Max-Age before Expires', () => {
    const { sentTo, advance } = jarWith(
      'http://localhost/',
      'a=1; Path=/; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'b=2; Path=/; Expires=Thu, 01 Jan 2026 00:00:30 GMT',
      'c=3; Path=/',
    )
    assert.equal(sentTo('http://localhost/'), 'a=1; b=2; c=3')
    advance({ seconds: 30 })
    assert.equal(sentTo('http://localhost/'), 'a=1; c=3')
    advance({ seconds: 30 })
    assert.equal(sentTo('http://localhost/'), 'c=3')
  })

  it('deletes a cookie that is set to have expired', () => {
    const { keep, sentTo } = jarWith('http://localhost/', 'a=1; Path=/', 'b=2; Path=/')
    keep(new URL('http://localhost/'), ['a=; Path=/; Max-Age=0', 'b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])
    assert.equal(sentTo('http://localhost/'), '')
  })

  it('sends a secure cookie over TLS and to loopback only', () => {
    assert.equal(jarWith('http://localhost/', 'a=1; Secure; Path=/').sentTo('http://localhost/'), 'a=1')
    assert.equal(jarWith('http://fobwatch.example/', 'a=1; Secure; Path=/').sentTo('https://fobwatch.example/'), '')
    const { sentTo } = jarWith('https://fobwatch.example/', 'a=1; Secure; Path=/')
    assert.equal(sentTo('https://fobwatch.example/'), 'a=1')
    assert.equal(sentTo('http://fobwatch.example/'), '')
  })

  it('refuses a prefix that is not lived up to', () => {
    const kept = (line: string) => jarWith('https://fobwatch.example/', line).sentTo('https://fobwatch.example/') !== ''
    assert.ok(kept('__Host-a=1; Secure; Path=/'))
    assert.ok(!kept('__Host-a=1; Path=/'))
    assert.ok(!kept('__Host-a=1; Secure; Path=/; Domain=fobwatch.example'))
    assert.ok(!jarWith('https://x.example/', '__Host-a=1; Secure; Path=/y').sentTo('https://x.example/y'))
    assert.ok(kept('__Secure-a=1; Secure; Path=/'))
    assert.ok(!kept('__Secure-a=1; Path=/'))
  })

  it('widens to a domain that the host belongs to, and to no other', () => {
    const { sentTo } = jarWith('https://a.fobwatch.example/', 'a=1; Domain=.Fobwatch.example; Path=/')
    assert.equal(sentTo('https://b.fobwatch.example/'), 'a=1')
    assert.equal(sentTo('https://notfobwatch.example/'), '')
    assert.equal(jarWith('https://a.example/', 'a=1; Domain=b.example').sentTo('https://b.example/'), '')
  })

  it('passes over a line without a name', () => {
    assert.equal(jarWith('http://localhost/', '=1', '', '; Path=/').sentTo('http://localhost/'), '')
  })
})
