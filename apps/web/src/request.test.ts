import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requestOf } from './request.ts'

describe('a request', () => {
  it('puts what the address names into the address and the rest into the body', () => {
    assert.deepEqual(requestOf('PATCH /api/authenticators/:id', { id: 'a1', name: 'My phone' }), {
      method: 'PATCH',
      url: '/api/authenticators/a1',
      body: '{"name":"My phone"}',
    })
  })
  it('has a body of JSON for every POST, even an empty one', () => {
    assert.equal(requestOf('POST /sign-in/:interaction/options', { interaction: 'fobwatch' }).body, '{}')
  })
  it('has a query and no body for a GET', () => {
    assert.deepEqual(requestOf('GET /api/desk/people', { search: 'Åsa & Co' }), {
      method: 'GET',
      url: '/api/desk/people?search=%C3%85sa+%26+Co',
      body: undefined,
    })
  })
  it('has neither when there is nothing to say', () => {
    assert.deepEqual(requestOf('DELETE /api/session', {}), { method: 'DELETE', url: '/api/session', body: undefined })
  })
  it('lets nothing in a part climb out of its place in the address', () => {
    assert.equal(requestOf('GET /api/desk/people/:staffId', { staffId: '../x?y' }).url, '/api/desk/people/..%2Fx%3Fy')
  })
})
