import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { AccessRefused, stepUpOf } from './index.ts'

const answer = (challenge: string | undefined, status = 401) =>
  stepUpOf({ status, headers: new Headers(challenge === undefined ? {} : { 'www-authenticate': challenge }) })

describe('a step-up challenge, as the caller of an API reads it', () => {
  it('is what an API of ours wrote', () => {
    const { status, headers } = new AccessRefused('level_required', { level: 3, maxAgeSeconds: 300 })
    assert.deepEqual(stepUpOf({ status, headers }), { acr_values: 'AAL3_ANY', max_age: '300' })
  })

  it('is that of the examples of RFC 9470', () => {
    assert.deepEqual(
      answer(
        'Bearer error="insufficient_user_authentication", error_description="A different authentication level is required", acr_values="myACR"',
      ),
      { acr_values: 'myACR' },
    )
    assert.deepEqual(
      answer(
        'Bearer error="insufficient_user_authentication", error_description="More recent authentication is required", max_age="5"',
      ),
      { max_age: '5' },
    )
  })

  it('may stand among others, in any case, with or without quotation marks', () => {
    const wanted = { acr_values: 'AAL3_FIDO2 AAL3_ANY', max_age: '60' }
    const written = [
      'Basic realm="a, Bearer error=\\"x\\"", bearer ERROR=insufficient_user_authentication, acr_values="AAL3_FIDO2 AAL3_ANY", max_age=60',
      'DPoP algs="ES256",error="insufficient_user_authentication",acr_values="AAL3_FIDO2 AAL3_ANY",max_age="60", Negotiate',
      ' ,, Bearer realm = "ward" , error = "insufficient_user_authentication", acr_values="AAL3_FIDO2\\ AAL3_ANY", max_age="60"',
    ]
    for (const challenge of written) assert.deepEqual(answer(challenge), wanted, challenge)
  })

  it('may say no more than that', () => assert.deepEqual(answer('Bearer error="insufficient_user_authentication"'), {}))

  it('is not there in answers about something else', () => {
    const others = [
      undefined,
      '',
      'Bearer',
      'Bearer error="invalid_token", acr_values="AAL3_ANY"',
      'Bearer error="insufficient_scope"',
      'Basic error="insufficient_user_authentication"',
      'Bearer realm="error=insufficient_user_authentication"',
      'error="insufficient_user_authentication"',
    ]
    for (const challenge of others) assert.equal(answer(challenge), undefined, challenge)
    assert.equal(answer('Bearer error="insufficient_user_authentication"', 403), undefined)
  })

  it('brings nothing into a request but classes and seconds', () => {
    const challenge = (more: string) => answer(`Bearer error="insufficient_user_authentication", ${more}`)
    assert.deepEqual(challenge('acr_values="AAL3_ANY&prompt=none", max_age="-1"'), {})
    assert.deepEqual(challenge('acr_values="a  b", max_age="99999999999"'), {})
    assert.deepEqual(challenge('redirect_uri="https://evil.test"'), {})
    assert.deepEqual(challenge(`acr_values="${'A'.repeat(5_000)}"`), {})
  })

  it('is read in no time, however long the header', () => {
    for (const part of [' ', ',', ' ,', 'a ', 'a=', '"', 'a="\\'])
      assert.equal(answer(`Basic ${part.repeat(3_000)}`.trim()), undefined)
  })
})
