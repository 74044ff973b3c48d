import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ClientMetadata } from '@fobwatch/contracts'
import { takesTwoPeople } from './widened.ts'

const before: ClientMetadata = {
  redirect_uris: ['https://ward.example/callback', 'https://ward.example/other'],
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid profile',
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: {
    keys: [
      { kty: 'EC', kid: 'one' },
      { kty: 'EC', kid: 'two' },
    ],
  },
}
const apis = ['https://ward.example/api', 'https://lab.example/api']
const takesTwo = (changed: Partial<ClientMetadata> & { apis?: string[] }, was: ClientMetadata = before) => {
  const { apis: theirs = apis, ...metadata } = changed
  return takesTwoPeople({ metadata: was, apis }, { metadata: { ...was, ...metadata }, apis: theirs })
}

describe('the application that two people have to agree to', () => {
  it('is new, and not for tries', () => {
    assert.equal(takesTwoPeople(undefined, { metadata: before, apis }), true)
    assert.equal(takesTwoPeople(undefined, { metadata: { ...before, sandbox: false }, apis }), true)
    assert.equal(takesTwoPeople(undefined, { metadata: { ...before, sandbox: true }, apis: [] }), false)
  })
  it('calls an API from the sandbox, or more of it', () => {
    const tries = { ...before, sandbox: true }
    assert.equal(takesTwoPeople(undefined, { metadata: tries, apis }), true)
    assert.equal(takesTwo({ apis: [...apis, 'https://third.example/api'] }, tries), true)
    assert.equal(takesTwo({ grant_types: ['authorization_code', 'client_credentials'] }, tries), true)
    assert.equal(takesTwo({ scope: 'openid profile email' }, tries), true)
    assert.equal(takesTwo({ apis: [], grant_types: ['authorization_code', 'client_credentials'] }, tries), false)
    assert.equal(takesTwo({ jwks_uri: 'https://ward.example/jwks' }, tries), false)
  })
  it('comes out of the sandbox', () => {
    assert.equal(takesTwo({ sandbox: false }, { ...before, sandbox: true }), true)
    assert.equal(takesTwo({ redirect_uris: ['https://other.example/'] }, { ...before, sandbox: true }), false)
  })
  it('gets its codes or its tokens at another place, by another proof, or for more', () => {
    assert.equal(takesTwo({ redirect_uris: ['https://ward.example/callback', 'https://else.example/'] }), true)
    assert.equal(takesTwo({ application_type: 'native' }), true)
    assert.equal(takesTwo({ token_endpoint_auth_method: 'client_secret_basic' }), true)
    assert.equal(takesTwo({ grant_types: ['authorization_code', 'refresh_token', 'client_credentials'] }), true)
    assert.equal(takesTwo({ jwks: { keys: [{ kty: 'EC', kid: 'three' }] } }), true)
    assert.equal(takesTwo({ jwks_uri: 'https://ward.example/jwks' }), true)
    assert.equal(takesTwo({ scope: 'openid profile email' }), true)
    const { scope, ...all } = before
    assert.equal(takesTwoPeople({ metadata: before, apis }, { metadata: all, apis }), true)
    assert.equal(takesTwo({ feed_organisation: 'ABC01' }), true)
    assert.equal(takesTwo({ apis: [...apis, 'https://third.example/api'] }), true)
  })
  it('is protected less', () => {
    assert.equal(takesTwo({ pkce_required: false }), true)
    const guarded: ClientMetadata = { ...before, dpop_bound_access_tokens: true, profile: 'fapi2' }
    assert.equal(takesTwo({ dpop_bound_access_tokens: false }, guarded), true)
    assert.equal(takesTwo({ profile: 'standard' }, guarded), true)
    const pushed = { ...before, require_pushed_authorization_requests: true }
    assert.equal(takesTwo({ require_pushed_authorization_requests: false }, pushed), true)
  })
  it('is told of log outs at another place, or is told of none any more', () => {
    const told: ClientMetadata = { ...before, backchannel_logout_uri: 'https://ward.example/out' }
    assert.equal(takesTwo({ backchannel_logout_uri: 'https://else.example/out' }, told), true)
    assert.equal(takesTwoPeople({ metadata: told, apis }, { metadata: before, apis }), true)
    assert.equal(takesTwo({ session_idle_minutes: 5 }, told), false)
  })
  it('is none that says another name, asks for more, or has something taken away', () => {
    assert.equal(takesTwo({}), false)
    assert.equal(takesTwo({ redirect_uris: ['https://ward.example/callback'], scope: 'openid' }), false)
    assert.equal(takesTwo({ grant_types: ['authorization_code'], apis: ['https://lab.example/api'] }), false)
    assert.equal(takesTwo({ jwks: { keys: [{ kty: 'EC', kid: 'two' }] } }), false)
    assert.equal(takesTwo({ session_idle_minutes: 5, acr_required: true, dpop_bound_access_tokens: true }), false)
    assert.equal(takesTwo({ backchannel_logout_uri: 'https://ward.example/out' }), false)
  })
})
