import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Algorithm, createTokenVerifier, type VerifierOptions } from './index.ts'

const good: VerifierOptions = { issuer: 'https://login.test', audience: 'https://ward.test/api' }
const refuses = (options: Partial<VerifierOptions>, message: RegExp) =>
  assert.throws(() => createTokenVerifier({ ...good, ...options }), message)

describe('a verifier', () => {
  it('is made from an issuer and an audience', () => {
    createTokenVerifier(good)
    createTokenVerifier({ ...good, issuer: 'http://localhost:3000' })
  })

  it('accepts no symmetric algorithm, not even when told to', () => {
    for (const algorithm of ['HS256', 'none', 'dir', ''])
      refuses({ algorithms: [algorithm as Algorithm] }, /algorithms/)
    refuses({ algorithms: [] }, /algorithms/)
  })

  it('is not made for an issuer whose keys anyone on the way could change', () => {
    refuses({ issuer: 'http://login.test' }, /issuer/)
    refuses({ issuer: 'login.test' }, /issuer/)
    refuses({ jwksUri: 'http://login.test/jwks' }, /jwksUri/)
  })

  it('is not made without an audience', () => refuses({ audience: '' }, /audience/))

  it('is not made with a tolerance that is no number of seconds', () => {
    refuses({ clockToleranceSeconds: -1 }, /clockToleranceSeconds/)
    refuses({ jwksCooldownSeconds: Number.NaN }, /jwksCooldownSeconds/)
  })
})
