import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { byRequestKinds, requestKinds } from '@fobwatch/contracts'
import {
  type AskedFor,
  approvedAs,
  isAboutNobody,
  openUntil,
  type Standing,
  usableUntil,
  whyNotDecide,
  whyNotNow,
  whyNotRaise,
} from './rules.ts'

const anyone: Standing = {
  isRaiser: false,
  isAbout: false,
  isTheirs: false,
  allowed: ['yes'],
  decides: true,
  coversPerson: true,
  coversDuty: true,
  identityLevel: 3,
}
const raiser: Standing = { ...anyone, isRaiser: true }
const sponsor: Standing = { ...anyone, allowed: ['by-request'] }
const nobody: Standing = { ...anyone, allowed: [], decides: false }
const asked = (kind: AskedFor['kind'], level?: number): AskedFor => ({ kind, level })
const aboutSomebody = requestKinds.filter((kind) => !isAboutNobody(kind))

describe('who may ask', () => {
  it('line 42: is nobody about themselves, whatever their duty', () => {
    for (const kind of requestKinds) assert.equal(whyNotRaise(asked(kind), { ...raiser, isAbout: true }), 'self')
  })

  it('is whoever may do it alone, and for some deeds whoever may do it by request', () => {
    for (const kind of requestKinds) assert.equal(whyNotRaise(asked(kind), raiser), undefined, kind)
    for (const kind of byRequestKinds) assert.equal(whyNotRaise(asked(kind), sponsor), undefined, kind)
    for (const kind of requestKinds.filter((each) => !byRequestKinds.some((other) => other === each)))
      assert.equal(whyNotRaise(asked(kind), sponsor), 'no-duty', kind)
  })

  it('line 42: is nobody for a place outside their duty', () => {
    for (const kind of aboutSomebody) assert.equal(whyNotRaise(asked(kind), nobody), 'outside', kind)
    for (const kind of ['export-audit', 'add-client'] as const)
      assert.equal(whyNotRaise(asked(kind), nobody), 'no-duty', kind)
  })

  it('line 42: is nobody for more than they have: a duty, a link to somebody with more, a level above their own', () => {
    assert.equal(whyNotRaise(asked('give-duty'), { ...raiser, coversDuty: false }), 'duties')
    assert.equal(whyNotRaise(asked('enrol-level-3'), { ...raiser, coversPerson: false }), 'duties')
    assert.equal(whyNotRaise(asked('raise-identity-level', 3), { ...raiser, identityLevel: 2 }), 'level')
    assert.equal(whyNotRaise(asked('raise-identity-level', 2), { ...raiser, identityLevel: 2 }), undefined)
  })
})

describe('who may decide', () => {
  it('line 42: is nobody what they asked for, nor what is about them', () => {
    for (const kind of requestKinds) {
      assert.equal(whyNotDecide(asked(kind), raiser, raiser), 'own-request', kind)
      assert.equal(whyNotDecide(asked(kind), raiser, { ...anyone, isTheirs: true }), 'self', kind)
    }
  })

  it('is whoever decides requests at the place, and for what concerns everybody whoever does it themselves', () => {
    for (const kind of requestKinds) assert.equal(whyNotDecide(asked(kind), raiser, anyone), undefined, kind)
    for (const kind of aboutSomebody)
      assert.equal(whyNotDecide(asked(kind), raiser, { ...anyone, decides: false }), 'outside', kind)
    for (const kind of ['export-audit', 'add-client'] as const) {
      assert.equal(whyNotDecide(asked(kind), raiser, { ...anyone, decides: false }), undefined, kind)
      assert.equal(whyNotDecide(asked(kind), raiser, sponsor), 'outside', kind)
    }
  })

  it('line 42: is a sponsor for what two people do, and no sponsor for what another sponsor may only ask for', () => {
    assert.equal(whyNotDecide(asked('enrol-level-3'), raiser, sponsor), undefined)
    for (const kind of byRequestKinds) assert.equal(whyNotDecide(asked(kind), sponsor, sponsor), 'not-theirs', kind)
    for (const kind of byRequestKinds) assert.equal(whyNotDecide(asked(kind), sponsor, anyone), undefined, kind)
    assert.equal(whyNotDecide(asked('give-duty'), sponsor, sponsor), 'not-theirs')
  })

  it('line 42: gives nothing that they do not have', () => {
    assert.equal(whyNotDecide(asked('give-duty'), raiser, { ...anyone, coversDuty: false }), 'duties')
    for (const kind of ['enrol-level-3', 'change-details', 'close-person', 'reopen-person'] as const)
      assert.equal(whyNotDecide(asked(kind), raiser, { ...anyone, coversPerson: false }), 'duties', kind)
    assert.equal(whyNotDecide(asked('raise-identity-level', 3), raiser, { ...anyone, identityLevel: 2 }), 'level')
  })
})

describe('the life of a request', () => {
  it('is 30 days, and a day from its approval', () => {
    const at = new Date('2026-11-03T09:14:00Z')
    assert.equal(openUntil(at).toISOString(), '2026-12-03T09:14:00.000Z')
    assert.equal(usableUntil(at).toISOString(), '2026-11-04T09:14:00.000Z')
  })

  it('ends with its approval, but where whoever raised it then does it', () => {
    const used = requestKinds.filter((kind) => approvedAs(kind) === 'approved')
    assert.deepEqual(used, ['enrol-level-3', 'export-audit', 'add-client'])
  })

  it('is in the hands of one while somebody holds it', () => {
    assert.equal(whyNotNow({ state: 'open', heldBy: 'other' }, 'me'), 'request_held')
    assert.equal(whyNotNow({ state: 'open', heldBy: 'other' }, null), 'request_held')
    assert.equal(whyNotNow({ state: 'open', heldBy: null }, 'me'), 'request_not_held')
    assert.equal(whyNotNow({ state: 'approved', heldBy: null }, 'me'), 'request_not_open')
  })
})
