import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ClientMetadata } from '@fobwatch/contracts'
import { type Draft, type FieldName, faultWords, fields, groups } from './fields.ts'
import { presetOf, withPreset } from './presets.ts'
import { fieldWords, withValue } from './values.ts'

const draft: Draft = { id: 'ward', name: 'Ward list', metadata: {}, apis: [] }

describe('the words for an application', () => {
  it('are there for whatever a registration may say, once', () => {
    const known = Object.keys(ClientMetadata.properties).filter((name) => name !== 'response_types')
    assert.deepEqual(Object.keys(fields).toSorted(), [...known, 'apis', 'id', 'name'].toSorted())
    assert.deepEqual(groups.flatMap((group) => group.fields).toSorted(), Object.keys(fields).toSorted())
  })
  it('say what holds where nothing is said', () => {
    const told = (name: FieldName) => fieldWords(draft, name).join(', ')
    assert.equal(told('sandbox'), 'Real work')
    assert.equal(told('token_endpoint_auth_method'), 'A secret, in a header')
    assert.equal(told('grant_types'), 'Log ins')
    assert.equal(told('scope'), 'Everything')
    assert.equal(told('pkce_required'), 'Yes')
    assert.equal(told('access_token_seconds'), '10 minutes')
    assert.equal(told('redirect_uris'), 'None')
  })
  it('say what was chosen, and take it back', () => {
    const said = withValue(draft, 'scope', 'openid email lab.read')
    assert.deepEqual(fieldWords(said, 'scope'), ['Their user number', 'Their work email', 'lab.read'])
    assert.deepEqual(withValue(said, 'scope', undefined), draft)
    assert.deepEqual(fieldWords(withValue(draft, 'default_max_age', 3600), 'default_max_age'), ['1 hour'])
    assert.deepEqual(fieldWords(withValue(draft, 'jwks', { keys: [{ kid: 'one' }] }), 'jwks'), ['one'])
    const api = { resource: 'https://lab.example/', name: 'Lab', scopes: [] }
    assert.deepEqual(fieldWords(withValue(draft, 'apis', [api.resource, 'urn:x']), 'apis', [api]), [
      'Lab (API)',
      'urn:x',
    ])
  })
  it('say where a fault lies', () => {
    assert.equal(
      faultWords({ field: 'redirect_uris[1]', why: 'must begin with https://' }),
      'Addresses after log in, number 2, must begin with https://',
    )
    assert.equal(faultWords({ field: 'id', why: 'must not be empty' }), 'Id must not be empty')
  })
  it('know the kinds that there are', () => {
    for (const kind of ['key', 'secret', 'app', 'back-end'])
      assert.equal(presetOf(withPreset(withPreset(draft, 'app'), kind)), kind)
    assert.equal(presetOf(draft), undefined)
  })
})
