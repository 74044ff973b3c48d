import assert from 'node:assert/strict'
import { best, byMetadata, metadataFacts } from './evidence.testing.ts'
import type { Binding, Evidence, Level, Trust, Verdict } from './evidence.ts'

/** What is checked, in the real rules and in each of their mutants. */
export type Rules = Pick<typeof import('./rules.ts'), 'assess' | 'trustNow' | 'toLevel'>
export type Checks<T> = Readonly<Record<string, (subject: T) => void>>

const organisation = (facts: Partial<typeof metadataFacts> = {}): Trust => ({
  by: 'organisation',
  facts: { ...metadataFacts, methods: [], certification: null, statuses: [], ...facts },
})
const none: Trust = { by: 'none', facts: null }
const unsafe = [
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
]
const kinds: [Evidence['kind'], string][] = [
  ['phone', 'this phone'],
  ['tablet', 'this tablet'],
  ['computer', 'this computer'],
  ['security-key', 'this key'],
  ['smartcard', 'this smartcard'],
  ['passkey', 'its app'],
]

const with_ = (change: Partial<Evidence>): Evidence => ({ ...best, ...change })
const weak = (level: Level, reason: string): Pick<Verdict, 'level' | 'acr' | 'reasons'> => ({
  level,
  acr: `AAL${level}_ANY`,
  reasons: [reason],
})
const withoutAmr = ({ level, acr, reasons }: Verdict) => ({ level, acr, reasons })

/** Every branch, one at a time. */
export const branches: Checks<Rules> = {
  'is a strong check, for all its reasons, where nothing is weak': ({ assess }) =>
    assert.deepEqual(assess(best), {
      level: 3,
      acr: 'AAL3_FIDO2',
      amr: ['pop', 'user', 'mfa', 'hwk'],
      reasons: [
        'the passkey cannot leave this key',
        'we confirmed the maker',
        'you used your fingerprint, face or PIN',
      ],
    }),

  'is the class of managed iPads on an anchor for iOS, whose word gives no methods': ({ assess }) => {
    const iPad = with_({ kind: 'tablet', trust: organisation({ platform: 'ios' }) })
    assert.deepEqual(assess(iPad).acr, 'AAL3_IOS')
    assert.deepEqual(assess(iPad).amr, ['pop', 'user', 'mfa'])
    assert.equal(assess(iPad).reasons[2], 'you used your fingerprint, face or PIN')
    assert.equal(assess({ ...iPad, trust: organisation() }).acr, 'AAL3_FIDO2')
    assert.equal(assess({ ...iPad, backupEligible: true }).acr, 'AAL2_ANY')
  },

  'is hardly a check where nobody was there or nobody was verified, which comes before everything else': ({
    assess,
  }) => {
    const unverified = 'it did not check your fingerprint, face or PIN'
    assert.deepEqual(withoutAmr(assess(with_({ userPresent: false }))), weak(1, 'nobody touched it'))
    assert.deepEqual(withoutAmr(assess(with_({ userVerified: false }))), weak(1, unverified))
    const all = with_({ userVerified: false, backupEligible: true, trust: none, binding: { by: 'link', level: 1 } })
    assert.deepEqual(withoutAmr(assess(all)), weak(1, unverified))
    assert.deepEqual(withoutAmr(assess({ ...all, userPresent: false })), weak(1, 'nobody touched it'))
    assert.deepEqual(assess(with_({ userPresent: false, userVerified: false })).amr, ['pop', 'hwk'])
    assert.deepEqual(assess(with_({ userPresent: false })).amr, ['pop', 'mfa', 'hwk'])
  },

  'is a standard check for a passkey that can be copied or was, said in the words of its kind': ({ assess }) => {
    for (const [kind, called] of kinds) {
      const can = with_({ kind, backupEligible: true, trust: none })
      assert.deepEqual(withoutAmr(assess(can)), weak(2, `${called} can copy its passkey to your other devices`))
      assert.deepEqual(
        withoutAmr(assess({ ...can, backupState: true })),
        weak(2, `${called} has copied its passkey elsewhere`),
      )
      assert.equal(assess(with_({ kind })).reasons[0], `the passkey cannot leave ${called}`)
    }
    assert.equal(assess(with_({ backupState: true })).level, 2, 'whatever it said of being able to')
  },

  'is a standard check where the maker was not confirmed, or was found unsafe': ({ assess }) => {
    const unconfirmed = weak(2, 'we could not confirm the maker')
    for (const by of ['none', 'self', 'untrusted'] as const)
      assert.deepEqual(withoutAmr(assess(with_({ trust: { by, facts: null } }))), unconfirmed)
    for (const status of unsafe) {
      const verdict = assess(with_({ trust: byMetadata({ statuses: ['FIDO_CERTIFIED_L2', status] }) }))
      assert.deepEqual(withoutAmr(verdict), unconfirmed, status)
      assert.deepEqual(verdict.amr, ['pop', 'user', 'mfa'], status)
    }
    assert.equal(assess(with_({ trust: byMetadata({ statuses: ['UPDATE_AVAILABLE'] }) })).level, 3)
  },

  'is a standard check where the maker does not say that the key is in hardware': ({ assess }) => {
    const software = assess(with_({ trust: byMetadata({ keyProtection: 'software' }) }))
    assert.deepEqual(withoutAmr(software), weak(2, 'its maker says that it does not keep the key in hardware'))
    assert.deepEqual(software.amr, ['pop', 'user', 'mfa', 'swk'])
    const unknown = assess(with_({ trust: organisation({ keyProtection: 'unknown' }) }))
    assert.deepEqual(withoutAmr(unknown), weak(2, 'its maker does not say that it keeps the key in hardware'))
  },

  'line 25: never exceeds the act that bound it, or whoever stole a standard check could climb': ({ assess }) => {
    const reasons: Record<Binding['by'], string> = {
      session: 'you added it after a lower check',
      link: 'it was set up by a link that anybody may have opened',
      command: 'it was set up by a link that anybody may have opened',
      'in-person': 'it was set up for you after a lower check',
      video: 'it was set up for you after a lower check',
    }
    for (const [by, reason] of Object.entries(reasons) as [Binding['by'], string][]) {
      for (const level of [1, 2] as const)
        assert.deepEqual(withoutAmr(assess(with_({ binding: { by, level } }))), weak(level, reason))
      assert.equal(assess(with_({ binding: { by, level: 3 } })).level, 3)
    }
  },

  'names the weakest point, and the first of several that are as weak': ({ assess }) => {
    const low = with_({ backupEligible: true, trust: none, binding: { by: 'session', level: 1 } })
    assert.deepEqual(withoutAmr(assess(low)), weak(1, 'you added it after a lower check'))
    const standard = with_({ trust: none, binding: { by: 'link', level: 2 } })
    assert.deepEqual(assess(standard).reasons, ['we could not confirm the maker'])
    assert.deepEqual(assess({ ...standard, backupEligible: true }).reasons, [
      'this key can copy its passkey to your other devices',
    ])
    const soft = { ...standard, trust: byMetadata({ keyProtection: 'software' }) }
    assert.deepEqual(assess(soft).reasons, ['its maker says that it does not keep the key in hardware'])
  },

  'says how the person was checked where metadata allows one way only': ({ assess }) => {
    const seen = (methods: string[], change: Partial<Evidence> = {}) => {
      const { amr, reasons } = assess(with_({ trust: byMetadata({ methods }), ...change }))
      return [amr.slice(4), reasons[2]]
    }
    for (const method of ['passcode_internal', 'passcode_external', 'pattern_internal', 'pattern_external'])
      assert.deepEqual(seen([method]), [['pin'], 'you used your PIN'], method)
    assert.deepEqual(seen(['fingerprint_internal']), [['fpt'], 'you used your fingerprint'])
    assert.deepEqual(seen(['faceprint_internal', 'faceprint_internal']), [['face'], 'you used your face'])
    const unsaid = [[], 'you used your fingerprint, face or PIN']
    for (const methods of [[], ['all'], ['none'], ['eyeprint_internal'], ['passcode_internal', 'fingerprint_internal']])
      assert.deepEqual(seen(methods), unsaid, methods.join())
    assert.deepEqual(seen(['passcode_internal'], { trust: organisation({ methods: ['passcode_internal'] }) }), unsaid)
    const unverified = with_({ userVerified: false, trust: byMetadata({ methods: ['passcode_internal'] }) })
    assert.deepEqual(assess(unverified).amr, ['pop', 'user', 'hwk'])
  },

  'says where the key is and that it is a card only on the word of metadata': ({ assess }) => {
    const amr = (change: Partial<Evidence>) => assess(with_(change)).amr.slice(3)
    assert.deepEqual(amr({ trust: byMetadata({ smartcard: true }) }), ['hwk', 'sc'])
    assert.deepEqual(amr({ trust: byMetadata({ keyProtection: 'unknown' }) }), [])
    assert.deepEqual(amr({ trust: organisation({ smartcard: true }) }), [])
    assert.deepEqual(amr({ trust: none }), [])
    assert.deepEqual(amr({ backupEligible: true }), [], 'a key that can leave its hardware is not held by it')
    assert.deepEqual(amr({ backupState: true }), [])
  },

  'takes what metadata said for nothing while the metadata is not current': ({ trustNow }) => {
    const [metadata, organisations] = [byMetadata(), organisation()]
    assert.deepEqual(trustNow(metadata, true), metadata)
    assert.deepEqual(trustNow(metadata, false), { by: 'untrusted', facts: null })
    for (const current of [true, false]) {
      assert.deepEqual(trustNow(organisations, current), organisations)
      assert.deepEqual(trustNow(none, current), none)
    }
  },

  'takes a stored level for what it is, and anything else for the lowest': ({ toLevel }) =>
    assert.deepEqual([0, 1, 2, 3, 4, Number.NaN].map(toLevel), [1, 1, 2, 3, 1, 1]),
}
