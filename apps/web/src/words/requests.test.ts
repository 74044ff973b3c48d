import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { WholeRequest } from '@fobwatch/contracts'
import { askedWords, detailsOf, fateWords, finishHref, whatNext } from './requests.ts'

const request: WholeRequest = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  kind: 'enrol-level-3',
  state: 'open',
  about: { staffId: '123456789012', name: 'Asha Fiction' },
  organisation: { code: 'ZZX01', name: 'Hospital' },
  raisedBy: { staffId: '210987654321', name: 'Sam Fiction' },
  raisedAt: '2026-11-03T09:14:00.000Z',
  dueAt: '2026-12-03T09:14:00.000Z',
  position: null,
  heldBy: null,
  heldUntil: null,
  mine: false,
  held: false,
  mayDecide: true,
  asked: { how: 'in-person' },
  note: null,
  decidedBy: null,
  decidedAt: null,
  because: null,
}

describe('the words for a request', () => {
  it('say what is asked, with the role it is about', () => {
    assert.equal(askedWords({ kind: 'assign-position', position: 'Nurse, Ward 7' }), 'Give a role: Nurse, Ward 7')
    assert.equal(askedWords({ kind: 'close-person', position: null }), 'Close the profile')
  })

  it('name what is handed over, where that is known, and how long it works', () => {
    const says = (asked?: Record<string, unknown>) =>
      askedWords({ kind: 'enrol-level-3', position: null, ...(asked && { asked }) })
    assert.equal(says(), 'Send a set-up link, code or pass')
    assert.equal(says({ how: 'link', byMail: true }), 'Send a set-up link by email')
    assert.equal(says({ how: 'link', channel: 'link' }), 'Make a set-up link to copy')
    assert.equal(says({ how: 'video', channel: 'code' }), 'Read a code aloud')
    assert.equal(says({ how: 'in-person', channel: 'pass' }), 'Give a temporary pass')
    for (const [lifetimeHours, value] of [
      [1, '1 hour'],
      [12, '12 hours'],
      [24, '1 day'],
      [72, '3 days'],
    ])
      assert.deepEqual(detailsOf({ asked: { lifetimeHours } }), [{ key: 'Works for', value }])
  })

  it('say what comes next: nothing more, or a day to finish it', () => {
    assert.match(whatNext('give-duty'), /done at once/)
    assert.match(whatNext('enrol-level-3'), /24 hours/)
  })

  it('say what became of it, and by whom', () => {
    assert.match(fateWords(request), /^It waits for a second person, until 3 December 2026\.$/)
    const decided = { ...request, decidedBy: 'Bo Fiction', decidedAt: '2026-11-04T09:14:00.000Z' }
    assert.match(
      fateWords({ ...decided, state: 'approved' }),
      /^It was approved by Bo Fiction at .* It can be used once/,
    )
    assert.match(fateWords({ ...decided, state: 'rejected', decidedBy: null }), /by the people who run this service/)
  })

  it('lead back to where it is finished', () => {
    assert.equal(finishHref(request), `/desk/issuing/123456789012?request=${request.id}`)
    assert.equal(finishHref({ ...request, kind: 'give-duty' }), undefined)
  })

  it('say in words what the API says in its own', () => {
    assert.deepEqual(detailsOf({ asked: { how: 'link', channel: 'link', device: 'security-key' } }), [
      { key: 'How they are seen', value: 'On their own' },
      { key: 'What is made', value: 'A link' },
      { key: 'Kind of device', value: 'A security key' },
    ])
  })

  it('say each thing that is asked in words, and no ids that people cannot read', () => {
    const asked = {
      position: request.id,
      expiresAt: null,
      byMail: true,
      metadata: { redirect_uris: ['https://a.example'] },
    }
    assert.deepEqual(detailsOf({ asked }), [
      { key: 'Until', value: 'None' },
      { key: 'Sent by mail', value: 'Yes' },
      { key: 'Settings', value: 'Redirect uris: https://a.example' },
    ])
  })
})
