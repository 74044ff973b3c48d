import assert from 'node:assert/strict'
import type { AuthenticatorKind, AuthenticatorPolicy, CertificationLevel } from '@fobwatch/contracts'
import { byMetadata, metadataFacts } from './evidence.testing.ts'
import type { Trust } from './evidence.ts'
import type { PolicySubject, PolicyVerdict } from './policy.ts'
import type { Checks } from './rules.testing.ts'

/** What is checked, in the real rules and in each of their mutants. */
export type Policies = Pick<typeof import('./policy.ts'), 'combine' | 'judgePolicy'>

export const kinds: AuthenticatorKind[] = ['phone', 'tablet', 'computer', 'security-key', 'smartcard', 'passkey']
export const models = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
]
export const unsafe = [
  'REVOKED',
  'USER_VERIFICATION_BYPASS',
  'ATTESTATION_KEY_COMPROMISE',
  'USER_KEY_REMOTE_COMPROMISE',
  'USER_KEY_PHYSICAL_COMPROMISE',
]
const none: Trust = { by: 'none', facts: null }

/** One that every policy below permits unless it says otherwise. */
const subject: PolicySubject = {
  kind: 'security-key',
  aaguid: models[0],
  backupEligible: false,
  trust: byMetadata(),
  modelStatuses: ['FIDO_CERTIFIED_L2'],
  certification: 'L2',
  level: 3,
  identityLevel: 3,
  unusedDays: 0,
}

const refused = (...reasons: string[]): PolicyVerdict => ({ kind: 'refused', reasons })
const permitted: PolicyVerdict = { kind: 'permitted' }

/** Every demand, one at a time: what meets it just, what misses it just, and the sentence. */
export const policyBranches: Checks<Policies> = {
  'permits everything where nothing is demanded': ({ judgePolicy, combine }) => {
    assert.deepEqual(combine([]), {})
    const weakest = {
      ...subject,
      trust: none,
      level: 1,
      identityLevel: 1,
      backupEligible: true,
      unusedDays: 9_999,
    } as const
    assert.deepEqual(judgePolicy({}, weakest), permitted)
    assert.deepEqual(judgePolicy({ synced: 'allowed', attestation: 'optional', denyAaguids: [] }, weakest), permitted)
  },

  'refuses a model that was found unsafe, whatever is demanded': ({ judgePolicy }) => {
    for (const status of unsafe)
      assert.deepEqual(
        judgePolicy({}, { ...subject, modelStatuses: ['FIDO_CERTIFIED', status], trust: none }),
        refused('This model of device was found to be unsafe. Nobody can log in with it.'),
      )
  },

  'allows only the kinds that are named': ({ judgePolicy }) => {
    assert.deepEqual(judgePolicy({ kinds: ['security-key'] }, subject), permitted)
    assert.deepEqual(
      judgePolicy({ kinds: ['smartcard', 'tablet'] }, subject),
      refused('The rules here ask for a smartcard or a tablet.'),
    )
    assert.deepEqual(
      judgePolicy({ kinds: [] }, subject),
      refused('The rules here do not agree on any kind of device. Tell the desk.'),
    )
  },

  'refuses what can be copied': ({ judgePolicy }) => {
    assert.deepEqual(judgePolicy({ synced: 'refused' }, subject), permitted)
    assert.deepEqual(
      judgePolicy({ synced: 'refused' }, { ...subject, backupEligible: true }),
      refused('The rules here ask for a device that cannot copy its passkey to other devices.'),
    )
    assert.deepEqual(judgePolicy({ synced: 'allowed' }, { ...subject, backupEligible: true }), permitted)
  },

  'asks for a confirmed maker, which the key itself and a strange certificate are not': ({ judgePolicy }) => {
    const organisation: Trust = { by: 'organisation', facts: metadataFacts }
    for (const trust of [byMetadata(), organisation])
      assert.deepEqual(judgePolicy({ attestation: 'required' }, { ...subject, trust }), permitted)
    for (const by of ['none', 'self', 'untrusted'] as const) {
      const without = { ...subject, trust: { by, facts: null } }
      const reason = 'The rules here ask for a device whose maker we can confirm.'
      assert.deepEqual(judgePolicy({ attestation: 'required' }, without), refused(reason), by)
      assert.deepEqual(judgePolicy({ attestation: 'optional' }, without), permitted)
    }
  },

  'allows only the models that are named, and none that are denied': ({ judgePolicy }) => {
    const reason = 'The rules here do not allow this model of device.'
    assert.deepEqual(judgePolicy({ allowAaguids: [models[0]] }, subject), permitted)
    assert.deepEqual(judgePolicy({ allowAaguids: [models[1]] }, subject), refused(reason))
    assert.deepEqual(judgePolicy({ allowAaguids: [] }, subject), refused(reason))
    assert.deepEqual(judgePolicy({ denyAaguids: [models[1]] }, subject), permitted)
    assert.deepEqual(judgePolicy({ denyAaguids: [models[0]] }, subject), refused(reason))
    assert.deepEqual(judgePolicy({ allowAaguids: [models[0]], denyAaguids: [models[0]] }, subject), refused(reason))
  },

  'asks for a certification, which only a model that metadata confirmed can have': ({ judgePolicy }) => {
    const asked = (minimumCertification: CertificationLevel, who: Partial<PolicySubject> = {}) =>
      judgePolicy({ minimumCertification }, { ...subject, ...who })
    assert.deepEqual(asked('L2'), permitted)
    assert.deepEqual(asked('L1plus'), permitted)
    assert.deepEqual(
      asked('L2plus'),
      refused('The rules here ask for a device that is certified at level L2plus or higher.'),
    )
    const least = refused('The rules here ask for a device that is certified at level L1 or higher.')
    assert.deepEqual(asked('L1', { certification: null }), least)
    assert.deepEqual(asked('L1', { trust: none }), least)
    const organisation: Trust = { by: 'organisation', facts: { ...metadataFacts, certification: null } }
    assert.deepEqual(asked('L1', { trust: organisation }), least, 'whose anchor says nothing of models')
  },

  'heeds the notices that it prohibits': ({ judgePolicy }) => {
    const noticed = { ...subject, modelStatuses: ['FIDO_CERTIFIED', 'UPDATE_AVAILABLE'] }
    assert.deepEqual(judgePolicy({ prohibitedStatuses: ['NOT_FIDO_CERTIFIED'] }, noticed), permitted)
    assert.deepEqual(
      judgePolicy({ prohibitedStatuses: ['NOT_FIDO_CERTIFIED', 'UPDATE_AVAILABLE'] }, noticed),
      refused('The rules here do not allow this model of device, because of a notice about it.'),
    )
  },

  'refuses what lay unused for more than so many days': ({ judgePolicy }) => {
    assert.deepEqual(judgePolicy({ maximumUnusedDays: 30 }, { ...subject, unusedDays: 30 }), permitted)
    assert.deepEqual(
      judgePolicy({ maximumUnusedDays: 30 }, { ...subject, unusedDays: 31 }),
      refused('This device has not been used for more than 30 days.'),
    )
  },

  'asks for an assurance level and for an identity level, each of them apart': ({ judgePolicy }) => {
    const both = { minimumAssuranceLevel: 3, minimumIdentityLevel: 3 }
    const strong = 'The rules here ask for a strong check. This device gives a standard check.'
    const proof = 'The rules here ask for more proof of who you are. The desk can help you with that.'
    assert.deepEqual(judgePolicy(both, subject), permitted)
    assert.deepEqual(judgePolicy(both, { ...subject, level: 2 }), refused(strong))
    assert.deepEqual(judgePolicy(both, { ...subject, identityLevel: 2 }), refused(proof))
    assert.deepEqual(judgePolicy(both, { ...subject, level: 2, identityLevel: 2 }), refused(strong, proof))
    assert.deepEqual(
      judgePolicy({ minimumAssuranceLevel: 2 }, { ...subject, level: 1 }),
      refused('The rules here ask for a standard check. This device gives a weaker check.'),
    )
  },

  'gives every reason, the model first': ({ judgePolicy }) => {
    const verdict = judgePolicy(
      { denyAaguids: [models[0]], synced: 'refused', attestation: 'required', minimumAssuranceLevel: 3 },
      { ...subject, backupEligible: true, trust: none, level: 2 },
    )
    assert.deepEqual(
      verdict,
      refused(
        'The rules here do not allow this model of device.',
        'The rules here ask for a device that cannot copy its passkey to other devices.',
        'The rules here ask for a device whose maker we can confirm.',
        'The rules here ask for a strong check. This device gives a standard check.',
      ),
    )
  },

  'takes the strictest of each demand where several policies apply': ({ combine }) => {
    const hospital: AuthenticatorPolicy = {
      kinds: ['security-key', 'smartcard', 'tablet'],
      synced: 'allowed',
      attestation: 'required',
      allowAaguids: [models[0], models[1]],
      denyAaguids: [models[2]],
      minimumCertification: 'L1plus',
      prohibitedStatuses: ['UPDATE_AVAILABLE'],
      maximumUnusedDays: 90,
      minimumAssuranceLevel: 2,
      minimumIdentityLevel: 3,
      copiedKey: 'refuse',
    }
    const ward: AuthenticatorPolicy = {
      kinds: ['tablet', 'security-key', 'phone'],
      synced: 'refused',
      attestation: 'optional',
      allowAaguids: [models[1], models[2]],
      denyAaguids: [models[1], models[2]],
      minimumCertification: 'L1',
      prohibitedStatuses: ['NOT_FIDO_CERTIFIED'],
      maximumUnusedDays: 9,
      minimumAssuranceLevel: 3,
      minimumIdentityLevel: 1,
      copiedKey: 'suspend',
    }
    const strictest: AuthenticatorPolicy = {
      kinds: ['security-key', 'tablet'],
      synced: 'refused',
      attestation: 'required',
      allowAaguids: [models[1]],
      denyAaguids: [models[1], models[2]],
      minimumCertification: 'L1plus',
      prohibitedStatuses: ['NOT_FIDO_CERTIFIED', 'UPDATE_AVAILABLE'],
      maximumUnusedDays: 9,
      minimumAssuranceLevel: 3,
      minimumIdentityLevel: 3,
      copiedKey: 'suspend',
    }
    assert.deepEqual(combine([hospital, ward]), strictest)
    assert.deepEqual(combine([ward, {}, hospital]), strictest)
    assert.deepEqual(combine([{ kinds: ['phone'] }, { kinds: ['tablet'] }]), { kinds: [] })
    assert.deepEqual(combine([{ copiedKey: 'refuse' }, {}]), { copiedKey: 'refuse' })
    assert.deepEqual(combine([{ synced: 'allowed', attestation: 'optional' }]), {})
  },
}
