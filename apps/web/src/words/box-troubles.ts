import type { TroubleCode } from '../trouble.ts'
import { closed, didNotStayOpen, timedOut } from './box-closed.ts'
import {
  addressNotTrusted,
  alreadySetUp,
  browserUnsupported,
  deviceNotAllowed,
  deviceUnreadable,
  deviceUnsupported,
  personNotChecked,
} from './device-troubles.ts'
import { type About, type TroubleWords, warning } from './trouble-words.ts'

const answerTooLate = warning(
  'We could not use that answer',
  'It came too late, or another window used it first. Nothing is lost.',
  'Select **Try again**.',
  { button: 'Try again' },
)

const noConnection = warning(
  'You have no connection',
  'We cannot reach Fobwatch. Nothing is lost. A set-up link still works.',
  'Check wifi or signal. Select **Try again**. If care cannot wait, follow your downtime plan.',
  { button: 'Try again' },
)

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
