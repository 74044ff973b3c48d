import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DeskPerson } from '@fobwatch/contracts'
import { actionsFor } from './actions.ts'

type About = Parameters<typeof actionsFor>[0]

const way = (name: string, because: DeskPerson['authenticators'][number]['because']) =>
  ({ name, because, status: because ? 'suspended' : 'active' }) as DeskPerson['authenticators'][number]
const roles = [{}] as DeskPerson['roles']
const open = [{ state: 'open' }] as DeskPerson['links']
const about = (facts: Partial<About>): About => ({
  ...{ status: 'active', ways: 0, authenticators: [], links: [], roles },
  ...facts,
})

describe('what needs action on a person’s page', () => {
  it('says what to do when their only way is of a kind with a fault', () => {
    assert.deepEqual(actionsFor(about({ authenticators: [way('Blue key', 'model')] }), true), [
      'A fault was found in devices like “Blue key”, which cannot be used again. They cannot log in. Find a device of another kind for them, check who they are, and send a set-up link.',
    ])
  })

  it('says so of several, beside others that are paused, and where a link is on its way', () => {
    const authenticators = [way('Blue key', 'model'), way('Red key', 'model'), way('Phone', 'lost')]
    assert.deepEqual(actionsFor(about({ authenticators, links: open }), true), [
      'A fault was found in devices like “Blue key” and “Red key”, which cannot be used again. Every other way is paused too. They cannot log in. They have a link, code or pass: it needs a device of another kind.',
    ])
  })

  it('tells nobody to send a link who cannot', () => {
    assert.deepEqual(actionsFor(about({ authenticators: [way('Blue key', 'model')] }), false), [
      'A fault was found in devices like “Blue key”, which cannot be used again. They cannot log in. They need a device of another kind, and a set-up link from an agent of the desk.',
    ])
    assert.deepEqual(actionsFor(about({}), false), ['They have no way to log in.'])
  })

  it('leaves the fault to the card of the way where another way works', () => {
    const authenticators = [way('Blue key', 'model'), way('Phone', null)]
    assert.deepEqual(actionsFor(about({ ways: 1, authenticators }), true), [
      'They have 1 way to log in. If they lose it, they must visit the desk.',
    ])
  })

  it('says what is missing of somebody new, and nothing of those who may not log in', () => {
    const none = about({ roles: [] })
    assert.deepEqual(actionsFor(none, true), ['They have no way to log in. Send a set-up link.', 'They have no role.'])
    assert.deepEqual(actionsFor({ ...none, links: open }, true), ['They have no role.'])
    assert.deepEqual(actionsFor({ ...none, status: 'suspended' }, true), [])
    assert.deepEqual(actionsFor(about({ authenticators: [way('Phone', 'lost')] }), true), [
      'Every way to log in is paused. They cannot log in.',
    ])
  })
})
