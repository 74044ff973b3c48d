import type { TroubleCode } from '../trouble.ts'
import { type About, page, type TroubleWords } from './trouble-words.ts'

const ourFault = page(
  'Fobwatch is not working',
  'The fault is ours. Your device and link are safe.',
  'Try again in 5 minutes. If care cannot wait, follow your downtime plan.',
  { button: 'Try again' },
)

const wayUnknown = ({ device }: About) =>
  page(
    `This ${device} is no longer set up`,
    'It was removed, or set-up did not finish.',
    'Use another way. Or ask the desk for a set-up link.',
    { button: 'Try again' },
  )

const wayRemoved = ({ device }: About) =>
  page(
    `This ${device} is no longer set up`,
    'It was removed. You are not logged in.',
    'Use another way to log in. Or ask the desk for a set-up link. If its passkey is still on it, you can delete it.',
    { button: 'Use another way' },
  )

const wayPaused = ({ device }: About, [because]: readonly string[]) =>
  page(
    `This ${device} is paused`,
    because ? `${because} You are not logged in.` : 'You are not logged in.',
    'No other way to log in? Call the desk. Or use another way, and look at **Your ways to log in** to use this one again.',
    { button: 'Use another way' },
  )

const wayExpired = ({ device }: About) =>
  page(
    `This ${device} has passed its end date`,
    'It was set up for a limited time. You are not logged in.',
    'Use another way to log in. Or ask the desk for a set-up link.',
    { button: 'Use another way' },
  )

const wayNotAllowed = ({ device }: About, list: readonly string[]) =>
  page(
    `You cannot log in here with this ${device}`,
    'It works, but it does not meet the rules for this log in. You are not logged in.',
    'Use another way to log in. Or call the desk, and ask which devices you can use.',
    { list, button: 'Use another way' },
  )

const linkSpent = page(
  'This link has been used',
  'A link works once.',
  'If that was you, select **Log in**. If not, call the desk now.',
  { waysOut: ['log-in'] },
)

const linkExpired = page(
  'This link has expired',
  'A link works for a short time only.',
  'Ask the desk for a new link. The desk will check it is you.',
)

// A link that was cancelled says the same: whether there is a newer one is not told to whoever holds it.
const linkReplaced = page(
  'This link does not work any more',
  'A newer link was made for you, or this one was cancelled.',
  'Use the newest link. If you do not have it, ask the desk for a new one. The desk will check it is you.',
)

const linkUnknown = page(
  'This link does not work',
  'It is not one of ours, or part of it is missing.',
  'Open it again from your message, or copy all of it. If it still does not work, ask the desk for a new link.',
)

const signInOver = page(
  'This log in is not open any more',
  'It was finished, it took too long, or it began in another browser.',
  'Go back to the page you came from and log in again.',
  { waysOut: ['home'] },
)

const notYours = (_about: About, list: readonly string[]) => (list.length > 0 ? notThis(list) : notYourPage)

const notThis = (list: readonly string[]) =>
  page('You cannot do this', 'Nothing was changed.', 'Ask somebody else at the desk, if it has to be done.', {
    list,
    waysOut: ['home'],
  })

const notYourPage = page(
  'You cannot open this page',
  'The desk is for people who look after other people’s ways to log in.',
  'If that is your work, ask the desk to add it to your role.',
  { waysOut: ['home'] },
)

const notThere = page('Page not found', 'What you asked for is not here.', 'Check the address, or start again.', {
  waysOut: ['home'],
})

const wayNotSo = page(
  'This way to log in has changed',
  'Somebody changed it while you were looking, or it has run out.',
  'Go back and look at it again.',
  { waysOut: ['home'] },
)

const accountGone = page(
  'They are not logged in any more',
  'Their log in here has ended since you opened this page.',
  'Choose somebody else, or log in as them again.',
  { button: 'Try again' },
)

const tooMany = ({ doing }: About, [when = 'Try again in 15 minutes.']: readonly string[]) =>
  page(
    'Wait a little before you try again',
    doing === 'type-code'
      ? 'There were too many tries from where you are. Your code is not used up, but it works for a short time.'
      : 'There were too many tries from where you are, or with this device. Your device is safe.',
    doing === 'type-code' ? `${when} Or ask the desk for a new code.` : `${when} Or call the desk.`,
    { button: 'Try again' },
  )

const notUndone = page(
  'This cannot be undone here any more',
  'It was used to log in, or it was set up more than 15 minutes ago.',
  'Log in and remove it at **Your ways to log in**. Or call the desk.',
  { waysOut: ['log-in'] },
)

const noMail = page(
  'We cannot send them an email',
  'They have no work email here, or this service sends no mail.',
  'Give them the link in another way.',
  { button: 'Try again' },
)

const changedSince = (_about: About, list: readonly string[]) =>
  page('This has changed', 'Somebody changed it while you were looking.', 'Go back and look at it again.', {
    list,
    waysOut: ['home'],
  })

type Telling = (about: About, reasons: readonly string[]) => TroubleWords

const table: Partial<Record<TroubleCode, TroubleWords | Telling>> = {
  sign_in_refused: wayUnknown,
  credential_removed: wayRemoved,
  credential_suspended: wayPaused,
  credential_expired: wayExpired,
  policy_refuses: wayNotAllowed,
  sign_in_unknown: signInOver,
  account_unknown: accountGone,
  account_not_asked: signInOver,
  invitation_spent: linkSpent,
  invitation_expired: linkExpired,
  invitation_replaced: linkReplaced,
  invitation_unknown: linkUnknown,
  not_allowed: notYours,
  not_found: notThere,
  authenticator_not_so: wayNotSo,
  too_many: tooMany,
  undo_not_possible: notUndone,
  no_mail: noMail,
  assignment_not_so: changedSince,
  position_changed: changedSince,
  position_unknown: changedSince,
  organisation_unknown: changedSince,
  organisation_closed: changedSince,
  catalogue_changed: changedSince,
}

/** The words for troubles that take the place of the page; what we did not foresee is a fault on our side. */
export const pageWords = (code: TroubleCode, about: About, reasons: readonly string[]): TroubleWords => {
  const words = table[code] ?? ourFault
  return typeof words === 'function' ? words(about, reasons) : words
}
