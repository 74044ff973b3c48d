import type { TroubleCode } from '../trouble.ts'
import type { About, TroubleWords } from './trouble-words.ts'

const boxClosed = 'The box from your browser closed before you finished.'
/** A browser closes its box on such a key without a word of why. */
const oldKeys = 'An old security key without a PIN or fingerprint cannot be used.'

const titleOfClosed = ({ doing, device }: About): string => {
  if (doing === 'log-in') return 'You are not logged in yet'
  return doing === 'check' ? 'We have not checked it is you yet' : `This ${device} is not set up yet`
}

const closed = (about: About): TroubleWords => {
  const { doing, button, pressed = button } = about
  const words = { shape: 'closed' as const, title: titleOfClosed(about), happened: boxClosed }
  if (doing === 'set-up')
    return {
      ...words,
      happened: `${boxClosed} ${oldKeys} Your link still works.`,
      whatNow: `Select **${button}**. If you set it up before, select **Log in**.`,
      waysOut: ['log-in'],
    }
  if (doing === 'log-in' && button === 'Log in')
    return {
      ...words,
      happened: `${boxClosed} Or this device is not set up for you. ${oldKeys}`,
      whatNow: 'Select **Log in** to try again, or **Use a different device**.',
    }
  return { ...words, happened: `${boxClosed} ${oldKeys}`, whatNow: `Select **${pressed}** to try again.` }
}

const alreadySetUp = ({ doing, device }: About): TroubleWords => {
  const title = `This ${device} is already set up`
  if (doing !== 'set-up')
    return {
      shape: 'warning',
      title,
      happened: 'You can log in with it now.',
      whatNow: 'Use a different device to add another way.',
    }
  return {
    shape: 'warning',
    title,
    happened: 'You can log in with it now. Your link has not been used.',
    whatNow: 'Select **Log in**. Or open the link on a different device.',
    waysOut: ['log-in'],
  }
}

const timedOut: TroubleWords = {
  shape: 'closed',
  title: 'The box closed after 5 minutes',
  happened: 'Nothing is lost.',
  whatNow: 'Get your phone or security key ready, then select **Try again**.',
  button: 'Try again',
}

const didNotStayOpen: TroubleWords = {
  shape: 'warning',
  title: 'The box closed straight away',
  happened: `Your fingerprint, face or PIN may not have matched, or another window may be in front. Or your IT team may have turned this off. ${oldKeys}`,
  whatNow: 'Select **Try again**. If it happens twice, call IT.',
  button: 'Try again',
}

const browserUnsupported: TroubleWords = {
  shape: 'warning',
  title: 'This browser cannot log you in',
  happened: 'It is too old, or it is inside another app.',
  whatNow: 'Select **Copy the address**. Paste it into Edge, Chrome or Safari.',
  waysOut: ['copy-address'],
}

const deviceUnsupported: TroubleWords = {
  shape: 'warning',
  title: 'We cannot set up this device',
  happened: 'It is an older kind, it has no PIN, or an app on it said no.',
  whatNow: 'Try a different device. For a security key, set a PIN on it. Or ask the desk for a key from our list.',
}

/** At log in it takes the place of the page, since trying again would end the same. */
const deviceNotAllowed = ({ doing }: About, list: readonly string[]): TroubleWords | undefined =>
  doing === 'log-in' || doing === 'check'
    ? undefined
    : {
        shape: 'warning',
        title: 'We cannot set up this device',
        happened: 'It works, but it does not meet the rules of your organisation.',
        list,
        whatNow: 'Try a different device. Or ask the desk for a key from our list.',
      }

const addressNotTrusted: TroubleWords = {
  shape: 'warning',
  title: 'We cannot log you in at this web address',
  happened: 'It is not the address your device trusts. You did nothing wrong.',
  whatNow: 'Close this page. Open Fobwatch from your usual link. If you see this again, call the desk.',
}

const deviceUnreadable: TroubleWords = {
  shape: 'warning',
  title: 'We could not read your device',
  happened: 'It may be loose, locked or out of power.',
  whatNow:
    'Put the security key in again, unlock the phone, or plug in the laptop (battery saver stops Windows). Select **Try again**.',
  button: 'Try again',
}

const personNotChecked: TroubleWords = {
  shape: 'warning',
  title: 'We need your fingerprint, face or PIN',
  happened: `Your device answered, but did not check it was you. ${oldKeys}`,
  whatNow: 'Turn on its screen lock or key PIN. Select **Try again**.',
  button: 'Try again',
}

const answerTooLate: TroubleWords = {
  shape: 'warning',
  title: 'We could not use that answer',
  happened: 'It came too late, or another window used it first. Nothing is lost.',
  whatNow: 'Select **Try again**.',
  button: 'Try again',
}

const noConnection: TroubleWords = {
  shape: 'warning',
  title: 'You have no connection',
  happened: 'We cannot reach Fobwatch. Nothing is lost. A set-up link still works.',
  whatNow: 'Check wifi or signal. Select **Try again**. If care cannot wait, follow your downtime plan.',
  button: 'Try again',
}

/** Shown while a device has no lock of its own, before anyone presses the button. */
export const noScreenLock: TroubleWords = {
  shape: 'warning',
  title: 'This device has no screen lock we can use',
  happened: 'To set it up, it needs a fingerprint, face or PIN lock.',
  whatNow:
    'Turn one on in settings, then select **Try again**. On a work computer, ask IT. Or select **Use a security key**.',
}

type Telling = (about: About, reasons: readonly string[]) => TroubleWords | undefined

const table: Partial<Record<TroubleCode, TroubleWords | Telling>> = {
  box_closed: closed,
  box_timed_out: timedOut,
  box_did_not_stay_open: didNotStayOpen,
  already_set_up: alreadySetUp,
  credential_taken: alreadySetUp,
  browser_unsupported: browserUnsupported,
  device_unsupported: deviceUnsupported,
  policy_refuses: deviceNotAllowed,
  algorithm_not_allowed: deviceUnsupported,
  key_weak: deviceUnsupported,
  attestation_not_allowed: deviceUnsupported,
  attestation_invalid: deviceUnsupported,
  backup_flags_invalid: deviceUnsupported,
  credential_id_invalid: deviceUnsupported,
  address_not_trusted: addressNotTrusted,
  origin_mismatch: addressNotTrusted,
  rp_id_mismatch: addressNotTrusted,
  device_unreadable: deviceUnreadable,
  response_malformed: deviceUnreadable,
  ceremony_mismatch: deviceUnreadable,
  signature_invalid: deviceUnreadable,
  user_not_verified: personNotChecked,
  user_not_present: personNotChecked,
  challenge_unknown: answerTooLate,
  no_connection: noConnection,
}

/** The words for troubles that show above the button: what the browser's box does, and what its answer is refused for. */
export const boxWords = (code: TroubleCode, about: About, reasons: readonly string[]): TroubleWords | undefined => {
  const words = table[code]
  return typeof words === 'function' ? words(about, reasons) : words
}
