import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '#kernel'
import { readFilter } from './filter.ts'

const is = (by: string, comparison: string, value: unknown) => ({ kind: 'is', by, comparison, value })

describe('a filter', () => {
  it('compares what can be asked by, whatever the capitals of names and words', () => {
    assert.deepEqual(readFilter('userName eq "a@b.example"'), is('userName', 'eq', 'a@b.example'))
    assert.deepEqual(readFilter('USERNAME Sw "a"'), is('userName', 'sw', 'a'))
    assert.deepEqual(readFilter('emails.value co "b"'), is('email', 'co', 'b'))
    assert.deepEqual(readFilter('emails[type eq "work"].value eq "b"'), is('email', 'eq', 'b'))
    assert.deepEqual(readFilter('emails eq "b"'), is('email', 'eq', 'b'))
    assert.deepEqual(readFilter('active eq true'), is('active', 'eq', true))
    assert.deepEqual(readFilter('active eq "False"'), is('active', 'eq', false))
    assert.deepEqual(
      readFilter('urn:ietf:params:scim:schemas:core:2.0:User:name.familyName eq "O\\u0027Hara \\"x\\""'),
      is('familyName', 'eq', 'O\'Hara "x"'),
    )
    assert.deepEqual(
      readFilter('meta.lastModified gt "2026-11-25T09:00:00Z"'),
      is('lastModified', 'gt', new Date('2026-11-25T09:00:00Z')),
    )
  })

  it('binds and closer than or, and brackets closer than both', () => {
    const [a, b, c] = ['1', '2', '3'].map((id) => is('id', 'eq', id))
    assert.deepEqual(readFilter('id eq "1" or id eq "2" and id eq "3"'), {
      kind: 'or',
      parts: [a, { kind: 'and', parts: [b, c] }],
    })
    assert.deepEqual(readFilter('(id eq "1" OR id eq "2") AND id eq "3"'), {
      kind: 'and',
      parts: [{ kind: 'or', parts: [a, b] }, c],
    })
  })

  it('line 40: is refused where it is anything else', () => {
    for (const text of [
      '',
      'userName',
      'userName eq',
      'userName eq x',
      'userName eq 5',
      'userName eq null',
      'userName eq "a',
      'userName eq "a" or',
      'userName eq "a" "b"',
      'userName eq "a" userName eq "b"',
      '(userName eq "a"',
      'userName eq "a")',
      '()',
      'not (userName eq "a")',
      'userName pr',
      'userName ne "a"',
      'userName gt "a"',
      'active co true',
      'active eq "yes"',
      'password eq "a"',
      'name eq "a"',
      'displayName eq "a"',
      'emails[type eq "work" and value eq "a"]',
      'emails[value eq "a"] pr',
      '__proto__ eq "a"',
      'constructor eq "a"',
      'meta.lastModified gt "yesterday"',
      'meta.lastModified co "2026"',
      "userName eq 'a'",
      'userName eq "a"; drop table person',
      'userName eq "a" or 1=1 --',
      '{"$gt":""}',
      'userName eq {"$ne":null}',
      'userName eq "\\u0000"',
      'userName eq "a\\"',
      `${'('.repeat(50)}id eq "1"${')'.repeat(50)}`,
      Array.from({ length: 21 }, () => 'id eq "1"').join(' or '),
      `userName eq "${'a'.repeat(1000)}"`,
    ])
      assert.throws(
        () => readFilter(text),
        (error) => isRefusal(error, 'filter_invalid'),
        text.slice(0, 60),
      )
  })
})
