import type { AuthenticatorKind } from '@fobwatch/contracts'

/** What a browser tells of the device it runs on. */
export interface BrowserFacts {
  userAgent: string
  maxTouchPoints: number
}

export type DeviceWord = 'phone' | 'iPad' | 'tablet' | 'computer'

/** Whether this browser runs on an iPad, which calls itself a Mac; but a Mac has no touch screen. */
export const isIPad = ({ userAgent, maxTouchPoints }: BrowserFacts): boolean =>
  /iPad/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)

/** What people call the device that this browser runs on. */
export const deviceWord = (browser: BrowserFacts): DeviceWord => {
  const { userAgent } = browser
  if (isIPad(browser)) return 'iPad'
  if (/iPhone|iPod/.test(userAgent)) return 'phone'
  if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? 'phone' : 'tablet'
  return /Mobile/.test(userAgent) ? 'phone' : 'computer'
}

/** What unlocks this device, in the words of its maker: Apple's devices ask for a passcode. */
export const unlockWords = ({ userAgent }: BrowserFacts): string =>
  /iPad|iPhone|iPod|Macintosh/.test(userAgent) ? 'fingerprint, face, PIN or passcode' : 'fingerprint, face or PIN'

const kinds: Record<AuthenticatorKind, string> = {
  phone: 'phone',
  tablet: 'tablet',
  computer: 'computer',
  'security-key': 'security key',
  smartcard: 'smartcard',
  passkey: 'passkey',
}

/** A kind of authenticator as people call it. */
export const kindWord = (kind: AuthenticatorKind): string => kinds[kind]

/**
 * Names what has just been set up, as the start of a sentence: "This phone", "Your security key".
 * @param attachment what the browser says of it: `platform` is part of the device in hand (WebAuthn L3 §5.4.5)
 */
export const whatWasSetUp = (kind: AuthenticatorKind, attachment: string | undefined, device: DeviceWord): string => {
  if (attachment === 'platform') return `This ${device}`
  return kind === 'passkey' ? 'Your device' : `Your ${kindWord(kind)}`
}
