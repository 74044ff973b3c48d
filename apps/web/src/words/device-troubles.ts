import { type About, type TroubleWords, warning } from './trouble-words.ts'

/** A browser closes its box on such a key without a word of why. */
export const oldKeys = 'An old security key without a PIN or fingerprint cannot be used.'

/** A device that has what it was to be given: who was sent a link can log in with it, and the link is not spent. */
export const alreadySetUp = ({ doing, device }: About): TroubleWords => {
  const title = `This ${device} is already set up`
  if (doing !== 'set-up')
    return warning(title, 'You can log in with it now.', 'Use a different device to add another way.')
  return warning(
    title,
    'You can log in with it now. Your link has not been used.',
    'Select **Log in**. Or open the link on a different device.',
    { waysOut: ['log-in'] },
  )
}

export const browserUnsupported = warning(
  'This browser cannot log you in',
  'It is too old, or it is inside another app.',
  'Select **Copy the address**. Paste it into Edge, Chrome or Safari.',
  { waysOut: ['copy-address'] },
)

export const deviceUnsupported = warning(
  'We cannot set up this device',
  'It is an older kind, it has no PIN, or an app on it said no.',
  'Try a different device. For a security key, set a PIN on it. Or ask the desk for a security key that works here.',
)

/** At log in it takes the place of the page, since trying again would end the same. */
export const deviceNotAllowed = ({ doing }: About, list: readonly string[]): TroubleWords | undefined =>
  doing === 'log-in' || doing === 'check'
    ? undefined
    : warning(
        'We cannot set up this device',
        'It works, but it does not meet the rules here.',
        'Try a different device. Or ask the desk for a security key that works here.',
        { list },
      )

export const addressNotTrusted = warning(
  'We cannot log you in at this web address',
  'It is not the address your device trusts. You did nothing wrong.',
  'Close this page. Open Fobwatch from your usual link. If you see this again, call the desk.',
)

export const deviceUnreadable = warning(
  'We could not read your device',
  'It may be loose, locked or out of power.',
  'Put the security key in again, unlock the phone, or plug in the laptop (battery saver stops Windows). Select **Try again**.',
  { button: 'Try again' },
)

export const personNotChecked = warning(
  'We need your fingerprint, face or PIN',
  `Your device answered, but did not check it was you. ${oldKeys}`,
  'Turn on its screen lock or key PIN. Select **Try again**.',
  { button: 'Try again' },
)

/** Shown while a device has no lock of its own, before anyone presses the button. */
export const noScreenLock = warning(
  'This device has no screen lock we can use',
  'To set it up, it needs a fingerprint, face or PIN lock.',
  'Turn one on in settings, then select **Try again**. On a work computer, ask IT. Or select **Use a security key**.',
)
