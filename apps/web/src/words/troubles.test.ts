import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusals } from '@fobwatch/contracts'
import type { TroubleCode } from '../trouble.ts'
import { type About, troubleWords } from './troubles.ts'

const loggingIn: About = { doing: 'log-in', device: 'phone', button: 'Log in', leadsElsewhere: true }
const settingUp: About = { doing: 'set-up', device: 'phone', button: 'Set up this phone' }
const adding: About = { doing: 'add', device: 'computer', button: 'Add this computer' }
const checking: About = { doing: 'check', device: 'device', button: 'Check it is you' }

const boxCodes: TroubleCode[] = [
  'box_closed',
  'box_timed_out',
  'box_did_not_stay_open',
  'already_set_up',
  'browser_unsupported',
  'device_unsupported',
  'address_not_trusted',
  'device_unreadable',
  'no_connection',
  'unexpected',
]

const titleOf = (code: TroubleCode, about: About) => troubleWords(code, about)?.title
const shapeOf = (code: TroubleCode, about: About) => troubleWords(code, about)?.shape

describe('the words for troubles', () => {
  it('treats a closed box as no failure: inset text, and a way to try again', () => {
    const words = troubleWords('box_closed', loggingIn)
    assert.equal(words?.shape, 'closed')
    assert.equal(words?.title, 'You are not logged in yet')
    assert.equal(words?.whatNow, 'Select **Log in** to try again, or **Use a different device**.')
  })
  it('says that a set-up link still works after a closed box', () => {
    const words = troubleWords('box_closed', settingUp)
    assert.equal(words?.title, 'This phone is not set up yet')
    assert.match(words?.happened ?? '', /Your link still works\.$/)
    assert.match(words?.whatNow ?? '', /^Select \*\*Set up this phone\*\*\./)
  })
  it('speaks of no link where there is none', () => {
    for (const about of [loggingIn, adding, checking])
      for (const code of ['box_closed', 'already_set_up', 'device_unsupported'] satisfies TroubleCode[])
        assert.doesNotMatch(JSON.stringify(troubleWords(code, about)), /link/i)
  })
  it('names the button that is really on the page', () => {
    assert.match(troubleWords('box_closed', checking)?.whatNow ?? '', /\*\*Check it is you\*\*/)
    assert.match(troubleWords('box_closed', adding)?.whatNow ?? '', /\*\*Add this computer\*\*/)
  })
  it('names the button that was pressed, when it was another than the main one', () => {
    const words = troubleWords('box_closed', { ...adding, device: 'security key', pressed: 'Add a security key' })
    assert.equal(words?.title, 'This security key is not set up yet')
    assert.equal(words?.whatNow, 'Select **Add a security key** to try again.')
  })
  it('turns the button into Try again wherever the words say so', () => {
    for (const about of [loggingIn, settingUp, adding, checking])
      for (const code of [...boxCodes, ...(Object.keys(refusals) as TroubleCode[])]) {
        const words = troubleWords(code, about)
        const saysSo = words?.whatNow.includes('**Try again**') ?? false
        if (saysSo) assert.equal(words?.button, 'Try again', `${code} while ${about.doing}`)
      }
  })
  it('names old security keys as a possible cause, wherever a browser would not say so', () => {
    for (const about of [loggingIn, settingUp, adding, checking])
      for (const code of ['box_closed', 'box_did_not_stay_open', 'user_not_verified'] satisfies TroubleCode[])
        assert.match(troubleWords(code, about)?.happened ?? '', /An old security key without a PIN or fingerprint/)
  })
  it('says why a way to log in is paused, when it is told', () => {
    const words = troubleWords('credential_suspended', loggingIn, ['It is paused because it was reported lost.'])
    assert.equal(words?.title, 'This phone is paused')
    assert.equal(words?.happened, 'It is paused because it was reported lost. You are not logged in.')
    assert.equal(troubleWords('credential_suspended', loggingIn)?.happened, 'You are not logged in.')
  })
  it('lists what a policy asks for, in place of the page at log in and above the button at set-up', () => {
    const reasons = ['The rules here ask for a security key.']
    for (const [about, shape] of [
      [loggingIn, 'page'],
      [checking, 'page'],
      [settingUp, 'warning'],
      [adding, 'warning'],
    ] as const) {
      const words = troubleWords('policy_refuses', about, reasons)
      assert.equal(words?.shape, shape)
      assert.deepEqual(words?.list, reasons)
    }
  })
  it('never calls a paused way suspended', () => {
    for (const code of Object.keys(refusals) as TroubleCode[])
      assert.doesNotMatch(JSON.stringify(troubleWords(code, loggingIn)), /suspend|revoke/i)
  })
  it('says where a box closes at once that this device may not be set up, and offers a different one where that is on the page', () => {
    const words = troubleWords('box_did_not_stay_open', loggingIn)
    assert.match(words?.happened ?? '', /Or this device is not set up for you\./)
    assert.match(words?.whatNow ?? '', /^Select \*\*Try again\*\*, or \*\*Use a different device\*\*\./)
    for (const code of ['box_closed', 'box_did_not_stay_open'] satisfies TroubleCode[])
      assert.doesNotMatch(
        troubleWords(code, { ...loggingIn, leadsElsewhere: false })?.whatNow ?? '',
        /different device/,
      )
    assert.doesNotMatch(troubleWords('box_did_not_stay_open', settingUp)?.happened ?? '', /not set up for you/)
  })
  it('speaks of the code and of no device, where too many codes were typed', () => {
    const words = troubleWords('too_many', { doing: 'type-code', device: 'device', button: 'Continue' })
    assert.match(words?.happened ?? '', /Your code is not used up/)
    assert.doesNotMatch(JSON.stringify(words), /device/)
    assert.match(troubleWords('too_many', loggingIn)?.happened ?? '', /Your device is safe/)
  })
  it('shows nothing for what the person chose', () => {
    assert.equal(troubleWords('cancelled', loggingIn), undefined)
  })
  it('has whole words for every refusal of the API, whatever the person was doing', () => {
    for (const about of [loggingIn, settingUp, adding, checking])
      for (const code of Object.keys(refusals) as TroubleCode[]) {
        const words = troubleWords(code, about)
        assert.ok(words?.title && words.happened && words.whatNow, code)
      }
  })
  it('takes the blame for what nobody foresaw', () => {
    assert.equal(titleOf('unexpected', loggingIn), 'Fobwatch is not working')
    assert.equal(titleOf('server_fault', settingUp), 'Fobwatch is not working')
    assert.equal(shapeOf('unavailable', loggingIn), 'page')
  })
  it('tells a spent link from an expired and from a replaced one', () => {
    assert.equal(titleOf('invitation_spent', settingUp), 'This link has been used')
    assert.equal(titleOf('invitation_expired', settingUp), 'This link has expired')
    assert.match(troubleWords('invitation_replaced', settingUp)?.happened ?? '', /newer link/)
    assert.equal(titleOf('invitation_replaced', settingUp), 'This link does not work any more')
  })
})
