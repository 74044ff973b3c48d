import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { AuthenticationResponse } from '@fobwatch/contracts'
import { type AuthenticationMisbehaviour, createSoftwareAuthenticator } from '@fobwatch/testkit'
import { assertionCases } from './dishonest/assertions.testing.ts'
import { authenticatorDataCases } from './dishonest/authenticator-data.testing.ts'
import { flipped } from './dishonest/case.testing.ts'
import { clientDataCases } from './dishonest/client-data.testing.ts'
import { assertionJsonCases } from './dishonest/json.testing.ts'
import { verifyAssertion, verifyRegistration } from './index.ts'
import type { Expected } from './rules.ts'
import { signatureByLibrary } from './signature-by-library.testing.ts'
import { isSignedWith } from './verify-signature.ts'

const origin = 'https://id.example'
const challenge = randomBytes(32).toString('base64url')
const expected: Expected = {
  challenge,
  rpId: 'id.example',
  origins: [origin],
  topOrigins: [],
  userVerification: 'required',
}
const creation = {
  rp: { id: 'id.example', name: 'Test' },
  user: { id: randomBytes(32).toString('base64url'), name: 'n', displayName: 'N' },
  challenge,
  pubKeyCredParams: [-7, -8, -35, -257].map((alg) => ({ type: 'public-key', alg })),
}

const deviceFor = async (options: Parameters<typeof createSoftwareAuthenticator>[0] = { algorithms: [-7] }) => {
  const device = createSoftwareAuthenticator(options)
  const credential = await verifyRegistration(device.register(creation, { origin }), expected)
  const answer = (misbehave: AuthenticationMisbehaviour = {}) =>
    device.authenticate({ challenge, rpId: 'id.example' }, { origin, misbehave }) as AuthenticationResponse
  return { credential, answer }
}

type Parts = Pick<AuthenticationResponse['response'], 'authenticatorData' | 'clientDataJSON' | 'signature'>
const bytes = (text: string) => Buffer.from(text, 'base64url')
const signedOf = (parts: Parts) =>
  Buffer.concat([bytes(parts.authenticatorData), createHash('sha256').update(bytes(parts.clientDataJSON)).digest()])

const byUs = (response: AuthenticationResponse, publicKey: Buffer): boolean => {
  try {
    return isSignedWith(publicKey, signedOf(response.response), bytes(response.response.signature))
  } catch {
    return false
  }
}
const byLibrary = (response: AuthenticationResponse, publicKey: Buffer): Promise<boolean> =>
  signatureByLibrary(response, publicKey, expected, undefined).catch(() => false)

const withPart = (response: AuthenticationResponse, name: keyof Parts, value: Buffer): AuthenticationResponse => ({
  ...response,
  response: { ...response.response, [name]: value.toString('base64url') },
})

const names = new Map<-7 | -8 | -35 | -257, string>([
  [-7, 'ES256'],
  [-35, 'ES384'],
  [-8, 'EdDSA'],
  [-257, 'RS256'],
])

describe('our verifying of signatures, beside the library’s', () => {
  for (const [algorithm, name] of names)
    describe(`by a key for ${name}`, () => {
      it('takes what the library takes, and refuses whatever has one bit changed, as it does', async () => {
        const { credential, answer } = await deviceFor({ algorithms: [algorithm] })
        for (let time = 0; time < 8; time += 1) {
          const honest = answer()
          assert.deepEqual(
            [byUs(honest, credential.publicKey), await byLibrary(honest, credential.publicKey)],
            [true, true],
          )
          for (const part of ['signature', 'authenticatorData', 'clientDataJSON'] as const) {
            const whole = bytes(honest.response[part])
            for (let bit = 0; bit < 8; bit += 1) {
              const at = Math.floor(Math.random() * whole.length)
              const changed = withPart(honest, part, flipped(whole, at, 1 << bit))
              const [ours, theirs] = [
                byUs(changed, credential.publicKey),
                await byLibrary(changed, credential.publicKey),
              ]
              // The library reads some DER that is not DER, as lengths of a form that is too long.
              const isDer = part === 'signature' && (algorithm === -7 || algorithm === -35)
              const expected = isDer ? [false, theirs] : [false, false]
              assert.deepEqual([ours, theirs], expected, `${part}, bit ${bit} of byte ${at}`)
            }
          }
          for (let end = 1; end <= 4; end += 1) {
            const cut = withPart(honest, 'signature', bytes(honest.response.signature).subarray(0, -end))
            assert.deepEqual(
              [byUs(cut, credential.publicKey), await byLibrary(cut, credential.publicKey)],
              [false, false],
            )
          }
        }
      })

      it('refuses every key with one bit changed, as the library does', async () => {
        const { credential, answer } = await deviceFor({ algorithms: [algorithm] })
        const honest = answer()
        for (let at = 0; at < credential.publicKey.length; at += algorithm === -257 ? 7 : 1) {
          const other = flipped(credential.publicKey, at, 1 << (at % 8))
          if (!byUs(honest, other)) continue
          assert.ok(await byLibrary(honest, other), `byte ${at} of the key`)
        }
      })
    })

  for (const algorithm of [-7, -35] as const)
    it(`takes no spelling of a signature for ${names.get(algorithm)} that the library refuses, and of those it takes DER alone`, async () => {
      const { credential, answer } = await deviceFor({ algorithms: [algorithm] })
      const honest = answer()
      const der = bytes(honest.response.signature)
      const [r, s] = integersOf(der)
      const order = algorithm === -7 ? orders.p256 : orders.p384
      const spellings: Record<string, Buffer> = {
        'the other s': sequence(integer(r), integer(order - s)),
        'r and the order': sequence(integer(r + order), integer(s)),
        's and the order': sequence(integer(r), integer(s + order)),
        'r and s the other way round': sequence(integer(s), integer(r)),
        'a zero s': sequence(integer(r), integer(0n)),
        'a zero r': sequence(integer(0n), integer(s)),
        'the order for s': sequence(integer(r), integer(order)),
        'a zero before r': sequence(Buffer.concat([Buffer.of(2, bytesOf(r).length + 1, 0), bytesOf(r)]), integer(s)),
        'a length in two bytes': Buffer.concat([Buffer.of(0x30, 0x81), der.subarray(1)]),
        'a length that is not told': Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(2), Buffer.of(0, 0)]),
        'a byte after it': Buffer.concat([der, Buffer.of(0)]),
        'a third integer': sequence(integer(r), integer(s), integer(1n)),
        'a set': Buffer.concat([Buffer.of(0x31), der.subarray(1)]),
        'r and s bare': Buffer.concat([bytesOf(r), bytesOf(s)]),
        nothing: Buffer.alloc(0),
      }
      const taken: string[] = []
      for (const [spelling, signature] of Object.entries(spellings)) {
        const changed = withPart(honest, 'signature', signature)
        if (!byUs(changed, credential.publicKey)) continue
        taken.push(spelling)
        assert.ok(await byLibrary(changed, credential.publicKey), spelling)
      }
      assert.deepEqual(taken, ['the other s'])
    })

  const everyCase = { ...clientDataCases, ...authenticatorDataCases, ...assertionJsonCases, ...assertionCases }
  for (const [name, { device, misbehave }] of Object.entries(everyCase))
    it(`takes nothing that the library refuses: ${name}`, async () => {
      const { credential, answer } = await deviceFor(device)
      const response = answer(misbehave as AuthenticationMisbehaviour)
      const taken = await verifyAssertion(response, expected, credential).then(
        () => true,
        () => false,
      )
      if (taken) assert.ok(await byLibrary(response, credential.publicKey))
    })
})

const orders = {
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  p384: BigInt('0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973'),
}

/** A positive integer in as few bytes as DER gives it. */
const bytesOf = (value: bigint): Buffer => {
  const hex = value.toString(16)
  const plain = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return (plain[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), plain]) : plain
}
const integer = (value: bigint): Buffer => Buffer.concat([Buffer.of(2, bytesOf(value).length), bytesOf(value)])
const sequence = (...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(0x30, content.length), content])
}
const integersOf = (der: Buffer): [bigint, bigint] => {
  const rEnd = 4 + der.readUInt8(3)
  const read = (part: Buffer) => BigInt(`0x${part.toString('hex')}`)
  return [read(der.subarray(4, rEnd)), read(der.subarray(rEnd + 2))]
}
