import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isRefusal } from '#kernel'
import { enterpriseSchema, staffSchema, userSchema } from './attributes.ts'
import { readPatch } from './patch.ts'
import { readFacts } from './read-facts.ts'

const patch = (...Operations: unknown[]) =>
  readPatch({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations })

describe('a PATCH', () => {
  it('is read as Entra sends it: capitals, booleans as text, a path for each thing, a choice among values', () => {
    assert.deepEqual(
      patch(
        { op: 'Replace', path: 'active', value: 'False' },
        { op: 'Add', path: 'name.familyName', value: 'Fictive' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@b.example' },
        { op: 'Add', path: `${enterpriseSchema}:department`, value: 'Ward 7' },
        { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value: '0113 496 0000' },
        { op: 'Add', path: 'displayName', value: 'A Fictive' },
      ),
      { active: false, familyName: 'Fictive', email: 'a@b.example', department: 'Ward 7', phone: '0113 496 0000' },
    )
  })

  it('is read as Okta sends it: no path, and an object of what is new', () => {
    assert.deepEqual(patch({ op: 'replace', value: { active: false } }), { active: false })
    assert.deepEqual(
      patch({
        op: 'replace',
        value: {
          'name.givenName': 'Ines',
          name: { familyName: 'Fictive' },
          [`${enterpriseSchema}:employeeNumber`]: '7',
        },
      }),
      { givenName: 'Ines', familyName: 'Fictive', employeeNumber: '7' },
    )
  })

  it('takes away a thing, or the whole of what holds it', () => {
    assert.deepEqual(patch({ op: 'remove', path: 'emails' }), { email: null })
    assert.deepEqual(patch({ op: 'Remove', path: 'emails[type eq "work"]' }), { email: null })
    assert.deepEqual(patch({ op: 'remove', path: `${staffSchema}:birthDate` }), { birthDate: null })
    assert.deepEqual(patch({ op: 'remove', path: enterpriseSchema }), {
      ...{ employeeNumber: null, department: null, organisation: null },
    })
    assert.deepEqual(patch({ op: 'replace', path: 'title', value: 'Ms' }), {}, 'the title of a job is not kept')
    assert.deepEqual(patch({ op: 'replace', path: 'externalId', value: null }), { externalId: null })
  })

  it('lets the later of two operations win, and the primary of several values', () => {
    assert.deepEqual(
      patch({ op: 'add', path: 'userName', value: 'a' }, { op: 'replace', path: 'USERNAME', value: 'b' }),
      { userName: 'b' },
    )
    const emails = [
      { value: 'home@b.example', type: 'home' },
      { value: 'work@b.example', type: 'work' },
      { value: 'first@b.example', type: 'other', primary: 'True' },
    ]
    assert.deepEqual(readFacts({ emails }), { email: 'first@b.example' })
    assert.deepEqual(readFacts({ emails: emails.slice(0, 2) }), { email: 'work@b.example' })
    assert.deepEqual(readFacts({ emails: [] }), { email: null })
    assert.deepEqual(readFacts({ [userSchema.toUpperCase()]: 1, NAME: { GIVENNAME: 'I' } }), { givenName: 'I' })
  })

  it('line 40: is refused, with what is wrong, where it cannot be read', () => {
    const refused = (code: string, ...operations: unknown[]) =>
      assert.throws(
        () => patch(...operations),
        (error) => isRefusal(error) && error.code === code,
        JSON.stringify(operations).slice(0, 80),
      )
    for (const path of [
      ...['nothing', 'name.nothing', 'emails[', 'emails[x', 'active.x', '__proto__', 'constructor', 'a'.repeat(400)],
      ...["userName'; drop table person --", '{"$gt":""}', `${enterpriseSchema}:nothing`, 5],
    ])
      refused('path_invalid', { op: 'replace', path, value: 'x' })
    refused('target_missing', { op: 'remove' })
    refused('value_invalid', { op: 'move', path: 'userName', value: 'x' })
    refused('value_invalid', { path: 'userName', value: 'x' })
    refused('value_invalid', { op: 'replace', path: 'active', value: 'perhaps' })
    refused('value_invalid', { op: 'replace', path: 'userName', value: { $ne: null } })
    refused('value_invalid', { op: 'replace', path: 'name', value: 'x' })
    refused('value_invalid', { op: 'replace', value: 'x' })
    refused('value_invalid', 'x')
    refused('value_invalid')
    refused('value_invalid', ...Array.from({ length: 51 }, () => ({ op: 'replace', value: {} })))
    assert.throws(
      () => readPatch({ Operations: { op: 'replace' } }),
      (error) => isRefusal(error, 'value_invalid'),
    )
  })
})
